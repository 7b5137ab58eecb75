"""Whatever is written as blocks reads as if XlsxWriter had written it cell by cell."""

import base64
import errno
import zipfile
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.outgoing.block_book import BlockBook
from workbook.outgoing.block_sheet import BlockSheet
from workbook.outgoing.cells import plain

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.text("aăđ <&\"'=+-@%{}\n\t 0", max_size=8),
)
COLUMNS = st.integers(1, 6).flatmap(
    lambda rows: st.lists(st.lists(VALUES, min_size=rows, max_size=rows), min_size=1, max_size=5)
)
TARGETS = ("", "external:nhan\\so.xlsx#'Sổ (1)'!A7", "external:nhan/so%20.xlsx", "internal:'Dữ liệu'!A2")
#: One white dot, as a PNG.
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg=="
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False}


@contextmanager
def packed_into(out):
    book = BlockBook(OPTIONS)
    yield book
    book.pack(out)


def by_blocks(columns, marked, targets, heights, first):
    out = BytesIO()
    with packed_into(out) as book:
        sheet = book.add_worksheet("Dữ liệu", worksheet_class=BlockSheet)
        plainly, strongly = book.add_format({"num_format": "0.00"}), book.add_format({"bold": True})
        sheet.write_string(0, 0, "Đầu")
        sheet.write_block(first, [(pd.Series(values, dtype=object), plainly) for values in columns])
        sheet.restyle(first, 0, columns[0], [strongly if mark else plainly for mark in marked])
        sheet.lead(first, 0, targets)
        sheet.heighten({first + row: height for row, height in enumerate(heights)})
    return out


def cell_by_cell(columns, marked, targets, heights, first):
    out = BytesIO()
    with xlsxwriter.Workbook(out, {**OPTIONS, "in_memory": True}) as book:
        sheet = book.add_worksheet("Dữ liệu")
        plainly, strongly = book.add_format({"num_format": "0.00"}), book.add_format({"bold": True})
        sheet.write_string(0, 0, "Đầu")
        for row, (target, height) in enumerate(zip(targets, heights, strict=True), first):
            sheet.set_row(row, height)
            for column, values in enumerate(columns):
                look = strongly if column == 0 and marked[row - first] else plainly
                if column == 0 and target:
                    sheet.write_url(row, column, target, look, string="")
                write(sheet, (row, column), plain(values[row - first]), look)
    return out


def write(sheet, cell, value, look):
    if value is None:
        sheet.write_blank(*cell, None, look)
    elif isinstance(value, str):
        sheet.write_string(*cell, value, look)
    else:
        sheet.write_number(*cell, value, look)


def seen(out):
    """All that a reader sees: value, kind, number format, letter, where it leads, and how high its row is."""
    sheet = openpyxl.load_workbook(out).active
    cells = [
        (cell.coordinate, cell.value, cell.data_type, cell.number_format, cell.font.bold, led(cell.hyperlink))
        for row in sheet.iter_rows()
        for cell in row
    ]
    return sheet.dimensions, cells, {row: one.height for row, one in sheet.row_dimensions.items()}


def led(link):
    return link and (link.target, link.location)


@settings(max_examples=60, deadline=None)
@given(COLUMNS, st.data())
def test_a_block_reads_like_cells_written_one_by_one(columns, data):
    count = len(columns[0])
    of_each = [
        data.draw(st.lists(kind, min_size=count, max_size=count))
        for kind in (st.booleans(), st.sampled_from(TARGETS), st.sampled_from((15.75, 31.5, 409.5)))
    ]
    first = data.draw(st.integers(1, 4))
    assert seen(by_blocks(columns, *of_each, first)) == seen(cell_by_cell(columns, *of_each, first))


def test_a_formula_and_a_value_written_over_a_block_stand():
    out = BytesIO()
    with packed_into(out) as book:
        sheet = book.add_worksheet(worksheet_class=BlockSheet)
        look = book.add_format()
        sheet.write_block(2, [(pd.Series([1, 2, 3]), look), (pd.Series(["a", "b", "c"], dtype="str"), look)])
        sheet.write_formula(3, 0, "=A3+1", look, 2)
        assert sheet.replace(4, 1, "thay", look)
        assert not sheet.replace(5, 1, "dưới", look)
        assert not sheet.replace(4, 2, "bên cạnh", look)
    sheet = openpyxl.load_workbook(out).active
    assert [cell.value for cell in sheet["A"][2:]] == [1, "=A3+1", 3]
    assert [cell.value for cell in sheet["B"][2:]] == ["a", "b", "thay"]


def test_a_value_written_over_a_formula_over_a_block_stands():
    out = BytesIO()
    with packed_into(out) as book:
        sheet = book.add_worksheet(worksheet_class=BlockSheet)
        look = book.add_format()
        sheet.write_block(0, [(pd.Series([1, 2]), look)])
        sheet.write_formula(1, 0, "=A1+1", look, 2)
        assert sheet.replace(1, 0, 7, look)
    assert [cell.value for cell in openpyxl.load_workbook(out).active["A"]] == [1, 7]


def test_a_column_restyled_over_a_formula_stands():
    out = BytesIO()
    with packed_into(out) as book:
        sheet = book.add_worksheet(worksheet_class=BlockSheet)
        look = book.add_format()
        sheet.write_block(0, [(pd.Series([1, 2]), look)])
        sheet.write_formula(1, 0, "=A1+1", look, 2)
        sheet.restyle(0, 0, [5, 6], [look, look])
    assert [cell.value for cell in openpyxl.load_workbook(out).active["A"]] == [5, 6]


