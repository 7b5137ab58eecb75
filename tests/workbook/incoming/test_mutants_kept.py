"""What damaged workbooks once did to us (`benchmarks/mutants.py` found them), made anew, and what it does now."""

import struct
import zipfile
from datetime import UTC, datetime

import pytest

from workbook.errors import Damaged
from workbook.incoming import ooxml
from workbook.incoming.read import read_here
from workbook.incoming.summary import _moment

REGISTER = """
| STT | Họ và tên | Ngày sinh | Dân tộc |
| #1 | Vi Thị Thử | @1998-09-05 | Kinh |
"""


def _with_part(path, name, change):
    """The same package with one part changed and its checksum right."""
    with zipfile.ZipFile(path) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for part, content in parts.items():
            package.writestr(part, change(content) if part == name else content)
    return path


def _damaged_in_place(path, name, offset, content):
    """The file with some bytes of a part's packed data, or of its entry in the directory (from the end), replaced."""
    with zipfile.ZipFile(path) as package:
        part = package.getinfo(name)
    data = bytearray(path.read_bytes())
    start = part.header_offset + 30 + len(name) if offset >= 0 else data.rindex(name.encode())
    data[start + offset : start + offset + len(content)] = content
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("offset", "content"),
    [(0, b"\xff" * 8), (-36, b"\x63\x00"), (-4, b"\xff\xff\xff\x7f")],
    ids=["packed data", "way of packing", "place in the file"],
)
def test_a_part_that_cannot_be_unpacked_is_damage(book, offset, content):
    path = _damaged_in_place(book.file(REGISTER), "xl/workbook.xml", offset, content)
    with pytest.raises(Damaged) as told:
        read_here(path)
    assert told.value.code == "file.damaged"


def test_an_encoding_that_nobody_knows_costs_a_property_and_no_file(book):
    path = book.file(REGISTER, properties={"x": "y"})
    paper = read_here(
        _with_part(path, "docProps/core.xml", lambda text: b'<?xml version="1.0" encoding="UTB-8"?>' + text)
    )
    assert len(paper.grids[0].rows) == 2


def _summary(count, kind=0x40, ticks=134_000_000_000_000_000):
    head = bytes(44) + struct.pack("<I", 48)
    return head + struct.pack("<II", 0, count) + struct.pack("<II", 13, 16) + struct.pack("<IQ", kind, ticks)


def test_the_day_of_an_older_workbook_is_read_without_counting_to_the_end():
    assert _moment(_summary(1)) == datetime(2025, 8, 18, 14, 13, 20, tzinfo=UTC)
    assert _moment(_summary(1, kind=0x1003)) is None  # a list, whose stated length another reader would count through


def test_an_error_cell_with_an_impossible_address_is_passed_over():
    good, wrong = b'<c r="B2" t="e"><v>#REF!</v></c>', b'<c r="A0" t="e"><v>#REF!</v></c>'
    far = b'<c r="A' + b"9" * 5_000 + b'" t="e"><v>#N/A</v></c>'
    assert ooxml._errors(wrong + far + good) == [(1, 1, "#REF!")]


def test_an_error_cell_with_illegible_text_is_shown_all_the_same():
    assert len(ooxml._errors(b'<c r="B2" t="e"><v>\xff</v></c>')) == 1
