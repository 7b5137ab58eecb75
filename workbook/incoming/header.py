"""Where on a sheet the table begins, and what stands above each of its columns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from workbook.incoming.grid import Grid, Merge, address, is_blank, is_blank_row, is_text
from workbook.incoming.headings import UNIT, Path, Target, heading_key, may_name_somebody, recognise
from workbook.incoming.raw import Question
from workbook.text import clean

#: Measured: no header of a register begins below line 12, so this window is ample.
WINDOW = 30

_HEIGHTS = (1, 2, 3)
_TALLEST = 5
_LEAST_FIELDS = 2  # beside number and name
_VALUE = re.compile(r"\s*\d[\d\s./-]*")
_SAMPLE = 60  # lines looked at to tell a second name column from a remark


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
    def column(self) -> str:
        """The register column it belongs to, or ""."""
        return self.target.column if self.target else ""

    @property
    def part(self) -> str:
        """What part of that column it holds; "" for all of it."""
        return self.target.part if self.target else ""


@dataclass(frozen=True, slots=True)
class Header:
    """Lines `top` to `bottom` (0-based, inclusive) and the slots of every sheet column, left to right."""

    top: int
    bottom: int
    slots: tuple[Slot, ...]
    questions: tuple[Question, ...] = ()

    @property
    def columns(self) -> set[str]:
        """Register columns that can be filled; dates of birth by sex also tell the sex."""
        found = {slot.column for slot in self.slots} - {"", UNIT}
        split = any(slot.part in ("male", "female") for slot in self.slots)
        return (found | {"sex"} if split else found) - {"by_sex"}

    @property
    def is_register(self) -> bool:
        """Whether these columns can be a register: the name and at least two more beside the running number."""
        return "full_name" in self.columns and len(self.columns - {"full_name", "number"}) >= _LEAST_FIELDS

    @property
    def worth(self) -> tuple[int, int, int]:
        """More register columns are better, then more different parts, then fewer lines."""
        kinds = {(slot.target.column, slot.target.part, slot.target.label) for slot in self.slots if slot.target}
        return len(self.columns), len(kinds), self.top - self.bottom


def find_header(grid: Grid, confirmed: Mapping[str, str]) -> Header | None:
    """The header that names most register columns, or None where no lines name a register at all.

    `confirmed` maps keys of headings to register columns and overrides every other reading.
    """
    found = [_read(grid, top, bottom, confirmed) for top, bottom in _candidates(grid, confirmed)]
    fit = [header for header in found if header.is_register]
    if not fit:
        return None
    best = max(fit, key=lambda header: (header.worth, -header.top))
    return _one_block(_with_given_names(grid, _down_to_merges(grid, best, confirmed)))


def _candidates(grid: Grid, confirmed: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """First and last lines of blocks of headings, one of them the heading of the name."""
    rows = grid.rows[:WINDOW]
    sought = set(confirmed) if "full_name" in confirmed.values() else set()
    for anchor in (number for number, row in enumerate(rows) if _is_text(row) and _names_somebody(row, sought)):
        for height in _HEIGHTS:
            for top in range(max(0, anchor - height + 1), anchor + 1):
                block = rows[top : top + height]
                if len(block) == height and all(map(_is_of_headings, block)):
                    yield top, top + height - 1


def _is_of_headings(row: Sequence[object]) -> bool:
    """A header line has words; numbers and dates, typed as such or as text, are for the lines below."""
    return _is_text(row) and not is_blank_row(row) and not any(map(_VALUE.fullmatch, map(str, row)))


def _is_text(row: Sequence[object]) -> bool:
    return all(isinstance(value, str) for value in row)


def _names_somebody(row: Sequence[object], sought: set[str]) -> bool:
    texts = list(map(str, row))
    return may_name_somebody("\n".join(texts)) or (bool(sought) and not sought.isdisjoint(map(heading_key, texts)))


def _read(grid: Grid, top: int, bottom: int, confirmed: Mapping[str, str]) -> Header:
    levels = _levels(grid, top, bottom)
    slots = []
    for index, texts in enumerate(zip(*levels, strict=True)):
        path = _without_repeats(texts)
        lowest = max((level for level, text in enumerate(texts) if text), default=0)
        while lowest and texts[lowest] == texts[lowest - 1]:
            lowest -= 1
        slot = Slot(index, path, _target(path, confirmed), top + lowest)
        slots += [slot] if slot.target else _stacked(slot)
    return Header(top, bottom, tuple(slots))


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
    if confirmed and path:
        column = confirmed.get(heading_key("|".join(path))) or confirmed.get(heading_key(path[-1]))
        if column:
            return Target(column)
    return recognise(path)


def _stacked(slot: Slot) -> list[Slot]:
    """Several headings in one header cell, line by line; the slot itself where any line is no heading of its own."""
    lines = slot.path[-1].split("\n") if slot.path else []
    targets = [recognise((line,)) for line in lines] if len(lines) > 1 else []
    columns = {target.column for target in targets if target and not target.part}
    if not targets or len(columns) < len(targets):
        return [slot]
    return [replace(slot, target=target, line=line) for line, target in enumerate(targets)]


def _down_to_merges(grid: Grid, header: Header, confirmed: Mapping[str, str]) -> Header:
    """A heading merged downwards says how many lines the header has, whatever stands in the other columns."""
    known = {slot.index for slot in header.slots if slot.target}
    ends = [last for first, left, last, _ in grid.merges if header.top <= first <= header.bottom and left in known]
    bottom = min(max(ends, default=header.bottom), header.top + _TALLEST - 1, len(grid.rows) - 1)
    if bottom <= header.bottom:
        return header
    taller = _read(grid, header.top, bottom, confirmed)
    return taller if taller.is_register else header


def _with_given_names(grid: Grid, header: Header) -> Header:
    """One name heading over several columns, or with a nameless column of short words beside it: family and given."""
    start = next((s.index for s in header.slots if s.target == Target("full_name") and s.line is None), None)
    if start is None:
        return header
    end = _merged_to(grid.merges, next(slot for slot in header.slots if slot.index == start))
    if end == start and _holds_given_names(grid, header, start + 1):
        end = start + 1
    if end == start:
        return header
    parts = dict.fromkeys(range(start, end), "family") | {end: "given"}
    slots = [
        replace(slot, target=Target("full_name", parts[slot.index])) if slot.index in parts else slot
        for slot in header.slots
    ]
    return replace(header, slots=tuple(slots))


def _merged_to(merges: Sequence[Merge], slot: Slot) -> int:
    """Last column of the merged cell that is the lowest heading of the slot."""
    place = slot.row, slot.index
    return next((right for first, left, _, right in merges if (first, left) == place), slot.index)


def _holds_given_names(grid: Grid, header: Header, column: int) -> bool:
    if not any(slot.index == column and not slot.path for slot in header.slots):
        return False
    lines = grid.rows[header.bottom + 1 : header.bottom + 1 + _SAMPLE]
    beside = [line[column] for line in lines if is_text(line[column - 1]) and not is_blank(line[column])]
    named = sum(is_text(line[column - 1]) for line in lines)
    short = all(is_text(value) and len(value.split()) <= 2 and value.replace(" ", "").isalpha() for value in beside)
    return short and 2 * len(beside) > named


def _one_block(header: Header) -> Header:
    """Of two tables side by side only the left one is read; the other is asked about."""
    names = [slot for slot in header.slots if slot.target and _begins_a_name(slot.target)]
    if len(names) < 2:
        return header
    left, right = names[0].index, names[1].index
    cut = max((s.index for s in header.slots if left < s.index < right and s.target == Target("number")), default=right)
    sides = [{slot.column for slot in header.slots if (slot.index < cut) is side} for side in (True, False)]
    if not sides[0] & sides[1] - {"", "full_name", "number"}:
        return header
    slots = [replace(slot, target=None) if slot.index >= cut else slot for slot in header.slots]
    return replace(header, slots=tuple(slots), questions=(Question("table.beside", cell=names[1].cell),))


def _begins_a_name(target: Target) -> bool:
    return target.column == "full_name" and target.part in ("", "family") and not target.second
