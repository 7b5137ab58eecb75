"""Registers and printed reports judged by themselves, file by file: what `check` does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from workbook.assess import Assessment, assess
from workbook.committee import Committee
from workbook.discretion import know
from workbook.garbage import seldom_collected
from workbook.given import law_of
from workbook.incoming.inbox import Opened, Progress, jobs, open_all
from workbook.incoming.passwords import Passwords
from workbook.located import located
from workbook.memory import claimed, confirmed, recalled
from workbook.printed.check import Recount
from workbook.printed.files import judged, sorted_out, with_printed


@dataclass(frozen=True, slots=True)
class Checked:
    """Registers judged by themselves: what was opened, what was found, who is late.

    `recounts`: of each printed report among the files, how many of its percentages were worked out again.
    """

    files: tuple[Opened, ...]
    assessment: Assessment
    found: pd.DataFrame
    recounts: tuple[Recount, ...] = ()


@seldom_collected()
def check(
    paths: Sequence[Path],
    as_of: date,
    committee: Committee | None = None,
    *,
    passwords: Passwords | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Checked:
    """Judge every register and printed report among `paths` (files and folders).

    Unreadable files are in `files` with their error.
    """
    registers, reports = sorted_out(jobs(paths, confirmed(committee), passwords), paths)
    opened_all = open_all(registers, workers, progress)
    files, printed = judged(opened_all, reports)
    tables = [(number, table) for number, opened in enumerate(files) for table in opened.tables]
    know(name for _, table in tables for name in table.columns.get("full_name", ()))
    assessment = assess(tables, law_of(committee, as_of))
    if committee:
        assessment = recalled(assessment, claimed(files, committee), committee, as_of)
    found = with_printed(located(assessment, files), printed)
    return Checked(files, assessment, found, tuple(printed.recounts))
