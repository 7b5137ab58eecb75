"""Counts of small groups are folded, and enough beside them that no subtraction brings them back.

Whoever reads the table knows the sum of every line over the branches, what each branch admitted, and that the lines of
a block of one closed list add up to it. From all of these together `_known` works out which hidden numbers have only a
single possible value; as long as a small one has, a neighbour of it is hidden too.

Not protected: what is 0 or large (that all ten of a branch are of one group), the other tables, the committee's own
totals, the difference between two books of different days, and what a reader knows of the people anyway.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from workbook.consolidate.covers import covered_steps, tightened
from workbook.consolidate.rounds import Network, Step, by_mark

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
    (numbers) of each block of which everybody admitted is in exactly one line; `covers`: those of each block of which
    somebody may be in several, the last line having those who are in none of the others.
    """

    lines: Counts
    branches: Counts
    blocks: Sequence[Sequence[int]]
    covers: Sequence[Sequence[int]] = ()

    @property
    def groups(self) -> tuple[Sequence[int], ...]:
        """The lines of every block."""
        return (*self.blocks, *self.covers)


def fold(counts: Counts, sums: Sums, least: int) -> tuple[Counts, Flags]:
    """A `Fold` for each count (lines × branches), and which small counts can be worked out all the same.

    `least`: the smallest count that is shown, 3 or more: below it "fewer than" would say exactly one.
    """
    small = (counts > 0) & (counts < least)
    folds = np.where(small, Fold.SMALL, Fold.SHOWN).astype(np.int64)
    while True:
        told = _known(*_bounds(counts, folds, sums, least), counts, sums)
        # A number hidden beside a small one must stay unknown itself, or it is no use.
        if not (small & told).any() or not _hide_more(told & (folds > 0), folds, counts, sums, least):
            return folds, small & told


def _bounds(counts: Counts, folds: Counts, sums: Sums, least: int) -> tuple[Counts, Counts]:
    """Between what each number lies by what is shown of it alone."""
    most = np.minimum.outer(sums.lines, sums.branches)
    low = np.where(folds == Fold.SHOWN, counts, np.where(folds == Fold.SMALL, 1, 0))
    high = np.where(folds == Fold.SHOWN, counts, np.where(folds == Fold.SMALL, np.minimum(most, least - 1), most))
    return low, high


def _known(low: Counts, high: Counts, counts: Counts, sums: Sums) -> Flags:
    """Which numbers have a single possible value, as far as can be shown that they have another one.

    A hidden number stands in a line and, of a block, in the column of a branch. So the tables that fit are the flows of
    a network from columns to lines; where another one fits, it differs by rounds: one more here, one less in this line,
    one more in that column … back to the start (Ahuja, Magnanti, Orlin: Network Flows, 1993, section 3.5). A number
    that no round passes has one value; whatever is added to or subtracted from whatever sums, no other one is known.
    """
    known = np.asarray(low == high)
    steps = [
        *_steps(low, high, counts, sums),
        *covered_steps((low, high), counts, sums.covers, sums.branches),
    ]
    network, of = Network(steps), by_mark(steps)
    marks = {line: -1 - number for number, lines in enumerate(sums.covers) for line in lines}
    for line, branch in np.argwhere(~known):
        mark = (marks.get(int(line), int(line)), int(branch))
        known[line, branch] = not any(network.closes(step) for step in of.get(mark, ()) if int(line) in step[:2])
    return known


def _steps(low: Counts, high: Counts, counts: Counts, sums: Sums) -> Iterator[Step]:
    """The steps of a round where everybody is in exactly one line of a block, and where a line is of no block."""
    columns, covered = _columns(counts.shape, sums), {line for lines in sums.covers for line in lines}
    for line, branch in np.argwhere(low < high):
        cell, column = (int(line), int(branch)), int(columns[line, branch])
        if cell[0] in covered:
            continue
        if counts[cell] < high[cell]:
            yield cell[0], column, cell
        if counts[cell] > low[cell]:
            yield column, cell[0], cell


