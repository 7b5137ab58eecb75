"""THE STRAIGHT LINE: raw rows → typed rows → findings → stage → clocks. One branch or ten thousand, the same way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, chain

import numpy as np
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


def merged(parts: Sequence[Assessment]) -> Assessment:
    """What `assess` says of the tables of one or more parts together, from what it said of each part by itself.

    The files are numbered through; all tables of a file are in one part, for within a file lines are compared.
    """
    rows = _starts(len(part.typed) for part in parts)
    tables = _starts(len(part.stacked.tables) for part in parts)

    def on_top(name: str) -> pd.DataFrame:
        """The frames of one name, their row ids numbered through."""
        frames = (getattr(part, name) for part in parts)
        return _on_top([one.assign(row=one["row"] + first) for one, first in zip(frames, rows, strict=False)])

    return Assessment(
        stacked=_stacked([part.stacked for part in parts], rows, tables),
        typed=_on_top([_renumbered(part.typed, first) for part, first in zip(parts, tables, strict=False)]),
        findings=on_top("findings"),
        verdicts=pd.concat([part.verdicts for part in parts], ignore_index=True),
        stages=pd.concat([part.stages for part in parts], ignore_index=True),
        left=pd.concat([part.left for part in parts], ignore_index=True),
        clocks=on_top("clocks"),
        missed=on_top("missed"),
    )


def _starts(lengths: Iterable[int]) -> list[int]:
    return list(accumulate(lengths, initial=0))


def _stacked(parts: Sequence[Stacked], rows: Sequence[int], tables: Sequence[int]) -> Stacked:
    frame = _on_top([_renumbered(part.frame, first) for part, first in zip(parts, tables, strict=False)])
    starts = tuple(first + start for part, first in zip(parts, rows, strict=False) for start in part.starts)
    numbers = np.asarray(frame["table"].to_numpy())
    return Stacked(frame, tuple(chain.from_iterable(part.tables for part in parts)), starts, numbers)


def _renumbered(frame: pd.DataFrame, first: int) -> pd.DataFrame:
    return frame.assign(table=frame["table"] + first)


def _on_top(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The frames on top of each other; empty ones say nothing, not even of what kind their columns are."""
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else frames[0]
