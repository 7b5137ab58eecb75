"""A printed table → what is wrong with its percentages and with the columns its number row explains."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean

from workbook.incoming.grid import address
from workbook.incoming.raw import Question
from workbook.printed.claims import Claim, Kind
from workbook.printed.columns import Columns, Shares, columns, is_total
from workbook.printed.faults import Base, fault
from workbook.printed.formulas import worked_out
from workbook.printed.paper import Table
from workbook.printed.rounding import Printed, exactly, fits_number, read_count, read_percent

#: So near is a mean that is printed to one decimal.
_NEAR_MEAN = 0.051


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
    found += [one for column, formula in built.formulas.items() for one in worked_out(table, built, column, formula)]
    return found


def is_checkable(table: Table) -> bool:
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
    total = _total(table, rows, shares)
    made = []
    for row, label in rows:
        part = read_count(table.text(row, shares.part))
        base = total if shares.base is None else read_count(table.text(row, shares.base))
        if part is not None and base and table.text(row, shares.share):
            made.append(_Line(row, label, table.rows[row][shares.share], part, base))
    return made


def _total(table: Table, rows: Sequence[tuple[int, str]], shares: Shares) -> int:
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
        printed = Printed(exactly(float(line.share)), 2)
    else:
        read = read_percent(str(line.share))
        if read is None:
            return None
        printed = read
    shown = f"{line.label}: {printed.shown}" if line.label else printed.shown
    claim = Claim(Kind.REACHED, printed, line.part, line.base, shown)
    return fault(claim, others, cell)


def _number(share: object) -> Decimal | None:
    if isinstance(share, int | float):
        return Decimal(repr(share))
    read = read_percent(str(share))
    return read.value if read else None


def _is_mean(share: object, lines: Sequence[float]) -> bool:
    """Whether a total is the mean of the lines' percentages, as no percentage of a total is worked out."""
    value = _number(share)
    return value is not None and len(lines) > 1 and abs(float(value) - fmean(lines)) < _NEAR_MEAN


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
