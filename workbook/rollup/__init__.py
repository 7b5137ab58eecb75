"""Quota books of lower committees → the book of the level above. Pure: read books in, an `UpperBook` out."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from workbook.book import Book
from workbook.committee import Committee
from workbook.consolidate.board import remarks
from workbook.consolidate.follow_up import timed
from workbook.consolidate.reorganised import ended
from workbook.incoming.lower.files import LowerFile
from workbook.incoming.lower.previous import PreviousUpper
from workbook.rollup import tables
from workbook.rollup.board import board, files_by_state
from workbook.rollup.changes import compared
from workbook.rollup.composition import composition
from workbook.rollup.findings import findings
from workbook.rollup.headline import headline
from workbook.rollup.standing import Handed, Standing, choose
from workbook.rollup.ties import ties
from workbook.upper_book import UpperBook

__all__ = ["rollup"]


def rollup(
    files: Sequence[LowerFile], committee: Committee, as_of: date, previous: PreviousUpper | None = None
) -> UpperBook:
    """The book of `committee`, whose "branches" are lower committees, from what these handed in.

    With the `previous` book it also says what changed since.
    """
    handed, day = choose(files, committee, as_of)
    books = {one.branch: one.opened.book for one in handed if one.standing is Standing.COUNTED and one.opened.book}
    branches = tables.shown(committee, books, day)
    names = [branch.name for branch in branches]
    quotas, progress = tables.summary(branches, books, committee.decimals), tables.progress(branches, books)
    forecast = tables.forecast(branches, books, quotas)
    found, gone = findings(handed, committee, quotas, day), ended(committee, day)
    submissions = timed(board(handed, names, found, gone), _came(handed), committee, as_of)
    asked = sum(name not in gone for name in names)
    base = Book(
        committee=committee,
        as_of=day,
        people=pd.DataFrame(columns=["branch"]),
        branches=quotas.assign(remark=remarks(names, submissions, gone)),
        overdue=pd.DataFrame(),
        findings=found,
        submissions=submissions,
        reconciliation=pd.DataFrame(columns=["item", "count", "role"]),
        headline=headline(committee, quotas, forecast, submissions, day, asked),
        counts_only=True,
    )
    return UpperBook(
        base=compared(base, previous) if previous else base,
        progress=progress,
        forecast=forecast,
        due=tables.due(branches, books, quotas),
        composition=composition(names, books),
        ties=ties(books, {"summary": quotas, "progress": progress}),
        files=files_by_state(handed),
        tasks=_tasks(handed),
    )


def _came(handed: Sequence[Handed]) -> dict[tuple[str, str], date | None]:
    return {(one.branch, one.opened.file): one.opened.received_on for one in handed}


def _tasks(handed: Sequence[Handed]) -> pd.DataFrame | None:
    """The tasks of persons of all counted books, each with its committee; None where nobody asked for them."""
    told = [
        one.opened.book.tasks.assign(committee=one.branch)
        for one in handed
        if one.standing is Standing.COUNTED and one.opened.book and one.opened.book.tasks is not None
    ]
    return pd.concat(told, ignore_index=True).sort_values("due_on", kind="stable", ignore_index=True) if told else None
