"""The numbers of the law on the sheet of forecasts: each with its document, chosen by the day."""

from datetime import date

import pytest

from validation.regulation import load
from validation.workdays import calendar_of
from workbook.assess import Law
from workbook.consolidate.prospect_law import law_numbers


def said(day, *overlays):
    return law_numbers(Law(load(overlays), calendar_of(), day))


@pytest.mark.parametrize(
    "part",
    [
        "tuổi từ đủ 18 đến đủ 60: 208-QĐ/TW 26/07/2026 (theo tài liệu dẫn lại)",
        "12 tháng cùng công tác với người giới thiệu (sổ không ghi, chỉ có ngày phân công giúp đỡ): 208-QĐ/TW",
        "người chuyển đến không phải đủ các tháng ấy: 06-HD/TW 09/06/2025, điểm 3.9 (đã đọc văn bản); tạm theo vì",
        "người giới thiệu được cử thay cũng vậy: 294-QĐ/TW 26/05/2025, điểm 3.2.2",
        "giấy chứng nhận dùng được 60 tháng: 01-HD/TW 19/05/2026",
        "hồ sơ dùng được 12 tháng: 06-HD/TW 09/06/2025, điểm 5.4a",
        "phiếu tán thành từ 2/3 số đảng viên chính thức được triệu tập: 01-HD/TW 19/05/2026",
        "kết quả thẩm tra trong 30 ngày làm việc (luật tính từ ngày nhận, tạm tính từ Ngày gửi thẩm tra): 06-HD/TW",
        "quyết định kết nạp trong 45 ngày làm việc kể từ Ngày nghị quyết chi bộ: 294-QĐ/TW 26/05/2025, điểm 4.3.1",
        "lễ kết nạp trong 30 ngày làm việc kể từ Ngày quyết định kết nạp: 208-QĐ/TW 26/07/2026",
    ],
)
def test_every_number_names_its_document(part):
    assert part in said(date(2026, 11, 22))


def test_the_numbers_are_those_of_the_day():
    before = said(date(2025, 6, 1))

    assert "quyết định kết nạp trong 60 ngày làm việc kể từ Ngày nghị quyết chi bộ: 232-QĐ/TW 20/01/2025" in before
    assert "lễ kết nạp trong 30 ngày làm việc (luật tính từ ngày nhận, tạm tính từ Ngày quyết định kết nạp)" in before
    assert "phiếu tán thành" not in before
    assert "người chuyển đến" not in before


def test_what_a_place_adds_is_among_them():
    assert "gửi hồ sơ trong 5 ngày làm việc kể từ Ngày nghị quyết chi bộ" in said(date(2026, 11, 22), "ha-noi")
    assert "gửi hồ sơ" not in said(date(2026, 11, 22))


def test_before_the_first_document_nothing_is_said():
    assert said(date(2016, 1, 1)) == ""
