"""What the register says of people who left, beside the dates of the procedure."""

import pandas as pd

from validation.rules.rule import Mask, Rule, filled, rule
from validation.vocabulary import DATE_COLUMNS, Level, Status

_NEVER_ADMITTED = (Status.REMOVED.value, Status.REFUSED.value)
_EVENTS = tuple(name for name in DATE_COLUMNS if name not in ("birth_on", "status_changed_on"))


@rule("status.unclear", Level.QUERY, "status", "status_changed_on", "moved_to")
def unclear(rows: pd.DataFrame) -> Mask:
    """A day of change or a destination is told, but not what changed; the person still counts as followed."""
    return rows["status"].isna() & (filled(rows, "status_changed_on") | filled(rows, "moved_to"))


@rule("status.date", Level.QUERY, "status_changed_on", "status")
def undated(rows: pd.DataFrame) -> Mask:
    """The person left, but on what day?"""
    return rows["left"] & ~filled(rows, "status_changed_on")


@rule("status.destination", Level.QUERY, "moved_to", "status")
def no_destination(rows: pd.DataFrame) -> Mask:
    """The person moved, but where to?"""
    return (rows["status"] == Status.MOVED_OUT.value) & rows["moved_to"].isna()


@rule("status.contradiction", Level.ERROR, "status", "ceremony_on", "decided_on")
def contradiction(rows: pd.DataFrame) -> Mask:
    """Struck from the list or refused, yet there is a decision or a ceremony."""
    admitted = filled(rows, "decided_on") | filled(rows, "ceremony_on")
    return rows["status"].isin(_NEVER_ADMITTED) & admitted


@rule("status.struck_without_ceremony", Level.ERROR, "status", "ceremony_on")
def struck_without_ceremony(rows: pd.DataFrame) -> Mask:
    """Only a member, since a ceremony, can be struck off."""
    return (rows["status"] == Status.STRUCK_OFF.value) & ~filled(rows, "ceremony_on")


def _latest(rows: pd.DataFrame) -> pd.Series:
    return rows[list(_EVENTS)].max(axis=1)


def _tell_latest(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"latest_on": _latest(rows)})


@rule("status.overtaken", Level.QUERY, "status_changed_on", "status", tells=_tell_latest)
def overtaken(rows: pd.DataFrame) -> Mask:
    """Something happened here after the day the person left."""
    return rows["left"] & (_latest(rows) > rows["status_changed_on"])


RULES: tuple[Rule, ...] = (
    unclear,
    undated,
    no_destination,
    contradiction,
    struck_without_ceremony,
    overtaken,
)
