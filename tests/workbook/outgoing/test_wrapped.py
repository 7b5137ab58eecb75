"""No line of wrapped text is lost: a row is as high as its words need, on paper as on the screen."""

import math
import unicodedata
from dataclasses import fields, replace

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.outgoing.styles import ROW_HEIGHT
from workbook.outgoing.wrapped import line_count, line_counts
from workbook.outgoing.write import write_book

SCHOOL = "Chi bộ Trường Trung học phổ thông dân tộc nội trú huyện Hương Khê Thượng"

#: How wide letters are in digits, after the metrics of Times New Roman, which Liberation Serif shares; marks add none.
WIDTHS = {
    **dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZĐ", 1.45), **dict.fromkeys("EFLTZ", 1.23), **dict.fromkeys("BCR", 1.34),
    **dict.fromkeys("PS", 1.12), "M": 1.78, "W": 1.89, "I": 0.67, "J": 0.78, "m": 1.56, "w": 1.45, "ơ": 1.06,
    "ư": 1.08, "Ư": 1.55, **dict.fromkeys("aăâceêz", 0.89), "s": 0.78, "r": 0.67, "f": 0.67,
    **dict.fromkeys("ijlt", 0.56),
    **dict.fromkeys(" .,", 0.5), **dict.fromkeys("/;:", 0.56), **dict.fromkeys("()-", 0.67),
}  # fmt: skip


def true_width(word: str) -> float:
    return sum(WIDTHS.get(letter, 1.0) for letter in map(plain, word))


def plain(letter: str) -> str:
    """The letter without its tone; horns and hats stay only where they make it wider."""
    bare = unicodedata.normalize("NFD", letter)
    return {"ơ": "ơ", "ư": "ư", "Ư": "Ư"}.get(unicodedata.normalize("NFC", bare[:2]), bare[0])


def lines_needed(text: str, width: float) -> int:
    """Word by word; a word longer than the line is broken."""
    count, used = 1, 0.0
    for word in text.split():
        wide = true_width(word)
        if used and used + WIDTHS[" "] + wide > width:
            count, used = count + 1, 0.0
        used += wide + (WIDTHS[" "] if used else 0)
        count, used = count + math.ceil(used / width) - 1, used - width * (math.ceil(used / width) - 1)
    return count


WORDS = (
    "Chi bộ Trường Trung học phổ thông dân tộc nội trú huyện Hương Khê Thượng Phương Đường Mường Nguyễn Xoan Oanh nghị "
    "NGUYỄN THỊ MƯỜI TRƯỜNG THCS TNHH MTV HƯƠNG ƯƠM 12/GCN 31/12/2026; (luật) quyết, 099199412345 mình"
)
words = st.sampled_from(WORDS.split())


@given(words=st.lists(words, min_size=1, max_size=40), width=st.sampled_from([9, 13, 15, 17.5, 20, 24, 31, 50]))
def test_a_text_never_needs_more_lines_than_told(words, width):
    assert lines_needed(" ".join(words), width) <= line_count(" ".join(words), width)


@given(words=st.lists(words, min_size=8, max_size=40), width=st.sampled_from([15, 20, 24, 31, 50]))
def test_a_row_is_hardly_ever_higher_than_its_text(words, width):
    assert line_count(" ".join(words), width) <= 1.2 * lines_needed(" ".join(words), width) + 1


@pytest.mark.parametrize(
    ("text", "width", "lines"), [("", 15, 1), ("Nguồn", 15, 1), ("a\nb\n\nc", 15, 4), (SCHOOL, 15, 5)]
)
def test_lines_are_counted_by_words_and_by_breaks(text, width, lines):
    assert line_count(text, width) == lines


def test_a_column_is_counted_cell_by_cell_and_a_blank_is_one_line():
    texts = pd.Series([SCHOOL, None, "Nguồn", SCHOOL], index=[7, 3, 9, 1], dtype="str")
    assert line_counts(texts, 15).tolist() == [5, 1, 1, 5]


def test_every_row_of_the_book_is_as_high_as_its_longest_name(quota_book, tmp_path):
    path = tmp_path / "so.xlsx"
    write_book(renamed(quota_book, "Chi bộ thôn Mây 1", SCHOOL), path)
    found = [
        (sheet, cell)
        for sheet in openpyxl.load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == SCHOOL and cell.alignment.wrap_text
    ]
    assert {sheet.title for sheet, _ in found} >= {"Tổng hợp", "Tiến độ", "Dự báo", "Dữ liệu"}
    for sheet, cell in found:
        height = sheet.row_dimensions[cell.row].height or ROW_HEIGHT
        assert height >= ROW_HEIGHT * lines_needed(SCHOOL, width_of(sheet, cell.column))


def renamed(book, old, new):
    """The book with another name for a branch, in every frame."""
    frames = {field.name: getattr(book, field.name) for field in fields(book)}
    return replace(
        book, **{name: frame.replace({old: new}) for name, frame in frames.items() if isinstance(frame, pd.DataFrame)}
    )


def width_of(sheet, column):
    dimensions = sheet.column_dimensions.values()
    return next(one.width for one in dimensions if one.min <= column <= one.max)
