"""The row of numbers of a form to be filled in: where it stands, and whether printed numbers keep to what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

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


def agrees(printed: Decimal, exact: Decimal) -> bool:
    """Whether a printed number is the exact one to its own decimals, rounded half up or cut off."""
    exponent = printed.as_tuple().exponent
    unit = Decimal(1).scaleb(min(int(exponent) if isinstance(exponent, int) else 0, 0))
    return printed in (exact.quantize(unit, ROUND_HALF_UP), exact.quantize(unit, ROUND_DOWN))