def _columns(shape: tuple[int, ...], sums: Sums) -> Counts:
    """For each cell the number of its column, above those of the lines; lines of no block share a column without a sum.

    As all others come to their sums that one does too.
    """
    lines, branches = shape
    columns = np.full(shape, lines, dtype=np.int64)
    for number, block in enumerate(sums.blocks):
        columns[list(block)] = lines + 1 + number * branches + np.arange(branches)
    return columns


def _by_lines(low: Counts, high: Counts, sums: Sums) -> tuple[Counts, Counts]:
    return _tighten(low, high, sums.lines[:, None], axis=1)


def _by_blocks(low: Counts, high: Counts, sums: Sums) -> tuple[Counts, Counts]:
    low, high = low.copy(), high.copy()
    for block in sums.blocks:
        rows = list(block)
        low[rows], high[rows] = _tighten(low[rows], high[rows], sums.branches[None, :], axis=0)
    for block in sums.covers:
        rows = list(block)
        low[rows], high[rows] = tightened(low[rows], high[rows], sums.branches)
    return low, high


def _tighten(low: Counts, high: Counts, wholes: Counts, axis: int) -> tuple[Counts, Counts]:
    """A number is the whole less all the others, whatever these are within their bounds."""
    least = wholes - (high.sum(axis, keepdims=True) - high)
    most = wholes - (low.sum(axis, keepdims=True) - low)
    return np.maximum(low, least), np.minimum(high, most)


def _hide_more(told: Flags, folds: Counts, counts: Counts, sums: Sums, least: int) -> bool:
    """Hide one number beside each small one that is told, in the line or the block that tells it; whether any was.

    A line or a block is changed once: after that other numbers may be told, or none.
    """
    low, high = _bounds(counts, folds, sums, least)
    by_line, by_block = (np.equal(*narrowed(low, high, sums)) for narrowed in (_by_lines, _by_blocks))
    changed: set[tuple[str, int, int]] = set()
    for line, branch in np.argwhere(told):
        number = next((place for place, block in enumerate(sums.groups) if line in block), -1)
        ways = [("line", int(line), 0), ("block", number, int(branch))]
        telling = [way for way, told_so in zip(ways, (by_line, by_block), strict=True) if told_so[line, branch]]
        for way in telling or ways:
            if way not in changed and _hide_one(way, (int(line), int(branch)), folds, counts, sums):
                changed.add(way)
    return bool(changed)


def _hide_one(way: tuple[str, int, int], cell: tuple[int, int], folds: Counts, counts: Counts, sums: Sums) -> bool:
    """Hide one more number of a line or a block; where there is none left, say less of those hidden."""
    kind, number, branch = way
    if kind == "line":
        places = [(number, other) for other in range(counts.shape[1])]
    else:
        places = [(line, branch) for line in sums.groups[number]] if number >= 0 else []
    able = [place for place in places if sums.lines[place[0]] and sums.branches[place[1]]]  # else it is surely 0
    shown = [place for place in able if folds[place] == Fold.SHOWN]
    if shown:
        # The smallest that is not nothing costs the reader least; best where others are hidden across.
        across = [_hidden_across(folds, sums, place) for place in shown]
        cost = [(counts[place] == 0, -others, counts[place]) for place, others in zip(shown, across, strict=True)]
        folds[shown[cost.index(min(cost))]] = Fold.BESIDE
        return True
    small = [place for place in {cell, *places} if folds[place] == Fold.SMALL]
    for place in small:
        folds[place] = Fold.BESIDE
    return bool(small)


def _hidden_across(folds: Counts, sums: Sums, cell: tuple[int, int]) -> int:
    """In how many of its line and its block, of which one is being hidden in, a number would have hidden fellows."""
    line, branch = cell
    block = next((list(rows) for rows in sums.groups if line in rows), [line])
    return int((folds[line] > 0).any()) + int((folds[block, branch] > 0).any())
