"""Small groups folded: held against every table that fits what is shown, and against what sums of sums give away."""

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
    folds, told = fold(counts, sums_of(counts), LEAST)
    fitting = possible(counts, folds)
    bare = np.array([[len(values) == 1 for values in line] for line in fitting])
    assert (told == bare & (counts > 0) & (counts < LEAST)).all()


def recovered(counts, folds, sums):
    """The hidden cells whose value is a sum of known sums, added and subtracted: rows of a system of equations."""
    hidden = np.argwhere(folds > 0)
    cells = [(line, branch) for line, branch in hidden]
    groups = [[(line, branch) for branch in range(counts.shape[1])] for line in range(counts.shape[0])]
    groups += [[(line, branch) for line in block] for block in sums.blocks for branch in range(counts.shape[1])]
    system = np.array([[cell in group for cell in cells] for group in groups], dtype=float)
    rank = np.linalg.matrix_rank(system) if cells else 0
    told = np.zeros(counts.shape, dtype=bool)
    for at, cell in enumerate(cells):
        unit = np.eye(len(cells))[at]
        told[cell] = np.linalg.matrix_rank(np.vstack([system, unit])) == rank
    return told


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 7, 8]), min_size=30, max_size=30), st.sampled_from([3, 5]))
def test_no_adding_and_subtracting_of_sums_brings_a_small_group_back(values, least):
    """Two blocks of everybody, and a line that belongs to none."""
    counts = np.array(values, dtype=np.int64).reshape(5, 6)
    counts[3] = np.maximum(counts[:2].sum(axis=0) - counts[2], 0)
    counts[2] = counts[:2].sum(axis=0) - counts[3]
    sums = Sums(counts.sum(axis=1), counts[:2].sum(axis=0), [[0, 1], [2, 3]])
    counts[4] = np.minimum(counts[4], sums.branches)
    sums.lines[4] = counts[4].sum()
    folds, told = fold(counts, sums, least)
    bare = recovered(counts, folds, sums) & (counts > 0) & (counts < least)
    assert not (bare & ~told).any()


@pytest.mark.parametrize("seed", range(8))
def test_sums_of_many_branches_give_no_small_group_away(seed):
    random = np.random.default_rng(seed)
    counts = np.array([random.multinomial(size, [0.5, 0.2, 0.2, 0.06, 0.04]) for size in random.integers(0, 16, 14)]).T
    sums = Sums(counts.sum(axis=1), counts.sum(axis=0), [range(5)])
    folds, told = fold(counts, sums, 5)
    assert not (recovered(counts, folds, sums) & (counts > 0) & (counts < 5) & ~told).any()


def test_a_single_small_group_takes_a_neighbour_with_it_in_its_line_and_in_its_block():
    counts = np.array([[1, 9, 8], [9, 7, 9], [6, 5, 8]], dtype=np.int64)
    folds, told = fold(counts, sums_of(counts), LEAST)
    assert folds[0, 0] == Fold.SMALL
    assert (folds[0] > 0).sum() >= 2
    assert (folds[:, 0] > 0).sum() >= 2
    assert not told.any()


def test_a_table_without_small_groups_is_shown_whole():
    counts = np.array([[5, 0, 8], [9, 7, 0], [6, 5, 8]], dtype=np.int64)
    folds, told = fold(counts, sums_of(counts), LEAST)
    assert not folds.any()
    assert not told.any()


@pytest.mark.parametrize("counts", [[[2], [7], [0]], [[1], [0], [0]]])
def test_with_a_single_branch_it_is_told_that_the_total_gives_it_away(counts):
    counts = np.array(counts, dtype=np.int64)
    assert fold(counts, sums_of(counts), LEAST)[1].sum() == 1


def in_several(persons):
    """Branches of persons, each the groups (0, 1) somebody is in → counts: a line a group, and those in none."""
    return np.array(
        [[sum(group in one for one in branch) for branch in persons] for group in (0, 1)]
        + [[sum(not one for one in branch) for branch in persons]],
        dtype=np.int64,
    )


def fitting_covers(counts, folds, admitted):
    """Every value that each cell of such a block has in some table that fits what is shown, by brute force."""
    columns = []
    for branch, size in enumerate(admitted):
        ranges = [
            {Fold.SHOWN: [counts[line, branch]], Fold.SMALL: range(1, LEAST), Fold.BESIDE: range(size + 1)}[
                Fold(folds[line, branch])
            ]
            for line in range(3)
        ]
        columns.append([(a, b, u) for a, b, u in product(*ranges) if max(a, b) <= size - u <= a + b])
    tables = (np.array(table).T for table in product(*columns))
    fitting = [table for table in tables if (table.sum(axis=1) == counts.sum(axis=1)).all()]
    return np.array([[{int(table[line, at]) for table in fitting} for at in range(3)] for line in range(3)])


GROUPS = st.sampled_from([(), (0,), (1,), (0, 1)])


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(GROUPS, max_size=5), min_size=3, max_size=3))
def test_no_small_group_of_a_block_of_several_groups_a_person_can_be_worked_out_unless_told(persons):
    """Its lines come to no sum, yet they are no more and no fewer than those of whom the groups are known."""
    counts, admitted = in_several(persons), np.array([len(branch) for branch in persons], dtype=np.int64)
    folds, told = fold(counts, Sums(counts.sum(axis=1), admitted, [], [[0, 1, 2]]), LEAST)
    bare = np.vectorize(len)(fitting_covers(counts, folds, admitted)) == 1
    assert not (bare & (counts > 0) & (counts < LEAST) & ~told).any()


def test_beside_those_of_no_known_group_the_one_group_of_the_others_is_hidden_too():
    """Of 5 admitted 3 are workers and nobody a farmer: who sees it knows that the groups of 2 are unknown."""
    counts = np.array([[3, 4, 3], [0, 3, 4], [2, 4, 3]], dtype=np.int64)
    sums = Sums(counts.sum(axis=1), np.array([5, 9, 9], dtype=np.int64), [], [[0, 1, 2]])
    folds, told = fold(counts, sums, LEAST)
    assert folds[0, 0] == Fold.BESIDE
    assert not told.any()
    assert len(fitting_covers(counts, folds, sums.branches)[2, 0]) > 1
