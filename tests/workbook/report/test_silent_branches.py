"""Of a branch that has not handed in a report knows the quota and nothing else; one that is no more owes nothing."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest

from workbook.outgoing.save import save_new
from workbook.outgoing.write import write_book
from workbook.percent import percent
from workbook.printed.check import findings
from workbook.printed.paper import read_paper
from workbook.report.facts import Period
from workbook.states import State, Stated, state_label, stated
from workbook.written_report import written

MISSING, HEIR = state_label(State.MISSING), "Chi bộ thôn Mây 1"


@pytest.fixture
def told(quota_book, tmp_path):
    """`told(remarks, quotas, admitted)`: the report on a book of three branches with these remarks, and both files.

    A branch with a remark has not handed in, or is no more.
    """

    def make(remarks: list[str], quotas: list[int], admitted: list[int]) -> tuple[str, Path, Path]:
        lines = quota_book.branches
        lacking = [max(0, quota - done) for quota, done in zip(quotas, admitted, strict=True)]
        shares = [percent(done, quota, 2) for done, quota in zip(admitted, quotas, strict=True)]
        lines = lines.assign(remark=remarks, quota=quotas, admitted=admitted, lacking=lacking, percent=shares)
        told = [stated(remark) or Stated(State.COUNTED) for remark in remarks]
        lines = lines.assign(missing=[one.state is State.MISSING for one in told])
        said = {"state": [one.state for one in told], "heir": [one.heir for one in told]}
        states = {"branch": lines["name"], **said, "file": ["x.xlsx"] * 3}
        board = pd.DataFrame({**states, "errors": 0, "queries": 0}).reindex(columns=quota_book.submissions.columns)
        book = tmp_path / "so.xlsx"
        write_book(replace(quota_book, branches=lines, submissions=board), book)
        out = tmp_path / "bao-cao.docx"
        save_new(written(book, [], Period.MONTH, None, named=False)[0], out)
        return "\n".join(one.text for one in docx.Document(str(out)).paragraphs), out, book

    return make


def names(quota_book) -> list[str]:
    return list(quota_book.branches["name"])


def test_a_branch_that_has_not_handed_in_is_not_said_to_have_admitted_nobody(told, quota_book):
    first, second, third = names(quota_book)
    text, _, _ = told(["", "", MISSING], [3, 2, 2], [1, 0, 0])
    assert "3 chi bộ chưa đạt chỉ tiêu, gồm cả 1 chi bộ chưa nộp sổ, chưa có số; 2 chi bộ đã nộp sổ còn thiếu 4" in text
    assert f"nhưng chưa kết nạp đảng viên nào: {second}." in text
    assert f"1 chi bộ được giao chỉ tiêu nhưng chưa nộp sổ, chưa có số: {third}." in text
    assert first in text


def test_every_sum_says_who_is_not_in_it(told):
    text, _, _ = told(["", "", MISSING], [3, 2, 2], [1, 0, 0])
    lines = text.splitlines()
    assert all(
        "chưa kể 1 chi bộ chưa nộp sổ" in line for line in lines if line.startswith(("Từ đầu năm", "Trong tháng"))
    )
    assert lines.count("Số liệu của phần này chưa kể 1 chi bộ chưa nộp sổ.") == 3
    assert "Toàn Đảng bộ hiện có" not in text


def test_a_branch_that_is_no_more_owes_nothing(told, quota_book):
    _, _, third = names(quota_book)
    text, out, _ = told(["", "", state_label(State.MERGED, HEIR)], [3, 2, 2], [1, 2, 0])
    behind = next(line for line in text.splitlines() if "chưa đạt chỉ tiêu" in line)
    assert behind.startswith("1 chi bộ chưa đạt chỉ tiêu, còn thiếu 2 đảng viên")
    assert third not in behind
    assert third not in next((line for line in text.splitlines() if "chưa kết nạp đảng viên nào:" in line), "")
    cells = [row.cells[1].text for row in docx.Document(str(out)).tables[1].rows]
    assert f"{third} (Đã sáp nhập vào Chi bộ thôn Mây 1)" in cells


def test_the_table_has_no_count_of_a_branch_that_has_not_handed_in(told, quota_book):
    _, out, _ = told(["", "", MISSING], [3, 2, 2], [1, 0, 0])
    row = docx.Document(str(out)).tables[1].rows[3]
    assert [cell.text for cell in row.cells][1:] == [f"{names(quota_book)[2]} (Chưa nộp)", "2", "—", "—"]


def test_a_note_of_the_clerk_over_the_remark_changes_nothing(told, quota_book, tmp_path):
    _, _, book = told(["", "", MISSING], [3, 2, 2], [1, 0, 0])
    workbook = openpyxl.load_workbook(book, data_only=True)
    for row in workbook["Tổng hợp"].iter_rows():
        for cell in row:
            if cell.value == MISSING:
                cell.value = "Đã gọi điện"
    workbook.save(tmp_path / "sua.xlsx")
    made = written(tmp_path / "sua.xlsx", [], Period.MONTH, None, named=False)[0]
    text = "\n".join(one.text for one in docx.Document(BytesIO(made)).paragraphs)
    assert "chưa kể 1 chi bộ chưa nộp sổ" in text


def test_where_only_silent_branches_are_behind_nobody_else_is_blamed(told):
    text, _, _ = told(["", "", MISSING], [1, 2, 2], [1, 2, 0])
    assert "Mọi chi bộ đã nộp sổ và được giao chỉ tiêu đều đã đạt hoặc vượt chỉ tiêu." in text


@pytest.mark.parametrize("remarks", [["", "", MISSING], [MISSING] * 3])
def test_numbers_lead_to_their_cells_and_percentages_are_right(told, untraced, remarks):
    admitted = [0 if remark else 1 for remark in remarks]
    _, out, book = told(remarks, [3, 2, 2], admitted)
    assert untraced(out, book) == []
    assert findings(read_paper(out), out.name) == []


def test_before_the_first_register_the_report_says_that_nobody_has_handed_in(told):
    text, _, _ = told([MISSING] * 3, [3, 2, 2], [0, 0, 0])
    assert "Chưa chi bộ nào trong 3 chi bộ phải nộp đã nộp sổ." in text
    assert "toàn Đảng bộ chưa kết nạp đảng viên nào, chưa kể 3 chi bộ chưa nộp sổ" in text


def test_admissions_of_which_only_the_year_is_known_are_said_to_be_in_no_month(quota_book, tmp_path):
    write_book(quota_book, tmp_path / "so.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "so.xlsx", data_only=True)
    sheet = workbook["Dữ liệu"]
    places = {cell.value: cell.column for cell in sheet[1]}
    counted = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, places["Năm kết nạp"]).value == 2026]
    sheet.cell(counted[0], places["Ngày tính kết nạp"]).value = None
    workbook.save(tmp_path / "thieu.xlsx")
    made = written(tmp_path / "thieu.xlsx", [], Period.MONTH, None, named=False)[0]
    text = "\n".join(one.text for one in docx.Document(BytesIO(made)).paragraphs)
    unknown = [row for row in counted if sheet.cell(row, places["Ngày tính kết nạp"]).value is None]
    assert f"còn {len(unknown)} người kết nạp trong năm mà sổ không ghi đủ ngày" in text
