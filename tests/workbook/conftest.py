"""Sheets in tests are Markdown tables, as the clerk sees them.

    | STT | Họ và tên    | Ngày sinh   | <   |
    | ^   | ^            | Nam         | Nữ  |
    | #1  | Vi Thị Thử   |             | @1998-09-05 |

A line is a line of the sheet (a line of dashes is only for the eye), the first cell is column A. `#` begins a number,
`@` a day, `⏎` breaks a line inside the cell; `<` is merged with the cell to its left, `^` with the one above.
"""

import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty

from workbook.incoming.grid import Grid

_RULE = re.compile(r"\|[\s:|-]*-{3}[\s:|-]*\|")


def _cells(table: str) -> list[list[str]]:
    lines = [line.strip() for line in table.strip().splitlines()]
    rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines if not _RULE.fullmatch(line)]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _value(text: str) -> object:
    if text in ("<", "^"):
        return ""
    if text.startswith("#"):
        return float(text[1:])
    if text.startswith("@"):
        return date.fromisoformat(text[1:])
    return text.replace("⏎", "\n")


def _merges(rows: list[list[str]]) -> list[tuple[int, int, int, int]]:
    """Every cell that others are merged with: as far right as "<" goes, as far down as "^" goes."""
    found = []
    for top, row in enumerate(rows):
        for left, text in enumerate(row):
            if text in ("<", "^"):
                continue
            right = left
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            bottom = top
            while bottom + 1 < len(rows) and rows[bottom + 1][left] == "^":
                bottom += 1
            if (bottom, right) != (top, left):
                found.append((top, left, bottom, right))
    return found


class Book:
    """Turns tables into grids, and into real files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def grid(self, table: str, sheet: str = "Sổ theo dõi") -> Grid:
        rows = _cells(table)
        return Grid(sheet, [list(map(_value, row)) for row in rows], tuple(_merges(rows)))

    def file(
        self,
        sheets: str | Mapping[str, str],
        name: str = "so.xlsx",
        hidden: Mapping[str, str] | None = None,
        properties: Mapping[str, str] | None = None,
    ) -> Path:
        """A real .xlsx of one table, or of tables by sheet name; `hidden` sheets come last."""
        book = Workbook()
        book.remove(book.active)
        shown = {"Sổ theo dõi": sheets} if isinstance(sheets, str) else sheets
        for title, table in {**shown, **(hidden or {})}.items():
            sheet = book.create_sheet(title)
            sheet.sheet_state = "hidden" if title in (hidden or {}) else "visible"
            rows = _cells(table)
            for row in rows:
                sheet.append([_value(cell) or None for cell in row])
            for top, left, bottom, right in _merges(rows):
                sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        for key, value in (properties or {}).items():
            book.custom_doc_props.append(StringProperty(name=key, value=value))
        path = self._folder / name
        book.save(path)
        return path


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Makes sheets out of Markdown tables."""
    return Book(tmp_path)


@pytest.fixture
def bomb() -> Callable[[Path], Path]:
    """`bomb(path)`: a Word document of some hundred kilobytes that unpacks to a thousand times as much."""

    def make(path: Path) -> Path:
        document = docx.Document()
        document.add_paragraph("x")
        document.save(str(path))
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        body = parts.pop("word/document.xml")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts.items():
                package.writestr(name, content)
            with package.open("word/document.xml", "w") as stream:
                head, end, tail = body.rpartition(b"</w:p>")
                stream.write(head)
                for _ in range(150):
                    stream.write(b" " * (1 << 20))
                stream.write(end + tail)
        return path

    return make
