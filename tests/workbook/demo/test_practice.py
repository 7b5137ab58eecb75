"""The desk to practise on holds what the pages of the guide use; that every command runs on it tests/docs proves."""

import csv
from datetime import date
from io import BytesIO
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest

from workbook.demo import practice
from workbook.demo.inbox import COMMITTEE_BOOK, INBOX, make
from workbook.demo.scenes import UNHEARD
from workbook.given import committee_and_doubts
from workbook.incoming.previous import read_previous


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    """A small one; its progress is beside it."""
    folder = tmp_path_factory.mktemp("practice")
    told: list[tuple[int, int]] = []
    practice.lay(folder, branches=8, progress=lambda done, total: told.append((done, total)))
    assert told == [(step, len(told)) for step in range(1, len(told) + 1)]
    return folder


def test_all_but_the_book_that_she_makes_herself_is_there(desk):
    assert {path.name for path in desk.iterdir()} == {
        *("nhan", "so-cap-uy.xlsx", "mat-khau.csv", "bieu.xlsx", "bieu-rieng.xlsx"),
        *("so-chi-tieu-thang-truoc.xlsx", "so-chi-tieu-cung-ky.xlsx", "so-chi-tieu-nam-truoc.xlsx"),
        *("cap-duoi", "so-cap-tren.xlsx", "tong-hop-ky-truoc.xlsx"),
    }


def test_every_scene_is_among_its_branches(tmp_path):
    made = make(tmp_path, practice.AS_OF, branches=practice.BRANCHES)
    noted = {one.mess for one in made.planted}
    assert noted >= {"resubmission", "identical_copy", "other_branch_in_name", "xlsx_named_xls", "html_named_xls"}
    assert noted >= {"password", "dimension_too_small"}
    assert sum(not one.file for one in made.branches) == len(UNHEARD)


def test_the_listed_password_opens_the_one_register_it_names(desk):
    (line,) = csv.DictReader((desk / practice.PASSWORDS).read_text("utf-8").splitlines())
    (named,) = (desk / INBOX).rglob(line["Tên tệp"])
    opened = BytesIO()
    with named.open("rb") as source:
        office = msoffcrypto.OfficeFile(source)
        office.load_key(password=line["Mật khẩu"])
        office.decrypt(opened)
    assert openpyxl.load_workbook(opened).sheetnames


@pytest.mark.parametrize(
    ("name", "day"),
    [
        (practice.LAST_MONTH, date(2026, 10, 31)),
        (practice.SAME_DAY, date(2025, 11, 22)),
        (practice.LAST_YEAR, date(2025, 12, 31)),
    ],
    ids=["last month", "the same day a year ago", "last year"],
)
def test_the_earlier_books_are_of_the_days_that_reports_and_forms_ask_for(desk, name, day):
    book = read_previous(desk / name)
    assert (book.as_of, book.year, book.questions) == (day, day.year, ())


def test_the_year_before_had_the_same_branches_and_other_people(desk):
    now, before = (read_previous(desk / name) for name in (practice.LAST_MONTH, practice.LAST_YEAR))
    assert list(now.branches["name"]) == list(before.branches["name"])
    assert list(now.branches["admitted"]) != list(before.branches["admitted"])


def test_the_committee_closes_at_the_end_of_the_year_and_nothing_in_its_books_is_doubtful(desk):
    committee, doubts = committee_and_doubts(desk / COMMITTEE_BOOK)
    assert committee.closing_on == date(2026, 12, 31)
    assert doubts == ()
    upper, doubts = committee_and_doubts(desk / practice.UPPER_COMMITTEE)
    assert doubts == ()
    assert upper.name == committee.superior
