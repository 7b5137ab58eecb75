"""Which clocks run for each person, when they are due, and how late they are as of a day.

A clock follows the rules in force on the day it arose, to its end. Where a deadline may be counted from several
columns that day is the earliest of them, so that a decision issued under one rule and received under the next
has exactly one clock.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from validation import stages
from validation.provisions import PROBATION_ENDS, Deadline, Unit
from validation.rulebook import Applied, Rulebook
from validation.triggers import Days, arrays, column_used, started_on, trigger_days
from validation.vocabulary import DATE_COLUMNS, LEFT, Step
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

Mask = npt.NDArray[np.bool_]
#: Which persons, by their places in the frame.
Places = npt.NDArray[np.intp]
Column = npt.NDArray[Any]


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
    days = arrays(trigger_days(past, rulebook, as_of))
    ruled = list(_sorted_by_rule(days, rulebook, asked))
    if not ruled:
        return pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS)
    said = pd.DataFrame([_said(applied) for applied, _ in ruled])
    said = said.astype({name: dtype for name, dtype in COLUMNS.items() if name in said})
    happened = _Happened.of(past)
    parts = [_started(days, happened, places, applied.deadline) for applied, places in ruled]
    made = pd.DataFrame({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})
    made["rule"] = np.repeat(np.arange(len(parts)), [len(part["row"]) for part in parts])
    made = made.assign(row=past.index[made["row"]]).sort_values("row", kind="stable", ignore_index=True)
    told = said.take(made.pop("rule").to_numpy("int64")).set_axis(made.index)
    timed = _timed(made.join(told), calendar, pd.Timestamp(as_of))
    return timed.astype({"counted_from": COLUMNS["counted_from"]})[list(COLUMNS)]


def overdue(clocks: pd.DataFrame) -> pd.DataFrame:
    """Open clocks whose day is past, the longest past first."""
    return clocks[clocks["open"] & (clocks["days_late"] > 0)].sort_values(["due_on", "row"], kind="stable")


def next_due(clocks: pd.DataFrame) -> "pd.Series[pd.Timestamp]":
    """The soonest day due among each person's open clocks, past ones included; indexed by row id."""
    return clocks[clocks["open"]].groupby("row")["due_on"].min()


@dataclass(frozen=True, slots=True)
class _Happened:
    """What a typed frame tells of acts, as arrays: twenty deadlines ask, of forty persons as of forty thousand."""

    done_on: Mapping[str, Days]
    undone: Mapping[str, Mask]  # not even the year of an act is legible
    left: Mask

    @classmethod
    def of(cls, past: pd.DataFrame) -> Self:
        undone = dict(zip(DATE_COLUMNS, stages.years(past, DATE_COLUMNS).T == 0, strict=True))
        return cls(arrays(past[list(DATE_COLUMNS)]), undone, past["status"].isin(LEFT).to_numpy())

    def is_open(self, places: Places, deadline: Deadline) -> Mask:
        """Whether neither the act itself nor a later main act has happened, and the person has not left."""
        later = [column for step, column in MAIN_EVENTS.items() if _ORDER[step] > _ORDER[deadline.step]]
        closed = self.left[places]
        for column in (deadline.done, *later):
            closed = closed | ~self.undone[column][places]
        return ~closed


def _sorted_by_rule(
    days: Mapping[str, Days], rulebook: Rulebook, keys: Iterable[str]
) -> Iterator[tuple[Applied, Places]]:
    """Each deadline as it once stood, with the places of the persons whose clock arose then; none without any."""
    for key in keys:
        eras = rulebook.eras(key)
        triggers = dict.fromkeys(column for era in eras for column in era.applied.deadline.triggers)
        arose = np.fmin.reduce([days[column] for column in triggers])
        for era in eras:
            then = (arose >= np.datetime64(era.start)) & (arose < np.datetime64(era.end or date.max))
            if then.any():
                yield era.applied, np.flatnonzero(then)


def _started(days: Mapping[str, Days], happened: _Happened, places: Places, deadline: Deadline) -> dict[str, Column]:
    """What the register itself tells of the clocks of one deadline; `row` is the place of the person."""
    started = started_on(days, deadline)[places]
    known = places[~np.isnat(started)]
    return {
        "row": known,
        "counted_from": column_used(days, deadline)[known],
        "provisional": np.isnat(days[deadline.counted_from][known]) | deadline.stands_in,
        "started_on": started[~np.isnat(started)],
        "done_on": happened.done_on[deadline.done][known],
        "open": happened.is_open(known, deadline),
    }


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
    working, still_open = (made["unit"] == Unit.WORKING_DAYS).to_numpy(), made["open"].to_numpy()
    due = _due(made["started_on"], made["count"], calendar, working)
    until = made["done_on"].mask(still_open, as_of)
    late = np.where(working, calendar.between(due, until).clip(lower=1), (until - due).dt.days)
    return made.assign(
        due_on=due,
        not_before=made["started_on"].where(made["counted_from"] == PROBATION_ENDS),
        days_late=np.where(until > due, late, 0).astype("int64"),
        days_left=pd.array(np.where(still_open, (due - as_of).dt.days, np.nan), dtype="Int64"),
    )


def _due(
    started: "pd.Series[pd.Timestamp]", count: "pd.Series[float]", calendar: WorkCalendar, working: Mask
) -> "pd.Series[pd.Timestamp]":
    """The last day of each term, counted in working days or in calendar months."""
    days, months = (count.where(meant) for meant in (working, ~working))
    return calendar.add(started, days).fillna(add_months(started, months))
