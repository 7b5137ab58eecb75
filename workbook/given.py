"""What a run is given: paths, the committee's own book, the law for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from pathlib import Path

from validation.regulation import load
from validation.workdays import calendar_of
from workbook.assess import Law
from workbook.committee import Committee
from workbook.errors import Unreachable, UnreadableWorkbook
from workbook.incoming.committee_book import read_committee
from workbook.incoming.inbox import jobs
from workbook.incoming.raw import Question


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
