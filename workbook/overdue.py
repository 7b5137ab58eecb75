"""What is late and what comes due among registers, each person once: what `overdue` tells."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from workbook.assess import Assessment, Law
from workbook.checking import opened
from workbook.committee import Committee
from workbook.consolidate.credit import furthest
from workbook.consolidate.late import late_among, untimed
from workbook.consolidate.people import roll
from workbook.counting import counted, judged
from workbook.garbage import seldom_collected
from workbook.given import law_of
from workbook.incoming.inbox import Opened, Progress
from workbook.incoming.passwords import Passwords
from workbook.incoming.versions import Submission, copies_among
from workbook.states import State


@dataclass(frozen=True, slots=True)
class Due:
    """Who is watched, and what of theirs is late or comes due.

    `files`: every file, opened or shut; `assessment`: the judged rows of those that count, each at the furthest stage
    that any line of the person shows. `branch`: row id → branch of every person watched, "" unknown. `lines`: what
    `late_among` gives. `untimed`: how many persons have a clock that could not be worked out.
    `aside`: names of files that do not count for any branch, though they hold registers: replaced, withdrawn, copies;
    `unknown`: those of no branch that the committee has. `alone`: no committee book said what counts.
    """

    files: tuple[Opened, ...]
    assessment: Assessment
    branch: "pd.Series[str]"
    lines: pd.DataFrame
    untimed: int
    aside: tuple[str, ...]
    unknown: tuple[str, ...]
    alone: bool


@seldom_collected()
def due_of(
    paths: Sequence[Path],
    as_of: date,
    committee: Committee | None = None,
    *,
    passwords: Passwords | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Due:
    """What is late or comes due in the registers among `paths` (files and folders), unreadable ones with their error.

    With a committee book the files and the lines that `consolidate` would count, and no others. Without one nobody
    can say which file replaced which: each is taken for itself, and only those of one content once.
    """
    files, _ = opened(paths, committee, passwords, workers, progress)
    law = law_of(committee, as_of)
    return _by_committee(files, committee, law) if committee else _each_for_itself(files, law)


def _by_committee(files: tuple[Opened, ...], committee: Committee, law: Law) -> Due:
    submissions, assessment = counted(files, committee, law)
    numbers = {one.file: number for number, one in enumerate(files)}
    who = roll(assessment, submissions, numbers, committee, law.as_of)
    assessment = replace(assessment, stages=furthest(assessment.stages, who.same))
    aside = tuple(dict.fromkeys(one.opened.file for one in submissions if one.is_passed_over))
    return _due(files, assessment, who.branch[who.counted], committee, (aside, _of_no_branch(submissions)))


def _of_no_branch(submissions: Sequence[Submission]) -> tuple[str, ...]:
    return tuple(one.opened.file for one in submissions if one.state is State.NO_BRANCH)


def _each_for_itself(files: tuple[Opened, ...], law: Law) -> Due:
    """Whose a line is only our own template says."""
    copies = copies_among(files)
    assessment = judged(files, {one.file for one in files} - copies, law)
    names = [one.branch_hint for one in files if one.file not in copies for _ in range(one.persons)]
    branch = pd.Series(names, index=assessment.typed.index, dtype="str")
    return _due(files, assessment, branch, None, (tuple(sorted(copies)), ()))


def _due(
    files: tuple[Opened, ...],
    assessment: Assessment,
    branch: "pd.Series[str]",
    committee: Committee | None,
    uncounted: tuple[tuple[str, ...], tuple[str, ...]],
) -> Due:
    lines = late_among(assessment, branch, [one.file for one in files], committee or Committee(""))
    unclear = len(untimed(assessment).intersection(branch.index))
    return Due(files, assessment, branch, lines, unclear, *uncounted, alone=committee is None)
