"""Small groups folded: held against every table that fits what is shown."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.consolidate.small_groups import Fold, Sums, fold

LEAST = 3


def sums_of(counts):
    """Three lines, one block: everybody is in exactly one of them."""
    return Sums(counts.sum(axis=1), counts.sum(axis=0), [[0, 1, 2]])


def possible(counts, folds):
    """Every value that each cell has in some table that fits what is shown, by brute force."""
    sums = sums_of(counts)
    columns = []
    for branch in range(counts.shape[1]):
        ranges = [
            {
                Fold.SHOWN: [counts[line, branch]],
                Fold.SMALL: range(1, LEAST),
                Fold.BESIDE: range(int(sums.branches[branch]) + 1),
            }[Fold(folds[line, branch])]
            for line in range(3)
        ]
        columns.append([values for values in product(*ranges) if sum(values) == sums.branches[branch]])
    tables = (np.array(table).T for table in product(*columns))
    fitting = [table for table in tables if (table.sum(axis=1) == sums.lines).all()]
    return [[{int(table[line, branch]) for table in fitting} for branch in range(3)] for line in range(3)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=9, max_size=9))
def test_no_small_group_can_be_worked_out_unless_it_is_told_so(values):
    counts = np.array(values, dtype=np.int64).reshape(3, 3)
    folds, left = fold(counts, sums_of(counts), LEAST)
    fitting = possible(counts, folds)
    bare = [
        (line, branch)
        for line in range(3)
        for branch in range(3)
        if 0 < counts[line, branch] < LEAST and len(fitting[line][branch]) == 1
    ]
    assert len(bare) <= left


def test_a_single_small_group_takes_a_neighbour_with_it_in_its_line_and_in_its_block():
    counts = np.array([[1, 9, 8], [9, 7, 9], [6, 5, 8]], dtype=np.int64)
    folds, left = fold(counts, sums_of(counts), LEAST)
    assert folds[0, 0] == Fold.SMALL
    assert (folds[0] > 0).sum() >= 2
    assert (folds[:, 0] > 0).sum() >= 2
    assert left == 0


def test_a_table_without_small_groups_is_shown_whole():
    counts = np.array([[5, 0, 8], [9, 7, 0], [6, 5, 8]], dtype=np.int64)
    folds, left = fold(counts, sums_of(counts), LEAST)
    assert not folds.any()
    assert left == 0


@pytest.mark.parametrize("counts", [[[2], [7], [0]], [[1], [0], [0]]])
def test_with_a_single_branch_it_is_told_that_the_total_gives_it_away(counts):
    counts = np.array(counts, dtype=np.int64)
    assert fold(counts, sums_of(counts), LEAST)[1] == 1
