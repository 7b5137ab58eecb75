"""How long the acts of the procedure usually take here: learnt from a committee's own finished cases, never law."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

import numpy as np
import pandas as pd

from validation import stages
from validation.forecast_chain import ACTS, Horizon
from validation.rules.order import MUST_PAIRS, reversal, reversals

#: Fewest cases an act is learnt from. With eight, two lie on the far side of each quartile, so that one odd case
#: (a person who fell ill, a slip of the pen) does not make the figure.
ENOUGH = 8

_MEDIAN, _UPPER_QUARTILE = 0.5, 0.75
_START = "sympathizer_on"  # begins the first act; itself no act to wait for
_IMPOSSIBLE = [reversal(pair) for pair in MUST_PAIRS]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the finished cases say of one act.

    `dated`: how many date it; `cases`: how many also date the act before; `usual`, `most`: median and upper quartile
    of the calendar days between the two, rounded up; None where the cases are too few.
    """

    dated: int
    cases: int
    usual: int | None = None
    most: int | None = None


#: Act → what is known of it; every act of the chain has its lesson.
Experience = Mapping[str, Lesson]


def learn(typed: pd.DataFrame, horizon: Horizon) -> Experience:
    """What the people admitted by the day of the forecast tell of each act.

    An act takes the days it adds beyond everything before it: acts done side by side are not counted twice. "The act
    before" is the nearest that enough cases date; the time of one seldom dated lies within the next. A case whose days
    cannot be in the order they stand in is none: which of them is the slip of the pen nobody knows.
    """
    past = stages.until(typed, horizon.as_of)
    finished = past[past[horizon.counted_by].notna()]
    days = _days(finished[~reversals(finished)[_IMPOSSIBLE].any(axis="columns")])
    reached = pd.DataFrame(np.fmax.accumulate(days.to_numpy(), axis=1), columns=days.columns)
    lessons, before = {}, _START
    for column in ACTS:
        gaps = (reached[column] - reached[before])[days[column].notna() & days[before].notna()]
        lessons[column] = _lesson(int(days[column].count()), gaps)
        before = column if lessons[column].dated >= ENOUGH else before
    return lessons


def _days(finished: pd.DataFrame) -> pd.DataFrame:
    """Days since the epoch of every act, NaN where no full day is known."""
    columns = [_START, *ACTS]
    days = finished[columns].to_numpy("datetime64[us]").astype("datetime64[D]")
    return pd.DataFrame(np.where(np.isnat(days), np.nan, days.astype("float64")), columns=columns)


def _lesson(dated: int, gaps: "pd.Series[float]") -> Lesson:
    if len(gaps) < ENOUGH:
        return Lesson(dated, len(gaps))
    return Lesson(dated, len(gaps), ceil(gaps.quantile(_MEDIAN)), ceil(gaps.quantile(_UPPER_QUARTILE)))
