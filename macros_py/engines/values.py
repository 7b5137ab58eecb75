"""What a cell holds: LibreOffice's numbers and texts ↔ what xlwings hands to Python."""

import datetime as dt
import numbers
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
from xlwings import utils

from macros_py.engines.address import Area

Colour = tuple[int, int, int]
Grid = list[list[Any]]

# com.sun.star.util.NumberFormat, a set of bits
_DATE, _TEXT, _LOGICAL = 2, 256, 1024

#: An office's number for a fault → what Excel shows; any other it saves as #N/A in a file for Excel.
_ERRORS = {
    **dict.fromkeys((502, 504, 507, 509, 510, 511, 519, 522), "#VALUE!"),
    **dict.fromkeys((525, 530, 531), "#NAME?"),
    503: "#NUM!",
    521: "#NULL!",
    524: "#REF!",
    532: "#DIV/0!",
}

#: The format a date gets in a cell that has none, as Excel gives one.
DATE_FORMAT = "dd/mm/yyyy"


@dataclass(frozen=True)
class CellError:
    """A formula that could not be worked out, by the office's own number."""

    code: int

    def __str__(self) -> str:
        """What Excel shows in such a cell."""
        return _ERRORS.get(self.code, "#N/A")


@dataclass(frozen=True)
class Look:
    """Cells that look alike: where they are, fill, number format, whether they offer a list or have any rule."""

    areas: tuple[Area, ...]
    color: Colour | None
    number_format: str
    kind: int
    listed: bool
    ruled: bool

    @property
    def is_text(self) -> bool:
        """Whether what is typed here stays text."""
        return bool(self.kind & _TEXT)

    @property
    def is_date(self) -> bool:
        """Whether numbers here are shown as dates."""
        return bool(self.kind & _DATE)

    @property
    def is_logical(self) -> bool:
        """Whether numbers here are shown as true and false."""
        return bool(self.kind & _LOGICAL)


def rgb(number: int) -> Colour | None:
    """A UNO colour (0xRRGGBB) as red, green, blue; -1, transparent, as None."""
    return None if number == -1 else ((number >> 16) & 255, (number >> 8) & 255, number & 255)


def number(colour: Colour | str | int | None) -> int:
    """Whatever xlwings accepts as a colour, as a UNO colour. An int is Excel's own 0xBBGGRR."""
    if colour is None:
        return -1
    if isinstance(colour, str):
        return int(colour.removeprefix("#"), 16)
    red, green, blue = utils.int_to_rgb(colour) if isinstance(colour, int) else colour
    return (red << 16) | (green << 8) | blue


def read(data: Sequence[Sequence[Any]], looks: Iterable[Look], origin: Area, epoch: dt.datetime) -> Grid:
    """The block at `origin`: blanks and unnamed errors None, numbers float, dates datetime, true and false bool."""
    grid = [[None if value == "" else value for value in row] for row in data]
    for look in looks:
        if look.is_date:
            _change(grid, look.areas, origin, lambda value: _moment(value, epoch))
        elif look.is_logical:
            _change(grid, look.areas, origin, bool)
    return grid


def _change(grid: Grid, areas: Iterable[Area], origin: Area, change: Any) -> None:
    for area in areas:
        columns = slice(area.column - origin.column, area.last_column - origin.column + 1)
        for row in grid[area.row - origin.row : area.last_row - origin.row + 1]:
            row[columns] = [change(value) if isinstance(value, float) else value for value in row[columns]]


def _moment(serial: float, epoch: dt.datetime) -> dt.datetime:
    """To the second: a finer rest comes from the binary fraction, not from the clerk."""
    return epoch + dt.timedelta(seconds=round(serial * 86_400))


def write(grid: Sequence[Sequence[Any]], epoch: dt.datetime) -> tuple[tuple[float | str, ...], ...]:
    """The block as the office takes it. A text stays a text, whatever it looks like."""
    return tuple(tuple(_stored(value, epoch) for value in row) for row in grid)


def _stored(value: Any, epoch: dt.datetime) -> float | str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return (value.replace(tzinfo=None) - epoch) / dt.timedelta(days=1)
    if isinstance(value, dt.date):
        return float((value - epoch.date()).days)
    return float(value) if isinstance(value, numbers.Real | Decimal) else str(value)


def places(grid: Sequence[Sequence[Any]], kinds: type | tuple[type, ...], origin: Area) -> list[Area]:
    """Where values of a type stand, cells of one column that follow each other as one area."""
    found: list[Area] = []
    for offset in range(len(grid[0])):
        rows = [number for number, row in enumerate(grid) if isinstance(row[offset], kinds)]
        series = pd.Series(rows, dtype=int)
        column = origin.column + offset
        for run in (run for _, run in series.groupby((series.diff() != 1).cumsum())):
            found.append(Area(origin.row + int(run.iloc[0]), column, origin.row + int(run.iloc[-1]), column))
    return found


def retyped(value: Any) -> bool:
    """Whether Excel would make something else of this text in a cell that is not formatted as text.

    A number, a date or a formula: "007", "1/2024", "=1+1", "12-3", "50%", "1,234".
    """
    if not isinstance(value, str) or not value.strip():
        return False
    text = value.strip()
    return text[0] in "=+-@'" or (text[0] in "0123456789(.," and not any(letter.isalpha() for letter in text))


def prepared(value: Any) -> Any:
    """One value on its way to a cell: pandas' and numpy's blanks None, their numbers and moments Python's."""
    if value is None or (not isinstance(value, list | tuple | dict) and pd.isna(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value


def name_errors(grid: Grid, errors: Iterable[tuple[int, int, int]], origin: Area) -> None:
    """Put errors (row, column, both counted from zero on the sheet, and the office's number) where they stand."""
    for row, column, code in errors:
        grid[row + 1 - origin.row][column + 1 - origin.column] = CellError(code)


def cleaned(value: Any, moment: Any, empty: Any, number: Any, errors: bool) -> Any:
    """One value on its way from a cell, as the caller's xlwings options want dates, blanks, numbers and errors."""
    if isinstance(value, CellError):
        return str(value) if errors else None
    if value is None:
        return empty
    if isinstance(value, dt.datetime):
        parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
        return moment(**{part: getattr(value, part) for part in parts}, tzinfo=None)
    return number(value) if number and isinstance(value, float) else value
