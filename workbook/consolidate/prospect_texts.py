"""Forecasts in words: the plan of each person, and why it is too late or what stands in the way."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from validation.forecast import Doubt, Gap, Outlook
from validation.forecast_chain import ACTS
from validation.forecast_plan import Basis, Plan
from validation.papers import redone
from validation.vocabulary import Step
from workbook.assess import Law
from workbook.consolidate.conditions import in_force
from workbook.days import format_day
from workbook.frames import held_once, is_blank, of_each
from workbook.labels import label
from workbook.phrases import phrase

#: How a plan names each act, shorter than its step.
_SHORT = {
    "certificate_on": "forecast.certificate",
    "dossier_opened_on": "forecast.dossier",
    "applied_on": "forecast.applied",
    "vetting_sent_on": "forecast.vetting_sent",
    "vetting_result_on": "forecast.vetting_result",
    "union_resolved_on": "forecast.union",
    "residence_opinion_on": "forecast.residence",
    "branch_resolved_on": "forecast.branch",
    "dossier_sent_on": "forecast.dossier_sent",
    "committee_resolved_on": "forecast.committee",
    "decided_on": "forecast.decision",
    "ceremony_on": "forecast.ceremony",
}
_BASIS = {
    Basis.TARGET: "forecast.by_target",
    Basis.LAW: "forecast.by_law",
    Basis.PROVISIONAL: "forecast.by_provisional",
    Basis.EXPERIENCE: "forecast.by_experience",
    Basis.EARLIEST: "forecast.by_earliest",
    Basis.CONFIRM: "forecast.by_confirm",
    Basis.NONE: "forecast.by_none",
}
_ENDS = {
    "lapsed_certificate_on": "forecast.ends_certificate",
    "lapsed_dossier_on": "forecast.ends_dossier",
    "too_old_on": "forecast.ends_age",
}
_GAPS = {
    Gap.FEW: "forecast.gap_few",
    Gap.REDONE: "forecast.gap_redone",
    Gap.LAPSES: "forecast.gap_lapses",
    Gap.OUTGROWN: "forecast.gap_outgrown",
}
#: What each doubt is called; ages are filled in.
_DOUBTS = {
    Doubt.VOTES: "forecast.doubt_votes",
    Doubt.UNDER_AGE: "forecast.doubt_under_age",
    Doubt.OVER_AGE: "forecast.doubt_over_age",
    Doubt.CERTIFICATE: "forecast.doubt_certificate",
    Doubt.DOSSIER: "forecast.doubt_dossier",
    Doubt.ORDER: "forecast.doubt_order",
    Doubt.MISSING: "forecast.doubt_missing",
}
#: Acts that are part of a step, or no step of their own: what a clerk does then.
_ASKED = {"vetting_sent_on": "forecast.send_vetting", "dossier_sent_on": "forecast.send_dossier"}
_UNKNOWN = {
    "unknown_birth": "forecast.unknown_birth",
    "unknown_helper": "forecast.unknown_helper",
    "unknown_certificate": "forecast.unknown_certificate",
    "undated": "forecast.undated",
}


@dataclass(frozen=True, slots=True)
class Aim:
    """By which law, until which day; what ends by `warned_until` is warned of."""

    law: Law
    until: pd.Timestamp
    warned_until: pd.Timestamp


def short(column: str) -> str:
    """What a plan calls an act."""
    return phrase(_SHORT[column])


def step(column: str) -> str:
    """What has to be done next, as the other sheets call the step, where it is not only a part of one."""
    act = ACTS[column]
    named = phrase(_ASKED[column]) if column in _ASKED else label(Step(act.step))
    return phrase("forecast.if_any", step=named) if act.optional else named


def plans(plan: Plan, today: pd.Timestamp) -> "pd.Series[str]":
    """Each person's acts with their last safe days, and what set them; of days past that they are, no more."""
    ahead = plan.days.where(~(plan.days < today))
    entries = [
        of_each(pd.DataFrame({"last": ahead[column], "basis": plan.basis[column]}), partial(_entry, str(column)))
        for column in ahead
    ]
    behind, left = (plan.days < today).any(axis="columns"), ahead.notna().any(axis="columns")
    past = pd.Series("", index=ahead.index, dtype="str").mask(behind & left, phrase("forecast.steps_past"))
    past = past.mask(behind & ~left, phrase("forecast.all_past"))
    return _joined([past.tolist(), *entries], "; ", ahead.index)


def reasons(people: pd.DataFrame, aim: Aim) -> "pd.Series[str]":
    """Why it is too late, what stands in the way, what is not known, else how much is left; by row id.

    `people` as `Forecast.people`.
    """
    late = people["outlook"] == Outlook.IMPOSSIBLE
    law, until = aim.law, aim.until
    after = people["likely_on"].where(people["likely_on"] > until)[_possible(people)]
    beyond = _possible(people) & people["late_on"].notna()
    told = [
        _of_all(late & (until < pd.Timestamp(law.as_of)), phrase("forecast.target_past", until=format_day(until))),
        *_run_out(people, until),
        *_waiting(people, law, until),
        *_papers(people[~late], law),
        *_ending(people[~late], aim),
        *_doubted(people[~late], law),
        *_overdue(people[~late]),
        _each("forecast.term", people["term_on"][~beyond], until=format_day(until)),
        _each("forecast.beyond", people["late_on"][beyond], until=format_day(until)),
        _of_all(people["hurried"] & ~beyond, phrase("forecast.hurried")),
        _each("forecast.likely_late", after, until=format_day(until)),
        *(_of_all(people["gap"] == gap, phrase("forecast.no_guess", why=phrase(key))) for gap, key in _GAPS.items()),
        _each("forecast.kept", people["kept_on"]),
        _of_all(people["uncounted"] & people["kept_on"].notna(), phrase("forecast.uncounted")),
        _unknown(people[~late]),
    ]
    said = _joined([texts.reindex(people.index, fill_value="").tolist() for texts in told], " ", people.index)
    left = people["steps"].map({count: phrase("forecast.remaining", count=count) for count in people["steps"].unique()})
    return said.mask(said == "", left.astype("str"))


