"""Given forms filled in: the numbers stand where they belong, and every other part is the one that was received.

The forms are shapes of our own after the headings of the statistics forms of 2021; none is a committee's.
"""

import io
import re
import shutil
import zipfile
from dataclasses import replace
from hashlib import sha256

import openpyxl
import pandas as pd
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Protection
from openpyxl.worksheet.datavalidation import DataValidation

from workbook.errors import CannotWrite, NotAWorkbook, Protected, TooLarge
from workbook.incoming import guard
from workbook.incoming.quota_book import read_quota_book
from workbook.outgoing.form.fill import fill_form
from workbook.outgoing.form.mapping import FormMap, read_map, shipped
from workbook.outgoing.lacking_list import write_lacking
from workbook.outgoing.write import write_book

HEADINGS = (("A7", "Tiêu chí"), ("B7", "Thực hiện"), ("B8", "Kỳ này"), ("C8", "Cùng kỳ năm trước"),
            ("D7", "(%) kỳ này so với cùng kỳ năm trước"))  # fmt: skip
NUMBERS = (("A9", 1), ("B9", 2), ("C9", 3), ("D9", "4(=2*100/3)"))


def statistics(path, number, title, lines):
    """A form with its three-part head, headings over two rows, the row of numbers, lines and a signature block."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = f"Biểu {number}"
    sheet["A1"], sheet["D1"], sheet["B2"] = "TỈNH ỦY ………", f"Biểu số {number}-BTCTW", title
    for cell, text in (*HEADINGS, *NUMBERS):
        sheet[cell] = text
    for area in ("B2:C3", "A7:A8", "B7:C7", "D7:D8"):
        sheet.merge_cells(area)
    for row, label in enumerate(lines, 10):
        sheet.cell(row, 1, label)
        sheet.cell(row, 2).number_format = "#,##0"
    end = 10 + len(lines)
    sheet.cell(end + 1, 3, "………, ngày … tháng … năm 20…")
    sheet.cell(end + 2, 1, "NGƯỜI LẬP BIỂU")
    sheet.cell(end + 2, 3, "TRƯỞNG BAN")
    rich(book, sheet)
    book.save(path)
    return path


def rich(book, sheet):
    """What a form may have that must stay: a drop-down, a chart on another sheet."""
    rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0")
    sheet.add_data_validation(rule)
    rule.add("B10:C60")
    other = book.create_sheet("Hướng dẫn")
    other.append(["Năm", "Số"])
    other.append(["2025", 3])
    chart = BarChart()
    chart.add_data(Reference(other, min_col=2, min_row=1, max_row=2), titles_from_data=True)
    other.add_chart(chart, "D2")


FORM_2 = [
    "I. Tổng số đảng viên mới kết nạp", "- Dân tộc thiểu số", "- Đoàn viên Đoàn TNCS Hồ Chí Minh",
    "- Chủ doanh nghiệp tư nhân", "- Quần chúng vi phạm chính sách KHHGĐ", "- Có quan hệ hôn nhân với người nước ngoài",
    "- Kết nạp lại", "II. Phân tích", "2. Tuổi đời", "- Từ 18 đến 30 tuổi", "- Từ 31 đến 35 tuổi",
    "- Từ 36 đến 40 tuổi", "- Từ 41 đến 45 tuổi", "- Từ 46 đến 50 tuổi", "- Từ 51 đến 55 tuổi", "- Từ 56 đến 60 tuổi",
    "- Trên 60 tuổi", "- Tuổi bình quân", "III. Số tổ chức cơ sở đảng", "1. Đảng bộ cơ sở", "- Có kết nạp đảng viên",
    "- Không còn quần chúng", "2. Chi bộ cơ sở", "- Có kết nạp đảng viên", "- Không còn quần chúng",
]  # fmt: skip
FORM_1 = [
    "A. Tổng số đảng viên cuối kỳ trước chuyển sang", "B. Đảng viên tăng trong kỳ", "1. Kết nạp", "2. Chuyển đến",
    "3. Phục hồi đảng tịch", "C. Đảng viên giảm trong kỳ", "1. Từ trần", "2. Khai trừ", "3. Xóa tên",
    "Trong đó: Đảng viên dự bị", "4. Xin ra khỏi Đảng", "5. Chuyển đi", "D. Tổng số đảng viên cuối kỳ",
]  # fmt: skip


@pytest.fixture
def form_2(tmp_path):
    return statistics(tmp_path / "bieu-2.xlsx", 2, "THỐNG KÊ ĐẢNG VIÊN MỚI KẾT NẠP", FORM_2)


@pytest.fixture
def book(quota_book_file, tmp_path):
    path = tmp_path / "so-chi-tieu.xlsx"
    path.write_bytes(quota_book_file)
    return read_quota_book(path)


def parts(path):
    with zipfile.ZipFile(path) as package:
        return {name: sha256(package.read(name)).hexdigest() for name in package.namelist()}


def sheet_of(path):
    return openpyxl.load_workbook(path).worksheets[0]


def codes(made):
    return [question.code for question in made.questions]


def asked(made, code):
    return next(question for question in made.questions if question.code == code)


def test_the_newly_admitted_are_counted_into_form_2(form_2, known, tmp_path):
    out = tmp_path / "ra.xlsx"
    made = fill_form(known, form_2, out)
    sheet = sheet_of(out)
    assert made.form == "Biểu số 2-BTCTW"
    said = {sheet.cell(row, 1).value: sheet.cell(row, 2).value for row in range(10, 35)}
    lines = {line.label: line.total for line in book_lines(known)}
    assert said["I. Tổng số đảng viên mới kết nạp"] == 4
    assert said["- Dân tộc thiểu số"] == lines["Người dân tộc thiểu số"]
    assert said["- Từ 18 đến 30 tuổi"] == lines["Từ 18 đến 30 tuổi"]
    assert said["- Tuổi bình quân"] == pytest.approx(lines["Tuổi bình quân"])


def book_lines(book):
    table = book.tables["composition"].frame
    return [pd.Series({"label": row.label, "total": row.total}) for row in table.itertuples()]


def test_what_the_book_does_not_know_stays_blank_and_is_told(form_2, book, tmp_path):
    out = tmp_path / "ra.xlsx"
    made = fill_form(book, form_2, out)
    sheet = sheet_of(out)
    assert sheet["B16"].value is None
    assert "Kết nạp lại (B16)" in asked(made, "form.blank").detail["cells"]
    assert "form.no_before" in codes(made)
    assert asked(made, "form.unmapped").detail["cells"] == [
        "II. Phân tích (17)", "2. Tuổi đời (18)", "III. Số tổ chức cơ sở đảng (28)", "1. Đảng bộ cơ sở (29)",
        "2. Chi bộ cơ sở (32)",
    ]  # fmt: skip


def test_a_label_that_stands_twice_is_found_below_its_own_title(form_2, book, tmp_path):
    mapping = shipped_2().model_copy(update={"cells": tuple(
        one.model_copy(update={"value": "summary.total.admitted"})
        for one in shipped_2().cells if one.under == "Chi bộ cơ sở"
    )})  # fmt: skip
    out = tmp_path / "ra.xlsx"
    fill_form(book, form_2, out, mapping)
    assert [sheet_of(out).cell(row, 2).value for row in (30, 31, 33, 34)] == [None, None, 4, 4]


def shipped_2():
    return next(one for one in shipped() if one.name == "Biểu số 2-BTCTW")


def test_every_part_but_the_sheet_is_the_one_that_was_received(form_2, book, tmp_path):
    out = tmp_path / "ra.xlsx"
    made = fill_form(book, form_2, out)
    before, after = parts(form_2), parts(out)
    assert list(before) == list(after)
    assert len(before) > 10
    assert [name for name in before if before[name] != after[name]] == ["xl/worksheets/sheet1.xml"]
    assert {one.part: one.sha256 for one in made.parts} == after
    assert [one.part for one in made.parts if not one.untouched] == ["xl/worksheets/sheet1.xml"]


def test_the_checksums_are_those_of_the_file_on_the_disk(form_2, book, tmp_path, monkeypatch):
    """A folder that changes what is written into it, as a disk of a faulty kind does."""

    def faulty(content, out):
        with zipfile.ZipFile(io.BytesIO(content)) as received, zipfile.ZipFile(out, "w") as written:
            for name in received.namelist():
                written.writestr(name, received.read(name) + (b" " if name == "xl/styles.xml" else b""))

    monkeypatch.setattr("workbook.outgoing.form.fill.save_new", faulty)
    made = fill_form(book, form_2, tmp_path / "ra.xlsx")
    assert {one.part for one in made.parts if not one.untouched} == {"xl/worksheets/sheet1.xml", "xl/styles.xml"}
    assert {one.part: one.sha256 for one in made.parts} == parts(tmp_path / "ra.xlsx")


def test_merges_rules_widths_and_formats_of_the_sheet_stay(form_2, book, tmp_path):
    out = tmp_path / "ra.xlsx"
    fill_form(book, form_2, out)
    old, new = sheet_of(form_2), sheet_of(out)
    assert sorted(map(str, new.merged_cells.ranges)) == sorted(map(str, old.merged_cells.ranges))
    assert [str(rule.sqref) for rule in new.data_validations.dataValidation] == ["B10:C60"]
    assert new["B10"].number_format == old["B10"].number_format
    assert new["C36"].value == old["C36"].value


def test_libreoffice_opens_a_filled_form_and_shows_the_numbers(form_2, book, tmp_path, recalculated):
    out = tmp_path / "ra.xlsx"
    fill_form(book, form_2, out)
    assert sheet_of(recalculated(out))["B10"].value == 4


def test_the_column_of_the_time_before_and_the_share_come_from_last_years_book(form_2, quota_book, book, tmp_path):
    path = tmp_path / "nam-truoc.xlsx"
    branches = quota_book.branches.assign(admitted=[1, 1, 1])
    people = quota_book.people.assign(admitted_in=quota_book.people["admitted_in"].replace(2026, 2025))
    committee = replace(quota_book.committee, year=2025)
    earlier = replace(quota_book, branches=branches, people=people, committee=committee,
                      as_of=quota_book.as_of.replace(year=2025))  # fmt: skip
    write_book(earlier, path)
    out = tmp_path / "ra.xlsx"
    made = fill_form(book, form_2, out, earlier=[read_quota_book(path, earlier=True)])
    sheet = sheet_of(out)
    assert [sheet["B10"].value, sheet["C10"].value, sheet["D10"].value] == [4, 3, 133.33]
    assert "form.rule" not in codes(made)


def test_a_number_that_breaks_the_rule_of_the_row_of_numbers_is_told(form_2, book, tmp_path):
    form = openpyxl.load_workbook(form_2)
    form.worksheets[0]["C10"], form.worksheets[0]["D10"] = 8, 55
    form.save(form_2)
    mapping = shipped_2().model_dump() | {"columns": {"Kỳ này": "now"}}
    made = fill_form(book, form_2, tmp_path / "ra.xlsx", FormMap.model_validate(mapping))
    broken = asked(made, "form.rule")
    assert (broken.cell, broken.detail["expected"]) == ("D10", 50.0)


def test_what_somebody_wrote_and_what_calculates_is_not_written_over(form_2, book, tmp_path):
    form = openpyxl.load_workbook(form_2)
    sheet = form.worksheets[0]
    sheet["B10"], sheet["B11"], sheet["D12"] = 77, "=B10", "=B12*100/C12"
    form.save(form_2)
    out = tmp_path / "ra.xlsx"
    made = fill_form(book, form_2, out)
    assert [sheet_of(out)["B10"].value, sheet_of(out)["B11"].value] == [77, "=B10"]
    assert {"form.written", "form.formula"} <= set(codes(made))


def test_where_a_form_calculates_its_old_results_go_and_it_is_calculated_anew(form_2, book, tmp_path, soffice):
    form = openpyxl.load_workbook(form_2)
    form.worksheets[0]["F10"] = "=B10*2"
    form["Hướng dẫn"]["A5"] = "='Biểu 2'!B10+1"
    form.save(form_2)
    calculated = tmp_path / "da-tinh.xlsx"
    shutil.copy(soffice(form_2, "xlsx"), calculated)
    out = tmp_path / "ra.xlsx"
    made = fill_form(book, calculated, out)
    changed = [one.part for one in made.parts if not one.untouched]
    assert changed == ["xl/workbook.xml", "xl/worksheets/sheet1.xml"]
    shown = openpyxl.load_workbook(soffice(out, "xlsx"), data_only=True)
    assert [shown.worksheets[0]["F10"].value, shown["Hướng dẫn"]["A5"].value] == [8, 5]


def test_of_form_1_only_what_the_book_knows_is_filled(book, tmp_path):
    form = statistics(tmp_path / "bieu-1.xlsx", 1, "THỐNG KÊ TĂNG, GIẢM ĐẢNG VIÊN", FORM_1)
    out = tmp_path / "ra.xlsx"
    made = fill_form(book, form, out)
    assert {sheet_of(out).cell(row, 1).value: sheet_of(out).cell(row, 2).value for row in range(10, 23)} == {
        **dict.fromkeys(FORM_1), "1. Kết nạp": 4, "Trong đó: Đảng viên dự bị": 0,
    }  # fmt: skip
    assert asked(made, "form.blank").detail["count"] == 11


#: Shapes of forms 3 and 4 as they are described; what the book of a committee knows of all members is little.
FORM_3 = ["I. Tổng số đảng viên", "- Nữ", "- Dự bị", "- Người theo tôn giáo", "II. Trình độ lý luận chính trị",
          "- Sơ cấp", "- Trung cấp", "- Cao cấp, cử nhân"]  # fmt: skip
MAP_3 = """
stands = ["Biểu số 3-BTCTW", "PHÂN TÍCH ĐỘI NGŨ ĐẢNG VIÊN"]
[columns]
"Kỳ này" = "now"
"Cùng kỳ năm trước" = "before"
"(%) kỳ này so với cùng kỳ năm trước" = "rule"
[[cells]]
row = "Tổng số đảng viên"
value = "summary.total.members"
[[cells]]
row = "Nữ"
[[cells]]
row = "Dự bị"
value = "progress.total.probationary"
[[cells]]
row = "Người theo tôn giáo"
[[cells]]
row = "Cao cấp, cử nhân"
under = "II. Trình độ lý luận chính trị"
"""
MAP_4 = """
stands = ["Biểu số 4-BTCTW", "Tên dân tộc, tôn giáo"]
[columns]
"Tổng số" = "now"
"Tỷ lệ nữ (%)" = "rule"
[[cells]]
row = "Kinh"
value = "summary.total.admitted"
[[cells]]
row = "Phật giáo"
value = "persons.admitted"
"""


def mapped(path, text):
    path.write_text(text, "utf-8")
    return read_map(path)


def test_a_form_of_all_members_takes_the_few_numbers_of_the_book_by_a_clerks_own_mapping(book, tmp_path):
    form = statistics(tmp_path / "bieu-3.xlsx", 3, "PHÂN TÍCH ĐỘI NGŨ ĐẢNG VIÊN", FORM_3)
    out = tmp_path / "ra.xlsx"
    made = fill_form(book, form, out, mapped(tmp_path / "bieu-3.toml", MAP_3))
    table = book.tables["branches"]
    said = {sheet_of(out).cell(row, 1).value: sheet_of(out).cell(row, 2).value for row in range(10, 18)}
    assert said == {
        **dict.fromkeys(FORM_3),
        "I. Tổng số đảng viên": table.cell(table.total, "members").value,
        "- Dự bị": table.cell(table.total, "probationary").value,
    }
    assert asked(made, "form.unvalued").detail["count"] == 3
    assert "II. Trình độ lý luận chính trị (14)" in asked(made, "form.unmapped").detail["cells"]


def test_of_two_numbered_blocks_side_by_side_each_is_calculated_from_its_own_columns(book, tmp_path):
    form = openpyxl.Workbook()
    heads = ["TT", "Tên dân tộc, tôn giáo", "Tổng số", "Trong đó: nữ", "Tỷ lệ nữ (%)"]
    for row in (["Biểu số 4-BTCTW"], heads * 2, ["A", "B", "1", "2", "3 (=2*100/1)"] * 2,
                [1, "Kinh", None, 3, None, "I", "Phật giáo", None, 1, None]):  # fmt: skip
        form.active.append(row)
    form.save(tmp_path / "bieu-4.xlsx")
    out = tmp_path / "ra.xlsx"
    made = fill_form(book, tmp_path / "bieu-4.xlsx", out, mapped(tmp_path / "bieu-4.toml", MAP_4))
    assert [cell.value for cell in sheet_of(out)[4]] == [1, "Kinh", 4, 3, 75, "I", "Phật giáo", 4, 1, 25]
    assert "form.rule" not in codes(made)


@pytest.mark.parametrize(("rule", "value"), [("4 = (2-3)*100/3", -20), ("4=2/(3+2)*100", 44.44), ("4 = 2−3", -1)])
def test_the_rule_of_a_column_is_worked_out_as_it_is_bracketed(rule, value, book, tmp_path):
    form = openpyxl.Workbook()
    for row in (["Biểu thử"], ["Tiêu chí", "Kỳ này", "Chỉ tiêu", "Tăng"], ["1", "2", "3", rule], ["Kết nạp", None, 5]):
        form.active.append(row)
    form.save(tmp_path / "bieu.xlsx")
    mapping = FormMap.model_validate({"stands": ["Biểu thử"], "columns": {"Tăng": "rule", "Kỳ này": "now"},
                                      "cells": [{"row": "Kết nạp", "value": "summary.total.admitted"}]})  # fmt: skip
    made = fill_form(book, tmp_path / "bieu.xlsx", tmp_path / "ra.xlsx", mapping)
    assert sheet_of(tmp_path / "ra.xlsx")["D4"].value == value
    assert "form.rule" not in codes(made)


@pytest.fixture
def table_4(tmp_path):
    """Two blocks side by side, as ethnic groups are printed."""
    path = tmp_path / "bieu-4.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Biểu số 4-BTCTW"])
    sheet.append(["TT", "Tên dân tộc", "Tổng số", "Tỷ lệ (%)", "TT", "Tên dân tộc", "Tổng số", "Tỷ lệ (%)"])
    sheet.append([1, "Kinh", None, None, 33, "Cống", None, None])
    book.save(path)
    return path


def test_of_two_tables_side_by_side_the_one_of_the_label_is_meant(table_4, book, tmp_path):
    mapping = FormMap.model_validate({"stands": ["Biểu số 4-BTCTW"], "cells": [
        {"row": "Cống", "column": "Tổng số", "value": "book.year"},
        {"row": "Kinh", "column": "Tổng số", "value": "summary.total.admitted"},
        {"cell": "d3", "value": "book.as_of"},
    ]})  # fmt: skip
    out = tmp_path / "ra.xlsx"
    fill_form(book, table_4, out, mapping)
    assert [cell.value for cell in sheet_of(out)[3]][:7] == [1, "Kinh", 4, 46348, 33, "Cống", 2026]


def test_labels_headings_and_names_that_are_not_there_are_told_and_the_rest_goes_on(table_4, book, tmp_path):
    mapping = FormMap.model_validate({"stands": ["Biểu số 4-BTCTW"], "cells": [
        {"row": "Tày", "column": "Tổng số", "value": "book.year"},
        {"row": "Tên dân tộc", "column": "Tổng số", "value": "book.year"},
        {"row": "Kinh", "column": "Nữ", "value": "book.year"},
        {"row": "Kinh", "column": "Tổng số", "value": "summary.total.admited"},
        {"row": "Cống", "column": "Tổng số", "value": "book.year"},
    ]})  # fmt: skip
    out = tmp_path / "ra.xlsx"
    made = fill_form(book, table_4, out, mapping)
    assert codes(made) == ["form.no_label", "form.twice", "form.no_column", "form.no_value", "form.blank"]
    assert asked(made, "form.no_column").detail["cells"] == ["Kinh | Nữ"]
    assert sheet_of(out)["G3"].value == 2026


def test_a_locked_form_is_refused_and_one_with_open_cells_is_not(table_4, book, tmp_path):
    mapping = FormMap.model_validate({"stands": ["Biểu số 4-BTCTW"], "cells": [{"cell": "C3", "value": "book.year"}]})
    form = openpyxl.load_workbook(table_4)
    form.active.protection.sheet = True
    form.save(table_4)
    with pytest.raises(Protected) as refused:
        fill_form(book, table_4, tmp_path / "ra.xlsx", mapping)
    assert refused.value.detail["cell"] == "C3"
    form.active["C3"].protection = Protection(locked=False)
    form.save(table_4)
    fill_form(book, table_4, tmp_path / "ra.xlsx", mapping)
    assert sheet_of(tmp_path / "ra.xlsx")["C3"].value == 2026


def test_a_signed_form_is_refused(form_2, book, tmp_path):
    with zipfile.ZipFile(form_2, "a") as package:
        package.writestr("xl/vbaProjectSignature.bin", b"signed")
    with pytest.raises(Protected) as refused:
        fill_form(book, form_2, tmp_path / "ra.xlsx")
    assert refused.value.code == "form.signed"


@pytest.mark.parametrize(("name", "code"), [("bieu.xls", "form.old_kind"), ("bieu.xlsx", "form.unknown")])
def test_what_is_no_form_we_know_is_refused(name, code, table_4, book, tmp_path):
    form = table_4.rename(tmp_path / name)
    with pytest.raises(NotAWorkbook) as refused:
        fill_form(book, form, tmp_path / f"ra{form.suffix}")
    assert (refused.value.code, refused.value.detail["file"]) == (code, name)


def test_a_note_is_told_of_an_address_in_small_letters_too(form_2, book, tmp_path):
    cell = {"cell": "c1", "value": "book.year", "note": "năm của sổ"}
    mapping = FormMap.model_validate({"stands": ["Biểu số 2-BTCTW"], "cells": [cell]})
    made = fill_form(book, form_2, tmp_path / "ra.xlsx", mapping)
    assert [one.detail["cells"] for one in made.questions if one.code == "form.note"] == ["C1: năm của sổ"]


def test_a_form_with_remarks_in_its_list_of_sheets_is_filled(form_2, book, tmp_path):
    form = tmp_path / "ghi-chu.xlsx"
    with zipfile.ZipFile(form_2) as received, zipfile.ZipFile(form, "w") as written:
        for name in received.namelist():
            content = received.read(name)
            if name == "xl/workbook.xml":
                content = re.sub(rb"<calcPr[^>]*/>", b"", content).replace(b"<sheets>", b"<!-- remark --><sheets>")
            if name == "xl/worksheets/sheet2.xml":
                content = re.sub(rb"<c r=\"B2\"[^>]*>.*?</c>", b'<c r="B2"><f>1+1</f></c>', content)
            written.writestr(name, content)
    fill_form(book, form, tmp_path / "ra.xlsx")
    with zipfile.ZipFile(tmp_path / "ra.xlsx") as made:
        assert b'fullCalcOnLoad="1"' in made.read("xl/workbook.xml")


def test_the_result_keeps_the_kind_of_the_form_and_replaces_nothing(form_2, book, tmp_path):
    with pytest.raises(CannotWrite):
        fill_form(book, form_2, tmp_path / "ra.xlsm")
    before = form_2.read_bytes()
    with pytest.raises(CannotWrite):
        fill_form(book, form_2, form_2)
    assert form_2.read_bytes() == before


@pytest.mark.parametrize("text", ["stands = [", "stands = []", "[[cells]]\ncell = 'B2'", "stands=['x']\nother = 1",
                                  "stands=['x']\n[[cells]]\nrow='a'\ncell='B2'"])  # fmt: skip
def test_a_mapping_with_a_fault_is_refused_with_its_name(text, tmp_path):
    path = tmp_path / "ban-do.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(NotAWorkbook) as refused:
        read_map(path)
    assert refused.value.detail["file"] == "ban-do.toml"


DATABASE = [
    "STT", "ID", "Họ và tên *", "Tên gọi khác", "Giới tính *", "Sinh ngày * (dd/mm/yyyy)", "Dân tộc *", "Tôn giáo *",
    "Số định danh cá nhân *", "Số thẻ Đảng* (12 số theo HD38-HD/BTCTW)", "Nơi cấp thẻ Đảng",
    "Ngày cấp thẻ Đảng (dd/mm/yyyy)", "Số thẻ theo Đảng quyết định 85", "Tổ chức Đảng đang sinh hoạt * (không sửa)",
    "Nơi đăng ký khai sinh", "", "", "Quê quán (theo mô hình 2 cấp)", "", "", "Thường trú (theo mô hình 2 cấp)", "", "",
    "Ngày vào Đảng*", "Ngày vào Đảng chính thức*", "Số CMND cũ (nếu có)", "Trạng thái hoạt động",
]  # fmt: skip
PLACE = ["Quốc gia", "Tỉnh", "Địa chỉ chi tiết"]


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "nhap-lieu.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(DATABASE)
    sheet.append([""] * 14 + [f"{name} *" for name in PLACE] + PLACE * 2)
    for column in range(1, 28):
        sheet.cell(3, column).number_format = "@"
    for area in ("O1:Q1", "R1:T1", "U1:W1"):
        sheet.merge_cells(area)
    book.save(path)
    return path


@pytest.fixture
def admitted(quota_book, tmp_path):
    people = quota_book.people.assign(
        native_place="xã Thử, tỉnh Mẫu",
        residence="thôn Thử",
        sex="Nữ",
        ceremony_on=quota_book.people["admitted_on"],
        recognized_on=pd.to_datetime(["2026-05-04", *[None] * 11]),
    )
    path = tmp_path / "so.xlsx"
    write_book(replace(quota_book, people=people), path)
    return read_quota_book(path)


def test_the_newly_admitted_and_recognised_become_rows_with_ids_as_text(database, admitted, quota_book, tmp_path):
    out = tmp_path / "ra.xlsx"
    fill_form(admitted, database, out)
    rows = [[cell.value for cell in row] for row in sheet_of(out).iter_rows(min_row=3)]
    people = quota_book.people
    wanted = {*people.loc[people["admitted_in"] == 2026, "full_name"], people["full_name"].iloc[0]}
    assert {row[2] for row in rows} == wanted
    assert [row[0] for row in rows] == list(range(1, len(wanted) + 1))
    ids = dict(zip(people["full_name"], people["citizen_id"], strict=True))
    assert [row[8] for row in rows] == [ids[row[2]] for row in rows]
    assert {row[23] for row in rows} <= {"26/03/2026", None}
    assert {(row[17], row[18], row[19]) for row in rows} == {(None, None, "xã Thử, tỉnh Mẫu")}
    assert {row[22] for row in rows} == {None}


def test_new_rows_look_like_the_first(database, admitted, tmp_path):
    out = tmp_path / "ra.xlsx"
    fill_form(admitted, database, out)
    assert {sheet_of(out).cell(row, 9).number_format for row in (3, 4, 5)} == {"@"}


def test_a_day_is_a_day_where_the_form_shows_days(database, admitted, tmp_path):
    form = openpyxl.load_workbook(database)
    form.active["X3"].number_format = "dd/mm/yyyy"
    form.save(database)
    out = tmp_path / "ra.xlsx"
    fill_form(admitted, database, out)
    days = [sheet_of(out).cell(row, 24) for row in (3, 4, 5, 6)]
    assert any(cell.is_date and cell.value for cell in days)


def test_for_each_person_what_is_missing_is_told_and_what_the_book_has_instead(database, admitted, tmp_path):
    made = fill_form(admitted, database, tmp_path / "ra.xlsx")
    assert len(made.lacking) == 5
    for one in made.lacking:
        assert "Nơi đăng ký khai sinh – Tỉnh" in one.headings
        assert "sổ chỉ có nơi ở hiện nay: thôn Thử" in one.hints
    recognised = [one for one in made.lacking if "Ngày vào Đảng chính thức" in one.headings]
    assert len(recognised) == 1
    assert any("04/05/2026" in hint for hint in recognised[0].hints)


def test_the_list_of_what_is_missing_is_a_sheet_that_no_inbox_takes_for_a_register(database, admitted, tmp_path):
    from workbook.incoming.read import read

    made = fill_form(admitted, database, tmp_path / "ra.xlsx")
    out = tmp_path / "con-thieu.xlsx"
    write_lacking(made, admitted, out)
    sheet = openpyxl.load_workbook(out)["Còn thiếu"]
    assert sheet.max_row == 1 + len(made.lacking)
    assert not read(out).grids


def test_persons_already_in_the_form_stay_and_the_new_ones_follow(database, admitted, tmp_path):
    form = openpyxl.load_workbook(database)
    form.active["C3"] = "Người Đã Có"
    form.save(database)
    out = tmp_path / "ra.xlsx"
    fill_form(admitted, database, out)
    assert sheet_of(out)["C3"].value == "Người Đã Có"
    assert sheet_of(out)["C4"].value not in (None, "Người Đã Có")


def test_a_form_with_too_few_lines_is_refused_and_nothing_is_pushed_down(database, admitted, tmp_path):
    form = openpyxl.load_workbook(database)
    form.active["C5"] = "NGƯỜI LẬP BIỂU"
    form.save(database)
    with pytest.raises(CannotWrite) as refused:
        fill_form(admitted, database, tmp_path / "ra.xlsx")
    assert (refused.value.code, refused.value.detail["count"]) == ("form.full", 2)


def test_a_form_whose_parts_would_fill_the_memory_is_refused(form_2, book, tmp_path, monkeypatch):
    with zipfile.ZipFile(form_2) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<sheets>", b"<a/>" * 5_000_000 + b"<sheets>")
    with zipfile.ZipFile(form_2, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    monkeypatch.setattr(guard, "LIMITS", guard.Limits(memory=300 << 20))
    with pytest.raises(TooLarge) as refused:
        fill_form(book, form_2, tmp_path / "ra.xlsx")
    assert refused.value.detail["file"] == form_2.name
    assert not (tmp_path / "ra.xlsx").exists()
