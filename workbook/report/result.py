"""Section 1: how many were admitted, against the quota, against earlier; who exceeded, who met, who has none."""

from collections.abc import Callable, Iterator, Sequence

import pandas as pd

from workbook.incoming.quota_book import Table
from workbook.report.compared import changed, fewer, since
from workbook.report.facts import Facts, shown
from workbook.report.said import Part, Sentence, count, number, say, shortened, total
from workbook.report.span import days_of, number_of_year, period_figure, period_months


def result(facts: Facts) -> list[Sentence]:
    """The sentences of the section."""
    parts = (
        _year, _units, _in_period, since, changed, fewer, _exceeded, _met, _behind, _none, _beside, _term, _members,
        _errors,
    )  # fmt: skip
    return [sentence for part in parts for sentence in part(facts)]


def _year(facts: Facts) -> Iterator[Sentence]:
    year, admitted, quota = number_of_year(facts.book), facts.sum("admitted"), facts.sum("quota")
    if not quota.number:
        yield say("result.total_free", year=year, admitted=number(admitted), without=facts.without)
    elif not admitted.number:
        yield say("result.total_none", year=year, without=facts.without, quota=number(quota))
    else:
        name = "result.total_over" if admitted.number > quota.number else "result.total"
        shares = {"percent": shown(facts.sum("percent")), "quota": number(quota)}
        yield say(name, year=year, admitted=number(admitted), **shares, without=facts.without)


def _units(facts: Facts) -> Iterator[Sentence]:
    """How many branches stand behind the numbers, where the lines of the book are committees."""
    if "units" in facts.branches.places:
        known = [line for line in facts.lines if facts.branches.cell(line, "units").number is not None]
        if known:
            units = number(facts.sum("units"))
            yield say("result.units", count=count(facts.those(known)), unit=facts.unit, units=units)


def _in_period(facts: Facts) -> Iterator[Sentence]:
    """Admissions of the month or quarter; a report of a year has said it already."""
    months, people = period_months(facts), facts.book.tables.get("people")
    if not months or people is None or not {"admitted_in", "admitted_on"} <= set(people.places):
        return
    days = days_of(people.frame, facts.book.year)
    cells = people.cells(days.index[days.dt.month.isin(months)], "admitted_on")
    undated = _undated(people, facts.book.year, days)
    parts: dict[str, Part] = {"period": period_figure(facts), "undated": undated, "without": facts.without}
    yield say("result.period", count=count(cells), **parts) if cells else say("result.period_none", **parts)


def _undated(people: Table, year: int, days: "pd.Series[pd.Timestamp]") -> Sentence:
    """How many admissions of the year no month can count, for the months would not add up to the year unexplained."""
    counted = people.frame.index[people.frame["admitted_in"] == year]
    cells = people.cells(counted.difference(days.index), "admitted_in")
    return say("result.undated", count=count(cells)) if cells else Sentence("")


def _owing(facts: Facts, holds: Callable[[float, float], bool]) -> list[int]:
    """Branches with a quota of which something holds of what was admitted and the quota."""
    pairs = {line: (facts.number(line, "admitted"), facts.number(line, "quota")) for line in facts.lines}
    return [line for line, (admitted, quota) in pairs.items() if quota and holds(admitted, quota)]


def _items(facts: Facts, lines: Sequence[int], sentence: str, *names: str) -> Sentence:
    """The sentence of each of these branches, with the figures it names."""
    return shortened([say(sentence, **facts.of(line, *names)) for line in lines], facts.those(lines), facts.unit)


def _exceeded(facts: Facts) -> Iterator[Sentence]:
    lines = _owing(facts, lambda admitted, quota: admitted > quota)
    if lines:
        items = _items(facts, lines, "result.branch_share", "admitted", "quota", "percent")
        yield say("result.exceeded", count=count(facts.those(lines)), items=items, unit=facts.unit)


def _met(facts: Facts) -> Iterator[Sentence]:
    lines = _owing(facts, lambda admitted, quota: admitted == quota)
    if lines:
        items = _items(facts, lines, "result.branch_lacking", "admitted", "quota")
        yield say("result.met", count=count(facts.those(lines)), items=items, unit=facts.unit)


def _behind(facts: Facts) -> Iterator[Sentence]:
    """Who has not met the quota; the sum is of each branch's own lack, for a surplus elsewhere covers nobody.

    Of those that have not handed in nothing is known but their quota: they are counted, and named apart.
    """
    lines, silent = _lacking(facts)
    if not lines:
        if set(_owing(facts, lambda _admitted, _quota: True)) - facts.silent - facts.gone:
            yield say("result.behind_none_heard" if silent else "result.behind_none", unit=facts.unit)
        return
    items = _items(facts, lines, "result.branch_lacking", "admitted", "quota")
    lacking = total(facts.branches.cells(lines, "lacking"))
    parts: dict[str, Part] = {"lacking": lacking, "items": items, "unit": facts.unit}
    if silent:
        counts = {"count": [*lines, *silent], "silent": silent, "heard": lines}
        yield say("result.behind_silent", **{name: count(facts.those(one)) for name, one in counts.items()}, **parts)
    else:
        yield say("result.behind", count=count(facts.those(lines)), **parts)


def _lacking(facts: Facts) -> tuple[list[int], list[int]]:
    """Who has not met the quota: those that have handed in, and those that have not. Who is no more owes nothing."""
    lines = [line for line in _owing(facts, lambda admitted, quota: admitted < quota) if line not in facts.gone]
    return [line for line in lines if line not in facts.silent], [line for line in lines if line in facts.silent]


def _none(facts: Facts) -> Iterator[Sentence]:
    lines, silent = _lacking(facts)
    none = [line for line in lines if not facts.number(line, "admitted")]
    for name, some in {"none_heard" if silent else "none": none, "silent": silent}.items():
        if some:
            items = _items(facts, some, "result.branch")
            yield say(f"result.{name}", count=count(facts.those(some)), items=items, unit=facts.unit)


def _beside(facts: Facts) -> Iterator[Sentence]:
    lines = [line for line in facts.lines if facts.number(line, "admitted") and not facts.number(line, "quota")]
    if lines and facts.sum("quota").number:
        items = _items(facts, lines, "result.branch_admitted", "admitted")
        yield say("result.beside", count=count(facts.those(lines)), items=items, unit=facts.unit)


def _term(facts: Facts) -> Iterator[Sentence]:
    """The term, where the committee book gives one (nobody is counted for it otherwise)."""
    if not {"term_admitted", "term_quota", "term_percent"} <= set(facts.branches.places):
        return
    admitted, quota = facts.sum("term_admitted"), facts.sum("term_quota")
    if admitted.number and quota.number:
        parts = {"percent": shown(facts.sum("term_percent")), "quota": number(quota)}
        yield say("result.term", admitted=number(admitted), **parts, without=facts.without)
    elif admitted.number:
        yield say("result.term_free", admitted=number(admitted), without=facts.without)


def _members(facts: Facts) -> Iterator[Sentence]:
    """Only where every branch says how many members it has, and none is silent that may have some on probation."""
    known = (
        not facts.silent
        and "members" in facts.branches.places
        and all(cell.number is not None for cell in facts.branches.cells(facts.lines, "members"))
    )
    if known and facts.lines:
        parts = {name: number(facts.sum(name)) for name in ("members", "probationary")}
        yield say("result.members", **parts)


def _errors(facts: Facts) -> Iterator[Sentence]:
    if "admitted_with_errors" in facts.branches.places and facts.sum("admitted_with_errors").number:
        yield say("result.errors", count=number(facts.sum("admitted_with_errors")))
