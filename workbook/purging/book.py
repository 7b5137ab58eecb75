"""The package of a quota book without the people of some lines.

What numbers are counted from must stay, or the book would no longer tie: of a finished person the sheet of persons
keeps the branch, the stage and the columns that formulas name, without a name, a birth date, a number, a place or a
text. Elsewhere the lines of the person keep only what kind of line they are: lines that name their source
(`lines`), and on sheets of which nothing is known those that say whom they are about (`names`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook.incoming.grid import Grid, letter
from workbook.incoming.quota_book import QuotaBook, Table
from workbook.layout import BY_NAME, HEADING, Kind
from workbook.outgoing.areas import Cell
from workbook.outgoing.package import Package, open_package, sheet_parts
from workbook.outgoing.sheet_part import SheetPart
from workbook.phrases import phrase
from workbook.purging.lines import cells_of, led, mentions, source_of
from workbook.purging.names import lines_about, persons, texts_of
from workbook.purging.redaction import Redaction
from workbook.purging.sums import Formula, counted_areas, counted_columns, formulas_of, is_in
from workbook.purging.texts import redacted, shared_texts

#: Of a person's line these stay: what the counts and the next reading of the book go by.
_KEPT = frozenset({"branch", "stage", "credited_to", "admitted_in"})

#: Never kept, whatever formula may name it: who it was. Neither is any text, nor a number that is no count.
_WHO = ("birth_on",)

#: The tables of branches, committees and files: no line of theirs is about a person.
_COUNTING = ("branches", "composition", "progress", "submissions")

#: A sheet and a cell of it, counted from one.
_Place = tuple[str, Cell]


@dataclass(frozen=True, slots=True)
class Gone:
    """Who is taken out of a book. `lines`: of its sheet of persons; `sought`: what goes from all other texts.

    `others`: the headings below which a line names others than the person it is about.
    """

    lines: Sequence[int]
    sought: Redaction
    others: Collection[str]


def without(source: Path, book: QuotaBook, gone: Gone) -> bytes:
    """The book at `source` as a file without some people; what a guarded child does. `book`: what is written there."""
    package, table = open_package(source.read_bytes()), book.tables["people"]
    parts = sheet_parts(package)
    formulas = tuple(formulas_of(package, parts))
    lists = [grid for grid in (*book.grids, *_hidden(package, parts, book.grids)) if grid.sheet != table.sheet]
    going = [*_cells_of_sources(lists, book, gone, formulas), *_cells_of_names(lists, book, gone, formulas)]
    cells = {sheet: [cell for one, cell in going if one == sheet] for sheet in {sheet for sheet, _ in going}}
    changed = {parts[sheet]: _blanked(package.part(parts[sheet]), some) for sheet, some in cells.items()}
    persons_part = parts[table.sheet]
    changed[persons_part] = _persons(package.part(persons_part), table, gone.lines, counted_columns(formulas))
    lines = {parts[sheet]: {row for row, _ in some} for sheet, some in cells.items()}
    lines |= {parts[table.sheet]: set(gone.lines)}
    return redacted(package.replaced(changed), parts.values(), gone.sought, lines).content()


def _cells_of_sources(
    lists: Sequence[Grid], book: QuotaBook, gone: Gone, formulas: Sequence[Formula]
) -> Iterator[_Place]:
    """What goes from the lines of lists that name a line of a register as their source."""
    counted, ours = counted_columns(formulas), {table.sheet for table in book.tables.values()}
    lines = {source_of(book.tables["people"], at) for at in gone.lines}
    lines |= mentions(lists, lines)
    lines |= {(file, "", row) for file, _, row in lines}
    for grid in lists:
        named = counted.get(grid.sheet, frozenset())
        yield from ((grid.sheet, cell) for cell in cells_of(grid, lines, named, ours=grid.sheet in ours))


def _cells_of_names(
    lists: Sequence[Grid], book: QuotaBook, gone: Gone, formulas: Sequence[Formula]
) -> Iterator[_Place]:
    """What goes from lines that name no source: all but the branch and what is counted.

    What tells who it was goes even where it is counted.
    """
    known, counted = persons(book.tables["people"].frame, gone.lines), counted_areas(formulas)
    counting = {book.tables[name].sheet for name in _COUNTING if name in book.tables}
    for grid in lists:
        areas = counted.get(grid.sheet, frozenset())
        about = () if grid.sheet in counting else lines_about(grid, known, gone.others, led(grid))
        for number, line in about:
            for column, value in enumerate(grid.rows[number - 1], start=1):
                told = set(texts_of(value))
                is_counted = is_in((number, column), areas) and known.said(line).isdisjoint(told)
                if not (told <= known.branches or is_counted):
                    yield grid.sheet, (number, column)


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
    """Whether a column of the sheet of persons goes: all do but what is counted, and no free text or number is."""
    own = name in HEADING and BY_NAME[name].kind in {Kind.TEXT, Kind.DIGITS}
    return name in _WHO or (name not in _KEPT and (own or not named))


def _hidden(package: Package, parts: Mapping[str, str], seen: Sequence[Grid]) -> Iterator[Grid]:
    """The sheets that are hidden, and not read therefore; a day is the number it is written as."""
    shown = {grid.sheet for grid in seen}
    shared = shared_texts(package)
    for sheet, name in parts.items():
        if sheet not in shown:
            yield Grid(sheet, SheetPart(package.part(name)).rows(shared), ())


def _blanked(content: bytes, cells: Iterable[Cell]) -> bytes:
    sheet, rows = SheetPart(content), set()
    for cell in cells:
        sheet.empty(cell)
        rows.add(cell[0])
    sheet.unlink(rows)
    return sheet.content()
