"""Where a label and a heading of a form meet. Found by what is written there, never by what is near it.

Rows and columns count from zero here, as in the grid that was read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbook.incoming.cells import as_text, is_blank
from workbook.incoming.grid import Grid
from workbook.outgoing.areas import Cell
from workbook.outgoing.form.wording import is_wording, label_key, loose_key

_PARTS = re.compile(r"\s*\|\s*")
_LEVELS = 4  # rows of a heading that stand on each other


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the form; `fault` is a code where there is none, or more than one it could be."""

    cell: Cell = (0, 0)
    fault: str = ""


class Sheet:
    """The labels and headings of one sheet of a form."""

    def __init__(self, grid: Grid):
        self.grid = grid
        self.labels: dict[str, list[Cell]] = {}
        self._loose: dict[str, list[Cell]] = {}
        self._keys: dict[Cell, str] = {}
        for row, cells in enumerate(grid.rows):
            for column, text in enumerate(cells):
                if is_wording(text):
                    wording = self._keys[row, column] = label_key(as_text(text))
                    self.labels.setdefault(wording, []).append((row, column))
                    self._loose.setdefault(loose_key(as_text(text)), []).append((row, column))
        self._anchors = {
            (row, column): merge[:2]
            for merge in grid.merges
            for row in range(merge[0], merge[2] + 1)
            for column in range(merge[1], merge[3] + 1)
        }

    def has(self, text: str) -> bool:
        """Whether a text stands on the sheet, in a cell of its own or inside one."""
        wanted = label_key(text)
        return any(f" {wanted} " in f" {one} " for one in self.labels)

    def value(self, cell: Cell) -> object:
        """What stands in a cell; "" beyond the edges of the sheet."""
        row, column = cell
        lines = self.grid.rows
        return lines[row][column] if row < len(lines) and column < len(lines[row]) else ""

    def is_free(self, cell: Cell) -> bool:
        """Whether a cell holds nothing but dots and dashes."""
        return is_blank(self.value(cell))

    def anchor(self, cell: Cell) -> Cell:
        """The cell that holds the value of a merged one."""
        return self._anchors.get(cell, cell)

    def row(self, label: str, under: str = "") -> Place:
        """Where a label stands: the only one, or the first below `under`."""
        found = self.labelled(label)
        if under:
            tops = self.labelled(under)
            if not tops:
                return Place(fault="form.no_label")
            found = [cell for cell in found if cell[0] > tops[0][0]][:1]
        if len(found) != 1:
            return Place(fault="form.twice" if found else "form.no_label")
        return Place(found[0])

    def labelled(self, text: str) -> list[Cell]:
        """Where a label stands, from the top; worded a little otherwise only where it is not itself there."""
        return sorted(self.labels.get(label_key(text)) or self._loose.get(loose_key(text), []))

    def column(self, heading: str, label: Cell) -> Place:
        """Where the column of a heading, or of a path of headings parted by "|", meets the line of a label.

        Of two tables side by side the label's own is meant: it ends before the next text of the line.
        """
        row, first = label
        ends = (column for (line, column) in self._keys if line == row and column > first)
        end = min(ends, default=len(self.grid.rows[row]))
        columns = {column for column in self._headed(heading, row) if first < column < end}
        if len(columns) != 1:
            return Place(fault="form.column_twice" if columns else "form.no_column")
        return Place(self.anchor((row, columns.pop())))

    def heading(self, heading: str) -> Place:
        """Where a heading stands, however deep in the table of headings; its lowest row counts."""
        found = list(self._paths(heading))
        if len({column for _, column in found}) != 1:
            return Place(fault="form.column_twice" if found else "form.no_column")
        return Place(max(found))

    def _headed(self, heading: str, below: int) -> Iterator[int]:
        """The columns of a heading above a row, all those that it spans."""
        for row, column in self._paths(heading):
            if row < below:
                spans = [merge for merge in self.grid.merges if merge[:2] == (row, column)]
                yield from range(column, (spans[0][3] if spans else column) + 1)

    def _paths(self, heading: str) -> Iterator[Cell]:
        """The cells whose text is the heading, the levels of a path standing over each other."""
        *above, last = (label_key(part) for part in _PARTS.split(heading))
        for row, column in self.labels.get(last, []):
            over = [self._keys.get(self.anchor((line, column)), "") for line in range(max(row - _LEVELS, 0), row)]
            told = iter(one for one in over if one)
            if all(part in told for part in above):
                yield row, column
