"""Tables of printed reports, in Word and in a workbook: percentages, totals, the arithmetic of the number row."""

from pathlib import Path

import docx
import openpyxl
import pytest

from workbook.errors import Damaged, NotAWorkbook
from workbook.printed.check import findings
from workbook.printed.paper import read_paper

QUOTAS = [
    ["TỔNG HỢP KẾT NẠP ĐẢNG VIÊN NĂM 2026"],
    ["STT", "Chi bộ", "Chỉ tiêu", "Đã kết nạp", "Tỷ lệ (%)"],
    [1, "Chi bộ A", 8, 9, "113"],
    [2, "Chi bộ B", 160, 121, "75,63"],
    [3, "Chi bộ C", "", 2, "—"],
    ["", "Tổng số", 168, 132, "78,57"],
]
FORM = [
    ["Tiêu chí", "Thực hiện", "", "(%) kỳ này so với cùng kỳ"],
    ["", "Kỳ này", "Cùng kỳ năm trước", ""],
    ["1", "2", "3", "4(=2*100/3)"],
    ["Tổng số đảng viên mới kết nạp", "9", "8", "112,5"],
    ["Nữ", "4", "8", "50,00"],
    ["Dân tộc thiểu số", "2", "0", ""],
]
SUMS = [
    ["Đơn vị", "Tổng số", "Nam", "Nữ"],
    ["1", "2 (=3+4)", "3", "4"],
    ["Chi bộ A", 7, 3, 4],
    ["Chi bộ B", 5, 5, ""],
]


def in_excel(folder: Path, rows: list[list[object]]) -> Path:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append([value if value != "" else None for value in row])
    workbook.save(folder / "bao-cao.xlsx")
    return folder / "bao-cao.xlsx"


def in_word(folder: Path, rows: list[list[object]]) -> Path:
    document = docx.Document()
    table = document.add_table(rows=0, cols=max(map(len, rows)))
    for row in rows:
        cells = table.add_row().cells
        for cell, value in zip(cells, row, strict=False):
            cell.text = str(value)
    document.save(folder / "bao-cao.docx")
    return folder / "bao-cao.docx"


@pytest.fixture(params=[in_excel, in_word])
def found(request, tmp_path):
    """`found(rows)`: (code, cell) of what is wrong with a table, in a workbook and in a Word document."""
    return lambda rows: [(one["code"], one["cell"]) for one in findings(read_paper(request.param(tmp_path, rows)), "x")]


def changed(rows: list[list[object]], row: int, column: int, value: object) -> list[list[object]]:
    made = [list(line) for line in rows]
    made[row][column] = value
    return made


@pytest.mark.parametrize("rows", [QUOTAS, FORM, SUMS])
def test_a_right_table_is_left_alone(found, rows):
    assert found(rows) == []


def test_a_wrong_percentage_is_named_at_its_cell(found):
    assert found(changed(QUOTAS, 3, 4, "76,53")) == [("printed.wrong", "E4")]


def test_a_total_that_is_the_mean_of_percentages_is_named_as_such(found):
    assert found(changed(QUOTAS, 5, 4, "94,3")) == [("printed.mean", "E6")]


def test_a_cut_percentage_is_a_note(found):
    assert found(changed(QUOTAS, 3, 4, "75,62")) == [("printed.cut", "E4")]


@pytest.mark.parametrize("shown", ["(1)", "1"])
def test_a_row_of_numbers_below_the_headings_is_no_line(found, shown):
    numbers = [shown.replace("1", str(number)) for number in range(1, 6)]
    assert found([*QUOTAS[:2], numbers, *QUOTAS[2:]]) == []


def test_a_column_that_does_not_follow_its_number_row_is_named(found):
    assert found(changed(FORM, 4, 3, "49,5")) == [("printed.formula", "D5")]
    assert found(changed(SUMS, 2, 1, 8)) == [("printed.formula", "B3")]


@pytest.mark.parametrize(
    ("formula", "value"), [("4 = 2:3", "112,5"), ("4(=2/3*100)", "112,5"), ("4 (= 2 - 3)", "1"), ("4=2+3", "17")]
)
def test_number_rows_are_written_in_many_ways(found, formula, value):
    assert found(changed(changed(FORM[:4], 2, 3, formula), 3, 3, value)) == []
    assert found(changed(changed(FORM[:4], 2, 3, formula), 3, 3, "3")) == [("printed.formula", "D4")]


def test_a_long_sum_is_understood(found):
    rows = [["Đơn vị", *"abcdef"], ["1", "2 (=3+…+7)", "3", "4", "5", "6", "7"], ["A", 15, 1, 2, 3, 4, 5]]
    assert found(rows) == []
    assert found(changed(rows, 2, 1, 14)) == [("printed.formula", "B3")]


