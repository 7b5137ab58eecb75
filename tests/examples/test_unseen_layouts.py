"""Ten branch layouts that nobody had shown the reader, drawn up without having read it.

The sheets were imagined from what offices print; what each person really is stands beside the sheet, so that a value
read wrong, or lost without a question, is seen. `docs/keeping/README.md` says how to add one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from validation.vocabulary import CODE_COLUMNS, COUNT_COLUMNS, DATE_COLUMNS, TEXT_COLUMNS
from workbook.checking import Checked, check

Truth = dict[str, dict[str, object]]


def school_register(sheet: Worksheet) -> Truth:
    """Three header rows, the name over two columns, the birthday over three, a mark for women, two groups."""
    _put(sheet, 1, "ĐẢNG BỘ XÃ ĐỒI CỎ", J="ĐẢNG CỘNG SẢN VIỆT NAM")
    _put(sheet, 2, "CHI BỘ TRƯỜNG TRUNG HỌC CƠ SỞ MÂY TRẮNG", J="Đồi Cỏ, ngày 05 tháng 11 năm 2026")
    _put(sheet, 4, "THEO DÕI QUẦN CHÚNG ƯU TÚ VÀ ĐẢNG VIÊN DỰ BỊ NĂM HỌC 2026 - 2027")
    _put(sheet, 6, "TT", B="Họ và tên", D="Ngày sinh", G="Nữ", H="Số CCCD", I="QUÁ TRÌNH BỒI DƯỠNG")
    _put(sheet, 6, None, O="KẾT NẠP ĐẢNG", Q="Ghi chú")
    _put(sheet, 7, None, I="Lớp nhận thức về Đảng", K="Đảng viên giúp đỡ", M="Ngày chi bộ họp")
    _put(sheet, 7, None, O="Số quyết định", P="Ngày tổ chức lễ")
    _put(sheet, 8, None, D="Ngày", E="Tháng", F="Năm", I="Số GCN", J="Ngày cấp", K="Họ tên", L="Ngày phân công")
    _put(sheet, 8, None, M="xét cảm tình Đảng", N="xét kết nạp")
    for merged in ("A4:Q4", "A6:A8", "B6:C8", "D6:F7", "G6:G8", "H6:H8", "I6:N6", "I7:J7", "K7:L7", "M7:N7"):
        sheet.merge_cells(merged)
    for merged in ("O6:P6", "O7:O8", "P7:P8", "Q6:Q8", "A10:Q10", "A14:Q14"):
        sheet.merge_cells(merged)
    for column in range(1, 18):
        sheet.cell(9, column, f"({column})")
    _put(sheet, 10, "I. Tổ Khoa học tự nhiên")
    row = ["Hồ Thị", "Thử", "05", "09", "1996", "x", "099196000011", "12/GCN", "20/4/2025", "Lê Văn Mẫu", "3/2/2025"]
    _row(sheet, 11, [1, *row, "10/1/2025", "8/9/2026", None, None, "dạy Toán"])
    row = [
        "Phạm Văn",
        "Công",
        "21",
        "12",
        "1994",
        None,
        "099094000012",
        "13/GCN",
        "20/4/2025",
        "Lê Văn Mẫu",
        "3/2/2025",
    ]
    _row(sheet, 12, [2, *row, "10/1/2025", "6/3/2026", "45-QĐ/ĐU", "2/9/2026", None])
    _put(sheet, 13, None, B="Cộng: 02 người")
    _put(sheet, 14, "II. Tổ Khoa học xã hội")
    row = ["Đoàn Thị Lý", "Ví", "1", "2", "2000", "x", "099300000013", None, None, "Trần Thị Dụ", "14/10/2026"]
    _row(sheet, 15, [3, *row, "12/10/2026", None, None, None, None])
    _put(sheet, 16, None, B="Tổng cộng: 03 người")
    _put(sheet, 18, None, C="NGƯỜI LẬP BIỂU", M="T/M CHI BỘ")
    _put(sheet, 19, None, M="BÍ THƯ")
    _put(sheet, 23, None, C="Lê Văn Giả", M="Trần Văn Giả")
    return {
        "Hồ Thị Thử": _person(date(1996, 9, 5), "female", "099196000011", date(2025, 1, 10), date(2025, 4, 20))
        | {"helper": "Lê Văn Mẫu", "helper_assigned_on": date(2025, 2, 3), "branch_resolved_on": date(2026, 9, 8)}
        | {"certificate_number": "12/GCN", "remark": "dạy Toán"},
        "Phạm Văn Công": _person(date(1994, 12, 21), "male", "099094000012", date(2025, 1, 10), date(2025, 4, 20))
        | {"helper": "Lê Văn Mẫu", "helper_assigned_on": date(2025, 2, 3), "branch_resolved_on": date(2026, 3, 6)}
        | {"certificate_number": "13/GCN", "decision_number": "45-QĐ/ĐU", "ceremony_on": date(2026, 9, 2)},
        "Đoàn Thị Lý Ví": _person(date(2000, 2, 1), "female", "099300000013", date(2026, 10, 12), None)
        | {"helper": "Trần Thị Dụ", "helper_assigned_on": date(2026, 10, 14)},
    }


def two_lines_each(sheet: Worksheet) -> Truth:
    """Every person takes two lines, and so does the heading: what stands below is another fact, not another person."""
    _put(sheet, 1, "Chi bộ thôn Suối Mơ")
    _put(sheet, 2, "Danh sách theo dõi kết nạp đảng viên (đến 31/10/2026)")
    _row(
        sheet,
        4,
        ["STT", "Họ và tên", "Giới tính", "Ngày cảm tình Đảng", "Ngày cấp GCN", "Ngày làm đơn", "Ngày kết nạp"],
    )
    _row(sheet, 5, [None, "Ngày sinh", "Dân tộc", "Ngày phân công giúp đỡ", "Số GCN", "Ngày thẩm tra", "Số QĐ"])
    sheet.merge_cells("A4:A5")
    people = (
        (["Vũ Thị Thử", "Nữ", "4/3/2025", "15/6/2025", "2/1/2026", "19/5/2026"],
         ["7/7/1999", "Kinh", "10/3/2025", "101", "16/1/2026", "31-QĐ/ĐU"]),
        (["Lý Văn Mẫu", "Nam", "4/3/2025", "15/6/2025", "3/2/2026", None],
         ["1/11/2001", "Tày", "10/3/2025", "102", "17/3/2026", None]),
        (["Cao Thị Giả", "Nữ", "9/9/2026", None, None, None], ["25/8/2003", "Kinh", "20/9/2026", None, None, None]),
    )  # fmt: skip
    for number, (above, below) in enumerate(people, start=1):
        _row(sheet, 4 + 2 * number, [number, *above])
        _row(sheet, 5 + 2 * number, [None, *below])
        sheet.merge_cells(f"A{4 + 2 * number}:A{5 + 2 * number}")
    return {
        "Vũ Thị Thử": _person(date(1999, 7, 7), "female", None, date(2025, 3, 4), date(2025, 6, 15))
        | {"ethnicity": "kinh", "helper_assigned_on": date(2025, 3, 10), "certificate_number": "101"}
        | {"applied_on": date(2026, 1, 2), "ceremony_on": date(2026, 5, 19), "decision_number": "31-QĐ/ĐU"},
        "Lý Văn Mẫu": _person(date(2001, 11, 1), "male", None, date(2025, 3, 4), date(2025, 6, 15))
        | {"ethnicity": "tay", "helper_assigned_on": date(2025, 3, 10), "certificate_number": "102"}
        | {"applied_on": date(2026, 2, 3)},
        "Cao Thị Giả": _person(date(2003, 8, 25), "female", None, date(2026, 9, 9), None)
        | {"ethnicity": "kinh", "helper_assigned_on": date(2026, 9, 20)},
    }


def side_by_side(sheet: Worksheet) -> Truth:
    """Two lists beside each other on one page: those being followed on the left, the probationary on the right."""
    _put(sheet, 1, "CHI BỘ HỢP TÁC XÃ NẮNG MỚI")
    _put(sheet, 3, "QUẦN CHÚNG ƯU TÚ", G="ĐẢNG VIÊN DỰ BỊ")
    sheet.merge_cells("A3:E3")
    sheet.merge_cells("G3:K3")
    left = ["TT", "Họ tên", "Năm sinh", "Giới tính", "Ngày cấp giấy chứng nhận"]
    right = ["TT", "Họ tên", "Ngày sinh", "Giới tính", "Ngày kết nạp"]
    _row(sheet, 4, [*left, None, *right])
    _row(sheet, 5, [1, "Mai Thị Thử", 1998, "Nữ", "12/6/2026", None, 1, "Hà Văn Mẫu", "3/8/1995", "Nam", "19/5/2026"])
    _row(sheet, 6, [2, "Mai Văn Ví", 2002, "Nam", None, None, 2, "Hà Thị Dụ", "22/12/1997", "Nữ", "2/9/2026"])
    _row(sheet, 7, [3, "Bùi Thị Giả", 1990, "Nữ", "12/6/2026"])
    return {
        "Mai Thị Thử": {"sex": "female", "certificate_on": date(2026, 6, 12)},
        "Mai Văn Ví": {"sex": "male"},
        "Bùi Thị Giả": {"sex": "female", "certificate_on": date(2026, 6, 12)},
        "Hà Văn Mẫu": {"birth_on": date(1995, 8, 3), "sex": "male", "ceremony_on": date(2026, 5, 19)},
        "Hà Thị Dụ": {"birth_on": date(1997, 12, 22), "sex": "female", "ceremony_on": date(2026, 9, 2)},
    }


def cards_across(sheet: Worksheet) -> Truth:
    """A small branch writes the facts downwards and its people across."""
    _put(sheet, 1, "PHIẾU THEO DÕI CÁC ĐỒNG CHÍ CẢM TÌNH ĐẢNG - CHI BỘ TRẠM Y TẾ")
    rows = (
        ["Họ và tên", "Đỗ Thị Thử", "Đỗ Văn Mẫu", "Ngô Thị Giả"],
        ["Ngày, tháng, năm sinh", "14/2/1993", "30/4/1991", "1/6/1999"],
        ["Giới tính", "Nữ", "Nam", "Nữ"],
        ["Dân tộc", "Kinh", "Kinh", "Tày"],
        ["Ngày xét cảm tình Đảng", "5/5/2025", "5/5/2025", "6/10/2026"],
        ["Ngày cấp giấy chứng nhận", "11/11/2025", "11/11/2025", None],
        ["Ngày làm đơn", "3/2/2026", None, None],
        ["Ngày nghị quyết chi bộ", "7/9/2026", None, None],
    )
    for number, row in enumerate(rows, start=3):
        _row(sheet, number, list(row))
    days = (date(1993, 2, 14), date(1991, 4, 30), date(1999, 6, 1))
    return {
        "Đỗ Thị Thử": _person(days[0], "female", None, date(2025, 5, 5), date(2025, 11, 11))
        | {"ethnicity": "kinh", "applied_on": date(2026, 2, 3), "branch_resolved_on": date(2026, 9, 7)},
        "Đỗ Văn Mẫu": _person(days[1], "male", None, date(2025, 5, 5), date(2025, 11, 11)) | {"ethnicity": "kinh"},
        "Ngô Thị Giả": _person(days[2], "female", None, date(2026, 10, 6), None) | {"ethnicity": "tay"},
    }


def stacked_cells(sheet: Worksheet) -> Truth:
    """One heading asks for three facts and one for two; the values stand below each other in the cell."""
    _put(sheet, 1, "ĐẢNG BỘ QUÂN SỰ XÃ ĐỒI CỎ", E="CHI BỘ QUÂN SỰ")
    _put(sheet, 2, "TRÍCH NGANG NGUỒN PHÁT TRIỂN ĐẢNG")
    heads = ["STT", "Họ và tên\nNgày, tháng, năm sinh\nSố CCCD", "Giới tính", "Ngày cảm tình Đảng"]
    _row(sheet, 4, [*heads, "Quyết định kết nạp\n(số, ngày)", "Ngày lễ kết nạp"])
    _row(sheet, 5, [1, "Tạ Văn Thử\n17/3/1997\n099097000021", "Nam", "4/4/2025", "08-QĐ/ĐU\n27/7/2026", "2/9/2026"])
    _row(sheet, 6, [2, "Tạ Thị Mẫu\n9/10/2001\n099301000022", "Nữ", "4/4/2025", None, None])
    return {
        "Tạ Văn Thử": _person(date(1997, 3, 17), "male", "099097000021", date(2025, 4, 4), None)
        | {"decision_number": "08-QĐ/ĐU", "decided_on": date(2026, 7, 27), "ceremony_on": date(2026, 9, 2)},
        "Tạ Thị Mẫu": _person(date(2001, 10, 9), "female", "099301000022", date(2025, 4, 4), None),
    }


def helpers_first(sheet: Worksheet) -> Truth:
    """The list goes by the helping members, each over the persons helped: names, years and posts of both kinds."""
    _put(sheet, 1, "CHI BỘ CƠ QUAN ỦY BAN NHÂN DÂN XÃ ĐỒI CỎ")
    _put(sheet, 2, "PHÂN CÔNG ĐẢNG VIÊN GIÚP ĐỠ QUẦN CHÚNG VÀ ĐẢNG VIÊN DỰ BỊ NĂM 2026")
    _put(sheet, 4, "TT", B="Đảng viên được phân công", E="Quần chúng, đảng viên dự bị được giúp đỡ")
    _put(sheet, 4, None, K="Ngày phân công", L="Kết quả")
    row = ["Họ và tên", "Năm sinh", "Chức vụ", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ"]
    _row(sheet, 5, [None, *row, "Ngày được công nhận cảm tình", "Ngày kết nạp"])
    row = ["Ông Thị Thử", "4/4/1996", "Nữ", "Công chức văn hóa", "3/3/2025", None, "10/3/2025", "Tốt"]
    _row(sheet, 6, [1, "Trương Văn Cũ", 1970, "Bí thư", *row])
    row = ["Ông Văn Mẫu", "6/7/1994", "Nam", "Công chức địa chính", "3/3/2025", "2/9/2026", "10/3/2025", "Tốt"]
    _row(sheet, 7, [None, None, None, None, *row])
    row = ["Từ Thị Giả", "9/9/1999", "Nữ", "Văn thư", "5/6/2026", None, "8/6/2026", None]
    _row(sheet, 8, [2, "Trương Thị Cựu", 1975, "Phó Bí thư", *row])
    for merged in ("A4:A5", "B4:D4", "E4:J4", "K4:K5", "L4:L5", "A6:A7", "B6:B7", "C6:C7", "D6:D7"):
        sheet.merge_cells(merged)
    days = (date(1996, 4, 4), date(1994, 7, 6), date(1999, 9, 9))
    return {
        "Ông Thị Thử": _person(days[0], "female", None, date(2025, 3, 3), None)
        | {"helper": "Trương Văn Cũ", "helper_assigned_on": date(2025, 3, 10), "position": "Công chức văn hóa"},
        "Ông Văn Mẫu": _person(days[1], "male", None, date(2025, 3, 3), None)
        | {"helper": "Trương Văn Cũ", "helper_assigned_on": date(2025, 3, 10), "position": "Công chức địa chính"}
        | {"ceremony_on": date(2026, 9, 2)},
        "Từ Thị Giả": _person(days[2], "female", None, date(2026, 6, 5), None)
        | {"helper": "Trương Thị Cựu", "helper_assigned_on": date(2026, 6, 8), "position": "Văn thư"},
    }


def steps_by_resolution(sheet: Worksheet) -> Truth:
    """The branch resolves three times about the same person, and its resolution is headed alike each time."""
    _put(sheet, 1, "CHI BỘ TRƯỜNG MẦM NON HOA SIM")
    _put(sheet, 3, "STT", B="Họ và tên", C="Ngày sinh", D="Giới tính", E="Xét cảm tình Đảng", G="Kết nạp Đảng")
    _put(sheet, 3, None, J="Công nhận chính thức", M="Lớp đảng viên mới")
    heads = [
        "NQ chi bộ",
        "Số NQ",
        "NQ chi bộ",
        "Ngày QĐ",
        "Ngày lễ",
        "NQ chi bộ",
        "Số QĐ",
        "Ngày QĐ",
        "Số GCN",
        "Ngày cấp",
    ]
    _row(sheet, 4, [None, None, None, None, *heads])
    for merged in ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3", "G3:I3", "J3:L3", "M3:N3"):
        sheet.merge_cells(merged)
    row = ["3/2/2024", "01", "5/8/2024", "2/9/2024", "7/11/2024", "8/12/2025", "9-QĐ", "3/1/2026", "77", "6/6/2025"]
    _row(sheet, 5, [1, "Sầm Thị Thử", "1/1/1995", "Nữ", *row])
    _row(sheet, 6, [2, "Sầm Văn Mẫu", "2/1/1996", "Nam", "3/2/2026", "02"])
    return {
        "Sầm Thị Thử": _person(date(1995, 1, 1), "female", None, date(2024, 2, 3), None)
        | {"branch_resolved_on": date(2024, 8, 5), "decided_on": date(2024, 9, 2), "ceremony_on": date(2024, 11, 7)}
        | {"recognition_resolved_on": date(2025, 12, 8), "recognized_on": date(2026, 1, 3)}
        | {"new_member_certificate_on": date(2025, 6, 6)},
        "Sầm Văn Mẫu": _person(date(1996, 1, 2), "male", None, date(2026, 2, 3), None),
    }


def two_pages(sheet: Worksheet) -> Truth:
    """The heading again on the second page, birthdays by sex, ticks for ethnicity, "as above" and two totals."""
    _put(sheet, 1, "ĐẢNG BỘ PHƯỜNG GIÓ NAM", H="ĐẢNG CỘNG SẢN VIỆT NAM")
    _put(sheet, 2, "CHI BỘ TỔ DÂN PHỐ 7")
    for line in (5, 13):
        _put(sheet, line, "STT", B="Họ và tên", C="Ngày sinh", E="Dân tộc", G="Trình độ", J="Chỗ ở hiện nay")
        _put(
            sheet,
            line,
            None,
            K="Ngày vào Đoàn",
            L="Lớp nhận thức về Đảng",
            N="Ngày vào Đảng",
            P="Số thẻ ĐV",
            Q="Ghi chú",
        )
        heads = ["Nam", "Nữ", "Kinh", "Khác", "Học vấn", "CM", "LLCT", None, None, "Thời gian học", "Số GCN", "Dự bị"]
        _row(sheet, line + 1, [None, None, *heads, "Chính thức"])
        for columns in ("A:A", "B:B", "J:J", "K:K", "P:P", "Q:Q"):
            left, right = columns.split(":")
            sheet.merge_cells(f"{left}{line}:{right}{line + 1}")
        for columns in ("C:D", "E:F", "G:I", "L:M", "N:O"):
            left, right = columns.split(":")
            sheet.merge_cells(f"{left}{line}:{right}{line}")
    _put(sheet, 7, "A", B="QUẦN CHÚNG ƯU TÚ")
    row = ["x", None, "12/12", "ĐH Luật", "SC", "Số 4 ngõ 2", "26/3/2014", "09/9/2025 - 18/9/2025", "15"]
    _row(sheet, 8, [1, "Lâm Thị Thử", None, "8/3/1998", *row])
    row = [None, "Tày", "12/12", "TC Điện", None, "Số 6 ngõ 2", "nt", "nt", "16"]
    _row(sheet, 9, [2, "Lâm Văn Mẫu", "5/5/1995", None, *row])
    _put(sheet, 11, None, B="Cộng A: 2 người")
    _put(sheet, 15, "B", B="ĐẢNG VIÊN DỰ BỊ")
    row = ["x", None, "12/12", "CĐ", None, "Số 12", "26/3/2007", "5/2024", "10", "3/2/2025", "3/2/2026", "099191000044"]
    _row(sheet, 16, [1, "Kha Thị Dụ", None, "3/4/1991", *row])
    _put(sheet, 17, None, B="Cộng B: 1 người")
    _put(sheet, 18, None, B="Tổng cộng: 3 người")
    _put(sheet, 20, None, N="Gió Nam, ngày 02 tháng 11 năm 2026")
    _put(sheet, 21, None, B="Người lập", N="BÍ THƯ CHI BỘ")
    return {
        "Lâm Thị Thử": {"birth_on": date(1998, 3, 8), "sex": "female", "ethnicity": "kinh", "residence": "Số 4 ngõ 2"}
        | {"schooling": "upper_secondary", "qualification": "university", "political_theory": "elementary"}
        | {"youth_union_on": date(2014, 3, 26), "certificate_number": "15"},
        "Lâm Văn Mẫu": {"birth_on": date(1995, 5, 5), "sex": "male", "ethnicity": "tay", "residence": "Số 6 ngõ 2"}
        | {"schooling": "upper_secondary", "qualification": "intermediate"}
        | {"youth_union_on": date(2014, 3, 26), "certificate_number": "16"},
        "Kha Thị Dụ": {"birth_on": date(1991, 4, 3), "sex": "female", "ethnicity": "kinh", "residence": "Số 12"}
        | {"schooling": "upper_secondary", "qualification": "college", "youth_union_on": date(2007, 3, 26)}
        | {"certificate_number": "10", "ceremony_on": date(2025, 2, 3), "recognized_on": date(2026, 2, 3)}
        | {"card_number": "099191000044"},
    }


def matters_beside(sheet: Worksheet) -> Truth:
    """One sheet for everything: what the branch keeps of other matters is headed as the register's own columns."""
    _put(sheet, 1, "CHI BỘ THÔN ĐÁ TRÒN")
    _put(sheet, 3, "TT", B="Họ và tên", C="Ngày sinh", D="Trình độ", F="Hội Phụ nữ", G="Cử đi học lớp nhận thức")
    _put(sheet, 3, None, J="Thẩm tra lý lịch", L="Nghị quyết chi bộ", N="Kết nạp Đảng", P="Khen thưởng")
    _put(sheet, 3, None, R="Kỷ luật", T="Bí thư chi bộ", U="Tin học", V="Ngày họp thôn")
    heads = ["VH", "CM", "Ngày kết nạp", "NQ chi bộ", "Số GCN", "Ngày cấp GCN", "Gửi", "Nhận", "Ngày", "Tán thành"]
    heads += ["Số QĐ", "Ngày", "Số QĐ kết nạp", "Ngày QĐ kết nạp", "NQ chi bộ", "Số phiếu tán thành", "Họ và tên"]
    _row(sheet, 4, [None, None, None, *heads, "Số chứng chỉ"])
    for merged in ("A3:A4", "B3:B4", "C3:C4", "D3:E3", "G3:I3", "J3:K3", "L3:M3", "N3:O3", "P3:Q3", "R3:S3"):
        sheet.merge_cells(merged)
    row = ["12/12", "ĐH", "8/3/2015", "4/1/2024", "31", "20/5/2024", "1/6/2024", "9/7/2024", "5/8/2024", 11]
    row += ["7-QĐ/ĐU", "2/9/2024", "55", "19/5/2021", "6/6/2022", 9, "Đàm Văn Thư", "TH-1"]
    _row(sheet, 5, [1, "Đàm Thị Thử", "1/1/1995", *row])
    sheet["V5"] = "6/10/2026"
    row = ["9/12", None, "20/10/2019", "4/1/2026", "32", "20/5/2026", "1/6/2026", None, None, None]
    _row(sheet, 6, [2, "Đàm Thị Mẫu", "2/1/1996", *row, None, None, None, None, None, None, "Đàm Văn Thư"])
    return {
        "Đàm Thị Thử": {"birth_on": date(1995, 1, 1), "schooling": "upper_secondary", "qualification": "university"}
        | {"certificate_number": "31", "certificate_on": date(2024, 5, 20), "vetting_sent_on": date(2024, 6, 1)}
        | {"vetting_result_on": date(2024, 7, 9), "branch_resolved_on": date(2024, 8, 5), "votes_for": 11}
        | {"decision_number": "7-QĐ/ĐU", "ceremony_on": date(2024, 9, 2)},
        "Đàm Thị Mẫu": {"birth_on": date(1996, 1, 2), "schooling": "lower_secondary", "certificate_number": "32"}
        | {"certificate_on": date(2026, 5, 20), "vetting_sent_on": date(2026, 6, 1)},
    }


