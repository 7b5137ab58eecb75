"""The conditions of a resolution, of a decision and of recognition: papers still valid, periods fulfilled.

Most are tested on the day the branch resolved. What can only be explained is no longer asked of official members.
"""

import pandas as pd

from validation.papers import redone_columns
from validation.rules.rule import Mask, Rule, filled, rule, stands_in, telling
from validation.triggers import DOSSIER_PAPERS
from validation.vocabulary import DATE_COLUMNS, Level, Schooling, Stage

_TOO_LOW = (Schooling.LITERATE.value, Schooling.PRIMARY.value)


@rule("schooling.low", Level.QUERY, "schooling")
def low_schooling(rows: pd.DataFrame) -> Mask:
    """Below lower secondary school: allowed in some places and for some people, to be explained."""
    awaited = stands_in(rows, Stage.DOSSIER, Stage.AWAITING_CEREMONY)
    return rows["schooling"].isin(_TOO_LOW) & awaited


@rule(
    "certificate.expired",
    Level.ERROR,
    "certificate_on",
    "branch_resolved_on",
    tells=telling("certificate_months", "certificate_ends_on"),
    measured="certificate_months",
)
def expired_certificate(rows: pd.DataFrame) -> Mask:
    """The branch resolved after the certificate had lapsed; its last day still counts."""
    return rows["branch_resolved_on"] > rows["certificate_ends_on"]


@rule(
    "dossier.expired",
    Level.QUERY,
    "branch_resolved_on",
    *DOSSIER_PAPERS,
    tells=telling("dossier_months", "dossier_started_on", "dossier_ends_on"),
    measured="dossier_months",
)
def expired_dossier(rows: pd.DataFrame) -> Mask:
    """The branch resolved after the dossier had lapsed.

    A query: no text says which day a dossier starts. Where every paper to be made anew was, it asks nothing more.
    """
    lapsed = rows["branch_resolved_on"] > rows["dossier_ends_on"]
    return lapsed & ~_made_anew(rows) & _not_yet_official(rows)


@rule(
    "helper.together",
    Level.QUERY,
    "helper_assigned_on",
    "branch_resolved_on",
    tells=telling("together_months", "together_ends_on"),
    measured="together_months",
)
def too_short_together(rows: pd.DataFrame) -> Mask:
    """The introducing member had not yet helped for the months required.

    Does not hold for whom the rulebook exempts, nor for a replacement helper, which no column tells: hence a query.
    """
    too_soon = rows["branch_resolved_on"] < rows["together_ends_on"]
    return too_soon & ~rows["together_exempt"] & _not_yet_official(rows)


@rule("helper.self", Level.ERROR, "helper", "full_name")
def helps_oneself(rows: pd.DataFrame) -> Mask:
    """The helper is another person; the candidate's own name there is a slip of column."""
    return rows["helper"] == rows["full_name"]


@rule("decision.undated", Level.ERROR, "decided_on", "decision_number", "decision_received_on")
def undated_decision(rows: pd.DataFrame) -> Mask:
    """A decision has a number or was received, but its day is missing."""
    known = filled(rows, "decision_number") | filled(rows, "decision_received_on")
    return ~filled(rows, "decided_on") & known & stands_in(rows, Stage.SYMPATHIZER, Stage.AWAITING_CEREMONY)


@rule(
    "probation.early",
    Level.ERROR,
    "recognition_resolved_on",
    "ceremony_on",
    tells=telling("probation_months", "probation_ends_on"),
    measured="probation_months",
)
def early_resolution(rows: pd.DataFrame) -> Mask:
    """The branch resolved on recognition before probation had ended, which it does on the exact day."""
    return rows["recognition_resolved_on"] < rows["probation_ends_on"]


@rule(
    "probation.cut_short",
    Level.ERROR,
    "recognized_on",
    "ceremony_on",
    tells=telling("probation_months", "probation_ends_on"),
    measured="probation_months",
)
def early_recognition(rows: pd.DataFrame) -> Mask:
    """Recognition was decided before probation had ended; an early resolution says it already."""
    return (rows["recognized_on"] < rows["probation_ends_on"]) & ~early_resolution.breaks(rows)


def _made_anew(rows: pd.DataFrame) -> Mask:
    """Whether every paper to be made anew after a dossier lapsed, of those with a day, is of a later day."""
    papers = [column for column in redone_columns() if column in DATE_COLUMNS]
    return rows[papers].gt(rows["dossier_ends_on"], axis="index").all(axis="columns")


def _not_yet_official(rows: pd.DataFrame) -> Mask:
    return stands_in(rows, Stage.SYMPATHIZER, Stage.PROBATIONARY)


RULES: tuple[Rule, ...] = (
    low_schooling,
    expired_certificate,
    expired_dossier,
    too_short_together,
    helps_oneself,
    undated_decision,
    early_resolution,
    early_recognition,
)
