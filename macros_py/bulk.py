"""Many cells at a time on an xlwings sheet: in one call where the engine can, else in Excel's own words.

The engine for LibreOffice offers `impl.add_notes`, `delete_notes`, `looks` and `merged_areas`; for Excel blocks are
asked whole, and halved only where something is found.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from workbook.incoming.grid import Merge
from workbook.open_sheet import Area
from workbook.outgoing.areas import Cell, address, areas
from workbook.outgoing.journal import Edits

# xlwings' own; only the desk imports xlwings.
Sheet = Any
Range = Any

_BLACK = (0, 0, 0)
_LONGEST_ADDRESS = 250  # Excel takes 255 characters


def used(sheet: Sheet) -> Range:
    """From A1 to the last cell in use, at least two rows and columns so that it is always a block."""
    last = sheet.used_range.last_cell
    return sheet.range((1, 1), (max(last.row, 2), max(last.column, 2)))


def merges(block: Range) -> Iterator[Merge]:
    """Merged cells of a block: in one call where the engine can, else by halving what holds any."""
    if hasattr(block.impl, "merged_areas"):
        for area in block.impl.merged_areas():
            yield area.row - 1, area.column - 1, area.last_row - 1, area.last_column - 1
        return
    found = {one.address: one for one in _halved(block, lambda part: part.merge_cells is not False)}
    for cell in found.values():
        area = cell.merge_area
        if (area.row, area.column) == (cell.row, cell.column):
            rows, columns = area.shape
            yield area.row - 1, area.column - 1, area.row + rows - 2, area.column + columns - 2


def _halved(block: Range, holds: Callable[[Range], bool]) -> Iterator[Range]:
    """The single cells of which something holds, asked of ever smaller blocks."""
    if not holds(block):
        return
    rows, columns = block.shape
    if (rows, columns) == (1, 1):
        yield block
        return
    half = max(rows, columns) // 2
    parts = (block[:half, :], block[half:, :]) if rows >= columns else (block[:, :half], block[:, half:])
    for part in parts:
        yield from _halved(part, holds)


def formulas(block: Range) -> tuple[Area, ...]:
    """Where formulas stand, also those that show nothing. Excel finding none says so in its own language: not asked."""
    if hasattr(block.impl, "looks"):
        return tuple(map(area_of, block.get_special_cells("formulas")))
    lines = ((row, line) for row, line in enumerate(block.formula, start=block.row))
    return areas(
        (row, column)
        for row, line in lines
        for column, text in enumerate(line, start=block.column)
        if isinstance(text, str) and text.startswith("=")
    )


def hidden(block: Range) -> Iterator[int]:
    """The rows that are hidden or filtered away."""
    if block.rows.hidden is False:
        return
    seen = {row for part in block.get_special_cells("visible") for row in range(part.row, part.row + part.shape[0])}
    yield from sorted(set(range(1, block.shape[0] + 1)) - seen)


def carry_out(sheet: Sheet, edits: Edits) -> None:
    """The edits of a sheet, in their order."""
    for union in unions(sheet, edits.clear):
        union.clear_contents()
    for corner, block in edits.blocks:
        sheet.range(corner).value = [[None if value == "" else value for value in line] for line in block]
    for colour, same in edits.fills.items():
        for union in unions(sheet, same):
            union.color = colour or None
    delete_notes(sheet, edits.unnote)
    add_notes(sheet, edits.notes)
    for column, width in edits.widths.items():
        sheet.range((1, column)).column_width = width


# --- fills


def unions(sheet: Sheet, areas: Sequence[Area]) -> Iterator[Range]:
    """Many areas as few ranges: as long as the application takes an address to be."""
    most = sys.maxsize if hasattr(sheet.impl, "add_notes") else _LONGEST_ADDRESS
    part = ""
    for text in map(address, areas):
        if part and len(part) + len(text) >= most:
            yield sheet.range(part)
            part = ""
        part = f"{part},{text}" if part else text
    if part:
        yield sheet.range(part)


def fills(sheet: Sheet, cells: Sequence[Cell]) -> dict[Cell, str]:
    """The fills of the filled among some cells."""
    if not cells:
        return {}
    rows, columns = [row for row, _ in cells], [column for _, column in cells]
    around = sheet.range((min(rows), min(columns)), (max(rows), max(columns)))
    if hasattr(around.impl, "looks"):
        return _looked(around.impl.looks(), set(cells))
    return dict(_asked(sheet, cells))


def _looked(looks: Sequence[Any], cells: set[Cell]) -> dict[Cell, str]:
    filled = ((look.color, area) for look in looks if look.color for area in look.areas)
    return {
        (row, column): _hex(colour)
        for colour, area in filled
        for row in area.row_numbers
        for column in range(area.column, area.last_column + 1)
        if (row, column) in cells
    }


def _asked(sheet: Sheet, cells: Sequence[Cell]) -> Iterator[tuple[Cell, str]]:
    """Excel says of a union its one fill, None for none, black where cells differ: then it is asked by halves."""
    places = areas(cells)
    colours = {union.color for union in unions(sheet, places)}
    if colours == {None}:
        return
    if len(cells) == 1 or (len(colours) == 1 and _BLACK not in colours):
        yield from dict.fromkeys(cells, _hex(colours.pop())).items()
        return
    for half in (cells[: len(cells) // 2], cells[len(cells) // 2 :]):
        yield from _asked(sheet, half)


def _hex(colour: Any) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour)


# --- notes


def add_notes(sheet: Sheet, notes: Mapping[Cell, str]) -> None:
    """Put notes on cells that have none."""
    if hasattr(sheet.impl, "add_notes"):
        sheet.impl.add_notes(notes)
        return
    for cell, text in notes.items():
        sheet.range(cell).add_note(text)


def delete_notes(sheet: Sheet, cells: Sequence[Cell]) -> None:
    """Take notes off cells."""
    if hasattr(sheet.impl, "delete_notes"):
        sheet.impl.delete_notes(cells)
        return
    for cell in cells:
        note = sheet.range(cell).note
        if note:
            note.delete()


# --- rules


def unruled(sheet: Sheet, areas: Sequence[Area]) -> list[Area]:
    """The cells in which anything may be typed; Excel is asked whole, and by halves where only some are ruled."""
    blocks = [sheet.range(address(area)) for area in areas]
    if blocks and hasattr(blocks[0].impl, "looks"):
        (union,) = unions(sheet, areas)
        free = [part for look in union.impl.looks() if not look.ruled for part in look.areas]
        return [(part.row, part.column, part.last_row, part.last_column) for part in free]
    return [area_of(part) for block in blocks for part in _free(block)]


def _free(block: Range) -> Iterator[Range]:
    """Excel says "none" where no cell has a rule, and "mixed_criteria" where only some have one."""
    kind = block.data_validation.type
    if kind == "none":
        yield block
    elif kind == "mixed_criteria":
        half = block.shape[0] // 2
        yield from _free(block[:half, :])
        yield from _free(block[half:, :])


def area_of(block: Range) -> Area:
    """Where a block stands."""
    rows, columns = block.shape
    return block.row, block.column, block.row + rows - 1, block.column + columns - 1