def _run_out(people: pd.DataFrame, until: pd.Timestamp) -> "list[pd.Series[str]]":
    """How much is left on the last day, of those whom nothing else makes too late."""
    steps, last = people.loc[people["run_out"], "steps"], format_day(until)
    said = {count: phrase("forecast.run_out", until=last, count=count) for count in steps.unique()}
    return [steps.map(said).astype("str")]


def _doubted(people: pd.DataFrame, law: Law) -> "list[pd.Series[str]]":
    """What speaks against the resolution, or leaves open when the ceremony is due."""
    ages = {"least": _number("age_min_years", law), "most": _number("age_max_years", law)}
    told = [_of_all(people[str(doubt)], phrase(key, **ages)) for doubt, key in _DOUBTS.items()]
    return [*told, _of_all(people["unreceived"], phrase("forecast.unreceived"))]


def _overdue(people: pd.DataFrame) -> "list[pd.Series[str]]":
    """The term that is over, and whether it is the law's own."""
    known = people["overdue_from_known"]
    return [
        _each("forecast.overdue", people.loc[known, "overdue_on"]),
        _each("forecast.overdue_provisional", people.loc[~known, "overdue_on"]),
    ]


def _waiting(people: pd.DataFrame, law: Law, until: pd.Timestamp) -> "list[pd.Series[str]]":
    """What a person waits for: all that ends after the day aimed at, else the age, and what is to be confirmed."""
    age, together = people["of_age_on"], people["together_on"]
    sure_of_age = age.mask(people["unknown_birth"])
    years, months = _number("age_min_years", law), _number("together_months", law)
    binding = _possible(people)
    last = {"until": format_day(until)}
    return [
        _each("forecast.age_late", sure_of_age[age > until], number=years, **last),
        _each("forecast.age_late_year", age[people["unknown_birth"] & (age > until)], number=years, **last),
        _each("forecast.together_late", together[together > until], number=months, **last),
        _each("forecast.age", sure_of_age[binding & (age == people["earliest_on"])], number=years),
        _each("forecast.together", together[binding & (together <= until)], number=months),
    ]


def _papers(people: pd.DataFrame, law: Law) -> "list[pd.Series[str]]":
    """What will have lapsed by the first lawful day."""
    return [
        _each("forecast.relearn", people["lapsed_certificate_on"]),
        _each("forecast.redo", people["lapsed_dossier_on"], number=_number("dossier_months", law), papers=redone()),
        _each("forecast.too_old", people["too_old_on"], number=_number("age_max_years", law)),
    ]


def _ending(people: pd.DataFrame, aim: Aim) -> "list[pd.Series[str]]":
    """By when the branch must resolve because something ends then."""
    soon = people["resolve_by"].where(people["resolve_by"] <= aim.warned_until)
    years = _number("age_max_years", aim.law)
    return [
        _each("forecast.resolve_by", soon[people["ends_first"] == end], why=phrase(key, number=years))
        for end, key in _ENDS.items()
    ]


def _unknown(people: pd.DataFrame) -> "pd.Series[str]":
    facts = [
        _of_all(people[column], phrase(key)).reindex(people.index, fill_value="") for column, key in _UNKNOWN.items()
    ]
    listed = _joined([texts.tolist() for texts in facts], ", ", people.index)
    return listed[listed != ""].map(lambda named: phrase("forecast.unknown", facts=named))


def _possible(people: pd.DataFrame) -> "pd.Series[bool]":
    return people["outlook"] == Outlook.POSSIBLE


def _each(key: str, days: "pd.Series[pd.Timestamp]", **parts: object) -> "pd.Series[str]":
    """The phrase of each day there is."""
    known = days.dropna()
    said = {one: phrase(key, day=format_day(one), **parts) for one in known.unique()}
    return known.map(said).astype("str")


def _of_all(mask: "pd.Series[bool]", text: str) -> "pd.Series[str]":
    return pd.Series(text, index=mask.index[mask], dtype="str")


def _joined(columns: list[list[str]], between: str, index: "pd.Index[int]") -> "pd.Series[str]":
    lines = (between.join(filter(None, line)) for line in zip(*columns, strict=True))
    return pd.Series(held_once(lines), index=index, dtype="str")


def _number(key: str, law: Law) -> int:
    """The number of a condition as it stands on the day of judgement; 0 where nothing states it, and nobody asks."""
    stated = in_force(law, key)
    return stated.condition.value if stated else 0


def _entry(column: str, one: Any) -> str:
    if is_blank(one.last):
        return ""
    return phrase("forecast.entry", act=short(column), day=format_day(one.last), basis=phrase(_BASIS[Basis(one.basis)]))
