"""THE STRAIGHT LINE: raw rows → typed rows → findings → stage → clocks. One branch or ten thousand, the same way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from validation import findings, stages
from validation.deadlines import clocks
from validation.lateness import explain
from validation.regulation import Rulebook
from validation.schemas import validate
from validation.workdays import WorkCalendar
from workbook.absent import fold_absent
from workbook.incoming.normalise import normalise
from workbook.incoming.raw import RawTable, Stacked, stack


@dataclass(frozen=True, slots=True)
class Law:
    """What rows are judged by: the dated rules, the calendar, and the day of judgement."""

    rulebook: Rulebook
    calendar: WorkCalendar
    as_of: date


@dataclass(frozen=True, slots=True)
class Assessment:
    """Judged rows. Every frame speaks of the same row ids; `clocks` has its own lines, `row` names the person.

    `missed`: `row` and `column` of everybody who needs a column that the sheet lacks.
    """

    stacked: Stacked
    typed: pd.DataFrame
    findings: pd.DataFrame
    verdicts: pd.Series
    stages: pd.Series
    left: pd.Series
    clocks: pd.DataFrame
    missed: pd.DataFrame


def assess(tables: Sequence[tuple[int, RawTable]], law: Law) -> Assessment:
    """Carry the persons of many sheets, (file number, table) each, to their verdict. No row is dropped."""
    stacked = stack(tables)
    typed, illegible = normalise(stacked)
    judged = validate(typed, law.rulebook, law.as_of, illegible)
    stage = stages.assign(typed, law.as_of)
    running = clocks(typed, law.rulebook, law.calendar, law.as_of)
    told = findings.join(illegible, judged, explain(running, stage, findings.join(illegible, judged)))
    present, timed, missed = fold_absent(stacked, told, running)
    found = findings.explained(present, present["row"].map(typed["explanation"]))
    return Assessment(
        stacked=stacked,
        typed=typed,
        findings=found,
        verdicts=findings.verdicts(found, typed.index, unjudged=missed["row"]),
        stages=stage,
        left=stages.left(typed),
        clocks=timed,
        missed=missed,
    )