def papers_of_the_second_step(sheet: Worksheet) -> Truth:
    """A list of probationary members: papers are sent and received a second time, and some have moved on."""
    _put(sheet, 1, "CHI BỘ TRẠM THỦY NÔNG")
    _put(sheet, 3, "TT", B="Họ và tên", C="Ngày sinh", D="Ngày vào Đảng", E="Đảng ủy bộ phận", F="Cho làm hồ sơ")
    _put(sheet, 3, None, G="Công nhận chính thức", L="Nơi chuyển đến")
    heads = ["Ngày NQ đảng ủy", "NQ chi bộ", "NQ chi bộ", "Ngày gửi hồ sơ", "Số phiếu tán thành"]
    _row(sheet, 4, [None, None, None, None, *heads, "Ngày nhận quyết định", "Ngày QĐ", "Chi bộ", "Ngày chuyển"])
    for merged in ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "G3:K3", "L3:M3"):
        sheet.merge_cells(merged)
    row = ["2/9/2024", "1/8/2024", "5/5/2024", "8/9/2025", "10/9/2025", 12, "30/9/2025", "25/9/2025", "Chi bộ Chợ"]
    _row(sheet, 5, [1, "Khúc Văn Thử", "3/3/1993", *row, "1/11/2026"])
    _row(sheet, 6, [2, "Khúc Thị Mẫu", "4/4/1994", 46056, "2/1/2026", "5/5/2025"])
    return {
        "Khúc Văn Thử": {"birth_on": date(1993, 3, 3), "ceremony_on": date(2024, 9, 2)}
        | {"recognition_resolved_on": date(2025, 9, 8), "recognized_on": date(2025, 9, 25)}
        | {"status_changed_on": date(2026, 11, 1)},
        "Khúc Thị Mẫu": {"birth_on": date(1994, 4, 4), "ceremony_on": date(2026, 2, 3)},
    }


