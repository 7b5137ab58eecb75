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
    PROVISIONAL = "provisional"  # a term of the law, from a day that stands in for the one it names
    EXPERIENCE = "experience"
    EARLIEST = "earliest"  # later than safe: the law does not allow it sooner
    CONFIRM = "confirm"  # later than safe: sooner only if the introducer's months together are confirmed
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
    "dossier_sent_on": "dossier_dispatch",
    "committee_resolved_on": "committee_resolution",
    "decided_on": "admission_decision",
    "ceremony_on": "ceremony",
}

_RESOLUTION, _MIDDLE = "branch_resolved_on", ("committee_resolved_on", "dossier_sent_on")
_FROM_RESOLUTION = (_RESOLUTION, *_MIDDLE, "decided_on", "ceremony_on")


@dataclass(frozen=True, slots=True)
class Plan:
    """`days`, `basis`: row ids down, acts across; NaT and "" for acts that need not be done.

    `squeezed`: by row id, whether the branch must wait, if only to be sure, until its last safe day is past.
    """

    days: pd.DataFrame
    basis: pd.DataFrame
    squeezed: "pd.Series[bool]"

    def without(self, people: "pd.Series[bool]") -> "Plan":
        """The plan with nothing in it for some people."""
        return Plan(self.days.mask(people), self.basis.mask(people, ""), self.squeezed & ~people)

    def unlawful(self, acts: "pd.Series[str]") -> "pd.Series[bool]":
        """Whether the day of the act that is named for each person was counted by experience alone, or by nothing."""
        counted = self.basis.isin(_UNLAWFUL)
        return pd.concat([counted[act] & (acts == act) for act in counted], axis="columns").any(axis="columns")

    def lawful(self, people: "pd.Series[bool]") -> "Plan":
        """The plan with nothing but what the law dates in it for some people."""
        other = self.basis.isin(_UNLAWFUL).mul(people, axis="index")
        return Plan(self.days.mask(other), self.basis.mask(other, ""), self.squeezed)


@dataclass(frozen=True, slots=True)
class _Limit:
    """The last safe day of one act for everybody, and what it was counted by."""

    day: "pd.Series[pd.Timestamp]"
    basis: "pd.Series[str]"

    def at_most(self, day: "pd.Series[pd.Timestamp]", basis: Basis = Basis.LAW) -> "_Limit":
        """The law ends sooner."""
        return self._moved(day, day < self.day, basis)

    def at_least(self, day: "pd.Series[pd.Timestamp]", basis: Basis = Basis.EARLIEST) -> "_Limit":
        """The law begins later."""
        return self._moved(day, day > self.day, basis)

    def where(self, mask: "pd.Series[bool]", other: "_Limit") -> "_Limit":
        """This one where the mask holds, the other elsewhere."""
        return _Limit(self.day.where(mask, other.day), self.basis.where(mask, other.basis))

    def _moved(self, day: "pd.Series[pd.Timestamp]", mask: "pd.Series[bool]", basis: Basis) -> "_Limit":
        return _Limit(self.day.mask(mask, day), self.basis.mask(mask, basis.value))


@dataclass(frozen=True, slots=True)
class Backward:
    """What is counted back from. `asked`, `timed`, `facts` (`forecast_law.COLUMNS`), `due`: by row id.

    `asked`: the acts to show; `timed`: those that time must be left for, with what no sheet tells of among them.
    `due`: the last day of each running deadline, a column per act of `RUNNING`; `provisional`: whether it is counted
    from a day that stands in for the proper one. `sure`: of whom experience is not asked.
    """

    asked: pd.DataFrame
    timed: pd.DataFrame
    facts: pd.DataFrame
    due: pd.DataFrame
    provisional: pd.DataFrame
    sure: "pd.Series[bool]"
    learnt: Experience
    horizon: Horizon

    def plan(self) -> Plan:
        """The last safe day of every act, the later acts first: each leaves its time to the one that follows."""
        limits: dict[str, _Limit] = {}
        for column in reversed(self.timed.columns):
            limits = {column: self._bounded(column, self._counted(column, limits)), **limits}
        for column in limits.keys() & set(_MIDDLE):
            limits[column] = self._between(column, limits)
        return Plan(
            days=pd.DataFrame({column: limit.day.where(self.asked[column]) for column, limit in limits.items()}),
            basis=pd.DataFrame({column: limit.basis.where(self.asked[column], "") for column, limit in limits.items()}),
            squeezed=self._counted(_RESOLUTION, limits).day < self._awaited().max(axis="columns"),
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
        proper = stated.deadline.counted_from == column and not stated.deadline.stands_in
        return self._limit(by_law, Basis.LAW if proper else Basis.PROVISIONAL).where(self.timed[column], usual)

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
        if column not in _MIDDLE:
            limit = self._in_term(column, limit)
        if column == _RESOLUTION:
            limit = limit.at_most(self.facts["resolve_by"])
        if column not in _FROM_RESOLUTION:
            return limit
        awaited = self._awaited()
        return limit.at_least(awaited["of_age_on"]).at_least(awaited["together_on"], Basis.CONFIRM)

    def _in_term(self, column: str, limit: _Limit) -> _Limit:
        """Within the term that runs for the act already."""
        if column not in self.due:
            return limit
        due, provisional = self.due[column], self.provisional[column]
        return limit.at_most(due.mask(provisional)).at_most(due.where(provisional), Basis.PROVISIONAL)

    def _between(self, column: str, limits: dict[str, _Limit]) -> _Limit:
        """The committee and the dossier come after the branch's resolution, within terms that a local rule may set.

        Whichever of them comes first: the term of one is no term of the other.
        """
        resolved = limits[_RESOLUTION].day.where(self.timed[_RESOLUTION])
        kept = self._in_term(column, limits[column]).at_least(resolved)
        stated = self.horizon.rulebook.deadline(RUNNING[column], self.horizon.as_of)
        return kept if stated is None else kept.at_most(self.horizon.calendar.add(resolved, stated.deadline.count))

    def _awaited(self) -> pd.DataFrame:
        """The days to wait for where the resolution lies ahead; one to be confirmed only where waiting is of use."""
        useful = self.facts["together_on"].where(self.facts["together_on"] <= self.horizon.target)
        return self.facts[["of_age_on"]].assign(together_on=useful)

    def _limit(self, day: "pd.Series[pd.Timestamp]", basis: Basis) -> _Limit:
        return _Limit(day, pd.Series(basis.value, index=self.timed.index, dtype="str"))


def latest_start(calendar: WorkCalendar, ends: "pd.Series[pd.Timestamp]", count: int) -> "pd.Series[pd.Timestamp]":
    """The last day, worked or not, from which `count` working days are over by the end of each day of `ends`."""
    return calendar.add(ends + _ONE_DAY, -count) - _ONE_DAY
