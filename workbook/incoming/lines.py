"""Persons, groups and the rest: what each line under the header is among its neighbours. None goes uncounted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from workbook.incoming import marks
from workbook.incoming.grid import Merge, address
from workbook.incoming.looks import Look, Seen
from workbook.incoming.outline import Outline
from workbook.incoming.raw import Question
from workbook.incoming.tables import Table
from workbook.text import clean

Rows = Sequence[Sequence[object]]

_PERSONLIKE = frozenset({Look.STRONG, Look.WEAK, Look.NAMELESS})
_OF_NOBODY = frozenset({Look.FURTHER, Look.DOUBTFUL})
_LONGEST_LABEL = 120


@dataclass(slots=True)
class Sorted:
    """The lines under a header: persons with the group each stands in, and how many are set aside why.

    `persons` are 0-based lines; `loose` are lines set aside that may be persons all the same.
    """

    persons: list[int] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    aside: Counter[str] = field(default_factory=Counter)
    loose: list[int] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def put_aside(self, look: Look | str) -> None:
        """Count a line that is no person."""
        self.aside[str(look)] += 1


def sort_lines(rows: Rows, merges: Sequence[Merge], tables: Sequence[Table]) -> Sorted:
    """Sort every line under the first header, each by the columns of its own table."""
    return _Sorter(rows, tables, _spread_labels(merges)).sort()


def _spread_labels(merges: Sequence[Merge]) -> frozenset[tuple[int, int]]:
    """Cells merged over several columns: a text in one of them is a label, not a name."""
    return frozenset((first, left) for first, left, _, right in merges if right - left > 1)


class _Sorter:
    """One pass down the sheet, knowing where the last certain person stands."""

    def __init__(self, rows: Rows, tables: Sequence[Table], spread: frozenset[tuple[int, int]]) -> None:
        self._rows, self._start, self._spread = rows, tables[0].first, spread
        seen = self._seen = [one for table in tables for one in table.seen]
        self._shapes = [table.shape for table in tables for _ in table.seen]
        end = next((i for i, one in enumerate(seen) if one.look is Look.OTHER_TABLE), len(seen))
        self._last_certain = max((i for i, one in enumerate(seen[:end]) if one.look is Look.STRONG), default=-1)
        self._last_possible = max((i for i, one in enumerate(seen[:end]) if _may_be_person(one)), default=-1)
        self._sorted = Sorted()
        self._outline = Outline()
        self._body = True  # no gap since the last person or header
        self._over = ""  # the reason for all lines after the end of the table

    def sort(self) -> Sorted:
        for index, one in enumerate(self._seen):
            if one.look is Look.BLANK:
                self._body = False
            elif one.look in _OF_NOBODY:
                self._further(index, one.look)
            elif self._over:
                self._after_the_end(index, one)
            elif one.look in _PERSONLIKE:
                self._person_or_note(index, one)
            elif one.look is Look.TEXT:
                self._group_or_note(index, one)
            else:
                self._reason(index, one.look)
        self._ask_about_loose()
        return self._sorted

    def _further(self, index: int, look: Look) -> None:
        self._sorted.put_aside(self._over or "note")
        if look is Look.DOUBTFUL:
            self._sorted.loose.append(index)

    def _after_the_end(self, index: int, one: Seen) -> None:
        self._sorted.put_aside(self._over)
        if _may_be_person(one) and one.facts > 1:
            self._sorted.loose.append(index)

    def _person_or_note(self, index: int, one: Seen) -> None:
        inside = self._body or index < self._last_certain
        if one.look is Look.STRONG or (one.facts > 0 and inside) or (one.facts > 1 and _stands_alone(one)):
            self._sorted.persons.append(self._start + index)
            self._sorted.groups.append(self._outline.label())
            self._body = True
        else:
            self._note(index)

    def _group_or_note(self, index: int, one: Seen) -> None:
        label = _label([self._rows[self._start + index][column] for column in one.filled])
        if index < self._last_possible and self._is_label(index, one, label):
            self._outline.enter(label)
            self._sorted.put_aside("group")
            self._body = True
        else:
            self._note(index)

    def _is_label(self, index: int, one: Seen, label: str) -> bool:
        if not 0 < len(label) <= _LONGEST_LABEL or len(one.filled) > 2 or marks.begins_a_title(label):
            return False
        row, first = self._start + index, one.filled[0]
        if marks.begins_a_group(label) or (row, first) in self._spread:
            return True
        if len(one.filled) == 2:
            return marks.is_numeral(str(self._rows[row][first]).strip())
        names = self._shapes[index].names
        if first in names and marks.is_like_a_name(marks.without_numeral(label)):
            return False
        below = next((one for one in self._seen[index + 1 :] if one.look is not Look.BLANK), one)
        return first <= names[-1] and _may_be_person(below)

    def _reason(self, index: int, look: Look) -> None:
        if look is Look.OTHER_TABLE:
            cell = address(self._start + index, self._seen[index].filled[0])
            self._sorted.questions.append(Question("table.second", cell=cell))
            self._over = "note"
        elif look is Look.SIGNATURE and index > self._last_certain:
            self._over = str(look)
        self._body = look in (Look.NUMBERING, Look.REPEATED_HEADER, Look.CODE_ROW)
        self._sorted.put_aside(self._over or look)

    def _note(self, index: int) -> None:
        self._sorted.put_aside("note")
        self._body = False
        row, one, shape = self._rows[self._start + index], self._seen[index], self._shapes[index]
        evident = one.look in _PERSONLIKE and (one.facts or shape.is_numbered(row))
        if evident or marks.is_like_a_name(shape.name(row)):
            self._sorted.loose.append(index)

    def _ask_about_loose(self) -> None:
        if not self._sorted.loose:
            return
        lines = [self._start + index for index in self._sorted.loose]
        cell = address(lines[0], self._shapes[self._sorted.loose[0]].names[0])
        detail: dict[str, object] = {"count": len(lines), "lines": _runs(lines)}
        self._sorted.questions.append(Question("rows.loose", cell=cell, column="full_name", detail=detail))


def _label(values: Sequence[object]) -> str:
    """The first text of a line, with a numeral that stands in a cell before it; counts are left out."""
    texts = [clean(value) for value in values if isinstance(value, str)]
    if len(texts) > 1 and marks.is_numeral(texts[0]):
        return f"{texts[0].rstrip('.)')}. {texts[1]}"
    return texts[0] if texts else ""


def _may_be_person(one: Seen) -> bool:
    return one.look is Look.STRONG or (one.look in _PERSONLIKE and one.facts > 0)


def _stands_alone(one: Seen) -> bool:
    """Enough to be a person even after a gap: a name, or a day."""
    return one.look is Look.WEAK or one.dated


def _runs(lines: Sequence[int]) -> str:
    """0-based lines as a clerk reads them: "12, 14-16"."""
    parts = []
    for _, run in groupby(enumerate(lines), key=lambda pair: pair[1] - pair[0]):
        numbers = [line + 1 for _, line in run]
        parts.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}")
    return ", ".join(parts)
