"""Findings as a clerk meets them: whatever a sentence names can be found in the file."""

from datetime import date

import pytest

from workbook.checking import check

AS_OF = date(2026, 11, 22)
LIST = """
| STT | Họ và tên | Ngày sinh | Số định danh cá nhân | Ngày vào Đoàn |
| 1 | Nguyễn Thị Thử | 02/03/1998 | 099198000123 | 26/03/2014 |
| 2 | {second} | 05/06/1999 | {number} | 26/03/2015 |
"""
OTHER = LIST.format(second="Trần Văn Mẫu", number="099099000456")


@pytest.fixture
def told(book):
    """The sentences on doubles in a register of these sheets."""

    def ask(sheets):
        found = check([book.file(sheets)], AS_OF).found
        return found.loc[found["code"] == "duplicate.id", "message"].tolist()

    return ask


def test_a_double_on_another_sheet_is_named_with_its_sheet(told):
    first, second = told({"Cảm tình": OTHER, "Dự bị": LIST.format(second="Lê Văn Nháp", number="099099000789")})
    assert 'dòng 2 của trang "Dự bị"' in first
    assert 'dòng 2 của trang "Cảm tình"' in second


def test_a_double_on_the_same_sheet_is_named_by_its_line(told):
    first, second = told(LIST.format(second="Lê Văn Nháp", number="099198000123"))
    assert "còn ở dòng 3." in first
    assert "còn ở dòng 2." in second
