"""Printed reports among the files that are checked: told apart from registers, read, judged."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from workbook.errors import WorkbookError
from workbook.incoming.inbox import Job, Opened
from workbook.printed.check import Recount, findings, is_printed, recount
from workbook.printed.paper import PLAIN, WORD, Paper, read_paper


@dataclass(frozen=True, slots=True)
class Judged:
    """What is wrong with the percentages of printed reports, as lines of the frame `located`, and how far each was
    checked.
    """

    found: list[dict[str, Any]] = field(default_factory=list)
    recounts: list[Recount] = field(default_factory=list)

    def add(self, paper: Paper, file: str) -> None:
        """Judge one more report."""
        self.found.extend(findings(paper, file))
        self.recounts.append(recount(paper, file))


def sorted_out(jobs: Sequence[Job], paths: Sequence[Path]) -> tuple[list[Job], list[Job]]:
    """Files to open as registers, and files that are printed reports by their kind.

    A Word document is one wherever it lies; plain text only where it was named, for folders hold notes.
    """
    named = {path.resolve() for path in paths}
    reports = [job for job in jobs if _is_report(job.path, named)]
    return [job for job in jobs if not _is_report(job.path, named)], reports


def _is_report(path: Path, named: set[Path]) -> bool:
    suffix = path.suffix.lower()
    return suffix == WORD or (suffix == PLAIN and path.resolve() in named)


def judged(opened: Sequence[Opened], reports: Sequence[Job]) -> tuple[tuple[Opened, ...], Judged]:
    """All files, those of `reports` last, and what is wrong with the percentages of the printed ones.

    A workbook without any register, but with a table of quotas or a form's number row, is a printed report too.
    """
    files: list[Opened] = []
    made = Judged()
    for one in opened:
        paper = _printed(one)
        files.append(replace(one, others=()) if paper else one)
        if paper:
            made.add(paper, one.file)
    for job in reports:
        try:
            made.add(read_paper(job.path), job.file)
            files.append(Opened(job.file, job.path))
        except WorkbookError as error:
            files.append(Opened(job.file, job.path, error=error))
    return tuple(files), made


def _printed(opened: Opened) -> Paper | None:
    """A workbook that is a printed report; None for any other."""
    if opened.error or opened.tables or opened.password.text or not opened.others:
        return None
    paper = read_paper(opened.path)
    return paper if is_printed(paper) else None


def with_printed(located: pd.DataFrame, judged: Judged) -> pd.DataFrame:
    """The findings of registers with those of printed reports below."""
    if not judged.found:
        return located
    printed = pd.DataFrame(judged.found, columns=list(located.columns))
    return pd.concat([located, printed], ignore_index=True) if len(located) else printed
