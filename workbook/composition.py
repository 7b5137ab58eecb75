"""What a composition of persons is made of. Plain values.

A line says how it is counted as a `Criterion`: `consolidate` counts by it and the sheet writes its formula from it, so
that the two cannot part.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import pandas as pd

#: Parts the groups of one cell, so that one of them is never found inside another's name.
BAR = "|"


class Role(StrEnum):
    """What a line of the sheet is."""

    ALL = "all"  # everybody admitted: the denominator of every share
    BLOCK = "block"  # a title
    COUNT = "count"
    REST = "rest"  # those of a block who are in none of its lines: with them its lines add up to everybody
    NOWHERE = "nowhere"  # the same of a block of which somebody may be in several lines: they add up to nothing
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Criterion:
    """Which of the persons admitted a line counts, by one column of the sheet of persons.

    One of: `equals` the text; `holds` the text between bars; from `least` to `most` (0: no end). None: everybody.
    """

    column: str = ""
    equals: str = ""
    holds: str = ""
    least: int = 0
    most: int = 0

    def picks(self, people: pd.DataFrame) -> "pd.Series[bool]":
        """Which persons it is true of."""
        if not self.column:
            return pd.Series(True, index=people.index)
        values = people[self.column]
        if self.equals:
            return (values == self.equals).fillna(False).astype(bool)
        if self.holds:
            return values.str.contains(BAR + self.holds + BAR, regex=False)
        within = (values >= self.least) & ((values <= self.most) if self.most else True)
        return within.fillna(False).astype(bool)


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its figures: `total`, and one number per branch in the book's order.

    None where there is no number, text where a small group is folded.
    """

    label: str
    role: Role
    criterion: Criterion = Criterion()
    total: int | Decimal | None = None
    by_branch: tuple[int | Decimal | str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Composition:
    """The lines of the sheet, the statistics form whose bands they use, and the smallest group shown (0: all are)."""

    lines: tuple[Line, ...] = ()
    form: str = ""
    least: int = 0
