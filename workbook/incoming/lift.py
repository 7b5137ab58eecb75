"""A grid → the persons of its register, lifted out of whatever stands around them."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from workbook.incoming.compose import Body, Composed, compose
from workbook.incoming.grid import Grid, count_lines, is_text
from workbook.incoming.header import WINDOW, Header, find_header
from workbook.incoming.join import join
from workbook.incoming.lines import sort_lines
from workbook.incoming.raw import Question, RawTable
from workbook.incoming.tables import Table, tables_under
from workbook.incoming.vocabulary import heading_key, is_legacy
from workbook.text import clean

#: What may name a branch at the head of a sheet without a register: of so many lines, so many letters, so many texts.
_TOP, _SHORT, _MOST = 6, 120, 20


@dataclass(frozen=True, slots=True)
class NotARegister:
    """A sheet that holds no register: how many lines it has that are not blank, and the code that says why.

    `top`: the short texts of its first lines, which may name a branch.
    """

    sheet: str
    lines: int
    reason: str
    top: tuple[str, ...] = field(default=(), compare=False)


def lift(grid: Grid, confirmed: Mapping[str, str] | None = None) -> RawTable | NotARegister:
    """Lift the persons out of one sheet; every line that is not blank becomes a person or is counted in `set_aside`.

    `confirmed`: headings (or their keys) that people explained before → register column.
    """
    known = {heading_key(heading): column for heading, column in (confirmed or {}).items()}
    header = find_header(grid, known)
    if header is None:
        return NotARegister(grid.sheet, count_lines(grid.rows), _reason(grid), _top(grid))
    tables = tables_under(grid, header, known)
    found = sort_lines(grid.rows, grid.merges, tables)
    made = join([_composed(grid, table, found.persons) for table in tables])
    above = Counter(title=count_lines(grid.rows[: header.top]), header=count_lines(_header_lines(grid, header)))
    return RawTable(
        sheet=grid.sheet,
        title=tuple(clean(value) for row in grid.rows[: header.top] for value in row if is_text(value)),
        columns=made.columns,
        rows=[line + 1 for line in found.persons],
        groups=found.groups,
        units=made.units,
        letters=made.letters,
        moved=made.moved,
        lacking=frozenset(made.lacking),
        extra=made.extra,
        questions=(*grid.questions, *_of_headers(tables), *found.questions, *made.questions),
        set_aside=dict(+above + found.aside),
        explained=_explained(tables, known),
    )


def _composed(grid: Grid, table: Table, persons: Sequence[int]) -> Composed:
    """The columns of one table for those of the persons who stand in it."""
    within = persons[bisect_left(persons, table.lines.start) : bisect_left(persons, table.lines.stop)]
    return compose(table.header.slots, Body(grid.rows, within, grid.merges))


def _of_headers(tables: Sequence[Table]) -> list[Question]:
    return [question for table in tables for question in table.header.questions]


def _explained(tables: Sequence[Table], known: Mapping[str, str]) -> frozenset[str]:
    """The keys of explained headings by which a column is read."""
    keys = ((key, slot.column) for table in tables for slot in table.header.slots for key in slot.keys)
    return frozenset(key for key, column in keys if known.get(key) == column)


def _header_lines(grid: Grid, header: Header) -> list[list[object]]:
    return grid.rows[header.top : header.bottom + 1]


def _top(grid: Grid) -> tuple[str, ...]:
    texts = (value for row in grid.rows[:_TOP] for value in row if is_text(value) and len(value) <= _SHORT)
    return tuple(clean(text) for text in islice(texts, _MOST))


def _reason(grid: Grid) -> str:
    """Why a sheet is no register; a sheet in the codes before Unicode looks like any other."""
    texts = [value for row in grid.rows[:WINDOW] for value in row if is_text(value)]
    if not texts:
        return "sheet.blank"
    return "sheet.legacy_font" if any(map(is_legacy, texts)) else "sheet.no_register"
