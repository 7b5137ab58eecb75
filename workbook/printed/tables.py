"""A printed table → what is wrong with its percentages and with the columns its number row explains."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import fmean

from workbook.incoming.grid import address
from workbook.incoming.number_row import Formula
from workbook.incoming.raw import Question
from workbook.percent import show
from workbook.printed.claims import Claim, Kind
from workbook.printed.columns import Columns, Shares, columns, is_total
from workbook.printed.faults import Base, fault
from workbook.printed.paper import Table
from workbook.printed.rounding import Fit, Printed, count_shown, fit, fits_number, read_count, read_percent, right
from workbook.printed.words import has


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with a percentage and its parts."""

    row: int
    label: str
    share: object
    part: int
    base: int


def questions(table: Table) -> list[Question]:
    """Everything in a table that does not follow from its own numbers."""
    return [question for question in judgements(table) if question]


def judgements(table: Table) -> list[Question | None]:
    """Every cell that was worked out again; None for one that is right."""
    built = columns(table)
    if built is None:
        return []
    found = [one for shares in built.shares for one in _of_shares(table, built, shares)]
    found += [one for column, formula in built.formulas.items() for one in _of_formula(table, built, column, formula)]
    return found


def judged(table: Table) -> bool:
    """Whether the table has anything that can be worked out again."""
    return columns(table) is not None


def _of_shares(table: Table, built: Columns, shares: Shares) -> Iterator[Question | None]:
    lines = _lines(table, built, shares)
    printed = [
        float(value) for line in lines if not is_total(line.label) and (value := _number(line.share)) is not None
    ]
    totals = [(line.part, "admitted") for line in lines if is_total(line.label)]
    for line in lines:
        cell = address(line.row, shares.share)
        others: list[Base] = [*totals, *_row_numbers(table, line.row, shares)]
        question = _judge(line, others, cell)
        if question and is_total(line.label) and _is_mean(line.share, printed):
            question = Question("printed.mean", cell, detail=question.detail)
        if _number(line.share) is not None:
            yield question


def _lines(table: Table, built: Columns, shares: Shares) -> list[_Line]:
    rows = [(row, _label(table, row)) for row in range(built.first, len(table.rows))]
    whole = _whole(table, rows, shares)
    made = []
    for row, label in rows:
        part = read_count(table.text(row, shares.part))
        base = whole if shares.base is None else read_count(table.text(row, shares.base))
        if part is not None and base and table.text(row, shares.share):
            made.append(_Line(row, label, table.rows[row][shares.share], part, base))
    return made


def _whole(table: Table, rows: Sequence[tuple[int, str]], shares: Shares) -> int:
    """The total line's count, which every line of a composition is a share of; 0 where there is none."""
    counts = (read_count(table.text(row, shares.part)) for row, label in rows if is_total(label))
    return next((count for count in counts if count), 0)


def _label(table: Table, row: int) -> str:
    """The first words of a line."""
    texts = (table.text(row, column) for column in range(len(table.rows[row])))
    return next((text for text in texts if text and read_count(text) is None), "")


def _row_numbers(table: Table, row: int, shares: Shares) -> list[Base]:
    counts = {column: read_count(table.text(row, column)) for column in range(len(table.rows[row]))}
    return [(count, "other") for column, count in counts.items() if count and column not in (shares.part, shares.base)]


def _judge(line: _Line, others: Sequence[Base], cell: str) -> Question | None:
    """A percentage as text is judged at its printed decimals, a number of a cell by what it is."""
    if isinstance(line.share, int | float):
        if fits_number(float(line.share), line.part, line.base):
            return None
        printed = Printed(_plain(float(line.share)), 2)
    else:
        read = read_percent(str(line.share).strip().rstrip("% "))
        if read is None:
            return None
        printed = read
    shown = f"{line.label}: {printed.shown}" if line.label else printed.shown
    claim = Claim(Kind.REACHED, printed, line.part, line.base, shown)
    return fault(claim, others, cell)


def _plain(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal("0.0001"), ROUND_HALF_UP).normalize()


def _number(share: object) -> Decimal | None:
    if isinstance(share, int | float):
        return Decimal(repr(share))
    read = read_percent(str(share).strip().rstrip("% "))
    return read.value if read else None


def _is_mean(share: object, lines: Sequence[float]) -> bool:
    value = _number(share)
    return value is not None and len(lines) > 1 and abs(float(value) - fmean(lines)) < 0.051


def _of_formula(table: Table, built: Columns, column: int, formula: Formula) -> Iterator[Question | None]:
    """Every line of a column that its number row says how to work out."""
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
    read = read_percent(str(value).strip().rstrip("% "))
    return read is None or fit(read, exact.numerator, 100 * exact.denominator) is not Fit.NONE


def _unlike(cell: str, shown: str, exact: Fraction, formula: Formula, *, percent: bool) -> Question:
    if percent:
        exact *= 1 if "100" in formula.shown else 100
        expected = right(exact.numerator, 100 * exact.denominator, 2)
    elif exact.denominator == 1:
        expected = count_shown(exact.numerator)
    else:
        expected = show(_plain(float(exact)))
    detail: dict[str, object] = {"value": shown, "formula": formula.shown, "right": expected}
    return Question("printed.formula", cell, detail=detail)


def bases(table: Table) -> list[Base]:
    """The totals of a table, by which the text around it may have divided."""
    built = columns(table)
    if built is None:
        return []
    found = []
    for shares in built.shares:
        for line in _lines(table, built, shares):
            if is_total(line.label):
                found += [(line.part, "admitted"), (line.base, shares.kind)]
    return found
