"""Papers of everybody's next step → the sheet of papers: how each stands, how long it is good, what is to be done."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from validation.dossier import OUTGROWN, Cell, PaperState, Standpoint, next_papers, steps_told
from validation.papers import Paper, form_source, papers
from validation.provisions import Nature
from validation.vocabulary import Step
from workbook.assess import Assessment, Law
from workbook.book import DOSSIER_COLUMNS
from workbook.consolidate.late import bases
from workbook.days import format_day
from workbook.frames import held_once, of_each
from workbook.incoming.cells import is_blank
from workbook.incoming.raw import Stacked
from workbook.labels import label, label_by_value
from workbook.phrases import phrase

BY_KEY = {paper.key: paper for paper in papers()}

#: What sets the day of a line that no term of its own sets: the paper that lapses then, or the age.
_ENDS = {
    "dossier_validity": "dossier.before_dossier",
    "certificate_validity": "dossier.before_certificate",
    OUTGROWN: "dossier.before_age",
}

_URGENCY = {str(state): rank for rank, state in enumerate(PaperState)}


def dossier(
    assessment: Assessment, persons: pd.DataFrame, branches: Sequence[str], law: Law, reminders: Sequence[int]
) -> pd.DataFrame:
    """The frame `dossier` of `Book`. `persons`: its frame `people`; `branches`: names in the book's order.

    Branch by branch, the person whose papers are most urgent first, and of each person the most urgent paper.
    """
    stand = papers_of(assessment, persons["stage"], law, reminders)
    whose = persons.loc[stand["row"], ["branch", "full_name", "file"]].reset_index(drop=True)
    made = stand.assign(
        **whose.rename(columns={"full_name": "name"}),
        step=steps_told(stand).map(label_by_value(Step)),
        task=tasks(stand, law.as_of),
        basis=_bases(stand, assessment.clocks),
        form=stand["paper"].map({paper.key: paper.form for paper in papers()}),
        sheet=[assessment.stacked.sheet(row) for row in stand["row"]],
        cell=held_once(assessment.stacked.cell(*place) for place in zip(stand["row"], _columns(stand), strict=True)),
    )
    titled = made.assign(paper=made["paper"].map({paper.key: paper.title for paper in papers()}))
    return titled.iloc[_most_urgent_first(made, branches)].reset_index(drop=True)[list(DOSSIER_COLUMNS)]


def papers_of(assessment: Assessment, stage: "pd.Series[str]", law: Law, reminders: Sequence[int]) -> pd.DataFrame:
    """How the papers of the persons of `stage` stand, as the law tells; "" in `stage` for those who left.

    A paper is about to lapse from the longest of the reminders on.
    """
    at = Standpoint(law.rulebook, law.as_of, max(reminders, default=0))
    typed = assessment.typed.loc[stage.index]
    return next_papers(typed, stage, assessment.clocks, _cells(assessment.stacked), at)


def tasks(stand: pd.DataFrame, as_of: date) -> list[str]:
    """What is to be done about each paper, a sentence with its day; "" where nothing is."""
    told_by = ["paper", "state", "lapses_on", "due_on", "due_by", "not_before", "outgrown_on"]
    return of_each(stand[told_by], partial(_task, as_of=as_of))


def _cells(stacked: Stacked) -> pd.DataFrame:
    """What each person's sheet has for each column that shows a paper."""
    columns = [paper.column for paper in papers() if paper.column]
    return pd.DataFrame({column: _cell(stacked, column) for column in columns}, index=stacked.frame.index, dtype="str")


def _cell(stacked: Stacked, column: str) -> NDArray[np.object_]:
    has = np.array([column in table.columns for table in stacked.tables], dtype=bool)[stacked.table_of]
    typed_in = stacked.frame[column]
    blank = typed_in.isin([value for value in typed_in.unique() if is_blank(value)])
    states = np.array([str(Cell.ABSENT), str(Cell.BLANK), str(Cell.WRITTEN)], dtype=np.object_)
    told: NDArray[np.object_] = states[np.where(has, np.where(blank, 1, 2), 0)]
    return told


