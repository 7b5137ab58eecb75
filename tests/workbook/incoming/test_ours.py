"""A register handed in with the marks of our own buttons reads like the one without them; nothing else is left out."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from workbook.given import law_of
from workbook.incoming.inbox import Job, jobs, open_all, open_file
from workbook.incoming.read import read
from workbook.layout import JOURNAL_SHEET, LACKING_HEADINGS, OUR_LISTS
from workbook.open_sheet import OpenSheet, judge
from workbook.outgoing import journal
from workbook.outgoing.journal import Kept, Kind, Sight
from workbook.outgoing.marks import Shown, check_marks, overdue_marks
from workbook.outgoing.template import write_register

REGISTER = """
| CHI BỘ THÔN MỘT | | | | |
| STT | Họ và tên | Ngày sinh | Giới tính | Ngày quyết định kết nạp | Ngày lễ kết nạp |
| #1 | Vi Thị Thử | 31/02/1998 | Nữ | 05/01/2026 | |
| #2 | Lò Văn Mẫu | 12/3/1997 | Nam | | |
| Cộng: | #2 | | | | |
"""


@pytest.fixture
def shown(book):
    """What the two buttons show of the register."""
    grid = book.grid(REGISTER)
    review = judge(OpenSheet("so.xlsx", grid.sheet, grid.rows), law_of(None, date(2026, 11, 22)))
    return check_marks(review), overdue_marks(review)


@pytest.fixture
def marked(book, shown):
    """The register with the marks of both buttons, as saved."""

    def mark(name: str = "danh-dau.xlsx", journal_sheet: bool = True) -> Path:
        path = book.file(REGISTER, name)
        saved = openpyxl.load_workbook(path)
        _write_marks(saved, shown, journal_sheet=journal_sheet)
        saved.save(path)
        return path

    return mark


def _write_marks(saved: openpyxl.Workbook, shown: tuple[Shown, Shown], *, journal_sheet: bool) -> None:
    sheet, (check, _) = saved["Sổ theo dõi"], shown
    for row, line in enumerate(check.wanted.results, start=check.wanted.corner[0]):
        for column, value in enumerate(line, start=check.wanted.corner[1]):
            sheet.cell(row, column, value or None)
    for one in shown:
        listed = saved.create_sheet(one.listing.title)
        for line in (one.listing.headings, *one.listing.lines):
            listed.append(line)
    if journal_sheet:
        _write_journal(saved.create_sheet(JOURNAL_SHEET), check)


def _write_journal(sheet, check: Shown) -> None:
    _, kept = journal.change("Sổ theo dõi", (), replace(check.wanted, widths={}), Sight())
    formulas, texts = journal.written([*kept, Kept(Kind.LISTING, "Lỗi", (1, 1, 1, 1), "", "Lỗi")])
    sheet.append(["Trang này do Sổ Nguồn ghi để trả sổ về như cũ. Xin đừng sửa, đừng xóa."])
    for formula, text in zip(formulas, texts, strict=True):
        sheet.append([formula, *text])
    sheet.sheet_state = "veryHidden"


@pytest.mark.parametrize("journal_sheet", [True, False])
def test_a_marked_register_reads_like_the_one_without_marks(book, marked, journal_sheet):
    plain, other = open_file(Job("a", book.file(REGISTER))), open_file(Job("b", marked(journal_sheet=journal_sheet)))

    assert other.lines == plain.lines
    assert (other.hidden, other.others) == ((), ())
    assert [table.extra for table in other.tables] == [table.extra for table in plain.tables] == [{}]
    assert [table.columns for table in other.tables] == [table.columns for table in plain.tables]
    assert [table.questions for table in other.tables] == [table.questions for table in plain.tables]


def test_the_lists_have_the_headings_by_which_they_are_known(shown):
    assert {one.listing.headings for one in shown} | {LACKING_HEADINGS} == OUR_LISTS
    assert all(one.listing.lines for one in shown)


def test_what_a_clerk_wrote_under_headings_of_our_words_is_kept(book):
    (table,) = open_file(
        Job(
            "a",
            book.file("""
    | STT | Họ và tên  | Ngày sinh | Dân tộc | Kết quả kiểm tra | Chi tiết lỗi |
    | #1  | Vi Thị Thử | 5/9/1998  | Kinh    | KHÔNG HỢP LỆ     | Ô C2: sai    |
    | #2  | Lò Văn Mẫu | 12/3/1997 | Tày     | đã sửa           | hỏi lại xã   |
    """),
        )
    ).tables
    assert table.extra == {"Kết quả kiểm tra": ["", "đã sửa"], "Chi tiết lỗi": ["", "hỏi lại xã"]}


def test_a_lone_column_named_like_ours_is_the_clerk_s(book):
    (table,) = open_file(
        Job(
            "a",
            book.file("""
    | STT | Họ và tên  | Ngày sinh | Dân tộc | Kết quả kiểm tra | Người kiểm tra |
    | #1  | Vi Thị Thử | 5/9/1998  | Kinh    | KHÔNG HỢP LỆ     | Hà Thị Giả     |
    """),
        )
    ).tables
    assert table.extra == {"Kết quả kiểm tra": ["KHÔNG HỢP LỆ"], "Người kiểm tra": ["Hà Thị Giả"]}


def test_sheets_of_a_clerk_with_our_names_are_the_clerk_s(book):
    paper = read(
        book.file(
            {"Sổ theo dõi": REGISTER, "Lỗi": "| STT | Lỗi cần sửa |\n| #1 | thiếu ngày sinh |"},
            hidden={JOURNAL_SHEET: "| ghi chú riêng |", "cũ": "| a |"},
        )
    )
    assert [grid.sheet for grid in paper.grids] == ["Sổ theo dõi", "Lỗi"]
    assert paper.hidden == ((JOURNAL_SHEET, 1), ("cũ", 1))


def test_the_sheets_beside_the_blank_register_are_not_asked_about(tmp_path):
    path = tmp_path / "so.xlsx"
    write_register(path)
    read_back = open_all(jobs([path]))[0]
    assert (read_back.error, read_back.others, read_back.hidden) == (None, (), ())
