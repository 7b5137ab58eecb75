"""A folder of submissions → what each file holds. One unreadable file never stops the others."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from workbook.errors import Damaged, NotAWorkbook, WorkbookError
from workbook.incoming.container import VIETNAM
from workbook.incoming.lift import NotARegister, lift
from workbook.incoming.raw import RawTable
from workbook.incoming.read import EXTENSIONS, Paper, read

_T = TypeVar("_T")
Progress = Callable[[int, int], None]

#: A reader that runs wild must not take the machine with it (POSIX; bytes of address space per worker).
_WORKER_MEMORY = 4 << 30


@dataclass(frozen=True, slots=True)
class Opened:
    """One file of the inbox: its registers, or the error that kept it shut. `file` is relative to the inbox."""

    file: str
    path: Path
    tables: tuple[RawTable, ...] = ()
    others: tuple[NotARegister, ...] = ()
    hidden: tuple[tuple[str, int], ...] = ()
    branch_hint: str = ""
    sha256: str = ""
    written_at: datetime | None = None
    modified_at: datetime | None = None
    error: WorkbookError | None = None

    @property
    def received_at(self) -> datetime | None:
        """The time written in the file, else the file's own; None where neither is known."""
        return self.written_at or self.modified_at

    @property
    def received_on(self) -> date | None:
        """The day of `received_at` in Viet Nam."""
        return self.received_at and self.received_at.astimezone(VIETNAM).date()

    @property
    def persons(self) -> int:
        """How many person rows the file holds."""
        return sum(len(table.rows) for table in self.tables)

    @property
    def lines(self) -> int:
        """Every non-blank line of the file, hidden sheets and sheets that are no register included."""
        beside = sum(sum(table.set_aside.values()) for table in self.tables)
        return self.persons + beside + sum(sheet.lines for sheet in self.others) + sum(n for _, n in self.hidden)


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker needs to open one file; picklable."""

    file: str
    path: Path
    confirmed: Mapping[str, str] = field(default_factory=dict)


def jobs(paths: Iterable[Path], confirmed: Mapping[str, str] | None = None) -> list[Job]:
    """Files to open, in a stable order: folders are walked, hidden entries passed over, every file named once.

    Two files of one name from different folders are told apart by the way they were given.
    """
    found: dict[Path, tuple[str, str]] = {}
    for path in paths:
        for file in _walk(path):
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            found.setdefault(file.resolve(), (name, file.as_posix()))
    times = Counter(name for name, _ in found.values())
    named = ((given if times[name] > 1 else name, path) for path, (name, given) in found.items())
    return [Job(name, path, confirmed or {}) for name, path in sorted(named)]


def _walk(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for entry in sorted(path.rglob("*")):
        if entry.is_file() and not any(part.startswith(".") for part in entry.relative_to(path).parts):
            yield entry


def open_file(job: Job) -> Opened:
    """Read and lift one file; what is wrong with it becomes data, so that it can cross a process."""
    try:
        if job.path.suffix.lower() not in EXTENSIONS:
            raise NotAWorkbook("file.not_a_workbook")
        return _lifted(job, read(job.path))
    except WorkbookError as error:
        return Opened(job.file, job.path, modified_at=_modified_at(job.path), error=error)


def _modified_at(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None  # gone meanwhile; its error says so


def _lifted(job: Job, paper: Paper) -> Opened:
    sheets = [lift(grid, job.confirmed) for grid in paper.grids]
    return Opened(
        file=job.file,
        path=job.path,
        tables=tuple(sheet for sheet in sheets if isinstance(sheet, RawTable)),
        others=tuple(sheet for sheet in sheets if isinstance(sheet, NotARegister)),
        hidden=paper.hidden,
        branch_hint=paper.branch_hint,
        sha256=paper.sha256,
        written_at=paper.written_at,
        modified_at=paper.modified_at,
    )


def open_all(todo: Sequence[Job], workers: int = 1, progress: Progress | None = None) -> list[Opened]:
    """Open every file, in the order given. With more than one worker each file is read in a child process,
    so that a reader that crashes outright costs its own file and no other.
    """
    if workers <= 1 or len(todo) < 2:
        return list(_told(map(open_file, todo), len(todo), progress))
    with _pool(min(workers, len(todo))) as pool:
        futures = {pool.submit(open_file, job): job for job in todo}
        try:
            for _ in _told(as_completed(futures), len(todo), progress):
                pass
        finally:
            pool.shutdown(cancel_futures=True)  # who stops the run does not wait for files not yet begun
    return [_result(future, job) for future, job in futures.items()]


def _result(future: Future[Opened], job: Job) -> Opened:
    """The opened file; where a neighbour's crash broke the pool, the file gets a second chance alone."""
    try:
        return future.result()
    except BrokenProcessPool:
        return _alone(job)


def _alone(job: Job) -> Opened:
    with _pool(1) as pool:
        try:
            return pool.submit(open_file, job).result()
        except BrokenProcessPool:
            return Opened(job.file, job.path, modified_at=_modified_at(job.path), error=Damaged("file.damaged"))


def _pool(workers: int) -> Executor:
    return ProcessPoolExecutor(workers, initializer=_limit_memory)


def _limit_memory() -> None:
    if os.name == "posix":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_WORKER_MEMORY, _WORKER_MEMORY))


def _told(items: Iterable[_T], total: int, progress: Progress | None) -> Iterator[_T]:
    for done, item in enumerate(items, start=1):
        yield item
        if progress:
            progress(done, total)
