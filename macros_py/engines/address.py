"""Addresses as arithmetic: "B2:C9" is four numbers, counted from one as Excel counts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlwings import utils

ROWS, COLUMNS = 1_048_576, 16_384

_CORNER = r"\$?([A-Za-z]{1,3})?\$?(\d{1,7})?"
_ADDRESS = re.compile(rf"{_CORNER}(?::{_CORNER})?")


@dataclass(frozen=True, order=True)
class Area:
    """One rectangle of cells, both corners inside it."""

    row: int
    column: int
    last_row: int
    last_column: int

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns."""
        return self.last_row - self.row + 1, self.last_column - self.column + 1

    @property
    def address(self) -> str:
        """The absolute address: "$B$2:$C$9"."""
        return self.written()

    def written(self, row_absolute: bool = True, column_absolute: bool = True) -> str:
        """The address with or without dollar signs; a single cell without a colon."""
        row, column = "$" * row_absolute, "$" * column_absolute
        first = f"{column}{utils.col_name(self.column)}{row}{self.row}"
        last = f"{column}{utils.col_name(self.last_column)}{row}{self.last_row}"
        return first if first == last else f"{first}:{last}"

    def around(self, other: "Area") -> "Area":
        """The smallest area that holds both."""
        return Area(
            min(self.row, other.row),
            min(self.column, other.column),
            max(self.last_row, other.last_row),
            max(self.last_column, other.last_column),
        )

    @property
    def row_numbers(self) -> range:
        """The rows, counted from one."""
        return range(self.row, self.last_row + 1)


def cell(row: int, column: int) -> Area:
    """The single cell at a row and column counted from one; IndexError outside the sheet."""
    if not (1 <= row <= ROWS and 1 <= column <= COLUMNS):
        raise IndexError("rows and columns are counted from one")
    return Area(row, column, row, column)


def parse(address: str) -> Area:
    """The area of "A1", "$A$1:B2", "A:C" or "1:3"; ValueError for anything else."""
    match = _ADDRESS.fullmatch(address.strip())
    if not match or not any(match.groups()):
        raise ValueError("not the address of cells")
    column, row, last_column, last_row = match.groups()
    whole = ":" in address
    if not whole and not (column and row):
        raise ValueError("not the address of cells")
    first = Area(int(row or 1), _number(column, 1), int(row or ROWS), _number(column, COLUMNS))
    last = Area(int(last_row or 1), _number(last_column, 1), int(last_row or ROWS), _number(last_column, COLUMNS))
    return first.around(last) if whole else first


def areas(address: str) -> tuple[Area, ...]:
    """The areas of a union such as "A1,B5:C6", in the order written."""
    return tuple(parse(part) for part in address.split(","))


def overlap(some: Iterable[Area], others: Sequence[Area]) -> tuple[Area, ...]:
    """The parts of areas that lie in any of some others."""
    both = (
        Area(
            max(one.row, other.row),
            max(one.column, other.column),
            min(one.last_row, other.last_row),
            min(one.last_column, other.last_column),
        )
        for one in some
        for other in others
    )
    return tuple(area for area in both if area.row <= area.last_row and area.column <= area.last_column)


def _number(letters: str | None, default: int) -> int:
    return utils.column_to_number(letters.upper()) if letters else default
