"""Branches that end or begin within the year: whose a person is then, and whose an admission was.

What was decided, and why, is in docs/decisions/0007-reorganisation.md.
"""

from collections.abc import Callable
from datetime import date

import pandas as pd

from validation.vocabulary import LEFT, Status
from workbook.committee import Branch, Committee
from workbook.matching import Persons


def as_moved(typed: pd.DataFrame, branch: pd.Series, committee: Committee, as_of: date) -> pd.DataFrame:
    """Typed rows as matching should see them: who still stood in a branch that is no more left it on its last day."""
    ends = _days(branch, committee, lambda one: one.valid_to)
    went = (ends < pd.Timestamp(as_of)) & ~typed["status"].isin(LEFT)
    return typed.assign(
        status=typed["status"].mask(went, Status.MOVED_OUT.value),
        status_changed_on=typed["status_changed_on"].mask(went, ends),
    )


def credited_to(
    admitted: pd.DataFrame, branch: pd.Series, same: Persons, committee: Committee, as_of: date
) -> "pd.Series[str]":
    """Whose quota each admission meets, by row id: of a branch that had the person and stood on that day.

    `admitted`: as `credit.admissions` gives it. It differs from there for a person of several lines: where only the
    heir shows an admission held before the merger, and where a branch shows one held before it began.
    """
    spare = same.stands_for[same.stands_for != same.stands_for.index]
    counted = admitted.loc[spare.to_numpy()].set_axis(spare.index)
    day, elsewhere = counted["admitted_on"], branch[spare.index]
    begins, ends = (_days(elsewhere, committee, of) for of in (lambda one: one.valid_from, lambda one: one.valid_to))
    stood = day.notna() & ~(begins > day) & ~(ends < day)
    taken_in = (ends < pd.Timestamp(as_of)) & (counted["credited_to"] == spare.map(branch))
    too_early = _days(counted["credited_to"], committee, lambda one: one.valid_from) > day
    told = pd.DataFrame({"counted": spare, "branch": elsewhere, "ends": ends})[stood & (taken_in | too_early)]
    first = told.sort_values("ends", kind="stable").drop_duplicates("counted").set_index("counted")["branch"]
    return admitted["credited_to"].mask(admitted.index.isin(first.index), first.reindex(admitted.index))


def _days(names: pd.Series, committee: Committee, day: Callable[[Branch], date | None]) -> pd.Series:
    """A day of each row's branch; NaT where the committee book says none."""
    known = {branch.name: day(branch) for branch in committee.branches}
    return pd.to_datetime(names.map(known)).astype("datetime64[us]")
