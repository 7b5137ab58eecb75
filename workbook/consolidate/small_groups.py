"""Counts of small groups are folded, and enough beside them that no subtraction brings them back.

Whoever reads the table knows the sum of every line over the branches, what each branch admitted, and that the lines of
a block of one closed list add up to it. From these `_known` works out between which bounds each hidden number must
lie; as long as a small one has only a single possible value, a neighbour of it is hidden too.

Not protected: what is 0 or large (that all ten of a branch are of one group), the other tables, the committee's own
totals, the difference between two books of different days, and what a reader knows of the people anyway.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Fold(IntEnum):
    """What a reader is shown of a count."""

    SHOWN = 0
    SMALL = 1  # that it is at least 1 and small
    BESIDE = 2  # nothing


@dataclass(frozen=True, slots=True)
class Sums:
    """What a reader can hold the table against.

    `lines`: the sum of each line over all branches; `branches`: what each branch admitted; `blocks`: the lines
    (numbers) of each block of which everybody admitted is in exactly one line.
    """

    lines: Counts
    branches: Counts
    blocks: Sequence[Sequence[int]]


def fold(counts: Counts, sums: Sums, least: int) -> tuple[Counts, int]:
    """A `Fold` for each count (lines × branches), and how many small counts can be worked out all the same.

    `least`: the smallest count that is shown, 3 or more: below it "fewer than" would say exactly one.
    """
    small = (counts > 0) & (counts < least)
    folds = np.where(small, Fold.SMALL, Fold.SHOWN).astype(np.int64)
    while (told := small & _known(counts, folds, sums, least)).any():
        before = folds.copy()
        for line, branch in np.argwhere(told):
            _hide_beside(folds, counts, sums, (line, branch))
        if (folds == before).all():
            return folds, int(told.sum())
    return folds, 0


def _known(counts: Counts, folds: Counts, sums: Sums, least: int) -> Flags:
    """Which counts have a single possible value."""
    most = np.minimum.outer(sums.lines, sums.branches)
    low = np.where(folds == Fold.SHOWN, counts, np.where(folds == Fold.SMALL, 1, 0))
    high = np.where(folds == Fold.SHOWN, counts, np.where(folds == Fold.SMALL, np.minimum(most, least - 1), most))
    while True:
        before = int((high - low).sum())
        low, high = _tighten(low, high, sums.lines[:, None], axis=1)
        for block in sums.blocks:
            rows = list(block)
            low[rows], high[rows] = _tighten(low[rows], high[rows], sums.branches[None, :], axis=0)
        if int((high - low).sum()) == before:
            return np.asarray(low == high)


def _tighten(low: Counts, high: Counts, wholes: Counts, axis: int) -> tuple[Counts, Counts]:
    """A number is the whole less all the others, whatever these are within their bounds."""
    least = wholes - (high.sum(axis, keepdims=True) - high)
    most = wholes - (low.sum(axis, keepdims=True) - low)
    return np.maximum(low, least), np.minimum(high, most)


def _hide_beside(folds: Counts, counts: Counts, sums: Sums, cell: tuple[int, int]) -> None:
    """Hide one more number of the cell's line and of its block; where there is none left, say less of those hidden."""
    line, branch = cell
    others = [(line, other) for other in range(counts.shape[1]) if other != branch]
    block = next((rows for rows in sums.blocks if line in rows), ())
    fellows = [(other, branch) for other in block if other != line]
    hidden = False
    for places in (others, fellows):
        shown = [place for place in places if folds[place] == Fold.SHOWN]
        if shown:
            # The smallest that is not nothing costs the reader least and hides most.
            folds[min(shown, key=lambda place: (counts[place] == 0, counts[place]))] = Fold.BESIDE
            hidden = True
    if not hidden:
        for place in (cell, *others, *fellows):
            folds[place] = Fold.BESIDE
