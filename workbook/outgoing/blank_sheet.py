"""What every sheet of a blank book shares: how it is made, notes and rules on its cells, how it prints."""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from workbook.outgoing.styles import FONT, NOTE_WIDTH, WORKBOOK_OPTIONS, note_height
from workbook.phrases import phrase

# XlsxWriter stamps the moment of writing unless told; with a fixed one the same book is the same bytes.
_CREATED = datetime(2025, 7, 1)  # noqa: DTZ001 - a file property has no zone

_OPTIONS: dict[str, object] = {**WORKBOOK_OPTIONS, "in_memory": True}
DATE_FORMAT = "dd/mm/yyyy"
#: The look of a cell for a day.
DAY_LOOK: dict[str, object] = {"num_format": DATE_FORMAT, "align": "center"}
_A4 = 9


@dataclass(frozen=True, slots=True)
class ColumnSpan:
    """Cells of one column, 0-based and inclusive."""

    first_row: int
    last_row: int
    column: int


def render(fill: Callable[[Workbook], None], properties: Mapping[str, str]) -> bytes:
    """The bytes of a workbook that `fill` lays out, with custom properties; the same each time."""
    buffer = BytesIO()
    with Workbook(buffer, _OPTIONS) as book:
        book.set_properties({"created": _CREATED})
        for name, value in properties.items():
            book.set_custom_property(name, value, "text")
        fill(book)
    return buffer.getvalue()


def note(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """A note on a cell, as high as its text needs."""
    size = {"width": NOTE_WIDTH, "height": note_height(text)}
    look = {"font_name": FONT, "font_size": 11, **size, "color": "#FFFFE1"}
    sheet.write_comment(row, column, text, look)


def rule(sheet: Worksheet, cells: ColumnSpan, options: Mapping[str, Any]) -> None:
    """A native data rule; where XlsxWriter would only warn and leave the rule out, this raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sheet.data_validation(cells.first_row, cells.column, cells.last_row, cells.column, dict(options))


def between(what: str, least: object, most: object, alert: str) -> dict[str, Any]:
    """A rule for dates or whole numbers within bounds, both included."""
    return {"validate": what, "criteria": "between", "minimum": least, "maximum": most, "error_message": alert}


def line_when_filled(book: Workbook, sheet: Worksheet, first: int, last: int, width: int) -> None:
    """Thin lines around rows that hold something, so that prepared rows still empty are not printed."""
    row = f"$A{first + 1}:${xl_col_to_name(width - 1)}{first + 1}"
    box = book.add_format({"border": 1, "border_color": "#808080"})
    filled = {"type": "formula", "criteria": f"=COUNTA({row})>0", "format": box}
    sheet.conditional_format(first, 0, last, width - 1, filled)


def print_landscape(sheet: Worksheet, header_row: int, wide: int = 1) -> None:
    """A4 landscape, `wide` pages across, the header row on every page, pages numbered."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(wide, 0)
    sheet.repeat_rows(header_row)
    sheet.set_footer(page_number())


def page_number() -> str:
    """The print footer of a sheet: which page of how many, in the middle."""
    return f'&C&"{FONT},Regular"' + phrase("page.number", page="&P", pages="&N")
