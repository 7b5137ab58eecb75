"""A column that the table's own number row says how to work out, like "5 = 4 : 3", worked out again line by line."""

from collections.abc import Iterator
from fractions import Fraction

from workbook.incoming.grid import address
from workbook.incoming.number_row import Formula
from workbook.incoming.raw import Question
from workbook.percent import show, whole
from workbook.printed.columns import Columns
from workbook.printed.paper import Table
from workbook.printed.rounding import Fit, exactly, fit, fits_number, read_count, read_percent, right
from workbook.printed.words import has


def worked_out(table: Table, built: Columns, column: int, formula: Formula) -> Iterator[Question | None]:
    """Every line of a column that its number row says how to work out: its fault, None where it is right."""
    heading = built.headings.get(column, "")
    percent = formula.is_quotient and (has(heading, "columns", "share") or "100" in formula.shown)
    for row in range(built.first, len(table.rows)):
        shown = table.text(row, column)
        counts = {one: read_count(table.text(row, one)) for one in formula.columns}
        values = {one: count or 0 for one, count in counts.items()}
        if not shown or all(count is None for count in counts.values()):
            continue
        if formula.is_quotient and None in counts.values():
            continue
        exact = formula.work_out(values)
        if exact is not None:
            agrees = _agrees(table.rows[row][column], exact, formula, percent=percent)
            yield None if agrees else _unlike(address(row, column), shown, exact, formula, percent=percent)


def _agrees(value: object, exact: Fraction, formula: Formula, *, percent: bool) -> bool:
    if not percent:
        count = read_count(str(value)) if isinstance(value, str) else value
        return not isinstance(count, int | float) or abs(Fraction(count) - exact) < Fraction(1, 200)
    exact *= 1 if "100" in formula.shown else 100
    if isinstance(value, int | float):
        return fits_number(float(value), exact.numerator, 100 * exact.denominator)
    read = read_percent(str(value))
    return read is None or fit(read, exact.numerator, 100 * exact.denominator) is not Fit.NONE


def _unlike(cell: str, shown: str, exact: Fraction, formula: Formula, *, percent: bool) -> Question:
    if percent:
        exact *= 1 if "100" in formula.shown else 100
        expected = right(exact.numerator, 100 * exact.denominator, 2)
    elif exact.denominator == 1:
        expected = whole(exact.numerator)
    else:
        expected = show(exactly(float(exact)))
    detail: dict[str, object] = {"value": shown, "formula": formula.shown, "right": expected}
    return Question("printed.formula", cell, detail=detail)
