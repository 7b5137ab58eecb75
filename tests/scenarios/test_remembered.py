"""Nobody is asked twice: what a clerk answers in one quota book is known to the next."""

from datetime import date

import openpyxl
import pytest

from validation.vocabulary import Level
from workbook.demo.inbox import make
from workbook.given import committee_at
from workbook.incoming.previous import read_previous
from workbook.outgoing.write import write_book
from workbook.run import book_of

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    return make(tmp_path_factory.mktemp("demo"), DAY, branches=6)


@pytest.fixture(scope="module")
def first(inbox, tmp_path_factory):
    """The first book, and the same as a file in which every query with a code has been explained."""
    book = book_of(inbox.inbox, committee_at(inbox.committee_book), DAY)
    path = tmp_path_factory.mktemp("books") / "so-chi-tieu.xlsx"
    write_book(book, path)
    kept = openpyxl.load_workbook(path)
    sheet = kept["Lỗi"]
    headings = [cell.value for cell in sheet[1]]
    code, reason = headings.index("Mã nhớ"), headings.index("Giải trình")
    for row in sheet.iter_rows(min_row=2):
        if row[code].value:
            row[reason].value = "Đã xem bản gốc"
    kept.save(path)
    return book, path


def test_a_query_explained_in_one_book_is_a_note_in_the_next(inbox, first):
    before, path = first
    committee = committee_at(inbox.committee_book)
    after = book_of(inbox.inbox, committee, DAY, previous=read_previous(path))
    asked, still = (book.findings[book.findings["level"] == Level.QUERY] for book in (before, after))
    explained = dict(read_previous(path).reasons)
    assert len(explained) > 3
    # A copy of a register is asked the same under the same code.
    assert len(asked) - len(still) == asked["memory"].isin(explained).sum() >= len(explained)
    assert len(after.findings) == len(before.findings)


def test_nothing_is_forgotten_in_the_book_after(inbox, first, tmp_path):
    _, path = first
    committee = committee_at(inbox.committee_book)
    again = tmp_path / "so-2.xlsx"
    write_book(book_of(inbox.inbox, committee, DAY, previous=read_previous(path)), again)
    assert dict(read_previous(again).reasons) == dict(read_previous(path).reasons)
