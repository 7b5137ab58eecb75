"""Which of the days that contradict each other to blame, so that one slip of the pen is told once.

The one in most contradictions; of two alike, the one that other findings rest on as well; of two still alike,
the later step of the procedure.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from validation.rules.order import Pair
from validation.vocabulary import DATE_COLUMNS

#: Rows by columns (or pairs), True for those meant; and rows by columns, how often.
Grid = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]

# What a contradiction weighs against any number of hints.
_WEIGHT = 100


def blame(broken: Grid, pairs: Sequence[Pair], hints: Counts) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """(row, day to blame, days it contradicts), until every broken pair of every row is told once.

    `broken`: rows by `pairs`. `hints`: rows by `DATE_COLUMNS`, how many other findings rest on each day.
    """
    touches = np.array([[column in pair for column in DATE_COLUMNS] for pair in pairs])
    while broken.any():
        blamed = _worst(broken.astype("int64") @ touches, hints)
        told = broken & touches[:, blamed].T
        for row in np.flatnonzero(told.any(axis=1)):
            column = DATE_COLUMNS[blamed[row]]
            yield int(row), column, _rivals(column, pairs, told[row])
        broken = broken & ~told


def _worst(times: Counts, hints: Counts) -> npt.NDArray[np.intp]:
    """The place of the day to blame in each row, given how many broken pairs each day is in."""
    weight = np.where(times > 0, _WEIGHT * times + hints.clip(max=_WEIGHT - 1), 0)
    from_the_end: npt.NDArray[np.intp] = np.argmax(weight[:, ::-1], axis=1)
    return len(DATE_COLUMNS) - 1 - from_the_end


def _rivals(column: str, pairs: Iterable[Pair], told: Iterable[bool]) -> tuple[str, ...]:
    """The other day of each pair told."""
    return tuple(late if early == column else early for (early, late), here in zip(pairs, told, strict=True) if here)
