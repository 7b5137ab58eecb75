"""What a clerk must look at is told with the book: an inbox still empty, an old copy, another year, a lost password."""

from datetime import UTC, date, datetime
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
import xlsxwriter

from workbook import run
from workbook.committee import Branch, Committee
from workbook.doubtful import of_year
from workbook.errors import WorkbookError
from workbook.incoming.passwords import read_passwords
from workbook.layout import HEADING
from workbook.messages import sentence
from workbook.outgoing.template import write_committee
from workbook.states import State

DAY = date(2026, 11, 22)
MAY, HILL = "Chi bộ thôn Mây", "Chi bộ thôn Đồi"
_NAMES = ("Lê Thị Thử", "Trần Văn Mẫu", "Phạm Thị Giả", "Vũ Văn Ví")


def committee(folder: Path, **settings: object) -> Path:
    path = folder / "so-cap-uy.xlsx"
    branches = (Branch("01", MAY, quota=3, members=20), Branch("02", HILL, quota=2, members=30))
    write_committee(path, Committee("Đảng ủy xã Thử", branches=branches, **{"year": 2026, **settings}))
    return path


def register(path: Path, branch: str, people: int, day: int = 1) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2026, 11, day, 9, tzinfo=UTC).replace(tzinfo=None)})
        sheet = book.add_worksheet("Sổ")
        sheet.write_string(0, 0, branch)
        columns = ("number", "full_name", "birth_on", "residence", "sympathizer_on")
        sheet.write_row(2, 0, [HEADING[name] for name in columns])
        for at in range(people):
            sheet.write_row(3 + at, 0, [at + 1, _NAMES[at], f"0{at + 1}/09/1998", "", ""])
    return path


@pytest.fixture
def made(tmp_path):
    """`made(day, **what the run is given)`: the book and code → message and fix of what is doubtful."""

    def make(as_of: date = DAY, settings: dict[str, object] | None = None, **given: object):
        out = tmp_path / "so.xlsx"
        book, doubts = run.consolidate_inbox(
            tmp_path / "nhan", committee(tmp_path, **settings or {}), out, as_of, **given
        )
        told = {one.question.code: sentence(one.question.code, one.question.detail) for one in doubts}
        assert not [one for one in told.values() if "…" in one.message + one.fix]
        return book, {code: f"{one.message} {one.fix}" for code, one in told.items()}

    return make


def test_an_empty_inbox_gives_a_book_in_which_nobody_has_handed_in(made, tmp_path):
    (tmp_path / "nhan").mkdir()
    book, told = made(date(2026, 1, 15))
    assert list(book.submissions["state"]) == [State.MISSING, State.MISSING]
    assert list(told) == ["inbox.empty"]
    assert "Chưa nộp" in told["inbox.empty"]
    shown = openpyxl.load_workbook(tmp_path / "so.xlsx", data_only=True)["Tổng hợp"]
    lines = {row[1]: row for row in shown.iter_rows(values_only=True) if row[1] in (MAY, HILL)}
    assert [(line[3], line[4]) for line in lines.values()] == [(3, 0), (2, 0)]
    assert all("Chưa nộp" in line for line in lines.values())


def test_the_book_of_an_empty_inbox_can_be_the_book_before(made, tmp_path):
    (tmp_path / "nhan").mkdir()
    made(date(2026, 1, 15))
    (tmp_path / "so.xlsx").rename(tmp_path / "truoc.xlsx")
    (tmp_path / "so-cap-uy.xlsx").unlink()
    register(tmp_path / "nhan" / "may.xlsx", MAY, 2)
    book, told = made(previous=tmp_path / "truoc.xlsx")
    assert sorted(book.submissions["state"]) == [State.COUNTED, State.MISSING]
    assert told == {}


def test_an_inbox_that_is_not_there_is_still_refused(made):
    with pytest.raises(WorkbookError, match=r"path\.missing"):
        made()


