"""An open sheet that was judged → what of it is late or comes due, how near each day is, and what nobody can know."""

from bisect import bisect_left
from dataclasses import dataclass

import pandas as pd

from workbook.committee import Committee
from workbook.consolidate.late import late, untimed
from workbook.open_sheet import Review

#: `near` of what is late already.
OVERDUE = -1


@dataclass(frozen=True, slots=True)
class OpenDue:
    """What is late or comes due on one sheet, soonest first.

    `lines`: the columns of `late`, and `near`: which of the committee's reminders the day is within, 0 the nearest, or
    OVERDUE. `untimed`: for how many persons some clock could not be worked out.
    """

    lines: pd.DataFrame
    untimed: int

    @property
    def overdue(self) -> int:
        """How many of the lines are late."""
        return int((self.lines["near"] == OVERDUE).sum())


def due_on(review: Review, committee: Committee | None = None) -> OpenDue:
    """What is late or comes due within the longest reminder, of the persons of a sheet that was judged."""
    reminders = sorted((committee or Committee("")).reminders)
    clocks = review.assessment.clocks[review.assessment.clocks["open"]]
    lines = late(review.assessment, clocks, reminders)
    left = dict(zip(zip(clocks["row"], clocks["key"], strict=True), clocks["days_left"], strict=True))
    days = [left[one] for one in zip(lines["row"], lines["key"], strict=True)]
    near = [OVERDUE if one < 0 else bisect_left(reminders, one) for one in days]
    return OpenDue(lines.assign(near=near), len(untimed(review.assessment)))
