"""The sheet of doubles, read back from a real file: what it shows, and the list to answer from."""

from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook

from workbook.matching.rulings import answered
from workbook.outgoing.links import locate_in
from workbook.outgoing.page import Paper
from workbook.outgoing.sheets import doubles
from workbook.outgoing.styles import WORKBOOK_OPTIONS, Styles

CONTRACT = "Nhóm · Loại · Họ và tên · Ngày sinh · Chi bộ · Tệp · Ô · Quyết định"
ONE, TWO = "Chi bộ thôn Mây 1", "Chi bộ Trường A, B và C"

LINES = pd.DataFrame(
    {
        "group": [1, 1, 2, 2],
        "kind": ["asked", "asked", "moved", "moved"],
        "name": ["=Lê Thị Thử", "Lê Thị Thử", "Vũ Văn Giả", "Vũ Văn Giả"],
        "birth_on": [pd.Timestamp(1999, 9, 5), "9/1999", pd.Timestamp(2001, 1, 1), pd.Timestamp(2001, 1, 1)],
        "branch": [ONE, TWO, TWO, ONE],
        "file": ["may.xlsx", "truong.xlsx", "truong.xlsx", "may.xlsx"],
        "sheet": "Sổ theo dõi",
        "cell": ["B5", "B6", "B7", "B8"],
        "decision": ["", "", "Là một người", ""],
        "code": ["BCDFGH-JKLMNP", "BCDFGH-JKLMNP", "QRSTVW-XZBCDF", "QRSTVW-XZBCDF"],
        "reasons": ["cùng họ tên", "", "cùng số định danh", ""],
        "counts": "Tính",
        "admission": ["", "", "Kết nạp năm 2026: tính một lần, cho Chi bộ thôn Mây 1", ""],
        "status": [None, "Đi làm xa", "moved_in", "moved_out"],
        "stage": ["sympathizer", "certified", "probationary", "probationary"],
        "remark": "",
    }
)


@pytest.fixture
def sheet(quota_book, tmp_path):
    """`sheet(lines)` writes the sheet alone and opens it again."""

    def write(lines: pd.DataFrame) -> Worksheet:
        (tmp_path / "may.xlsx").write_bytes(b"")
        out = tmp_path / "so.xlsx"
        with Workbook(str(out), WORKBOOK_OPTIONS) as made:
            doubles.write(Paper(made, Styles(made), locate_in(tmp_path, out)), replace(quota_book, doubles=lines))
        return openpyxl.load_workbook(out)["Trùng"]

    return write


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    headings, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, line, strict=True)) for line in lines]


def test_the_headings_of_the_contract_come_first(sheet):
    wanted = CONTRACT.split(" · ")
    assert list(rows(sheet(LINES))[0])[: len(wanted)] == wanted


def test_paper_holds_what_is_asked_and_made_of_it_and_no_more(sheet):
    made = sheet(LINES)
    last = made.print_area.replace("$", "").rpartition(":")[2]
    assert (made[last].row, made.cell(1, made[last].column).value) == (len(LINES) + 1, "Ghi chú")


def test_it_speaks_the_words_of_clerks(sheet):
    lines = rows(sheet(LINES))
    assert [line["Loại"] for line in lines] == ["Cần xem"] * 2 + ["Chuyển đi – chuyển đến"] * 2
    assert [line["Tình trạng"] for line in lines] == [None, "Đi làm xa", "Chuyển đến", "Chuyển đi"]
    assert [line["Giai đoạn"] for line in lines] == ["Nguồn", "Đã có giấy chứng nhận", "Dự bị", "Dự bị"]
    assert [line["Ngày sinh"] for line in lines][:2] == [pd.Timestamp(1999, 9, 5), "9/1999"]


def test_every_line_can_be_answered_from_a_list_and_every_answer_is_understood(sheet):
    made = sheet(LINES)
    offered = {str(rule.sqref): rule.formula1.strip('"').split(",") for rule in made.data_validations.dataValidation}
    here = f"Là một người; tính ở {ONE}"
    assert offered["H2"] == ["Là một người", here, "Là hai người khác nhau"]
    assert {len(answers) for answers in offered.values()} == {3, 2}  # no list can hold a name with commas
    assert all(answered([("BCDFGH-JKLMNP", answer)]) for answers in offered.values() for answer in answers)


def test_a_line_that_says_moved_away_offers_no_answer_that_counts_it(sheet):
    lines = LINES.assign(branch=ONE)
    offered = [rule.formula1 for rule in sheet(lines).data_validations.dataValidation]
    plain, chosen = "Là một người,Là hai người khác nhau", f"tính ở {ONE}"
    assert [chosen in one for one in offered] == [True, True, True, False]
    assert offered[3] == f'"{plain}"'


def test_what_asks_for_an_answer_is_marked_out(sheet):
    made = sheet(LINES)
    fills = [made[f"H{row}"].fill.fgColor.rgb for row in range(2, 6)]
    assert fills[0] == fills[1] != fills[2] == fills[3]


def test_a_name_is_never_a_formula_and_the_cell_leads_to_the_register(sheet):
    made = sheet(LINES)
    assert made["C2"].data_type == "s"
    assert made["G2"].hyperlink.location == "'Sổ theo dõi'!B5"
    assert made["G3"].hyperlink is None  # that file is not there


def test_an_empty_sheet_prints_its_headings(sheet):
    made = sheet(LINES.iloc[:0])
    assert (made.max_row, made.page_setup.orientation) == (1, "landscape")
    assert made.freeze_panes


def test_a_branch_name_that_would_end_the_text_of_a_drop_down_is_left_out():
    """What follows a quotation mark there is a formula."""
    assert len(doubles.answers('Chi bộ "&A1&"')) == 2
    assert len(doubles.answers("Chi bộ Một")) == 3
