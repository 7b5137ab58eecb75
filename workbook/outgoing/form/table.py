"""The table of a form nobody has mapped yet: its labels, and the headings over its columns."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workbook.outgoing.areas import Cell
from workbook.outgoing.form.mapping import Column
from workbook.outgoing.form.numbering import Numbering, numbering
from workbook.outgoing.form.places import Sheet
from workbook.outgoing.form.wording import is_wording, label_key, says_before
from workbook.text import clean

_LEVELS = 3  # rows of headings above each other


@dataclass(frozen=True, slots=True)
class FormTable:
    """`labels` with their cells (0-based), `headings` as a mapping has them, `above`: what stands over the table."""

    labels: tuple[tuple[Cell, str], ...]
    headings: Mapping[str, Column]
    above: tuple[str, ...]


def table_of(sheet: Sheet) -> FormTable | None:
    """The table of a sheet; None where no column of texts stands below headings."""
    rows, numbered = sheet.grid.rows, numbering(sheet.grid)
    counts = Counter(column for row in rows for column, value in enumerate(row) if is_wording(value))
    if not counts:
        return None
    label_column = min(counts, key=lambda column: (-counts[column], column))
    top = numbered.row if numbered else _top(sheet, label_column)
    if top is None:
        return None
    labels = tuple(_labels(sheet, top, label_column))
    headings = dict(_headings(sheet, top, label_column, numbered))
    first = min((cell[0] for text in headings for cell in sheet.labels.get(_leaf(text), [])), default=top)
    above = dict.fromkeys(clean(value) for row in rows[:first] for value in row if is_wording(value))
    return FormTable(labels, headings, tuple(above)) if labels and headings else None


def _top(sheet: Sheet, label_column: int) -> int | None:
    """The lowest row of headings: texts over several columns, then a label that stands alone in its line."""
    rows = sheet.grid.rows
    pairs = ((row, rows[row], rows[row + 1]) for row in range(len(rows) - 1))
    return next(
        (row for row, cells, below in pairs if _headed(cells, label_column) and _alone(below, label_column)), None
    )


def _headed(cells: list[object], column: int) -> bool:
    return any(is_wording(value) for value in cells[column + 1 :])


def _alone(cells: list[object], column: int) -> bool:
    return is_wording(cells[column]) and not any(is_wording(value) for value in cells[column + 1 :])


def _labels(sheet: Sheet, top: int, column: int) -> Iterator[tuple[Cell, str]]:
    """Down to the first line without a label, or with a text beside it as where people sign."""
    for row in range(top + 1, len(sheet.grid.rows)):
        if not _alone(sheet.grid.rows[row], column):
            return
        yield (row, column), clean(str(sheet.grid.rows[row][column]))


def _headings(sheet: Sheet, top: int, label_column: int, numbered: Numbering | None) -> Iterator[tuple[str, Column]]:
    """The heading of every column beside the labels, as a path where it alone would not tell."""
    last = top if numbered else top + 1
    width = len(sheet.grid.rows[top])
    paths = {column: list(_path(sheet, last, column)) for column in range(label_column + 1, width)}
    leaves = Counter(label_key(path[0]) for path in paths.values() if path)
    for column, path in paths.items():
        if path:
            told = path[0] if leaves[label_key(path[0])] == 1 else " | ".join(reversed(path[:2]))
            ruled = numbered is not None and column in numbered.rules
            yield told, Column.RULE if ruled else Column.BEFORE if says_before(told) else Column.NOW


def _path(sheet: Sheet, below: int, column: int) -> Iterator[str]:
    """The texts over a column, the lowest first, each once."""
    seen: set[Cell] = set()
    for row in range(below - 1, max(below - 1 - _LEVELS, -1), -1):
        cell = sheet.anchor((row, column))
        value = sheet.grid.rows[cell[0]][cell[1]]
        if cell not in seen and is_wording(value) and cell[1] <= column:
            seen.add(cell)
            yield clean(value)


def _leaf(heading: str) -> str:
    return label_key(heading.rpartition("|")[2])
