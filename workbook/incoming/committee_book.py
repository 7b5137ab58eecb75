"""The committee book → the committee, and what is doubtful in its book; only a book that no run can use is refused."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from workbook.committee import Committee
from workbook.committee_layout import BRANCHES, DECISIONS, HOLIDAYS, SETTINGS, Sheet
from workbook.incoming.committee_branches import branches
from workbook.incoming.committee_decisions import decisions
from workbook.incoming.committee_lines import Line, headings_of, read_lines, sheet_of
from workbook.incoming.committee_settings import settings
from workbook.incoming.grid import Grid
from workbook.incoming.raw import Question
from workbook.incoming.read import read

#: A question with the sheet it is about.
Asked = tuple[str, Question]

_WORKED = "worked"


def read_committee(path: Path) -> tuple[Committee, tuple[Asked, ...]]:
    """Read a committee book. Raises UnreadableWorkbook: BadCommitteeBook where it lacks its year or any branch."""
    return parse(read(path).grids)


def parse(grids: Sequence[Grid]) -> tuple[Committee, tuple[Asked, ...]]:
    """The committee of these sheets and the questions they raise; raises BadCommitteeBook.

    A faulty cell that a run can do without counts as blank.
    """
    known, of_settings = settings(grids)
    listed, of_branches = branches(grids)
    workdays, of_days = _workdays(grids)
    lines, of_lines = _complete(grids, DECISIONS, ("kind", "subject"))
    committee = Committee(**known, branches=tuple(listed), workdays=workdays)
    made, of_decisions = decisions(lines, committee)
    asked = (
        (SETTINGS, of_settings),
        (BRANCHES, of_branches),
        (HOLIDAYS, of_days),
        (DECISIONS, [*of_lines, *of_decisions]),
    )
    told = tuple((sheet.name, question) for sheet, questions in asked for question in questions)
    return replace(committee, decisions=made), told


def _workdays(grids: Sequence[Grid]) -> tuple[dict[date, bool], list[Question]]:
    """The committee's own calendar; days written down both ways are left out."""
    lines, questions = _complete(grids, HOLIDAYS, ("day", "kind"))
    said: dict[date, list[Line]] = {}
    for line in lines:
        said.setdefault(line.values["day"], []).append(line)
    both = {day: same for day, same in said.items() if len({line.values["kind"] for line in same}) > 1}
    for day, (first, *others) in both.items():
        questions += [
            line.ask("committee.day_twice", HOLIDAYS.field("day"), value=day, other=first.cells["day"])
            for line in others
        ]
    return {day: same[0].values["kind"] == _WORKED for day, same in said.items() if day not in both}, questions


def _complete(grids: Sequence[Grid], layout: Sheet, needed: Sequence[str]) -> tuple[list[Line], list[Question]]:
    """The lines of a sheet that a book may lack in which every needed field says something."""
    grid = sheet_of(grids, layout.name)
    if grid is None or not grid.rows:
        return [], []
    read = read_lines(grid, layout, needed)
    if read is None:
        return [], [Question("committee.columns_missing", detail={"headings": headings_of(layout)})]
    lines, questions = read
    questions += [question for line in lines for question in _gaps(line, layout, needed)]
    return [line for line in lines if all(line.values[name] is not None for name in needed)], questions


def _gaps(line: Line, layout: Sheet, needed: Sequence[str]) -> Iterator[Question]:
    fields = map(layout.field, needed)
    return (line.ask("committee.line_incomplete", field) for field in fields if line.lacks(field))
