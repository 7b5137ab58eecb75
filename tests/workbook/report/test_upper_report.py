"""The written report on a rolled-up book: communes instead of branches, and nothing that the book cannot say."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from workbook.committee import Branch, Committee
from workbook.outgoing.save import save_new
from workbook.outgoing.template import write_committee
from workbook.outgoing.upward import write_upward
from workbook.outgoing.write import write_book
from workbook.printed.check import findings
from workbook.printed.paper import read_paper
from workbook.report.facts import Period
from workbook.rolled_up import rollup_inbox
from workbook.written_report import written

PROVINCE = "Tỉnh ủy Thử Nghiệm"
MAY, SUOI, KHE, DOI = "Đảng ủy xã Mây", "Đảng ủy xã Suối", "Đảng ủy xã Khe", "Đảng ủy xã Đồi"
SUBMIT_BY = date(2023, 11, 15)


@pytest.fixture
def rolled(tmp_path: Path, quota_book) -> Callable[..., Path]:
    """`rolled(name, *communes)`: the book of a province of four communes, of which those named handed in.

    The first came in time, each of the others a day later than the one before.
    """

    def roll(name: str, *communes: str, previous: Path | None = None, persons: bool = False) -> Path:
        inbox = tmp_path / f"nhan-{name}"
        inbox.mkdir()
        for at, commune in enumerate(communes):
            described = replace(quota_book.committee, superior=PROVINCE, name=commune)
            write_book(replace(quota_book, committee=described), inbox / f"{at}.xlsx")
            os.utime(inbox / f"{at}.xlsx", (1_700_000_000 + at * 86_400,) * 2)
        quotas = {MAY: 3, SUOI: 4, KHE: 9, DOI: 2}
        branches = tuple(Branch("", one, quota=quota) for one, quota in quotas.items())
        own, out = tmp_path / f"{name}-cap-uy.xlsx", tmp_path / f"{name}.xlsx"
        write_committee(own, Committee(PROVINCE, year=2026, submit_by=SUBMIT_BY, branches=branches))
        rollup_inbox(inbox, own, out, date(2026, 12, 1), previous=previous, persons=persons)
        return out

    return roll


def said(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs)


def test_every_number_of_a_report_on_communes_leads_to_a_cell_that_holds_it(rolled, untraced, tmp_path):
    before = rolled("truoc", MAY, SUOI)
    book = rolled("nay", MAY, SUOI, KHE, previous=before)
    for period in Period:
        made, doubts = written(book, [], period, None, named=False)
        out = tmp_path / f"{period}.docx"
        save_new(made, out)
        assert doubts == ()
        assert untraced(out, book) == []
        assert findings(read_paper(out), out.name) == []


def test_sentences_are_about_committees_and_only_their_parts_are_branches(rolled):
    text = said(written(rolled("nay", MAY, SUOI, KHE), [], Period.MONTH, None, named=False)[0])
    assert f"1 cấp ủy vượt chỉ tiêu: {MAY} (4/3, đạt 133,33%)." in text
    assert f"1 cấp ủy đạt đủ chỉ tiêu: {SUOI} (4/4)." in text
    assert "Số liệu cộng từ sổ của 3 cấp ủy, gồm 9 chi bộ." in text
    assert f"3 trong 4 cấp ủy phải nộp đã nộp sổ; 1 cấp ủy chưa nộp: {DOI}." in text
    assert text.count("chi bộ") == 1


def test_the_layout_calls_the_lines_committees_too(rolled):
    document = docx.Document(BytesIO(written(rolled("nay", MAY), [], Period.MONTH, None, named=False)[0]))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert "5. Tình hình nộp sổ của các cấp ủy" in lines
    assert document.tables[1].rows[0].cells[1].text == "Cấp ủy"
    assert "- Các cấp ủy trực thuộc," in document.tables[2].rows[0].cells[0].text


def test_what_a_rolled_up_book_cannot_say_is_left_out_without_a_gap(rolled):
    made, doubts = written(rolled("nay", MAY, SUOI), [], Period.MONTH, None, named=True)
    text = said(made)
    assert doubts == ()
    assert "Trong tháng 11" not in text
    assert "tuổi bình quân" not in text
    assert "Sổ chỉ tiêu không có số liệu của phần này." not in text
    assert "Có 4 việc quá hạn và 4 việc sắp đến hạn." in text


def test_who_was_late_is_said_with_days_and_rates(rolled):
    text = said(written(rolled("nay", MAY, SUOI, KHE), [], Period.MONTH, None, named=False)[0])
    days = (date(2026, 12, 1) - SUBMIT_BY).days
    assert (
        f"Hạn nộp là ngày 15/11/2023; 1 cấp ủy nộp đúng hạn, 2 cấp ủy nộp trễ: {SUOI} (trễ 1 ngày); "
        f"{KHE} (trễ 2 ngày)." in text
    )
    assert "Ngày nộp lấy theo giờ lưu ghi trong tệp, người nộp sửa được" in text
    assert f"1 cấp ủy chưa nộp đã quá hạn {days:,} ngày.".replace(",", ".") in text
    assert (
        "Tỷ lệ nộp sổ tính trên 4 cấp ủy phải nộp: đã nộp 3 (75%); sổ không có lỗi 3 (75%); đúng hạn 1 (25%)." in text
    )


def test_admissions_that_fell_since_the_book_before_are_named(rolled, quota_book, tmp_path):
    before = rolled("truoc", MAY)
    lines = quota_book.branches.assign(admitted=[1, 1, 1])
    inbox = tmp_path / "it-di"
    inbox.mkdir()
    described = replace(quota_book.committee, superior=PROVINCE, name=MAY)
    write_book(replace(quota_book, committee=described, branches=lines), inbox / "0.xlsx")
    rollup_inbox(inbox, tmp_path / "truoc-cap-uy.xlsx", tmp_path / "nay.xlsx", date(2026, 12, 1), previous=before)
    text = said(written(tmp_path / "nay.xlsx", [], Period.MONTH, None, named=False)[0])
    assert f"ít đi so với kỳ trước ở 1 cấp ủy: {MAY} (từ 4 còn 3)" in text


def test_nobody_is_named_in_a_report_on_communes_unless_the_book_was_made_so_and_names_are_asked_for(
    rolled, quota_book
):
    names = set(quota_book.overdue.loc[quota_book.overdue["days_late"] > 0, "name"])
    book = rolled("nay", MAY, persons=True)
    for named in (False, True):
        text = said(written(book, [], Period.MONTH, None, named=named)[0])
        assert {name for name in names if name in text} == (names if named else set())


def test_a_book_of_counts_made_for_the_level_above_has_a_report_too(quota_book, untraced, tmp_path):
    write_book(quota_book, tmp_path / "so.xlsx")
    write_upward(tmp_path / "so.xlsx", tmp_path / "so-lieu.xlsx")
    made, doubts = written(tmp_path / "so-lieu.xlsx", [], Period.MONTH, None, named=False)
    save_new(made, tmp_path / "bao-cao.docx")
    assert doubts == ()
    assert untraced(tmp_path / "bao-cao.docx", tmp_path / "so-lieu.xlsx") == []
    assert "chi bộ" in said(made)
    assert "cấp ủy" not in said(made)


# --- lateness in a quota book of branches


def test_a_branch_that_was_late_once_and_corrected_twice_counts_by_its_first_file(books, tmp_path):
    """The board of the demo, with a last day written in: the first file of each branch decides."""
    workbook = openpyxl.load_workbook(books.book, data_only=True)
    sheet = workbook["Tình hình nộp"]
    places = {cell.value: cell.column for cell in sheet[1]}
    counted = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, places["Trạng thái"]).value == "Được tính"]
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, places["Trạng thái"]).value in ("Được tính", "Bị thay thế", "Chưa nộp"):
            sheet.cell(row, places["Hạn nộp"]).value = date(2026, 11, 20)
            late = 2 if sheet.cell(row, places["Trạng thái"]).value == "Được tính" else 0
            sheet.cell(row, places["Nộp trễ (ngày)"]).value = late
    replaced = {
        sheet.cell(row, places["Chi bộ"]).value
        for row in range(2, sheet.max_row + 1)
        if sheet.cell(row, places["Trạng thái"]).value == "Bị thay thế"
    }
    workbook.save(tmp_path / "so.xlsx")
    text = said(written(tmp_path / "so.xlsx", [], Period.MONTH, None, named=False)[0])
    assert f"{len(replaced)} chi bộ nộp đúng hạn, {len(counted) - len(replaced)} chi bộ nộp trễ" in text


def test_without_a_last_day_nothing_is_said_of_lateness(books, tmp_path):
    workbook = openpyxl.load_workbook(books.book, data_only=True)
    sheet = workbook["Tình hình nộp"]
    for heading in ("Hạn nộp", "Nộp trễ (ngày)"):
        column = next(cell.column for cell in sheet[1] if cell.value == heading)
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, column).value = None
    workbook.save(tmp_path / "so.xlsx")
    text = said(written(tmp_path / "so.xlsx", [], Period.MONTH, None, named=False)[0])
    assert "Hạn nộp là ngày" not in text
    assert "giờ lưu ghi trong tệp" not in text
    assert "đúng hạn" not in text
    assert "Tỷ lệ nộp sổ tính trên" in text
