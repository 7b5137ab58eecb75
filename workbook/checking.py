"""Registers and printed reports judged by themselves, file by file: what `check` does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from workbook import counting
from workbook.assess import Assessment
from workbook.committee import Committee
from workbook.garbage import seldom_collected
from workbook.given import law_of
from workbook.incoming.inbox import Opened, Progress, jobs, open_all
from workbook.incoming.passwords import Passwords
from workbook.incoming.versions import Submission, choose
from workbook.located import located
from workbook.memory import claimed, confirmed, recalled
from workbook.printed.check import Recount
from workbook.printed.files import Judged, judged, sorted_out, with_printed
from workbook.sheet_memory import NOTHING_KNOWN, sheet_memory
from workbook.states import State


@dataclass(frozen=True, slots=True)
class Checked:
    """Registers judged by themselves: what was opened, what was found, who is late.

    `recounts`: of each printed report among the files, how many of its percentages were worked out again. `uncounted`:
    how many of the files consolidation passes over (replaced, withdrawn, copies), and how many persons are in them.
    """

    files: tuple[Opened, ...]
    assessment: Assessment
    found: pd.DataFrame
    recounts: tuple[Recount, ...] = ()
    uncounted: tuple[int, int] = (0, 0)


def opened(
    paths: Sequence[Path],
    committee: Committee | None,
    passwords: Passwords | None,
    workers: int,
    progress: Progress | None,
) -> tuple[tuple[Opened, ...], Judged]:
    """Every file of `paths` (files and folders), opened or with its error; and what printed reports among them say."""
    registers, reports = sorted_out(jobs(paths, confirmed(committee), passwords), paths)
    return judged(open_all(registers, workers, progress), reports)


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
    files, printed = opened(paths, committee, passwords, workers, progress)
    assessment = counting.judged(files, {one.file for one in files}, law_of(committee, as_of))
    submissions, memory = choose(files, committee or Committee("")), NOTHING_KNOWN
    if committee:
        assessment = recalled(assessment, claimed(files, committee), committee, as_of)
        memory = sheet_memory(submissions, committee, as_of)
    found = with_printed(located(assessment, files, memory), printed)
    return Checked(files, assessment, found, tuple(printed.recounts), _uncounted(submissions))


def _uncounted(submissions: Sequence[Submission]) -> tuple[int, int]:
    """As in `Checked`; of a file that was replaced for one of its branches only the persons of that branch."""
    passed = [one for one in submissions if one.is_passed_over]
    whole = {one.opened.file: one.opened.persons for one in passed if one.state is not State.REPLACED}
    replaced = [one for one in passed if one.state is State.REPLACED]
    rows = [name == one.branch for one in replaced for table in one.claim.rows for name in table]
    return len({one.opened.file for one in passed}), sum(whole.values()) + sum(rows)
