"""How the papers of each person's next step stand: there, missing, about to lapse, to be made anew, or not told.

A register holds the days of some papers only. What it does not hold is never said to be there, and a cell that
cannot be read is neither there nor missing.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import pandas as pd

from validation import stages
from validation.forecast_law import limits
from validation.papers import Paper, papers
from validation.rulebook import Rulebook
from validation.triggers import probation_ends
from validation.vocabulary import Stage, Step, year_of


class PaperState(StrEnum):
    """How a paper stands, the most urgent first."""

    REDO = "redo"
    LAPSING = "lapsing"
    MISSING = "missing"
    UNCLEAR = "unclear"  # the register says something, but not whether the paper is there and good
    UNRECORDED = "unrecorded"  # the register does not say anything
    THERE = "there"


class Cell(StrEnum):
    """What a person's sheet has for a column."""

    ABSENT = "absent"  # the sheet has no such column
    BLANK = "blank"
    WRITTEN = "written"


#: Columns of the frame of `next_papers` and their types. `row`: row id of the typed frame. `step`: the person's next
#: step. `paper`: key. `lapses_on`: the last day the paper is good, NaT where it never lapses or nobody can tell.
#: `due_on`: the soonest day on which an open clock awaits the paper or the step, or `outgrown_on`; `due_by`: the key of
#: that clock's deadline, or `OUTGROWN`; "" for none. `not_before`: the first day on which
#: the paper may be written, NaT where it may be written now. `outgrown_on`: the last day the person is young enough
#: for the branch to resolve, where it comes before every paper lapses and is near or has a term beside it; else NaT.
COLUMNS = {
    "row": "int64",
    "step": "str",
    "paper": "str",
    "state": "str",
    "lapses_on": "datetime64[us]",
    "due_on": "datetime64[us]",
    "due_by": "str",
    "not_before": "datetime64[us]",
    "outgrown_on": "datetime64[us]",
}

#: What a day is due by that only the age allowed sets.
OUTGROWN = "too_old_on"

#: The step that lies ahead at each stage; official members have none whose papers a register follows.
NEXT_STEP = {
    Stage.SYMPATHIZER: Step.CERTIFY_COURSE,
    Stage.CERTIFIED: Step.OPEN_DOSSIER,
    Stage.DOSSIER: Step.RESOLVE_BRANCH,
    Stage.AWAITING_DECISION: Step.DECIDE_ADMISSION,
    Stage.AWAITING_CEREMONY: Step.HOLD_CEREMONY,
    Stage.PROBATIONARY: Step.RESOLVE_RECOGNITION,
}

_CERTIFICATE = "certificate"
_BEFORE_RESOLUTION = (Stage.SYMPATHIZER.value, Stage.CERTIFIED.value, Stage.DOSSIER.value)

_UNPROVEN = {Cell.ABSENT: PaperState.UNRECORDED, Cell.BLANK: PaperState.MISSING, Cell.WRITTEN: PaperState.UNCLEAR}


@dataclass(frozen=True, slots=True)
class Standpoint:
    """By which rules and on which day papers are looked at; within how many calendar days a lapse is near."""

    rulebook: Rulebook
    as_of: date
    within: int

    @property
    def today(self) -> pd.Timestamp:
        """The day as pandas has it."""
        return pd.Timestamp(self.as_of)

    def near(self, days: "pd.Series[pd.Timestamp]") -> "pd.Series[bool]":
        """Whether each day is today or comes soon."""
        return days.between(self.today, self.today + timedelta(days=self.within))


@dataclass(frozen=True, slots=True)
class _Known:
    """What states are judged by; `running`: open clocks, the soonest due first; `law`: `forecast_law.limits`."""

    cells: pd.DataFrame
    running: pd.DataFrame
    law: pd.DataFrame
    at: Standpoint

    def lapses_on(self, key: str, rows: pd.Index) -> "pd.Series[pd.Timestamp]":
        """The soonest day due among each person's open clocks of a deadline; NaT for none."""
        return self._soonest(self.running["key"] == key, rows)["due_on"]

    def awaited(self, steps: tuple[Step, Step], rows: pd.Index) -> pd.DataFrame:
        """`due_on` and `key` of the soonest of each person's open clocks that await one of the steps."""
        return self._soonest(self.running["step"].isin(steps), rows)

    def _soonest(self, chosen: "pd.Series[bool]", rows: pd.Index) -> pd.DataFrame:
        clocks = self.running[["row", "due_on", "key"]][chosen]
        return clocks.drop_duplicates("row").set_index("row").reindex(rows)

    def outgrown_on(self, due_on: "pd.Series[pd.Timestamp]") -> "pd.Series[pd.Timestamp]":
        """The last day of the age allowed, as `COLUMNS` has it; `due_on`: the term beside it."""
        law = self.law.loc[due_on.index]
        last = law["resolve_by"].where(law["ends_first"] == OUTGROWN)
        return last.where((last < due_on) | self.at.near(last))


