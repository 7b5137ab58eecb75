"""One printed sheet: its columns, its headings, its cells, and how it comes out of the printer."""

import re
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np
import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from workbook.book import Book
from workbook.days import format_day
from workbook.outgoing.block_sheet import BlockSheet
from workbook.outgoing.cells import plain
from workbook.outgoing.legible import legible
from workbook.outgoing.styles import BAR_COLOUR, BAR_EDGE, FONT, ROW_HEIGHT, WRAPPED, Accent, Look, Styles
from workbook.outgoing.wrapped import line_count, line_counts
from workbook.phrases import phrase

#: (file, sheet, cell) → the hyperlink that leads there, "" where none can.
Locate = Callable[[str, str, str], str]

#: Conditions on the first line of a table, as formulas without "=", and what marks a cell out where they hold.
Tiers = Sequence[tuple[str, Accent]]

_A4 = 9
_MOST_LINKS = 65_530  # a sheet holds no more
_MOST_LINES = 25  # a row is at most 409 points high


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a sheet. `name` is the column of the frame, `width` in characters."""

    name: str
    heading: str
    width: float
    look: Look = Look.TEXT


@dataclass(frozen=True, slots=True)
class Paper:
    """What every sheet is written on: the workbook being made, its styles, and the way back to the sources."""

    workbook: Workbook
    styles: Styles
    locate: Locate


class Page:
    """A sheet being written. `top` is the 0-based row of the headings; the lines follow below."""

    def __init__(self, paper: Paper, name: str, fields: Sequence[Field], top: int = 0):
        self.sheet: BlockSheet = paper.workbook.add_worksheet(name, worksheet_class=BlockSheet)
        self._paper = paper
        self._head(fields, top)

    def further(self, fields: Sequence[Field], top: int) -> "Page":
        """Another table on the same sheet, its headings in the 0-based row `top`; its widths are the sheet's now."""
        below = copy(self)
        below._head(fields, top)
        return below

    def _head(self, fields: Sequence[Field], top: int) -> None:
        self.fields = tuple(fields)
        self.top = top
        self.first = top + 1
        self._place = {field.name: column for column, field in enumerate(self.fields)}
        for column, field in enumerate(self.fields):
            self.sheet.set_column(column, column, field.width)
            self.put(top, column, field.heading, Look.HEADING)
        highest = max((line_count(field.heading, field.width, bold=True) for field in self.fields), default=1)
        self.sheet.heighten({top: _height(highest)})

    def letter(self, name: str) -> str:
        """Sheet column of a field, like "AB"."""
        return str(xl_col_to_name(self._place[name]))

    def put(self, row: int, column: int, value: object, look: Look, accent: Accent = Accent.PLAIN) -> None:
        """Write one value as what it is; text is never taken for a formula, a link or a number."""
        style = self._paper.styles(look, accent)
        if self.sheet.replace(row, column, value, style):
            return
        kept = plain(value)
        if kept is None:
            self.sheet.write_blank(row, column, None, style)
        elif isinstance(kept, str):
            self.sheet.write_string(row, column, kept, style)
        else:
            self.sheet.write_number(row, column, kept, style)

    def formula(self, cell: tuple[int, int], text: str, cached: object, look: Look, accent: Accent) -> None:
        """Write a live formula with the value that a viewer who does not calculate shall see."""
        self.sheet.write_formula(*cell, text, self._paper.styles(look, accent), plain(cached))

    def across(self, row: int, columns: tuple[int, int], text: str, look: Look) -> None:
        """Write one line over several columns (first and last, inclusive)."""
        style = self._paper.styles(look)
        self.sheet.merge_range(row, columns[0], row, columns[1], "", style)
        self.sheet.write_string(row, columns[0], text, style)

    def table(self, frame: pd.DataFrame) -> None:
        """Write the frame's columns below the headings."""
        styles = self._paper.styles
        self.sheet.write_block(self.first, [(frame[field.name], styles(field.look)) for field in self.fields])
        self.fit(frame)

    def fit(self, frame: pd.DataFrame) -> None:
        """Make the lines high enough for their wrapped text: LibreOffice does not when it opens a file."""
        wrapped = [field for field in self.fields if field.look in WRAPPED]
        counts = [line_counts(frame[field.name], field.width) for field in wrapped]
        highest = np.max(counts, axis=0, initial=1).tolist() if counts else []
        self.sheet.heighten({row: _height(lines) for row, lines in enumerate(highest, self.first) if lines > 1})

    def accent(self, name: str, values: Iterable[object], accents: Iterable[Accent]) -> None:
        """Write a column of the table again with its lines marked out."""
        look = self.fields[self._place[name]].look
        styles = [self._paper.styles(look, accent) for accent in accents]
        self.sheet.restyle(self.first, self._place[name], values, styles)

    def link(self, name: str, frame: pd.DataFrame, cells: Iterable[str]) -> None:
        """Let a column lead to the sources of its lines: `file` and `sheet` of the frame, and the cells given.

        A sheet of more lines than it may hold links gets none: some with and some without would puzzle.
        """
        if len(frame) > _MOST_LINKS:
            return
        column, styles = self._place[name], self._paper.styles
        values = frame[name].tolist()
        sources = zip(frame["file"].tolist(), frame["sheet"].tolist(), cells, values, strict=True)
        targets = [self._paper.locate(file, sheet, cell) if value else "" for file, sheet, cell, value in sources]
        looks = [styles(Look.LINK if target else self.fields[column].look) for target in targets]
        self.sheet.restyle(self.first, column, values, looks)
        self.sheet.lead(self.first, column, targets)

    def lead(self, cell: tuple[int, int], target: str, value: object, look: Look) -> None:
        """Let one cell lead to a target of our own making; it shows `value`."""
        self.sheet.write_url(*cell, target, string="")
        self.put(*cell, value, look)

    def bars(self, name: str, last: int) -> None:
        """Let a column of counts show itself as bars from 0; `last` is the 0-based row of the total below its lines."""
        bar = {
            "type": "data_bar",
            "bar_solid": True,
            "bar_color": BAR_COLOUR,
            "bar_border_color": BAR_EDGE,
            "min_type": "num",
            "min_value": 0,
        }
        letter = self.letter(name)
        self.sheet.conditional_format(f"{letter}{self.first + 1}:{letter}{last}", bar)

    def trim_shares(self, name: str, last: int, tiers: Tiers = ()) -> None:
        """Drop the trailing zeros of a column of percentages, live: 75,63 but 127,2 and 94; `last` as in `bars`.

        LibreOffice heeds one rule a cell, so a rule that drops zeros also marks the cell out by its tier.
        """
        cell = f"{self.letter(name)}{self.first + 1}"
        for holds, accent in (*tiers, ("TRUE", Accent.PLAIN)):
            for decimals in (0, 1, 2) if accent is not Accent.PLAIN else (0, 1):
                exact = f"IF(ISNUMBER({cell}),ROUND({cell},{decimals})={cell},FALSE)"
                self._rule(name, last, f"AND({holds},{exact})", self._paper.styles.trimmed(decimals, accent))

    def tint(self, name: str, last: int, tiers: Tiers) -> None:
        """Mark out the cells of a column by the first condition that holds, live; `last` as in `bars`."""
        for holds, accent in tiers:
            self._rule(name, last, holds, self._paper.styles.tinted(accent))

    def _rule(self, name: str, last: int, holds: str, style: Format) -> None:
        letter = self.letter(name)
        rule = {"type": "formula", "criteria": f"={holds}", "format": style}
        self.sheet.conditional_format(f"{letter}{self.first + 1}:{letter}{last + 1}", rule)

    def filtered(self, count: int) -> None:
        """Put filter buttons on the headings, over `count` lines."""
        self.sheet.autofilter(self.top, 0, self.top + max(count, 1), len(self.fields) - 1)

    def print_until(self, name: str, count: int) -> None:
        """Leave the columns after that one for the screen: on paper they would make the letters too small."""
        self.sheet.print_area(0, 0, self.top + max(count, 1), self._place[name])

    def printed(self, header: str = "", wide: int = 1, tall: int = 0) -> None:
        """A4 landscape, `wide` pages across and `tall` down (0: as many as it takes), `header` above, the number below.

        The headings stand on every page.
        """
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(wide, tall)
        sheet.center_horizontally()
        sheet.set_margins(left=0.4, right=0.4, top=0.8 if header else 0.5, bottom=0.6)
        sheet.repeat_rows(self.top)
        sheet.set_header(header)
        sheet.set_footer(f'&C&"{FONT},Regular"' + phrase("page.number", page="&P", pages="&N"))