def test_a_number_too_long_to_be_a_count_is_judged_nowhere_and_the_other_lines_are(found):
    long = "9" * 30
    assert found([*QUOTAS[:2], [1, "Chi bộ A", 8, long, "113"], [2, "Chi bộ B", 8, 9, "50"]]) == [
        ("printed.wrong", "E4")
    ]
    cubes = [["Đơn vị", "a", "b"], ["1", "2", "3 = 2*2*2*2*100/2"], ["Chi bộ A", "999999999999", "5"]]
    assert found(cubes) == []


@pytest.mark.parametrize("shown", ["General", "0%"])
def test_a_share_of_endless_digits_is_wrong_and_stops_nothing(tmp_path, shown):
    path = in_excel(tmp_path, [*QUOTAS[:2], [1, "Chi bộ A", 8, 9, 1e300]])
    book = openpyxl.load_workbook(path)
    book.active["E3"].number_format = shown
    book.save(path)
    assert [one["code"] for one in findings(read_paper(path), "x")] == ["printed.wrong"]


def test_a_sum_is_not_judged_where_a_part_of_it_is_no_count(found):
    rows = [*SUMS[:2], ["Chi bộ A", 15.5, 12.5, 3], ["Chi bộ B", 5, "ba", 2]]
    assert found(rows) == []


@pytest.mark.parametrize(
    ("heading", "base", "share"),
    [("Tỷ lệ so với đảng viên đầu năm (%)", "Đảng viên đầu năm", "10"), ("So cùng kỳ (%)", "Kết quả cùng kỳ", "10")],
)
def test_four_kinds_of_percentages_have_each_their_own_denominator(found, heading, base, share):
    rows = [["Đơn vị", "Chỉ tiêu", "Kết nạp", "Tỷ lệ (%)", base, heading], ["A", 5, 4, "80", 40, share]]
    assert found(rows) == []
    assert found(changed(rows, 1, 5, "80")) == [("printed.denominator", "F2")]


def test_the_shares_of_a_composition_are_of_its_total(found):
    rows = [["Tiêu chí", "Số lượng", "Tỷ lệ (%)"], ["Tổng số", 29, "100"], ["Nữ", 16, "55,17"], ["Nam", 13, "44,83"]]
    assert found(rows) == []
    assert found(changed(rows, 2, 2, "57,17")) == [("printed.wrong", "C3")]


@pytest.mark.parametrize("value", [0.7562500001, 75.63, 75.625, "75,63%"])
def test_a_number_of_a_cell_may_be_a_fraction_or_a_percentage(tmp_path, value):
    assert findings(read_paper(in_excel(tmp_path, changed(QUOTAS, 3, 4, value))), "x") == []


@pytest.mark.parametrize(
    ("value", "shown", "code"),
    [(0.4285, "0.00%", "printed.cut"), (3 / 7, "0.00%", None), (3 / 7, "0%", None), (0.7, "0%", "printed.wrong")],
)
def test_a_cell_in_percent_is_judged_by_what_it_shows(tmp_path, value, shown, code):
    path = in_excel(tmp_path, [["Đơn vị", "Chỉ tiêu", "Kết nạp", "Tỷ lệ (%)"], ["A", 7, 3, value]])
    workbook = openpyxl.load_workbook(path)
    workbook.active["D2"].number_format = shown
    workbook.save(path)
    found = findings(read_paper(path), "x")
    assert [one["code"] for one in found] == ([code] if code else [])
    quoted = {"printed.cut": "42,85%", "printed.wrong": "70%"}
    assert all(quoted[one["code"]] in one["message"] for one in found)


def test_merged_headings_are_read_in_all_their_columns(tmp_path):
    path = in_excel(
        tmp_path, [["Đơn vị", "Năm 2026", "", ""], ["", "Chỉ tiêu", "Kết nạp", "Tỷ lệ"], ["A", 4, 2, "60%"]]
    )
    workbook = openpyxl.load_workbook(path)
    workbook.active.merge_cells("B1:D1")
    workbook.active.merge_cells("A1:A2")
    workbook.save(path)
    assert [one["cell"] for one in findings(read_paper(path), "x")] == ["D3"]


def test_sentences_in_cells_are_judged_too(tmp_path):
    path = in_excel(tmp_path, [["Kết nạp 48/204 đảng viên, đạt 24,5%."]])
    assert [(one["code"], one["cell"]) for one in findings(read_paper(path), "x")] == [("printed.wrong", "A1")]


def test_what_cannot_be_read_says_so(tmp_path):
    (tmp_path / "hong.docx").write_bytes(b"PK\x03\x04 x")
    with pytest.raises(Damaged):
        read_paper(tmp_path / "hong.docx")
    (tmp_path / "la.txt").write_bytes(b"\xff\xfe\x00x\xd8")
    with pytest.raises(NotAWorkbook):
        read_paper(tmp_path / "la.txt")