def _person(birth: date, sex: str, citizen_id: str | None, sympathizer: date, certificate: date | None):
    known = {"birth_on": birth, "sex": sex, "citizen_id": citizen_id, "sympathizer_on": sympathizer}
    return {name: value for name, value in (known | {"certificate_on": certificate}).items() if value is not None}


def _put(sheet: Worksheet, row: int, first: object, **cells: object) -> None:
    for letter, value in {"A": first, **cells}.items():
        if value is not None:
            sheet[f"{letter}{row}"] = value


def _row(sheet: Worksheet, row: int, values: Iterable[object]) -> None:
    for column, value in enumerate(values, start=1):
        if value is not None:
            sheet.cell(row, column, value)


_KINDS = (*TEXT_COLUMNS, *CODE_COLUMNS, *DATE_COLUMNS, *COUNT_COLUMNS)
COLUMNS = [name for name in _KINDS if name not in ("number", "full_name")]

#: What the reader may leave unread on each sheet, and the code of the question by which it says so.
ASKED = {
    school_register: {},
    two_lines_each: dict.fromkeys(
        ("birth_on", "ethnicity", "helper_assigned_on", "certificate_number", "decision_number"), "table.folded"
    ),
    side_by_side: dict.fromkeys(("full_name", "birth_on", "sex", "ceremony_on"), "table.beside"),
    cards_across: dict.fromkeys(("full_name", *COLUMNS), "sheet.nothing_read"),
    stacked_cells: {},
    helpers_first: dict.fromkeys(("full_name", *COLUMNS), "sheet.nothing_read"),
    steps_by_resolution: {"sympathizer_on": "heading.ambiguous"},
    two_pages: {},
    matters_beside: {},
    papers_of_the_second_step: {},
}
LAYOUTS = list(ASKED)

