"""The sheet that is open before a clerk → judged, by the same line as a closed file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from workbook.assess import Assessment, Law, assess
from workbook.committee import Committee
from workbook.discretion import know
from workbook.errors import UnreadableWorkbook
from workbook.incoming.grid import Grid, Merge, is_blank, is_blank_row
from workbook.incoming.header import find_header
from workbook.incoming.inbox import Opened
from workbook.incoming.lift import NotARegister, lift
from workbook.incoming.raw import RawTable
from workbook.incoming.versions import choose
from workbook.incoming.vocabulary import heading_key
from workbook.located import located
from workbook.memory import claimed, confirmed, recalled
from workbook.sheet_memory import NOTHING_KNOWN, sheet_memory

#: Row and column, then last row and last column; counted from one as a clerk counts, both corners inside.
Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """One open sheet from A1 on, read in one block; `merges` as in a `Grid`, `hidden` the rows out of sight.

    Cells as in a `Grid`. Rows of `hidden` and areas of `formulas` are counted from one.
    """

    book: str
    name: str
    rows: list[list[object]]
    merges: tuple[Merge, ...] = ()
    hidden: frozenset[int] = frozenset()
    formulas: tuple[Area, ...] = ()

    def value(self, row: int, column: int) -> object:
        """What a cell shows, "" beyond the block; counted from one."""
        line = self.rows[row - 1] if row <= len(self.rows) else []
        return line[column - 1] if column <= len(line) else ""


@dataclass(frozen=True, slots=True)
class Review:
    """An open sheet judged. `header`: the last line of headings; `width`: columns in use without our own.

    `branches`: those of the committee that the sheet speaks for, none where it is unknown.
    """

    sheet: OpenSheet
    table: RawTable
    header: int
    width: int
    assessment: Assessment
    found: pd.DataFrame
    branches: tuple[str, ...] = ()

    @property
    def unseen(self) -> int:
        """How many persons stand on rows that are hidden or filtered away; they are judged all the same."""
        return len(self.sheet.hidden.intersection(self.table.rows))


def judge(sheet: OpenSheet, law: Law, ours: Sequence[Area] = (), committee: Committee | None = None) -> Review:
    """Judge the persons of one open sheet; what stands in the areas that are `ours` is not read.

    What people have confirmed and explained in the committee's book holds, as for closed files.
    UnreadableWorkbook where the sheet holds no register; the code says why.
    """
    known = confirmed(committee)
    table = table_of(sheet, ours, known)
    opened, branches = Opened(sheet.book, Path(sheet.book), tables=(table,)), tuple[str, ...]()
    know(table.columns.get("full_name", ()))
    assessment, memory = assess([(0, table)], law), NOTHING_KNOWN
    if committee:
        branch = claimed([opened], committee)
        assessment = recalled(assessment, branch, committee, law.as_of)
        memory = sheet_memory(choose([opened], committee), committee, law.as_of)
        branches = tuple(sorted({*branch} - {""}))
    review = review_of(sheet, table, assessment, located(assessment, [opened], memory), ours=ours, confirmed=known)
    return replace(review, branches=branches)


def review_of(
    sheet: OpenSheet,
    table: RawTable,
    assessment: Assessment,
    found: pd.DataFrame,
    *,
    ours: Sequence[Area] = (),
    confirmed: Mapping[str, str] | None = None,
) -> Review:
    """A sheet that has been judged already, rows and findings numbered as its persons.

    `confirmed` as for `lift`: headings that people explained before.
    """
    grid = _grid(sheet, ours)
    header = find_header(grid, {heading_key(heading): column for heading, column in (confirmed or {}).items()})
    assert header is not None  # without one there would be no table
    width = max(_width(grid, header.bottom), formula_columns(sheet, ours))
    return Review(sheet, table, header.bottom + 1, width, assessment, found)


def table_of(sheet: OpenSheet, ours: Sequence[Area] = (), known: Mapping[str, str] | None = None) -> RawTable:
    """The persons of one open sheet, `known` as `confirmed` in `lift`; UnreadableWorkbook as `judge`."""
    table = lift(_grid(sheet, ours), known)
    if isinstance(table, NotARegister):
        raise UnreadableWorkbook(table.reason, {"sheet": sheet.name})
    return table


def _grid(sheet: OpenSheet, ours: Sequence[Area]) -> Grid:
    return Grid(sheet.name, without(sheet.rows, ours), sheet.merges)


def without(rows: list[list[object]], ours: Sequence[Area]) -> list[list[object]]:
    """The rows with our own cells blank, and without the ghosts at the end."""
    kept = [list(row) for row in rows]
    for top, left, bottom, right in ours:
        for row in kept[top - 1 : bottom]:
            row[left - 1 : right] = [""] * len(row[left - 1 : right])
    while kept and is_blank_row(kept[-1]):
        kept.pop()
    return kept


def _width(grid: Grid, header: int) -> int:
    """The last column in which anything stands, merged cells of the table to their right end."""
    filled = (column for row in grid.rows for column, value in enumerate(row, start=1) if not is_blank(value))
    merged = (right + 1 for _, _, bottom, right in grid.merges if bottom >= header)
    return max([*filled, *merged], default=0)


def formula_columns(sheet: OpenSheet, ours: Sequence[Area]) -> int:
    """The last column with a formula that is not in one of our own: it may show nothing and is the clerk's work."""
    taken = {column for _, left, _, right in ours for column in range(left, right + 1)}
    columns = {column for _, left, _, right in sheet.formulas for column in range(left, right + 1)}
    return max(columns - taken, default=0)
