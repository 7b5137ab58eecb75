"""The whole way of the level above, file to file: a folder of quota books → their book."""

from datetime import date
from pathlib import Path

from workbook.incoming.inbox import Progress, jobs
from workbook.incoming.lower.files import open_books
from workbook.outgoing.rollup import write_upper
from workbook.outgoing.save import refuse_existing
from workbook.rollup import rollup
from workbook.run import Doubt, committee_and_doubts, existing
from workbook.upper_book import UpperBook


def rollup_inbox(
    inbox: Path,
    committee: Path,
    out: Path,
    as_of: date,
    *,
    persons: bool = False,
    progress: Progress | None = None,
) -> tuple[UpperBook, tuple[Doubt, ...]]:
    """Quota books of lower committees → the book of the level above at `out`; also what is doubtful in its own book.

    `persons`: take over the tasks that name people; else nobody is named.
    """
    refuse_existing(out)
    existing([inbox])
    described, doubts = committee_and_doubts(committee)
    book = rollup(open_books(jobs([inbox]), progress, persons=persons), described, as_of)
    write_upper(book, out, inbox)
    return book, doubts
