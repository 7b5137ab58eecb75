"""Where a label and a heading of a form meet. Found by what is written there, never by what is near it."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from workbook.incoming.cells import as_text, is_blank
from workbook.incoming.grid import Grid
from workbook.outgoing.areas import Cell
from workbook.text import clean, key

_BRACKETS = re.compile(r"\([^()]*(?:\)|$)")
_SIGNS = re.compile(r"[\W_]+")
#: What only numbers a label: "I.", "2.1.", "a)", "-".
_NUMBER = re.compile(r"^(?:(?:[ivx]+|\d+|[a-z\u0111]) )+(?=[^\W\d])")
_PARTS = re.compile(r"\s*\|\s*")
_LEVELS = 4  # rows of a heading that stand on each other
#: What parts two ages, beside words: dashes of every length.
_DASHES = "-\u2010-\u2015\u2212~"
_TO = "to"  # stands for them, in one piece with the numbers


def label_key(text: str) -> str:
    """By which labels are compared: no brackets, signs, case or numbering; 18-30 as "18 to 30"; accents kept."""
    joined = _between().sub(_TO, _BRACKETS.sub(" ", clean(text)))
    words = key(_SIGNS.sub(" ", joined))
    return _NUMBER.sub("", words) or words


def loose_key(text: str) -> str:
    """The same without what one form says and another leaves out ("of whom", "years old"), i and y alike."""
    words = _beside().sub("", label_key(text)).strip()
    return _spelled_with_y().sub(lambda end: _as_i()[end[0]], words)


def says_before(heading: str) -> bool:
    """Whether a heading says that its numbers are of the time before."""
    return any(f" {key(word)} " in f" {label_key(heading)} " for word in _words()["before_time"])


@cache
def _spelled_with_y() -> "re.Pattern[str]":
    """The y of a syllable that may be spelled with i, behind its consonant."""
    return re.compile(rf"(?<=[bcdghklmnprstvx\u0111])[{''.join(_as_i())}]\b")


@cache
def _as_i() -> dict[str, str]:
    return dict(_words()["as_i"])


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((files("workbook.outgoing") / "form_labels_vi.toml").read_text("utf-8"))


@cache
def _between() -> "re.Pattern[str]":
    """What stands between two numbers that are the ends of one span."""
    words = "|".join(_words()["between"])
    return re.compile(rf"(?<=\d)\s*(?:[{_DASHES}]|\b(?:{words})\b)\s*(?=\d)", re.IGNORECASE)


@cache
def _beside() -> "re.Pattern[str]":
    """What may stand before and after a label, or not."""
    before, ages, after = ("|".join(map(key, _words()[name])) for name in ("before", "before_ages", "after"))
    return re.compile(rf"^(?:(?:{before}) )?(?:(?:{ages}) (?=\d))?|(?<=\w) (?:{after})$")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the form, 1-based; `fault` is a code where there is none, or more than one it could be."""

    cell: Cell = (0, 0)
    fault: str = ""


class Sheet:
    """The labels and headings of one sheet of a form."""

    def __init__(self, grid: Grid):
        self.grid = grid
        texts = [
            (row, column, as_text(value))
            for row, cells in enumerate(grid.rows)
            for column, value in enumerate(cells)
            if isinstance(value, str) and not is_blank(value)
        ]
        self.labels: dict[str, list[Cell]] = {}
        for row, column, text in texts:
            self.labels.setdefault(label_key(text), []).append((row, column))
        self._loose: dict[str, list[Cell]] = {}
        for row, column, text in texts:
            self._loose.setdefault(loose_key(text), []).append((row, column))
        self.keys = {(row, column): label_key(text) for row, column, text in texts}
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

    def anchor(self, cell: Cell) -> Cell:
        """The cell (0-based) that holds the value of a merged one."""
        return self._anchors.get(cell, cell)

    def row(self, label: str, under: str = "") -> Place:
        """Where a label stands, 0-based: the only one, or the first below `under`."""
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
        """Where a label stands, 0-based, from the top; worded a little otherwise only where it is not itself there."""
        return sorted(self.labels.get(label_key(text)) or self._loose.get(loose_key(text), []))

    def column(self, heading: str, label: Cell) -> Place:
        """Where the column of a heading, or of a path of headings parted by "|", meets the line of a label; 0-based.

        Of two tables side by side the label's own is meant: it ends before the next text of the line.
        """
        row, first = label
        ends = (column for (line, column) in self.keys if line == row and column > first)
        end = min(ends, default=len(self.grid.rows[row]))
        columns = {column for column in self._headed(heading, row) if first < column < end}
        if len(columns) != 1:
            return Place(fault="form.column_twice" if columns else "form.no_column")
        return Place(self.anchor((row, columns.pop())))

    def heading(self, heading: str) -> Place:
        """Where a heading stands, 0-based, however deep in the table of headings; its lowest row counts."""
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
            over = [self.keys.get(self.anchor((line, column)), "") for line in range(max(row - _LEVELS, 0), row)]
            told = iter(one for one in over if one)
            if all(part in told for part in above):
                yield row, column
