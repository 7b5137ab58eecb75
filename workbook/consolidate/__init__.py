"""Judged rows → the committee's tables. Pure: frames in, a `Book` out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from workbook.absent import said_of_persons
from workbook.assess import Assessment, Law
from workbook.book import Book
from workbook.committee import Committee
from workbook.consolidate.board import board, remarked
from workbook.consolidate.changes import changes
from workbook.consolidate.composition import composition
from workbook.consolidate.dossier import dossier
from workbook.consolidate.doubles import doubles
from workbook.consolidate.follow_up import followed_up
from workbook.consolidate.headline import headline
from workbook.consolidate.late import late_among, untimed
from workbook.consolidate.months import months
from workbook.consolidate.parted import as_answered
from workbook.consolidate.past import past_of
from workbook.consolidate.people import Roll, people, roll
from workbook.consolidate.prospect_law import law_numbers
from workbook.consolidate.prospects import prospects
from workbook.consolidate.reconcile import reconcile
from workbook.consolidate.recounted import spare
from workbook.consolidate.reorganised import after_the_end, ended, with_unshown
from workbook.consolidate.tally import tally
from workbook.consolidate.unplaced import suggestions, unplaced_files
from workbook.frames import joined
from workbook.incoming.inbox import Opened
from workbook.incoming.previous import Previous
from workbook.incoming.versions import Submission
from workbook.located import located
from workbook.matching import DoubleKind
from workbook.memory import recalled
from workbook.sheet_memory import sheet_memory
from workbook.states import State

__all__ = ["consolidate"]


def consolidate(
    assessment: Assessment,
    files: Sequence[Opened],
    submissions: Sequence[Submission],
    committee: Committee,
    law: Law,
    previous: Previous | None = None,
) -> Book:
    """The quota book of the committee. `files` are numbered as in the assessment's stacked frame."""
    numbers = {opened.file: number for number, opened in enumerate(files)}
    who = roll(assessment, submissions, numbers, committee, law.as_of, previous)
    made = _book(assessment, who, _Given(files, submissions, committee, law, previous))
    if previous is None:
        return made
    aside = spare(assessment, who, files)
    return replace(made, changes=changes(made, previous, assessment.stacked.cell, aside))


@dataclass(frozen=True, slots=True)
class _Given:
    """What a book is made from beside the judged rows."""

    files: Sequence[Opened]
    submissions: Sequence[Submission]
    committee: Committee
    law: Law
    previous: Previous | None


def _book(judged: Assessment, who: Roll, given: _Given) -> Book:
    files, submissions, committee, law = given.files, given.submissions, given.committee, given.law
    assessment = _asked_once(judged, who, given)
    memory = sheet_memory(submissions, committee, law.as_of)
    asked = located(assessment, files, memory), after_the_end(submissions, committee, memory)
    found = _not_withdrawn(pd.concat(asked, ignore_index=True), submissions)
    persons = _with_findings(people(assessment, who, committee, law), assessment, files, found)
    moved = who.same.kinds.index[who.same.kinds == DoubleKind.MOVED]
    ahead, learnt = prospects(assessment, persons, committee, law, moved)
    persons = persons.join(ahead[["outlook", "hope"]].reindex(persons.index, fill_value=""))
    branches, handed_in = _branches(persons, found, given)
    names, unclear = branches["name"].tolist(), len(untimed(assessment).intersection(persons.index))
    return Book(
        committee=committee,
        as_of=law.as_of,
        people=persons,
        branches=branches,
        overdue=late_among(assessment, persons["branch"], [one.file for one in files], committee),
        untimed=unclear,
        findings=_of_branch(found, who, submissions),
        submissions=handed_in,
        reconciliation=reconcile(files, submissions, who, branches),
        headline=headline(committee, branches, handed_in, ahead, law.as_of, unclear),
        prospects=ahead,
        experience=learnt,
        law_numbers=law_numbers(law),
        dossier=dossier(assessment, persons, names, law, committee.reminders),
        doubles=doubles(assessment, who, persons, files),
        composition=composition(persons, names, committee.year),
        months=months(persons, branches["quota"].sum(), committee.year),
    )


def _asked_once(judged: Assessment, who: Roll, given: _Given) -> Assessment:
    """The judged rows with what only the whole committee shows, and without asking again what people have answered."""
    committee, as_of = given.committee, given.law.as_of
    shown = as_answered(with_unshown(judged, who, given.submissions, committee, as_of), who.same)
    return recalled(shown, who.branch, committee, as_of)


def _branches(persons: pd.DataFrame, found: pd.DataFrame, given: _Given) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The frames `branches` and `submissions` of `Book`."""
    committee, as_of = given.committee, given.law.as_of
    branches, gone = tally(persons, committee, as_of), ended(committee, as_of)
    names, past = branches["name"].tolist(), past_of(given.previous, committee, persons, as_of)
    near = suggestions(unplaced_files(given.submissions, committee))
    handed_in = board(given.submissions, names, found, gone, near)
    handed_in = followed_up(handed_in, given.submissions, committee, as_of, past)
    return remarked(branches, handed_in, gone), handed_in


def _not_withdrawn(found: pd.DataFrame, submissions: Sequence[Submission]) -> pd.DataFrame:
    """The findings without those of files that a person took out: of these nothing more is asked."""
    out = [one.opened.file for one in submissions if one.state is State.WITHDRAWN]
    return found[~found["file"].isin(out)].reset_index(drop=True)


def _with_findings(
    persons: pd.DataFrame, assessment: Assessment, files: Sequence[Opened], found: pd.DataFrame
) -> pd.DataFrame:
    """Each person with every sentence about the row, and where the row stands."""
    of_rows, missed = found[found["row"] >= 0], said_of_persons(assessment.missed)
    details = joined([*of_rows["row"], *missed.index], [*of_rows["message"], *missed], " ")
    frame = assessment.stacked.frame.loc[persons.index]
    return persons.assign(
        detail=details.reindex(persons.index, fill_value=""),
        file=[files[number].file for number in frame["file"]],
        sheet=[assessment.stacked.tables[table].sheet for table in frame["table"]],
        extra=[assessment.stacked.extra(int(row)) for row in persons.index],
    )


def _of_branch(found: pd.DataFrame, who: Roll, submissions: Sequence[Submission]) -> pd.DataFrame:
    """Findings with the branch they concern; those of a file as a whole go to the file's branch."""
    by_file = {one.opened.file: one.branch for one in submissions}
    by_row = who.branch.reindex(found["row"]).reset_index(drop=True)
    return found.assign(branch=by_row.where(found["row"] >= 0, found["file"].map(by_file)).fillna(""))
