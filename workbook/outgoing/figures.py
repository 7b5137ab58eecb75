"""Numbers that a person may question: live formulas with the value already written, one line a branch and a total.

A formula is a template. `{cell[quota]}` is the cell of that column in the same row, `{column[quota]}` the
column over all branches; further names come from the sheet: `{data[stage]}` a column of the sheet of persons,
`{label[official]}` what a stage or a verdict is called there, `{year}` the cell with the year, `{decimals}`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from workbook.book import Book
from workbook.outgoing.cells import plain
from workbook.outgoing.page import Field, Page
from workbook.outgoing.styles import Accent, Look
from workbook.percent import DASH
from workbook.phrases import phrase

#: With more branches every opening of the book would count for minutes: plain values then.
MOST_LIVE = 300


class Total(StrEnum):
    """What the total line shows of a column."""

    NOTHING = "nothing"
    SUM = "sum"
    AGAIN = "again"  # the same formula over the totals: a total percentage is never a mean of percentages


@dataclass(frozen=True, slots=True)
class Figure(Field):
    """A column with one value a branch.

    `counts`: criteria of the persons counted, beside being of the branch (or `credited` to it); `formula`: what
    follows from other cells of the row; neither: the value is given.
    """

    look: Look = Look.COUNT
    counts: str = ""
    credited: bool = False
    formula: str = ""
    total: Total = Total.SUM

    def of_branch(self) -> str:
        """The formula of a branch's line, "" for a given value."""
        if self.counts:
            whose = "credit_number" if self.credited else "branch_number"
            return "=COUNTIFS({data[" + whose + "]},{cell[number]}," + self.counts + ")"
        return self.formula

    def of_total(self) -> str:
        """The formula of the total line, "" for none."""
        summed = "=SUM({column[" + self.name + "]})"
        return {Total.NOTHING: "", Total.SUM: summed, Total.AGAIN: self.formula}[self.total]


def live(book: Book) -> bool:
    """Whether the book's counts are written as formulas."""
    return not book.counts_only and len(book.branches) <= MOST_LIVE


def affordable(figures: Sequence[Figure], book: Book) -> tuple[Figure, ...]:
    """The figures, with plain values for the counts of a book that has too many branches to count live."""
    return tuple(figures) if live(book) else tuple(replace(figure, counts="") for figure in figures)


def reference(sheet: str, fields: Sequence[Field], name: str, row: int) -> str:
    """The cell in the column `name` of a line (counted from 1), as formulas of any sheet name it: "'Page'!$C$12"."""
    column = next(place for place, field in enumerate(fields) if field.name == name)
    return f"'{sheet}'!${xl_col_to_name(column)}${row}"


def write_figures(
    page: Page,
    figures: Sequence[Figure],
    frame: pd.DataFrame,
    shares: Mapping[str, object],
    names: Mapping[str, object],
) -> int:
    """Write a line per branch and the total line; the 0-based row of the total line is returned.

    `frame` has a column per figure (None or NaN is blank, a dash where a formula stands) and `name` among them;
    `shares` holds what the total line shows of the columns that are not sums.
    """
    last = page.first + max(len(frame), 1)
    spans = {one.name: "{0}${1}:{0}${2}".format(page.letter(one.name), page.first + 1, last) for one in figures}
    known = {**names, "column": spans}
    records = zip(*(frame[figure.name].tolist() for figure in figures), strict=True)
    for row, record in enumerate(records, page.first):
        _line(page, row, zip(figures, [one.of_branch() for one in figures], record, strict=True), known, Accent.PLAIN)
    totals = [_total(figure, frame, shares) for figure in figures]
    _line(page, last, zip(figures, [one.of_total() for one in figures], totals, strict=True), known, Accent.TOTAL)
    page.fit(frame)
    return last


def _line(
    page: Page, row: int, parts: "zip[tuple[Figure, str, object]]", known: Mapping[str, object], accent: Accent
) -> None:
    cells = {field.name: f"{page.letter(field.name)}{row + 1}" for field in page.fields}
    for column, (figure, template, value) in enumerate(parts):
        if template:
            shown = DASH if plain(value) is None else value
            page.formula((row, column), template.format(cell=cells, **known), shown, figure.look, accent)
        else:
            page.put(row, column, value, figure.look, accent)


def _total(figure: Figure, frame: pd.DataFrame, shares: Mapping[str, object]) -> object:
    if figure.total is Total.SUM:
        return pd.to_numeric(frame[figure.name], errors="coerce").sum()
    return phrase("page.total") if figure.name == "name" else shares.get(figure.name)