def test_an_older_copy_saved_again_is_told_beside_it_and_with_the_book(made, tmp_path):
    register(tmp_path / "nhan" / "thon1.xlsx", MAY, 4, day=2)
    register(tmp_path / "nhan" / "thon1_ban cu.xlsx", MAY, 1, day=20)
    register(tmp_path / "nhan" / "thon2.xlsx", HILL, 2, day=2)
    register(tmp_path / "nhan" / "thon2 moi.xlsx", HILL, 3, day=20)
    book, told = made()
    assert list(told) == ["inbox.fewer"]
    assert "thon1_ban cu.xlsx (1 người, thon1.xlsx có 4)" in told["inbox.fewer"]
    assert "thon2" not in told["inbox.fewer"]
    assert "Rút tệp" in told["inbox.fewer"]
    remarks = dict(zip(book.submissions["file"], book.submissions["remark"], strict=True))
    assert "thon1.xlsx" in remarks["thon1_ban cu.xlsx"]
    assert remarks["thon1.xlsx"] == remarks["thon2 moi.xlsx"] == remarks["thon2.xlsx"] == ""


@pytest.mark.parametrize(
    ("as_of", "code"),
    [
        (date(2025, 12, 31), "committee.year_ahead"),
        (date(2026, 1, 1), ""),
        (date(2026, 12, 31), ""),
        (date(2027, 1, 1), "committee.year_over"),
    ],
    ids=["the day before", "the first day", "the last day", "the day after"],
)
def test_a_day_of_another_year_than_the_one_counted_is_told(as_of, code):
    asked = [one.question for one in of_year(Committee("Đảng ủy xã Thử", year=2026), "so-cap-uy.xlsx", as_of)]
    assert [one.code for one in asked] == ([code] if code else [])
    for one in asked:
        said = sentence(one.code, one.detail)
        assert f"{as_of:%d/%m/%Y}" in said.message
        assert "2026" in said.message


def test_the_book_of_a_year_still_to_come_has_every_branch_and_says_so(made, tmp_path):
    (tmp_path / "nhan").mkdir()
    book, told = made(date(2026, 12, 31), {"year": 2027})
    assert list(told) == ["committee.year_ahead", "inbox.empty"]
    assert list(book.branches["name"]) == [MAY, HILL]


def test_a_year_that_was_closed_asks_nothing_in_the_year_after(made, tmp_path):
    (tmp_path / "nhan").mkdir()
    _, told = made(date(2027, 2, 1), {"closing_on": date(2026, 12, 31)})
    assert list(told) == ["inbox.empty"]


def test_an_earlier_book_that_is_not_there_is_named_and_how_to_do_without(made, tmp_path):
    (tmp_path / "nhan").mkdir()
    with pytest.raises(WorkbookError) as raised:
        made(previous=tmp_path / "thang-truoc.xlsx")
    said = sentence(raised.value.code, raised.value.detail)
    assert "thang-truoc.xlsx" in said.message
    assert "bỏ --previous" in said.fix


def test_an_earlier_book_that_is_none_is_named(made, tmp_path):
    (tmp_path / "nhan").mkdir()
    (tmp_path / "truoc.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    with pytest.raises(WorkbookError) as raised:
        made(previous=tmp_path / "truoc.xlsx")
    assert raised.value.detail["file"] == "truoc.xlsx"


def test_lines_of_the_password_list_that_met_no_file_are_told_where_one_stayed_shut(made, tmp_path):
    plain = register(tmp_path / "goc.xlsx", MAY, 2)
    (tmp_path / "nhan").mkdir()
    with plain.open("rb") as source, (tmp_path / "nhan" / "thon1.xlsx").open("wb") as out:
        msoffcrypto.OfficeFile(source).encrypt("mat-khau-thu", out)
    register(tmp_path / "nhan" / "thon2.xlsx", HILL, 2)
    listed = tmp_path / "mat-khau.csv"
    listed.write_text("Tên tệp,Mật khẩu\nThon1,mat-khau-thu\nTHON2.xlsx,1\n", "utf-8")
    _, told = made(passwords=read_passwords(listed))
    assert list(told) == ["passwords.unmet"]
    assert "1 dòng" in told["passwords.unmet"]
    assert "Thon1" in told["passwords.unmet"]
    assert "mat-khau-thu" not in told["passwords.unmet"]

    for path in (tmp_path / "so.xlsx", tmp_path / "so-cap-uy.xlsx"):
        path.unlink()
    listed.write_text("Thon1,mat-khau-thu\nthon1.xlsx,mat-khau-thu\nthon2.xlsx,1\n", "utf-8")
    assert made(passwords=read_passwords(listed))[1] == {}, "every file could be read"
