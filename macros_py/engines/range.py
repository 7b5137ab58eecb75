"""What xlwings' Range stands on when the cells are LibreOffice's."""

from typing import Self

from macros_py.engines import values
from macros_py.engines.address import Area
from macros_py.engines.contents import Contents
from macros_py.engines.flags import FORMULAS
from macros_py.engines.font import Font
from macros_py.engines.links import excel_target
from macros_py.engines.note import Note
from macros_py.engines.place import area_of
from macros_py.engines.rules import AutoFilter, ConditionalFormats, DataValidation
from macros_py.engines.values import Colour

#: Office widths are hundredths of a millimetre; Excel's are digits of 7 pixels and 5 pixels of margin at 96 dpi.
_PIXEL, _DIGIT, _MARGIN = 2540 / 96, 7, 5

_FILL = "CellBackColor"

_SPECIAL = {
    "visible": lambda cells: cells.queryVisibleCells(),
    "formulas": lambda cells: cells.queryContentCells(FORMULAS),
}


class Range(Contents):
    """Of a union, colour, number format, list and selection concern all areas; the rest the first one."""

    max_cells_per_read: int | None = None
    max_cells_per_write: int | None = None
    has_array = False
    table = None

    @property
    def color(self) -> Colour | None:
        """The fill; None without one, black where the cells differ (Excel's answer too)."""
        if self.api.getPropertyState(_FILL).value == "AMBIGUOUS_VALUE":
            return (0, 0, 0)
        return values.rgb(self.api.CellBackColor)

    @color.setter
    def color(self, colour: Colour | str | int | None) -> None:
        if colour is None:  # as if never painted; but a cell style may have a fill of its own
            self.writable.setPropertyToDefault(_FILL)
        if colour is not None or self.color is not None:
            self.writable.CellBackColor = values.number(colour)

    @property
    def font(self) -> Font:
        """The font of all cells."""
        return Font(self)

    @property
    def wrap_text(self) -> bool | None:
        """Whether long texts break into lines."""
        return bool(self.api.IsTextWrapped)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.writable.IsTextWrapped = value

    @property
    def column_width(self) -> float | None:
        """In characters, as Excel counts; None where the columns differ."""
        columns = self.api.Columns
        widths = {columns.getByIndex(index).Width for index in range(self.shape[1])}
        return (widths.pop() / _PIXEL - _MARGIN) / _DIGIT if len(widths) == 1 else None

    @column_width.setter
    def column_width(self, characters: float) -> None:
        self.writable.Columns.Width = round((characters * _DIGIT + _MARGIN) * _PIXEL)

    def autofit(self, axis: str | None = None) -> None:
        """Let the rows ("r"), the columns ("c") or both be as large as their texts need."""
        if axis != "c":
            self._fit_rows()
        if axis != "r":
            self.writable.Columns.OptimalWidth = True

    def _fit_rows(self) -> None:
        """Also while rows keep their heights: else the office only remembers that these shall not."""
        document, rows = self.sheet.document, self.writable.Rows
        held = not document.IsAdjustHeightEnabled
        document.IsAdjustHeightEnabled = True
        try:
            rows.OptimalHeight = True
        finally:
            document.IsAdjustHeightEnabled = not held

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list[Self]:
        """The areas that are neither hidden nor filtered away ("visible"), or those with "formulas"."""
        if cell_type not in _SPECIAL or value_type is not None:
            raise NotImplementedError("only visible cells and formulas can be asked for")
        return [self.over((area_of(at),)) for at in _SPECIAL[cell_type](self.api).RangeAddresses]

    @property
    def row_hidden(self) -> bool | None:
        """Whether all rows are hidden or filtered away; None for some."""
        shown = {row for part in self.get_special_cells("visible", None) for row in part.area.row_numbers}
        return None if 0 < len(shown) < self.shape[0] else not shown

    @row_hidden.setter
    def row_hidden(self, hidden: bool) -> None:
        self.writable.Rows.IsVisible = not hidden

    @property
    def merge_cells(self) -> bool:
        """Whether any cell here is merged with others."""
        return bool(self.api.IsMerged)

    @property
    def merge_area(self) -> Self:
        """The merged area that the first cell belongs to, or the cell itself."""
        cursor = self.sheet.uno.createCursorByRange(self(1, 1).api)
        cursor.collapseToMergedArea()
        return self.over((area_of(cursor.RangeAddress),))

    def merged_areas(self) -> list[Area]:
        """All merged areas in the range, in one call."""
        return sorted(area_of(at) for at in self.sheet.inside("MergedAreas", self.sheet.uno, self.api)[1:])

    def merge(self, across: bool = False) -> None:
        """Merge into one cell, or each row by itself."""
        area = self.area
        rows = range(area.row, area.last_row + 1) if across else ()
        for part in [Area(row, area.column, row, area.last_column) for row in rows] or [area]:
            self.over((part,)).writable.merge(True)

    def unmerge(self) -> None:
        """Part merged cells again."""
        self.writable.merge(False)

    @property
    def note(self) -> Note | None:
        """The note on the first cell."""
        cell = self(1, 1)
        annotation = cell.api.getCellByPosition(0, 0).Annotation
        return Note(cell, annotation.String, annotation.Author) if annotation.String else None

    def add_note(self, text: str) -> Note:
        """Put a note on the cell; for many at once there is the sheet's `add_notes`."""
        self.sheet.add_notes({(self.row, self.column): text})
        return Note(self, text, "")

    @property
    def hyperlink(self) -> str:
        """Where the first cell leads; ValueError where it has no link."""
        fields = self(1, 1).api.getCellByPosition(0, 0).TextFields
        if not fields.Count:
            raise ValueError("the cell has no hyperlink")
        return excel_target(fields.getByIndex(0).URL)

    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:
        """Make the cell a link; LibreOffice has no screen tips. For many at once the sheet's `add_hyperlinks`."""
        del screen_tip
        self.sheet.add_hyperlinks({(self.row, self.column): (address, text_to_display or address)})

    @property
    def data_validation(self) -> DataValidation:
        """What may be typed here."""
        return DataValidation(self)

    @property
    def conditional_formats(self) -> ConditionalFormats:
        """The looks that depend on values."""
        return ConditionalFormats(self)

    @property
    def autofilter(self) -> AutoFilter:
        """The sheet's filter, where it stands on these very cells."""
        return AutoFilter(self)
