"""Section 1: how many were admitted, against the quota, against earlier; who exceeded, who met, who has none."""

from collections.abc import Callable, Iterator, Sequence

import pandas as pd

from workbook.consolidate.change_lines import Change
from workbook.incoming.quota_book import Cell, QuotaBook, Table
from workbook.phrases import phrase
from workbook.report.facts import Facts, shown
from workbook.report.said import (
    Figure,
    How,
    Part,
    Sentence,
    count,
    day,
    difference,
    number,
    part_of,
    ratio,
    say,
    shortened,
    text,
    total,
)
from workbook.report.span import period_figure, period_months
from workbook.text import key

#: What became of persons since the earlier book, as far as a report speaks of it.
_TOLD = (Change.NEW, Change.FORWARD, Change.MOVED, Change.LEFT, Change.RETURNED, Change.VANISHED)


def result(facts: Facts) -> list[Sentence]:
    """The sentences of the section."""
    parts = (
        *(
            _year,
            _units,
            _in_period,
            _since,
            _changed,
            _fewer,
            _exceeded,
            _met,
            _behind,
            _none,
            _beside,
            _term,
            _members,
        ),
        _errors,
    )
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


def number_of_year(book: QuotaBook) -> Figure:
    """The year counted, without a thousand dot."""
    return Figure(str(book.year), How.VALUE, (book.title.year,))


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
    days = _days(people.frame, facts.book.year)
    cells = people.cells(days.index[days.dt.month.isin(months)], "admitted_on")
    undated = _undated(people, facts.book.year, days)
    parts: dict[str, Part] = {"period": period_figure(facts), "undated": undated, "without": facts.without}
    yield say("result.period", count=count(cells), **parts) if cells else say("result.period_none", **parts)


def _undated(people: Table, year: int, days: "pd.Series[pd.Timestamp]") -> Sentence:
    """How many admissions of the year no month can count, for the months would not add up to the year unexplained."""
    counted = people.frame.index[people.frame["admitted_in"] == year]
    cells = people.cells(counted.difference(days.index), "admitted_in")
    return say("result.undated", count=count(cells)) if cells else Sentence("")


def _days(frame: pd.DataFrame, year: int) -> "pd.Series[pd.Timestamp]":
    """The full days of a year's admissions, by line."""
    days = pd.to_datetime(frame.loc[frame["admitted_in"] == year, "admitted_on"], errors="coerce")
    return days.dropna()


def _since(facts: Facts) -> Iterator[Sentence]:
    """Against every earlier book given; where none is of last year, against what the registers still hold of it."""
    for book in facts.earlier:
        yield _last_year(facts, book) if book.year < facts.book.year else _last_period(facts, book)
    if not any(book.year == facts.book.year - 1 for book in facts.earlier):
        yield from _last_year_here(facts)


def _last_period(facts: Facts, book: QuotaBook) -> Sentence:
    now, before = facts.sum("admitted"), _admitted(book)
    gained = (now.number or 0) - (before.number or 0)
    parts = {"day": day(book.title.as_of), "before": number(before)}
    if gained < 0:
        return say("result.fewer", **parts, fewer=difference(before, now), without=facts.without)
    return say("result.more", **parts, more=difference(now, before)) if gained else say("result.same", **parts)


def _last_year(facts: Facts, book: QuotaBook) -> Sentence:
    before, parts = _admitted(book), {"day": day(book.title.as_of)}
    same_day = (book.as_of.month, book.as_of.day) == (facts.book.as_of.month, facts.book.as_of.day)
    if not same_day or book.year != facts.book.year - 1:
        return say("result.last_year_part", year=number_of_year(book), **parts, before=number(before))
    if not before.number:
        return say("result.last_year_none", **parts)
    return say(
        "result.last_year",
        **parts,
        before=number(before),
        share=ratio(facts.sum("admitted"), before, facts.decimals),
        without=facts.without,
    )


def _admitted(book: QuotaBook) -> Cell:
    branches = book.tables["branches"]
    return branches.cell(branches.total or 0, "admitted")


