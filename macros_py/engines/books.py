"""The workbooks open in an office, and the way to open more."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros_py.engines.book import Book
from macros_py.engines.bridge import OfficeError, properties

_CALC = "com.sun.star.sheet.SpreadsheetDocument"


class Books:
    """The workbooks open in one office."""

    def __init__(self, app: Any) -> None:
        self.app = app

    @property
    def api(self) -> Any:
        """Everything open in the office, of whatever kind."""
        return self.app.office.desktop.Components

    @property
    def active(self) -> Book | None:
        """The workbook in front, else any that is open."""
        front = self.app.office.desktop.CurrentComponent
        if front is not None and front.supportsService(_CALC):
            return Book(self.app, front)
        return next(iter(self), None)

    def __iter__(self) -> Iterator[Book]:
        components = self.api.createEnumeration()
        while components.hasMoreElements():
            one = components.nextElement()
            if one.supportsService(_CALC):
                yield Book(self.app, one)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, key: str | int) -> Book:
        """By file name, upper or lower case, or by number counted from one; KeyError for an unknown name."""
        if isinstance(key, int):
            return list(self)[key - 1]
        found = next((book for book in self if book.name.casefold() == key.casefold()), None)
        if found is None:
            raise KeyError("no open workbook of that name")
        return found

    def __contains__(self, key: str) -> bool:
        return any(book.name.casefold() == key.casefold() for book in self)

    def add(self) -> Book:
        """A new, empty workbook."""
        return self._load("private:factory/scalc")

    def open(
        self,
        fullname: str,
        update_links: bool | None = None,
        read_only: bool | None = None,
        format: Any = None,  # noqa: A002 - xlwings' own order of arguments
        password: str | None = None,
        *others: Any,
    ) -> Book:
        """Open a file; its macros never run and its links are not updated.

        Excel's further wishes (`others`, `format`) mean nothing here. OfficeError where the file is no workbook.
        """
        del update_links, format, others
        wishes = {"ReadOnly": bool(read_only)} | ({"Password": password} if password else {})
        return self._load(Path(fullname).absolute().as_uri(), **wishes)

    def _load(self, url: str, **wishes: Any) -> Book:
        never = {"MacroExecutionMode": 0, "UpdateDocMode": 0}
        loaded = self.app.office.desktop.loadComponentFromURL(url, "_blank", 0, properties(**never, **wishes))
        if loaded is None or not loaded.supportsService(_CALC):
            raise OfficeError("LibreOffice could not open the workbook")
        return Book(self.app, loaded)
