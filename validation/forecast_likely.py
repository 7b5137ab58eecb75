"""The day each person would be admitted if everything takes the time it usually takes here: experience, not law."""

import pandas as pd

from validation.durations import ENOUGH, Experience, Lesson
from validation.forecast_chain import Horizon

_RESOLUTION = "branch_resolved_on"
_LAPSED = ["lapsed_certificate_on", "lapsed_dossier_on", "too_old_on"]


def likely(
    past: pd.DataFrame, timed: pd.DataFrame, facts: pd.DataFrame, learnt: Experience, horizon: Horizon
) -> "pd.Series[pd.Timestamp]":
    """By row id: the last act done, and the usual time of each act of `timed`; never before today or the law.

    NaT where too few finished cases tell the time of an act, and where a paper would lapse on the way: nothing was
    learnt of doing it again.
    """
    columns = list(timed.columns)
    day = past[["sympathizer_on", *columns]].max(axis="columns").fillna(horizon.today)
    for column in columns:
        then = _later(day, learnt[column], horizon, last=column == columns[-1])
        if column == _RESOLUTION:
            then = _lawfully(then, facts)
        day = day.mask(timed[column], then)
    return day


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


def _lawfully(resolved: "pd.Series[pd.Timestamp]", facts: pd.DataFrame) -> "pd.Series[pd.Timestamp]":
    """The day of the branch's resolution not before the law allows it; NaT where it would come too late for a paper."""
    lawful = resolved.mask(resolved < facts["from_on"], facts["from_on"])
    return lawful.mask((lawful > facts["resolve_by"]) | facts[_LAPSED].notna().any(axis="columns"))
