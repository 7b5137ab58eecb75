"""A desk to practise on: whatever a clerk has in her folder when she begins with the pages of the guide.

    nhan/  so-cap-uy.xlsx  mat-khau.csv    what the branches sent, the committee's own book, passwords of locked files
    so-chi-tieu-thang-truoc.xlsx    the quota book of the month before
    so-chi-tieu-cung-ky.xlsx  so-chi-tieu-nam-truoc.xlsx    those of the same day and of the last day of the year before
    bieu.xlsx  bieu-rieng.xlsx    a form to fill, and one that nobody knows
    cap-duoi/  so-cap-tren.xlsx  tong-hop-ky-truoc.xlsx    for the level above: books of lower committees, and its own

The quota book of the month is not there: she makes it. The pages name days of a certain year, hence the desk is of a
day in it, not of today; the closing day keeps every quota book in that year, whenever she practises.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
from dateutil.relativedelta import relativedelta
from openpyxl.styles import Alignment
from openpyxl.worksheet.properties import PageSetupProperties

from workbook.book import Book
from workbook.committee import Branch, Committee, Decision, DecisionKind
from workbook.demo.inbox import Made, make
from workbook.demo.words import load, words
from workbook.incoming.inbox import Progress
from workbook.outgoing.locking import locked
from workbook.outgoing.template import write_committee
from workbook.outgoing.write import write_book
from workbook.rolled_up import rollup_inbox
from workbook.run import book_of

#: The day of the pages.
AS_OF = date(2026, 11, 22)

#: So few that nobody waits long for their books, so many that every scene befalls one of them.
BRANCHES = 20

#: Of the one register that is locked with it; it stands in the list beside it.
PASSWORD = "nguon-2026"

#: Names in the folder, beside those of `workbook.demo.inbox`.
LAST_MONTH, SAME_DAY = "so-chi-tieu-thang-truoc.xlsx", "so-chi-tieu-cung-ky.xlsx"
LAST_YEAR = "so-chi-tieu-nam-truoc.xlsx"
FORM, OWN_FORM, PASSWORDS = "bieu.xlsx", "bieu-rieng.xlsx", "mat-khau.csv"
LOWER, UPPER_COMMITTEE, UPPER_BEFORE = "cap-duoi", "so-cap-tren.xlsx", "tong-hop-ky-truoc.xlsx"

_STEPS = 7
_WIDTHS = {"A": 46, "B": 20, "C": 20, "D": 20}


def lay(
    folder: Path,
    as_of: date = AS_OF,
    branches: int = BRANCHES,
    *,
    workers: int = 1,
    progress: Progress | None = None,
) -> None:
    """Fill the folder; same arguments, same papers (but for the cipher of the locked one, which starts from chance)."""
    for done, _ in enumerate(_steps(folder, as_of, branches, workers), start=1):
        if progress:
            progress(done, _STEPS)


def _steps(folder: Path, as_of: date, branches: int, workers: int) -> Iterator[None]:
    """One paper, or a few that take no time, after the other."""
    made = make(folder, as_of, branches=branches)
    committee = _decided(made, as_of)
    yield
    last_month = as_of.replace(day=1) - timedelta(days=1)
    write_book(book_of(made.inbox, committee, last_month, workers=workers), folder / LAST_MONTH)
    yield
    yield from _year_before(folder, as_of, branches, workers)
    book = book_of(made.inbox, committee, as_of, workers=workers)
    yield
    _level_above(folder, book)
    yield
    _lock(made, folder / PASSWORDS)
    for name, form in ((FORM, "form"), (OWN_FORM, "own_form")):
        _write_form(folder / name, **_words()[form])
    yield


def _words() -> dict[str, Any]:
    return load("practice_vi.toml")


def _decided(made: Made, as_of: date) -> Committee:
    """The committee closed at the end of the year, a file withdrawn, and who decided what; its book anew."""
    withdrawn = Decision(DecisionKind.WITHDRAW, words()["file"]["cut"], note=_words()["withdrawn"])
    said = (*made.committee.decisions, withdrawn)
    signed = tuple(replace(one, decided_by=_words()["clerk"], decided_on=as_of) for one in said)
    decided = replace(made.committee, decisions=signed, closing_on=date(as_of.year, 12, 31))
    made.committee_book.unlink()
    write_committee(made.committee_book, decided)
    return decided


def _year_before(folder: Path, as_of: date, branches: int, workers: int) -> Iterator[None]:
    """Quota books of the same branches a year ago, whose people were others."""
    closing, same_day = date(as_of.year - 1, 12, 31), as_of - relativedelta(years=1)
    with TemporaryDirectory() as place:
        made = make(Path(place), closing, branches=branches)
        for day, name in ((same_day, SAME_DAY), (closing, LAST_YEAR)):
            write_book(book_of(made.inbox, made.committee, day, workers=workers), folder / name)
            yield


def _lock(made: Made, passwords: Path) -> None:
    """Lock the register of one branch with a password, and write the list of passwords."""
    path = next(made.inbox / one.file for one in made.files if one.counts and one.file.endswith(".xlsx"))
    sent = path.stat().st_mtime
    path.write_bytes(locked(path.read_bytes(), PASSWORD))
    os.utime(path, (sent, sent))
    lines = (_words()["password_headings"], (path.name, PASSWORD))
    passwords.write_text("".join(f"{','.join(line)}\n" for line in lines), "utf-8")


def _write_form(path: Path, rows: Sequence[Sequence[str]], headings_at: int) -> None:
    """A form as it is received: labels, and nothing in it yet. `headings_at`: the line of the headings, 1-based."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for cell in sheet[headings_at]:
        cell.alignment = Alignment(wrap_text=True, horizontal="center")
    book.save(path)


def _level_above(folder: Path, book: Book) -> None:
    """Quota books of two lower committees, the committee book of the level above, and what it made of them before."""
    above = _words()["level_above"]
    (folder / LOWER).mkdir()
    for number, name in enumerate(above["lower"], start=1):
        committee = replace(book.committee, name=name)
        write_book(replace(book, committee=committee), folder / LOWER / f"xa-{number}.xlsx")
    lower = enumerate(above["lower"], start=1)
    branches = tuple(Branch(f"XA{number:02}", name, quota=above["quota"]) for number, name in lower)
    upper = folder / UPPER_COMMITTEE
    write_committee(upper, Committee(book.committee.superior, year=book.committee.year, branches=branches))
    rollup_inbox(folder / LOWER, upper, folder / UPPER_BEFORE, book.as_of)
