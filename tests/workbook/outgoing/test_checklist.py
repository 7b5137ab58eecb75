"""Check lists: one page a person, every box and every day as the register has it, nothing claimed beyond it."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from workbook.consolidate.checklist import Checklist, Line
from workbook.outgoing.checklist import render

AS_OF = date(2026, 11, 22)
LONG = "Một việc dài kể cho hết mọi điều phải làm với giấy này trước ngày chi bộ họp. " * 3
ONE = Checklist(
    name="=1+1",
    born="05/09/1999",
    branch="Chi bộ thôn Một",
    file="so.xlsx",
    place="Sổ!B7",
    papers=(
        Line(True, "Đơn xin vào Đảng", "1-KNĐ", "02/03/2026", ""),
        Line(False, "Lý lịch của người xin vào Đảng", "2-KNĐ", "", "Sổ không ghi; kiểm tra hồ sơ giấy."),
    ),
    conditions=("Đủ 18 đến đủ 60 tuổi.", "Ít nhất 2/3 tán thành."),
)
FULL = replace(ONE, name="", papers=tuple(replace(line, task=LONG) for line in ONE.papers * 4), conditions=(LONG,) * 5)


@pytest.fixture
def opened(tmp_path):
    def write_and_read(*lists):
        path = tmp_path / "phieu.xlsx"
        path.write_bytes(render(lists, AS_OF))
        return openpyxl.load_workbook(path)

    return write_and_read


def texts(sheet):
    return [str(cell.value) for row in sheet for cell in row if cell.value is not None]


def test_the_list_names_the_person_the_papers_and_the_conditions(opened):
    said = texts(opened(ONE).active)
    assert {"CHI BỘ THÔN MỘT", "Họ và tên: =1+1", "Ngày sinh: 05/09/1999", "Theo sổ đến ngày 22/11/2026"} <= set(said)
    assert {"Đơn xin vào Đảng", "1-KNĐ", "02/03/2026", "Ít nhất 2/3 tán thành.", "(Ký, ghi rõ họ và tên)"} <= set(said)
    assert "Tệp: so.xlsx; ô Sổ!B7" in said


def test_only_what_the_register_shows_is_ticked_and_the_conditions_wait_for_the_day(opened):
    said = texts(opened(ONE).active)
    assert [text for text in said if text in ("☑", "☐")] == ["☑", "☐", "☐", "☐"]


def test_what_nobody_knows_is_left_to_be_filled_in_by_hand(opened):
    said = texts(opened(replace(ONE, name="", born="", branch="")).active)
    blank = "……………………"
    assert {f"CHI BỘ: {blank}", f"Họ và tên: {blank}", f"Ngày sinh: {blank}", f"Ngày chi bộ họp: {blank}"} <= set(said)


def test_text_of_a_branch_is_never_a_formula(opened):
    sheet = opened(replace(ONE, papers=(Line(False, "=1+1", "=1+1", "=1+1", "=1+1"),))).active
    assert not [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"]


def test_each_person_has_a_page_of_upright_paper(opened):
    sheet = opened(ONE, ONE, FULL).active
    starts = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "CHI BỘ THÔN MỘT"]
    assert [mark.id + 1 for mark in sheet.row_breaks.brk] == starts[1:]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 9)
    assert not sheet.page_setup.fitToHeight  # a sheet that is fitted heeds no page breaks
    assert opened(ONE).active.page_setup.scale in (None, 100)


@pytest.mark.libreoffice
@pytest.mark.parametrize("lists", [(ONE, ONE, ONE), (ONE, FULL), (FULL, FULL)], ids=["short", "mixed", "full"])
def test_the_printed_pages_are_as_many_as_the_persons(lists, tmp_path, soffice):
    path = tmp_path / "phieu.xlsx"
    path.write_bytes(render(lists, AS_OF))
    printed = soffice(path, "pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == len(lists)


def test_more_persons_than_a_sheet_has_breaks_go_on_on_the_next():
    with zipfile.ZipFile(io.BytesIO(render([ONE] * 1001, AS_OF))) as package:
        names = re.findall('<sheet name="([^"]+)"', package.read("xl/workbook.xml").decode())
        first = package.read("xl/worksheets/sheet1.xml")
    assert names == ["Phiếu kiểm tra", "Phiếu kiểm tra 2"]
    assert (first.count(b"<brk "), first.count(b"<colBreaks")) == (999, 0)


def test_the_same_lists_give_the_same_bytes():
    assert render([ONE, FULL], AS_OF) == render([ONE, FULL], AS_OF)
