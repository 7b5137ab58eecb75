"""The province at work, as its clerks would do it: registers → communes' books → the province's, month after month.

Answers given to the first month's questions are carried into the next, those about doubles in the book itself, the
others among the committee's decisions. The province explains in its own book, and gives that with the next month.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from time import perf_counter

import pandas as pd

from validation.vocabulary import Level
from workbook.book import Book
from workbook.committee import Decision, DecisionKind
from workbook.demo.province import Commune, Round
from workbook.demo.words import words
from workbook.matching import DoubleKind
from workbook.outgoing.rollup import write_upper
from workbook.outgoing.template import write_committee
from workbook.outgoing.write import write_book
from workbook.phrases import phrase
from workbook.rolled_up import rollup_inbox
from workbook.run import consolidate_inbox
from workbook.upper_book import UpperBook


@dataclass(frozen=True, slots=True)
class Told:
    """What one round came to. `books`: by commune, the one that counts; `asked`: what is asked there, and of whom.

    `seconds`: of each level; `files`: registers read for the books that count.
    """

    month: Round
    books: Mapping[str, Book]
    upper: UpperBook
    out: Path
    asked: Mapping[str, frozenset[tuple[str, str]]]
    seconds: Mapping[str, float]
    files: int


@dataclass(slots=True)
class _Memory:
    """What is kept of the month before, by commune: its answered book, and the reasons given; the province's book."""

    book: dict[str, Path] = field(default_factory=dict)
    reasons: dict[str, tuple[Decision, ...]] = field(default_factory=dict)
    upper: Path | None = None


def play(folder: Path, rounds: Iterable[Round], *, workers: int = 1) -> Iterator[Told]:
    """Carry every month through both levels in `folder`."""
    memory = _Memory()
    for month in rounds:
        place = folder / f"{month.as_of:%Y-%m}"
        (place / "nhan").mkdir(parents=True)
        start = perf_counter()
        books = {one.committee.name: _commune(place, at, one, memory, workers) for at, one in enumerate(month.communes)}
        level = perf_counter()
        upper = _province(place, month, memory.upper)
        ended = perf_counter()
        asked = {name: frozenset(asked_in(book)) for name, book in books.items()}
        yield Told(
            month=month,
            books=books,
            upper=upper,
            out=place / "tinh.xlsx",
            asked=asked,
            seconds={"commune": level - start, "province": ended - level},
            files=sum(int((book.submissions["file"] != "").sum()) for book in books.values()),
        )
        _answer(place, books, memory)
        memory.upper = _explained(place, upper)


def _commune(place: Path, at: int, one: Commune, memory: _Memory, workers: int) -> Book:
    """The commune's book goes up; where a late register comes, a second book follows it."""
    name = one.committee.name
    described = replace(one.committee, decisions=(*one.committee.decisions, *memory.reasons.get(name, ())))
    own, before = place / f"{at:02}-cap-uy.xlsx", memory.book.get(name)
    write_committee(own, described)

    def made(version: int) -> Book:
        out = place / "nhan" / f"{at:02}-lan-{version}.xlsx"
        day = one.committee.closing_on or described.forecast_day
        book, _ = consolidate_inbox(one.inbox, own, out, day, previous=before, workers=workers)
        return book

    first = made(1)
    if one.late is None:
        return first
    one.receive()
    return made(2)


def _province(place: Path, month: Round, before: Path | None) -> UpperBook:
    own, day = place / "tinh-cap-uy.xlsx", month.as_of + timedelta(days=3)
    write_committee(own, month.committee)
    upper, _ = rollup_inbox(place / "nhan", own, place / "tinh.xlsx", day, previous=before)
    return upper


def asked_above(upper: UpperBook) -> frozenset[tuple[str, str]]:
    """What the province is asked to explain, and of which commune."""
    queries = upper.base.findings[upper.base.findings["level"] == Level.QUERY]
    return frozenset(zip(queries["code"], queries["branch"], strict=True))


def asked_in(book: Book) -> Iterator[tuple[str, str]]:
    """What a person is asked to answer, and of whom: lines of open groups, and queries that can be explained."""
    yield from (("double", name) for name in book.doubles.loc[_open(book), "name"])
    queries = book.findings[(book.findings["level"] == Level.QUERY) & (book.findings["memory"] != "")]
    yield from zip(queries["code"], book.people["full_name"].reindex(queries["row"]), strict=True)


def _open(book: Book) -> "pd.Series[bool]":
    return (book.doubles["kind"] == DoubleKind.ASKED) & (book.doubles["decision"] == "")


def _explained(place: Path, upper: UpperBook) -> Path:
    """The province's book with a reason beside every query."""
    found = upper.base.findings
    said = found["reason"].mask(found["memory"] != "", words()["province"]["answer"])
    out = place / "tinh-da-tra-loi.xlsx"
    write_upper(replace(upper, base=replace(upper.base, findings=found.assign(reason=said))), out)
    return out


def _answer(place: Path, books: Mapping[str, Book], memory: _Memory) -> None:
    """Every question of the month gets an answer."""
    said = words()["province"]["answer"]
    for at, (name, book) in enumerate(books.items()):
        groups = book.doubles.assign(decision=book.doubles["decision"].mask(_open(book), phrase("double.two_people")))
        memory.book[name] = place / f"{at:02}-da-tra-loi.xlsx"
        write_book(replace(book, doubles=groups), memory.book[name])
        queries = book.findings.loc[book.findings["level"] == Level.QUERY, "memory"]
        given = tuple(Decision(DecisionKind.EXPLAIN, code, said) for code in queries.unique() if code)
        memory.reasons[name] = (*memory.reasons.get(name, ()), *given)
