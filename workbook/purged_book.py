"""The package of a quota book without the people of some lines.

What numbers are counted from must stay, or the book would no longer tie: of a finished person the sheet of persons
keeps the branch, the stage and the columns that formulas name, without a name, a birth date, a number, a place or a
text. Elsewhere the lines of the person keep only what kind of line they are.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from workbook.incoming.cells import as_text
from workbook.incoming.grid import Grid, letter
from workbook.incoming.quota_book import QuotaBook, Table
from workbook.labels import label
from workbook.layout import BY_NAME, HEADING, Kind
from workbook.matching import DoubleKind
from workbook.outgoing.package import Package, open_package, parse, serialised, sheet_parts
from workbook.outgoing.sheet_part import SheetPart
from workbook.phrases import phrase
from workbook.redaction import Redaction
from workbook.text import key

#: Of a person's line these stay: what the counts and the next reading of the book go by.
_KEPT = frozenset({"branch", "stage", "credited_to", "admitted_in"})

#: Never kept, whatever formula may name it: who it was.
_WHO = ("full_name", "birth_on", "citizen_id", "card_number", "certificate_number", "decision_number")

_STRINGS = "xl/sharedStrings.xml"

_PLACE = re.compile(r"[A-Z]+(\d+)")
_NAMED = re.compile(r"(?:'((?:[^']|'')+)'|(\w+))!\$([A-Z]+)\$")

#: A line of a register: file, sheet, number of the line.
_Line = tuple[str, str, int]


def without(source: Path, book: QuotaBook, gone: Sequence[int], what: Redaction) -> bytes:
    """The book at `source` as a file without the people of some lines; what a guarded child does.

    `book`: what is written there; `gone`: the lines of its sheet of persons; `what` is taken out of all other texts.
    """
    package, table = open_package(source.read_bytes()), book.tables["people"]
    parts = sheet_parts(package)
    counted = _counted(package, parts)
    lines = {_line(table, at) for at in gone}
    lines |= _mentions(book.grids, lines)
    lines |= {(file, "", row) for file, _, row in lines}
    changed = {parts[table.sheet]: _persons(package.part(parts[table.sheet]), table, gone, counted)}
    for grid in book.grids:
        cells = [] if grid.sheet == table.sheet else list(_of_lines(grid, lines, counted.get(grid.sheet, frozenset())))
        if cells:
            changed[parts[grid.sheet]] = _blanked(package.part(parts[grid.sheet]), cells)
    package = package.replaced(changed)
    texts = {name: _own_texts(package.part(name), what) for name in parts.values()}
    texts[_STRINGS] = _texts(package.part(_STRINGS), _used(package, parts.values()), what)
    return package.replaced(texts).content()


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


def _listed(grid: Grid) -> Iterator[tuple[int, Sequence[object], Mapping[str, int]]]:
    """Number, counted from one, and cells of each line below headings that name a file and a cell; heading → place."""
    needed, heads = {key(phrase("purge.file")), key(phrase("purge.cell"))}, dict[str, int]()
    for number, row in enumerate(grid.rows, start=1):
        texts = [key(as_text(value)) if value != "" else "" for value in row]
        if needed <= set(texts):
            heads = {text: at for at, text in reversed(list(enumerate(texts))) if text}
        elif heads:
            yield number, row, heads


def _mentions(grids: Sequence[Grid], lines: set[_Line]) -> set[_Line]:
    """The lines of registers by which the same people are told once more: a group that counts as one goes whole."""
    merged = {key(label(kind)) for kind in (DoubleKind.TWICE, DoubleKind.MOVED)}
    found: set[_Line] = set()
    for grid in grids:
        groups: dict[str, set[_Line]] = {}
        for _, row, heads in _listed(grid):
            line = _led(row, heads)
            if line and key(_said(row, heads, "purge.kind")) in merged:
                groups.setdefault(_said(row, heads, "purge.group"), set()).add(line)
        found = found.union(*(group for name, group in groups.items() if name and group & lines))
    return found


def _of_lines(grid: Grid, lines: set[_Line], counted: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The cells, counted from one, that go from the lines of a list which lead to one of these lines of registers."""
    stays = {key(one) for one in phrase("purge.stays").split(" | ")}
    for number, row, heads in _listed(grid):
        if _led(row, heads) in lines:
            kept = {at for text, at in heads.items() if text in stays}
            yield from ((number, at + 1) for at in range(len(row)) if at not in kept and letter(at) not in counted)


def _led(row: Sequence[object], heads: Mapping[str, int]) -> _Line | None:
    """The line of a register to which a line of a list leads; without a sheet where the list names none."""
    found = _PLACE.fullmatch(_said(row, heads, "purge.cell").strip())
    return (_said(row, heads, "purge.file"), _said(row, heads, "purge.sheet"), int(found[1])) if found else None


def _said(row: Sequence[object], heads: Mapping[str, int], name: str) -> str:
    at = heads.get(key(phrase(name)), -1)
    return as_text(row[at]) if 0 <= at < len(row) else ""


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


def _texts(content: bytes, used: set[int], what: Redaction) -> bytes:
    """The shared texts: who is gone goes from the texts about others too; what no cell shows is blank."""
    root = parse(content)
    for number, item in enumerate(root):
        _redact(list(item.iter("{*}t")), what if number in used else None)
    return serialised(root)


def _own_texts(content: bytes, what: Redaction) -> bytes:
    """A sheet in which the texts that its cells hold themselves are redacted."""
    if b"inlineStr" not in content:
        return content
    root = parse(content)
    for item in root.iter("{*}is"):
        _redact(list(item.iter("{*}t")), what)
    return serialised(root)


def _redact(runs: Sequence[Any], what: Redaction | None) -> None:
    """Redact the text that these elements make up, or blank it where no cell shows it; if it changes, it is one run."""
    text = "".join(run.text or "" for run in runs)
    told = what.of(text) if what else ""
    if told != text:
        for run in runs:
            run.text = ""
        runs[0].text = told