#: Headings that would each be a register column but for the group above them.
OF_OTHER_MATTERS = {
    matters_beside: {
        "Hội Phụ nữ | Ngày kết nạp",
        "Cử đi học lớp nhận thức | NQ chi bộ",
        "Khen thưởng | Số QĐ kết nạp",
        "Khen thưởng | Ngày QĐ kết nạp",
        "Kỷ luật | NQ chi bộ",
        "Kỷ luật | Số phiếu tán thành",
        "Tin học | Số chứng chỉ",
    },
    papers_of_the_second_step: {
        "Đảng ủy bộ phận | Ngày NQ đảng ủy",
        "Cho làm hồ sơ | NQ chi bộ",
        "Công nhận chính thức | Ngày gửi hồ sơ",
        "Công nhận chính thức | Số phiếu tán thành",
        "Công nhận chính thức | Ngày nhận quyết định",
        "Nơi chuyển đến | Chi bộ",
    },
}


@dataclass(frozen=True)
class Reading:
    """A sheet as it is, and as it was read: `people` and `others` are the typed lines with and without a real name."""

    truth: Truth
    checked: Checked

    @property
    def typed(self) -> pd.DataFrame:
        return self.checked.assessment.typed

    @property
    def people(self) -> dict[str, pd.Series]:
        return {row["full_name"]: row for _, row in self.typed.iterrows() if row["full_name"] in self.truth}

    @property
    def others(self) -> pd.DataFrame:
        return self.typed[~self.typed["full_name"].isin(list(self.truth))]


