"""The sheet of papers, read back from a real file."""

from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from validation.dossier import PaperState
from workbook.labels import label
from workbook.outgoing import write
from workbook.outgoing.sheets import dossier

CONTRACT = ["Chi bộ", "Họ và tên", "Bước tới", "Giấy tờ", "Mẫu", "Tình trạng", "Hết hiệu lực", "Việc cần làm"]
STATES = list(PaperState)


@pytest.fixture
def papers(quota_book):
    """The made-up book with one paper of each state."""
    lines = pd.DataFrame(
        {
            "branch": "Chi bộ*",
            "name": "Vũ Thị Thử",
            "step": "Chi bộ họp xét",
            "paper": "Đơn xin vào Đảng",
            "form": "1-KNĐ",
            "state": STATES,
            "lapses_on": pd.to_datetime(["2026-01-05", "2026-12-01", *[None] * 4]),
            "task": "=1+1",
            "due_on": pd.to_datetime(["2026-12-01"] * 6),
            "basis": "Quy định mẫu, mục 4",
            "file": "sao.xlsx",
            "sheet": "Sổ theo dõi",
            "cell": "W7",
        }
    )
    return replace(quota_book, dossier=lines)


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Writes the sheet alone and opens it again."""
    monkeypatch.setattr(write, "SHEETS", (dossier.write,))

    def write_and_read(book, inbox=None):
        write.write_book(book, tmp_path / "so.xlsx", inbox)
        return openpyxl.load_workbook(tmp_path / "so.xlsx")["Hồ sơ"]

    return write_and_read


def test_the_headings_of_the_contract_come_first(papers, written):
    assert [cell.value for cell in written(papers)[1]][: len(CONTRACT)] == CONTRACT


def test_paper_ends_with_the_day_it_is_to_be_done_by(papers, written):
    sheet = written(papers)
    last = sheet.print_area.replace("$", "").rpartition(":")[2]
    assert (sheet[last].row, sheet.cell(1, sheet[last].column).value) == (len(papers.dossier) + 1, "Hạn")


def test_states_are_said_in_words_and_part_in_grey(papers, written):
    sheet = written(papers)
    assert [sheet.cell(row, 6).value for row in range(2, 8)] == [label(state) for state in STATES]
    fills = [sheet.cell(row, 6).fill.fgColor.rgb for row in range(2, 6)]
    greys = [765 if fill[2:] == "000000" else sum(int(fill[at : at + 2], 16) for at in (2, 4, 6)) for fill in fills]
    assert greys == sorted(greys)
    assert len(set(greys)) == 4


def test_days_are_days_and_text_is_text(papers, written):
    sheet = written(papers)
    assert (sheet["G2"].value, sheet["G2"].number_format) == (pd.Timestamp(2026, 1, 5), "dd/mm/yyyy")
    assert sheet["G4"].value is None
    assert not [cell for row in sheet for cell in row if cell.data_type == "f"]


def test_a_line_leads_to_the_cell_of_the_paper(papers, written, tmp_path):
    (tmp_path / "sao.xlsx").write_bytes(b"")
    assert written(papers, tmp_path)["M2"].hyperlink.location == "'Sổ theo dõi'!W7"


def test_the_sheet_prints_and_stands_without_a_line(quota_book, written):
    sheet = written(quota_book)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C2", "$1:$1")
