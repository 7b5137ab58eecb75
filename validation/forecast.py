"""Who can still be admitted by a day: surely, possibly, not lawfully any more. Arithmetic on dates, no promise.

What is law and what is experience never mix: `earliest_on` and `kept_on` rest on the law alone, `likely_on` on the
committee's own finished cases, and every day of the plan says which of the two it was counted by.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from validation import stages
from validation.deadlines import clocks
from validation.durations import ENOUGH, Experience
from validation.forecast_chain import ACTS, Horizon, in_pipeline, still_to_do
from validation.forecast_doubts import Doubt
from validation.forecast_law import conditions
from validation.forecast_likely import Gap, likely
from validation.forecast_plan import RUNNING, Backward, Plan
from validation.forecast_schedule import on_schedule, schedule
from validation.papers import redone_columns

__all__ = ["Doubt", "Forecast", "Gap", "Hope", "Horizon", "Outlook", "forecast", "on_schedule"]

#: Acts without which there is no admission, whether or not a sheet has their column.
_NEEDED = ["branch_resolved_on", "decided_on", "ceremony_on"]


class Outlook(StrEnum):
    """Whether a person can be admitted by the day aimed at."""

    SURE = "sure"  # the branch has resolved, soundly, and keeping every deadline to its last day is enough
    POSSIBLE = "possible"  # the law leaves room; it says nothing of how likely that is: see `Hope`
    IMPOSSIBLE = "impossible"  # the first lawful day comes after it, or it is today and too much is left to do


class Hope(StrEnum):
    """What is known of a person who may possibly be admitted by the day aimed at."""

    LIKELY = "likely"  # by experience in time
    UNLIKELY = "unlikely"  # by experience too late
    PASSED = "passed"  # experience says nothing, and the last safe day of the next act is past
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Forecast:
    """One line per person on the way, by row id.

    `people`: `outlook`; `earliest_on`, the first lawful day; `likely_on` by experience, NaT where it says nothing,
    `gap`, why not (`Gap` value or ""); `hope`, a `Hope` value for those who are possible, "" for the others;
    `run_out`, whether it is too late only because the day aimed at is today; `steps`, how many acts are asked for;
    `kept_on`, of those who are sure, the day if every deadline is kept to its last day; `next`, the column of
    the next act, an optional one only if it has a day of its own or no term runs; `act_by`, its last safe day;
    `slipped`, whether that day is past and nobody has missed it: no law sets it, or it lies before the first day that
    the register tells of the person; `term_on`, the end of the term that runs for it, where that is later;
    `overdue_on`, the soonest running term that is over; `overdue_from_known`, whether it was counted from the day the
    law names; `hurried`, without such a one, whether the acts ahead must be quicker than their terms; `late_on`,
    `unreceived`, `uncounted` and each `Doubt` of `forecast_schedule.schedule`; and the columns of `forecast_law`.
    `plan`: the last safe day of every act still to do, none for whom it is too late.
    """

    people: pd.DataFrame
    plan: Plan


def forecast(typed: pd.DataFrame, horizon: Horizon, learnt: Experience, blind: pd.DataFrame) -> Forecast:
    """The forecast of everybody on the way to admission, by row id.

    `blind` has the columns of the chain, True where the sheet lacks the column that tells of an act: that act is
    asked of nobody, but time is left for it.
    """
    past = stages.until(typed[in_pipeline(typed, horizon)], horizon.as_of)
    facts = conditions(past, horizon, blind.loc[past.index, "certificate_on"])
    todo = still_to_do(past, horizon.counted_by)
    ahead = _ahead(past, todo, facts, learnt)
    asked = ahead & ~_unseen(todo, blind)
    timed = ahead & (asked | ~_behind_something(todo))
    due, provisional = _running(past, asked, horizon)
    terms = schedule(typed, horizon).loc[past.index]
    outlook = _outlook(terms["kept_on"], facts["from_on"], horizon)
    run_out = (outlook == Outlook.POSSIBLE) & _run_out(todo, horizon)
    outlook = outlook.mask(run_out, Outlook.IMPOSSIBLE.value)
    sure = outlook == Outlook.SURE
    plan = Backward(asked, timed, facts, due, provisional, sure, learnt, horizon).plan()
    plan = plan.without(outlook == Outlook.IMPOSSIBLE)
    usual = likely(past, timed, facts, learnt, horizon)
    following = _following(asked, plan, due)
    passed = following["act_by"] < horizon.today
    hope = _hope(outlook, usual["likely_on"], passed, horizon)
    told = {"outlook": outlook, "earliest_on": facts["from_on"], **usual, "hope": hope, "run_out": run_out}
    people = pd.DataFrame({**told, **following, **_overdue(due, provisional, horizon)})
    hurried = (passed | plan.squeezed) & people["overdue_on"].isna() & ~sure
    slipped = passed & _unset(people, plan, past)
    steps = asked.sum(axis="columns")
    return Forecast(people.assign(hurried=hurried, slipped=slipped, steps=steps).join(terms).join(facts), plan)


def _ahead(past: pd.DataFrame, todo: pd.DataFrame, facts: pd.DataFrame, learnt: Experience) -> pd.DataFrame:
    """The acts ahead, with what must be done anew and is not, without the optional ones that nobody here does."""
    ahead = todo.copy()
    ahead["certificate_on"] |= facts["lapsed_certificate_on"].notna()
    for paper in redone_columns():
        ahead[paper] |= facts["lapsed_dossier_on"].notna() & ~(past[paper] > facts["lapsed_dossier_on"])
    acts = [str(column) for column in ahead]
    if learnt[acts[-1]].dated >= ENOUGH:
        ahead[[act for act in acts if ACTS[act].optional and not learnt[act].dated]] = False
    return ahead


def _unseen(todo: pd.DataFrame, blind: pd.DataFrame) -> pd.DataFrame:
    """Where the sheet cannot tell of an act; what no admission goes without is asked for all the same."""
    unseen = blind.loc[todo.index, todo.columns].copy()
    unseen[todo.columns.intersection(_NEEDED)] = False
    return unseen


def _behind_something(todo: pd.DataFrame) -> pd.DataFrame:
    """Whether an act of the chain after each one is done: whatever no sheet tells of it, its time is over."""
    done = ~todo.to_numpy()[:, ::-1]
    return pd.DataFrame(np.logical_or.accumulate(done, axis=1)[:, ::-1], index=todo.index, columns=todo.columns)


def _running(past: pd.DataFrame, todo: pd.DataFrame, horizon: Horizon) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The last day of the term that runs for each act still to do, NaT where none does; whether it is provisional."""
    lines = clocks(past, horizon.rulebook, horizon.calendar, horizon.as_of, RUNNING.values())
    lines = lines[lines["open"]]
    running = {column: lines[lines["key"] == key].set_index("row") for column, key in RUNNING.items() if column in todo}
    ends = {column: term["due_on"].reindex(past.index) for column, term in running.items()}
    guessed = {column: term["provisional"].reindex(past.index, fill_value=False) for column, term in running.items()}
    due = pd.DataFrame(ends, index=past.index)
    return due.where(todo[due.columns]), pd.DataFrame(guessed, index=past.index)


