"""What to look at before a branch resolves on a person: the papers as the register shows them, the conditions.

Nothing is judged for the day of the meeting, which nobody knows yet: each condition says from when or until when
it holds, and a person ticks it on that day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from validation.dossier import PaperState
from validation.vocabulary import Step
from workbook.assess import Assessment, Law
from workbook.consolidate.conditions import conditions
from workbook.consolidate.dossier import BY_KEY, papers_of, tasks
from workbook.consolidate.late import untimed
from workbook.frames import is_blank, lines
from workbook.masking import shown

_SEEN = frozenset({PaperState.THERE, PaperState.LAPSING})


@dataclass(frozen=True, slots=True)
class Line:
    """One paper. `seen`: the register shows it, which says nothing of the paper itself; `day`: as written there."""

    seen: bool
    title: str
    form: str
    day: str
    task: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """The list of one person; `name`, `born` and `branch` are "" where nobody knows. `place`: sheet and cell.

    `untimed`: a day of the person was not read, so that the branch may have resolved already.
    """

    name: str
    born: str
    branch: str
    file: str
    place: str
    papers: tuple[Line, ...]
    conditions: tuple[str, ...]
    untimed: bool = False


def checklists(
    assessment: Assessment, branch: "pd.Series[str]", files: Sequence[str], law: Law, reminders: Sequence[int]
) -> tuple[Checklist, ...]:
    """One list for everybody whose next step is the branch's resolution, in the order of `branch`.

    `branch`: row id → branch name, "" where none is known; `files`: names by file number.
    """
    stage = assessment.stages.where(~assessment.left, "").loc[branch.index]
    stand = papers_of(assessment, stage, law, reminders)
    stand = stand.assign(task=tasks(stand, law.as_of))[stand["step"] == Step.RESOLVE_BRANCH]
    said = conditions(assessment.typed.loc[stand["row"].unique()], stand, assessment.clocks, law)
    papers, unclear = dict(iter(stand.groupby("row"))), untimed(assessment)
    return tuple(
        Checklist(
            *_whose(assessment, row, files, branch[row]),
            papers=tuple(_papers(assessment, row, papers[row])),
            conditions=said[row],
            untimed=row in unclear,
        )
        for row in branch.index
        if row in papers
    )


def _whose(assessment: Assessment, row: int, files: Sequence[str], branch: str) -> tuple[str, str, str, str, str]:
    stacked = assessment.stacked
    place = f"{stacked.sheet(row)}!{stacked.cell(row, 'full_name')}"
    name = shown("full_name", assessment.typed["full_name"][row])
    return name, _as_written(assessment, row, "birth_on"), branch, files[int(stacked.frame["file"][row])], place


def _papers(assessment: Assessment, row: int, stand: pd.DataFrame) -> Iterator[Line]:
    for one in lines(stand):
        paper = BY_KEY[one.paper]
        day = _as_written(assessment, row, paper.column) if paper.column else ""
        yield Line(one.state in _SEEN, paper.title, paper.form, day, one.task)


def _as_written(assessment: Assessment, row: int, column: str) -> str:
    """The day where it is legible in full, else what stands in the cell."""
    day = assessment.typed[column][row]
    return shown(column, assessment.stacked.frame[column][row] if is_blank(day) else day)
