"""Judged registers → what each branch is to put right, by cause: one line for many cells at fault in the same way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import pandas as pd

from validation.vocabulary import Level
from workbook.assess import Assessment
from workbook.frames import lines
from workbook.incoming.versions import Submission
from workbook.layout import BY_NAME, HEADING, Kind
from workbook.located import Context, Rows
from workbook.messages import Sentence, sentence
from workbook.outgoing.areas import address, areas, cell_of
from workbook.phrases import phrase

#: What a branch has to do something about; a note it may leave.
_GRAVE = (Level.ERROR, Level.QUERY)


class Sent(StrEnum):
    """What a branch handed in; the values are phrases, the titles of the letters."""

    REGISTER = "slip.title"
    REPORT = "slip.title_report"
    NEITHER = "slip.title_neither"


@dataclass(frozen=True, slots=True)
class Cause:
    """One kind of fault in one column: what it is, what to do, and where. It names nobody.

    `of_person`: it stands beside persons in the marked copy; what is of a whole sheet is said in the letter alone.
    """

    level: Level
    heading: str
    said: Sentence
    cells: tuple[str, ...]
    count: int
    of_person: bool = True


@dataclass(frozen=True, slots=True)
class ReturnSlip:
    """What is handed back to a branch about one file. `branch` is "" where nobody knows whose it is.

    `error` says why the file could not be read; then there is nothing else. `takes_reasons`: it has a column for them.
    `sent`: what the file is; one that could not be read is taken for a register.
    """

    branch: str
    file: str
    received_at: datetime | None
    persons: int
    errors: int
    queries: int
    causes: tuple[Cause, ...]
    error: Sentence | None = None
    takes_reasons: bool = True
    sent: Sent = Sent.REGISTER


def return_slips(
    assessment: Assessment, found: pd.DataFrame, submissions: Sequence[Submission], starts: Mapping[str, Sequence[int]]
) -> list[ReturnSlip]:
    """A slip for each submission, `found` as `located` made it of the assessment.

    `starts`: file → the row id at which each of its tables begins.
    """
    details = [*assessment.findings["detail"], *({} for _ in range(len(found) - len(assessment.findings)))]
    grave = found.assign(detail=details)
    grave = grave[grave["level"].isin(_GRAVE)]
    by_file = dict(iter(grave.groupby("file")))
    rows = Rows(assessment.typed)
    return [
        _slip(one, by_file.get(one.opened.file, grave.iloc[:0]), starts.get(one.opened.file, ()), rows)
        for one in submissions
    ]


def _slip(one: Submission, found: pd.DataFrame, starts: Sequence[int], rows: Rows) -> ReturnSlip:
    error = one.opened.error
    said = sentence(error.code, {"file": one.opened.file, **error.detail}).for_branch() if error else None
    mine = _rows_of(one, starts)
    told, sent = found[(found["row"] < 0) | found["row"].isin(mine)], _sent(one)
    levels = told["level"].value_counts()
    return ReturnSlip(
        branch=one.branch,
        file=one.opened.file,
        received_at=one.received_at,
        persons=len(mine),
        errors=int(levels.get(Level.ERROR, 0)),
        queries=int(levels.get(Level.QUERY, 0)),
        causes=_causes(told, rows, several=len(one.opened.tables) > 1, printed=sent is not Sent.REGISTER),
        error=said,
        takes_reasons=all("explanation" in table.letters for table in one.opened.tables),
        sent=sent,
    )


def _sent(one: Submission) -> Sent:
    """A file without a register is a printed report where its numbers were judged (`printed.files`), else neither."""
    if one.opened.tables or one.opened.error:
        return Sent.REGISTER
    return Sent.NEITHER if one.opened.others else Sent.REPORT


def _rows_of(one: Submission, starts: Sequence[int]) -> set[int]:
    """The row ids of the branch's persons; all of the file where nobody knows whose they are."""
    tables = zip(starts, one.claim.rows, strict=False)
    return {
        start + at for start, names in tables for at, name in enumerate(names) if not one.branch or name == one.branch
    }


def _causes(found: pd.DataFrame, rows: Rows, *, several: bool, printed: bool) -> tuple[Cause, ...]:
    """The gravest first, then what is most often at fault."""
    alone = found["message"].where(found["row"] < 0, "")
    groups = found.groupby([found["level"], found["code"], found["column"], found["sheet"], alone], sort=False)
    made = [_cause(group, rows, several=several, printed=printed) for _, group in groups]
    return tuple(sorted(made, key=lambda cause: (_GRAVE.index(cause.level), -cause.count)))


def _cause(group: pd.DataFrame, rows: Rows, *, several: bool, printed: bool) -> Cause:
    first = next(lines(group))
    said = Sentence(first.message, first.fix) if first.row < 0 else _said(group, first, rows)
    cells = [address(area) for area in areas(dict.fromkeys(cell_of(cell) for cell in group["cell"] if cell))]
    places = [f"{first.sheet}!{cell}" for cell in cells] if several and first.row >= 0 else cells
    if printed:
        places = [
            phrase("slip.in_report", place=first.sheet, cell=cell) if cell else first.sheet for cell in cells or [""]
        ]
    return Cause(Level(first.level), first.heading, said, tuple(places), len(group), of_person=first.row >= 0)


def _said(group: pd.DataFrame, first: Any, rows: Rows) -> Sentence:
    """What is true of all the cells alike; a name, a place or another free text is never told."""
    told = group["value"].nunique() == 1 and BY_NAME[first.column].kind is not Kind.TEXT
    place = {"column": first.column, "heading": HEADING[first.column], "value": first.value if told else "",
             "reasons": first.reasons}  # fmt: skip
    if told and len(group) == 1:
        return sentence(first.code, Context(rows, int(first.row), place, first.detail))
    return sentence(first.code, {**dict(_common(group["detail"].tolist())), **place})


def _common(details: Sequence[Mapping[str, object]]) -> Iterator[tuple[str, object]]:
    """What all details say alike."""
    for name, value in details[0].items():
        if all(name in other and other[name] == value for other in details[1:]):
            yield name, value