@pytest.fixture(scope="module")
def readings(tmp_path_factory) -> dict[object, Reading]:
    folder = tmp_path_factory.mktemp("layouts")
    made = {}
    for draw in LAYOUTS:
        book, path = openpyxl.Workbook(), folder / f"{draw.__name__}.xlsx"
        truth = draw(book.active)
        book.save(path)
        made[draw] = Reading(truth, check([path], date(2026, 11, 22)))
    return made


def read_value(person: pd.Series, column: str) -> object:
    value = person[column]
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_whatever_is_read_of_a_person_is_so(layout, readings):
    reading = readings[layout]
    wrong = [
        (name, column)
        for name, person in reading.people.items()
        for column in COLUMNS
        if (value := read_value(person, column)) is not None and value != reading.truth[name].get(column)
    ]
    assert wrong == []


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_whatever_is_not_read_is_asked_about(layout, readings):
    reading = readings[layout]
    lost = {
        column
        for name, facts in reading.truth.items()
        if name in reading.people
        for column in facts
        if read_value(reading.people[name], column) is None
    }
    if missing := reading.truth.keys() - reading.people.keys():
        lost |= {"full_name"}.union(*(reading.truth[name] for name in missing))
    said = set(reading.checked.found["code"])
    assert lost <= ASKED[layout].keys()
    assert {ASKED[layout][column] for column in lost} <= said


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_line_that_is_no_person_is_called_an_error(layout, readings):
    reading = readings[layout]
    assert set(reading.checked.assessment.verdicts[reading.others.index]) <= {"invalid"}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_nobody_is_counted_who_is_not_there(layout, readings):
    assert readings[layout].others.empty


