"""The whole way, file to file: what a shell, a button or a benchmark calls."""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, count
from pathlib import Path

import pandas as pd

from validation.regulation import load
from validation.workdays import calendar_of
from workbook.assess import Assessment, Law, assess
from workbook.book import Book
from workbook.committee import Committee
from workbook.consolidate import consolidate
from workbook.consolidate.late import late
from workbook.discretion import know
from workbook.errors import Unreachable, UnreadableWorkbook
from workbook.garbage import seldom_collected
from workbook.incoming.cache import Cache, beside
from workbook.incoming.committee_book import read_committee
from workbook.incoming.inbox import Opened, Progress, jobs, open_all
from workbook.incoming.passwords import Passwords
from workbook.incoming.previous import Previous, read_previous
from workbook.incoming.raw import Question
from workbook.incoming.shards import opened as opened_by
from workbook.incoming.versions import State, choose
from workbook.located import located
from workbook.matching.rulings import answered
from workbook.memory import claimed, confirmed, recalled
from workbook.outgoing.save import refuse_existing
from workbook.outgoing.write import write_book
from workbook.printed.check import Recount
from workbook.printed.files import judged, sorted_out, with_printed
from workbook.query_codes import explanations
from workbook.steady import listed, moved


@dataclass(frozen=True, slots=True)
class Checked:
    """Registers judged by themselves: what was opened, what was found, who is late.

    `recounts`: of each printed report among the files, how many of its percentages were worked out again.
    """

    files: tuple[Opened, ...]
    assessment: Assessment
    found: pd.DataFrame
    recounts: tuple[Recount, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question about one of the committee's own books."""

    file: str
    sheet: str
    question: Question


def law_of(committee: Committee | None, as_of: date) -> Law:
    """The law for a committee: its overlays and its own holidays; the central law where there is none."""
    if committee is None:
        return Law(load(), calendar_of(), as_of)
    return Law(load(committee.overlays), calendar_of(committee.workdays), as_of)


@seldom_collected()
def check(
    paths: Sequence[Path],
    as_of: date,
    committee: Committee | None = None,
    *,
    passwords: Passwords | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Checked:
    """Judge every register and printed report among `paths` (files and folders).

    Unreadable files are in `files` with their error.
    """
    registers, reports = sorted_out(jobs(paths, confirmed(committee), passwords), paths)
    opened_all = open_all(registers, workers, progress)
    files, printed = judged(opened_all, reports)
    tables = [(number, table) for number, opened in enumerate(files) for table in opened.tables]
    know(name for _, table in tables for name in table.columns.get("full_name", ()))
    assessment = assess(tables, law_of(committee, as_of))
    if committee:
        assessment = recalled(assessment, claimed(files, committee), committee, as_of)
    found = with_printed(located(assessment, files), printed)
    return Checked(files, assessment, found, tuple(printed.recounts))


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
    submissions = choose(files, committee)
    counted = {one.opened.file for one in submissions if one.state is State.COUNTED}
    tables = [
        (number, table) for number, opened in enumerate(files) if opened.file in counted for table in opened.tables
    ]
    know(name for _, table in tables for name in table.columns.get("full_name", ()))
    law = law_of(committee, as_of)
    return consolidate(assess(tables, law), files, submissions, committee, law, previous)


def told_of(committee: Committee, as_of: date) -> date:
    """The day everything is told of: the committee's closing day once it is past."""
    return min(as_of, committee.closing_on or as_of)


def remembering(committee: Committee, previous: Previous | None) -> Committee:
    """The committee with what was answered in an earlier quota book among its decisions."""
    if previous is None:
        return committee
    said = (*answered(previous.answers), *explanations(previous.reasons))
    return replace(committee, decisions=(*said, *committee.decisions))


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
    refuse_existing(out)
    existing([inbox])
    described, doubts = committee_and_doubts(committee)
    earlier, before = read_previous(previous) if previous else None, listed(inbox)
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
    read = dict(zip(book.submissions["file"], book.submissions["sha256"], strict=True))
    doubts = (*doubts, *(Doubt(inbox.name, sheet, question) for sheet, question in moved(before, inbox, read)))
    write_book(book, out, inbox)
    if previous and earlier:
        doubts = (*doubts, *doubts_of(earlier, previous, described, book.as_of))
    return book, doubts


def doubts_of(earlier: Previous, path: Path, committee: Committee, as_of: date) -> tuple[Doubt, ...]:
    """What is doubtful about an earlier book, and about its being the one before."""
    asked = (*earlier.questions, *earlier.doubts(committee, as_of))
    return tuple(Doubt(path.name, sheet, question) for sheet, question in asked)


def late_of(checked: Checked, committee: Committee | None) -> pd.DataFrame:
    """What is late or comes due among checked registers, with the file of each line."""
    reminders = (committee or Committee("")).reminders
    lines = late(checked.assessment, checked.assessment.clocks, reminders)
    numbers = checked.assessment.stacked.frame["file"].to_numpy()[lines["row"]]
    return lines.assign(file=[checked.files[number].file for number in numbers])


def committee_at(path: Path | None) -> Committee | None:
    """The committee book at `path`, if one was named."""
    return committee_and_doubts(path)[0] if path else None


def committee_and_doubts(path: Path) -> tuple[Committee, tuple[Doubt, ...]]:
    """The committee book at `path` and what is doubtful in it; its errors name the file, for a run has only one."""
    try:
        committee, asked = read_committee(path)
    except UnreadableWorkbook as error:
        raise type(error)(error.code, {**error.detail, "file": path.name}) from None
    return committee, tuple(Doubt(path.name, sheet, question) for sheet, question in asked)


def existing(paths: Sequence[Path]) -> Sequence[Path]:
    """The paths themselves; WorkbookError for one that is not there, a folder without a file, and what is neither file
    nor folder (a pipe, a device): it would give no register and look like an empty inbox.
    """
    for path in paths:
        if not path.exists():
            raise Unreachable("path.missing", {"path": str(path)})
        if not path.is_dir() and not path.is_file():
            raise Unreachable("path.odd", {"path": str(path)})
        if path.is_dir() and not jobs([path]):
            raise Unreachable("path.empty", {"path": str(path)})
    return paths


def free_name(path: Path) -> Path:
    """`path`, or the same name with the first free number: an output never takes the place of what is there.

    An empty folder is free.
    """
    tries = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(one for one in chain([path], tries) if not one.exists() or (one.is_dir() and not any(one.iterdir())))
