"""The whole way, file to file: what a shell, a button or a benchmark calls."""

from concurrent.futures import Executor
from dataclasses import replace
from datetime import date
from pathlib import Path

from workbook.book import Book
from workbook.committee import Committee
from workbook.consolidate import consolidate
from workbook.counting import counted
from workbook.doubtful import digests, of_committee, of_inbox
from workbook.garbage import seldom_collected
from workbook.given import Doubt, committee_and_doubts, earlier_at, law_of, refuse_outs, standing, told_of
from workbook.incoming.cache import Cache, beside
from workbook.incoming.inbox import Progress, jobs
from workbook.incoming.passwords import Passwords
from workbook.incoming.previous import Previous, read_previous
from workbook.incoming.shards import opened as opened_by
from workbook.matching.rulings import answered
from workbook.memory import confirmed
from workbook.outgoing.write import write_book
from workbook.query_codes import explanations
from workbook.steady import listed, moved


@seldom_collected()
def consolidate_inbox(  # noqa: PLR0913 - every file that a run names
    inbox: Path,
    committee: Path,
    out: Path,
    as_of: date,
    *,
    previous: Path | None = None,
    passwords: Passwords | None = None,
    workers: int = 1,
    executor: Executor | None = None,
    cached: bool = False,
    progress: Progress | None = None,
) -> tuple[Book, tuple[Doubt, ...]]:
    """A folder of registers → the quota book at `out`; also what is doubtful in the committee's own books.

    `cached`: what is read is kept beside the committee book, and not read again while it stays the same.
    """
    refuse_outs([inbox], out)
    before = listed(standing(inbox))
    (described, asked), earlier = committee_and_doubts(committee), earlier_at(previous, read_previous)
    book = book_of(
        inbox,
        described,
        as_of,
        previous=earlier,
        passwords=passwords,
        workers=workers,
        executor=executor,
        cache=beside(committee) if cached else None,
        progress=progress,
    )
    changed = [Doubt(inbox.name, sheet, question) for sheet, question in moved(before, inbox, digests(book))]
    write_book(book, out, inbox)
    return book, (
        *asked,
        *of_committee(book, committee.name, earlier.board if earlier else None),
        *changed,
        *of_inbox(book, inbox, passwords),
        *(doubts_of(earlier, previous, described, book.as_of) if previous and earlier else ()),
    )


def book_of(  # noqa: PLR0913 - whatever else the run was given
    inbox: Path,
    committee: Committee,
    as_of: date,
    *,
    previous: Previous | None = None,
    passwords: Passwords | None = None,
    workers: int = 1,
    executor: Executor | None = None,
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> Book:
    """The quota book of an inbox, not yet a file. A closing day that is past is the day everything is told of.

    What people answered in the `previous` book is carried on; the committee book has the last word. The files are read
    by so many processes here, or by an executor; those that the cache knows are not read again.
    """
    as_of = told_of(committee, as_of)
    committee = remembering(committee, previous)
    todo = jobs([inbox], confirmed(committee), passwords)
    files = opened_by(todo, workers, progress, executor=executor, cache=cache)
    law = law_of(committee, as_of)
    submissions, assessment = counted(files, committee, law)
    book = consolidate(assessment, files, submissions, committee, law, previous)
    return replace(book, explained=frozenset(key for one in files for table in one.tables for key in table.explained))


def remembering(committee: Committee, previous: Previous | None) -> Committee:
    """The committee with what was answered in an earlier quota book among its decisions."""
    if previous is None:
        return committee
    said = (*answered(previous.answers), *explanations(previous.reasons))
    return replace(committee, decisions=(*said, *committee.decisions))


def doubts_of(earlier: Previous, path: Path, committee: Committee, as_of: date) -> tuple[Doubt, ...]:
    """What is doubtful about an earlier book, and about its being the one before."""
    asked = (*earlier.questions, *earlier.doubts(committee, as_of))
    return tuple(Doubt(path.name, sheet, question) for sheet, question in asked)
