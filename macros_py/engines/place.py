"""Where cells are: one area, or a union of them, on a sheet."""

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Protocol, Self

from macros_py.engines.address import Area, cell
from macros_py.engines.bridge import OfficeError, struct
from macros_py.engines.inside import Inside


class Home(Protocol):
    """What a range needs of the sheet and the workbook it stands on."""

    @property
    def name(self) -> str:
        """What the sheet's tab says."""

    @property
    def uno(self) -> Any:
        """The office's own sheet."""

    @property
    def document(self) -> Any:
        """The office's own workbook."""

    @property
    def inside(self) -> Inside:
        """The loops that run in the office."""

    @property
    def epoch(self) -> dt.datetime:
        """The moment the workbook's dates are counted from."""

    @property
    def strict(self) -> bool:
        """Whether texts that Excel would re-type are refused."""

    @property
    def protected(self) -> bool:
        """Whether the sheet's cells are locked against writing."""

    def activate(self) -> None:
        """Bring the sheet to the front."""

    def add_notes(self, texts: Mapping[tuple[int, int], str]) -> None:
        """Put notes on cells, by row and column."""

    def add_hyperlinks(self, links: Mapping[tuple[int, int], tuple[str, str]]) -> None:
        """Make links of cells, by row and column: where each leads and what it says."""


class Place:
    """Cells by their place alone. What concerns a single rectangle concerns the first area, as in Excel."""

    def __init__(self, sheet: Home, areas: tuple[Area, ...]) -> None:
        self.sheet, self.areas, self.area = sheet, areas, areas[0]
        self.options: dict[str, Any] = {}  # xlwings sets them

    @property
    def row(self) -> int:
        """The first row, counted from one."""
        return self.area.row

    @property
    def column(self) -> int:
        """The first column, counted from one."""
        return self.area.column

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the first area."""
        return self.area.shape

    def __len__(self) -> int:
        rows, columns = self.shape
        return rows * columns

    @property
    def address(self) -> str:
        """Absolute, the areas of a union parted by commas."""
        return ",".join(area.address for area in self.areas)

    def get_address(self, row_absolute: bool, column_absolute: bool, external: bool) -> str:
        """The address, with the sheet's name before it when it is for use outside the sheet."""
        written = ",".join(area.written(row_absolute, column_absolute) for area in self.areas)
        return "'{}'!{}".format(self.sheet.name.replace("'", "''"), written) if external else written

    def __call__(self, first: int, second: int | None = None) -> Self:
        """The cell at a row and column, or the n-th cell row by row, counted from one at the first cell."""
        row, column = divmod(first - 1, self.shape[1]) if second is None else (first - 1, second - 1)
        return self.over((cell(self.row + row, self.column + column),))

    @cached_property
    def api(self) -> Any:
        """The office's own object: a cell range, or a container of several."""
        boxes = [(a.column - 1, a.row - 1, a.last_column - 1, a.last_row - 1) for a in self.areas]
        if len(boxes) == 1:
            return self.sheet.uno.getCellRangeByPosition(*boxes[0])
        names = ("StartColumn", "StartRow", "EndColumn", "EndRow")
        index = self.sheet.uno.RangeAddress.Sheet
        union = self.sheet.document.createInstance("com.sun.star.sheet.SheetCellRanges")
        places = (dict(zip(names, box, strict=True)) for box in boxes)
        union.addRangeAddresses(tuple(struct("table.CellRangeAddress", Sheet=index, **at) for at in places), True)
        return union

    @property
    def writable(self) -> Any:
        """The same object for writing; OfficeError on a protected sheet.

        The office itself refuses some writes there, does others, and passes over the rest in silence.
        """
        if self.sheet.protected:
            raise OfficeError("the sheet is protected")
        return self.api

    def select(self) -> None:
        """Select, and scroll to, the cells; their sheet comes to the front."""
        self.sheet.activate()
        self.sheet.document.CurrentController.select(self.api)

    def over(self, areas: tuple[Area, ...]) -> Self:
        """Other cells of the same sheet."""
        return type(self)(self.sheet, areas)


def area_of(address: Any) -> Area:
    """The area of the office's own CellRangeAddress, which counts from zero."""
    return Area(address.StartRow + 1, address.StartColumn + 1, address.EndRow + 1, address.EndColumn + 1)
