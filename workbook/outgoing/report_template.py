"""The layout of the written report as a Word document with places to fill; a clerk may change all else of it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from workbook.outgoing import word_file
from workbook.outgoing.word_page import (
    BODY,
    CENTRE,
    FIRST_LINE,
    LEFT,
    Paper,
    Type,
    columns,
    fill,
    line,
    loop,
    page,
    repeat_heading,
    table,
)
from workbook.toml_file import toml_file

#: The places that hold one text, and those that hold a list, by what they are called in the template.
TEXTS = ("cap_tren", "cap_uy", "ky_hieu", "ky", "mo_dau", "ky_thay", "cap_duoi", "tep")
SECTIONS = ("ket_qua", "co_cau", "tien_do", "du_bao", "nop_so")
LINE = ("chi_bo", "chi_tieu", "ket_nap", "ty_le")
SOURCE = ("cau", "so", "o", "cach")
TABLE, TOTAL, SOURCES = "bang", "tong", "nguon_so_lieu"
#: The places that a report is for; without one of the others it still says everything.
CONTENT = ("ky", "cap_uy", "mo_dau", *SECTIONS, TABLE, TOTAL)
#: What a line of the appendix is about → the place that it is told in.
TOLD_IN = {"title": "ky", "opening": "mo_dau", "table": TABLE} | {str(at): one for at, one in enumerate(SECTIONS, 1)}

_BOLD = Type(bold=True)
_HEADING = Type(LEFT, bold=True, indent=FIRST_LINE, space=(8, 3), keep=True)
_CELL, _SMALL = Type(LEFT, 13), Type(LEFT, 10)
_FIGURE = Type(size=13)
_HEAD_WIDTHS, _FOOT_WIDTHS = (7.2, 8.8), (8.0, 8.0)
_TABLE_WIDTHS, _SOURCE_WIDTHS = (1.4, 7.8, 2.1, 2.5, 2.2), (2.2, 5.0, 6.0, 2.8)
_BLANK_LINES = 4


def build() -> bytes:
    """The template as the bytes of a .docx file; always the same bytes."""
    paper = page()
    _head(paper)
    _body(paper)
    _foot(paper)
    _sources(paper)
    word_file.describe(paper, _words("head")["kind"])
    return word_file.content(paper.save)


def _words(section: str) -> dict[str, Any]:
    said: dict[str, Any] = toml_file("workbook.outgoing", "report_vi.toml")[section]
    return said


def _head(paper: Paper) -> None:
    said = _words("head")
    left, right = columns(paper, _HEAD_WIDTHS)
    line(left, said["superior"], Type())
    line(left, said["committee"], _BOLD)
    line(left, said["star"], Type())
    line(left, said["number"], Type())
    line(right, said["party"], Type(bold=True, underline=True, size=15))
    line(right, said["place_and_day"], Type(italic=True, space=(14, 0)))
    line(paper, said["kind"], Type(bold=True, size=16, space=(18, 0)))
    line(paper, said["subject"], _BOLD)
    line(paper, said["rule"], Type(space=(0, 8)))


def _body(paper: Paper) -> None:
    said = _words("body")
    line(paper, said["opening"])
    for heading, place in zip(("result", "composition", "progress", "forecast", "submissions"), SECTIONS, strict=True):
        line(paper, said[heading], _HEADING)
        line(paper, f"{{%p for cau in {place} %}}")
        line(paper, "{{ cau }}")
        line(paper, "{%p endfor %}")
        if heading == "result":
            _table(paper)
    line(paper, said["proposals"], _HEADING)
    for _ in range(_BLANK_LINES):
        line(paper, said["to_fill"], Type(LEFT, space=(3, 3)))


def _table(paper: Paper) -> None:
    line(paper, _words("body")["table"], Type(bold=True, size=13, space=(6, 3), keep=True))
    made = table(paper, _TABLE_WIDTHS, ruled=True)
    looks = [_FIGURE, _CELL, _FIGURE, _FIGURE, _FIGURE]
    fill(made, 0, _words("table")["headings"], [Type(bold=True, size=13)] * len(looks))
    repeat_heading(made)
    cells = ["{{ loop.index }}", *_tags("dong", LINE)]
    loop(made, "{%tr for dong in bang %}", cells, looks, "{%tr endfor %}")
    fill(made, len(made.rows), ["", *_tags("tong", LINE)], [replace(look, bold=True) for look in looks])


def _tags(one: str, names: Sequence[str]) -> list[str]:
    """The places of the parts of one line of a table."""
    return ["{{ " + f"{one}.{name}" + " }}" for name in names]


def _foot(paper: Paper) -> None:
    said = _words("foot")
    line(paper, "", Type(space=(0, 6)))
    left, right = columns(paper, _FOOT_WIDTHS)
    line(left, said["recipients"], Type(LEFT, underline=True))
    for copy in said["copies"]:
        line(left, copy, Type(LEFT, 12))
    line(right, said["signer"], _BOLD)
    line(right, said["office"], Type())
    line(right, said["sign"], Type(italic=True, size=12))


def _sources(paper: Paper) -> None:
    said = _words("sources")
    line(paper, said["title"], Type(CENTRE, bold=True)).paragraph_format.page_break_before = True
    line(paper, said["note"], Type(BODY.align, 12, italic=True, space=(0, 6)))
    made = table(paper, _SOURCE_WIDTHS, ruled=True)
    looks = [_SMALL] * len(_SOURCE_WIDTHS)
    fill(made, 0, said["headings"], [Type(bold=True, size=11)] * len(looks))
    repeat_heading(made)
    loop(made, "{%tr for nguon in nguon_so_lieu %}", _tags("nguon", SOURCE), looks, "{%tr endfor %}")
