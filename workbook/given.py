"""What a run is given: paths, the committee's own book, the law for it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import TypeVar

from validation.regulation import load
from validation.workdays import calendar_of
from workbook.assess import Law
from workbook.committee import Committee
from workbook.errors import CannotWrite, Unreachable, UnreadableWorkbook
from workbook.incoming.committee_book import read_committee
from workbook.incoming.inbox import jobs
from workbook.incoming.passwords import Passwords
from workbook.incoming.raw import Question
from workbook.outgoing.save import refuse_existing

_MOST_NAMED = 5

Earlier = TypeVar("Earlier")


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


def told_of(committee: Committee, as_of: date) -> date:
    """The day everything is told of: the committee's closing day once it is past."""
    return min(as_of, committee.closing_on or as_of)


def committee_at(path: Path | None) -> Committee | None:
    """The committee book at `path`, if one was named."""
    return committee_and_doubts(path)[0] if path else None


def committee_and_doubts(path: Path) -> tuple[Committee, tuple[Doubt, ...]]:
    """The committee book at `path` and what is doubtful in it."""
    with naming(path):
        committee, asked = read_committee(path)
    return committee, tuple(Doubt(path.name, sheet, question) for sheet, question in asked)


def earlier_at(path: Path | None, read: Callable[[Path], Earlier]) -> Earlier | None:
    """The earlier book of ours at `path` as `read` has it, if one was named; its errors name it."""
    if path is None:
        return None
    with naming(standing(path, "previous.missing")):
        return read(path)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Have errors name the file that they are about, where a run is given several."""
    try:
        yield
    except UnreadableWorkbook as error:
        raise type(error)(error.code, {**error.detail, "file": path.name}) from None


def astray(passwords: Passwords | None, files: Iterable[str], *, shut: bool) -> Iterator[Doubt]:
    """Lines of the list that no file met; told only where a file stayed `shut`: a list may know more than one inbox."""
    unmet = passwords.unmet(files) if passwords and shut else []
    if passwords and unmet:
        detail: dict[str, object] = {"count": len(unmet), "files": named(unmet)}
        yield Doubt(passwords.source, "", Question("passwords.unmet", detail=detail))


def named(told: Sequence[str], between: str = "; ") -> str:
    """The first few of a list, with a sign that there are more."""
    return between.join([*told[:_MOST_NAMED], *(["…"] if len(told) > _MOST_NAMED else [])])


def existing(paths: Sequence[Path]) -> Sequence[Path]:
    """The paths themselves; WorkbookError for what is not `standing`, and for a folder without a file."""
    for path in paths:
        if standing(path).is_dir() and not jobs([path]):
            raise Unreachable("path.empty", {"path": str(path)})
    return paths


def standing(path: Path, missing: str = "path.missing") -> Path:
    """The path itself; WorkbookError where it is not there (its code is `missing`), and for what is neither file nor
    folder (a pipe, a device): it would give no register and look like an empty inbox.
    """
    if not path.exists():
        raise Unreachable(missing, {"path": str(path)})
    if not path.is_dir() and not path.is_file():
        raise Unreachable("path.odd", {"path": str(path)})
    return path


def refuse_outs(paths: Iterable[Path], *outs: Path | None) -> None:
    """Raise CannotWrite for an output that is there already, or in a folder of `paths`, which are read: the next run
    would take it for something handed in. Asked before long work.
    """
    folders = [path for path in paths if path.is_dir()]
    for out in filter(None, outs):
        refuse_existing(out)
        for folder in folders:
            if out.resolve().is_relative_to(folder.resolve()):
                raise CannotWrite("write.inside", {"path": str(out), "folder": str(folder)})


def free_name(path: Path) -> Path:
    """`path`, or the same name with the first free number: an output never takes the place of what is there.

    An empty folder is free.
    """
    tries = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(one for one in chain([path], tries) if not one.exists() or (one.is_dir() and not any(one.iterdir())))
