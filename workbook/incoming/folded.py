"""Registers that give every person several lines, and the heading as many: another fact below each fact.

Two signs must come together. In the heading, a line below that of the name has headings that are columns of their own,
under headings that are other columns. Among the persons, somebody is followed by a line of facts without a number or a
name, or nearly everybody by a line without a number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile

from workbook.incoming import marks
from workbook.incoming.grid import Grid, Merge, address, is_blank, is_blank_row, is_text
from workbook.incoming.headings import recognise
from workbook.incoming.raw import Question
from workbook.incoming.slots import Slot
from workbook.text import clean

_MOST = 3  # lines a person takes; more have not been seen
_LEAST_COLUMNS = 2  # one alone may be a group heading that somebody forgot to merge
_WHOLE = ("", "piece")


@dataclass(frozen=True, slots=True)
class People:
    """Where the first line of a person can be known by itself: columns of the running number and of the name."""

    rows: Sequence[Sequence[object]]
    number: int | None
    names: tuple[int, ...]
    covered: frozenset[int]

    def begins(self, line: int) -> bool:
        """Whether a line (0-based) is the first of a person: numbered, or with a name where nobody is."""
        if line >= len(self.rows) or line in self.covered:
            return False
        name = self.name(line)
        return marks.is_like_a_name(name) if self.number is None else self.numbered(line) and marks.has_letters(name)

    def numbered(self, line: int) -> bool:
        """Whether a line has a running number of its own."""
        return self.number is not None and line not in self.covered and marks.is_number(self.rows[line][self.number])

    def is_like_somebody(self, line: int) -> bool:
        """Whether a line has a name of its own in the columns of the name, or what reads like one."""
        return line not in self.covered and marks.is_like_a_name(self.name(line))

    def name(self, line: int) -> str:
        """What stands in the columns of the name."""
        return " ".join(value.strip() for column in self.names if is_text(value := self.rows[line][column]))


def people_of(grid: Grid, slots: Sequence[Slot]) -> People:
    """The persons under these slots, as far as their first lines tell."""
    number = next((slot.index for slot in slots if slot.column == "number"), None)
    names = tuple(dict.fromkeys(slot.index for slot in slots if slot.column == "full_name"))
    return People(grid.rows, number, names, _covered(grid.merges, {number, *names}))


def _covered(merges: Sequence[Merge], columns: set[int | None]) -> frozenset[int]:
    """Lines whose running number or name is merged with that of the line above."""
    return frozenset(line for top, left, end, _ in merges if left in columns for line in range(top + 1, end + 1))


def lines_each(grid: Grid, upper: int, slots: Sequence[Slot]) -> int:
    """How many lines every person takes; `upper` (0-based) is the line of the name's heading."""
    last = upper
    while last + 1 < min(upper + _MOST, len(grid.rows)) and names_others(grid, upper, last + 1):
        last += 1
    return _taken(grid, slots, last + 1, 1 + last - upper)


def lines_each_stacked(grid: Grid, bottom: int, slots: Sequence[Slot]) -> int:
    """How many lines every person takes where the headings (down to line `bottom`) stand on lines of one cell."""
    further = [slot for slot in slots if slot.line]
    columns = {slot.index for slot in further}
    body = grid.rows[bottom + 1 :]
    if len(columns) < _LEAST_COLUMNS or any("\n" in str(row[column]).strip() for row in body for column in columns):
        return 1
    return _taken(grid, slots, bottom + 1, 1 + max(slot.line or 0 for slot in further))


def _taken(grid: Grid, slots: Sequence[Slot], start: int, each: int) -> int:
    """As many lines as the heading has, if the persons from line `start` on have them; else 1."""
    followed = each > 1 and _are_followed(people_of(grid, slots), range(start, len(grid.rows)), each)
    return each if followed else 1


def ask_about_lines(grid: Grid, upper: int, bottom: int) -> Question:
    """What to say of the headings below line `upper`, down to line `bottom`, that are not read."""
    lines = range(upper + 1, bottom + 1)
    cells = [(line, column) for line in lines for column, value in enumerate(grid.rows[line]) if is_text(value)]
    return _question(address(*cells[0]), len(lines) + 1, [str(grid.rows[line][column]) for line, column in cells])


def ask_about_stacked(slots: Sequence[Slot], lines: int) -> Question:
    """The same of the headings on the further lines of their cells."""
    further = [slot for slot in slots if slot.line]
    return _question(further[0].cell, lines, [slot.path[-1] for slot in further])


def _question(cell: str, lines: int, headings: Sequence[str]) -> Question:
    detail: dict[str, object] = {"lines": lines, "headings": "; ".join(dict.fromkeys(map(clean, headings)))}
    return Question("table.folded", cell, detail=detail)


def names_others(grid: Grid, upper: int, lower: int) -> bool:
    """Whether a line names other columns than the upper line does at the same places."""
    pairs = ((grid.rows[upper][column], grid.rows[lower][column]) for column in _unspread(grid, upper, lower))
    named = [(_column(one), _column(other)) for one, other in pairs]
    return sum(bool(one and other and one != other) for one, other in named) >= _LEAST_COLUMNS


def _unspread(grid: Grid, upper: int, lower: int) -> Iterator[int]:
    """Columns whose upper heading is theirs alone, not that of a group."""
    above, below = grid.rows[upper], grid.rows[lower]
    merged = {left for top, left, _, right in grid.merges if top == upper and right > left}
    for column, after in enumerate([*range(1, len(above)), None]):
        spread = after is not None and is_blank(above[after]) and not is_blank(below[after])
        if column not in merged and not spread:
            yield column


def _column(value: object) -> str:
    target = recognise((value,)) if isinstance(value, str) else None
    return target.column if target and target.part in _WHOLE else ""


def _are_followed(people: People, lines: range, each: int) -> bool:
    """Whether a line that is certainly theirs follows somebody, or lines that may be theirs follow nearly all."""
    runs = _runs(people, lines)
    first = (line for line in lines if people.begins(line))
    many = len(runs) > 1 and 2 * sum(run >= each for run in runs) > len(runs)
    return many or any(_is_certain(people, line + 1) for line in first)


def _is_certain(people: People, line: int) -> bool:
    """Whether a line below the first one of a person is that person's: merged with it, or facts without a name."""
    if not _is_further(people, line) or people.is_like_somebody(line):
        return False
    return line in people.covered or sum(not is_blank(value) for value in people.rows[line]) >= _LEAST_COLUMNS


def all_take(people: People, lines: range, each: int) -> bool:
    """Whether every person, of at least two, has as many lines; what ends a table or begins a group is nobody's."""
    runs = _runs(people, lines)
    return len(runs) > 1 and set(runs) == {each}


def _runs(people: People, lines: range) -> list[int]:
    """How many lines each person has, as far as can be told: the first and those that follow it at once."""
    first = (line for line in lines if people.begins(line))
    after = (takewhile(partial(_is_further, people), range(line + 1, lines.stop)) for line in first)
    return [1 + sum(1 for _ in further) for further in after]


def _is_further(people: People, line: int) -> bool:
    """Whether a line below the first one of a person can belong to that person."""
    if line in people.covered:
        return True
    if line >= len(people.rows) or is_blank_row(people.rows[line]) or people.numbered(line) or people.begins(line):
        return False
    texts = [value for value in people.rows[line] if is_text(value)]
    if any(marks.signs(text) or marks.is_office(text) for text in texts):
        return False
    begins = (marks.begins_a_total, marks.begins_a_group, marks.begins_a_title)
    return not any(sign(text) for text in texts[:1] for sign in begins)
