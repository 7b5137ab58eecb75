"""Where a person stands: the furthest step whose day is legible and has come."""

from datetime import date

import pandas as pd

from validation.vocabulary import DATE_COLUMNS, LEFT, Stage, year_of

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


def assign(typed: pd.DataFrame, as_of: date) -> "pd.Series[str]":
    """The `Stage` value of every row, by row id.

    A month or a year alone still says that a step was taken. A day after `as_of` has not come, so it
    moves nobody (it has a finding of its own). A certificate number counts like its day.
    """
    today = pd.Timestamp(as_of)
    stage = pd.Series(Stage.SYMPATHIZER.value, index=typed.index, dtype="str", name="stage")
    stage = stage.mask(typed["certificate_number"].notna(), Stage.CERTIFIED.value)
    for reached, columns in REACHED_BY.items():
        for column in columns:
            stage = stage.mask(_happened(typed, column, today), reached.value)
    return stage


def left(typed: pd.DataFrame) -> "pd.Series[bool]":
    """Whether the register says that the person's way in this branch has ended, by row id."""
    return typed["status"].isin([status.value for status in LEFT]).rename("left")


def lies_ahead(typed: pd.DataFrame, column: str, today: pd.Timestamp) -> "pd.Series[bool]":
    """Whether a day is certainly after today; False where it is blank or its year leaves it open."""
    ahead = (typed[column].to_numpy() > today.to_datetime64()) | (typed[year_of(column)].to_numpy() > today.year)
    return pd.Series(ahead, index=typed.index)


def until(typed: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The register with every day blanked that lies ahead of `as_of`: what has not happened starts and ends nothing."""
    today = pd.Timestamp(as_of)
    past = {}
    for column in DATE_COLUMNS:
        ahead = lies_ahead(typed, column, today)
        if ahead.any():  # few registers hold a day still to come, and then in few columns
            past[column] = typed[column].mask(ahead)
            past[year_of(column)] = typed[year_of(column)].mask(ahead, 0)
    return typed.assign(**past)


def _happened(typed: pd.DataFrame, column: str, today: pd.Timestamp) -> "pd.Series[bool]":
    return (typed[year_of(column)] != 0) & ~lies_ahead(typed, column, today)
