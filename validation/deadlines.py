"""Which clocks run for each person, when they are due, and how late they are as of a day.

A clock follows the rules in force on the day it arose, to its end. Where a deadline may be counted from several
columns that day is the earliest of them, so that a decision issued under one rule and received under the next
has exactly one clock.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

import pandas as pd

from validation import stages
from validation.provisions import PROBATION_ENDS, Deadline, Unit
from validation.rulebook import Applied, Rulebook
from validation.triggers import column_used, started_on, trigger_days
from validation.vocabulary import LEFT, Step, year_of
from validation.workdays import WorkCalendar, add_months

#: Columns of a clocks frame and their types. `row`: row id of the typed frame. `counted_from`: the column actually
#: used; `provisional`: it stands in for one still blank, or for a day that no register holds. `started_on` + `count`
#: `unit`s = `due_on`; `not_before`: the first day the act is lawful, where that is not simply the trigger. `done_on`:
#: NaT while open, and where the clock closed without it. `days_late`: in working days for terms of working days, 0
#: where in time. `days_left`: calendar days from `as_of`, NA once closed. `regulation`, `inherited_in`,
#: `extension_of`: ids, "" for none.
COLUMNS = {
    "row": "int64",
    "key": "str",
    "step": "str",
    "nature": "str",
    "code": "str",
    "done": "str",
    "counted_from": "str",
    "provisional": "bool",
    "started_on": "datetime64[us]",
    "count": "int64",
    "unit": "str",
    "extension": "int64",
    "due_on": "datetime64[us]",
    "not_before": "datetime64[us]",
    "done_on": "datetime64[us]",
    "open": "bool",
    "days_late": "int64",
    "days_left": "Int64",
    "regulation": "str",
    "inherited_in": "str",
    "extension_of": "str",
    "cite": "str",
    "source": "str",
}

#: Acts that show the procedure went on: whatever was due at an earlier step is no longer awaited.
MAIN_EVENTS = {
    Step.RESOLVE_BRANCH: "branch_resolved_on",
    Step.RESOLVE_COMMITTEE: "committee_resolved_on",
    Step.DECIDE_ADMISSION: "decided_on",
    Step.HOLD_CEREMONY: "ceremony_on",
    Step.RESOLVE_RECOGNITION: "recognition_resolved_on",
    Step.DECIDE_RECOGNITION: "recognized_on",
}
_ORDER = {step: place for place, step in enumerate(Step)}


def clocks(
    typed: pd.DataFrame,
    rulebook: Rulebook,
    calendar: WorkCalendar,
    as_of: date,
    keys: Collection[str] | None = None,
) -> pd.DataFrame:
    """One line per person and deadline whose trigger is known to the day, as `COLUMNS`; by row, then procedure.

    A clock is open until its own act has happened (were only its year legible), a later main act has, or the person
    left. An act dated after `as_of` closes nothing. `keys`: those of the deadlines asked for; None for all of them.
    """
    past = stages.until(typed, as_of)
    asked = [key for key in rulebook.keys if keys is None or key in keys]
    ruled = list(_sorted_by_rule(trigger_days(past, rulebook, as_of), rulebook, asked))
    if not ruled:
        return pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS)
    said = pd.DataFrame([_said(applied) for applied, _ in ruled])
    parts = [_started(past, arose, applied.deadline).assign(rule=rule) for rule, (applied, arose) in enumerate(ruled)]
    made = pd.concat(parts, ignore_index=True).sort_values("row", kind="stable", ignore_index=True)
    return _timed(made.join(said, on="rule"), calendar, pd.Timestamp(as_of)).astype(COLUMNS)[list(COLUMNS)]


def overdue(clocks: pd.DataFrame) -> pd.DataFrame:
    """Open clocks whose day is past, the longest past first."""
    return clocks[clocks["open"] & (clocks["days_late"] > 0)].sort_values(["due_on", "row"], kind="stable")


def coming(clocks: pd.DataFrame, within_days: int) -> pd.DataFrame:
    """Open clocks due today or within so many calendar days, soonest first."""
    soon = clocks["days_left"].between(0, within_days).fillna(False).astype("bool")
    return clocks[clocks["open"] & soon].sort_values(["due_on", "row"], kind="stable")


def next_due(clocks: pd.DataFrame) -> "pd.Series[pd.Timestamp]":
    """The soonest day due among each person's open clocks, past ones included; indexed by row id."""
    return clocks[clocks["open"]].groupby("row")["due_on"].min()


def _sorted_by_rule(
    days: pd.DataFrame, rulebook: Rulebook, keys: Iterable[str]
) -> Iterator[tuple[Applied, pd.DataFrame]]:
    """Each deadline as it once stood, with the days of the persons whose clock arose then; none without any."""
    for key in keys:
        eras = rulebook.eras(key)
        triggers = dict.fromkeys(column for era in eras for column in era.applied.deadline.triggers)
        arose = days[list(triggers)].min(axis=1)
        for era in eras:
            then = arose.between(pd.Timestamp(era.start), pd.Timestamp(era.end or date.max), inclusive="left")
            if then.any():
                yield era.applied, days[then]


def _started(typed: pd.DataFrame, days: pd.DataFrame, deadline: Deadline) -> pd.DataFrame:
    """What the register itself tells of the clocks of one deadline."""
    started = started_on(days, deadline).dropna()
    known = days.loc[started.index]
    return pd.DataFrame(
        {
            "row": known.index,
            "counted_from": column_used(known, deadline),
            "provisional": known[deadline.counted_from].isna() | deadline.stands_in,
            "started_on": started,
            "done_on": typed.loc[known.index, deadline.done],
            "open": _is_open(typed, known.index, deadline),
        }
    )


def _is_open(typed: pd.DataFrame, rows: "pd.Index[int]", deadline: Deadline) -> "pd.Series[bool]":
    later = [column for step, column in MAIN_EVENTS.items() if _ORDER[step] > _ORDER[deadline.step]]
    closing = typed.loc[rows, [year_of(column) for column in (deadline.done, *later)]]
    return (closing == 0).all(axis=1) & ~typed.loc[rows, "status"].isin(LEFT)


def _said(applied: Applied) -> dict[str, str | int]:
    """What the rule itself says, the same for every clock of its era."""
    deadline = applied.deadline
    same = ("key", "step", "nature", "code", "done", "count", "unit", "cite", "source")
    return {
        **{name: getattr(deadline, name) for name in same},
        "extension": applied.extension,
        "regulation": applied.regulation.id,
        "inherited_in": applied.inherited_in.id if applied.inherited_in else "",
        "extension_of": applied.extension_of.id if applied.extension_of else "",
    }


def _timed(made: pd.DataFrame, calendar: WorkCalendar, as_of: pd.Timestamp) -> pd.DataFrame:
    """Add the days due and how they stand; a day late is late even where no working day has passed since."""
    started, working = made["started_on"], made["unit"] == Unit.WORKING_DAYS
    in_days = calendar.add(started, made["count"].where(working))
    due = in_days.where(working, add_months(started, made["count"].mask(working)))
    until = made["done_on"].mask(made["open"], as_of)
    late = calendar.between(due, until).clip(lower=1).where(working, (until - due).dt.days)
    return made.assign(
        due_on=due,
        not_before=started.where(made["counted_from"] == PROBATION_ENDS),
        days_late=late.where(until > due, 0),
        days_left=(due - as_of).dt.days.where(made["open"]),
    )
