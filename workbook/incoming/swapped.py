"""Columns where a spreadsheet took some days month first and left the others as text.

With American settings, "04/03/2026" becomes 3 April and "25/03/2026" stays text. What is left behind is a
column whose true days are all at most the 12th and whose texts all begin above 12: about two days in
five are then silently wrong. Nothing is swapped back here; the column becomes one question.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from workbook.incoming.columns import Distinct
from workbook.incoming.dates import Read

# Fewer of either kind happen by chance.
_ENOUGH = 3


class _Sign(IntEnum):
    """What one cell says about the pattern."""

    SILENT = 0
    NATIVE_EARLY = 1
    TYPED_LATE = 2
    AGAINST = 3


@dataclass(frozen=True, slots=True)
class Suspect:
    """A column of one sheet: the first row whose day would change, how many would, and both readings."""

    row: int
    count: int
    day: date
    other: date


def suspects(column: Distinct, reads: Sequence[Read], table: NDArray[np.int64]) -> Iterator[Suspect]:
    """The sheets on which a date column shows the pattern."""
    signs = np.array([_sign(value, read) for value, read in zip(column.values, reads, strict=True)])[column.codes]
    tally = np.bincount(len(_Sign) * table + signs, minlength=len(_Sign) * (int(table.max(initial=0)) + 1)).reshape(
        -1, len(_Sign)
    )
    shows = (tally[:, _Sign.AGAINST] == 0) & (tally[:, [_Sign.NATIVE_EARLY, _Sign.TYPED_LATE]] >= _ENOUGH).all(axis=1)
    for sheet in np.flatnonzero(shows):
        rows = np.flatnonzero((table == sheet) & (signs == _Sign.NATIVE_EARLY))
        days = [(int(row), day) for row in rows if (day := reads[column.codes[row]].day) and day.day != day.month]
        if days:
            row, day = days[0]
            yield Suspect(row, len(days), day, day.replace(month=day.day, day=day.month))


def _sign(value: object, read: Read) -> _Sign:
    if read.day is None:
        return _Sign.SILENT
    early = read.day.day <= 12
    if isinstance(value, str):
        return _Sign.AGAINST if early else _Sign.TYPED_LATE
    return _Sign.NATIVE_EARLY if early else _Sign.AGAINST
