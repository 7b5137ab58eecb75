"""An xlwings engine for a running LibreOffice: the same buttons where there is no Excel.

    with Office.start() as office:
        app = install(office)
        book = xw.Book("register.xlsx")

Only the free part of xlwings is used. What it has no word for stands on the `impl` of its objects:
`sheet.impl.add_notes`, `delete_notes`, `add_hyperlinks`, `protected`, `filter_range`;
`range.impl.looks`, `merged_areas`; `app.impl.alerts`, `strict`. Decision 4 says how Excel does the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import xlwings as xw

from macros_py.engines.bridge import Calls, OfficeError
from macros_py.engines.engine import NAME, Alert, Engine
from macros_py.engines.office import Office
from macros_py.engines.values import Look

__all__ = ["Alert", "Calls", "Look", "Office", "OfficeError", "heights_held", "install", "one_step", "undo"]


def install(office: Office, strict: bool = False) -> xw.App:
    """Make this office what `xw.books` and `xw.Book` speak to. Installing another one takes its place.

    `strict` raises ValueError where a text is written that Excel would make a number, date or formula of.
    """
    if NAME not in xw.engines.engines_by_name:
        xw.engines.add(xw.Engine(impl=Engine()))
    engine = xw.engines[NAME]
    engine.activate()
    app = engine.impl.attach(office)
    app.strict = strict
    return xw.App(impl=app)


@contextmanager
def one_step(book: xw.Book, title: str) -> Iterator[None]:
    """All that is done to the book inside is one entry, of this title, in its list of things to undo.

    Where the application has no such thing (Excel over COM), nothing is promised and nothing fails.
    """
    if book.app.engine.name != NAME:
        yield
        return
    steps = book.impl.uno.UndoManager
    steps.enterUndoContext(title)
    try:
        yield
    finally:
        steps.leaveUndoContext()


@contextmanager
def heights_held(book: xw.Book) -> Iterator[None]:
    """Rows keep their heights inside: LibreOffice would work them out anew wherever a value is written."""
    if book.app.engine.name != NAME:
        yield
        return
    document = book.impl.uno
    document.IsAdjustHeightEnabled = False
    try:
        yield
    finally:
        document.IsAdjustHeightEnabled = True


def undo(book: xw.Book) -> str:
    """Take back the last entry and return its title. OfficeError where there is none."""
    steps = book.impl.uno.UndoManager
    if not steps.isUndoPossible():
        raise OfficeError("there is nothing to undo")
    title: str = steps.getCurrentUndoActionTitle()
    steps.undo()
    return title
