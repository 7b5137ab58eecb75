"""Cells and areas of a sheet, as pairs and as addresses; counted from one as a clerk counts."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TypeVar

from xlsxwriter.utility import xl_cell_to_rowcol

from workbook.incoming.grid import letter
from workbook.open_sheet import Area

_V = TypeVar("_V")

#: Row and column.
Cell = tuple[int, int]


def cells_of(area: Area) -> Iterable[Cell]:
    """Every cell of an area."""
    top, left, bottom, right = area
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def areas(cells: Iterable[Cell]) -> tuple[Area, ...]:
    """Cells as areas, column by column, cells below each other in one."""
    places = sorted((column, row) for row, column in cells)
    runs = groupby(enumerate(places), key=lambda numbered: (numbered[1][0], numbered[1][1] - numbered[0]))
    groups = ([place for _, place in run] for _, run in runs)
    return tuple((run[0][1], run[0][0], run[-1][1], run[-1][0]) for run in groups)


def by_value(cells: Mapping[Cell, _V]) -> dict[_V, tuple[Area, ...]]:
    """Areas of cells that have the same value."""
    places: dict[_V, list[Cell]] = {}
    for cell, value in cells.items():
        places.setdefault(value, []).append(cell)
    return {value: areas(same) for value, same in places.items()}


def address(area: Area) -> str:
    """As a sheet writes it: "F7:F9", a single cell "F7"."""
    top, left, bottom, right = area
    first, last = f"{letter(left - 1)}{top}", f"{letter(right - 1)}{bottom}"
    return first if first == last else f"{first}:{last}"


def cell_of(text: str) -> Cell:
    """The cell of an address like "F7"."""
    row, column = xl_cell_to_rowcol(text.upper())
    return row + 1, column + 1
