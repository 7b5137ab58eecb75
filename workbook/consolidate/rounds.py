"""Rounds through a table whose sums are known: one more in one cell, one less in another, until every sum is as before.

A step leads from one place of the table (a line, or a column of a branch) to another and changes what its mark names.
"""

from collections import deque
from collections.abc import Iterable

#: From where, to where, and the mark: a cell (line, branch), or less than 0 and a branch for several lines at once.
Step = tuple[int, int, tuple[int, int]]


def by_mark(steps: Iterable[Step]) -> dict[tuple[int, int], list[Step]]:
    """The steps of each mark."""
    made: dict[tuple[int, int], list[Step]] = {}
    for step in steps:
        made.setdefault(step[2], []).append(step)
    return made


class Network:
    """All the steps there are."""

    def __init__(self, steps: Iterable[Step]):
        self._from: dict[int, list[Step]] = {}
        for step in steps:
            self._from.setdefault(step[0], []).append(step)

    def closes(self, step: Step) -> bool:
        """Whether a shortest round with this step takes each mark once: two steps in one place may not go together."""
        start, end, mark = step[1], step[0], step[2]
        came: dict[int, Step | None] = {start: None}
        ahead = deque([start])
        while ahead and end not in came:
            for further in self._from.get(ahead.popleft(), ()):
                if further[2] != mark and further[1] not in came:
                    came[further[1]] = further
                    ahead.append(further[1])
        marks = self._back(came, end) if end in came else []
        return end in came and len(set(marks)) == len(marks)

    @staticmethod
    def _back(came: dict[int, Step | None], end: int) -> list[tuple[int, int]]:
        """The marks on the way to a place."""
        marks = []
        while step := came[end]:
            marks.append(step[2])
            end = step[0]
        return marks
