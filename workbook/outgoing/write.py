"""The way out: a quota book becomes a file, whole or not at all, and never in the place of another."""

from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

from workbook.book import Book
from workbook.layout import KIND_PROPERTY, QUOTA_BOOK
from workbook.outgoing.block_book import BlockBook
from workbook.outgoing.links import locate_in
from workbook.outgoing.page import Locate, Paper
from workbook.outgoing.save import new_file, refuse_existing
from workbook.outgoing.sheets import (
    changes,
    charts,
    composition,
    data,
    dossier,
    doubles,
    findings,
    forecast,
    overdue,
    progress,
    reconciliation,
    submissions,
    summary,
)
from workbook.outgoing.styles import WORKBOOK_OPTIONS, Styles

WriteSheet = Callable[[Paper, Book], None]

#: The sheets of the quota book, in the order of the contract.
SHEETS: tuple[WriteSheet, ...] = (
    summary.write,
    composition.write,
    progress.write,
    overdue.write,
    forecast.write,
    findings.write,
    doubles.write,
    submissions.write,
    dossier.write,
    changes.write,
    reconciliation.write,
    data.write,
    charts.write,
)


def write_book(book: Book, out: Path, inbox: Path | None = None) -> None:
    """Write the quota book to a new file at `out`; with `inbox` its lines lead back to their sources.

    Raises CannotWrite where `out` exists already, or where its folder cannot be written.
    """
    refuse_existing(out)
    made = _filled(book, locate_in(inbox, out), SHEETS, QUOTA_BOOK)
    with new_file(out) as stream:
        made.pack(stream)


def render(
    book: Book, locate: Locate, sheets: Sequence[WriteSheet] = SHEETS, *, kind: str = QUOTA_BOOK, lock: str = ""
) -> bytes:
    """The quota book, or some of its sheets, as the bytes of an .xlsx file; the same book gives the same bytes.

    `kind` is how the file is known as ours; `lock` the password that its sheets are locked with, "" none.
    """
    buffer = BytesIO()
    _filled(book, locate, sheets, kind, lock).pack(buffer)
    return buffer.getvalue()


def _filled(book: Book, locate: Locate, sheets: Sequence[WriteSheet], kind: str, lock: str = "") -> BlockBook:
    """The workbook with its sheets, still to be packed."""
    workbook = BlockBook(WORKBOOK_OPTIONS)
    midnight = datetime(book.as_of.year, book.as_of.month, book.as_of.day)  # noqa: DTZ001 - a file property has no zone
    workbook.set_properties({"author": book.committee.name, "created": midnight})
    workbook.set_custom_property(KIND_PROPERTY, kind, "text")
    paper = Paper(workbook, Styles(workbook), locate)
    for write_sheet in sheets:
        write_sheet(paper, book)
    for sheet in workbook.worksheets() if lock else ():
        sheet.protect(lock, {"autofilter": True, "format_columns": True})
    return workbook
