"""The way in: the desk over the open book that a command line of the ribbon or of the extension names."""

import sys
from collections.abc import Sequence
from urllib.parse import urlsplit
from urllib.request import url2pathname

import xlwings as xw

from macros_py.desk import Refused
from macros_py.engines import libreoffice
from macros_py.excel import XlDesk
from macros_py.patience import Patience, is_busy

#: At one call, and seconds for a whole button: a clerk who is still typing reads why nothing happened.
_ATTEMPTS, _SECONDS = 60, 5


def open_desk(arguments: Sequence[str]) -> XlDesk:
    """The desk that a command line of the ribbon or of the extension names; Refused where no application runs.

    `--wb=` holds the name of the book in Excel, which may itself hold "=", or its address in LibreOffice.
    """
    named = next((one.removeprefix("--wb=") for one in arguments if one.startswith("--wb=")), "")
    pipe = next((one.removeprefix("--libreoffice=") for one in arguments if one.startswith("--libreoffice=")), "")
    try:
        if pipe:
            libreoffice.install(libreoffice.Office.connect(pipe))
        elif sys.platform == "win32":
            bound_patience()
        app = xw.apps.active if xw.apps else None
        book = _named(named) or (app.books.active if app and len(app.books) else None)
    except libreoffice.OfficeError as error:
        raise Refused("button.closed") from error
    except Exception as error:
        if is_busy(error):
            raise Refused("button.busy") from error
        raise
    if app is None:
        raise Refused("button.no_book")
    return XlDesk(book.app if book else app, book)


def bound_patience() -> None:
    """While a cell is being typed in, Excel refuses every call and xlwings would ask for ever. Anew for each button."""
    from xlwings import _xlwindows

    _xlwindows.N_COM_ATTEMPTS = Patience(_ATTEMPTS, _SECONDS)


def _named(name: str) -> xw.Book | None:
    """The open book of that name, path or address; of books of one name in two Excels the first."""
    wanted = _local(name).casefold()
    books = (book for app in xw.apps for book in app.books)
    return next((book for book in books if wanted and wanted in (book.name.casefold(), book.fullname.casefold())), None)


def _local(name: str) -> str:
    """A path for an address on this machine; anything else as it is."""
    if not name.startswith("file:"):
        return name.strip()
    return url2pathname(urlsplit(name).path)
