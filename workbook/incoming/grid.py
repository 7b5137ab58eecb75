"""One sheet as read, and what a cell address is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeGuard

from workbook.incoming.raw import Question

#: (first row, first column, last row, last column), 0-based and inclusive.
Merge = tuple[int, int, int, int]

#: Sheet name → (row, column, what the cell shows), 0-based.
ErrorCells = dict[str, list[tuple[int, int, str]]]


@dataclass(frozen=True, slots=True)
class Untold:
    """What the fast reader shows as a blank: error cells, and by sheet name the addresses of formulas that no
    application has calculated yet. `misstated`: a sheet declares another size than it has.
    """

    errors: ErrorCells = field(default_factory=dict)
    uncalculated: dict[str, list[str]] = field(default_factory=dict)
    misstated: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """One visible sheet: `rows[0][0]` is cell A1, all rows are equally long, trailing blank rows are gone.

    Cells are `str`, `float`, `int`, `bool`, `date`, `datetime`, `time` or `timedelta`; blank is "".
    `questions` tells what reading had to repair.
    """

    sheet: str
    rows: list[list[object]]
    merges: tuple[Merge, ...] = ()
    questions: tuple[Question, ...] = ()


def is_blank(value: object) -> bool:
    """Whether a person would see nothing in the cell; a dash, which says "nothing", is seen (see `cells.is_blank`)."""
    return value == "" or value is None or (isinstance(value, str) and not value.strip())


def is_text(value: object) -> TypeGuard[str]:
    """Whether the cell holds letters or signs to read, not a number, a date or nothing."""
    return isinstance(value, str) and bool(value.strip())


def is_blank_row(row: Sequence[object]) -> bool:
    """Whether a person would see an empty line."""
    return all(map(is_blank, row))


def count_lines(rows: Sequence[Sequence[object]]) -> int:
    """How many lines of the sheet are not blank."""
    return sum(not is_blank_row(row) for row in rows)


@cache
def letter(column: int) -> str:
    """Sheet letters of a 0-based column: 0 → "A", 26 → "AA"."""
    before, rest = divmod(column, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + rest)


def address(row: int, column: int) -> str:
    """Cell address of 0-based row and column, like "F12"."""
    return f"{letter(column)}{row + 1}"
