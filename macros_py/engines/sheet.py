"""One sheet of a workbook, and what is done to a whole sheet in one call."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from macros_py.engines import address
from macros_py.engines.address import Area
from macros_py.engines.bridge import present
from macros_py.engines.flags import NOTES
from macros_py.engines.freeze import FreezePanes
from macros_py.engines.inside import Inside
from macros_py.engines.links import office_target
from macros_py.engines.note import Note
from macros_py.engines.place import area_of
from macros_py.engines.range import Range
from macros_py.engines.rules import filter_of

Corner = str | tuple[int, ...] | Range


class Sheet:
    """What xlwings' Sheet stands on."""

    def __init__(self, book: Any, uno: Any) -> None:
        self.book, self.uno = book, uno

    @property
    def api(self) -> Any:
        """The office's own sheet."""
        return self.uno

    @property
    def document(self) -> Any:
        """The office's own workbook."""
        return self.book.uno

    @property
    def inside(self) -> Inside:
        """The loops that run in the office."""
        found: Inside = self.book.office.inside
        return found

    @property
    def epoch(self) -> dt.datetime:
        """The moment the workbook's dates are counted from."""
        moment: dt.datetime = self.book.epoch
        return moment

    @property
    def strict(self) -> bool:
        """Whether texts that Excel would re-type are refused."""
        return bool(self.book.app.strict)

    @property
    def name(self) -> str:
        """What its tab says."""
        return str(present(self.uno.Name))

    @name.setter
    def name(self, name: str) -> None:
        self.uno.Name = name

    @property
    def index(self) -> int:
        """Its position, counted from one."""
        return int(self.uno.RangeAddress.Sheet) + 1

    @property
    def visible(self) -> bool:
        """Whether it has a tab."""
        return bool(self.uno.IsVisible)

    @visible.setter
    def visible(self, visible: bool) -> None:
        self.uno.IsVisible = bool(visible)

    @property
    def protected(self) -> bool:
        """Whether its cells are locked against writing."""
        return bool(self.uno.isProtected())

    @property
    def freeze_panes(self) -> FreezePanes:
        """Rows and columns that stay while the rest scrolls."""
        return FreezePanes(self)

    @property
    def filter_range(self) -> Range | None:
        """The cells that carry filter buttons, or None."""
        found = filter_of(self.cells)
        return None if found is None else Range(self, (area_of(found.DataArea),))

    # --- cells

    def range(self, first: Corner, second: Corner | None = None) -> Range:
        """By address ("A1", "A1,B5:C6"), (row, column), or (row, column, rows, columns), all counted from one.

        A union may be as long as wanted; Excel takes 255 characters.
        """
        if isinstance(first, str) and second is None:
            return Range(self, address.areas(first))
        area = _corner(first)
        return Range(self, (area if second is None else area.around(_corner(second)),))

    @property
    def cells(self) -> Range:
        """All cells of the sheet."""
        return Range(self, (Area(1, 1, address.ROWS, address.COLUMNS),))

    @property
    def used_range(self) -> Range:
        """From A1 to the last cell in use."""
        cursor = present(self.uno.createCursor())
        cursor.gotoEndOfUsedArea(False)
        end = area_of(cursor.RangeAddress)
        return Range(self, (Area(1, 1, end.last_row, end.last_column),))

    def activate(self) -> None:
        """Bring it to the front of its workbook."""
        self.document.CurrentController.setActiveSheet(self.uno)

    select = activate

    def delete(self) -> None:
        """Take it out of the workbook."""
        present(self.document.Sheets).removeByName(self.name)

    def clear(self) -> None:
        """Take away the contents and formats of all cells."""
        self.cells.clear()

    # --- many notes and links at once; rows and columns counted from one

    @property
    def notes(self) -> list[Note]:
        """All notes, read in one call."""
        return [
            Note(Range(self, (address.cell(row + 1, column + 1),)), text, author)
            for row, column, text, author in self.inside("ReadNotes", self.uno)[1:]
        ]

    def add_notes(self, texts: Mapping[tuple[int, int], str]) -> None:
        """Put a note on each of many cells in one call."""
        if texts:
            place, said = self.cells.writable.Spreadsheet, tuple(texts.values())
            self.inside("AddNotes", self.document, place, *_zero_based(texts), said)

    def delete_notes(self, cells: Iterable[tuple[int, int]]) -> None:
        """Take the notes off many cells at once."""
        places = tuple(address.cell(row, column) for row, column in cells)
        if places:
            Range(self, places).writable.clearContents(NOTES)

    def add_hyperlinks(self, links: Mapping[tuple[int, int], tuple[str, str]]) -> None:
        """Make links of many cells in one call: where each leads and what it says."""
        if links:
            targets = tuple(office_target(target) for target, _ in links.values())
            texts = tuple(text for _, text in links.values())
            self.inside("AddLinks", self.document, self.cells.writable.Spreadsheet, *_zero_based(links), targets, texts)


def _corner(corner: Corner) -> Area:
    if isinstance(corner, Range):
        return corner.area
    if isinstance(corner, str):
        return address.parse(corner)
    first = address.cell(corner[0], corner[1])
    rows, columns = corner[2:] or (1, 1)
    return Area(first.row, first.column, first.row + rows - 1, first.column + columns - 1)


def _zero_based(cells: Iterable[tuple[int, int]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    rows, columns = zip(*cells, strict=True)
    return tuple(row - 1 for row in rows), tuple(column - 1 for column in columns)
