"""What every sheet of a blank book shares: fonts, header row, header notes, rules of a column, print set-up."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

#: XlsxWriter stamps the moment of writing unless told; a fixed one makes the same book byte for byte.
_CREATED = datetime(2025, 7, 1)  # noqa: DTZ001  a file property without a zone

_FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
DATE_FORMAT = "dd/mm/yyyy"
_A4 = 9
_NOTE = {"x_scale": 2.2, "y_scale": 1.3, "font_size": 10, "author": ""}


@dataclass(frozen=True, slots=True)
class Area:
    """Cells of one column that a rule or a format covers, 0-based and inclusive."""

    first_row: int
    last_row: int
    column: int


def new_book(out: Path, properties: Mapping[str, str]) -> xlsxwriter.Workbook:
    """An empty workbook that will stand at `out`; `properties` are written as custom properties."""
    book = xlsxwriter.Workbook(str(out), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _CREATED})
    for name, value in properties.items():
        book.set_custom_property(name, value, "text")
    return book


def style(book: xlsxwriter.Workbook, **properties: Any) -> Format:
    """A cell format in the house font."""
    return book.add_format({**_FONT, **properties})


def header_style(book: xlsxwriter.Workbook, **properties: Any) -> Format:
    """The format of a header cell."""
    look = {"bold": True, "text_wrap": True, "align": "center", "border": 1, "bg_color": "#F2DCDB"}
    return style(book, **{**look, **properties})


def note(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """A note on a cell, wide enough for a short paragraph."""
    lines = 1 + sum(len(line) // 44 for line in text.splitlines()) + text.count("\n")
    sheet.write_comment(row, column, text, {**_NOTE, "y_scale": max(0.6, 0.24 * lines)})


def rule(sheet: Worksheet, area: Area, options: Mapping[str, Any]) -> None:
    """A native data rule; where XlsxWriter would only warn and leave the rule out, this raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sheet.data_validation(area.first_row, area.column, area.last_row, area.column, dict(options))


def ruled_when_filled(book: xlsxwriter.Workbook, sheet: Worksheet, first: int, last: int, columns: int) -> None:
    """Thin lines around the rows that hold something, so that empty prepared rows are not printed."""
    row = f"$A{first + 1}:${xlsxwriter.utility.xl_col_to_name(columns - 1)}{first + 1}"
    lines = book.add_format({"border": 1})
    filled = {"type": "formula", "criteria": f"=COUNTA({row})>0", "format": lines}
    sheet.conditional_format(first, 0, last, columns - 1, filled)


def print_landscape(sheet: Worksheet, header_row: int, footer: str, pages_wide: int = 1) -> None:
    """A4 landscape, fitted in width, the header repeated, pages numbered."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(pages_wide, 0)
    sheet.repeat_rows(header_row)
    sheet.set_footer(footer)
