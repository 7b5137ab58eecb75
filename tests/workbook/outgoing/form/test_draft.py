"""A mapping drafted from a form that nobody has mapped: it fits that form at once and invents nothing."""

import openpyxl
import pytest

from workbook.errors import CannotWrite, NotAWorkbook
from workbook.incoming.quota_book import read_quota_book
from workbook.messages import sentence
from workbook.outgoing.form.draft import draft, write_map
from workbook.outgoing.form.fill import fill_form
from workbook.outgoing.form.mapping import Column, read_map

PLACES = {"form.unknown", "form.several", "form.no_label", "form.twice", "form.no_column", "form.column_twice",
          "form.no_value", "form.no_rule", "form.unmapped"}  # fmt: skip


@pytest.fixture
def book(quota_book_file, tmp_path):
    (tmp_path / "so.xlsx").write_bytes(quota_book_file)
    return read_quota_book(tmp_path / "so.xlsx")


@pytest.fixture
def form(tmp_path):
    """`form(*rows)`: a form with those lines."""

    def make(*rows, merges=(), name="bieu.xlsx"):
        made = openpyxl.Workbook()
        for row in rows:
            made.active.append(row)
        for area in merges:
            made.active.merge_cells(area)
        made.save(tmp_path / name)
        return tmp_path / name

    return make


@pytest.fixture
def commune(form):
    """Unlike any form we know, but for a few of its lines; one label stands three times."""
    return form(
        ["ĐẢNG ỦY XÃ ………"], ["Báo cáo kết quả phát triển đảng viên hằng quý"],
        ["Tháng 10 năm 2026, số liệu đến 31/10"], [],
        ["Nội dung", "Thực hiện", None, "Tỷ lệ (%)"], [None, "Quý này", "Cùng quý năm trước", None],
        ["A", 1, 2, "3=1/2*100"], ["Tổng số đảng viên mới kết nạp"], ["Trong đó: Nữ"], ["Độ tuổi"], ["18 - 30"],
        ["Đảng bộ"], ["Có kết nạp"], ["Chi bộ"], ["Có kết nạp"], ["Khác"], ["Có kết nạp"], [],
        ["NGƯỜI LẬP", None, "BÍ THƯ"], merges=("B5:C5", "A5:A6", "D5:D6"),
    )  # fmt: skip


def test_a_draft_has_every_label_and_heading_of_the_form_and_fits_it_at_once(commune, known, tmp_path):
    made = write_map(commune, tmp_path / "ban-do.toml", 2026)
    mapping = read_map(tmp_path / "ban-do.toml")
    assert mapping.stands == ("Báo cáo kết quả phát triển đảng viên hằng quý",)
    assert mapping.columns == {"Quý này": Column.NOW, "Cùng quý năm trước": Column.BEFORE, "Tỷ lệ (%)": Column.RULE}
    assert [one.row for one in mapping.cells][:3] == ["Tổng số đảng viên mới kết nạp", "Trong đó: Nữ", "Độ tuổi"]
    assert [one.under for one in mapping.cells if one.row == "Có kết nạp"] == ["Đảng bộ", "Chi bộ", "Khác"]
    assert (made.lines, made.known) == (10, 3)
    filled = fill_form(known, commune, tmp_path / "ra.xlsx", mapping)
    assert not {question.code for question in filled.questions} & PLACES
    sheet = openpyxl.load_workbook(tmp_path / "ra.xlsx").active
    counted = {row.label: row.total for row in known.tables["composition"].frame.itertuples()}
    assert [sheet.cell(row, 2).value for row in (8, 9, 11)] == [4, counted["Nữ"], counted["Từ 18 đến 30 tuổi"]]


def test_a_line_that_no_mapping_of_ours_knows_has_no_value(commune, tmp_path):
    write_map(commune, tmp_path / "ban-do.toml", 2026)
    values = {one.row: one.value for one in read_map(tmp_path / "ban-do.toml").cells}
    assert [values[row] for row in ("Độ tuổi", "Đảng bộ", "Có kết nạp")] == ["", "", ""]


def test_a_line_left_without_a_value_is_said_to_lack_one_in_the_mapping_and_not_in_the_book(commune, book, tmp_path):
    write_map(commune, tmp_path / "ban-do.toml", 2026)
    made = fill_form(book, commune, tmp_path / "ra.xlsx", read_map(tmp_path / "ban-do.toml"))
    (one,) = [question for question in made.questions if question.code == "form.unvalued"]
    assert "Độ tuổi (B10)" in one.detail["cells"]
    assert "form.blank" not in {question.code for question in made.questions}
    said = sentence(one.code, one.detail)
    assert "bản đồ chưa ghi" in said.message
    assert "cuối tệp" in said.fix


