"""The conditions of a branch's resolution in words, with the days between which each holds for a person."""

from collections.abc import Iterator

import pandas as pd

from validation.rulebook import AppliedCondition
from validation.workdays import add_months
from workbook.assess import Law
from workbook.phrases import phrase

_EXAMPLE = 17  # members summoned, to show in votes what a share is


def conditions(typed: pd.DataFrame, stand: pd.DataFrame, law: Law) -> dict[int, tuple[str, ...]]:
    """The conditions of each person of `typed`, by row id, by the rules in force on the day of the law.

    `stand`: their papers as `validation.dossier.next_papers` has them. A condition that no document known to be in
    force states is left out.
    """
    lapses_on = stand.pivot(index="row", columns="paper", values="lapses_on")
    ends = lapses_on.reindex(index=typed.index, columns=["certificate", "member_introduction"])
    together = _together(typed["helper_assigned_on"], law)
    said = [
        *_age(typed["birth_on"], law),
        *_term(
            "certificate_months", ends["certificate"], law, "checklist.certificate", "checklist.certificate_unknown"
        ),
        *_term("dossier_months", ends["member_introduction"], law, "checklist.dossier", "checklist.dossier_unknown"),
        *_term("together_months", together, law, "checklist.together", "checklist.together_unknown"),
        *_vote(typed.index, law),
    ]
    return {int(row): tuple(one[place] for one in said) for place, row in enumerate(typed.index)}


def _age(born: "pd.Series[pd.Timestamp]", law: Law) -> Iterator[list[str]]:
    least, most = _in_force(law, "age_min_years"), _in_force(law, "age_max_years")
    if least and most:
        bounds = {"least": least.condition.value, "most": most.condition.value, "basis": _basis(least)}
        first, last = (add_months(born, 12 * one.condition.value) for one in (least, most))
        yield [
            phrase("checklist.age_unknown", **bounds)
            if pd.isna(day)
            else phrase("checklist.age", first=_day(day), last=_day(end), **bounds)
            for day, end in zip(first, last, strict=True)
        ]


def _term(key: str, days: "pd.Series[pd.Timestamp]", law: Law, known: str, unknown: str) -> Iterator[list[str]]:
    """A period of calendar months and the `day` it ends: the phrase `known`, or `unknown` where no day is known."""
    term = _in_force(law, key)
    if term:
        said = {"months": term.condition.value, "basis": _basis(term)}
        yield [phrase(unknown, **said) if pd.isna(day) else phrase(known, day=_day(day), **said) for day in days]


def _together(since: "pd.Series[pd.Timestamp]", law: Law) -> "pd.Series[pd.Timestamp]":
    term = _in_force(law, "together_months")
    return add_months(since, term.condition.value if term else 0)


def _vote(rows: pd.Index, law: Law) -> Iterator[list[str]]:
    part, whole = _in_force(law, "vote_numerator"), _in_force(law, "vote_denominator")
    if part and whole:
        votes = -(-_EXAMPLE * part.condition.value // whole.condition.value)
        said = phrase(
            "checklist.vote",
            part=part.condition.value,
            whole=whole.condition.value,
            summoned=_EXAMPLE,
            votes=votes,
            basis=_basis(part),
        )
        yield [said] * len(rows)


def _in_force(law: Law, key: str) -> AppliedCondition | None:
    return law.rulebook.condition(key, law.as_of)


def _basis(applied: AppliedCondition) -> str:
    said = phrase("clock.basis", cite=applied.condition.cite, source=phrase(f"clock.{applied.condition.source}"))
    newer = applied.inherited_in
    return phrase("clock.inherited", basis=said, newer=newer.id) if newer else said


def _day(day: pd.Timestamp) -> str:
    return f"{day:%d/%m/%Y}"