def _following(asked: pd.DataFrame, plan: Plan, due: pd.DataFrame) -> "dict[str, pd.Series[Any]]":
    """The next act, its last safe day, and the end of the term that runs for it where that comes later.

    The day of an act whose term runs is told with that act, not with one before it that nobody may have to do.
    """
    act_by = plan.days.bfill(axis="columns").iloc[:, 0].astype("datetime64[us]")
    first = asked.idxmax(axis="columns")
    bound = plan.days[due.columns].eq(act_by, axis="index") & due.notna()
    passed = first.map({column: act.optional for column, act in ACTS.items()}).astype(bool) & bound.any(axis="columns")
    following = first.mask(passed, bound.idxmax(axis="columns"))
    runs = [due[column].where(following == column) for column in due]
    term = pd.concat(runs, axis="columns").min(axis="columns")
    return {"next": following, "act_by": act_by, "term_on": term.where(term > act_by)}


def _unset(people: pd.DataFrame, plan: Plan, past: pd.DataFrame) -> "pd.Series[bool]":
    """Whether no law sets the last safe day of the next act, or it lies before the register knows of the person."""
    entered = past[["sympathizer_on", *plan.days]].min(axis="columns")
    return plan.unlawful(people["next"]) | (people["act_by"] < entered)


def _overdue(due: pd.DataFrame, provisional: pd.DataFrame, horizon: Horizon) -> "dict[str, pd.Series[Any]]":
    """The soonest term that is over, and whether one over that day was counted from the day the law names."""
    soonest = due.where(due < horizon.today).min(axis="columns")
    known = (due.eq(soonest, axis="index") & ~provisional).any(axis="columns")
    return {"overdue_on": soonest, "overdue_from_known": known}


def _outlook(
    kept: "pd.Series[pd.Timestamp]", earliest: "pd.Series[pd.Timestamp]", horizon: Horizon
) -> "pd.Series[str]":
    outlook = pd.Series(Outlook.POSSIBLE.value, index=kept.index, dtype="str")
    outlook = outlook.mask(earliest > horizon.target, Outlook.IMPOSSIBLE.value)
    return outlook.mask(kept.notna(), Outlook.SURE.value)


def _run_out(todo: pd.DataFrame, horizon: Horizon) -> "pd.Series[bool]":
    """Whether the day aimed at has come and the branch, or another body, has to act before the act that counts.

    Sense, not law: no text keeps several bodies from sitting on one day, but nobody is admitted so. Whoever lacks only
    the act that counts may still be.
    """
    before = [act for act in _NEEDED if act in todo][:-1]
    return todo[before].any(axis="columns") & (horizon.today >= horizon.target)


def _hope(
    outlook: "pd.Series[str]", likely_on: "pd.Series[pd.Timestamp]", passed: "pd.Series[bool]", horizon: Horizon
) -> "pd.Series[str]":
    hope = pd.Series(Hope.UNKNOWN.value, index=outlook.index, dtype="str").mask(passed, Hope.PASSED.value)
    hope = hope.mask(likely_on <= horizon.target, Hope.LIKELY.value)
    hope = hope.mask(likely_on > horizon.target, Hope.UNLIKELY.value)
    return hope.where(outlook == Outlook.POSSIBLE, "")
