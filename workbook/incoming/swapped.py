"""Sheets where a spreadsheet took some days month first and left the others as text.

With American settings, "04/03/2026" becomes 3 April and "25/03/2026" stays text. What is left behind are
columns whose true days are all at most the 12th and whose texts all begin above 12: about two days in
five are then silently wrong. Nothing is swapped back here; each such column becomes one question.

One column alone shows it where many people stand in it. Where a branch has one to three, its sheet shows it:
settings are those of the whole sheet, so the days of all its columns are weighed together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from math import prod

import numpy as np
from numpy.typing import NDArray

from workbook.incoming.columns import Distinct
from workbook.incoming.dates import Read, read_date

# Fewer of either kind happen by chance.
_ENOUGH = 3

# How often the pattern may come up by chance where true days and texts are mixed: on one sheet of so many at most.
# Measured on sheets mixed by cell, column and line: three in a thousand. Of those really swapped, two people with six
# days each are found out in four of five, one person with ten in two of three.
_SURE = 50.0

# How often a column of such a sheet is not typed there but copied from elsewhere, and may look like anything.
_COPIED = 0.2


class _Sign(IntEnum):
    """What one cell says about the pattern."""

    SILENT = 0
    NATIVE_EARLY = 1
    TYPED_LATE = 2
    AGAINST = 3


# How likely a day has its sign without the pattern. Months have two days in five up to the 12th, but branches meet
# in the first days of a month: so early ones are taken for half.
_CHANCE = {_Sign.NATIVE_EARLY: 0.5, _Sign.TYPED_LATE: 0.6}

#: The signs and days of one column of one sheet.
_Said = Sequence[tuple[_Sign, date | None]]


@dataclass(frozen=True, slots=True)
class Days:
    """A date column of many sheets: its cells, and what each distinct one says."""

    cells: Distinct
    reads: Sequence[Read]

    def signs(self) -> NDArray[np.int8]:
        """What each row says."""
        said = [_sign(value, read) for value, read in zip(self.cells.values, self.reads, strict=True)]
        return np.array(said, dtype=np.int8)[self.cells.codes]

    def day(self, row: int) -> date | None:
        """The day of a row."""
        return self.reads[int(self.cells.codes[row])].day


@dataclass(frozen=True, slots=True)
class Suspect:
    """A column of one sheet: the first row whose day would change, how many would, and both readings."""

    column: str
    row: int
    count: int
    day: date
    other: date


def suspects(columns: Mapping[str, Days], table: NDArray[np.int64]) -> Iterator[Suspect]:
    """The date columns, by sheet, that show the pattern; `table` (ascending) is the sheet of each row."""
    signs = {name: column.signs() for name, column in columns.items()}
    tally = np.stack([_tally(one, table) for one in signs.values()])
    sound = tally[:, :, _Sign.AGAINST] == 0
    early, late = (np.where(sound, tally[:, :, sign], 0) for sign in (_Sign.NATIVE_EARLY, _Sign.TYPED_LATE))
    shows = (early >= _ENOUGH) & (late >= _ENOUGH)
    for sheet in np.flatnonzero((early.sum(axis=0) >= _ENOUGH) & (late.sum(axis=0) >= _ENOUGH)):
        here = slice(*np.searchsorted(table, [sheet, sheet + 1]))
        if not shows[:, sheet].all() and _is_sure(_said(columns[name], one, here) for name, one in signs.items()):
            shows[:, sheet] = early[:, sheet] > 0
    for place, (name, column) in enumerate(columns.items()):
        for sheet in np.flatnonzero(shows[place]):
            rows = np.flatnonzero((table == sheet) & (signs[name] == _Sign.NATIVE_EARLY))
            days = [(row, day) for row in rows.tolist() if (day := column.day(row)) and day.day != day.month]
            if days:
                row, day = days[0]
                yield Suspect(name, row, len(days), day, swapped(day))


def leaning(columns: Mapping[str, Iterable[object]]) -> frozenset[str]:
    """The columns (cells by name) of one sheet whose true days may be swapped, be the signs ever so few.

    Too little to ask about: it only says which other reading to look at where a day is wrong for some other reason.
    """
    said = {name: [_told(cell) for cell in cells] for name, cells in columns.items()}
    if _odds(said.values()) <= 1 or not all(_kinds(said.values())):
        return frozenset()
    return frozenset(name for name, column in said.items() if not _is_against(column))


def swapped(day: date) -> date:
    """An early day (of the 12th at most) with day and month swapped."""
    return day.replace(month=day.day, day=day.month)


def other_day(cell: object) -> date | None:
    """The day that a true day, not a text, was typed as if it was swapped; None where it cannot have been another."""
    sign, day = _told(cell)
    return swapped(day) if day and sign is _Sign.NATIVE_EARLY and day.day != day.month else None


def _told(cell: object) -> tuple[_Sign, date | None]:
    read = read_date(cell)
    return _sign(cell, read), read.day


def _tally(signs: NDArray[np.int8], table: NDArray[np.int64]) -> NDArray[np.intp]:
    """How often each sign stands on each sheet."""
    sheets = int(table.max(initial=0)) + 1
    return np.bincount(len(_Sign) * table + signs, minlength=len(_Sign) * sheets).reshape(sheets, len(_Sign))


def _said(column: Days, signs: NDArray[np.int8], rows: slice) -> _Said:
    return [(_Sign(sign), column.day(row)) for row, sign in enumerate(signs[rows], rows.start)]


def _is_sure(columns: Iterable[_Said]) -> bool:
    """Whether the columns of one sheet show the pattern together."""
    told = list(columns)
    return min(_kinds(told)) >= _ENOUGH and _odds(told) >= _SURE


def _kinds(columns: Iterable[_Said]) -> tuple[int, int]:
    """How many different early true days and late texts the columns have that nothing speaks against."""
    different = set().union(*(column for column in columns if not _is_against(column)))
    early, late = (sum(one is sign for one, _ in different) for sign in _CHANCE)
    return early, late


def _odds(columns: Iterable[_Said]) -> float:
    """How much likelier the columns of one sheet are with the pattern than by chance.

    As a ratio of likelihoods it reaches x by chance on one sheet of x at most, however its columns are mixed. People
    admitted together share their days, and steps taken on one evening do: the same cell counts once.
    """
    odds, known = 1.0, set[tuple[_Sign, date | None]]()
    for column in columns:
        new = set(column) - known
        known |= new
        typed_here = 0.0 if _is_against(column) else prod(1 / _CHANCE[sign] for sign, _ in new if sign in _CHANCE)
        odds *= _COPIED + (1 - _COPIED) * typed_here
    return odds


def _is_against(column: _Said) -> bool:
    return any(sign is _Sign.AGAINST for sign, _ in column)


def _sign(value: object, read: Read) -> _Sign:
    if read.day is None:
        return _Sign.SILENT
    early = read.day.day <= 12
    if isinstance(value, str):
        return _Sign.AGAINST if early else _Sign.TYPED_LATE
    return _Sign.NATIVE_EARLY if early else _Sign.AGAINST
