"""What stood on a sheet before we marked it, so that it can be put back exactly. Pure: what is seen in, edits out.

Three promises. We take back only what still is as we left it: a cell that a clerk has painted or written on since is
the clerk's. A fill under our mark comes back with the mark's end. A clerk's note is never touched: where one stands,
our sentence is told in the result columns and the list only, and the cell is merely coloured.

The journal is a very hidden sheet of the same book, so that it lives as long as the marks. Each line begins with a
formula that refers to the cells it speaks of: the application itself keeps it true when rows are inserted, columns
deleted or sheets renamed, and makes it an error when the cells are gone.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from workbook.incoming.grid import letter
from workbook.open_sheet import Area
from workbook.outgoing import digests
from workbook.outgoing.areas import Cell, areas, by_value, cell_of, cells_of

_REFERENCE = re.compile(r"=ROWS\(\$?(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?\)", re.I)


class Kind(StrEnum):
    """What of a sheet was changed."""

    FILL = "fill"
    NOTE = "note"
    RESULTS = "results"  # cells of one column that were empty; `after` digests of what was written
    WIDTH = "width"
    LISTING = "listing"  # lines of a sheet of our own; `before` its title and of which sheet, `after` their digests
    PERSON = "person"  # who stood on a marked line; nothing was changed
    SHOWN = "shown"  # which button's marks the sheet carries; nothing was changed


Block = tuple[tuple[object, ...], ...]


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
        return cells_of(self.area)


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen on a sheet: fills ("#RRGGBB") of the filled among the cells asked for, all notes, widths.

    `contents`: what stands where our results stand or shall stand, see `digests.contents`.
    """

    fills: Mapping[Cell, str] = field(default_factory=dict)
    notes: Mapping[Cell, str] = field(default_factory=dict)
    widths: Mapping[int, float] = field(default_factory=dict)
    contents: Mapping[Cell, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall be seen on a sheet: fills, notes, a block of results with its first cell, widths of columns.

    `persons`: who stands on the marked lines (see `follow`), at a cell of each. `by`: the button's tag.
    """

    fills: Mapping[Cell, str] = field(default_factory=dict)
    notes: Mapping[Cell, str] = field(default_factory=dict)
    results: tuple[tuple[object, ...], ...] = ()
    corner: Cell = (1, 1)
    widths: Mapping[int, float] = field(default_factory=dict)
    persons: Mapping[Cell, str] = field(default_factory=dict)
    by: str = ""

    @property
    def area(self) -> Area:
        """Where the block of results stands; a single cell where there is none."""
        row, column = self.corner
        width = len(self.results[0]) if self.results else 1
        return row, column, row + max(len(self.results), 1) - 1, column + width - 1


@dataclass(frozen=True, slots=True)
class Edits:
    """What a desk does to a sheet, in this order. `blocks`: first cell and values. A fill of "" is none."""

    clear: tuple[Area, ...]
    blocks: tuple[tuple[Cell, Block], ...]
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
    clear, blocks, kept_results = _results(sheet, kept, wanted, sight.contents)
    persons = [Kept(Kind.PERSON, sheet, (*cell, *cell), "", who) for cell, who in wanted.persons.items()]
    shown = [Kept(Kind.SHOWN, sheet, (*wanted.corner, *wanted.corner), "", wanted.by)] if wanted.by else []
    keep = [*kept_fills, *kept_notes, *kept_widths, *persons, *kept_results, *shown]
    return Edits(clear, blocks, fills, unnote, notes, widths), keep


def _results(
    sheet: str, kept: Sequence[Kept], wanted: Wanted, seen: Mapping[Cell, object]
) -> tuple[tuple[Area, ...], tuple[tuple[Cell, Block], ...], list[Kept]]:
    """What is ours is cleared; what a clerk has written there stays, and the new block is written around it."""
    places, ours = results(kept, sheet), {digest for one in kept for digest in _digests(one)}
    theirs = {cell for cell, value in seen.items() if digests.digest(value) not in ours}
    clear = tuple(part for place in places for part in _without(place, theirs))
    if not wanted.results:
        return clear, (), []
    top, left, bottom, right = wanted.area
    rows = range(top, bottom + 1, digests.MOST)
    runs = [(row, at, min(row + digests.MOST - 1, bottom), at) for at in range(left, right + 1) for row in rows]
    keep = [Kept(Kind.RESULTS, sheet, run, "", digests.kept(_said(wanted, run))) for run in runs]
    pieces = [wanted.area] if theirs.isdisjoint(cells_of(wanted.area)) else [
        part for at in range(left, right + 1) for part in _without((top, at, bottom, at), theirs)
    ]  # fmt: skip
    return clear, tuple((part[:2], _cut(wanted, part)) for part in pieces), keep


def _digests(one: Kept) -> list[str]:
    return one.after.split() if one.kind is Kind.RESULTS else []


def _without(area: Area, cells: Collection[Cell]) -> tuple[Area, ...]:
    """An area, or where it holds any of the cells, its parts around them."""
    left_out = {cell for cell in cells if area[0] <= cell[0] <= area[2] and area[1] <= cell[1] <= area[3]}
    return areas(set(cells_of(area)) - left_out) if left_out else (area,)


def _cut(wanted: Wanted, area: Area) -> Block:
    """The part of the results that stands in an area."""
    (row, column), (top, left, bottom, right) = wanted.corner, area
    return tuple(line[left - column : right - column + 1] for line in wanted.results[top - row : bottom - row + 1])


def _said(wanted: Wanted, area: Area) -> Iterable[str]:
    return (digests.digest(value) for line in _cut(wanted, area) for value in line if value != "")


def _fills(
    sheet: str, kept: Sequence[Kept], wanted: Mapping[Cell, str], seen: Mapping[Cell, str]
) -> tuple[dict[str, tuple[Area, ...]], list[Kept]]:
    marks = ((cell, one) for one in kept if one.kind is Kind.FILL for cell in one.cells)
    under = {cell: one.before for cell, one in marks if seen.get(cell, "") == one.after}
    final = {**under, **wanted}
    changed = {cell: colour for cell, colour in final.items() if seen.get(cell, "") != colour}
    keep = [
        Kept(Kind.FILL, sheet, area, before, after)
        for (before, after), alike in by_value(
            {cell: (under.get(cell, seen.get(cell, "")), colour) for cell, colour in wanted.items()}
        ).items()
        for area in alike
    ]
    return by_value(changed), keep


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


def results(kept: Sequence[Kept], sheet: str) -> list[Area]:
    """Where our own columns stand on a sheet."""
    return [one.area for one in kept if one.sheet == sheet and one.kind is Kind.RESULTS]


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