def test_a_row_below_everything_gets_its_height_though_another_has_the_same():
    out = BytesIO()
    with packed_into(out) as book:
        sheet = book.add_worksheet(worksheet_class=BlockSheet)
        sheet.write_block(0, [(pd.Series([1, 2]), book.add_format())])
        sheet.heighten({0: 30, 7: 30, 9: 30})
    heights = openpyxl.load_workbook(out).active.row_dimensions
    assert [heights[row].height for row in (1, 2, 8, 10)] == [30, None, 30, 30]


def test_two_blocks_and_what_stands_between_and_below_them_are_whole():
    out = BytesIO()
    with packed_into(out) as book:
        sheet = book.add_worksheet("Dữ liệu", worksheet_class=BlockSheet)
        plainly, strongly = book.add_format(), book.add_format({"bold": True})
        for first in (1, 5):
            sheet.write_string(first - 1, 0, f"trên {first}")
            sheet.write_block(first, [(pd.Series(["a", "b", "c"], dtype="str"), plainly)] * 2)
        sheet.write_string(8, 0, "dưới")
        sheet.restyle(5, 1, ["x", "y", "z"], [strongly, plainly, strongly])
        sheet.lead(5, 0, ["", TARGETS[1], ""])
        assert sheet.replace(2, 0, "thay trên", plainly)
        assert sheet.replace(7, 0, "thay dưới", plainly)
    sheet = openpyxl.load_workbook(out).active
    assert [cell.value for cell in sheet["A"]] == [
        "trên 1", "a", "thay trên", "c", "trên 5", "a", "b", "thay dưới", "dưới",
    ]  # fmt: skip
    assert [cell.value for cell in sheet["B"]] == [None, "a", "b", "c", None, "x", "y", "z", None]
    assert [cell.coordinate for row in sheet for cell in row if cell.font.bold] == ["B6", "B8"]
    assert [cell.coordinate for row in sheet for cell in row if cell.hyperlink] == ["A7"]


@pytest.mark.parametrize("value", [float("inf"), -float("inf"), Decimal("Infinity")])
def test_a_number_without_end_is_refused_by_its_own_error(value):
    book = BlockBook(OPTIONS)
    sheet, look = book.add_worksheet(worksheet_class=BlockSheet), book.add_format()
    with pytest.raises(ValueError, match="infinite"):
        sheet.write_block(0, [(pd.Series([value], dtype=object), look)])


class Full(BytesIO):
    """A disk with no room left."""

    def write(self, _content):
        raise OSError(errno.ENOSPC, "no space")


def test_what_goes_wrong_while_a_book_is_packed_is_what_is_raised():
    book = BlockBook(OPTIONS)
    book.add_worksheet(worksheet_class=BlockSheet).write_block(0, [(pd.Series([1]), book.add_format())])
    with pytest.raises(OSError, match="no space"):
        book.pack(Full())

    book = BlockBook(OPTIONS)
    sheet = book.add_worksheet(worksheet_class=BlockSheet)
    sheet.write_block(0, [(pd.Series([1]), book.add_format())])
    sheet.write_number(0, 3, 5)  # beside the block, where nothing may stand
    with pytest.raises(IndexError):
        book.pack(BytesIO())


@pytest.mark.parametrize("row", [0, 2, 4, 9])
def test_a_note_stands_over_a_block_as_over_cells_written_one_by_one(row):
    drawn = []
    for block in (True, False):
        out = BytesIO()
        with packed_into(out) as book:
            sheet = book.add_worksheet(worksheet_class=BlockSheet)
            if block:
                sheet.write_block(1, [(pd.Series([1, 2, 3]), book.add_format())])
            sheet.heighten({1: 47.25, 2: 31.5, 3: 47.25})
            sheet.write_comment(row, 0, "ghi chú")
        with zipfile.ZipFile(out) as package:
            drawn.append(package.read("xl/drawings/vmlDrawing1.vml"))
    assert drawn[0] == drawn[1]


def test_no_block_begins_on_the_rows_of_an_empty_table():
    out = BytesIO()
    with packed_into(out) as book:
        sheet = book.add_worksheet(worksheet_class=BlockSheet)
        sheet.write_block(1, [(pd.Series([], dtype="str"), book.add_format())])
        sheet.restyle(1, 0, [], [])
        sheet.lead(1, 0, [])
    assert openpyxl.load_workbook(out).active.dimensions == "A1:A1"


def test_the_same_book_gives_the_same_bytes():
    arguments = ([["a", "b"], [1, None]], [True, False], TARGETS[:2], [15.75, 31.5], 2)
    assert by_blocks(*arguments).getvalue() == by_blocks(*arguments).getvalue()


@pytest.mark.parametrize("row", [0, 1])
def test_a_column_is_restyled_only_where_a_block_stands(row):
    out = BytesIO()
    with packed_into(out) as book:
        sheet = book.add_worksheet(worksheet_class=BlockSheet)
        look = book.add_format()
        sheet.write_block(2, [(pd.Series([1]), look)])
        with pytest.raises(ValueError, match="block"):
            sheet.restyle(row, 0, [5], [look])


def test_a_picture_is_packed_with_the_rest(tmp_path):
    picture = tmp_path / "dau.png"
    picture.write_bytes(base64.b64decode(DOT))
    out = BytesIO()
    with packed_into(out) as book:
        book.add_worksheet(worksheet_class=BlockSheet).insert_image(0, 0, str(picture))
    with zipfile.ZipFile(out) as package:
        assert package.read("xl/media/image1.png") == picture.read_bytes()
        assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
