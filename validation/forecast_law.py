"""The first day the law allows each admission, and what of the law stands in its way.

Assumed where the texts are silent: a meeting, a decision and a ceremony may fall on any day; an act without a stated
least time may follow the one before on the same day; the rules of the day of judgement go on to hold. All that takes
time by law is tested on the day the branch resolves: age, papers still valid. Whoever has a resolution behind them
may lawfully be admitted at once.

The introducer's months together with the person are law too, but no column dates them: the day the helper was assigned
only stands in. They hold nobody up; the day on which they would be over is told, to be confirmed.
"""

from datetime import date
from typing import Protocol

import pandas as pd

from validation.forecast_chain import Horizon, still_to_do
from validation.provisions import DOSSIER_STARTED
from validation.rulebook import Rulebook
from validation.rules.person import unlikely_birth
from validation.triggers import trigger_days
from validation.vocabulary import year_of
from validation.workdays import add_months, first_of_year

#: What the law says of each person. Of those whose branch has resolved only `from_on`, `undated` and what is
#: unknown of birth and certificate say anything.
#: `from_on`: the first day the branch may resolve, or today; it is also the first day of a lawful admission.
#: `of_age_on`: what holds it up beyond today, NaT where nothing does. `together_on`: the day beyond today on which the
#: months together are over if they began with the helper's assignment; it binds nobody. `lapsed_certificate_on`,
#: `lapsed_dossier_on`, `too_old_on`: what will have ended by then. `resolve_by`: what still holds then ends that
#: day, and `ends_first` is which of those columns it would be, "" for none. `unknown_birth`, `unknown_helper`,
#: `unknown_certificate`: the register does not tell enough to say, of those whose branch has resolved whether the
#: condition was fulfilled then; `undated`: the resolution or the decision stands there without its day.
COLUMNS = {
    "from_on": "datetime64[us]",
    "of_age_on": "datetime64[us]",
    "together_on": "datetime64[us]",
    "lapsed_certificate_on": "datetime64[us]",
    "lapsed_dossier_on": "datetime64[us]",
    "too_old_on": "datetime64[us]",
    "resolve_by": "datetime64[us]",
    "ends_first": "str",
    "unknown_birth": "bool",
    "unknown_helper": "bool",
    "unknown_certificate": "bool",
    "undated": "bool",
}


class View(Protocol):
    """By which rules and as of which day people are looked at; `today` is that day as frames keep it."""

    @property
    def rulebook(self) -> Rulebook: ...  # noqa: D102 - a field
    @property
    def as_of(self) -> date: ...  # noqa: D102 - a field
    @property
    def today(self) -> pd.Timestamp: ...  # noqa: D102 - a field


def conditions(past: pd.DataFrame, horizon: Horizon, uncertified: "pd.Series[bool]") -> pd.DataFrame:
    """`COLUMNS` by row id for people on their way; `past` holds no day still to come.

    `uncertified`: whose sheet has no column for the day of the certificate.
    """
    ahead = still_to_do(past, horizon.counted_by)["branch_resolved_on"]
    made = limits(past, horizon, ahead)
    unknown = _unknown(past, horizon, ahead, uncertified)
    return made.assign(**unknown, undated=_undated(past)).astype(COLUMNS)


def untested(resolved: pd.DataFrame, view: View) -> "pd.Series[bool]":
    """Of people whose branch has resolved, whose age or certificate on that day the register does not tell."""
    return _unknown_birth(resolved, view) | resolved["certificate_on"].isna()


def limits(past: pd.DataFrame, view: View, ahead: "pd.Series[bool]") -> pd.DataFrame:
    """The days of `COLUMNS` and `ends_first`, by row id; `ahead`: whose resolution by the branch still is."""
    bounds = _bounds(past, view).where(ahead)
    awaited = bounds[["of_age_on", "together_on"]]
    awaited = awaited.where(awaited > view.today)
    from_on = awaited["of_age_on"].fillna(view.today)
    ends = bounds.drop(columns=list(awaited))
    lapsed = ends.where(ends.lt(from_on, axis="index"))
    good = ends.where(lapsed.isna())
    resolve_by = good.min(axis="columns")
    ends_first = good.eq(resolve_by, axis="index").idxmax(axis="columns").where(resolve_by.notna(), "")
    made = {"from_on": from_on, **awaited, **lapsed, "resolve_by": resolve_by, "ends_first": ends_first}
    return pd.DataFrame(made, index=past.index)


