"""The way out of the level above: its book becomes a file, whole or not at all, and never in the place of another."""

from collections.abc import Callable
from pathlib import Path

from workbook.book import Book
from workbook.layout import ROLLUP_BOOK
from workbook.outgoing.links import locate_in
from workbook.outgoing.page import Locate, Paper
from workbook.outgoing.save import refuse_existing, save_new
from workbook.outgoing.sheets.upper import (
    changes,
    composition,
    findings,
    forecast,
    overdue,
    progress,
    reconciliation,
    submissions,
    summary,
)
from workbook.outgoing.write import WriteSheet, render
from workbook.upper_book import UpperBook

_WriteUpper = Callable[[Paper, UpperBook], None]


def write_upper(book: UpperBook, out: Path, inbox: Path | None = None) -> None:
    """Write the book to a new file at `out`; with `inbox` its questions lead back to the lower books.

    Raises CannotWrite where `out` exists already, or where its folder cannot be written.
    """
    refuse_existing(out)
    save_new(render_upper(book, locate_in(inbox, out)), out)


def render_upper(book: UpperBook, locate: Locate) -> bytes:
    """The book as the bytes of an .xlsx file, its sheets in the order of a quota book's; same book, same bytes."""
    ours = [_of(book, one.write) for one in (summary, composition, progress, overdue, forecast)]
    rest = [_of(book, one.write) for one in (findings, submissions, changes, reconciliation)]
    return render(book.base, locate, (*ours, *rest), kind=ROLLUP_BOOK)


def _of(book: UpperBook, write: _WriteUpper) -> WriteSheet:
    def bound(paper: Paper, _: Book) -> None:
        write(paper, book)

    return bound
