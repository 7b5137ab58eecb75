"""What "có thể kịp" tells a leader, from real registers to the lines, the sheet, the report: no more than is known."""

from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from workbook.book import Book
from workbook.committee import Branch, Committee
from workbook.incoming.quota_book import read_quota_book
from workbook.outgoing import upward_words
from workbook.outgoing.template import write_committee
from workbook.outgoing.upward import write_upward
from workbook.outgoing.write import write_book
from workbook.report.facts import Period
from workbook.rolled_up import rollup_inbox
from workbook.run import book_of
from workbook.written_report import written

BRANCH = "Chi bộ thôn Một"
COMMITTEE = Committee("Đảng ủy xã Thử", "Tỉnh ủy Thử", year=2026, branches=(Branch("01", BRANCH, quota=3),))
TODAY, LAST = date(2026, 11, 22), date(2026, 12, 31)

#: One on the list since October, one whose branch has resolved, one who waits for the ceremony alone.
_HEADINGS = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Ngày công nhận cảm tình Đảng", "Ngày cấp giấy chứng nhận",
    "Ngày nghị quyết chi bộ", "Ngày quyết định kết nạp",
)  # fmt: skip
REGISTER = f"""
| {BRANCH} |
| {" | ".join(_HEADINGS)} |
| #1 | Lê Thị Thử   | @1999-05-09 | Nữ  | @2026-10-01 |             |             |             |
| #2 | Trần Văn Mẫu | @1999-05-09 | Nam | @2025-10-01 | @2026-01-15 | @2026-10-15 |             |
| #3 | Vũ Thị Mẫu   | @1999-05-09 | Nữ  | @2025-10-01 | @2026-01-15 | @2026-10-15 | @2026-11-20 |
"""


@pytest.fixture
def inbox(book, tmp_path) -> Path:
    folder = tmp_path / "nhan"
    folder.mkdir()
    book.file(REGISTER, "so.xlsx").rename(folder / "so.xlsx")
    return folder


def persons(out: Path) -> dict[str, dict[str, object]]:
    """Name → what the sheet says of the person."""
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(out)["Dự báo"]]
    top = next(at for at, row in enumerate(rows) if "Bước tới" in row)
    lines = (dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :] if row[1])
    return {str(line["Họ và tên"]): line for line in lines}


def line_of(made: Book) -> str:
    return next(said for title, said in made.headline if title.startswith("Dự báo"))


def test_the_count_of_the_possible_says_what_is_known_of_them(inbox):
    told = line_of(book_of(inbox, COMMITTEE, TODAY))

    assert told.startswith(
        "chắc chắn kịp 0 người, có thể kịp (luật chưa loại) 3, trong đó theo kinh nghiệm kịp 0, khó kịp 0, "
        "chưa ước được 3 (đã qua ngày chậm nhất 2); không kịp 0;"
    )
    assert upward_words.headline("Dự báo đến 31/12/2026", told)


def test_on_the_last_day_only_whoever_lacks_the_ceremony_alone_is_possible(inbox, tmp_path):
    made = book_of(inbox, COMMITTEE, LAST)
    write_book(made, tmp_path / "so.xlsx")
    told = persons(tmp_path / "so.xlsx")

    assert "có thể kịp (luật chưa loại) 1," in line_of(made)
    assert "; không kịp 2;" in line_of(made)
    assert {name: line["Dự báo"] for name, line in told.items()} == {
        "Lê Thị Thử": "Không kịp",
        "Trần Văn Mẫu": "Không kịp",
        "Vũ Thị Mẫu": "Có thể kịp",
    }
    assert "là ngày cuối mà còn" in str(told["Trần Văn Mẫu"]["Vì sao, còn vướng gì"])


def test_nobody_is_shown_a_day_before_they_were_on_the_list(inbox, tmp_path):
    write_book(book_of(inbox, COMMITTEE, TODAY), tmp_path / "so.xlsx")
    told = persons(tmp_path / "so.xlsx")["Lê Thị Thử"]

    assert (told["Chậm nhất"], told["Mức"]) == (None, "Làm gấp")
    assert "đã muộn" in str(told["Vì sao, còn vướng gì"])


def test_the_report_says_it_with_the_cells_it_comes_from(inbox, tmp_path):
    out = tmp_path / "so.xlsx"
    write_book(book_of(inbox, COMMITTEE, TODAY), out)
    content, _ = written(out, (), Period.YEAR, None, named=False)
    said = "\n".join(one.text for one in docx.Document(BytesIO(content)).paragraphs)

    assert "3 người có thể kịp (luật chưa loại), trong đó theo kinh nghiệm 0 người kịp, 0 người khó kịp" in said
    assert "2 người chưa ước được mà đã qua ngày chậm nhất; 0 người không kịp." in said
    table = read_quota_book(out).tables["forecast"]
    assert table.total is not None
    assert table.cell(table.total, "passed").number == 2


def above(out: Path, folder: Path) -> str:
    """What the book of the level above says of the counts that are handed up to it; they lie beside it."""
    up, own = folder / "tren", folder / "tinh.xlsx"
    up.mkdir()
    write_upward(out, up / "so-lieu.xlsx")
    write_committee(own, Committee("Tỉnh ủy Thử", year=2026, branches=(Branch("01", COMMITTEE.name),)))
    return line_of(rollup_inbox(up, own, folder / "tong-hop.xlsx", TODAY)[0].base)


def test_the_counts_for_the_level_above_and_its_own_book_say_it_too(inbox, tmp_path):
    out = tmp_path / "so.xlsx"
    write_book(book_of(inbox, COMMITTEE, TODAY), out)
    told = above(out, tmp_path)
    lines = [[cell.value for cell in row] for row in openpyxl.load_workbook(tmp_path / "tren/so-lieu.xlsx")["Dự báo"]]

    assert "có thể kịp (luật chưa loại) 3, trong đó" in told
    assert told.endswith("chưa ước được 3 (đã qua ngày chậm nhất 2); không kịp 0")
    assert next(line for line in lines if line[0] == BRANCH)[8:11] == [0, 0, 2]


def test_of_a_book_that_does_not_tell_it_nothing_is_said_above(inbox, tmp_path):
    out = tmp_path / "so.xlsx"
    write_book(book_of(inbox, COMMITTEE, TODAY), out)
    older = openpyxl.load_workbook(out, data_only=True)
    for cell in next(row for row in older["Dự báo"].iter_rows() if row[1].value == "Chỉ tiêu")[8:11]:
        cell.value = None
    older.save(out)

    assert above(out, tmp_path) == "chắc chắn kịp 0 người, có thể kịp (luật chưa loại) 3, không kịp 0"