def _columns(stand: pd.DataFrame) -> "pd.Series[str]":
    """Where to look for each paper; the name where the register does not hold it."""
    return stand["paper"].map({paper.key: paper.column or "full_name" for paper in papers()})


def _most_urgent_first(made: pd.DataFrame, branches: Sequence[str]) -> "pd.Index[int]":
    rank = made["state"].map(_URGENCY)
    day = made["due_on"].fillna(made["lapses_on"])
    order = pd.DataFrame(
        {
            "branch": made["branch"].map({name: place for place, name in enumerate(branches)}),
            "person": rank.groupby(made["row"]).transform("min"),
            "day": day.groupby(made["row"]).transform("min"),
            "row": made["row"],
            "rank": rank,
        }
    )
    return order.sort_values(list(order.columns), kind="stable").index


def _task(one: Any, as_of: date) -> str:
    paper = BY_KEY[one.paper]
    match PaperState(one.state):
        case PaperState.THERE:
            return ""
        case PaperState.LAPSING:
            return _lapsing(one.lapses_on, one.outgrown_on)
        case PaperState.UNCLEAR:
            return phrase("dossier.unclear")
        case PaperState.REDO:
            return _with_remark(_again(paper, one.lapses_on), paper)
        case PaperState.MISSING:
            return _with_remark(_by(label(paper.step), one.due_on, one.due_by, as_of), paper)
        case PaperState.UNRECORDED:
            return _with_remark(_unrecorded(one.not_before), paper)


def _lapsing(lapses_on: pd.Timestamp, outgrown_on: pd.Timestamp) -> str:
    if pd.notna(outgrown_on):
        return phrase("dossier.outgrown", day=format_day(outgrown_on))
    return phrase("dossier.lapsing", day=format_day(lapses_on))


def _unrecorded(not_before: pd.Timestamp) -> str:
    if pd.notna(not_before):
        return phrase("dossier.not_yet", day=format_day(not_before))
    return phrase("dossier.unrecorded")


def _again(paper: Paper, lapses_on: pd.Timestamp) -> str:
    return phrase("dossier.redo_changed" if paper.if_changed else "dossier.redo", day=format_day(lapses_on))


def _by(act: str, due_on: pd.Timestamp, due_by: str, as_of: date) -> str:
    """What is to be done by a day, and what sets it: the plan of the forecast may ask for it sooner."""
    if pd.isna(due_on):
        return phrase("dossier.act", act=act)
    term = "dossier.by" if due_on >= pd.Timestamp(as_of) else "dossier.late"
    return phrase(_ENDS.get(due_by, term), act=act, day=format_day(due_on))


def _with_remark(task: str, paper: Paper) -> str:
    return phrase("dossier.remark", task=task, remark=paper.remark) if paper.remark else task


def _bases(stand: pd.DataFrame, clocks: pd.DataFrame) -> list[str]:
    """Where each line is stated: the term of a paper that lapses by the rules its clock follows."""
    running = clocks[clocks["open"] & (clocks["nature"] == Nature.VALIDITY)]
    terms = dict(zip(zip(running["row"], running["key"], strict=True), bases(running), strict=True))
    papers_lapsing = zip(stand["row"], stand["paper"], stand["lapses_on"].notna(), strict=True)
    term = [terms[row, BY_KEY[paper].lapses] if lapses else "" for row, paper, lapses in papers_lapsing]
    return of_each(pd.DataFrame({"paper": stand["paper"], "term": term}), _basis)


def _basis(one: Any) -> str:
    """The numbers of forms are less sure than the papers themselves, and that is said."""
    paper = BY_KEY[one.paper]
    said = one.term or phrase("clock.basis", cite=paper.cite, source=phrase(f"clock.{paper.source}"))
    if not paper.form or paper.source == form_source():
        return said
    return phrase("dossier.form", basis=said, source=phrase(f"clock.{form_source()}"))
