"""The whole way of the level above, file to file: a folder of quota books → their book."""

from datetime import date
from pathlib import Path

from workbook.doubtful import of_decisions
from workbook.given import Doubt, committee_and_doubts, earlier_at, existing, refuse_outs
from workbook.incoming.inbox import Progress, jobs
from workbook.incoming.lower.files import open_books
from workbook.incoming.lower.previous import read_previous_upper
from workbook.incoming.passwords import Passwords
from workbook.outgoing.rollup import write_upper
from workbook.rollup import rollup
from workbook.run import doubts_of, remembering
from workbook.upper_book import UpperBook


def rollup_inbox(  # noqa: PLR0913 - every file that a run names
    inbox: Path,
    committee: Path,
    out: Path,
    as_of: date,
    *,
    previous: Path | None = None,
    persons: bool = False,
    passwords: Passwords | None = None,
    progress: Progress | None = None,
) -> tuple[UpperBook, tuple[Doubt, ...]]:
    """Quota books of lower committees → the book of the level above at `out`; also what is doubtful in its own books.

    `previous`: the rolled-up book before; what changed since is told, what was explained in it is not asked again.
    `persons`: take over the tasks that name people, and the names of files; else nobody is named. `passwords`: of
    lower books that open with one only; kept nowhere.
    """
    refuse_outs([inbox], out)
    existing([inbox])
    described, doubts = committee_and_doubts(committee)
    earlier = earlier_at(previous, read_previous_upper)
    described = remembering(described, earlier.said if earlier else None)
    files = open_books(jobs([inbox], passwords=passwords), progress, persons=persons)
    book = rollup(files, described, as_of, earlier, named=persons)
    write_upper(book, out, inbox)
    came = {one.file: one.sha256 for one in files}
    doubts = (*doubts, *of_decisions(came, described, committee.name, earlier.counted if earlier else None))
    if previous and earlier:
        doubts = (*doubts, *doubts_of(earlier.said, previous, described, book.base.as_of))
    return book, doubts
