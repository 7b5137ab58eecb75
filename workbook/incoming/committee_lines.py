"""One sheet of the committee book → its lines by field, whatever stands above the headings and in whatever order."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from workbook.committee_layout import Field, Sheet
from workbook.incoming.cells import as_text, is_blank
from workbook.incoming.committee_cells import read_cell
from workbook.incoming.grid import Grid, address, is_blank_row
from workbook.incoming.raw import Question
from workbook.incoming.vocabulary import heading_key

_WINDOW = 30  # lines in which headings are looked for
_NUMBER = re.compile(r"\([0-9]{1,2}\)|[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line below the headings: `values` by field (None: blank or faulty), `cells` where each field stands.

    The values are of the types that the dataclasses of `workbook.committee` take.
    """

    values: Mapping[str, Any]
    cells: Mapping[str, str]
    faulty: frozenset[str] = frozenset()

    def ask(self, code: str, field: Field, **detail: object) -> Question:
        """A question about one field of the line."""
        return Question(code, self.cells.get(field.name, ""), detail={"heading": field.heading, **detail})

    def lacks(self, field: Field) -> bool:
        """Whether a cell is blank (a faulty one says so by itself)."""
        return self.values.get(field.name) is None and field.name not in self.faulty


#: A question, and the fields that count as unknown because of it.
Doubt = tuple[Question, tuple[str, ...]]


def settle(line: Line, doubts: Iterable[Doubt]) -> tuple[dict[str, Any], list[Question]]:
    """What a line is known to say once the doubtful fields are left out, and the questions."""
    raised = list(doubts)
    dropped = {name for _, names in raised for name in names}
    known = {name: value for name, value in line.values.items() if value is not None and name not in dropped}
    return known, [question for question, _ in raised]


def misordered(line: Line, first: Field, last: Field) -> Iterator[Doubt]:
    """Doubt about two days of a line where the last is before the first; either may be the wrong one."""
    start, end = line.values.get(first.name), line.values.get(last.name)
    if isinstance(start, date) and isinstance(end, date) and end < start:
        question = line.ask("committee.order", last, value=end, earlier=start, before=first.heading)
        yield question, (first.name, last.name)


def headings_of(layout: Sheet) -> str:
    """The headings of a sheet, as a question lists them."""
    return ", ".join(field.heading for field in layout.fields)


def sheet_of(grids: Sequence[Grid], name: str) -> Grid | None:
    """The sheet of that name, however it is spelled."""
    return next((grid for grid in grids if heading_key(grid.sheet) == heading_key(name)), None)


def heading_row(grid: Grid, headings: Mapping[str, str], needed: Sequence[str]) -> tuple[int, dict[str, int]] | None:
    """The row with most of the headings (name → heading) and all the needed ones, and where each name stands.

    None where no row has the needed ones. Of a heading that stands twice in it the first counts.
    """
    keys = {heading_key(heading): name for name, heading in headings.items()}
    best: tuple[int, dict[str, int]] | None = None
    for number, row in enumerate(grid.rows[:_WINDOW]):
        named = [(keys.get(heading_key(as_text(value))), column) for column, value in enumerate(row)]
        places = {name: column for name, column in reversed(named) if name}
        if all(name in places for name in needed) and (best is None or len(places) > len(best[1])):
            best = number, places
    return best


def read_lines(grid: Grid, layout: Sheet, needed: Sequence[str]) -> tuple[list[Line], list[Question]] | None:
    """Every line that is not blank, and what is wrong with its cells; None where the headings are missing."""
    found = heading_row(grid, {field.name: field.heading for field in layout.fields}, needed)
    if found is None:
        return None
    top, places = found
    questions = list(_repeated(grid, layout, top, places))
    lines = []
    for number, row in enumerate(grid.rows[top + 1 :], start=top + 1):
        if not is_blank_row(row) and not _is_numbering(row):
            line, asked = _line(row, number, layout, places)
            lines.append(line)
            questions += asked
    return lines, questions


def _line(row: Sequence[object], number: int, layout: Sheet, places: Mapping[str, int]) -> tuple[Line, list[Question]]:
    cells = {name: address(number, column) for name, column in places.items()}
    values: dict[str, Any] = {}
    questions: dict[str, list[Question]] = {}
    for field in layout.fields:
        if field.name in places:
            values[field.name], questions[field.name] = read_field(field, row[places[field.name]], cells[field.name])
    faulty = frozenset(name for name, asked in questions.items() if asked)
    return Line(values, cells, faulty), [question for asked in questions.values() for question in asked]


def _is_numbering(row: Sequence[object]) -> bool:
    """Whether the line only numbers the columns: (1), (2), (3)."""
    shown = [as_text(value) for value in row if not is_blank(value)]
    return len(shown) > 2 and all(map(_NUMBER.fullmatch, shown))


def read_field(field: Field, value: object, cell: str) -> tuple[Any, list[Question]]:
    """The value of a cell, None where blank or faulty; a fault is a question."""
    read = read_cell(field, value)
    if not read.fault:
        return read.value, []
    return None, [Question(read.fault, cell, detail={"heading": field.heading, **read.detail})]


def _repeated(grid: Grid, layout: Sheet, top: int, places: Mapping[str, int]) -> Iterator[Question]:
    """Headings that stand a second time in the row of headings."""
    fields = {heading_key(field.heading): field for field in layout.fields}
    for column, value in enumerate(grid.rows[top]):
        field = None if is_blank(value) else fields.get(heading_key(as_text(value)))
        if field and places[field.name] != column:
            detail: dict[str, object] = {"value": field.heading, "other": address(top, places[field.name])}
            yield Question("committee.repeated", address(top, column), detail=detail)
