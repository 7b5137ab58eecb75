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

#: Beyond it a formula is no arithmetic of counts, and no percentage is printed.
_LARGEST = 10**15


def worked_out(table: Table, built: Columns, column: int, formula: Formula) -> Iterator[Question | None]:
    """Every line of a column that its number row says how to work out: its fault, None where it is right."""
    of_hundred = "100" in formula.shown
    percent = formula.is_quotient and (of_hundred or has(built.headings.get(column, ""), "columns", "share"))
    scale = 100 if percent and not of_hundred else 1
    for row in range(built.first, len(table.rows)):
        shown, counts = table.text(row, column), _counts(table, row, formula)
        exact = formula.work_out(counts) if shown and counts else None
        if exact is None or abs(exact) > _LARGEST:
            continue
        if _agrees(table.rows[row][column], exact * scale, percent=percent):
            yield None
        else:
            expected = _right(exact * scale, percent=percent)
            detail: dict[str, object] = {"value": shown, "formula": formula.shown, "right": expected}
            yield Question("printed.formula", address(row, column), detail=detail)


def _counts(table: Table, row: int, formula: Formula) -> dict[int, int] | None:
    """What a line is worked out from, by column, a blank counting as 0 in a sum; None where that is not known.

    A cell that holds anything but a count (12,5; a word) is not known: nobody is told that a right number is wrong.
    """
    texts = {column: table.text(row, column) for column in formula.columns}
    counts = {column: read_count(text) for column, text in texts.items() if text}
    if not counts or None in counts.values() or (formula.is_quotient and len(counts) < len(texts)):
        return None
    return {column: counts.get(column) or 0 for column in texts}


def _agrees(value: object, exact: Fraction, *, percent: bool) -> bool:
    """Whether a cell holds the exact number; what cannot be read as a number is not judged."""
    if not percent:
        count = read_count(str(value)) if isinstance(value, str) else value
        return not isinstance(count, int | float) or abs(Fraction(count) - exact) < Fraction(1, 200)
    if isinstance(value, int | float):
        return fits_number(float(value), exact.numerator, 100 * exact.denominator)
    read = read_percent(str(value))
    return read is None or fit(read, exact.numerator, 100 * exact.denominator) is not Fit.NONE


def _right(exact: Fraction, *, percent: bool) -> str:
    """What the cell should show."""
    if percent:
        return right(exact.numerator, 100 * exact.denominator, 2)
    return whole(exact.numerator) if exact.denominator == 1 else show(exactly(float(exact)))
