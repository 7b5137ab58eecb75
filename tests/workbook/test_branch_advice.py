"""What goes back to a branch asks only for what the branch can do: it has no committee book and not this program."""

from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from workbook.checking import check
from workbook.committee import Branch, Committee
from workbook.slips import write_slips

AS_OF = date(2026, 11, 22)
COMMITTEE = Committee("Đảng ủy xã Thử", year=2026, branches=(Branch("CB01", "Chi bộ thôn Một"),))
REGISTER = """
| Chi bộ thôn Một |             |            |           |         |                  |              |{more}
| STT             | Họ và tên   | Ngày sinh  | Giới tính | Dân tộc | Ngày làm giấy tờ | Ngày làm đơn |{heading}
| #1              | Lê Thị Thử  | 12/1999    | Nữ        | Kinh    | @2026-03-05      | 3/2026       |{more}
| #2              | Vũ Văn Mẫu  | 31/02/2000 | Nam       | Kinh    | @2026-03-06      | 3/2026       |{more}
"""
PRICES = "| Mặt hàng | Giá |\n| Giấy in | #75000 |\n"


@pytest.fixture
def returned(book, tmp_path: Path):
    """Everything a branch can read in what goes back about one file: the letter, and the notes of the copy."""

    def read(sheet: str, name: str = "so.xlsx") -> tuple[str, str]:
        path, folder = book.file(sheet, name), tmp_path / "tra-lai"
        write_slips(check([path], AS_OF, COMMITTEE), COMMITTEE, AS_OF, folder)
        letter = docx.Document(next(folder.glob("*.docx")))
        cells = [cell for table in letter.tables for row in table.rows for cell in row.cells]
        said = " ".join(paragraph.text for holder in (letter, *cells) for paragraph in holder.paragraphs)
        copies = [openpyxl.load_workbook(copy).active for copy in folder.glob("*.xlsx")]
        notes = (cell.comment.text for copy in copies for row in copy.iter_rows() for cell in row if cell.comment)
        return said, " ".join(notes)

    return read


def test_a_branch_is_sent_neither_to_the_committee_book_nor_to_a_button(returned):
    letter, notes = returned(REGISTER.format(more="", heading=""))
    assert "sổ mẫu do cấp ủy gửi" in letter
    assert not [named for named in ("trang Quyết định", "Tạo sổ mới") if named in letter + notes]


def test_a_branch_without_a_column_for_reasons_is_told_where_to_write_them(returned):
    letter, notes = returned(REGISTER.format(more="", heading=""))
    where = "cột Giải trình (sổ chưa có: thêm cột ấy bên phải bảng, hoặc ghi ở cột Ghi chú)"
    assert f"nội dung nào đã ghi đúng thì nêu lý do ở {where}." in letter
    assert where in notes


def test_a_branch_with_the_column_is_told_its_name_and_no_more(returned):
    letter, notes = returned(REGISTER.format(more=" |", heading=" Giải trình |"))
    assert "nội dung nào đã ghi đúng thì nêu lý do ở cột Giải trình." in letter
    assert "sổ chưa có" not in letter + notes


def test_a_file_that_is_no_register_is_asked_for_again_and_not_for_a_decision(returned):
    letter, _ = returned(PRICES, "bao-gia.xlsx")
    assert "nộp nhầm tệp" in letter
    assert "trang Quyết định" not in letter
