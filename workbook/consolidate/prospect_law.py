"""The numbers of the law that a forecast rests on, each with the document and clause that state it."""

from collections.abc import Iterator

from validation.forecast_plan import RUNNING
from workbook.assess import Law
from workbook.consolidate.conditions import in_force, stated
from workbook.consolidate.prospect_texts import short
from workbook.days import format_day
from workbook.layout import HEADING
from workbook.phrases import phrase

_PERIODS = {"certificate_months": "forecast.law_certificate", "dossier_months": "forecast.law_dossier"}
_EXEMPT = {"together_moved_in": "forecast.law_moved_in", "together_replacement": "forecast.law_replacement"}


def law_numbers(law: Law) -> str:
    """One sentence for all of them; what no document known to be in force states is left out."""
    parts = (
        _both(law, "forecast.law_age", least="age_min_years", most="age_max_years"),
        _together(law),
        _periods(law),
        _both(law, "forecast.law_vote", part="vote_numerator", whole="vote_denominator"),
        _terms(law),
    )
    told = [one for part in parts for one in part]
    said = "; ".join(phrase("forecast.law_one", number=at, said=one) for at, one in enumerate(told, 1))
    return phrase("forecast.law_numbers", day=format_day(law.as_of), said=said) if said else ""


def _both(law: Law, said: str, **keys: str) -> Iterator[str]:
    """A rule of two numbers (name in the phrase → key), stated where the first is; none where either is missing."""
    found = {name: one for name, key in keys.items() if (one := in_force(law, key))}
    if len(found) == len(keys):
        numbers = {name: one.condition.value for name, one in found.items()}
        yield phrase(said, basis=stated(next(iter(found.values()))), **numbers)


def _together(law: Law) -> Iterator[str]:
    months = in_force(law, "together_months")
    if months:
        yield phrase("forecast.law_together", number=months.condition.value, basis=stated(months))
        for applied in law.rulebook.exemptions("together_months", law.as_of):
            yield phrase(_EXEMPT[applied.exemption.key], basis=stated(applied))


def _periods(law: Law) -> Iterator[str]:
    for key, said in _PERIODS.items():
        period = in_force(law, key)
        if period:
            yield phrase(said, number=period.condition.value, basis=stated(period))


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
