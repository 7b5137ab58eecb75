"""Where on a sheet the table begins, and which columns belong to it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from workbook.incoming.folded import ask_about_lines, ask_about_stacked, lines_each, lines_each_stacked, names_others
from workbook.incoming.grid import Grid, Merge, is_blank, is_blank_row, is_text
from workbook.incoming.headings import UNIT
from workbook.incoming.raw import Question
from workbook.incoming.slots import Slot, read_slots
from workbook.incoming.vocabulary import Target, heading_key, may_name_somebody

#: Measured: no header of a register begins below line 12, so this window is ample.
WINDOW = 30

_HEIGHTS = (1, 2, 3)
_TALLEST = 5
_LEAST_FIELDS = 2  # beside number and name
_ALIKE = 0.75
_VALUE = re.compile(r"\s*\d[\d\s./-]*")
_SAMPLE = 60  # lines looked at to tell a second name column from a remark


@dataclass(frozen=True)  # without slots, for its columns are worked out once
class Header:
    """Lines `top` to `bottom` (0-based, inclusive) and the slots of every sheet column, left to right.

    `lines`: how many every person takes; only the first of them has slots.
    """

    top: int
    bottom: int
    slots: tuple[Slot, ...]
    questions: tuple[Question, ...] = ()
    lines: int = 1

    @cached_property
    def columns(self) -> set[str]:
        """Register columns that can be filled; dates of birth by sex also tell the sex."""
        targets = {slot.target for slot in self.slots if slot.target}
        found = {target.column for target in targets} - {UNIT}
        split = any(target.part in ("male", "female") for target in targets)
        return (found | {"sex"} if split else found) - {"by_sex"}

    @property
    def is_register(self) -> bool:
        """Whether these columns can be a register: the name and at least two more beside the running number."""
        return "full_name" in self.columns and len(self.columns - {"full_name", "number"}) >= _LEAST_FIELDS

    def is_like(self, other: "Header") -> bool:
        """Whether both are of a register, be it in another order: they share most of all columns that either has."""
        return len(self.columns & other.columns) >= _ALIKE * len(self.columns | other.columns)

    @property
    def worth(self) -> tuple[int, int, int]:
        """More register columns are better, then more different parts, then fewer lines."""
        kinds = {(slot.target.column, slot.target.part, slot.target.label) for slot in self.slots if slot.target}
        return len(self.columns), len(kinds), self.top - self.bottom


def find_header(grid: Grid, confirmed: Mapping[str, str]) -> Header | None:
    """The header that names most register columns, or None where no lines name a register at all.

    Of registers one under another it is the uppermost. `confirmed` maps keys of headings to register columns and
    overrides every other reading.
    """
    header = _best(grid, range(min(WINDOW, len(grid.rows))), confirmed)
    while header and (above := _best(grid, range(header.top), confirmed)) and above.is_like(header):
        header = above
    return header


def header_at(grid: Grid, line: int, below: int, confirmed: Mapping[str, str]) -> Header | None:
    """The header that has `line` (0-based) among its lines and lies wholly below another line; None if it has none."""
    return _best(grid, range(below + 1, len(grid.rows)), confirmed, range(line, line + 1))


def _best(grid: Grid, lines: range, confirmed: Mapping[str, str], anchors: range | None = None) -> Header | None:
    """The best header within some lines, the heading of the name on one of the anchors (else on any line)."""
    blocks = _candidates(grid, lines, anchors or lines, confirmed)
    found = [Header(top, bottom, read_slots(grid, top, bottom, confirmed)) for top, bottom in blocks]
    fit = [_up_to_merges(grid, header, lines.start, confirmed) for header in found if header.is_register]
    fit = [header for header in fit if header.is_register]
    if not fit:
        return None
    best = max(fit, key=lambda header: (header.worth, -header.top))
    whole = _folded(grid, best, confirmed) or _down_to_names(grid, _down_to_merges(grid, best, confirmed), confirmed)
    return _one_block(_with_given_names(grid, whole)) if whole else None


def _candidates(grid: Grid, lines: range, anchors: range, confirmed: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """First and last lines of blocks of headings, one of them the heading of the name."""
    rows = grid.rows
    sought = set(confirmed) if "full_name" in confirmed.values() else set()
    for anchor in (number for number in anchors if _is_text(rows[number]) and _names_somebody(rows[number], sought)):
        for height in _HEIGHTS:
            for top in range(max(lines.start, anchor - height + 1), anchor + 1):
                if top + height <= lines.stop and all(map(_is_of_headings, rows[top : top + height])):
                    yield top, top + height - 1


def _is_of_headings(row: Sequence[object]) -> bool:
    """A header line has words; numbers and dates, typed as such or as text, are for the lines below."""
    return _is_text(row) and not is_blank_row(row) and not any(map(_VALUE.fullmatch, map(str, row)))


def _is_text(row: Sequence[object]) -> bool:
    return set(map(type, row)) <= {str}


def _names_somebody(row: Sequence[object], sought: set[str]) -> bool:
    texts = list(map(str, row))
    return may_name_somebody("\n".join(texts)) or (bool(sought) and not sought.isdisjoint(map(heading_key, texts)))


def _folded(grid: Grid, header: Header, confirmed: Mapping[str, str]) -> Header | None:
    """The header as that of a register that gives everybody several lines; None where it does not."""
    upper = next(slot.row for slot in header.slots if slot.column == "full_name")
    lines = lines_each(grid, upper, header.slots)
    bottom = upper + lines - 1
    if lines == 1 or header.bottom > bottom:
        return _unstacked(grid, header)
    slots = read_slots(grid, header.top, upper, confirmed)
    return Header(header.top, bottom, slots, (ask_about_lines(grid, upper, bottom),), lines)


def _unstacked(grid: Grid, header: Header) -> Header | None:
    """The same where the headings stand on lines of one cell, and the values on lines of the sheet."""
    lines = lines_each_stacked(grid, header.bottom, header.slots)
    if lines == 1:
        return None
    slots = tuple(replace(slot, line=None) for slot in header.slots if not slot.line)
    return replace(header, slots=slots, questions=(ask_about_stacked(header.slots, lines),), lines=lines)


def _down_to_merges(grid: Grid, header: Header, confirmed: Mapping[str, str]) -> Header:
    """A heading merged downwards says how many lines the header has, whatever stands in the other columns."""
    known = {slot.index for slot in header.slots if slot.target}
    ends = [last for first, left, last, _ in grid.merges if header.top <= first <= header.bottom and left in known]
    bottom = min(max(ends, default=header.bottom), header.top + _TALLEST - 1, len(grid.rows) - 1)
    if bottom <= header.bottom:
        return header
    taller = Header(header.top, bottom, read_slots(grid, header.top, bottom, confirmed))
    return taller if taller.is_register else header


def _down_to_names(grid: Grid, header: Header, confirmed: Mapping[str, str]) -> Header | None:
    """A line of headings that are columns of their own goes on with the headings above: the lowest ones count.

    None where that leaves no register: then everybody takes several lines, and nothing tells whose they are.
    """
    below = header.bottom + 1
    if below == len(grid.rows) or below - header.top == _TALLEST or not names_others(grid, header.bottom, below):
        return header
    taller = Header(header.top, below, read_slots(grid, header.top, below, confirmed))
    return taller if taller.is_register else None


def _up_to_merges(grid: Grid, header: Header, start: int, confirmed: Mapping[str, str]) -> Header:
    """A heading that comes down from above by a merged cell says that what stands above it is heading too."""
    tops = [first for first, _, last, _ in grid.merges if start <= first < header.top <= last <= header.bottom]
    top = min(tops, default=header.top)
    if top == header.top or header.bottom - top >= _TALLEST:
        return header
    return Header(top, header.bottom, read_slots(grid, top, header.bottom, confirmed))


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
    return replace(
        header, slots=tuple(slots), questions=(*header.questions, Question("table.beside", cell=names[1].cell))
    )


def _begins_a_name(target: Target) -> bool:
    return target.column == "full_name" and target.part in ("", "family") and not target.second
