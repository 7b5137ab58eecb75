"""The numbers of the law that a forecast rests on, each with the document and clause that state it."""

from collections.abc import Iterator

from validation.forecast_plan import RUNNING
from validation.rulebook import AppliedCondition
from workbook.assess import Law
from workbook.consolidate.conditions import stated
from workbook.consolidate.prospect_texts import day, short
from workbook.layout import HEADING
from workbook.phrases import phrase

_PERIODS = {"certificate_months": "forecast.law_certificate", "dossier_months": "forecast.law_dossier"}
_EXEMPT = {"together_moved_in": "forecast.law_moved_in", "together_replacement": "forecast.law_replacement"}


def law_numbers(law: Law) -> str:
    """One sentence for all of them; what no document known to be in force states is left out."""
    parts = (_age(law), _together(law), _periods(law), _vote(law), _terms(law))
    told = [one for part in parts for one in part]
    said = "; ".join(phrase("forecast.law_one", number=at, said=one) for at, one in enumerate(told, 1))
    return phrase("forecast.law_numbers", day=day(law.as_of), said=said) if said else ""


def _age(law: Law) -> Iterator[str]:
    least, most = _in_force(law, "age_min_years"), _in_force(law, "age_max_years")
    if least and most:
        bounds = {"least": least.condition.value, "most": most.condition.value}
        yield phrase("forecast.law_age", basis=stated(least), **bounds)


def _together(law: Law) -> Iterator[str]:
    months = _in_force(law, "together_months")
    if months:
        yield phrase("forecast.law_together", number=months.condition.value, basis=stated(months))
        for applied in law.rulebook.exemptions("together_months", law.as_of):
            yield phrase(_EXEMPT[applied.exemption.key], basis=stated(applied))


def _periods(law: Law) -> Iterator[str]:
    for key, said in _PERIODS.items():
        period = _in_force(law, key)
        if period:
            yield phrase(said, number=period.condition.value, basis=stated(period))


def _vote(law: Law) -> Iterator[str]:
    part, whole = _in_force(law, "vote_numerator"), _in_force(law, "vote_denominator")
    if part and whole:
        share = {"part": part.condition.value, "whole": whole.condition.value}
        yield phrase("forecast.law_vote", basis=stated(part), **share)


def _terms(law: Law) -> Iterator[str]:
    for column, key in RUNNING.items():
        applied = law.rulebook.deadline(key, law.as_of)
        if applied:
            term = applied.deadline
            guessed = term.stands_in or term.fallback is not None
            yield phrase(
                "forecast.law_term_provisional" if guessed else "forecast.law_term",
                act=short(column),
                term=phrase(f"clock.{term.unit}", count=term.count),
                heading=HEADING[term.fallback or term.counted_from],
                basis=stated(applied),
            )


def _in_force(law: Law, key: str) -> AppliedCondition | None:
    return law.rulebook.condition(key, law.as_of)