def next_papers(
    typed: pd.DataFrame, stage: "pd.Series[str]", clocks: pd.DataFrame, cells: pd.DataFrame, at: Standpoint
) -> pd.DataFrame:
    """The papers of everybody's next step, as `COLUMNS`; by row, then procedure.

    `stage`: "" for those who left; who left or is an official member has no line. `cells`: a `Cell` per row id and
    register column that `papers()` names.
    """
    past = stages.until(typed, at.as_of)
    ahead = next_step(past, stage)
    law = limits(past, at, stage.isin(_BEFORE_RESOLUTION))
    known = _Known(cells, clocks[clocks["open"]].sort_values("due_on", kind="stable"), law, at)
    parts = [_lines(paper, step, past[ahead == step], known) for paper in papers() for step in paper.asked_at]
    return pd.concat(parts).astype(COLUMNS).sort_values("row", kind="stable", ignore_index=True)


def next_step(typed: pd.DataFrame, stage: "pd.Series[str]") -> "pd.Series[str]":
    """The `Step` value that lies ahead of each person, by row id; "" for those who left and for official members."""
    step = stage.map({str(at): str(then) for at, then in NEXT_STEP.items()}).fillna("")
    resolved = (step == Step.RESOLVE_RECOGNITION) & (typed[year_of("recognition_resolved_on")] != 0)
    return step.mask(resolved, Step.DECIDE_RECOGNITION.value)


def steps_told(stand: pd.DataFrame) -> "pd.Series[str]":
    """The step each line of `next_papers` is about: earning a certificate comes before what it is needed for."""
    unearned = (stand["paper"] == _CERTIFICATE) & stand["state"].isin([PaperState.REDO, PaperState.MISSING])
    return stand["step"].mask(unearned, Step.CERTIFY_COURSE.value)


def _lines(paper: Paper, step: Step, rows: pd.DataFrame, known: _Known) -> pd.DataFrame:
    day = rows[paper.column] if paper.column else pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us]")
    lapses_on = known.lapses_on(paper.lapses, rows.index)
    anew = day > lapses_on  # the texts do not say how long a paper made anew is good for
    state = _state(paper, rows, known)
    if paper.lapses:
        state = state.mask(~anew, _aged(state, day, lapses_on, known))
    awaited = known.awaited((paper.step, step), rows.index)
    outgrown_on = known.outgrown_on(awaited["due_on"])
    not_before = _not_before(paper, rows, known.at)
    return pd.DataFrame(
        {
            "row": rows.index,
            "step": step.value,
            "paper": paper.key,
            "state": state,
            "lapses_on": lapses_on.mask(anew | (state == PaperState.MISSING)),
            "due_on": outgrown_on.fillna(awaited["due_on"]),
            "due_by": awaited["key"].fillna("").mask(outgrown_on.notna(), OUTGROWN),
            "not_before": not_before,
            "outgrown_on": outgrown_on,
        }
    )


def _not_before(paper: Paper, rows: pd.DataFrame, at: Standpoint) -> "pd.Series[pd.Timestamp]":
    if not paper.after_probation:
        return pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us]")
    over_on = probation_ends(rows["ceremony_on"], at.rulebook)
    return over_on.where(over_on > at.today)


def _state(paper: Paper, rows: pd.DataFrame, known: _Known) -> "pd.Series[str]":
    """What the register shows of a paper, its age aside."""
    if paper.column is None:
        return pd.Series(PaperState.UNRECORDED.value, index=rows.index, dtype="str")
    shown = rows[year_of(paper.column)] != 0
    if paper.number_column:
        shown |= rows[paper.number_column].notna()
    unproven: pd.Series[str] = known.cells.loc[rows.index, paper.column].map(_UNPROVEN).astype("str")
    return unproven.mask(shown, PaperState.THERE.value)


def _aged(
    state: "pd.Series[str]",
    day: "pd.Series[pd.Timestamp]",
    lapses_on: "pd.Series[pd.Timestamp]",
    known: _Known,
) -> "pd.Series[str]":
    """The state of papers that lapse and have not been made anew since; the last day is still good.

    A paper that lapses before the branch may lawfully resolve is of no more use than one that has lapsed. Of a paper
    without its full day nobody can tell whether it is the old one or the one made anew.
    """
    there, over = state == PaperState.THERE, lapses_on < known.law.loc[lapses_on.index, "from_on"]
    soon = there & known.at.near(lapses_on)
    doubtful = there & (lapses_on.isna() | (over & day.isna()))
    lapsed = over & (there | (state == PaperState.UNRECORDED))
    aged = state.mask(soon, PaperState.LAPSING.value).mask(lapsed, PaperState.REDO.value)
    return aged.mask(doubtful, PaperState.UNCLEAR.value)
