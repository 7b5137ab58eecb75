"""A folder of quota books → what each file holds. One unreadable file never stops the others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from workbook.errors import WorkbookError
from workbook.incoming.container import VIETNAM
from workbook.incoming.inbox import Job, Progress, modified_at, refuse_unopened
from workbook.incoming.lower.book import LowerBook, parse
from workbook.incoming.read import read


@dataclass(frozen=True, slots=True)
class LowerFile:
    """One file of the inbox: its book, or the error that kept it shut. `file` is relative to the inbox."""

    file: str
    path: Path
    book: LowerBook | None = None
    sha256: str = ""
    written_at: datetime | None = None
    modified_at: datetime | None = None
    error: WorkbookError | None = None

    @property
    def received_at(self) -> datetime | None:
        """The file's own time; None where it is not known. What we write into a book is the day it tells of."""
        return self.modified_at

    @property
    def received_on(self) -> date | None:
        """The day of `received_at` in Viet Nam."""
        return self.modified_at.astimezone(VIETNAM).date() if self.modified_at else None


def open_books(todo: Sequence[Job], progress: Progress | None = None, *, persons: bool = False) -> list[LowerFile]:
    """Open every file, in the order given; `persons` also takes over the tasks that name persons."""
    return list(_told(todo, progress, persons))


def _told(todo: Sequence[Job], progress: Progress | None, persons: bool) -> Iterator[LowerFile]:
    for done, job in enumerate(todo, start=1):
        yield _open(job, persons)
        if progress:
            progress(done, len(todo))


def _open(job: Job, persons: bool) -> LowerFile:
    try:
        refuse_unopened(job)
        paper = read(job.path, quota_book=True, counts=True, password=job.password)
    except WorkbookError as error:
        return LowerFile(job.file, job.path, modified_at=modified_at(job.path), error=error)
    known = (paper.sha256, paper.written_at, paper.modified_at)
    try:
        return LowerFile(job.file, job.path, parse(paper.grids, persons=persons), *known)
    except WorkbookError as error:
        return LowerFile(job.file, job.path, None, *known, error=error)
