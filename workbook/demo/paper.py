"""Drafts → an .xlsx file, written by XlsxWriter so that the same draft always gives the same bytes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from workbook.demo.draft import Computed, Draft
from workbook.demo.layouts import Layout

_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True, slots=True)
class Saved:
    """Where a sheet's people ended up: `rows[i]` is the sheet line (from 1) of the draft's person `i`."""

    sheet: str
    layout: Layout
    rows: tuple[int, ...]

    def cell(self, position: int, column: str) -> str:
        """Address of one value, like "F12"."""
        return f"{xl_col_to_name(self.layout.sources.index(column))}{self.rows[position]}"


def save(path: Path, drafts: Sequence[tuple[str, Draft]], written_at: datetime, hidden: int = 0) -> list[Saved]:
    """Write (sheet name, draft) pairs as one workbook; the last `hidden` of them are hidden sheets."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        book.set_properties({"created": written_at, "author": "demo"})
        saved = [_Page(book, name, draft).write() for name, draft in drafts]
        for sheet in book.worksheets()[len(drafts) - hidden :]:
            sheet.hide()
    return saved


class _Page:
    """Writes one sheet from top to bottom; `line` is the next free line, from 0."""

    def __init__(self, book: xlsxwriter.Workbook, name: str, draft: Draft) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self.draft, self.layout = draft, draft.layout
        self.width = len(draft.layout.columns)
        self.sheet.set_column(0, self.width - 1, 14)
        self.line = 0
        self.rows: list[int] = []
        font = {"font_name": "Times New Roman", "font_size": 11}
        grid = {**font, "border": 1, "valign": "vcenter"}
        self.plain: Format = book.add_format(grid)
        self.day: Format = book.add_format({**grid, "num_format": "dd/mm/yyyy"})
        self.heading: Format = book.add_format({**grid, "bold": True, "align": "center", "text_wrap": True})
        self.title: Format = book.add_format({**font, "bold": True, "align": "center"})

    def write(self) -> Saved:
        """The whole sheet."""
        for text in self.layout.titles:
            self._text(text, self.title)
        self._header()
        for part in _parts(len(self.draft.people), self.layout.groups):
            self._group(part)
        self._merge_body()
        self._foot()
        return Saved(self.sheet.get_name(), self.layout, tuple(row + 1 for row in self.rows))

    def _group(self, part: range) -> None:
        number = part.start // self.layout.groups + 1 if self.layout.groups else 0
        words = {"n": number, "roman": _ROMAN[number % len(_ROMAN)], "count": len(part)}
        if self.layout.repeat and part.start:
            self._header()
        if self.layout.group:
            self._cells([self.layout.group.format(**words)])
        for position in part:
            if self.layout.gap and position and position % self.layout.gap == 0:
                self.line += 1
            self.rows.append(self.line)
            self._cells(self.draft.rows[position])
        if self.layout.subtotal:
            self._cells(["", self.layout.subtotal.format(**words)])

    def _foot(self) -> None:
        if self.layout.total:
            self._text(self.layout.total, self.plain, count=len(self.draft.people))
        for _ in range(self.draft.ghosts):
            self._cells([None] * self.width)
        if self.draft.stray:
            self._cells([self.draft.stray])
        for text in self.layout.notes:
            self._text(text, self.plain)
        self.line += bool(self.layout.signature)
        for text in self.layout.signature:
            self._text(text, self.title)

    def _text(self, text: str, look: Format, **more: object) -> None:
        """A line of text over the whole width, or two halves parted by "||"; a blank text leaves the line blank."""
        halves = text.format(**self.draft.cover.words(**more)).split(" || ")
        edges = [0, self.width // 2, self.width] if len(halves) == 2 else [0, self.width]
        for half, first, after in zip(halves, edges, edges[1:], strict=False):
            if half:
                self.sheet.merge_range(self.line, first, self.line, after - 1, half, look)
        self.line += 1

    def _header(self) -> None:
        depth = self.layout.depth
        for first, last, top, bottom, text in _blocks(self.layout):
            if (first, top) == (last, bottom):
                self.sheet.write_string(self.line + top, first, text, self.heading)
            else:
                self.sheet.merge_range(self.line + top, first, self.line + bottom, last, text, self.heading)
        self.line += depth
        if self.layout.numbering:
            self._cells([self.layout.numbering.format(number + 1) for number in range(self.width)])
        if any(field.code for field in self.layout.columns):
            self._cells([field.code for field in self.layout.columns])

    def _cells(self, values: Sequence[Any]) -> None:
        for column, value in enumerate(values):
            self._cell(column, value)
        self.line += 1

    def _cell(self, column: int, value: Any) -> None:
        if value is None or value == "":
            self.sheet.write_blank(self.line, column, None, self.plain)
        elif isinstance(value, date):
            self.sheet.write_datetime(self.line, column, value, self.day)
        elif isinstance(value, Computed):
            self.sheet.write_formula(self.line, column, value.formula, self.plain, value.value)
        elif isinstance(value, str):
            self.sheet.write_string(self.line, column, value, self.plain)
        else:
            self.sheet.write_number(self.line, column, value, self.plain)

    def _merge_body(self) -> None:
        for first, last, column in self.draft.merges:
            at = self.layout.sources.index(column)
            value = self.draft.get(first, column)
            self.sheet.merge_range(self.rows[first], at, self.rows[last], at, value, self.plain)


def _parts(count: int, size: int) -> Iterator[range]:
    """Positions cut into groups of `size`; one group where there are none."""
    for start in range(0, count, size or count or 1):
        yield range(start, min(start + (size or count), count))


def _blocks(layout: Layout) -> Iterator[tuple[int, int, int, int, str]]:
    """The header's cells as (first column, last column, top row, bottom row, text).

    Equal neighbours are merged; a heading with nothing below it reaches down to the last row.
    """
    for level in range(layout.depth):
        keyed = enumerate(field.path[: level + 1] for field in layout.columns)
        for path, run in groupby(keyed, key=lambda item: item[1]):
            columns = [column for column, _ in run]
            if len(path) == level + 1:
                leaf = len(layout.columns[columns[0]].path) == level + 1
                yield columns[0], columns[-1], level, layout.depth - 1 if leaf else level, path[-1]
