"""Who is admitted in time if everybody keeps every remaining deadline to its last day.

Only what is certain carries anybody: a term counted from a day that stands in for the proper one does not, nor does a
resolution that the register itself speaks against, or whose conditions it does not tell enough to test.
"""

from datetime import date

import pandas as pd

from validation import stages
from validation.deadlines import clocks
from validation.forecast_chain import Horizon, in_pipeline
from validation.forecast_doubts import doubts
from validation.forecast_law import untested
from validation.rulebook import Rulebook
from validation.vocabulary import Stage
from validation.workdays import WorkCalendar

_WAITING = (Stage.AWAITING_DECISION.value, Stage.AWAITING_CEREMONY.value)


def on_schedule(
    typed: pd.DataFrame, rulebook: Rulebook, calendar: WorkCalendar, as_of: date, until: date, counted_by: str
) -> "pd.Series[bool]":
    """Whether each person would be admitted by `until` if every remaining deadline is kept to its last day.

    `counted_by`: the column whose day counts as admission, `ceremony_on` or `decided_on`. True only for people who
    wait for that day with a resolution or a decision behind them. Whoever left, was admitted already, has let a
    deadline pass, has a `Doubt` against the resolution, an age or a certificate that cannot be tested, or waits for a
    day that no register told yet is not on schedule. Extensions are not counted on.
    """
    return kept_on(typed, Horizon(rulebook, calendar, as_of, until, counted_by)).notna()


def kept_on(typed: pd.DataFrame, horizon: Horizon) -> "pd.Series[pd.Timestamp]":
    """The last day by which those on schedule are admitted; NaT for everybody else."""
    return schedule(typed, horizon)["kept_on"]


def schedule(typed: pd.DataFrame, horizon: Horizon) -> pd.DataFrame:
    """What the running terms come to, by row id.

    `kept_on`: the last day by which those on schedule are admitted; `late_on`: the same of whom it is after the day
    aimed at; NaT elsewhere. `unreceived`: whether their term starts on a day the register does not tell, that of
    receiving the decision. `uncounted`: whether it does not tell the votes. A column per `Doubt`.
    """
    past = stages.until(typed, horizon.as_of)
    waiting = past[_waits(past, horizon)]
    against = doubts(waiting, horizon)
    ends = _ends(waiting, horizon)
    speaks = against.any(axis="columns") | untested(waiting, horizon)
    last, certain = ends["due_on"], ~ends["provisional"] & ~speaks
    made = {
        "kept_on": last.where(certain & (last <= horizon.target)),
        "late_on": last.where(last > horizon.target),
        "unreceived": ends["provisional"],
    }
    days = pd.DataFrame(made, index=waiting.index)[["kept_on", "late_on"]].reindex(typed.index)
    uncounted = waiting[["votes_for", "members_summoned"]].isna().any(axis="columns")
    told = against.assign(unreceived=made["unreceived"], uncounted=uncounted).reindex(typed.index, fill_value=False)
    return days.join(told)


def _ends(waiting: pd.DataFrame, horizon: Horizon) -> pd.DataFrame:
    """`due_on`, the last day of the last term of people who let none pass, and whether it is `provisional`."""
    decided = waiting["decided_on"]
    decision = _last_days("admission_decision", waiting, horizon, horizon.as_of)
    ends = decision
    if horizon.counted_by == "ceremony_on":
        days = decided.fillna(decision["due_on"])
        kept = _decided(waiting, days)
        ends = _last_days("ceremony", kept, horizon, max([horizon.until, *days.dropna().dt.date]))
    kept_so_far = decided.notna() | (decision["due_on"] >= horizon.today)
    running = kept_so_far & (ends["due_on"] >= horizon.today)
    return ends.assign(due_on=ends["due_on"].where(running), provisional=ends["provisional"] & running)


def _waits(past: pd.DataFrame, horizon: Horizon) -> "pd.Series[bool]":
    return in_pipeline(past, horizon) & stages.assign(past, horizon.as_of).isin(_WAITING)


def _last_days(key: str, people: pd.DataFrame, horizon: Horizon, as_of: date) -> pd.DataFrame:
    """`due_on` of each person's open clock of a deadline, NaT where none runs, and whether it is `provisional`."""
    running = clocks(people, horizon.rulebook, horizon.calendar, as_of, [key])
    running = running[running["open"]].set_index("row")
    provisional = running["provisional"].reindex(people.index, fill_value=False)
    return pd.DataFrame({"due_on": running["due_on"].reindex(people.index), "provisional": provisional})


def _decided(people: pd.DataFrame, days: "pd.Series[pd.Timestamp]") -> pd.DataFrame:
    return people.assign(decided_on=days, decided_on_year=days.dt.year.fillna(0).astype("int16"))
