"""The sheet of changes, read back from a real file."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from xlsxwriter import Workbook

from workbook.consolidate.change_lines import Change
from workbook.consolidate.changes import COLUMNS
from workbook.outgoing.page import Paper
from workbook.outgoing.sheets.changes import NAME, write
from workbook.outgoing.styles import WORKBOOK_OPTIONS, Styles
from workbook.phrases import phrase

HEADINGS = ["Chi bộ", "Họ và tên", "Thay đổi", "Trước", "Nay"]
LINES = [
    ("Chi bộ thôn Mây 1", "", phrase(Change.FEWER), "3", "2", "", "", "", ""),
    ("Chi bộ thôn Mây 1", "Lê Văn Mẫu", phrase(Change.ALTERED), "05/03/2026", "06/03/2026", "Ngày lễ kết nạp",
     "may.xlsx", "Sổ theo dõi", "AJ7"),
    ("Chi bộ*", "=1+1", phrase(Change.NEW), "", "Nguồn", "", "sao.xlsx", "Sổ theo dõi", "A5"),
]  # fmt: skip


def link(file: str, sheet: str, cell: str) -> str:
    return f"external:{file}#'{sheet}'!{cell}" if file else ""


@pytest.fixture
def sheet(quota_book, tmp_path: Path):
    """Writes the sheet for these lines (None: no previous book) and opens the file."""

    def make(lines):
        changes = None if lines is None else pd.DataFrame(lines, columns=list(COLUMNS))
        with Workbook(tmp_path / "so.xlsx", WORKBOOK_OPTIONS) as book:
            book.add_worksheet("Tổng hợp")
            paper = Paper(
                book, Styles(book), lambda file, sheet, cell: f"external:{file}#'{sheet}'!{cell}" * bool(file)
            )
            write(paper, replace(quota_book, changes=changes))
        return openpyxl.load_workbook(tmp_path / "so.xlsx")

    return make


def test_the_headings_of_the_contract_come_first_and_every_line_follows(sheet):
    rows = list(sheet(LINES)[NAME].iter_rows(values_only=True))
    assert list(rows[0][:5]) == HEADINGS
    assert [tuple(cell or "" for cell in row) for row in rows[1:]] == LINES


def test_a_line_leads_to_what_the_branch_says_now(sheet):
    cells = [row[8] for row in sheet(LINES)[NAME].iter_rows(min_row=2)]
    assert [bool(cell.hyperlink) for cell in cells] == [False, True, True]
    assert cells[1].hyperlink.location == "'Sổ theo dõi'!AJ7"


def test_what_was_taken_back_stands_out_in_print_too(sheet):
    fewer, altered, new = (row[2].fill.fgColor.rgb for row in sheet(LINES)[NAME].iter_rows(min_row=2))
    assert fewer == altered != new


def test_without_a_previous_book_there_is_no_sheet_and_without_a_change_an_empty_one(sheet):
    assert NAME not in sheet(None).sheetnames
    assert [[cell.value for cell in row[:5]] for row in sheet([])[NAME].iter_rows()] == [HEADINGS]


def test_every_kind_of_change_has_its_own_words():
    assert len({phrase(kind) for kind in Change}) == len(Change)
