"""Whether what a way wrote holds everybody it was given: a quick run that lost somebody is no run."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from python_calamine import CalamineWorkbook

from workbook.incoming.inbox import Opened
from workbook.outgoing.sheets import data, submissions
from workbook.phrases import phrase

#: The identity number of made-up people, as text or as the number that a register makes of it.
_IDENTITY = re.compile(r"0?99\d{9}(\.0)?")


def hold_book(path: Path, files: int, people: int) -> None:
    """Exit with a sentence unless the quota book counts so many people and names so many files, each of them read."""
    book = CalamineWorkbook.from_path(path)
    listed = book.get_sheet_by_name(submissions.NAME).to_python()
    place = [field.name for field in submissions.FIELDS].index("file")
    unread = sum(phrase("state.unreadable") in row for row in listed)
    _hold(path.name, "people counted", len(book.get_sheet_by_name(data.NAME).to_python()) - 1, people)
    _hold(path.name, "files named", sum(bool(row[place]) for row in listed) - 1, files)
    _hold(path.name, "files that could not be read", unread, 0)


def hold_rows(path: Path, people: int) -> None:
    """Exit with a sentence unless so many rows of all sheets hold an identity number."""
    book = CalamineWorkbook.from_path(path)
    rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
    _hold(path.name, "people", sum(any(_IDENTITY.fullmatch(str(value)) for value in row) for row in rows), people)


def hold_readings(opened: Sequence[Opened], files: int, people: int) -> None:
    """Exit with a sentence unless so many files were read, each of them, with so many people."""
    read = [one for one in opened if one.error is None]
    _hold("what was read", "files", len(read), files)
    _hold("what was read", "people", sum(len(table.rows) for one in read for table in one.tables), people)


def _hold(which: str, what: str, found: int, wanted: int) -> None:
    if found != wanted:
        sys.exit(f"{which} is not whole: {what} {found:,} instead of {wanted:,}; its time says nothing")
