"""Printed reports among the files that are checked: told apart from registers, read, judged."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from workbook.errors import WorkbookError
from workbook.incoming.inbox import Job, Opened
from workbook.printed.check import findings, is_printed
from workbook.printed.paper import PLAIN, WORD, read_paper

_Found = list[dict[str, Any]]


def sorted_out(jobs: Sequence[Job], paths: Sequence[Path]) -> tuple[list[Job], list[Job]]:
    """Files to open as registers, and files that are printed reports by their kind.

    A Word document is one wherever it lies; plain text only where it was named, for folders hold notes.
    """
    named = {path.resolve() for path in paths}
    reports = [job for job in jobs if _is_report(job.path, named)]
    return [job for job in jobs if job not in reports], reports


def _is_report(path: Path, named: set[Path]) -> bool:
    suffix = path.suffix.lower()
    return suffix == WORD or (suffix == PLAIN and path.resolve() in named)


def judged(opened: Sequence[Opened], reports: Sequence[Job]) -> tuple[tuple[Opened, ...], _Found]:
    """All files, those of `reports` last, and what is wrong with the percentages of the printed ones.

    A workbook without any register, but with a table of quotas or a form's number row, is a printed report too.
    """
    files: list[Opened] = []
    found: _Found = []
    for one in opened:
        wrong = _of_workbook(one)
        files.append(one if wrong is None else replace(one, others=()))
        found += wrong or []
    for job in reports:
        try:
            found += findings(read_paper(job.path), job.file)
            files.append(Opened(job.file, job.path))
        except WorkbookError as error:
            files.append(Opened(job.file, job.path, error=error))
    return tuple(files), found


def _of_workbook(opened: Opened) -> _Found | None:
    """What is wrong with a workbook that is a printed report; None for any other."""
    if opened.error or opened.tables or opened.password.text or not opened.others:
        return None
    paper = read_paper(opened.path)
    return findings(paper, opened.file) if is_printed(paper) else None


def with_printed(located: pd.DataFrame, found: _Found) -> pd.DataFrame:
    """The findings of registers with those of printed reports below."""
    if not found:
        return located
    printed = pd.DataFrame(found, columns=list(located.columns))
    return pd.concat([located, printed], ignore_index=True) if len(located) else printed
