"""A form as a province sends it: labels worded its own way, formulas and numbers already there."""

import openpyxl
import pytest

from workbook.incoming.quota_book import read_quota_book
from workbook.outgoing.form.fill import fill_form
from workbook.outgoing.form.wording import label_key, loose_key

LABELS = (
    "I. Tổng số đảng viên mới kết nạp", "Trong đó: - Phụ nữ", "- Dân tộc thiểu số", "- Người theo tôn giáo",
    "- Kết nạp lại", "2. Tuổi đời", "- Từ 18 - 30 tuổi", "+ Từ 31 – 35 tuổi", "• Trên 60 tuổi", "- Thạc sĩ",
    "III. Số chi bộ", "- Có kết nạp",
)  # fmt: skip
SHARE = '=IF(C{0}>0,B{0}*100/C{0},"")'


@pytest.fixture
def book(quota_book_file, tmp_path):
    (tmp_path / "so.xlsx").write_bytes(quota_book_file)
    return read_quota_book(tmp_path / "so.xlsx")


@pytest.fixture
def filled(book, tmp_path):
    """`filled({cell: content})`: the province's form, changed so, filled; what was told and the new sheet."""

    def fill(changes=None, share=SHARE, book=book):
        form = openpyxl.Workbook()
        sheet = form.active
        for row in (["Biểu số 2-BTCTW"], ["THỐNG KÊ ĐẢNG VIÊN MỚI KẾT NẠP"],
                    ["Tiêu chí", "Kỳ này", "Cùng kỳ năm trước", "(%) kỳ này so với cùng kỳ năm trước"],
                    [1, 2, 3, "4(=2*100/3)"]):  # fmt: skip
            sheet.append(row)
        for row, label in enumerate(LABELS, 5):
            sheet.append([label, None, None, share.format(row)])
        sheet.append([])
        sheet.append(["NGƯỜI LẬP BIỂU", None, None, "TRƯỞNG BAN"])
        for cell, content in (changes or {}).items():
            sheet[cell] = content
        form.save(tmp_path / "bieu.xlsx")
        made = fill_form(book, tmp_path / "bieu.xlsx", tmp_path / "ra.xlsx")
        return made, openpyxl.load_workbook(tmp_path / "ra.xlsx").active

    return fill


def told(made, code):
    return [question for question in made.questions if question.code == code]


@pytest.mark.parametrize(
    ("one", "other"),
    [("- Từ 18 - 30 tuổi", "Từ 18 đến 30 tuổi"), ("+ Từ 31–35 tuổi", "Từ 31 đến 35"), ("Trong đó: - Phụ nữ", "Phụ nữ"),
     ("• Thạc sỹ", "Thạc sĩ"), ("2.1. Sinh viên", "Sinh viên")],
)  # fmt: skip
def test_labels_worded_a_little_otherwise_are_the_same(one, other):
    assert loose_key(one) == loose_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Từ 18 đến 30 tuổi", "Từ 31 đến 35 tuổi"), ("Từ trần", "Trần"), ("Trên 60 tuổi", "Từ 61 tuổi trở lên"),
     ("Tày", "Tài"), ("Từ 51 tuổi trở lên", "Từ 61 tuổi trở lên")],
)  # fmt: skip
def test_labels_that_mean_other_people_stay_apart(one, other):
    assert loose_key(one) != loose_key(other)
    assert label_key(one) != label_key(other)


def test_a_provinces_own_wording_is_understood(filled, known):
    made, sheet = filled(book=known)
    said = {sheet.cell(row, 1).value: sheet.cell(row, 2).value for row in range(5, 17)}
    counted = {row.label: row.total for row in known.tables["composition"].frame.itertuples()}
    assert said["Trong đó: - Phụ nữ"] == counted["Nữ"] == 2
    assert said["- Người theo tôn giáo"] == counted["Người theo tôn giáo"]
    assert said["- Từ 18 - 30 tuổi"] == counted["Từ 18 đến 30 tuổi"]
    assert said["+ Từ 31 – 35 tuổi"] == counted["Từ 31 đến 35 tuổi"]
    assert said["• Trên 60 tuổi"] == counted["Từ 61 tuổi trở lên"]
    assert said["- Thạc sĩ"] == counted["Thạc sĩ"]
    assert "+ Từ 31 – 35 tuổi" not in str(made.questions)


def test_lines_at_the_top_and_at_the_bottom_of_the_table_that_nobody_fills_are_told(filled):
    made, _ = filled({"A5": "0. Tổng số trong tỉnh"})
    [question] = told(made, "form.unmapped")
    assert question.detail["cells"] == [
        "0. Tổng số trong tỉnh (5)", "2. Tuổi đời (10)", "III. Số chi bộ (15)", "- Có kết nạp (16)",
    ]  # fmt: skip