@pytest.mark.parametrize(
    ("layout", "code", "heading"),
    [
        (steps_by_resolution, "heading.ambiguous", "Xét cảm tình"),
        (matters_beside, "columns.unread_days", "Ngày họp thôn"),
    ],
)
def test_the_question_names_the_heading_that_was_not_understood(layout, code, heading, readings):
    found = readings[layout].checked.found
    assert heading in " ".join(found.loc[found["code"] == code, "message"])


@pytest.mark.parametrize("layout", OF_OTHER_MATTERS, ids=lambda layout: layout.__name__)
def test_every_column_of_another_matter_is_asked_about(layout, readings):
    found = readings[layout].checked.found
    assert set(found.loc[found["code"] == "heading.ambiguous", "value"]) == OF_OTHER_MATTERS[layout]


def test_a_day_that_shows_as_a_number_is_read_and_told(readings):
    found = readings[papers_of_the_second_step].checked.found
    assert found.loc[found["code"] == "dates.serial", ["cell", "level"]].to_numpy().tolist() == [["D6", "note"]]


def test_of_the_ten_seven_are_read_to_the_last_person(readings):
    whole = (school_register, two_lines_each, stacked_cells, steps_by_resolution, two_pages)
    for layout in (*whole, matters_beside, papers_of_the_second_step):
        assert readings[layout].people.keys() == readings[layout].truth.keys()
