"""A mapping drafted for a form: its own labels and headings, with the values that our mappings have for the like.

What ours do not know is left without a value, for a clerk to write; the names there are stand at the end.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook.consolidate.composition_keys import labels_of
from workbook.errors import NotAWorkbook
from workbook.incoming.grid import Grid
from workbook.incoming.quota_book import part
from workbook.outgoing.areas import Cell
from workbook.outgoing.form_map import CellMap, Column, FormMap, RowsMap, shipped
from workbook.outgoing.form_places import Sheet, label_key, loose_key
from workbook.outgoing.form_table import FormTable, table_of
from workbook.outgoing.forms import open_form
from workbook.outgoing.save import save_new
from workbook.phrases import phrase
from workbook.text import key

_FIGURES = ("members", "quota", "admitted", "lacking", "probationary", "overdue", "certificates", "term_quota",
            "term_admitted")  # fmt: skip
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
    grid: Grid
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
    near = [_near(mapping, grid) for grid in grids for mapping in shipped()]
    best = max(near, key=lambda one: one.found, default=None)
    if best and best.mapping.rows and 2 * best.found >= _size(best.mapping):
        return _of_persons(best, form.stem)
    tables = [(grid, sheet, table) for grid in grids if (table := table_of(sheet := Sheet(grid)))]
    if not tables:
        raise NotAWorkbook("form.no_table", {"file": form.name})
    wanted = best.grid.sheet if best and best.found else ""
    grid, sheet, table = max(tables, key=lambda one: (one[0].sheet == wanted, len(one[2].labels)))
    ours = best.mapping if best and best.found and grid.sheet == wanted else None
    return _of_lines(grid, sheet, table, ours, (form.stem, year))


def _near(mapping: FormMap, grid: Grid) -> _Near:
    sheet = Sheet(grid)
    labels = sum(any(map(sheet.labelled, (one.row, *one.also))) for one in mapping.cells if one.row)
    headings = sum(not sheet.heading(one).fault for rows in mapping.rows for one in rows.columns)
    return _Near(mapping, grid, sheet, labels + headings)


def _size(mapping: FormMap) -> int:
    return len(mapping.cells) + sum(len(one.columns) for one in mapping.rows)


def _of_persons(near: _Near, name: str) -> Draft:
    """Our mapping of persons, without the headings that the form has not."""
    kept = [_standing(one, near.sheet) for one in near.mapping.rows]
    headings = [heading for one in kept for heading in one.columns]
    stands = _shared(near.mapping, near.sheet) or headings[:_MOST_STANDS]
    head = _head("form_map.intro_people", name, stands, (near.grid.sheet, near.mapping.name))
    lines = [*head, *(line for one in kept for line in _rows(one))]
    known = sum(bool(value) for one in kept for value in one.columns.values())
    return Draft("\n".join([*lines, ""]), near.mapping.name, len(headings), known)


def _standing(rows: RowsMap, sheet: Sheet) -> RowsMap:
    columns = {heading: name for heading, name in rows.columns.items() if not sheet.heading(heading).fault}
    return RowsMap(
        people=rows.people,
        columns=columns,
        needed=tuple(one for one in rows.needed if one in columns),
        only_with={one: name for one, name in rows.only_with.items() if one in columns},
        hints={one: text for one, text in rows.hints.items() if one in columns},
    )


def _rows(rows: RowsMap) -> Iterator[str]:
    yield from (
        "",
        "[[rows]]",
        f"people = {_text([str(one) for one in rows.people])}",
        f"needed = {_text(rows.needed)}",
    )
    for name, table in (("only_with", rows.only_with), ("hints", rows.hints), ("columns", rows.columns)):
        yield from ("", f"[rows.{name}]", *(f"{_text(one)} = {_text(value)}" for one, value in table.items()))


def _of_lines(grid: Grid, sheet: Sheet, table: FormTable, ours: FormMap | None, about: tuple[str, int]) -> Draft:
    """Every label of the table, with the value that our mapping has for it."""
    name, year = about
    known = list(_known(table, ours))
    titles = sorted(filter(_is_title, table.above), key=len, reverse=True)
    stands = (_shared(ours, sheet) if ours else []) or titles[:_MOST_STANDS] or list(table.headings)[:_MOST_STANDS]
    lines = [*_head("form_map.intro", name, stands, (grid.sheet, ours.name if ours else "")), *_columns(table)]
    for (cell, text), one in zip(table.labels, known, strict=True):
        lines += ["", "[[cells]]", f"row = {_text(text)}", *_under(cell, text, table)]
        lines += _valued(one)
    told = sum(bool(one and one.value) for one in known)
    return Draft("\n".join([*lines, "", *_names(year), ""]), ours.name if ours else "", len(known), told)


def _shared(ours: FormMap, sheet: Sheet) -> list[str]:
    """The texts by which a form of ours is known, where all of them stand; one of them may stand anywhere."""
    return list(ours.stands) if all(map(sheet.has, ours.stands)) else []


def _is_title(text: str) -> bool:
    """Whether a text names a form the next time too: no office, no day, nothing to be filled in."""
    return len(key(text).split()) >= _WORDS_OF_TITLE and not _FILLED_IN.search(text)


def _columns(table: FormTable) -> Iterator[str]:
    """The first column of each kind; of the others nobody knows that they show the same number."""
    yield from ("", "[columns]")
    shown: set[Column] = set()
    for heading, shows in table.headings.items():
        again = shows is not Column.RULE and shows in shown
        if again:
            yield f"# {_text(heading)} = {_text(str(shows))}   # {phrase('form_map.more_columns')}"
        else:
            yield f"{_text(heading)} = {_text(str(shows))}"
        shown.add(shows)


def _valued(one: CellMap | None) -> Iterator[str]:
    if not one or not one.value:
        yield '# value = ""'
        return
    yield f"value = {_text(one.value)}"
    if one.note:
        yield f"note = {_text(one.note)}"


def _known(table: FormTable, ours: FormMap | None) -> Iterator[CellMap | None]:
    """For every label what our mapping has for it, below the label that it asks for."""
    cells = [one for one in (ours.cells if ours else ()) if one.row]
    above: set[str] = set()
    for _, text in table.labels:
        fits = [one for one in cells if loose_key(text) in map(loose_key, (one.row, *one.also))]
        yield next((one for one in fits if not one.under or loose_key(one.under) in above), None)
        above.add(loose_key(text))


def _under(cell: Cell, text: str, table: FormTable) -> Iterator[str]:
    """For a label that stands twice: the nearest one above it that stands once, below the same label before it."""
    keys = [label_key(one) for _, one in table.labels]
    if keys.count(label_key(text)) == 1:
        return
    place = next(at for at, (where, _) in enumerate(table.labels) if where == cell)
    before = (at for at in range(place - 1, -1, -1))
    for at in before:
        if keys[at] == label_key(text):
            return
        if keys.count(keys[at]) == 1:
            yield f"under = {_text(table.labels[at][1])}"
            return


def _head(intro: str, name: str, stands: Sequence[str], source: tuple[str, str]) -> Iterator[str]:
    """`source`: the sheet, and which of our mappings gave values ("" none)."""
    sheet, ours = source
    said = phrase("form_map.nearest", name=ours) if ours else phrase("form_map.unlike")
    yield from (f"# {line}" for line in (*phrase(intro).splitlines(), said))
    yield from (f"name = {_text(name)}", f"stands = {_text(stands)}", f"sheet = {_text(sheet)}")


def _names(year: int) -> Iterator[str]:
    """The names of values, each with what it says in the quota book."""
    headings: Mapping[str, str] = part("branches").headings
    yield f"# {phrase('form_map.names')}"
    yield from (f"#   summary.total.{name}: {headings[name]}" for name in _FIGURES)
    yield from (f"#   composition.{name}.total: {label}" for name, label in labels_of(year).items())
    yield from (f"#   {name}: {phrase(said)}" for name, said in _OTHERS.items())


_OTHERS = {
    "persons.struck_off": "form_map.struck_off",
    "persons.recognized": "form_map.recognized",
    "book.committee": "form_map.committee",
    "book.as_of": "form_map.as_of",
    "book.year": "form_map.year",
}


def _text(value: object) -> str:
    """As TOML writes a text or a list of texts; a basic string of it is one of JSON."""
    return json.dumps(value, ensure_ascii=False)
