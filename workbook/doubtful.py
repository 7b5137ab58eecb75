"""What a clerk must look at once a quota book is made, though nothing is wrong with any line of it."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from workbook.book import Book
from workbook.committee import Committee
from workbook.committee_layout import DECISIONS, SETTINGS
from workbook.consolidate.board import outnumbered
from workbook.frames import lines
from workbook.given import Doubt, astray, named
from workbook.incoming.committee_decisions import unmet, unmet_headings
from workbook.incoming.committee_settings import other_year
from workbook.incoming.passwords import Passwords
from workbook.incoming.quota_book import part
from workbook.incoming.raw import Question
from workbook.phrases import phrase
from workbook.states import State


def digests(book: Book) -> dict[str, str]:
    """Each file of the inbox → the SHA-256 of what was read, "" where nothing could be."""
    came = book.submissions[book.submissions["file"] != ""]
    return dict(zip(came["file"], came["sha256"], strict=True))


def of_inbox(book: Book, inbox: Path, passwords: Passwords | None = None) -> Iterator[Doubt]:
    """That nothing has come yet; counted files with fewer people than one they replaced; passwords of no file."""
    if not (book.submissions["file"] != "").any():
        yield Doubt(inbox.name, "", Question("inbox.empty"))
    fewer = outnumbered(book.submissions)
    if len(fewer):
        told = [
            phrase("board.fewer_listed", file=one.file, count=one.people, other=one.fuller, more=one.more)
            for one in lines(fewer)
        ]
        detail: dict[str, object] = {"count": len(told), "files": named(told)}
        yield Doubt(inbox.name, part("submissions").sheet, Question("inbox.fewer", detail=detail))
    shut = (book.submissions["state"] == State.UNREADABLE).any()
    yield from astray(passwords, digests(book), shut=bool(shut))


def of_committee(book: Book, file: str, before: pd.DataFrame | None) -> Iterator[Doubt]:
    """What the committee book at `file` says that this run has no use for; `before` as below."""
    files = digests(book)
    yield from of_decisions(files, book.committee, file, before)
    headings = unmet_headings(book.committee.decisions, book.explained) if files else ()
    yield from (Doubt(file, DECISIONS.name, question) for question in headings)
    yield from of_year(book.committee, file, book.as_of)


def of_decisions(
    files: Mapping[str, str], committee: Committee, book: str, before: pd.DataFrame | None
) -> Iterator[Doubt]:
    """Decisions of the committee's `book` about files that neither this inbox nor the one before had.

    `files`: each file → its SHA-256; `before`: the same of the time before, as columns `file` and `sha256`.
    """
    gone = dict(zip(before["file"], before["sha256"], strict=True)) if before is not None else {}
    asked = unmet(committee.decisions, files, gone) if files else ()
    yield from (Doubt(book, DECISIONS.name, question) for question in asked)


def of_year(committee: Committee, book: str, as_of: date) -> Iterator[Doubt]:
    """That a day of another year is told of than the one that the committee's `book` has counted."""
    yield from (Doubt(book, SETTINGS.name, question) for question in other_year(committee, as_of))
