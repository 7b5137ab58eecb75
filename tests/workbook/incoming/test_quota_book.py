"""A quota book of ours, read back with the cell of every value."""

from datetime import date

import openpyxl
import pytest

from workbook.errors import NotAWorkbook, Unreachable
from workbook.incoming.quota_book import part, read_quota_book
from workbook.outgoing.sheets import changes, composition, data, forecast, overdue, progress, submissions, summary
from workbook.outgoing.sheets.upper import overdue as upper_overdue
from workbook.outgoing.sheets.upper import summary as upper_summary

WRITERS = {
    "people": (data.NAME, data.FIELDS),
    "branches": (summary.NAME, (*summary.FIGURES, *upper_summary.FIGURES)),
    "composition": (composition.NAME, composition.FIXED),
    "progress": (progress.NAME, progress.FIGURES),
    "late": ("Quá hạn", overdue.FIELDS),
    "due": ("Quá hạn", upper_overdue.FIGURES),
    "forecast": (forecast.NAME, forecast.OWN),
    "submissions": ("Tình hình nộp", submissions.FIELDS),
    "changes": (changes.NAME, changes.FIELDS),
}


@pytest.fixture
def path(quota_book_file, tmp_path):
    (tmp_path / "so.xlsx").write_bytes(quota_book_file)
    return tmp_path / "so.xlsx"


@pytest.mark.parametrize("name", WRITERS)
def test_the_headings_of_the_reader_are_those_of_the_writer(name):
    sheet, fields = WRITERS[name]
    headings = {field.name: field.heading for field in fields}
    assert part(name).sheet == sheet
    assert {one: headings[one] for one in part(name).headings} == dict(part(name).headings)


def test_it_says_whose_it_is_of_which_year_and_day(path):
    book = read_quota_book(path)
    assert (book.year, book.as_of) == (2026, date(2026, 11, 22))
    assert (book.title.superior.text, book.title.name.text) == ("ĐẢNG BỘ TỈNH THỬ NGHIỆM", "ĐẢNG ỦY XÃ ĐỒI & CỎ")
    assert (book.title.name.address, book.title.as_of.address, book.title.year.address) == ("A2", "A4", "C5")


def test_every_cell_of_every_table_is_the_one_of_the_sheet(path):
    book, sheets = read_quota_book(path), openpyxl.load_workbook(path, data_only=True)
    checked = 0
    for table in book.tables.values():
        for line in table.lines:
            for name in table.places:
                cell = table.cell(line, name)
                there = sheets[table.sheet][cell.address].value
                assert (cell.value if cell.value != "" else None) in (there, getattr(there, "date", lambda: None)())
                checked += 1
    assert checked > 300


def test_the_total_line_is_found_by_its_name(path):
    branches = read_quota_book(path).tables["branches"]
    assert branches.cell(branches.total, "admitted").number == 4
    assert branches.cell(branches.lines[0], "name").text == "Chi bộ thôn Mây 1"


def test_the_cells_of_an_earlier_book_say_whose_they_are(path):
    assert read_quota_book(path, earlier=True).title.as_of.book == "so.xlsx"
    assert read_quota_book(path).title.as_of.book == ""


def test_what_is_no_quota_book_is_refused_by_its_name(tmp_path):
    openpyxl.Workbook().save(tmp_path / "khac.xlsx")
    with pytest.raises(NotAWorkbook) as refused:
        read_quota_book(tmp_path / "khac.xlsx")
    assert (refused.value.code, refused.value.detail["file"]) == ("quota_book.foreign", "khac.xlsx")


def test_a_book_without_its_quota_table_is_refused(path, tmp_path):
    workbook = openpyxl.load_workbook(path)
    del workbook["Tổng hợp"]
    workbook.save(tmp_path / "thieu.xlsx")
    with pytest.raises(NotAWorkbook) as refused:
        read_quota_book(tmp_path / "thieu.xlsx")
    assert refused.value.code == "quota_book.no_summary"


def test_a_book_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Unreachable):
        read_quota_book(tmp_path / "khong-co.xlsx")
