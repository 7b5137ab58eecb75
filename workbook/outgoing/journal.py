"""What stood on a sheet before we marked it, so that it can be put back exactly. Pure: what is seen in, edits out.

Three promises. We take back only what still is as we left it: a cell that a clerk has painted since is the
clerk's. A fill under our mark comes back with the mark's end. A clerk's note is never touched: where one stands,
our sentence is told in the result columns and the list only, and the cell is merely coloured.

The journal is a very hidden sheet of the same book, so that it lives as long as the marks. Each line begins with a
formula that refers to the cells it speaks of: the application itself keeps it true when rows are inserted, columns
deleted or sheets renamed, and makes it an error when the cells are gone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import TypeVar

from xlsxwriter.utility import xl_cell_to_rowcol

from workbook.incoming.grid import letter
from workbook.open_sheet import Area

_V = TypeVar("_V")

#: Row and column, counted from one.
Cell = tuple[int, int]

_REFERENCE = re.compile(r"=ROWS\(\$?(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?\)", re.I)


class Kind(StrEnum):
    """What of a sheet was changed."""

    FILL = "fill"
    NOTE = "note"
    RESULTS = "results"  # a block of cells that were empty
    WIDTH = "width"
    LISTING = "listing"  # a sheet of our own


@dataclass(frozen=True, slots=True)
class Kept:
    """One change: where, what stood there before ("" for nothing) and what we put."""

    kind: Kind
    sheet: str
    area: Area
    before: str = ""
    after: str = ""

    @property
    def cells(self) -> Iterable[Cell]:
        """Every cell of the area."""
        top, left, bottom, right = self.area
        return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen on a sheet: fills ("#RRGGBB") of the filled among the cells asked for, all notes, widths."""

    fills: Mapping[Cell, str] = field(default_factory=dict)
    notes: Mapping[Cell, str] = field(default_factory=dict)
    widths: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall be seen on a sheet: fills, notes, a block of results with its first cell, widths of columns."""

    fills: Mapping[Cell, str] = field(default_factory=dict)
    notes: Mapping[Cell, str] = field(default_factory=dict)
    results: tuple[tuple[object, ...], ...] = ()
    corner: Cell = (1, 1)
    widths: Mapping[int, float] = field(default_factory=dict)

    @property
    def area(self) -> Area:
        """Where the block of results stands."""
        row, column = self.corner
        return row, column, row + len(self.results) - 1, column + len(self.results[0]) - 1


@dataclass(frozen=True, slots=True)
class Edits:
    """What a desk does to a sheet, in this order. A fill of "" is none."""

    clear: tuple[Area, ...]
    block: tuple[Cell, tuple[tuple[object, ...], ...]] | None
    fills: Mapping[str, tuple[Area, ...]]
    unnote: tuple[Cell, ...]
    notes: Mapping[Cell, str]
    widths: Mapping[int, float]


def of_interest(kept: Sequence[Kept], wanted: Wanted) -> tuple[set[Cell], set[int]]:
    """The cells and the columns of which a change must know how they look."""
    cells = {cell for one in kept if one.kind is Kind.FILL for cell in one.cells}
    columns = {one.area[1] for one in kept if one.kind is Kind.WIDTH}
    return cells | set(wanted.fills), columns | set(wanted.widths)


def change(sheet: str, kept: Sequence[Kept], wanted: Wanted, sight: Sight) -> tuple[Edits, list[Kept]]:
    """From what is kept of a sheet and seen on it to what is wanted: the edits, and what to keep then.

    Marking what is marked already edits nothing; wanting nothing puts the sheet back.
    """
    fills, kept_fills = _fills(sheet, kept, wanted.fills, sight.fills)
    unnote, notes, kept_notes = _notes(sheet, kept, wanted.notes, sight.notes)
    widths, kept_widths = _widths(sheet, kept, wanted, sight.widths)
    old = tuple(one.area for one in kept if one.kind is Kind.RESULTS)
    keep = [*kept_fills, *kept_notes, *kept_widths]
    block = None
    if wanted.results:
        block = wanted.corner, wanted.results
        keep.append(Kept(Kind.RESULTS, sheet, wanted.area))
    return Edits(old, block, fills, unnote, notes, widths), keep


def _fills(
    sheet: str, kept: Sequence[Kept], wanted: Mapping[Cell, str], seen: Mapping[Cell, str]
) -> tuple[dict[str, tuple[Area, ...]], list[Kept]]:
    marks = ((cell, one) for one in kept if one.kind is Kind.FILL for cell in one.cells)
    under = {cell: one.before for cell, one in marks if seen.get(cell, "") == one.after}
    final = {**under, **wanted}
    changed = {cell: colour for cell, colour in final.items() if seen.get(cell, "") != colour}
    keep = [
        Kept(Kind.FILL, sheet, area, before, after)
        for (before, after), areas in _by_value(
            {cell: (under.get(cell, seen.get(cell, "")), colour) for cell, colour in wanted.items()}
        ).items()
        for area in areas
    ]
    return _by_value(changed), keep


def _notes(
    sheet: str, kept: Sequence[Kept], wanted: Mapping[Cell, str], seen: Mapping[Cell, str]
) -> tuple[tuple[Cell, ...], dict[Cell, str], list[Kept]]:
    ours = {one.area[:2] for one in kept if one.kind is Kind.NOTE and seen.get(one.area[:2]) == one.after}
    mine = {cell: text for cell, text in wanted.items() if cell in ours or cell not in seen}
    add = {cell: text for cell, text in mine.items() if seen.get(cell) != text}
    gone = tuple(sorted(cell for cell in ours if seen[cell] != mine.get(cell)))
    return gone, add, [Kept(Kind.NOTE, sheet, (*cell, *cell), "", text) for cell, text in mine.items()]


def _widths(
    sheet: str, kept: Sequence[Kept], wanted: Wanted, seen: Mapping[int, float]
) -> tuple[dict[int, float], list[Kept]]:
    """The width as the application gave it back is what we put: it rounds to whole pixels."""
    known = {one.area[1]: one for one in kept if one.kind is Kind.WIDTH}
    under = {column: float(one.before) for column, one in known.items() if _same(seen[column], float(one.after))}
    final, row = {**under, **wanted.widths}, wanted.corner[0]
    changed = {column: width for column, width in final.items() if not _same(seen[column], width)}
    keep = [
        Kept(Kind.WIDTH, sheet, (row, column, row, column), repr(under.get(column, seen[column])), repr(width))
        for column, width in wanted.widths.items()
    ]
    return changed, keep


def _same(one: float, other: float) -> bool:
    """Applications round widths to whole pixels, an eighth of a character or so."""
    return abs(one - other) < 0.25


def _by_value(cells: Mapping[Cell, _V]) -> dict[_V, tuple[Area, ...]]:
    """Areas of cells that have the same value, those below each other in one."""
    columns: dict[_V, list[Cell]] = {}
    for (row, column), value in cells.items():
        columns.setdefault(value, []).append((column, row))
    return {value: areas(places) for value, places in columns.items()}


def areas(places: Iterable[Cell]) -> tuple[Area, ...]:
    """Cells given as (column, row) as areas, cells below each other in one."""
    runs = groupby(enumerate(sorted(places)), key=lambda numbered: (numbered[1][0], numbered[1][1] - numbered[0]))
    groups = ([place for _, place in run] for _, run in runs)
    return tuple((run[0][1], run[0][0], run[-1][1], run[-1][0]) for run in groups)


def address(area: Area) -> str:
    """As a sheet writes it: "F7:F9", a single cell "F7"."""
    top, left, bottom, right = area
    first, last = f"{letter(left - 1)}{top}", f"{letter(right - 1)}{bottom}"
    return first if first == last else f"{first}:{last}"


def cell_of(text: str) -> Cell:
    """The cell of an address like "F7"."""
    row, column = xl_cell_to_rowcol(text.upper())
    return row + 1, column + 1


# --- going from mark to mark


def nearest(kept: Sequence[Kept], front: str) -> str:
    """The sheet in front where it carries marks, else the first that does; "" where none does."""
    marked = [one.sheet for one in kept if one.kind is Kind.FILL]
    return front if front in marked else next(iter(marked), "")


def results(kept: Sequence[Kept], sheet: str) -> list[Area]:
    """Where our own columns stand on a sheet."""
    return [one.area for one in kept if one.sheet == sheet and one.kind is Kind.RESULTS]


def painted(kept: Sequence[Kept], sheet: str) -> dict[Cell, str]:
    """The cells of a sheet that were marked and how, the headings of the results left out."""
    heads = {cell for one in kept if one.sheet == sheet and one.kind is Kind.RESULTS for cell in one.cells}
    fills = (one for one in kept if one.sheet == sheet and one.kind is Kind.FILL)
    return {cell: one.after for one in fills for cell in one.cells if cell not in heads}


def onward(cells: Iterable[Cell], at: Cell) -> list[Cell]:
    """The cells line by line from behind `at`, and round to it."""
    return sorted(cells, key=lambda cell: (cell <= at, cell))


# --- as lines of a sheet


def written(kept: Sequence[Kept]) -> tuple[list[str], list[list[str]]]:
    """The formulas of the first column, and the texts of the columns beside it."""
    return [_reference(one) for one in kept], [[one.kind.value, one.before, one.after] for one in kept]


def read(formulas: Sequence[str], texts: Sequence[Sequence[object]]) -> list[Kept]:
    """What `written` wrote, where it stands now; what is gone with its cells is left out."""
    kinds = {kind.value for kind in Kind}
    lines = ((_REFERENCE.fullmatch(formula), text) for formula, text in zip(formulas, texts, strict=True))
    return [_kept(found, list(map(_text, text))) for found, text in lines if found and text[0] in kinds]


def _reference(one: Kept) -> str:
    """ROWS says how many rows the cells are: it refers to them without a word of what they hold."""
    top, left, bottom, right = one.area
    quoted = one.sheet.replace("'", "''")
    first, last = f"${letter(left - 1)}${top}", f"${letter(right - 1)}${bottom}"
    return f"=ROWS('{quoted}'!{first if first == last else f'{first}:{last}'})"


def _kept(found: re.Match[str], texts: Sequence[str]) -> Kept:
    quoted, plain, left, top, right, bottom = found.groups()
    sheet = quoted.replace("''", "'") if quoted else plain
    first = cell_of(left + top)
    last = cell_of(right + bottom) if bottom else first
    return Kept(Kind(texts[0]), sheet, (*first, *last), texts[1], texts[2])


def _text(value: object) -> str:
    return "" if value is None else str(value)
