"""A drafted mapping as the text of its file: what a clerk reads, completes and hands in again."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbook.consolidate.composition_keys import labels_of
from workbook.incoming.quota_book import part
from workbook.outgoing.form.mapping import CellMap, Column, RowsMap
from workbook.outgoing.form.table import FormTable
from workbook.outgoing.form.wording import label_key
from workbook.phrases import phrase

#: Columns of the table of branches by whose names a clerk may ask for a value.
_FIGURES = ("members", "quota", "admitted", "lacking", "probationary", "overdue", "certificates", "term_quota",
            "term_admitted")  # fmt: skip
#: Name of a value that is neither a figure nor a group → the phrase that explains it.
_OTHERS = {
    "persons.struck_off": "form_map.struck_off",
    "persons.recognized": "form_map.recognized",
    "book.committee": "form_map.committee",
    "book.as_of": "form_map.as_of",
    "book.year": "form_map.year",
}


@dataclass(frozen=True, slots=True)
class Source:
    """What a draft is of: the form's name, its sheet, and which of our mappings gave values ("" none)."""

    name: str
    sheet: str
    nearest: str


def of_persons(source: Source, stands: Sequence[str], parts: Sequence[RowsMap]) -> str:
    """A mapping of lines of persons."""
    lines = [*_head("form_map.intro_people", source, stands), *(line for one in parts for line in _rows(one))]
    return "\n".join([*lines, ""])


def of_lines(
    source: Source, stands: Sequence[str], table: FormTable, known: Sequence[CellMap | None], year: int
) -> str:
    """A mapping of every label of a table, with what is `known` of each; then the names of values, ages of `year`."""
    lines = [*_head("form_map.intro", source, stands), *_columns(table)]
    for at, ((_, label), one) in enumerate(zip(table.labels, known, strict=True)):
        lines += ["", "[[cells]]", f"row = {_text(label)}", *_under(at, table), *_valued(one)]
    return "\n".join([*lines, "", *_names(year), ""])


def _head(intro: str, source: Source, stands: Sequence[str]) -> Iterator[str]:
    nearest = phrase("form_map.nearest", name=source.nearest) if source.nearest else phrase("form_map.unlike")
    yield from (f"# {line}" for line in (*phrase(intro).splitlines(), nearest))
    yield from (f"name = {_text(source.name)}", f"stands = {_text(stands)}", f"sheet = {_text(source.sheet)}")


def _rows(rows: RowsMap) -> Iterator[str]:
    yield from (
        "",
        "[[rows]]",
        f"people = {_text([str(one) for one in rows.people])}",
        f"needed = {_text(rows.needed)}",
    )
    for name, table in (("only_with", rows.only_with), ("hints", rows.hints), ("columns", rows.columns)):
        yield from ("", f"[rows.{name}]", *(f"{_text(one)} = {_text(value)}" for one, value in table.items()))


def _columns(table: FormTable) -> Iterator[str]:
    """The first column of each kind; of the others nobody knows that they show the same number."""
    yield from ("", "[columns]")
    shown: set[Column] = set()
    for heading, shows in table.headings.items():
        line = f"{_text(heading)} = {_text(str(shows))}"
        again = shows is not Column.RULE and shows in shown
        yield f"# {line}   # {phrase('form_map.more_columns')}" if again else line
        shown.add(shows)


def _under(at: int, table: FormTable) -> Iterator[str]:
    """For a label that stands twice: the nearest one above it that stands once, below the same label before it."""
    keys = [label_key(label) for _, label in table.labels]
    if keys.count(keys[at]) == 1:
        return
    for above in range(at - 1, -1, -1):
        if keys[above] == keys[at]:
            return
        if keys.count(keys[above]) == 1:
            yield f"under = {_text(table.labels[above][1])}"
            return


def _valued(one: CellMap | None) -> Iterator[str]:
    if not one or not one.value:
        yield '# value = ""'
        return
    yield f"value = {_text(one.value)}"
    if one.note:
        yield f"note = {_text(one.note)}"


def _names(year: int) -> Iterator[str]:
    """The names of values, each with what it says in the quota book."""
    headings = part("branches").headings
    yield f"# {phrase('form_map.names')}"
    yield from (f"#   summary.total.{name}: {headings[name]}" for name in _FIGURES)
    yield from (f"#   composition.{name}.total: {label}" for name, label in labels_of(year).items())
    yield from (f"#   {name}: {phrase(said)}" for name, said in _OTHERS.items())


def _text(value: object) -> str:
    """As TOML writes a text or a list of texts: a basic string of it is one of JSON without a bare DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
