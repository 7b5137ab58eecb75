"""What is known of a block of lines in which one person may be in several, and the last of which has all the others.

Its lines come to no sum. But of a branch that admitted `n`, of whom the last line has `u`, every other line has `n - u`
at most, and all of them together `n - u` at least.
"""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from workbook.consolidate.rounds import Step

Counts = NDArray[np.int64]


def tightened(low: Counts, high: Counts, admitted: Counts) -> tuple[Counts, Counts]:
    """Between what the numbers of one block (lines × branches) lie, each held against all others of its branch."""
    listed, rest = slice(0, -1), -1
    together = high[listed].sum(axis=0)
    least, most = low.copy(), high.copy()
    least[rest] = np.maximum(low[rest], admitted - together)
    most[rest] = np.minimum(high[rest], admitted - low[listed].max(axis=0))
    least[listed] = np.maximum(low[listed], admitted - high[rest] - (together - high[listed]))
    most[listed] = np.minimum(high[listed], admitted - low[rest])
    return least, most


def covered_steps(
    bounds: tuple[Counts, Counts], counts: Counts, covers: Sequence[Sequence[int]], admitted: Counts
) -> Iterator[Step]:
    """The steps of a round in such blocks: a number one more or less by itself, or one more and another one less.

    `bounds`: the least and the most each number can be. A step by itself leads to or from the place behind all lines,
    which comes to no sum. The mark is -1 less the number of the block.
    """
    low, high = bounds
    for number, lines in enumerate(covers):
        for branch in np.flatnonzero((low[list(lines)] < high[list(lines)]).any(axis=0)):
            up = [line for line in lines if counts[line, branch] < high[line, branch]]
            down = [line for line in lines if counts[line, branch] > low[line, branch]]
            held = {line: int(counts[line, branch]) for line in lines}
            mark = (-1 - number, int(branch))
            for more, less in product([*up, None], [*down, None]):
                if more != less and _fits(_changed(held, more, less), int(admitted[branch])):
                    nowhere = counts.shape[0]
                    yield nowhere if more is None else more, nowhere if less is None else less, mark


def _changed(held: dict[int, int], more: int | None, less: int | None) -> list[int]:
    """The numbers of a branch after a step."""
    return [count + (line == more) - (line == less) for line, count in held.items()]


def _fits(values: Sequence[int], admitted: int) -> bool:
    """Whether persons can be found for the numbers of one branch."""
    *listed, rest = values
    return max(listed) <= admitted - rest <= sum(listed)