def _last_year_here(facts: Facts) -> Iterator[Sentence]:
    """Of last year the book knows those whom the registers still list; up to the same day of that year."""
    people = facts.book.tables.get("people")
    if people is None or not {"admitted_in", "admitted_on"} <= set(people.places):
        return
    days = _days(people.frame, facts.book.year - 1)
    cells = people.cells(days.index[days <= pd.Timestamp(facts.book.as_of) - pd.DateOffset(years=1)], "admitted_on")
    if cells:
        yield say("result.last_year_here", before=count(cells))


def _changed(facts: Facts) -> Iterator[Sentence]:
    """What the sheet of changes says of persons, where the book was made with an earlier one."""
    changes = facts.book.tables.get("changes")
    if changes is None:
        return
    kinds = changes.frame["change"].map(lambda value: key(str(value)))
    found = [(kind, changes.cells(kinds.index[kinds == key(phrase(kind))], "change")) for kind in _TOLD]
    items = [
        say("result.change", count=count(cells), change=Sentence(phrase(kind).lower()))
        for kind, cells in found
        if cells
    ]
    if items:
        yield say("result.changes", items=items)


def _fewer(facts: Facts) -> Iterator[Sentence]:
    """Whose admissions were more in the book before."""
    changes = facts.book.tables.get("changes")
    if changes is None or not {"before", "now"} <= set(changes.places):
        return
    wanted = {key(phrase(Change.FEWER)), key(phrase("rollup.fewer"))}
    lines = [line for line in changes.lines if key(changes.cell(line, "change").text) in wanted]
    if lines:
        names = changes.cells(lines, "branch")
        parts = [{name: text(changes.cell(line, name)) for name in ("before", "now")} for line in lines]
        said = [say("result.unit_fewer", name=text(name), **part) for name, part in zip(names, parts, strict=True)]
        yield say("result.units_fewer", count=count(names), items=shortened(said, names, facts.unit), unit=facts.unit)


def _owing(facts: Facts, holds: Callable[[float, float], bool]) -> list[int]:
    """Branches with a quota of which something holds of what was admitted and the quota."""
    pairs = {line: (facts.number(line, "admitted"), facts.number(line, "quota")) for line in facts.lines}
    return [line for line, (admitted, quota) in pairs.items() if quota and holds(admitted, quota)]


def _items(facts: Facts, lines: Sequence[int], key: str, *names: str) -> Sentence:
    return shortened([say(key, **facts.of(line, *names)) for line in lines], facts.those(lines), facts.unit)


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
    if lines:
        items = _items(facts, lines, "result.branch_lacking", "admitted", "quota")
        parts: dict[str, Part] = {
            "lacking": total(facts.branches.cells(lines, "lacking")),
            "items": items,
            "unit": facts.unit,
        }
        if not silent:
            yield say("result.behind", count=count(facts.those(lines)), **parts)
            return
        counts = {"count": [*lines, *silent], "silent": silent, "heard": lines}
        yield say("result.behind_silent", **{name: count(facts.those(one)) for name, one in counts.items()}, **parts)
    elif set(_owing(facts, lambda _admitted, _quota: True)) - facts.silent - facts.gone:
        yield say("result.behind_none_heard" if silent else "result.behind_none", unit=facts.unit)


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


def opening(facts: Facts) -> Sentence:
    """Of which day and from which book everything is told."""
    parts = {"day": day(facts.book.title.as_of), "year": number_of_year(facts.book)}
    return say("opening.as_of", **parts, committee=committee_name(facts.book))


def committee_name(book: QuotaBook) -> Figure:
    """The committee's name as it is written in a line of text where the book has one, else in its capitals."""
    capitals = book.title.name
    if capitals is None:
        return Figure("", How.PART, (book.title.as_of,))
    for grid in book.grids:
        for row, line in enumerate(grid.rows[:3], start=1):
            name, comma, _ = str(line[0]).rpartition(",")
            if comma and key(name) == key(capitals.text):
                return part_of(name, Cell(line[0], grid.sheet, f"A{row}"))
    return text(capitals)