def _bounds(past: pd.DataFrame, view: View) -> pd.DataFrame:
    """The days each person waits for, then the last days of what may lapse; NaT where nothing is known."""
    together = past["helper_assigned_on"].mask(_exempt(past, view))
    started = trigger_days(past, view.rulebook, view.as_of)[DOSSIER_STARTED]
    return pd.DataFrame(
        {
            "of_age_on": _after(_first_birthday(past, view), "age_min_years", view, months=12),
            "together_on": _after(together, "together_months", view),
            "lapsed_certificate_on": _after(past["certificate_on"], "certificate_months", view),
            "lapsed_dossier_on": _after(started, "dossier_months", view),
            "too_old_on": _after(_known_birthday(past, view), "age_max_years", view, months=12),
        }
    )


def _exempt(past: pd.DataFrame, view: View) -> "pd.Series[bool]":
    """Who need not have been together with the introducer for so long, by what the register tells."""
    return past["status"].isin(view.rulebook.exempt("together_months", view.as_of))


def _after(days: "pd.Series[pd.Timestamp]", key: str, view: View, months: int = 1) -> "pd.Series[pd.Timestamp]":
    """Each day later by a condition of the rulebook, counted in so many months; NaT where no document states it."""
    stated = view.rulebook.condition(key, view.as_of)
    later = days if stated is None else add_months(days, months * stated.condition.value)
    return later if stated else later.where(later.isna())


def _known_birthday(past: pd.DataFrame, view: View) -> "pd.Series[pd.Timestamp]":
    """The birthday, unless nobody of that age would be on a register: then it is a slip of the pen."""
    slip = unlikely_birth.breaks(past.assign(as_of=view.today))
    return past["birth_on"].mask(slip)


def _first_birthday(past: pd.DataFrame, view: View) -> "pd.Series[pd.Timestamp]":
    """The same, or the first of January of a birth known only by its year: nobody is of age before that allows."""
    slip = unlikely_birth.breaks(past.assign(as_of=view.today))
    first = first_of_year(past[year_of("birth_on")].mask(slip, 0))
    return _known_birthday(past, view).fillna(first)


def _unknown(
    past: pd.DataFrame, view: View, ahead: "pd.Series[bool]", uncertified: "pd.Series[bool]"
) -> dict[str, "pd.Series[bool]"]:
    """What is not known. Whoever has no certificate while the resolution is `ahead` may still earn one."""
    certified = past["certificate_number"].notna() | (past[year_of("certificate_on")] != 0)
    return {
        "unknown_birth": _unknown_birth(past, view),
        "unknown_helper": past["helper_assigned_on"].isna() & ~_exempt(past, view) & ahead,
        "unknown_certificate": (certified | uncertified | ~ahead) & past["certificate_on"].isna(),
    }


def _unknown_birth(past: pd.DataFrame, view: View) -> "pd.Series[bool]":
    """Whose age cannot be tested: a year alone is enough where all its days are of age in the resolution's year."""
    unknown = _known_birthday(past, view).isna()
    least, most = (view.rulebook.condition(key, view.as_of) for key in ("age_min_years", "age_max_years"))
    if least is None or most is None:
        return unknown
    years = past[year_of("branch_resolved_on")] - past[year_of("birth_on")]
    return unknown & ~years.between(least.condition.value, most.condition.value, inclusive="neither")


def _undated(past: pd.DataFrame) -> "pd.Series[bool]":
    """Whether the last main act is known to have been done, but not on which day: no term can be counted from it."""
    decided = past[year_of("decided_on")] != 0
    resolved = past[year_of("branch_resolved_on")] != 0
    return past["decided_on"].isna().where(decided, resolved & past["branch_resolved_on"].isna())
