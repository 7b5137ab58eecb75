"""Counting back from the day aimed at: the last safe day of every act still to do, and what each was counted by.

Where the law gives an act a longest time, that time is left to it whole, in working days; where it gives none, what
it usually takes here (the upper quartile) is left; where neither is known, nothing, and the plan says so.
"""

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from validation.durations import Experience
from validation.forecast_chain import Horizon, follows
from validation.workdays import WorkCalendar

_ONE_DAY = pd.Timedelta(days=1)


class Basis(StrEnum):
    """What a last safe day was counted by."""

    TARGET = "target"  # the day aimed at itself
    LAW = "law"
    EXPERIENCE = "experience"
    EARLIEST = "earliest"  # later than safe: the law does not allow it sooner
    NONE = "none"  # no term and too few cases: the day of the next act


_UNLAWFUL = [Basis.EXPERIENCE.value, Basis.NONE.value]


#: Act → the act whose longest time starts with it, and the deadline that says so.
_TERMS: dict[str, tuple[str, str]] = {
    "vetting_sent_on": ("vetting_result_on", "vetting_reply"),
    "branch_resolved_on": ("decided_on", "admission_decision"),
    "decided_on": ("ceremony_on", "ceremony"),
}

#: Act → the deadline that may be running for it already.
RUNNING: dict[str, str] = {
    "vetting_result_on": "vetting_reply",
    "committee_resolved_on": "committee_resolution",
    "decided_on": "admission_decision",
    "ceremony_on": "ceremony",
}

_RESOLUTION, _MIDDLE = "branch_resolved_on", "committee_resolved_on"
_FROM_RESOLUTION = (_RESOLUTION, _MIDDLE, "decided_on", "ceremony_on")


@dataclass(frozen=True, slots=True)
class Plan:
    """`days`, `basis`: row ids down, acts across; NaT and "" for acts that need not be done.

    `squeezed`: by row id, whether the branch may not lawfully resolve before its own last safe day is past.
    """

    days: pd.DataFrame
    basis: pd.DataFrame
    squeezed: "pd.Series[bool]"

    def without(self, people: "pd.Series[bool]") -> "Plan":
        """The plan with nothing in it for some people."""
        return Plan(self.days.mask(people), self.basis.mask(people, ""), self.squeezed & ~people)

    def lawful(self, people: "pd.Series[bool]") -> "Plan":
        """The plan with nothing but what the law dates in it for some people."""
        other = self.basis.isin(_UNLAWFUL).mul(people, axis="index")
        return Plan(self.days.mask(other), self.basis.mask(other, ""), self.squeezed)


@dataclass(frozen=True, slots=True)
class _Limit:
    """The last safe day of one act for everybody, and what it was counted by."""

    day: "pd.Series[pd.Timestamp]"
    basis: "pd.Series[str]"

    def at_most(self, day: "pd.Series[pd.Timestamp]") -> "_Limit":
        """The law ends sooner."""
        return self._moved(day, day < self.day, Basis.LAW)

    def at_least(self, day: "pd.Series[pd.Timestamp]") -> "_Limit":
        """The law begins later."""
        return self._moved(day, day > self.day, Basis.EARLIEST)

    def where(self, mask: "pd.Series[bool]", other: "_Limit") -> "_Limit":
        """This one where the mask holds, the other elsewhere."""
        return _Limit(self.day.where(mask, other.day), self.basis.where(mask, other.basis))

    def _moved(self, day: "pd.Series[pd.Timestamp]", mask: "pd.Series[bool]", basis: Basis) -> "_Limit":
        return _Limit(self.day.mask(mask, day), self.basis.mask(mask, basis.value))


