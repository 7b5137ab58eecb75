"""The persons a committee counts: each row with its branch, and the rows set aside with the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import pandas as pd

from validation import forecast
from validation.deadlines import next_due, overdue
from validation.vocabulary import CODE_COLUMNS, DATE_COLUMNS, TargetGroup, year_of
from workbook import codes
from workbook.assess import Assessment, Law
from workbook.committee import Committee, Decision
from workbook.consolidate.counted_before import counted_before
from workbook.consolidate.credit import admissions, furthest
from workbook.consolidate.histories import as_moved, credited_to
from workbook.consolidate.traits import traits
from workbook.frames import as_objects, made_once
from workbook.incoming.previous import Previous
from workbook.incoming.raw import Stacked
from workbook.incoming.versions import Submission
from workbook.layout import HEADING, REGISTER
from workbook.matching import DoubleKind, Persons, persons
from workbook.states import State


class Aside(StrEnum):
    """Why a person row of a counted file is not counted."""

    DOUBLE = "double"  # the same person stands twice in one branch's file
    DOUBLE_ACROSS = "double_across"  # two branches count the same person
    MOVED = "moved"  # the person moved to another branch, whose line counts
    OTHER_BRANCH = "other_branch"  # the row's branch has a newer file, or none is known


_ACROSS = {DoubleKind.TWICE: Aside.DOUBLE_ACROSS, DoubleKind.MOVED: Aside.MOVED}


@dataclass(frozen=True, slots=True)
class Roll:
    """Row ids of the persons counted with their branch, those set aside with the reason, and who is the same person."""

    branch: pd.Series
    counted: pd.Series
    aside: pd.Series
    same: Persons


def roll(
    assessment: Assessment,
    submissions: Sequence[Submission],
    numbers: dict[str, int],
    committee: Committee,
    as_of: date,
    previous: Previous | None = None,
) -> Roll:
    """Say for every judged row whether it counts. `numbers`: file → its number in the stacked frame.

    Of the lines of one person one counts (`workbook/matching`); the others are set aside. The committee book's
    decisions outrank what the lines themselves say; which of two the `previous` book counted outranks only the order of
    files.
    """
    counting = [(numbers[one.opened.file], one) for one in submissions if one.state is State.COUNTED]
    branch, own = _whose(assessment.stacked.frame["file"], counting)
    received = {number: one.received_at for number, one in counting}
    lines = as_moved(assessment.typed, branch, committee, as_of)[own]
    lines = lines.assign(branch=branch[own], stage=assessment.stages)
    lines["counted_before"] = counted_before(lines, previous, committee, as_of)
    same = _persons(assessment.stacked, lines, received, committee.decisions)
    aside = _set_aside(branch, own, same)
    return Roll(branch, aside == "", aside, same)


def _whose(files: "pd.Series[int]", counting: Sequence[tuple[int, Submission]]) -> tuple[pd.Series, pd.Series]:
    """Row id → the branch that its file speaks for on that line; and whether that file counts for that branch.

    `files`: row id → file number; `counting`: number and submission of the files that count for some branch.
    """
    claims = {number: one.claim for number, one in counting}
    names = [name for number in sorted(claims) for table in claims[number].rows for name in table]
    winners = {(one.branch, number) for number, one in counting}
    own = [pair in winners for pair in zip(names, files, strict=True)]
    return pd.Series(names, index=files.index), pd.Series(own, index=files.index, dtype=bool)


def _persons(
    stacked: Stacked, lines: pd.DataFrame, received: Mapping[int, datetime | None], decisions: Sequence[Decision]
) -> Persons:
    """Who is who among `lines`, typed rows with what `matching.persons` wants but the time each file came."""
    times = pd.to_datetime(pd.Series(received, dtype=object), utc=True).dt.tz_localize(None)
    lines = lines.assign(received_at=times.reindex(lines["file"]).to_numpy())
    return persons(lines, _repeated_lines(stacked, lines), decisions)


def _set_aside(branch: pd.Series, own: pd.Series, same: Persons) -> pd.Series:
    """Row id → why it is not counted, "" for those counted."""
    spare = same.stands_for[same.stands_for != same.stands_for.index]
    at_home = branch[spare.index] == spare.map(branch)
    doubled = spare.map(same.kinds).map(_ACROSS).mask(at_home, Aside.DOUBLE).astype(object)
    return doubled.reindex(branch.index).mask(~own, Aside.OTHER_BRANCH).fillna("")


def _repeated_lines(stacked: Stacked, lines: pd.DataFrame) -> pd.DataFrame:
    """Pairs `one`, `other` of lines that say the same word for word, of people whose day of birth is known."""
    alike = lines[lines["birth_on"].notna() & lines.duplicated(["file", "name_key", "birth_on"], keep=False)]
    named = alike.dropna(subset="name_key")
    typed_in = stacked.frame.loc[
        named.index, ["file", "group", "unit", *(name for name in HEADING if name != "number")]
    ]
    said = typed_in.astype(str).assign(extra=[stacked.extra(int(row)) for row in named.index])
    rows = said.index.to_series()
    first = rows.groupby([said[column] for column in said], sort=False).transform("first")
    return pd.DataFrame({"one": first, "other": rows})[first != rows].reset_index(drop=True)


def people(assessment: Assessment, who: Roll, committee: Committee, law: Law) -> pd.DataFrame:
    """The frame `people` of `Book`, without findings; index = row ids of the persons counted.

    `credited_to` is the branch whose quota an admission meets (`credit`), for most the person's own.
    """
    typed, raw = assessment.typed, assessment.stacked.frame
    admitted = _admitted(typed, who, committee, law.as_of)
    on_schedule = forecast.on_schedule(
        typed, law.rulebook, law.calendar, law.as_of, committee.forecast_day, committee.counted_by
    )
    late = overdue(assessment.clocks).groupby("row").size()
    made = pd.DataFrame(
        {
            "branch": who.branch,
            **shown(typed, raw),
            "stage": furthest(assessment.stages, who.same).where(~assessment.left, ""),
            "status_code": typed["status"].fillna(""),
            "next_due_on": next_due(assessment.clocks).reindex(typed.index),
            "verdict": assessment.verdicts,
            "row": raw["row"],
            **admitted,
            **traits(typed, admitted["admitted_on"]),
            "certified_in": typed[year_of("certificate_on")],
            "overdue": late.reindex(typed.index, fill_value=0),
            "expected": (admitted["admitted_in"] == committee.year) | on_schedule,
        }
    )
    return made[who.counted]


def _admitted(typed: pd.DataFrame, who: Roll, committee: Committee, as_of: date) -> pd.DataFrame:
    """What `credit.admissions` tells, each admission credited to a branch that stood on its day (`histories`)."""
    moved = as_moved(typed, who.branch, committee, as_of)
    made = admissions(moved, who.branch, who.same, committee, as_of)
    return made.assign(credited_to=credited_to(made, who.branch, who.same, committee, as_of))


def shown(typed: pd.DataFrame, raw: pd.DataFrame) -> dict[str, pd.Series]:
    """The register columns of some lines as the book shows them."""
    return {column.name: _shown(column.name, typed, raw) for column in REGISTER}


def _shown(name: str, typed: pd.DataFrame, raw: pd.DataFrame) -> pd.Series:
    """A register column as a person would want to see it again: what is legible typed, the rest as it came."""
    if name in DATE_COLUMNS:
        days = typed[name]
        illegible = raw.loc[days.isna() & (raw[name] != ""), name].map(_as_typed)
        return as_objects(days).where(days.notna(), illegible.reindex(days.index, fill_value=""))
    if name in CODE_COLUMNS:
        labels = codes.label_by_code(CODE_COLUMNS[name])
        return made_once(typed[name], lambda code: labels.get(code, code))
    if name == "target_groups":
        labels = codes.label_by_code(TargetGroup)
        return made_once(typed[name], lambda text: "; ".join(labels.get(p, p) for p in text.split(";")))
    return typed[name]


def _as_typed(value: object) -> object:
    return value.strip() if isinstance(value, str) else str(value)
