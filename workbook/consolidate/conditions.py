"""The conditions of a branch's resolution in words, with the days between which each holds for a person."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from validation.provisions import Condition, Deadline, Exemption
from validation.rulebook import Applied, AppliedCondition, AppliedExemption
from validation.workdays import add_months
from workbook.assess import Law
from workbook.consolidate.late import basis
from workbook.days import format_day
from workbook.frames import lines
from workbook.phrases import phrase

_EXAMPLE = 17  # members summoned, to show in votes what a share is


@dataclass(frozen=True, slots=True)
class _Term:
    """What ends: the condition and the deadline that say after how many months, and the phrases that tell it."""

    condition: str
    deadline: str
    known: str
    unknown: str


_CERTIFICATE = _Term(
    "certificate_months", "certificate_validity", "checklist.certificate", "checklist.certificate_unknown"
)
_DOSSIER = _Term("dossier_months", "dossier_validity", "checklist.dossier", "checklist.dossier_unknown")


def conditions(typed: pd.DataFrame, stand: pd.DataFrame, clocks: pd.DataFrame, law: Law) -> dict[int, tuple[str, ...]]:
    """The conditions of each person of `typed`, by row id, by the rules in force on the day of the law.

    A paper ends, and is cited, by the rules its own clock follows. `stand`: their papers as
    `validation.dossier.next_papers` has them. A condition that no document known to be in force states is left out.
    """
    lapses_on = stand.pivot(index="row", columns="paper", values="lapses_on")
    ends = lapses_on.reindex(index=typed.index, columns=["certificate", "member_introduction"])
    together = _together(typed["helper_assigned_on"], law)
    running: dict[tuple[Hashable, str], Any] = {(one.row, one.key): one for one in lines(clocks[clocks["open"]])}
    said = [
        *_age(typed["birth_on"], law),
        *_paper(_CERTIFICATE, ends["certificate"], running, law),
        *_paper(_DOSSIER, ends["member_introduction"], running, law),
        *_term("together_months", together, law, "checklist.together", "checklist.together_unknown"),
        *_vote(typed.index, law),
    ]
    return {int(row): tuple(one[place] for one in said) for place, row in enumerate(typed.index)}


def _age(born: "pd.Series[pd.Timestamp]", law: Law) -> Iterator[list[str]]:
    least, most = in_force(law, "age_min_years"), in_force(law, "age_max_years")
    if least and most:
        bounds = {"least": least.condition.value, "most": most.condition.value, "basis": stated(least)}
        first, last = (add_months(born, 12 * one.condition.value) for one in (least, most))
        yield [
            phrase("checklist.age_unknown", **bounds)
            if pd.isna(day)
            else phrase("checklist.age", first=format_day(day), last=format_day(end), **bounds)
            for day, end in zip(first, last, strict=True)
        ]


def _term(key: str, days: "pd.Series[pd.Timestamp]", law: Law, known: str, unknown: str) -> Iterator[list[str]]:
    """A period of calendar months and the `day` it ends: the phrase `known`, or `unknown` where no day is known."""
    term = in_force(law, key)
    if term:
        said = {"months": term.condition.value, "basis": stated(term)}
        yield [phrase(unknown, **said) if pd.isna(day) else phrase(known, day=format_day(day), **said) for day in days]


def _paper(
    term: _Term, ends: "pd.Series[pd.Timestamp]", running: dict[tuple[Hashable, str], Any], law: Law
) -> Iterator[list[str]]:
    """When a paper ends for each person, by the clock that runs; where none does, what is in force."""
    for general in _term(term.condition, ends, law, term.unknown, term.unknown):
        yield [
            said if pd.isna(day) else _by_clock(term, day, running[row, term.deadline])
            for said, (row, day) in zip(general, ends.items(), strict=True)
        ]


def _by_clock(term: _Term, day: pd.Timestamp, clock: Any) -> str:
    return phrase(term.known, day=format_day(day), months=clock.count, basis=basis(clock))


def _together(since: "pd.Series[pd.Timestamp]", law: Law) -> "pd.Series[pd.Timestamp]":
    term = in_force(law, "together_months")
    return add_months(since, term.condition.value if term else 0)


def _vote(rows: pd.Index, law: Law) -> Iterator[list[str]]:
    part, whole = in_force(law, "vote_numerator"), in_force(law, "vote_denominator")
    if part and whole:
        votes = -(-_EXAMPLE * part.condition.value // whole.condition.value)
        said = phrase(
            "checklist.vote",
            part=part.condition.value,
            whole=whole.condition.value,
            summoned=_EXAMPLE,
            votes=votes,
            basis=stated(part),
        )
        yield [said] * len(rows)


def in_force(law: Law, key: str) -> AppliedCondition | None:
    """A condition as it stands on the day of the law; None where no document states it by then."""
    return law.rulebook.condition(key, law.as_of)


def stated(applied: Applied | AppliedCondition | AppliedExemption) -> str:
    """Where a provision in force stands and how sure that is, and the newer document that was not seen to keep it."""
    match applied:
        case Applied():
            provision: Deadline | Condition | Exemption = applied.deadline
        case AppliedCondition():
            provision = applied.condition
        case AppliedExemption():
            provision = applied.exemption
    said = phrase("clock.basis", cite=provision.cite, source=phrase(f"clock.{provision.source}"))
    newer = applied.inherited_in
    return phrase("clock.inherited", basis=said, newer=newer.id) if newer else said