@dataclass(frozen=True, slots=True)
class Backward:
    """What is counted back from. `asked`, `timed`, `facts` (`forecast_law.COLUMNS`), `due`: by row id.

    `asked`: the acts to show; `timed`: those that time must be left for, with what no sheet tells of among them.
    `due`: the last day of each running deadline, a column per act of `RUNNING`. `sure`: of whom experience is not
    asked.
    """

    asked: pd.DataFrame
    timed: pd.DataFrame
    facts: pd.DataFrame
    due: pd.DataFrame
    sure: "pd.Series[bool]"
    learnt: Experience
    horizon: Horizon

    def plan(self) -> Plan:
        """The last safe day of every act, the later acts first: each leaves its time to the one that follows."""
        limits: dict[str, _Limit] = {}
        for column in reversed(self.timed.columns):
            limits = {column: self._bounded(column, self._counted(column, limits)), **limits}
        if _MIDDLE in limits:
            limits[_MIDDLE] = self._between(limits[_MIDDLE], limits[_RESOLUTION])
        return Plan(
            days=pd.DataFrame({column: limit.day.where(self.asked[column]) for column, limit in limits.items()}),
            basis=pd.DataFrame({column: limit.basis.where(self.asked[column], "") for column, limit in limits.items()}),
            squeezed=self._counted(_RESOLUTION, limits).day < self._lawful(),
        ).lawful(self.sure)

    def _counted(self, column: str, later: dict[str, _Limit]) -> _Limit:
        """Counted back from the next act: by law where the act starts its term, else by experience."""
        following = next((other for other in later if follows(other, column)), None)
        if following is None:
            return self._limit(pd.Series(self.horizon.target, index=self.timed.index), Basis.TARGET)
        usual = self._by_experience(following, later[following])
        ends, key = _TERMS.get(column, ("", ""))
        stated = self.horizon.rulebook.deadline(key, self.horizon.as_of) if ends in later else None
        if stated is None:
            return usual
        by_law = latest_start(self.horizon.calendar, later[ends].day, stated.deadline.count)
        return self._limit(by_law, Basis.LAW).where(self.timed[column], usual)

    def _by_experience(self, following: str, limit: _Limit) -> _Limit:
        """The next act's day less the time it takes; less nothing where it is done, or where nothing was learnt."""
        most = self.learnt[following].most
        unknown = self._limit(limit.day, Basis.NONE)
        if most is None:
            return unknown.where(self.timed[following], limit)
        usual = self._limit(limit.day - pd.Timedelta(days=most), Basis.EXPERIENCE)
        return unknown.where(self.sure, usual).where(self.timed[following], limit)

    def _bounded(self, column: str, limit: _Limit) -> _Limit:
        """Within what the law says of this very act: a term that runs, papers that lapse, the first lawful day."""
        if column in self.due:
            limit = limit.at_most(self.due[column])
        if column == _RESOLUTION:
            limit = limit.at_most(self.facts["resolve_by"])
        return limit.at_least(self._lawful()) if column in _FROM_RESOLUTION else limit

    def _between(self, middle: _Limit, resolution: _Limit) -> _Limit:
        """The committee's resolution comes after the branch's, and within the term that a local rule may set."""
        ahead = self.timed[_RESOLUTION]
        kept = middle.at_least(resolution.day.where(ahead))
        stated = self.horizon.rulebook.deadline(RUNNING[_MIDDLE], self.horizon.as_of)
        if stated is None:
            return kept
        return kept.at_most(self.horizon.calendar.add(resolution.day.where(ahead), stated.deadline.count))

    def _lawful(self) -> "pd.Series[pd.Timestamp]":
        """The first day the law allows the resolution, where it lies ahead."""
        return self.facts[["of_age_on", "together_on"]].max(axis="columns")

    def _limit(self, day: "pd.Series[pd.Timestamp]", basis: Basis) -> _Limit:
        return _Limit(day, pd.Series(basis.value, index=self.timed.index, dtype="str"))


def latest_start(calendar: WorkCalendar, ends: "pd.Series[pd.Timestamp]", count: int) -> "pd.Series[pd.Timestamp]":
    """The last day, worked or not, from which `count` working days are over by the end of each day of `ends`."""
    return calendar.add(ends + _ONE_DAY, -count) - _ONE_DAY
