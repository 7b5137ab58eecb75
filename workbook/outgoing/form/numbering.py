"""The row that numbers the columns of a form to be filled in: where it stands, and the rules it states."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbook.incoming.cells import text_or_blank
from workbook.incoming.grid import Grid
from workbook.incoming.number_row import Formula, formulas


@dataclass(frozen=True, slots=True)
class Numbering:
    """The row of numbers: its 0-based row, and the rules it states by 0-based column."""

    row: int
    rules: Mapping[int, Formula]


def numbering(grid: Grid) -> Numbering | None:
    """The first row of numbers of a sheet; None for none."""
    for row, cells in enumerate(grid.rows):
        rules = formulas(list(map(text_or_blank, cells)))
        if rules is not None:
            return Numbering(row, rules)
    return None
