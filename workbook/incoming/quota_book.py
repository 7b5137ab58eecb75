"""A quota book of ours, read back: every table of its sheets, every value with the cell it stands in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from workbook.errors import NotAWorkbook
from workbook.incoming.cells import text_or_blank
from workbook.incoming.committee_lines import sheet_of
from workbook.incoming.grid import Grid, address
from workbook.incoming.our_heads import our_heading_row
from workbook.incoming.quota_title import Title, title_of
from workbook.incoming.read import read
from workbook.layout import HEADING, QUOTA_BOOK
from workbook.phrases import phrase
from workbook.text import key
from workbook.toml_file import toml_file


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet as the TOML describes it: English name → heading, and single words."""

    sheet: str
    headings: Mapping[str, str]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of the book and where it stands; `book` is the file's name where it is an earlier book's."""

    value: object
    sheet: str
    address: str
    book: str = ""

    @property
    def text(self) -> str:
        """What a clerk sees there."""
        return text_or_blank(self.value)

    @property
    def number(self) -> float | None:
        """The number there; None for a blank, a dash or a text."""
        return float(self.value) if isinstance(self.value, int | float) else None


@dataclass(frozen=True, slots=True)
class Table:
    """The lines below the headings of one sheet. `frame`: a column of cell values for each heading found, the index
    is the line of the sheet (1-based); `places`: the 0-based column of each.
    """

    sheet: str
    frame: pd.DataFrame
    places: Mapping[str, int]
    book: str = ""

    def cell(self, line: int, name: str) -> Cell:
        """The cell of a line in the column `name`; KeyError where the book lacks either."""
        return Cell(self.frame.at[line, name], self.sheet, address(line - 1, self.places[name]), self.book)

    def cells(self, lines: Iterable[int], name: str) -> tuple[Cell, ...]:
        """The cells of several lines in the column `name`."""
        return tuple(self.cell(line, name) for line in lines)

    @property
    def lines(self) -> list[int]:
        """Every line of the sheet below the headings."""
        return [int(str(line)) for line in self.frame.index]

    @property
    def total(self) -> int | None:
        """The line of the totals, where the table has branches by `name`."""
        wanted = key(phrase("page.total"))
        return next((line for line in self.lines if key(self.cell(line, "name").text) == wanted), None)


@dataclass(frozen=True, slots=True)
class TitleCells:
    """The cells above the quota table; the names are None where their lines are gone."""

    year: Cell
    as_of: Cell
    superior: Cell | None = None
    name: Cell | None = None


@dataclass(frozen=True, slots=True)
class QuotaBook:
    """A quota book as written. `tables` by the names of `quota_book_vi.toml`; a sheet that is gone has none.

    `kind`: which of our books it is (`workbook.layout`); of counts alone it has no persons.
    The quota table, its total line, the year counted and the day told of are always there.
    """

    file: str
    year: int
    as_of: date
    title: TitleCells
    grids: tuple[Grid, ...]
    tables: Mapping[str, Table]
    kind: str = QUOTA_BOOK


def read_quota_book(path: Path, *, earlier: bool = False, counts: bool = False) -> QuotaBook:
    """Read a quota book; the cells of an `earlier` one say whose they are.

    A book of counts without persons (rolled up, or made for the level above) is one only where `counts` allows it.
    Raises UnreadableWorkbook with the file's name: NotAWorkbook where we did not write it, or its quota table is gone.
    """
    try:
        paper = read(path, quota_book=True, counts=counts)
    except NotAWorkbook as error:
        code = "quota_book.foreign" if error.code == "file.no_quota_book" else error.code
        raise NotAWorkbook(code, {**error.detail, "file": path.name}) from error
    grids, book = paper.grids, path.name if earlier else ""
    found = {name: table_of(grids, name, _first(name), book) for name in _parts()}
    tables = {name: table for name, table in found.items() if table}
    title = title_in(grids)
    year, as_of = title.year, title.as_of
    if "branches" not in tables or tables["branches"].total is None or not year or not as_of:
        raise NotAWorkbook("quota_book.no_summary", {"file": path.name, "wanted": part("branches").sheet})
    said = {"superior": title.superior, "committee": title.committee, "year": year, "as_of": as_of}
    cells = {name: Cell(said[name], tables["branches"].sheet, at, book) for name, at in title.at.items()}
    shown = TitleCells(cells["year"], cells["as_of"], cells.get("superior"), cells.get("committee"))
    return QuotaBook(path.name, year, as_of, shown, grids, tables, paper.kind)


def _first(name: str) -> Sequence[str]:
    """Without the first two headings there is no telling what a table holds."""
    return list(part(name).headings)[:2]


@cache
def part(name: str) -> Part:
    """One sheet of the book; KeyError for a name the TOML does not have."""
    table = _parts()[name]
    headings = table["headings"] | (HEADING if name == "people" else {})
    return Part(table["sheet"], headings, table.get("words", {}))


def _parts() -> dict[str, dict[str, Any]]:
    return toml_file("workbook.incoming", "quota_book_vi.toml")


def table_of(grids: Sequence[Grid], name: str, needed: Sequence[str], book: str = "") -> Table | None:
    """The lines below the headings of a sheet; None without the sheet or the needed headings."""
    grid = sheet_of(grids, part(name).sheet)
    found = our_heading_row(grid, part(name).headings, needed) if grid else None
    if grid is None or found is None:
        return None
    top, places = found
    rows = grid.rows[top + 1 :]
    columns = {column: [row[place] for row in rows] for column, place in places.items()}
    frame = pd.DataFrame(columns, index=pd.RangeIndex(top + 2, top + 2 + len(rows)), dtype=object)
    return Table(grid.sheet, frame, places, book)


def title_in(grids: Sequence[Grid]) -> Title:
    """What stands above the quota table."""
    return title_of(sheet_of(grids, part("branches").sheet), part("branches").words["year"])
