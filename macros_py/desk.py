"""What a button needs of a spreadsheet application."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import Protocol

from workbook.open_sheet import Area, OpenSheet
from workbook.outgoing.areas import Cell
from workbook.outgoing.journal import Edits, Kept
from workbook.outgoing.lists import Offer
from workbook.outgoing.marks import Listing
from workbook.phrases import phrase


class Refused(Exception):  # noqa: N818 - nothing is broken; the clerk is asked for something
    """A button can do nothing now: `sentence` says why and what to do. It names no person."""

    def __init__(self, key: str, **parts: object) -> None:
        super().__init__(key)
        self.sentence = phrase(key, **parts)


class Desk(Protocol):
    """An open book. Cells are (row, column) counted from one; every call is for many cells at once."""

    def today(self) -> date:
        """The day of judgement."""

    def sheet(self, name: str = "") -> OpenSheet:
        """The sheet of that name, or the one in front, in one block; Refused where there is none."""

    def names(self) -> list[str]:
        """The sheets of the book, without the journal."""

    def books_with(self, needed: Collection[str], others: Collection[str]) -> list[list[OpenSheet]]:
        """Of every open book that has the needed sheets: these, and those of the others that it has."""

    def check_writable(self, *sheets: str) -> None:
        """Refused where one of the sheets may not be written on."""

    def check_structure(self) -> None:
        """Refused where no sheet may be added or taken away."""

    def fills(self, sheet: str, cells: Collection[Cell]) -> Mapping[Cell, str]:
        """The fills ("#RRGGBB") of the filled among those cells."""

    def notes(self, sheet: str) -> Mapping[Cell, str]:
        """All notes."""

    def widths(self, sheet: str, columns: Collection[int]) -> Mapping[int, float]:
        """How wide those columns are, in characters."""

    def change(self, sheet: str, edits: Edits) -> None:
        """Carry out the edits, in their order."""

    def put(self, listing: Listing, over: str) -> str:
        """Write a sheet of ours over the earlier one of that name ("" none), never over a clerk's; its name."""

    def drop(self, sheets: Sequence[str]) -> None:
        """Take sheets of ours out of the book."""

    def kept(self) -> list[Kept]:
        """The journal of the book, where everything stands now."""

    def keep(self, kept: Sequence[Kept]) -> None:
        """Write the journal in the place of the old one; an empty one leaves no trace."""

    def cursor(self) -> tuple[str, Cell]:
        """The sheet in front, and the first selected cell."""

    def select(self, sheet: str, cell: Cell) -> None:
        """Go to a cell."""

    def step(self, title: str) -> AbstractContextManager[None]:
        """All inside is one step, undone as one where the application can; view and selection stay as they are."""

    def say(self, sentence: str) -> None:
        """At the foot of the window; nobody has to answer."""

    def tell(self, sentence: str) -> None:
        """In a box that waits for the clerk."""

    def agree(self, question: str) -> bool:
        """A question to be answered with yes or no."""

    def ask(self, question: str, before: str) -> str:
        """A question to be answered in a line; "" where the clerk thinks better of it."""

    def folder(self, title: str) -> Path | None:
        """A folder the clerk chooses."""

    def new_file(self, title: str, name: str) -> Path | None:
        """Where a new workbook shall stand."""

    def saved(self) -> Path:
        """Save what has been changed in the book, and where it is; Refused where it has no place on this machine."""

    def open(self, path: Path) -> None:
        """Open a workbook beside this one."""

    def write(self, sheet: str, cell: Cell, text: str) -> None:
        """Write what a clerk has said into one cell, as text."""

    def unruled(self, sheet: str, areas: Sequence[Area]) -> list[Area]:
        """The cells in which anything may be typed: they have neither a drop-down list nor any other rule."""

    def offer(self, sheet: str, offer: Offer) -> None:
        """Give the cells their drop-down list."""

    def progress(self, label: str) -> AbstractContextManager[Callable[[int, int], None]]:
        """A teller of progress (done, total) that stops the work with Refused when the clerk wishes."""

    def explain(self, error: Exception) -> str:
        """The sentence for an error of the application that a clerk can do something about; "" for any other."""


@contextmanager
def telling_progress(
    say: Callable[[str], None], label: str, stopped: Callable[[int], bool]
) -> Iterator[Callable[[int, int], None]]:
    """A teller of progress (done, total) through `say`, which falls silent at the end; Refused once it is `stopped`."""

    def told(done: int, total: int) -> None:
        if stopped(done):
            raise Refused("shell.stopped")
        say(phrase("button.progress", label=label, done=done, total=total))

    try:
        yield told
    finally:
        say("")


def free_title(title: str, taken: Collection[str]) -> str:
    """The title, or with the first free number: a clerk's own sheet of that name stays."""
    known = {name.casefold() for name in taken}
    number = 1
    while (name := title if number == 1 else f"{title} ({number})").casefold() in known:
        number += 1
    return name
