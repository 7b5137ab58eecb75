"""Finished people out of a quota book of ours: their names go, the counts stay; as a new book beside the old one.

Somebody is finished who was recognised as a full member, or left the list (moved, not admitted, struck off, deceased),
on or before the day until which nobody needs the line any more. How long that is the committee decides, not we.

What numbers are counted from must stay, or the book would no longer tie: of a finished person the sheet of persons
keeps the branch, the stage and the columns that formulas name, without a name, a birth date, a number, a place or a
text. Elsewhere the lines of the person keep only what kind of line they are.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from validation.vocabulary import Stage
from workbook.incoming.cells import as_text
from workbook.incoming.dates import read_date
from workbook.incoming.grid import Grid, letter
from workbook.incoming.quota_book import QuotaBook, Table, part, read_quota_book
from workbook.labels import label
from workbook.layout import BY_NAME, HEADING, Kind
from workbook.outgoing.package import Package, open_package, parse, serialised, sheet_parts
from workbook.outgoing.save import refuse_existing, save_new
from workbook.outgoing.sheet_part import SheetPart
from workbook.phrases import phrase
from workbook.text import key

#: Of a person's line these stay: what the counts and the next reading of the book go by.
_KEPT = frozenset({"branch", "stage", "credited_to", "admitted_in"})

#: Never kept, whatever formula may name it: who it was.
_WHO = ("full_name", "birth_on", "citizen_id", "card_number", "certificate_number", "decision_number")

_STRINGS = "xl/sharedStrings.xml"
_SHORTEST = 5  # letters: a shorter text is a word of the language too
_PLACE = re.compile(r"[A-Z]+(\d+)")
_NAMED = re.compile(r"(?:'((?:[^']|'')+)'|(\w+))!\$([A-Z]+)\$")

#: A line of a register: file, sheet, number of the line.
_Line = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Purged:
    """How many people were taken out of a book, and how many are finished, but nobody knows since when."""

    persons: int
    undated: int


def purge_book(source: Path, out: Path, until: date) -> Purged:
    """Write the book at `source` without the people finished until that day to a new file at `out`.

    Nothing is written where there is nobody to take out. Raises UnreadableWorkbook for what is no quota book of ours,
    CannotWrite where `out` exists or cannot be written.
    """
    refuse_existing(out)
    book = read_quota_book(source)
    table = book.tables.get("people")
    if table is None:
        return Purged(0, 0)
    since = _finished_on(table.frame)
    gone = [int(str(line)) for line, day in since.items() if isinstance(day, date) and day <= until]
    if gone:
        save_new(_without(open_package(source.read_bytes()), book, table, gone).content(), out)
    return Purged(len(gone), sum(day == "" for day in since))


def _finished_on(people: pd.DataFrame) -> "pd.Series[str]":
    """Line → the day since when somebody is finished; "" where it is not known, None for who is not, or taken out."""
    official, left = key(label(Stage.OFFICIAL)), key(part("people").words["left"])
    stages = people["stage"].map(lambda value: key(as_text(value)))
    days = pd.Series([None] * len(people), index=people.index, dtype=object)
    for stage, column in ((official, "recognized_on"), (left, "status_changed_on")):
        here = stages == stage
        known = people[column] if column in people else pd.Series("", index=people.index)
        days[here] = known[here].map(lambda value: read_date(value).day or "")
    return days.mask(people["full_name"] == phrase("purge.gone"), None)


# --- the package


def _without(package: Package, book: QuotaBook, table: Table, gone: Sequence[int]) -> Package:
    parts = sheet_parts(package)
    counted = _counted(package, parts)
    lines = {_line(table, at) for at in gone}
    changed = {parts[table.sheet]: _persons(package.part(parts[table.sheet]), table, gone, counted)}
    for grid in book.grids:
        cells = [] if grid.sheet == table.sheet else list(_of_lines(grid, lines, counted.get(grid.sheet, frozenset())))
        if cells:
            changed[parts[grid.sheet]] = _blanked(package.part(parts[grid.sheet]), cells)
    package = package.replaced(changed)
    texts = _texts(package.part(_STRINGS), _used(package, parts.values()), _words(table, gone))
    return package.replaced({_STRINGS: texts})


def _counted(package: Package, parts: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Sheet → the letters of the columns that formulas of the book or its charts name."""
    found: dict[str, set[str]] = {}
    for name in package.names:
        if name in parts.values() or name.startswith("xl/charts/"):
            for formula in parse(package.part(name)).iter("{*}f"):
                for quoted, bare, column in _NAMED.findall(formula.text or ""):
                    found.setdefault((quoted or bare).replace("''", "'"), set()).add(column)
    return {sheet: frozenset(columns) for sheet, columns in found.items()}


