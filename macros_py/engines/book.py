"""One workbook open in an office."""

import datetime as dt
from functools import cached_property
from pathlib import Path
from typing import Any

from macros_py.engines.bridge import OfficeError, load_uno, properties
from macros_py.engines.office import Office
from macros_py.engines.place import area_of
from macros_py.engines.range import Range
from macros_py.engines.sheets import Sheets

_FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xlsm": "Calc MS Excel 2007 VBA XML", ".ods": "calc8"}


class Book:
    """What xlwings' Book stands on."""

    def __init__(self, app: Any, uno: Any) -> None:
        self.app, self.uno = app, uno

    @property
    def api(self) -> Any:
        """The office's own workbook."""
        return self.uno

    @property
    def office(self) -> Office:
        """The office it is open in."""
        found: Office = self.app.office
        return found

    @cached_property
    def epoch(self) -> dt.datetime:
        """The moment its dates are counted from: 1899-12-30, or 1904-01-01 in workbooks from old Macs."""
        null = self.uno.NullDate
        return dt.datetime(null.Year, null.Month, null.Day)  # noqa: DTZ001 - a sheet knows no time zone

    @property
    def fullname(self) -> str:
        """Its path; its title while it has none."""
        url = self.uno.URL
        return str(load_uno().fileUrlToSystemPath(url) if url else self.uno.Title)

    @property
    def name(self) -> str:
        """Its file name."""
        return Path(self.fullname).name

    @property
    def protected(self) -> bool:
        """Whether its sheets can neither be added nor taken away."""
        return bool(self.uno.isProtected())

    @property
    def modified(self) -> bool:
        """Whether anything has been changed since it was opened or saved."""
        return bool(self.uno.isModified())

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        return Sheets(self)

    @property
    def selection(self) -> Range | None:
        """The selected cells, or None where something else is selected."""
        chosen = self.uno.CurrentSelection
        if chosen is None:
            return None
        if chosen.supportsService("com.sun.star.sheet.SheetCellRanges"):
            places = chosen.RangeAddresses
        elif chosen.supportsService("com.sun.star.sheet.SheetCellRange"):
            places = (chosen.RangeAddress,)
        else:
            return None
        return Range(self.sheets(places[0].Sheet + 1), tuple(map(area_of, places))) if places else None

    def activate(self) -> None:
        """Bring its window to the front."""
        self.uno.CurrentController.Frame.activate()

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Write the file, under its own path or a new one; .xlsx, .xlsm or .ods by the ending.

        OfficeError for another ending, or a workbook that has no path yet.
        """
        if not path and not self.uno.URL:
            raise OfficeError("the workbook has never been saved: a path is needed")
        target = Path(path or self.fullname).absolute()
        if target.suffix.lower() not in _FILTERS:
            raise OfficeError("a workbook is saved as .xlsx, .xlsm or .ods")
        wishes = {"FilterName": _FILTERS[target.suffix.lower()], "Overwrite": True}
        wishes |= {"Password": password} if password else {}
        self.uno.storeAsURL(target.as_uri(), properties(**wishes))

    def close(self) -> None:
        """Close without saving and without asking."""
        self.uno.setModified(False)
        self.uno.close(True)
