"""Who would still be admitted by a day, if every remaining deadline is kept to its last day: arithmetic, no promise."""

from datetime import date

import pandas as pd

from validation import stages
from validation.deadlines import clocks
from validation.rulebook import Rulebook
from validation.vocabulary import Stage
from validation.workdays import WorkCalendar


def on_schedule(
    typed: pd.DataFrame, rulebook: Rulebook, calendar: WorkCalendar, as_of: date, until: date, counted_by: str
) -> "pd.Series[bool]":
    """Whether each person would be admitted by `until` if every remaining deadline is kept to its last day.

    `counted_by`: the column whose day counts as admission, `ceremony_on` or `decided_on`. True only for people who
    wait for that day with a resolution or a decision behind them. Whoever left, was admitted already, or has let
    a deadline pass is not on schedule. Extensions are not counted on.
    """
    past = stages.until(typed, as_of)
    waiting = past[_waits(past, as_of, counted_by)]
    decided = waiting["decided_on"]
    decision = _last_day("admission_decision", waiting, rulebook, calendar, as_of)
    admission = decision
    if counted_by == "ceremony_on":
        kept = _decided(waiting, decided.fillna(decision))
        admission = _last_day("ceremony", kept, rulebook, calendar, until)
    in_time = admission.between(pd.Timestamp(as_of), pd.Timestamp(until))
    kept_so_far = decided.notna() | (decision >= pd.Timestamp(as_of))
    return (in_time & kept_so_far).reindex(typed.index, fill_value=False)


def _waits(typed: pd.DataFrame, as_of: date, counted_by: str) -> "pd.Series[bool]":
    if counted_by not in ("ceremony_on", "decided_on"):
        raise ValueError(f"admissions are not counted by {counted_by!r}")
    ahead = [Stage.AWAITING_DECISION, Stage.AWAITING_CEREMONY][: 2 if counted_by == "ceremony_on" else 1]
    return stages.assign(typed, as_of).isin([stage.value for stage in ahead]) & ~stages.left(typed)


def _last_day(
    key: str, people: pd.DataFrame, rulebook: Rulebook, calendar: WorkCalendar, as_of: date
) -> "pd.Series[pd.Timestamp]":
    """The day due of each person's open clock of a deadline; NaT where none runs."""
    running = clocks(people, rulebook, calendar, as_of)
    running = running[running["open"] & (running["key"] == key)]
    return running.set_index("row")["due_on"].reindex(people.index)


def _decided(people: pd.DataFrame, days: "pd.Series[pd.Timestamp]") -> pd.DataFrame:
    return people.assign(decided_on=days, decided_on_year=days.dt.year.fillna(0).astype("int16"))