def _line(table: Table, at: int) -> _Line:
    told = {name: table.frame.at[at, name] if name in table.frame else "" for name in ("file", "sheet", "row")}
    number = told["row"] if isinstance(told["row"], int | float) else 0
    return as_text(told["file"]), as_text(told["sheet"]), int(number)


def _persons(content: bytes, table: Table, gone: Sequence[int], counted: Mapping[str, frozenset[str]]) -> bytes:
    """The sheet of persons: of each line only what is counted; where the name was, that it is gone."""
    named = counted.get(table.sheet, frozenset())
    ours = {place: name for name, place in table.places.items()}
    sheet = SheetPart(content)
    width = max(sheet.width, *table.places.values())
    blank = [at for at in range(width) if _goes(ours.get(at, ""), letter(at) in named)]
    for line in gone:
        for at in blank:
            sheet.empty((line, at + 1))
        sheet.put((line, table.places["full_name"] + 1), phrase("purge.gone"))
    sheet.unlink(gone)
    return sheet.content()


def _goes(name: str, named: bool) -> bool:
    """Whether a column of the sheet of persons goes: all do but what is counted, and no free text is."""
    free = name in HEADING and BY_NAME[name].kind is Kind.TEXT
    return name in _WHO or (name not in _KEPT and (free or not named))


def _of_lines(grid: Grid, lines: set[_Line], counted: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The cells, counted from one, that go from the lines of a list which lead to one of these lines of registers."""
    stays = {key(one) for one in phrase("purge.stays").split(" | ")}
    file, sheet, cell = (key(phrase(name)) for name in ("purge.file", "purge.sheet", "purge.cell"))
    heads: dict[str, int] = {}
    for number, row in enumerate(grid.rows, start=1):
        texts = [key(as_text(value)) if value != "" else "" for value in row]
        if {file, cell} <= set(texts):
            heads = {text: at for at, text in reversed(list(enumerate(texts))) if text}
        elif heads and _leads(row, [heads.get(name, -1) for name in (file, sheet, cell)], lines):
            kept = {at for text, at in heads.items() if text in stays}
            yield from ((number, at + 1) for at in range(len(row)) if at not in kept and letter(at) not in counted)


def _leads(row: Sequence[object], places: Sequence[int], lines: set[_Line]) -> bool:
    file, sheet, cell = (as_text(row[at]) if 0 <= at < len(row) else "" for at in places)
    found = _PLACE.fullmatch(cell.strip())
    if found is None:
        return False
    here = int(found[1])
    return any(one == (file, sheet or one[1], here) for one in lines)


def _blanked(content: bytes, cells: Iterable[tuple[int, int]]) -> bytes:
    sheet, rows = SheetPart(content), set()
    for cell in cells:
        sheet.empty(cell)
        rows.add(cell[0])
    sheet.unlink(rows)
    return sheet.content()


# --- the texts of all sheets, which stand in a part of their own


def _used(package: Package, sheets: Iterable[str]) -> set[int]:
    """The numbers of the shared texts that a cell still shows."""
    cells = (cell for name in sheets for cell in parse(package.part(name)).iter("{*}c") if cell.get("t") == "s")
    return {int(cell.findtext("{*}v") or -1) for cell in cells}


def _words(table: Table, gone: Sequence[int]) -> tuple[str, ...]:
    """Names and numbers by which the people can be known, as far as nobody who stays is called so too."""
    found: set[str] = set()
    for name in ("full_name", "citizen_id", "card_number"):
        if name in table.frame:
            texts = table.frame[name].map(as_text).str.strip()
            away = texts.index.isin(gone)
            found |= set(texts[away]) - set(texts[~away])
    told = [text for text in found if len(text) >= _SHORTEST and text != phrase("purge.gone")]
    return tuple(sorted(told, key=lambda text: (-len(text), text)))  # the longer first: one may stand within another


def _texts(content: bytes, used: set[int], words: Sequence[str]) -> bytes:
    """The shared texts: who is gone goes from the texts about others too; what no cell shows is blank."""
    root = parse(content)
    pattern = re.compile("|".join(map(re.escape, words))) if words else None
    for number, item in enumerate(root):
        for text in item.iter("{*}t"):
            if number not in used:
                text.text = ""
            elif pattern and text.text:
                text.text = pattern.sub(phrase("purge.gone"), text.text)
    return serialised(root)
