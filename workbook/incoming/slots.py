"""The columns of a sheet under its header lines: what stands above each, and what that means."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from workbook.incoming.grid import Grid, address
from workbook.incoming.headings import recognise
from workbook.incoming.vocabulary import JOIN, MEMORY, Path, Target, heading_key
from workbook.text import clean


@dataclass(frozen=True, slots=True)
class Slot:
    """One sheet column: the texts above it (outermost first), what it holds, the line of its lowest text.

    Where the cells of a column stack several values, it has a slot for each `line` of them.
    """

    index: int
    path: Path
    target: Target | None
    row: int
    line: int | None = None

    @property
    def cell(self) -> str:
        """Address of the heading."""
        return address(self.row, self.index)

    @property
    def place(self) -> tuple[int, int | None]:
        """What tells it from all other slots of the sheet."""
        return self.index, self.line

    @property
    def shown(self) -> str:
        """The heading as a clerk reads it."""
        return JOIN.join(map(clean, self.path))

    @property
    def keys(self) -> tuple[str, ...]:
        """What people may call the heading who explain it: with the group headings above it, or alone."""
        return _keys(self.path)

    @property
    def column(self) -> str:
        """The register column it belongs to, or ""."""
        return self.target.column if self.target else ""

    @property
    def part(self) -> str:
        """What part of that column it holds; "" for all of it."""
        return self.target.part if self.target else ""


def read_slots(grid: Grid, top: int, bottom: int, confirmed: Mapping[str, str]) -> tuple[Slot, ...]:
    """The slots under header lines `top` to `bottom` (0-based, inclusive), left to right."""
    levels = _levels(grid, top, bottom)
    slots: list[Slot] = []
    for index, texts in enumerate(zip(*levels, strict=True)):
        path = _without_repeats(texts)
        lowest = len(texts) - 1
        while lowest and (not texts[lowest] or texts[lowest] == texts[lowest - 1]):
            lowest -= 1
        slot = Slot(index, path, _target(path, confirmed), top + lowest)
        slots += [slot] if slot.target else _stacked(slot)
    return tuple(slots)


def _levels(grid: Grid, top: int, bottom: int) -> list[list[str]]:
    """The texts of the header lines, with merged cells and open group headings spread over what they cover."""
    levels = [list(map(_heading, row)) for row in grid.rows[top : bottom + 1]]
    for first, left, last, right in grid.merges:
        if not top <= first <= bottom or left >= len(levels[0]):
            continue
        text = levels[first - top][left]
        for level in levels[first - top : last - top + 1]:
            level[left : right + 1] = [text] * len(level[left : right + 1])
    for upper, lower in pairwise(levels):
        _spread(upper, lower)
    return levels


@lru_cache(maxsize=MEMORY)  # a line is looked at with those above it, and with those below
def _heading(value: object) -> str:
    """The text of a header cell; its lines stay apart, for each may be the heading of a stacked value."""
    return "\n".join(filter(None, map(clean, value.splitlines()))) if isinstance(value, str) else ""


def _spread(upper: list[str], lower: list[str]) -> None:
    """A group heading that nobody merged reaches over the blanks to its right, as long as something stands below."""
    for column in range(1, len(upper)):
        if not upper[column] and lower[column] and lower[column - 1] not in ("", upper[column - 1]):
            upper[column] = upper[column - 1]


def _without_repeats(texts: tuple[str, ...]) -> Path:
    """The levels of one column without blanks and without the copies that merging down made."""
    path: list[str] = []
    for text in texts:
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


def _target(path: Path, confirmed: Mapping[str, str]) -> Target | None:
    explained = (confirmed[key] for key in _keys(path) if key in confirmed) if confirmed else ()
    column = next(iter(explained), "")
    return Target(column) if column else recognise(path)


def _keys(path: Path) -> tuple[str, ...]:
    return (heading_key("|".join(path)), heading_key(path[-1])) if path else ()


def _stacked(slot: Slot) -> list[Slot]:
    """Several headings in one header cell, line by line; the slot itself where they are lines of one heading.

    A line that is no column of the register is kept beside it, as long as two others are.
    """
    lines = slot.path[-1].split("\n") if slot.path else []
    targets = [recognise((line,)) for line in lines]
    columns = [target.column for target in targets if target and not target.part]
    if len(columns) < 2 or len(set(columns)) < len(columns) or any(target and target.part for target in targets):
        return [slot]
    parts = enumerate(zip(lines, targets, strict=True))
    return [replace(slot, path=(*slot.path[:-1], text), target=target, line=line) for line, (text, target) in parts]
