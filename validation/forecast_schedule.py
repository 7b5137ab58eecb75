"""Who is admitted in time if everybody keeps every remaining deadline to its last day."""

from datetime import date

import pandas as pd

from validation import stages
from validation.deadlines import clocks
from validation.forecast_chain import Horizon, in_pipeline
from validation.rulebook import Rulebook
from validation.vocabulary import Stage
from validation.workdays import WorkCalendar

_WAITING = (Stage.AWAITING_DECISION.value, Stage.AWAITING_CEREMONY.value)


def on_schedule(
    typed: pd.DataFrame, rulebook: Rulebook, calendar: WorkCalendar, as_of: date, until: date, counted_by: str
) -> "pd.Series[bool]":
    """Whether each person would be admitted by `until` if every remaining deadline is kept to its last day.

    `counted_by`: the column whose day counts as admission, `ceremony_on` or `decided_on`. True only for people who
    wait for that day with a resolution or a decision behind them. Whoever left, was admitted already, or has let
    a deadline pass is not on schedule. Extensions are not counted on.
    """
    return kept_on(typed, Horizon(rulebook, calendar, as_of, until, counted_by)).notna()


def kept_on(typed: pd.DataFrame, horizon: Horizon) -> "pd.Series[pd.Timestamp]":
    """The last day by which those on schedule are admitted; NaT for everybody else."""
    past = stages.until(typed, horizon.as_of)
    waiting = past[_waits(past, horizon)]
    decided = waiting["decided_on"]
    decision = _last_day("admission_decision", waiting, horizon, horizon.as_of)
    admission = decision
    if horizon.counted_by == "ceremony_on":
        kept = _decided(waiting, decided.fillna(decision))
        admission = _last_day("ceremony", kept, horizon, horizon.until)
    in_time = admission.between(horizon.today, horizon.target)
    kept_so_far = decided.notna() | (decision >= horizon.today)
    return admission.where(in_time & kept_so_far).reindex(typed.index)


def _waits(past: pd.DataFrame, horizon: Horizon) -> "pd.Series[bool]":
    return in_pipeline(past, horizon) & stages.assign(past, horizon.as_of).isin(_WAITING)


def _last_day(key: str, people: pd.DataFrame, horizon: Horizon, as_of: date) -> "pd.Series[pd.Timestamp]":
    """The day due of each person's open clock of a deadline; NaT where none runs."""
    running = clocks(people, horizon.rulebook, horizon.calendar, as_of)
    running = running[running["open"] & (running["key"] == key)]
    return running.set_index("row")["due_on"].reindex(people.index)


def _decided(people: pd.DataFrame, days: "pd.Series[pd.Timestamp]") -> pd.DataFrame:
    return people.assign(decided_on=days, decided_on_year=days.dt.year.fillna(0).astype("int16"))
