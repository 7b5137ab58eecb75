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
from validation.vocabulary import Level
from validation.workdays import WorkCalendar
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
    """Judged rows. Every frame speaks of the same row ids; `clocks` has its own lines, `row` names the person."""

    stacked: Stacked
    typed: pd.DataFrame
    findings: pd.DataFrame
    verdicts: pd.Series
    stages: pd.Series
    left: pd.Series
    clocks: pd.DataFrame


def assess(tables: Sequence[tuple[int, RawTable]], law: Law) -> Assessment:
    """Carry the persons of many sheets, (file number, table) each, to their verdict. No row is dropped."""
    stacked = stack(tables)
    typed, illegible = normalise(stacked)
    judged = validate(typed, law.rulebook, law.as_of, illegible)
    stage = stages.assign(typed, law.as_of)
    running = clocks(typed, law.rulebook, law.calendar, law.as_of)
    found = fold_absent(stacked, findings.join(illegible, judged, explain(running, stage)))
    return Assessment(
        stacked=stacked,
        typed=typed,
        findings=found,
        verdicts=findings.verdicts(found, typed.index),
        stages=stage,
        left=stages.left(typed),
        clocks=running,
    )


def fold_absent(stacked: Stacked, found: pd.DataFrame) -> pd.DataFrame:
    """One finding for a column the sheet does not have, in place of one on every line of it."""
    table = stacked.frame["table"].reindex(found["row"]).to_numpy()
    lacking = {(position, name) for position, one in enumerate(stacked.tables) for name in _lacks(one, found)}
    cells = zip(table, found["column"], strict=True)
    absent = pd.Series([cell in lacking for cell in cells], index=found.index, dtype=bool)
    folded = found[absent].assign(table=table[absent]).groupby(["table", "column"], sort=True)["row"]
    records = [
        (int(rows.min()), str(place[1]), "column.absent", Level.QUERY, {"count": len(rows)}) for place, rows in folded
    ]
    return findings.join(found[~absent], findings.frame(records))


def _lacks(table: RawTable, found: pd.DataFrame) -> set[str]:
    return set(found["column"]) - set(table.columns)
