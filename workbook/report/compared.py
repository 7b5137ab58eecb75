"""Section 1 goes on: against the book before, against last year, and what has changed since."""

from collections.abc import Iterator

import pandas as pd

from workbook.consolidate.change_lines import Change
from workbook.incoming.quota_book import Cell, QuotaBook
from workbook.phrases import phrase
from workbook.report.facts import Facts
from workbook.report.said import Sentence, count, day, difference, number, ratio, say, shortened, text
from workbook.report.span import days_of, number_of_year
from workbook.text import key

#: What became of persons since the earlier book, as far as a report speaks of it.
_TOLD = (Change.NEW, Change.FORWARD, Change.MOVED, Change.LEFT, Change.RETURNED, Change.VANISHED)


def since(facts: Facts) -> Iterator[Sentence]:
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
    days = days_of(people.frame, facts.book.year - 1)
    cells = people.cells(days.index[days <= pd.Timestamp(facts.book.as_of) - pd.DateOffset(years=1)], "admitted_on")
    if cells:
        yield say("result.last_year_here", before=count(cells))


def changed(facts: Facts) -> Iterator[Sentence]:
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


def fewer(facts: Facts) -> Iterator[Sentence]:
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
