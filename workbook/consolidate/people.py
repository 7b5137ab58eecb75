"""The persons a committee counts: each row with its branch, and the rows set aside with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd

from validation import forecast
from validation.deadlines import next_due
from validation.vocabulary import CODE_COLUMNS, DATE_COLUMNS, Stage, TargetGroup, year_of
from workbook import codes
from workbook.assess import Assessment, Law
from workbook.committee import Committee
from workbook.incoming.raw import Stacked
from workbook.incoming.versions import State, Submission
from workbook.layout import HEADING, REGISTER

#: The shortest identity number there is (the card before 2016); anything shorter identifies nobody.
_SHORTEST_ID = 9


class Aside(StrEnum):
    """Why a person row of a counted file is not counted."""

    DOUBLE = "double"  # the same person stands twice in one file
    OTHER_BRANCH = "other_branch"  # the row's branch has a newer file, or none is known


@dataclass(frozen=True, slots=True)
class Roll:
    """Row ids of the persons counted with their branch, and of those set aside with the reason."""

    branch: pd.Series
    counted: pd.Series
    aside: pd.Series


def roll(assessment: Assessment, submissions: Sequence[Submission], numbers: dict[str, int]) -> Roll:
    """Say for every judged row whether it counts. `numbers`: file → its number in the stacked frame."""
    frame = assessment.stacked.frame
    claims = {numbers[one.opened.file]: one.claim for one in submissions if one.state is State.COUNTED}
    branch = pd.Series(
        [name for number in sorted(claims) for table in claims[number].rows for name in table], index=frame.index
    )
    winners = {(one.branch, numbers[one.opened.file]) for one in submissions if one.state is State.COUNTED}
    own = pd.Series([pair in winners for pair in zip(branch, frame["file"], strict=True)], index=frame.index)
    aside = pd.Series("", index=frame.index, dtype=object)
    aside[_doubles(assessment)] = Aside.DOUBLE
    aside[~own] = Aside.OTHER_BRANCH
    return Roll(branch, aside == "", aside)


def _doubles(assessment: Assessment) -> pd.Series:
    """Later mentions of a person within one file: same id and name, or the same line again but for its number.

    The mention furthest on is kept. Likeness short of that is only a finding: namesakes exist.
    """
    typed = assessment.typed
    furthest_first = assessment.stages.map(list(Stage).index).sort_values(ascending=False, kind="stable").index
    mentions = typed.loc[furthest_first].dropna(subset="name_key")
    numbered = mentions[mentions["citizen_id"].str.len() >= _SHORTEST_ID]
    same_person = numbered[numbered.duplicated(["file", "citizen_id", "name_key"])].index
    return typed.index.to_series().isin([*same_person, *_repeated_lines(assessment.stacked, mentions)])


def _repeated_lines(stacked: Stacked, mentions: pd.DataFrame) -> list[int]:
    """Rows that say word for word what an earlier one of `mentions` says, of people whose day of birth is known."""
    alike = mentions[mentions["birth_on"].notna() & mentions.duplicated(["file", "name_key", "birth_on"], keep=False)]
    typed_in = stacked.frame.loc[
        alike.index, ["file", "group", "unit", *(name for name in HEADING if name != "number")]
    ]
    lines = typed_in.astype(str).assign(extra=[stacked.extra(int(row)) for row in alike.index])
    return [int(row) for row in lines.index[lines.duplicated()]]


def people(assessment: Assessment, who: Roll, committee: Committee, law: Law) -> pd.DataFrame:
    """The frame `people` of `Book`, without findings; index = row ids of the persons counted."""
    typed, raw = assessment.typed, assessment.stacked.frame
    shown = {column.name: _shown(column.name, typed, raw) for column in REGISTER}
    until = date(committee.year, 12, 31)
    admitted = admitted_in(typed, committee, law.as_of)
    on_schedule = forecast.on_schedule(typed, law.rulebook, law.calendar, law.as_of, until, committee.counted_by)
    overdue = assessment.clocks.query("open and days_late > 0").groupby("row").size()
    made = pd.DataFrame(
        {
            "branch": who.branch,
            **shown,
            "stage": assessment.stages.where(~assessment.left, ""),
            "status_code": typed["status"].fillna(""),
            "next_due_on": next_due(assessment.clocks).reindex(typed.index),
            "verdict": assessment.verdicts,
            "row": raw["row"],
            "admitted_in": admitted,
            "in_term": in_term(typed, committee, law.as_of),
            "certified_in": typed[year_of("certificate_on")],
            "overdue": overdue.reindex(typed.index, fill_value=0),
            "expected": (admitted == committee.year) | on_schedule,
        }
    )
    return made[who.counted]


def _shown(name: str, typed: pd.DataFrame, raw: pd.DataFrame) -> pd.Series:
    """A register column as a person would want to see it again: what is legible typed, the rest as it came."""
    if name in DATE_COLUMNS:
        return typed[name].astype(object).where(typed[name].notna(), raw[name].map(_as_typed))
    if name in CODE_COLUMNS:
        labels = {str(member): codes.label(member) for member in CODE_COLUMNS[name]}
        return typed[name].map(lambda code: labels.get(code, code), na_action="ignore")
    if name == "target_groups":
        labels = {str(member): codes.label(member) for member in TargetGroup}
        return typed[name].map(lambda text: "; ".join(labels.get(p, p) for p in text.split(";")), na_action="ignore")
    return typed[name]


def _as_typed(value: object) -> object:
    return value.strip() if isinstance(value, str) else str(value)


def _event_day(typed: pd.DataFrame, committee: Committee) -> tuple[pd.Series, pd.Series]:
    column = committee.counted_by.value
    return typed[column], typed[year_of(column)]


def admitted_in(typed: pd.DataFrame, committee: Committee, as_of: date) -> pd.Series:
    """The year each admission counts for, 0 where there is none up to the day told of.

    A date of which only the year is legible counts for that year: a row with errors still counts.
    """
    day, year = _event_day(typed, committee)
    cut = pd.Timestamp(as_of)
    happened = (day <= cut) | (day.isna() & (year > 0) & (year <= cut.year))
    return year.where(happened, 0).astype(np.int64)


def in_term(typed: pd.DataFrame, committee: Committee, as_of: date) -> pd.Series:
    """Whether the admission falls in the committee's term, up to the day told of."""
    if committee.term_from is None:
        return pd.Series(False, index=typed.index)
    day, year = _event_day(typed, committee)
    until = pd.Timestamp(min(as_of, committee.term_to or as_of))
    since = pd.Timestamp(committee.term_from)
    by_year = day.isna() & (year > since.year) & (year <= until.year)
    return ((day >= since) & (day <= until)) | by_year
