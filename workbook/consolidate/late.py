"""Clocks → the sheet of what is late and what comes due, soonest first, with the arithmetic and the clause."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any

import pandas as pd

from validation.awaited import days_awaited
from validation.provisions import PROBATION_ENDS, Nature
from validation.regulation import load
from validation.triggers import DOSSIER_PAPERS
from validation.vocabulary import Level, Stage, Step
from workbook.assess import Assessment
from workbook.committee import Committee
from workbook.frames import held_once, of_each
from workbook.incoming.cells import is_blank
from workbook.incoming.raw import Question, Stacked
from workbook.labels import label
from workbook.layout import HEADING
from workbook.phrases import keys, phrase

COLUMNS = ("name", "step", "counted_from", "started_on", "term", "due_on", "days_late", "tier", "basis",
           "sheet", "cell", "row", "key")  # fmt: skip


def late_among(
    assessment: Assessment, branch: "pd.Series[str]", files: Sequence[str], committee: Committee
) -> pd.DataFrame:
    """`late` of the persons who count, with `branch`, `file` and `watcher`.

    `branch`: row id → branch of each of them, "" unknown; `files`: names by file number.
    """
    counted = assessment.clocks[assessment.clocks["row"].isin(branch.index)]
    made = late(assessment, counted, committee.reminders)
    watchers = {one.name: one.watcher for one in committee.branches}
    whose = branch.loc[made["row"]].reset_index(drop=True)
    numbers = assessment.stacked.frame["file"].to_numpy()[made["row"]]
    return made.assign(
        branch=whose, file=[files[number] for number in numbers], watcher=[watchers.get(one, "") for one in whose]
    )


def untimed(assessment: Assessment) -> frozenset[int]:
    """Row ids of everybody for whom some clock could not be worked out.

    A day that a clock still goes by is wrong, stands under a heading that was not read for certain, or has no column.
    Nothing runs any more for who has left. By the central law: an overlay tightens its terms.
    """
    found, awaited = assessment.findings, _days_awaited()
    wrong = found.loc[found["level"] == Level.ERROR, ["row", "column"]]
    unread = pd.DataFrame(_unread(assessment.stacked), columns=["row", "column"])
    told = pd.concat([wrong, assessment.missed, unread])
    stages = told["row"].map(assessment.stages.mask(assessment.left))
    pairs = zip(told["row"], told["column"], stages, strict=True)
    return frozenset(int(row) for row, column, stage in pairs if column in awaited.get(stage, ()))


@cache
def _days_awaited() -> Mapping[str, frozenset[str]]:
    return {str(stage): columns for stage, columns in days_awaited(load()).items() if stage != Stage.OFFICIAL}


def _unread(stacked: Stacked) -> Iterator[tuple[int, str]]:
    """Row and column of every cell under a heading of which it is asked whether it is that column."""
    for start, table in zip(stacked.starts, stacked.tables, strict=True):
        for one in table.questions:
            values = table.extra.get(str(one.detail.get("heading")), [])
            rows = [start + at for at, value in enumerate(values) if not is_blank(value)]
            yield from product(rows, _meant(one))


def _meant(asked: Question) -> list[str]:
    """The columns that the heading may mean."""
    candidates = str(asked.detail.get("candidates", "")).split(", ")
    return [asked.column, *(name for name, heading in HEADING.items() if heading in candidates)]


def late(assessment: Assessment, clocks: pd.DataFrame, reminders: Sequence[int]) -> pd.DataFrame:
    """Open clocks that are overdue or due within the longest reminder, in `COLUMNS`; `row` is the row id."""
    horizon = max(reminders, default=0)
    shown = clocks[clocks["open"] & (clocks["days_left"] <= horizon)]
    shown = shown.sort_values(["due_on", "row"], kind="stable", ignore_index=True)
    rows, columns = shown["row"].tolist(), of_each(shown[["counted_from"]], _column)
    made = {
        "name": assessment.typed["full_name"].iloc[rows].array,
        "step": of_each(shown[["code", "step"]], _step),
        "counted_from": of_each(shown[["counted_from", "nature", "provisional"]], _counted_from),
        "term": of_each(shown[["unit", "count"]], _term),
        "days_late": (-shown["days_left"]).clip(lower=0).astype("int64"),  # calendar: a reader can subtract the dates
        "tier": held_once(tier(days, reminders) for days in shown["days_left"]),
        "basis": bases(shown),
        "sheet": [assessment.stacked.sheet(row) for row in rows],
        "cell": held_once(assessment.stacked.cell(row, column) for row, column in zip(rows, columns, strict=True)),
    }
    return shown.assign(**made)[list(COLUMNS)]


def tier(days_left: int, reminders: Sequence[int]) -> str:
    """How near the day is, in the committee's own reminders."""
    if days_left < 0:
        return phrase("clock.tier_late")
    return phrase("clock.tier_within", days=min((days for days in reminders if days >= days_left), default=0))


def _step(clock: Any) -> str:
    """What has to be done by the day due: the step, unless the clock is about a paper or about a part of the step."""
    return phrase(f"clock.{clock.code}") if f"clock.{clock.code}" in keys() else label(Step(clock.step))


def _term(clock: Any) -> str:
    return phrase(f"clock.{clock.unit}", count=clock.count)


def _column(clock: Any) -> str:
    """The register column to look at for the day the clock was counted from."""
    return "ceremony_on" if clock.counted_from == PROBATION_ENDS else str(clock.counted_from)


def _counted_from(clock: Any) -> str:
    """The heading the clock was counted from; a day that follows from others says from which."""
    heading = HEADING[_column(clock)]
    if clock.counted_from == PROBATION_ENDS:
        return phrase("clock.probation_end", heading=heading)
    if clock.nature == Nature.VALIDITY and clock.counted_from in DOSSIER_PAPERS:
        return phrase("clock.dossier_start", heading=heading)
    return phrase("clock.provisional", heading=heading) if clock.provisional else heading


def bases(clocks: pd.DataFrame) -> list[str]:
    """The `basis` of each clock."""
    return of_each(clocks[["cite", "source", "extension", "unit", "inherited_in"]], basis)


def basis(clock: Any) -> str:
    """Where the term of a clock is stated and how sure that is, with what may be added to it."""
    said = phrase("clock.basis", cite=clock.cite, source=phrase(f"clock.{clock.source}"))
    if clock.extension:
        said = phrase("clock.extension", basis=said, more=phrase(f"clock.{clock.unit}", count=clock.extension))
    return phrase("clock.inherited", basis=said, newer=clock.inherited_in) if clock.inherited_in else said
