"""A sheet as a clerk has typed it but not yet saved: cell values by person and column, where mess is made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workbook.demo.layouts import Layout
from workbook.demo.people import Person
from workbook.demo.sources import shown


@dataclass(frozen=True, slots=True)
class Computed:
    """A formula cell: what is typed and what the sheet shows."""

    formula: str
    value: str | float


@dataclass(frozen=True, slots=True)
class Cover:
    """What a file says above its table."""

    branch: str
    committee: str
    as_of: date

    def words(self, **more: object) -> dict[str, object]:
        """The placeholders of titles, group lines and sheet names."""
        years = {f"y{ago}": self.as_of.year - ago for ago in range(1, 5)}
        names = {"branch": self.branch, "BRANCH": self.branch.upper()}
        committee = {"committee": self.committee, "COMMITTEE": self.committee.upper()}
        return {**names, **committee, **years, "day": f"{self.as_of:%d/%m/%Y}", "year": self.as_of.year, **more}


@dataclass(slots=True)
class Draft:
    """One sheet: `rows[i][j]` is what person `i` has under column `j` of the layout.

    `merges` are (first position, last position, column) of cells merged downwards; `ghosts` counts
    formatted blank rows below; `stray` is text below the table in its first column. The last `doubles`
    people are there a second time. `touched` are the cells already spoilt.
    """

    layout: Layout
    cover: Cover
    people: list[Person]
    rows: list[list[Any]]
    merges: list[tuple[int, int, str]] = field(default_factory=list)
    ghosts: int = 0
    stray: str = ""
    doubles: int = 0
    touched: set[tuple[int, str]] = field(default_factory=set)

    def put(self, position: int, column: str, value: Any) -> tuple[int, str]:
        """Overtype one cell and give back where."""
        self.rows[position][self.layout.sources.index(column)] = value
        self.touched.add((position, column))
        return position, column

    def rewrite(self, position: int, person: Person) -> None:
        """Put somebody else, or the same person otherwise, on a line."""
        self.people[position] = person
        self.rows[position] = shown(self.layout, person, self.cover.branch)

    def append(self, person: Person) -> int:
        """Add a line that mentions somebody a second time, and give back its position."""
        self.people.append(person)
        self.rows.append(shown(self.layout, person, self.cover.branch))
        self.doubles += 1
        return len(self.people) - 1

    def get(self, position: int, column: str) -> Any:
        """What a cell holds now."""
        return self.rows[position][self.layout.sources.index(column)]

    def clean(self, column: str) -> Iterator[int]:
        """Positions whose cell under `column` holds something and is still as it should be."""
        if column in self.layout.sources:
            for position in range(len(self.people)):
                if (position, column) not in self.touched and self.get(position, column) not in ("", None):
                    yield position


def draft(layout: Layout, people: Sequence[Person], cover: Cover) -> Draft:
    """The people as this layout shows them."""
    return Draft(layout, cover, list(people), [shown(layout, person, cover.branch) for person in people])
