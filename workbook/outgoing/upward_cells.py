"""A quota book as read → the cells that a book of counts is made of, and the texts that stand beside its counts."""

from collections.abc import Iterator, Sequence
from itertools import chain, dropwhile

import pandas as pd

from workbook.errors import NotAWorkbook
from workbook.incoming.cells import as_text, is_blank, text_or_blank
from workbook.incoming.committee_lines import heading_row, sheet_of
from workbook.incoming.quota_book import QuotaBook
from workbook.outgoing.page import Field
from workbook.outgoing.sheets import composition, overdue, overdue_counts, reconciliation, submissions, summary
from workbook.states import restated


def numbered_lines(read: QuotaBook, sheet: str, fields: Sequence[Field], needed: Sequence[str]) -> pd.DataFrame:
    """The numbered lines of a sheet: the branches, without the total and what follows it."""
    table = _table(read, sheet, fields, needed)
    numbered = pd.Series([isinstance(number, int | float) for number in table["number"]], table.index, dtype=bool)
    return table.loc[numbered].reset_index(drop=True)


def _table(read: QuotaBook, sheet: str, fields: Sequence[Field], needed: Sequence[str]) -> pd.DataFrame:
    """The lines below the headings of a sheet, a column of cell values per field; blank where a heading is gone."""
    grid = sheet_of(read.grids, sheet)
    headings = {field.name: field.heading for field in fields}
    found = heading_row(grid, headings, needed) if grid else None
    if grid is None or found is None:
        missing = ", ".join(headings[name] for name in needed)
        raise NotAWorkbook("upward.sheet_missing", {"file": read.file, "wanted": sheet, "headings": missing})
    top, places = found
    rows = grid.rows[top + 1 :]
    columns = {name: [row[places[name]] if name in places else "" for row in rows] for name in headings}
    return pd.DataFrame(columns, dtype=object)


def texts_above(read: QuotaBook) -> list[str]:
    """The texts above the quota table."""
    grid = sheet_of(read.grids, summary.NAME)
    rows = grid.rows[: read.tables["branches"].lines[0] - 2] if grid else []
    return [as_text(value) for row in rows for value in row if isinstance(value, str) and not is_blank(value)]


def board_cells(read: QuotaBook) -> pd.DataFrame:
    """The lines of the board of who has handed in, as far as a book of counts has its columns."""
    return numbered_lines(read, submissions.NAME, submissions.COUNTS, ("number", "branch", "state"))


def reconciliation_cells(read: QuotaBook) -> pd.DataFrame:
    """The cells of the reconciliation, line by line; without the checks below, which are calculated again."""
    cells = _table(read, reconciliation.NAME, reconciliation.FIELDS, ("item", "count", "part"))
    lines = cells["result"].map(is_blank) & ~cells["item"].map(is_blank)
    return cells.loc[lines.astype(bool)]


def watchers_of(read: QuotaBook) -> list[str]:
    """Who watches over the branches, as written in the quota table and beside what is late."""
    beside = (numbered_lines(read, summary.NAME, summary.FIGURES, ("number", "name")),
              _table(read, overdue_counts.NAME, overdue.FIELDS, ("number", "branch")))  # fmt: skip
    return [text for table in beside for text in table["watcher"].map(text_or_blank) if text]


def texts_beside(read: QuotaBook) -> Iterator[str]:
    """Whatever is written where a book of counts has texts beside its counts, ours or typed: a text a cell."""
    yield from (text for text in texts_above(read) if text != summary.SEE_CHARTS)
    summed = numbered_lines(read, summary.NAME, summary.FIGURES, ("number", "name"))
    handed_in, grid = board_cells(read), sheet_of(read.grids, composition.NAME)
    groups = dropwhile(lambda row: is_blank(row[1]), reversed(grid.rows[1:] if grid else []))  # without the note below
    cells = chain(
        summed["remark"],
        *(handed_in[name] for name in ("branch", "state", "version")),
        reconciliation_cells(read)["item"],
        (row[0] for row in groups),
    )
    yield from (restated(as_text(cell)) for cell in cells if isinstance(cell, str) and not is_blank(cell))
