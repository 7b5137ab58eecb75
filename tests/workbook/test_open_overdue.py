"""What is late on the open sheet: how near each day is by the reminders, and for whom nobody can know."""

from datetime import date, timedelta

import pytest

from workbook.committee import Committee
from workbook.given import law_of
from workbook.open_overdue import OVERDUE, due_on
from workbook.open_sheet import OpenSheet, Review, judge

COMMITTEE = Committee("", reminders=(30, 7, 15))
TABLE = """
    | STT | Họ và tên    | Ngày sinh   | Ngày quyết định kết nạp | Ngày lễ kết nạp |
    | #1  | Lê Thị Thử   | @1999-09-05 | {decided}               |                 |
"""


def review(book, decided: str, as_of: date) -> Review:
    grid = book.grid(TABLE.format(decided=decided))
    return judge(OpenSheet("so.xlsx", grid.sheet, grid.rows, grid.merges), law_of(None, as_of))


@pytest.fixture
def due(book) -> date:
    """The last day for the ceremony after a decision of 15/10/2026."""
    return due_on(review(book, "@2026-10-15", date(2026, 11, 22)), COMMITTEE).lines["due_on"][0].date()


@pytest.mark.parametrize(
    ("left", "near"), [(-1, OVERDUE), (0, 0), (7, 0), (8, 1), (15, 1), (16, 2), (30, 2)],
)  # fmt: skip
def test_a_day_is_within_the_nearest_reminder_that_reaches_it(book, due, left, near):
    known = due_on(review(book, "@2026-10-15", due - timedelta(days=left)), COMMITTEE)
    assert known.lines["near"].tolist() == [near]
    assert known.overdue == (near == OVERDUE)


def test_what_no_reminder_reaches_is_not_shown(book, due):
    assert due_on(review(book, "@2026-10-15", due - timedelta(days=31)), COMMITTEE).lines.empty


def test_who_has_a_day_that_cannot_be_read_is_counted(book):
    assert due_on(review(book, "31/02/2026", date(2026, 11, 22)), COMMITTEE).untimed == 1
    assert due_on(review(book, "@2026-10-15", date(2026, 11, 22)), COMMITTEE).overdue == 0
