"""The desk over xlwings: the open book of a running Excel or LibreOffice. Only the free, portable part of xlwings.

Excel re-types what is written: identifiers get their text format first, and sentences never begin like a number.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import xlwings as xw

from macros_py import bulk, clock, dialogue, ledger, listing_sheet, protection, running
from macros_py.actions import table
from macros_py.desk import Refused, free_title, telling_progress
from macros_py.engines import libreoffice
from macros_py.patience import is_busy
from workbook.layout import JOURNAL_SHEET
from workbook.open_sheet import Area, OpenSheet
from workbook.outgoing.areas import Cell, address
from workbook.outgoing.journal import Edits, Kept
from workbook.outgoing.lists import SHEET as LISTS
from workbook.outgoing.lists import Offer
from workbook.outgoing.marks import Listing
from workbook.phrases import phrase


class XlDesk:
    """An open book, or None where there is none yet. `day` is the day of judgement, today unless told otherwise."""

    def __init__(self, app: xw.App, book: xw.Book | None, day: date | None = None) -> None:
        self.app, self._book, self._day = app, book, day

    @property
    def book(self) -> xw.Book:
        """The open book; Refused where there is none."""
        if self._book is None:
            raise Refused("button.no_book")
        return self._book

    def today(self) -> date:
        """The day of judgement."""
        return self._day or clock.today()

    # --- reading

    def sheet(self, name: str = "") -> OpenSheet:
        """The sheet of that name, or the one in front, in one block."""
        if name and name not in self.book.sheet_names:
            raise Refused("button.no_sheet", sheet=name)
        return _read(self.book, self.book.sheets[name] if name else self.book.sheets.active)

    def names(self) -> list[str]:
        """The sheets of the book, without the journal."""
        return [name for name in self.book.sheet_names if name != JOURNAL_SHEET]

    def books_with(self, needed: Collection[str], others: Collection[str]) -> list[list[OpenSheet]]:
        """Of every book open in this application that has the needed sheets: these and others."""
        there = [(book, set(book.sheet_names)) for book in self.app.books]
        return [
            [_read(book, book.sheets[name]) for name in (*needed, *others) if name in names]
            for book, names in there
            if names.issuperset(needed)
        ]

    def check_writable(self, *sheets: str) -> None:
        """Refused where one of the sheets is protected."""
        for name in sheets:
            if protection.is_locked(self.book.sheets[name]):
                raise Refused("button.protected", sheet=name)

    def check_structure(self) -> None:
        """Refused where the book's structure is protected."""
        if protection.is_sealed(self.book):
            raise Refused("button.structure")

    def fills(self, sheet: str, cells: Collection[Cell]) -> Mapping[Cell, str]:
        """The fills of the filled among those cells."""
        return bulk.fills(self.book.sheets[sheet], sorted(cells))

    def notes(self, sheet: str) -> Mapping[Cell, str]:
        """All notes."""
        return {(one.location.row, one.location.column): one.text for one in self.book.sheets[sheet].notes}

    def widths(self, sheet: str, columns: Collection[int]) -> Mapping[int, float]:
        """How wide those columns are, in characters."""
        place = self.book.sheets[sheet]
        return {column: place.range((1, column)).column_width or 0 for column in columns}

    # --- writing

    def change(self, sheet: str, edits: Edits) -> None:
        """Carry out the edits, in their order."""
        bulk.carry_out(self.book.sheets[sheet], edits)

    def put(self, listing: Listing, over: str) -> str:
        """Write a sheet of ours."""
        if over and over in self.book.sheet_names:
            place = self.book.sheets[over]
            place.clear()
        else:
            name = free_title(listing.title, self.book.sheet_names)
            place = self.book.sheets.add(name, after=self.book.sheets[listing.sheet])
        listing_sheet.write(place, listing)
        return place.name

    def drop(self, sheets: Sequence[str]) -> None:
        """Take sheets of ours out of the book."""
        for name in sheets:
            self.book.sheets[name].delete()

    def kept(self) -> list[Kept]:
        """The journal, where everything stands now."""
        return ledger.read(self.book)

    def keep(self, kept: Sequence[Kept]) -> None:
        """Write the journal in the place of the old one."""
        ledger.write(self.book, kept)

    # --- the window

    def cursor(self) -> tuple[str, Cell]:
        """The sheet in front, and the first selected cell."""
        chosen = self.book.selection
        return self.book.sheets.active.name, (chosen.row, chosen.column) if chosen else (1, 1)

    def select(self, sheet: str, cell: Cell) -> None:
        """Go to a cell."""
        self.book.sheets[sheet].activate()
        self.book.sheets[sheet].range(cell).select()

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """One step for the clerk: undone as one in LibreOffice, and the view stays where it was."""
        front, chosen = self.book.sheets.active, self.book.selection
        place = chosen.address if chosen else ""
        still = self.app.properties(screen_updating=False, enable_events=False)
        with libreoffice.one_step(self.book, title), still, libreoffice.heights_held(self.book):
            try:
                yield
            finally:
                self._look_at(front, place)

    def _look_at(self, front: xw.Sheet, place: str) -> None:
        """Back to where the clerk was, if that is still there."""
        if front.name in self.book.sheet_names:
            front.activate()
            if place:
                front.range(place).select()

    def say(self, sentence: str) -> None:
        """At the foot of the window; nothing leaves it to the application again."""
        self.app.status_bar = sentence or False

    def tell(self, sentence: str) -> None:
        """In a box, our own where the application is too busy even for that, or gone."""
        try:
            self.app.alert(sentence, title=table().title)
        except Exception:  # whichever way it fails, the clerk must read the sentence
            dialogue.tell(sentence)

    def agree(self, question: str) -> bool:
        """A question to be answered with yes or no."""
        return self.app.alert(question, title=table().title, buttons="yes_no") == "yes"

    def ask(self, question: str, before: str) -> str:
        """A question to be answered in a line."""
        return dialogue.ask(question, before)

    def folder(self, title: str) -> Path | None:
        """A folder the clerk chooses."""
        return dialogue.folder(title)

    def new_file(self, title: str, name: str) -> Path | None:
        """Where a new workbook shall stand."""
        return dialogue.new_file(title, name)

    # --- files

    def saved(self) -> Path:
        """Save what has been changed in the book, and where it is."""
        path = Path(self.book.fullname)
        if not path.is_file():  # never saved, or in the cloud only
            raise Refused("button.not_on_disk")
        if getattr(self.book.impl, "modified", True):  # LibreOffice would write even an unchanged file in its own way
            self.book.save()
        return path

    def open(self, path: Path) -> None:
        """Open a workbook beside this one."""
        self.app.books.open(path)

    def write(self, sheet: str, cell: Cell, text: str) -> None:
        """Write what a clerk has said into one cell, as text."""
        place = self.book.sheets[sheet].range(cell)
        place.number_format = "@"
        place.value = text

    def unruled(self, sheet: str, areas: Sequence[Area]) -> list[Area]:
        """The cells in which anything may be typed."""
        return bulk.unruled(self.book.sheets[sheet], areas)

    def offer(self, sheet: str, offer: Offer) -> None:
        """Give the cells their drop-down list."""
        place = self.book.sheets[sheet]
        there = self.book.sheets[LISTS].range(address(offer.source)) if offer.source else None
        for cells in bulk.unions(place, offer.areas):
            cells.data_validation.set_list(there if there else offer.entries)

    @contextmanager
    def progress(self, label: str) -> Iterator[Callable[[int, int], None]]:
        """Tells how far it is at the foot of the window, and stops where the button is pressed again."""
        with running.once(label) as go_on, telling_progress(self.say, label, lambda _done: not go_on()) as told:
            yield told

    def explain(self, error: Exception) -> str:
        """The sentence for a busy or closed application."""
        if is_busy(error):
            return phrase("button.busy")
        return "" if self._book is None else _silence(self._book)


def _read(book: xw.Book, sheet: xw.Sheet) -> OpenSheet:
    block = bulk.used(sheet)
    rows = block.options(ndim=2, empty="", err_to_str=True).value
    merged, hidden = tuple(bulk.merges(block)), frozenset(bulk.hidden(block))
    return OpenSheet(book.name, sheet.name, rows, merged, hidden, bulk.formulas(block))


def _silence(book: xw.Book) -> str:
    """What to say where the book no longer answers: of one that is gone, applications fail in many ways."""
    try:
        return "" if book.name else phrase("button.closed")
    except Exception as error:  # whichever way it fails, it does not answer
        return phrase("button.busy" if is_busy(error) else "button.closed")
