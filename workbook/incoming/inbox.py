"""A folder of submissions → what each file holds. One unreadable file never stops the others."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from workbook.errors import NotAWorkbook, Unreachable, WorkbookError
from workbook.incoming import guard
from workbook.incoming.container import VIETNAM
from workbook.incoming.lift import NotARegister, lift
from workbook.incoming.passwords import Passwords
from workbook.incoming.raw import Question, RawTable
from workbook.incoming.read import EXTENSIONS, INSTEAD, Paper, read_here
from workbook.incoming.unlocking import Password

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """One file of the inbox: its registers, or the error that kept it shut. `file` is relative to the inbox.

    `questions` are about the file as a whole, or about the sheet that their detail names; `password` is what it took.
    """

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
    questions: tuple[Question, ...] = ()
    password: Password = field(default_factory=Password)

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
    """What a worker needs to open one file; picklable. `outside`: a link that leads out of the inbox."""

    file: str
    path: Path
    confirmed: Mapping[str, str] = field(default_factory=dict)
    password: Password = field(default_factory=Password)
    outside: bool = False


def jobs(
    paths: Iterable[Path], confirmed: Mapping[str, str] | None = None, passwords: Passwords | None = None
) -> list[Job]:
    """Files to open, in a stable order: folders are walked, hidden entries passed over, every file named once.

    Two files of one name from different folders are told apart by the way they were given.
    """
    paths, found = list(paths), dict[Path, tuple[str, str, bool]]()
    roots = [path.resolve() for path in paths]
    for path in paths:
        for file in _walk(path):
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            real = file.resolve()
            outside = not any(real.is_relative_to(root) for root in roots)
            found.setdefault(file if outside else real, (name, file.as_posix(), outside))
    times = Counter(name for name, *_ in found.values())
    named = ((given if times[name] > 1 else name, path, out) for path, (name, given, out) in found.items())
    known = passwords or Passwords()
    return [Job(name, path, confirmed or {}, known.of(name), out) for name, path, out in sorted(named)]


def _walk(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for entry in sorted(path.rglob("*")):
        if entry.is_file() and not any(part.startswith(".") for part in entry.relative_to(path).parts):
            yield entry


def refuse_unopened(job: Job) -> None:
    """Raise for what is not even opened: Unreachable outside the inbox, NotAWorkbook for the name of no workbook.

    By the ending it can be told what to do: nobody opens a photograph with the program that made it.
    """
    if job.outside:
        raise Unreachable("file.outside")
    suffix = job.path.suffix.lower()
    if suffix not in EXTENSIONS:
        raise NotAWorkbook(INSTEAD.get(suffix, "file.not_a_workbook"))


def modified_at(path: Path) -> datetime | None:
    """When a file was last written; None for one that is gone meanwhile: its error says so."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None


def open_file(job: Job) -> Opened:
    """Read and lift one file in this very process; what is wrong with it becomes data, so that it can cross one."""
    try:
        refuse_unopened(job)
        return _lifted(job, read_here(job.path, password=job.password))
    except WorkbookError as error:
        return _shut(job, error)


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
        questions=paper.questions,
        password=job.password if paper.locked else Password(),
    )


def open_all(todo: Sequence[Job], workers: int = 1, progress: Progress | None = None) -> list[Opened]:
    """Open every file, in the order given, each in a guarded child process: one that kills its reader, never ends or
    eats all memory costs its own line and no other.

    Any part of the files may be opened anywhere: see `shards`.
    """
    opened: dict[int, Opened] = {}
    known: dict[object, object] = {}
    for number, outcome in guard.each(open_file, [(job,) for job in todo], workers):
        opened[number] = sharing(outcome, known) if isinstance(outcome, Opened) else _shut(todo[number], outcome)
        if progress:
            progress(len(opened), len(todo))
    return [opened[number] for number in range(len(todo))]


def sharing(opened: Opened, known: dict[object, object]) -> Opened:
    """The file with every text and day that `known` has held only once, see `RawTable.sharing`."""
    return replace(opened, tables=tuple(table.sharing(known) for table in opened.tables))


def _shut(job: Job, error: WorkbookError) -> Opened:
    return Opened(job.file, job.path, modified_at=modified_at(job.path), error=error.alone())
