"""Quota books of lower committees → the book of the level above. Pure: read books in, an `UpperBook` out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from workbook.book import Book
from workbook.committee import Committee
from workbook.consolidate.board import remarked
from workbook.consolidate.follow_up import timed
from workbook.consolidate.reorganised import ended
from workbook.incoming.lower.files import LowerFile
from workbook.incoming.lower.previous import PreviousUpper
from workbook.phrases import phrase
from workbook.rollup import tables
from workbook.rollup.board import board, files_by_state
from workbook.rollup.changes import compared
from workbook.rollup.composition import composition
from workbook.rollup.findings import findings
from workbook.rollup.headline import headline
from workbook.rollup.reminders import reminded
from workbook.rollup.standing import Handed, choose
from workbook.rollup.ties import ties
from workbook.states import State
from workbook.upper_book import UpperBook

__all__ = ["rollup"]


def rollup(
    files: Sequence[LowerFile],
    committee: Committee,
    as_of: date,
    previous: PreviousUpper | None = None,
    *,
    named: bool = False,
) -> UpperBook:
    """The book of `committee`, whose "branches" are lower committees, from what these handed in.

    With the `previous` book it also says what changed since. A file may be called after somebody: unless the files are
    to be `named`, the book knows them by their number in the inbox.
    """
    handed, day = choose(files, committee, as_of)
    called = {} if named else {one.file: phrase("rollup.file", number=at) for at, one in enumerate(files, start=1)}
    handed = [_called(one, called) for one in handed]
    books = {one.branch: one.opened.book for one in handed if one.state is State.COUNTED and one.opened.book}
    branches = tables.shown(committee, books, day)
    quotas, progress = tables.summary(branches, books, committee.decimals), tables.progress(branches, books)
    forecast = tables.forecast(branches, books, quotas)
    base = _base(_Counted(handed, books, quotas, forecast), committee, day, as_of)
    return UpperBook(
        base=compared(base, previous) if previous else base,
        progress=progress,
        forecast=forecast,
        due=tables.due(branches, books, quotas),
        composition=composition([branch.name for branch in branches], books),
        ties=ties(books, {"summary": quotas, "progress": progress, "forecast": forecast}),
        files=files_by_state(handed),
        tasks=_tasks(handed),
        called={ours: name for name, ours in called.items()},
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    """The files, the books of them that count, and two of the tables made of these."""

    handed: Sequence[Handed]
    books: tables.Books
    quotas: pd.DataFrame
    forecast: pd.DataFrame


def _base(counted: _Counted, committee: Committee, day: date, as_of: date) -> Book:
    """Whose the book is and of which day, with its quota table, questions, board and headline; nothing compared yet."""
    quotas, handed = counted.quotas, counted.handed
    names = [str(name) for name in quotas["name"]]
    found, gone = findings(handed, committee, quotas, day), ended(committee, day)
    submissions = timed(board(handed, names, found, gone), _came(handed), committee, as_of)
    submissions = reminded(submissions, committee, day, _silent(quotas))
    asked = sum(name not in gone for name in names)
    return Book(
        committee=committee,
        as_of=day,
        people=pd.DataFrame(columns=["branch"]),
        branches=_remarked(quotas, submissions, gone, counted.books),
        overdue=pd.DataFrame(),
        findings=found,
        submissions=submissions,
        reconciliation=pd.DataFrame(columns=["item", "count", "role"]),
        headline=headline(committee, quotas, counted.forecast, submissions, day, asked),
        counts_only=True,
    )


def _called(one: Handed, called: Mapping[str, str]) -> Handed:
    return replace(one, opened=replace(one.opened, file=called.get(one.opened.file, one.opened.file)))


def _silent(quotas: pd.DataFrame) -> dict[str, int]:
    """Committee → how many branches below it handed in nothing."""
    known = quotas[quotas["silent"].notna()]
    return dict(zip(known["name"], known["silent"].astype(int), strict=True))


def _remarked(quotas: pd.DataFrame, board: pd.DataFrame, ended: Mapping[str, str], books: tables.Books) -> pd.DataFrame:
    """The quota table with why a line is blank, or what it does not hold."""
    made = remarked(quotas, board, ended)
    said = zip(made["name"], made["remark"], strict=True)
    return made.assign(remark=[remark or tables.lacks(books.get(name)) for name, remark in said])


def _came(handed: Sequence[Handed]) -> dict[tuple[str, str], date | None]:
    return {(one.branch, one.opened.file): one.opened.received_on for one in handed}


def _tasks(handed: Sequence[Handed]) -> pd.DataFrame | None:
    """The tasks of persons of all counted books, each with its committee; None where nobody asked for them."""
    told = [
        one.opened.book.tasks.assign(committee=one.branch)
        for one in handed
        if one.state is State.COUNTED and one.opened.book and one.opened.book.tasks is not None
    ]
    return pd.concat(told, ignore_index=True).sort_values("due_on", kind="stable", ignore_index=True) if told else None
