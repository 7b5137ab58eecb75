"""The numbers of the sheet of groups by the names that mappings use, and how far each of them is known.

A group is counted among those of whom a register says which they are. As long as others are left, nobody knows the
group: what is counted is some of it, and nought is no number at all.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from workbook.consolidate.composition_keys import line_keys, registered
from workbook.incoming.cells import is_blank
from workbook.incoming.committee_lines import sheet_of
from workbook.incoming.quota_book import QuotaBook, Table
from workbook.layout import HEADING
from workbook.outgoing.sheet_part import Value
from workbook.percent import show
from workbook.phrases import phrase
from workbook.text import key

_ADMITTED, _UNKNOWN = "admitted", "unknown"
_FIGURES = ("total", "share")


@dataclass(frozen=True, slots=True)
class Known:
    """What a book knows, by name. `unsure`: why a value is not the whole truth, also of one that the book lacks."""

    values: Mapping[str, Value] = field(default_factory=dict)
    unsure: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> Value | None:
        """What may be written: a number that is known, or as much of it as was counted; never an unsure nought."""
        value = self.values.get(name)
        return None if name in self.unsure and not value else value


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the sheet (`row`): its block, its label, its name where we know it, its numbers."""

    row: int
    block: str
    label: str
    name: str
    figures: Mapping[str, int | Decimal]

    @property
    def column(self) -> str:
        """What the line is counted by; "" where we do not know it."""
        return self.name.partition(".")[0]

    @property
    def is_rest(self) -> bool:
        """Whether the line has those of whom nobody knows."""
        return self.name.endswith(f".{_UNKNOWN}")


def groups_of(book: QuotaBook) -> Known:
    """The numbers of the sheet by name, `composition.<line>.total` and `.share`; nothing without the sheet."""
    table = book.tables.get("composition")
    if table is None:
        return Known()
    lines = list(_lines(table, book.year))
    left = _Left(book, table, lines)
    values, unsure = _named(lines, left)
    labels, times = _labelled(lines), Counter(one.label for one in lines)
    for one in lines:
        for name in labels[one.row] if times[one.label] == 1 else labels[one.row][:1]:
            values |= {f"{name}.{figure}": value for figure, value in one.figures.items()}
            unsure |= {f"{name}.{figure}": why for figure in _FIGURES if (why := left.why(one, figure))}
    return Known(values, unsure)


def number(value: object) -> int | Decimal | None:
    """A count as an integer, a share with the decimals it has."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if float(value).is_integer() else Decimal(f"{value:.10g}")


def _lines(table: Table, year: int) -> Iterator[_Line]:
    """The lines of the sheet; a label without numbers that we do not know for a line is the title of a block."""
    block, names = "", line_keys(year)
    for row in table.lines:
        said = table.cell(row, "label").text
        told = {name: number(table.cell(row, name).value) for name in _FIGURES if name in table.places}
        figures = {name: value for name, value in told.items() if value is not None}
        name = names.get((key(block), key(said)), "")
        if said and not figures and not name:
            block = said
        elif said:
            yield _Line(row, block, said, name, figures)


class _Left:
    """Of how many persons the lines do not tell."""

    def __init__(self, book: QuotaBook, table: Table, lines: Sequence[_Line]):
        self._whole = next((one for one in lines if one.name == _ADMITTED), None)
        self._cells = {one.row: _beside(book, table, one.row) for one in lines if one.is_rest or one is self._whole}
        self._rests = {one.block: one for one in lines if one.is_rest}

    def why(self, line: _Line, figure: str, *, several: bool = False) -> str:
        """Why a number of a line is not the whole truth; "" where it is. `several`: it is one of more such lines."""
        count = None if several else self._count(line.block)
        if not line.block or count == 0 or self._admitted == 0 or (line.is_rest and count is not None):
            return ""
        heading = HEADING[registered(line.column)] if line.column else line.block
        if count is not None and count == self._admitted:
            return phrase("form.left_all", count=count, heading=heading)
        value = line.figures.get(figure)
        seen = phrase("form.seen", value=show(Decimal(value))) if value else phrase("form.seen_none")
        unsaid = phrase("form.left_unsaid", heading=heading)
        return f"{seen}, {phrase('form.left', count=count, heading=heading) if count else unsaid}"

    @property
    def _admitted(self) -> int | Decimal | None:
        return self._whole.figures.get("total") if self._whole else None

    def _count(self, block: str) -> int | None:
        """How many of a block are unknown; None where the book, or one of those rolled up in it, does not say so."""
        rest = self._rests.get(block)
        if rest is None or any(self._is_silent(place, cell) for place, cell in enumerate(self._cells[rest.row])):
            return None
        count = rest.figures.get("total")
        return count if isinstance(count, int) else None

    def _is_silent(self, place: int, cell: object) -> bool:
        """Whether a column has persons of whom the line for the rest says nothing."""
        admitted = self._cells[self._whole.row] if self._whole else []
        return is_blank(cell) and place < len(admitted) and bool(number(admitted[place]))


def _beside(book: QuotaBook, table: Table, row: int) -> list[object]:
    """What a line says of each branch, or of each committee below."""
    grid = sheet_of(book.grids, table.sheet)
    return list(grid.rows[row - 1][max(table.places.values()) + 1 :]) if grid else []


def _named(lines: Sequence[_Line], left: _Left) -> tuple[dict[str, Value], dict[str, str]]:
    """The numbers by the names of ours. Books of several years rolled up may have lines of one name: these add up."""
    values: dict[str, Value] = {}
    unsure: dict[str, str] = {}
    for name in dict.fromkeys(one.name for one in lines if one.name):
        same = [one for one in lines if one.name == name]
        several = len(same) > 1
        one = _added(same) if several else same[0]
        values |= {f"composition.{name}.{figure}": value for figure, value in one.figures.items()}
        told = ((figure, left.why(one, figure, several=several)) for figure in _FIGURES)
        unsure |= {f"composition.{name}.{figure}": why for figure, why in told if why}
    return values, unsure


def _added(lines: Sequence[_Line]) -> _Line:
    """Lines of one name as one, without a share: each has its own."""
    totals = (one.figures.get("total") for one in lines)
    total = sum(one for one in totals if isinstance(one, int))
    return _Line(lines[0].row, lines[0].block, lines[0].label, lines[0].name, {"total": total})


def _labelled(lines: Sequence[_Line]) -> dict[int, tuple[str, str]]:
    """Row → the names of a line by its label: with its block, and without it."""
    return {one.row: (f"composition.{one.block}.{one.label}", f"composition.{one.label}") for one in lines}