def _height(lines: int) -> float:
    return ROW_HEIGHT * min(lines, _MOST_LINES)


def listed(paper: Paper, name: str, title: str, fields: Sequence[Field], frame: pd.DataFrame, book: Book) -> Page:
    """A sheet that is a plain list: headings in the first row, frozen and filtered; the title is printed above."""
    return as_list(Page(paper, name, fields), title, frame, book)


def as_list(page: Page, title: str, frame: pd.DataFrame, book: Book) -> Page:
    """The same on a page whose headings need not stand in the first row."""
    page.table(frame)
    page.sheet.freeze_panes(page.first, 0)
    page.filtered(len(frame))
    page.printed(header(title, book))
    return page


def header(title: str, book: Book) -> str:
    """The print header of a list: whose it is, what it is, and of which day."""
    # 255 characters are all it holds.
    left, centre = (_without_codes(text) for text in (book.committee.name[:60], title))
    right = phrase("page.as_of", day=format_day(book.as_of))
    return f'&L&"{FONT},Regular"&11 {left}&C&"{FONT},Bold"&14 {centre}&R&"{FONT},Italic"&11 {right}'


def _without_codes(text: str) -> str:
    """The text on one line, as a print header shows it: an ampersand starts a code there."""
    doubled = re.sub(r"\s+", " ", legible(text)).replace("&", "&&")
    # XlsxWriter would take the second one and a G for a picture and leave the header out: a sign of no width between.
    return re.sub(r"&(?=[G\[])", "&\u2060", doubled)
