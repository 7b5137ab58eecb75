"""The day each person would be admitted if everything takes the time it usually takes here: experience, not law."""

from enum import StrEnum

import pandas as pd

from validation.durations import ENOUGH, Experience, Lesson
from validation.forecast_chain import Horizon

_RESOLUTION = "branch_resolved_on"
_LAPSED = ["lapsed_certificate_on", "lapsed_dossier_on"]


class Gap(StrEnum):
    """Why no likely day can be told."""

    FEW = "few"  # too few finished cases tell the time of an act
    REDONE = "redone"  # a paper must be made anew, and nothing was learnt of that
    LAPSES = "lapses"  # a paper would lapse on the way
    OUTGROWN = "outgrown"  # the person would be too old on the way, or is


def likely(
    past: pd.DataFrame, timed: pd.DataFrame, facts: pd.DataFrame, learnt: Experience, horizon: Horizon
) -> pd.DataFrame:
    """By row id: `likely_on`, and `gap`, why it is NaT, "" where it is not.

    `likely_on`: the last act done, and the usual time of each act of `timed`; never before today or the law,
    nor the branch's resolution before the months together would be over, though that day is to be confirmed.
    """
    columns = list(timed.columns)
    day = past[["sympathizer_on", *columns]].max(axis="columns").fillna(horizon.today)
    gap = pd.Series("", index=past.index, dtype="str")
    for column in columns:
        then = _later(day, learnt[column], horizon, last=column == columns[-1])
        gap = gap.mask(timed[column] & then.isna() & (gap == ""), Gap.FEW.value)
        if column == _RESOLUTION:
            soonest = facts[["from_on", "together_on"]].max(axis="columns")
            then = then.mask(then < soonest, soonest)
            gap = gap.mask(timed[column] & (gap == ""), _broken(then, facts))
        day = day.mask(timed[column], then)
    return pd.DataFrame({"likely_on": day.where(gap == ""), "gap": gap})


def _later(day: "pd.Series[pd.Timestamp]", lesson: Lesson, horizon: Horizon, last: bool) -> "pd.Series[pd.Timestamp]":
    """The usual time of an act later, today at the soonest; NaT if unknown.

    No later for an act seldom dated, whose time lies in the next: it is not told apart from that one.
    """
    if lesson.dated < ENOUGH and not last:
        return day
    if lesson.usual is None:
        return day.where(day.isna())
    then = day + pd.Timedelta(days=lesson.usual)
    return then.mask(then < horizon.today, horizon.today)


def _broken(resolved: "pd.Series[pd.Timestamp]", facts: pd.DataFrame) -> "pd.Series[str]":
    """The gap of whom the branch would resolve on, by then, with a paper lapsed or an age passed; "" for the others."""
    late = resolved > facts["resolve_by"]
    outgrown = facts["too_old_on"].notna() | (late & (facts["ends_first"] == "too_old_on"))
    gap = pd.Series("", index=facts.index, dtype="str").mask(late, Gap.LAPSES.value)
    return gap.mask(outgrown, Gap.OUTGROWN.value).mask(facts[_LAPSED].notna().any(axis="columns"), Gap.REDONE.value)