def test_of_several_columns_only_the_first_is_taken_for_the_number_of_the_line(form, tmp_path):
    path = form(
        ["Biểu kết quả kết nạp"], ["Tiêu chí", "Tổng số", "Trong đó: nữ", "Ghi chú"], ["Sinh viên"], ["Học sinh"]
    )
    write_map(path, tmp_path / "ban-do.toml", 2026)
    assert read_map(tmp_path / "ban-do.toml").columns == {"Tổng số": Column.NOW}
    assert '# "Trong đó: nữ" = "now"' in (tmp_path / "ban-do.toml").read_text("utf-8")


def test_every_name_that_a_draft_offers_is_in_a_book(commune, book):
    from workbook.outgoing.form.values import values_of

    lines = draft(commune, 2026).text.splitlines()
    offered = {line.split(":")[0].removeprefix("#   ") for line in lines if line.startswith("#   ")}
    assert len(offered) > 40
    unknown = {name for name in offered - values_of(book).keys() if not name.endswith(".term_quota.total")}
    assert not unknown


def test_a_form_of_persons_gets_our_mapping_with_the_headings_it_has(form, tmp_path, book):
    heads = ["STT", "Họ và tên *", "Giới tính *", "Sinh ngày * (dd/mm/yyyy)", "Dân tộc *", "Số định danh cá nhân *",
             "Tôn giáo *",
             "Số thẻ Đảng*", "Tổ chức Đảng đang sinh hoạt *", "Ngày vào Đảng*", "Ngày vào Đảng chính thức*", "ID",
             "Tên gọi khác", "Trạng thái hoạt động"]  # fmt: skip
    path = form(heads)
    made = write_map(path, tmp_path / "ban-do.toml", 2026)
    [rows] = read_map(tmp_path / "ban-do.toml").rows
    assert set(rows.columns) == set(heads)
    assert made.nearest
    assert len(fill_form(book, path, tmp_path / "ra.xlsx", read_map(tmp_path / "ban-do.toml")).entries) > 4


def test_quotation_marks_and_line_breaks_in_labels_do_not_break_a_draft(form, tmp_path):
    path = form(['Biểu "thử" kết nạp \\ quý'], ["Nội\ndung", "Số"], ['Đảng viên\n"mới"'], ["Khác \\ lạ"])
    write_map(path, tmp_path / "ban-do.toml", 2026)
    assert [one.row for one in read_map(tmp_path / "ban-do.toml").cells] == ['Đảng viên "mới"', "Khác \\ lạ"]


def test_what_has_no_table_gets_no_draft_and_nothing_is_written_over(form, commune, tmp_path):
    with pytest.raises(NotAWorkbook) as refused:
        draft(form(["Kính gửi"], name="thu.xlsx"), 2026)
    assert (refused.value.code, refused.value.detail["file"]) == ("form.no_table", "thu.xlsx")
    (tmp_path / "ban-do.toml").write_text("cũ", "utf-8")
    with pytest.raises(CannotWrite):
        write_map(commune, tmp_path / "ban-do.toml", 2026)


def test_a_label_with_a_sign_that_toml_forbids_can_be_read_again(form, tmp_path):
    write_map(form(["Báo cáo kết quả phát triển"], ["Nội dung", "Quý này"], ["Nữ\x7f"]), tmp_path / "m.toml", 2026)
    assert [one.row for one in read_map(tmp_path / "m.toml").cells] == ["Nữ\x7f"]


def test_a_file_that_no_application_saves_as_a_sheet_is_told_apart(tmp_path):
    (tmp_path / "bieu.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(NotAWorkbook) as refused:
        draft(tmp_path / "bieu.pdf", 2026)
    assert refused.value.code == "form.no_sheets"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("stands = [\nname = 3", "dòng 2: không đúng cách viết TOML"),
        ('stands = ["x', "cuối tệp"),
        ("stands = []", "stands: để trống"),
        ("name = 'x'", "stands: thiếu mục này"),
        ("stands = ['x']\nother = 1", "other: không có mục tên này"),
        ("stands = ['x']\n[columns]\n'Số' = 'nay'", "columns Số: chỉ nhận: 'now', 'before', 'rule'"),
        ("stands = ['x']\n[[cells]]\ncell = 'B2'\n[[cells]]\nrow = 'a'\ncell = 'B2'", "cells 2: mỗi [[cells]] phải có"),
        ("stands = 3", "stands: giá trị không đúng kiểu"),
    ],
)
def test_a_fault_of_a_mapping_is_told_in_vietnamese_with_its_place(text, told, tmp_path):
    (tmp_path / "ban-do.toml").write_text(text, "utf-8")
    with pytest.raises(NotAWorkbook) as refused:
        read_map(tmp_path / "ban-do.toml")
    assert told in str(refused.value.detail["value"])
    assert not {"input", "Expected", "should", "Invalid", "Unclosed"} & set(str(refused.value.detail["value"]).split())
