"""A mapping drafted for a form: its own labels and headings, with the values that our mappings have for the like.

What ours do not know is left without a value, for a clerk to write; the names there are stand at the end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbook.errors import NotAWorkbook
from workbook.outgoing.form import map_text
from workbook.outgoing.form.map_text import Source
from workbook.outgoing.form.mapping import CellMap, FormMap, RowsMap, shipped
from workbook.outgoing.form.opened import open_form
from workbook.outgoing.form.places import Sheet
from workbook.outgoing.form.table import FormTable, table_of
from workbook.outgoing.form.wording import loose_key
from workbook.outgoing.save import save_new
from workbook.text import key

_MOST_STANDS = 2  # texts by which a form is known
_WORDS_OF_TITLE = 3  # fewer are the name of an office, a place, a day
#: What changes from one time to the next: years, days, dots for somebody to fill in.
_FILLED_IN = re.compile(r"\d{2,}|\u2026|\.{2,}|_{2,}")


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a mapping; `nearest`: of ours the one that gave values, `lines` of the form, how many are `known`."""

    text: str
    nearest: str
    lines: int
    known: int


@dataclass(frozen=True, slots=True)
class _Near:
    """One of our mappings held against one sheet: how many of its labels and headings stand there."""

    mapping: FormMap
    sheet: Sheet
    found: int


def write_map(form: Path, out: Path, year: int) -> Draft:
    """Draft a mapping for `form` at `out`; the age groups named at its end are those of `year`.

    Raises UnreadableWorkbook for what is no form, or has no table; CannotWrite where `out` exists.
    """
    made = draft(form, year)
    save_new(made.text.encode("utf-8"), out)
    return made


def draft(form: Path, year: int) -> Draft:
    """The mapping drafted for a form. Raises UnreadableWorkbook as above."""
    _, grids = open_form(form)
    sheets = [Sheet(grid) for grid in grids]
    near = [_near(mapping, sheet) for sheet in sheets for mapping in shipped()]
    best = max(near, key=lambda one: one.found, default=None)
    if best and best.mapping.rows and 2 * best.found >= _size(best.mapping):
        return _of_persons(best, form.stem)
    tables = [(sheet, table) for sheet in sheets if (table := table_of(sheet))]
    if not tables:
        raise NotAWorkbook("form.no_table", {"file": form.name})
    wanted = best.sheet if best and best.found else None
    sheet, table = max(tables, key=lambda one: (one[0] is wanted, len(one[1].labels)))
    ours = best.mapping if best and sheet is wanted else None
    return _of_lines(sheet, table, ours, form.stem, year)


def _near(mapping: FormMap, sheet: Sheet) -> _Near:
    labels = sum(any(map(sheet.labelled, (one.row, *one.also))) for one in mapping.cells if one.row)
    headings = sum(not sheet.heading(one).fault for rows in mapping.rows for one in rows.columns)
    return _Near(mapping, sheet, labels + headings)


def _size(mapping: FormMap) -> int:
    return len(mapping.cells) + sum(len(one.columns) for one in mapping.rows)


def _of_persons(near: _Near, name: str) -> Draft:
    """Our mapping of persons, without the headings that the form has not."""
    kept = [_standing(one, near.sheet) for one in near.mapping.rows]
    headings = [heading for one in kept for heading in one.columns]
    stands = _shared(near.mapping, near.sheet) or headings[:_MOST_STANDS]
    source = Source(name, near.sheet.grid.sheet, near.mapping.name)
    known = sum(bool(value) for one in kept for value in one.columns.values())
    return Draft(map_text.of_persons(source, stands, kept), source.nearest, len(headings), known)


def _standing(rows: RowsMap, sheet: Sheet) -> RowsMap:
    columns = {heading: name for heading, name in rows.columns.items() if not sheet.heading(heading).fault}
    return RowsMap(
        people=rows.people,
        columns=columns,
        needed=tuple(one for one in rows.needed if one in columns),
        only_with={one: name for one, name in rows.only_with.items() if one in columns},
        hints={one: text for one, text in rows.hints.items() if one in columns},
    )


def _of_lines(sheet: Sheet, table: FormTable, ours: FormMap | None, name: str, year: int) -> Draft:
    """Every label of the table, with the value that our mapping has for it."""
    known = list(_known(table, ours))
    titles = sorted(filter(_is_title, table.above), key=len, reverse=True)
    stands = (_shared(ours, sheet) if ours else []) or titles[:_MOST_STANDS] or list(table.headings)[:_MOST_STANDS]
    source = Source(name, sheet.grid.sheet, ours.name if ours else "")
    told = sum(bool(one and one.value) for one in known)
    return Draft(map_text.of_lines(source, stands, table, known, year), source.nearest, len(known), told)


def _shared(ours: FormMap, sheet: Sheet) -> list[str]:
    """The texts by which a form of ours is known, where all of them stand; one of them may stand anywhere."""
    return list(ours.stands) if all(map(sheet.has, ours.stands)) else []


def _is_title(text: str) -> bool:
    """Whether a text names a form the next time too: no office, no day, nothing to be filled in."""
    return len(key(text).split()) >= _WORDS_OF_TITLE and not _FILLED_IN.search(text)


def _known(table: FormTable, ours: FormMap | None) -> Iterator[CellMap | None]:
    """For every label what our mapping has for it, below the label that it asks for."""
    cells = [one for one in (ours.cells if ours else ()) if one.row]
    above: set[str] = set()
    for _, text in table.labels:
        fits = [one for one in cells if loose_key(text) in map(loose_key, (one.row, *one.also))]
        yield next((one for one in fits if not one.under or loose_key(one.under) in above), None)
        above.add(loose_key(text))