def test_formulas_that_follow_the_row_of_numbers_are_kept_and_said_in_one_line(filled):
    made, sheet = filled()
    [kept] = told(made, "form.formula")
    assert (kept.detail["count"], kept.detail["cells"]) == (9, "D5:D9, D11:D14")
    assert sheet["D5"].value == SHARE.format(5)
    assert not told(made, "form.rule_formula")
    assert not told(made, "form.formula_unread")


@pytest.mark.parametrize("formula", ["=C5*100/B5", "=B5*100/C6", "=B5/C5", "=SUM(B5:C5)", '=IFERROR(C5/B5*100,"")'])
def test_a_formula_that_says_something_else_than_the_row_of_numbers_is_told(formula, filled):
    made, _ = filled({"D5": formula})
    [wrong] = told(made, "form.rule_formula")
    assert (wrong.detail["count"], wrong.detail["cells"]) == (1, f"D5 {formula}")


@pytest.mark.parametrize(
    "formula", ["=B5/C5*100", "=ROUND(100*$B5/$C$5,2)", '=IF(C5=0,"",B5/C5/1%)', "=IFERROR(B5*100/C5,0)"]
)
def test_a_formula_that_says_the_same_in_other_words_is_not_told(formula, filled):
    made, _ = filled({"D5": formula})
    assert not told(made, "form.rule_formula")
    assert not told(made, "form.formula_unread")


def test_a_formula_that_is_not_understood_is_said_to_be_so(filled):
    made, _ = filled({"D5": "=VLOOKUP(B5,B5:C9,2)"})
    [unread] = told(made, "form.formula_unread")
    assert unread.detail["cells"] == "D5 =VLOOKUP(B5,B5:C9,2)"


def test_a_share_shown_in_per_cent_needs_no_hundred(filled, tmp_path, book):
    made, _ = filled({"D5": "=B5/C5"})
    form = openpyxl.load_workbook(tmp_path / "bieu.xlsx")
    form.active["D5"].number_format = "0.00%"
    form.save(tmp_path / "khac.xlsx")
    assert told(made, "form.rule_formula")
    assert not told(fill_form(book, tmp_path / "khac.xlsx", tmp_path / "khac-ra.xlsx"), "form.rule_formula")


def test_a_formula_shared_by_a_column_is_held_against_the_rule_line_by_line(filled, tmp_path, book, soffice):
    """Other applications write a formula down once and let the cells below share it."""
    filled(share="=C{0}*100/B{0}")
    form = soffice(tmp_path / "bieu.xlsx", "xlsx")
    [wrong] = told(fill_form(book, form, tmp_path / "chung.xlsx"), "form.rule_formula")
    assert wrong.detail["count"] == len(LABELS)


def test_the_number_that_stays_is_held_against_the_rule_and_not_the_one_that_would_have_come(filled):
    made, sheet = filled({"B5": 12, "C5": 7, "D5": 99, "D6": None, "C6": 4, "B6": None})
    [broken] = told(made, "form.rule")
    assert (broken.cell, broken.detail["value"], round(broken.detail["expected"], 2)) == ("D5", 99, 171.43)
    assert sheet["D5"].value == 99


def test_a_rule_counts_with_the_number_that_stays(filled):
    made, sheet = filled({"B5": 12, "C5": 8, "D5": None})
    assert (sheet["B5"].value, sheet["D5"].value) == (12, 150)
    [written] = told(made, "form.written")
    assert written.detail["cells"] == "B5 (12)"


def test_a_rule_counts_with_what_a_formula_of_the_form_comes_to(filled):
    _, sheet = filled({"B5": "=SUM(B6:B7)", "B6": 5, "B7": 1, "C5": 8, "D5": None})
    assert sheet["D5"].value == 75


def test_a_rule_over_a_number_that_no_form_has_is_left_alone(filled):
    _, sheet = filled({"B5": 1e30, "C5": 1, "D5": None, "B6": 1e30, "C6": 1, "D6": 7})
    assert (sheet["D5"].value, sheet["D6"].value) == (None, 7)


def test_a_formula_that_leads_back_to_itself_stops_nothing(filled):
    _, sheet = filled({"B5": "=B6", "B6": "=B5", "C5": 8, "D5": None})
    assert sheet["D5"].value is None


def test_a_number_that_may_mean_something_else_in_the_form_is_pointed_out(filled):
    made, _ = filled({"A9": "- Đoàn viên"})
    [noted] = told(made, "form.note")
    assert "ngày vào Đoàn" in noted.detail["cells"]
