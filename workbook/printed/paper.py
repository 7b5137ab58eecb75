"""A printed report as its paragraphs and tables, each with the place where a clerk finds it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from workbook.errors import NotAWorkbook, Unreachable
from workbook.incoming.cells import text_or_blank
from workbook.incoming.grid import Grid, address
from workbook.incoming.percent_cells import Percents, percent_cells
from workbook.incoming.read import read
from workbook.percent import show
from workbook.printed.rounding import half_up
from workbook.printed.words import said

#: Names under which a printed report comes that is no workbook.
WORD, PLAIN = ".docx", ".txt"

_LONGEST = 50 << 20


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of text; `cell` is its address where it stands in a table or sheet."""

    place: str
    text: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Lines of cells as read; a merged cell shows in each of its places."""

    place: str
    rows: tuple[tuple[object, ...], ...]

    def text(self, row: int, column: int) -> str:
        """What a clerk sees in a cell."""
        return text_or_blank(self.rows[row][column]) if column < len(self.rows[row]) else ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A report as read."""

    paragraphs: tuple[Paragraph, ...] = ()
    tables: tuple[Table, ...] = ()


def read_paper(path: Path) -> Paper:
    """Read a report that is a Word document, a workbook or plain text. Raises UnreadableWorkbook."""
    suffix = path.suffix.lower()
    if suffix == WORD:
        return _of_word(path)
    if suffix == PLAIN:
        return _of_text(_content(path))
    grids = read(path).grids
    return _of_grids(grids, percent_cells(path))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LONGEST:
            raise NotAWorkbook("printed.unreadable")
        return path.read_bytes()
    except OSError as error:
        raise Unreachable("file.held") from error


def _of_word(path: Path) -> Paper:
    from workbook.incoming.word import read_word  # slow to import, and most runs meet no Word document

    paper = read_word(path)
    place = said("places", "table")
    tables = tuple(Table(place.format(number=at), rows) for at, rows in enumerate(paper.tables, start=1))
    texts = [Paragraph(said("places", one.kind).format(number=one.number), one.text) for one in paper.texts]
    return Paper((*texts, *(one for table in tables for one in _sentences(table))), tables)


def _of_text(content: bytes) -> Paper:
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise NotAWorkbook("printed.unreadable") from error
    place = said("places", "line")
    return Paper(tuple(Paragraph(place.format(number=n), line) for n, line in enumerate(lines, 1) if line.strip()))


def _of_grids(grids: Sequence[Grid], percents: Percents) -> Paper:
    shown = [replace(grid, rows=_as_shown(grid, percents.get(grid.sheet, {}))) for grid in grids]
    tables = tuple(Table(grid.sheet, tuple(map(tuple, _spread(grid)))) for grid in shown)
    return Paper(tuple(one for table in tables for one in _sentences(table)), tables)


def _as_shown(grid: Grid, decimals: Mapping[tuple[int, int], int]) -> list[list[object]]:
    """The rows with every number that its cell shows in percent as the text that a reader sees: 42,85%."""
    rows = [list(row) for row in grid.rows]
    for (row, column), places in decimals.items():
        value = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
        if isinstance(value, int | float) and not isinstance(value, bool):
            rows[row][column] = f"{show(half_up(100 * Decimal(repr(value)), places))}%"
    return rows


def _spread(grid: Grid) -> list[list[object]]:
    """The rows with every merged cell shown in all of its places."""
    rows = [list(row) for row in grid.rows]
    for first_row, first, last_row, last in grid.merges:
        for row in range(first_row, min(last_row + 1, len(rows))):
            for column in range(first, min(last + 1, len(rows[row]))):
                rows[row][column] = grid.rows[first_row][first]
    return rows


def _sentences(table: Table) -> Iterator[Paragraph]:
    """Cells that hold a sentence with a percentage, once where they are merged."""
    seen = set()
    for row, values in enumerate(table.rows):
        for column, value in enumerate(values):
            if isinstance(value, str) and "%" in value and " " in value.strip() and value not in seen:
                seen.add(value)
                yield Paragraph(table.place, value, address(row, column))
