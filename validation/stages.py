"""Where a person stands: the furthest step whose day is legible and has come."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from validation.vocabulary import DATE_COLUMNS, LEFT, Stage, year_of

#: Rows by columns, True for those meant.
Grid = npt.NDArray[np.bool_]

#: The days that carry a person to a stage, in the order of the procedure; any one of them is enough.
REACHED_BY: dict[Stage, tuple[str, ...]] = {
    Stage.CERTIFIED: ("certificate_on",),
    Stage.DOSSIER: (
        "dossier_opened_on",
        "applied_on",
        "vetting_sent_on",
        "vetting_result_on",
        "union_resolved_on",
        "residence_opinion_on",
    ),
    Stage.AWAITING_DECISION: ("branch_resolved_on",),
    Stage.AWAITING_CEREMONY: ("decided_on",),
    Stage.PROBATIONARY: ("ceremony_on",),
    Stage.OFFICIAL: ("recognized_on",),
}

_STAGES = tuple(Stage)
_DAYS = tuple(column for columns in REACHED_BY.values() for column in columns)
#: The place among `_STAGES` that each of `_DAYS` carries to.
_CARRIES_TO = np.array([_STAGES.index(reached) for reached, columns in REACHED_BY.items() for _ in columns])


def assign(typed: pd.DataFrame, as_of: date) -> "pd.Series[str]":
    """The `Stage` value of every row, by row id.

    A month or a year alone still says that a step was taken. A day after `as_of` has not come, so it
    moves nobody (it has a finding of its own). A certificate number counts like its day.
    """
    happened = (years(typed, _DAYS) != 0) & ~ahead(typed, _DAYS, pd.Timestamp(as_of))
    numbered = np.where(typed["certificate_number"].notna(), _STAGES.index(Stage.CERTIFIED), 0)
    furthest = np.where(happened, _CARRIES_TO, 0).max(axis=1, initial=0)
    names = np.array([stage.value for stage in _STAGES], dtype=np.object_)
    return pd.Series(names[np.maximum(furthest, numbered)], index=typed.index, dtype="str", name="stage")


def left(typed: pd.DataFrame) -> "pd.Series[bool]":
    """Whether the register says that the person's way in this branch has ended, by row id."""
    return typed["status"].isin([status.value for status in LEFT]).rename("left")


def ahead(typed: pd.DataFrame, columns: Sequence[str], today: pd.Timestamp) -> Grid:
    """Which days are certainly after today, rows by `columns`; False where it is blank or its year leaves it open."""
    days = typed[list(columns)].to_numpy("datetime64[us]")
    return np.asarray((days > today.to_datetime64()) | (years(typed, columns) > today.year))


def years(typed: pd.DataFrame, columns: Sequence[str]) -> npt.NDArray[np.int16]:
    """The year legible in each date cell, rows by `columns`; 0 where none is."""
    return typed[[year_of(column) for column in columns]].to_numpy("int16")


def until(typed: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The register with every day blanked that lies ahead of `as_of`: what has not happened starts and ends nothing."""
    to_come = ahead(typed, DATE_COLUMNS, pd.Timestamp(as_of))
    past = {}
    for place in np.flatnonzero(to_come.any(axis=0)):  # few registers hold a day still to come, and in few columns
        column = DATE_COLUMNS[place]
        past[column] = typed[column].mask(to_come[:, place])
        past[year_of(column)] = typed[year_of(column)].mask(to_come[:, place], 0)
    return typed.assign(**past)
