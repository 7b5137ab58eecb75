"""What a register says against a resolution of the branch: whoever rests on one of these is not surely admitted.

The same checks as the findings of the row, so that a sheet never promises what another one calls a fault. The months
together are not among them: no column tells since when the introducer and the person have been together.
"""

from enum import StrEnum

import pandas as pd

from validation.forecast_law import View
from validation.papers import redone_columns
from validation.rules import facts, person, procedure, votes
from validation.rules.rule import filled
from validation.vocabulary import DATE_COLUMNS


class Doubt(StrEnum):
    """Why a resolution that stands in the register does not carry an admission surely."""

    VOTES = "doubt_votes"  # fewer than the share needed, or numbers that cannot be
    UNDER_AGE = "doubt_under_age"
    OVER_AGE = "doubt_over_age"  # a higher body must have agreed
    CERTIFICATE = "doubt_certificate"  # lapsed before that day
    DOSSIER = "doubt_dossier"  # the same, as far as the register dates it


#: What a clerk may have explained; the others are errors, which no reason makes good.
_EXPLAINED = [Doubt.OVER_AGE.value, Doubt.DOSSIER.value]


def doubts(past: pd.DataFrame, view: View) -> pd.DataFrame:
    """Whether each `Doubt` holds of each person, one boolean column each, by row id; `past`: no day still to come."""
    rows = facts.gather(past, view.rulebook, view.as_of)
    told = pd.DataFrame(
        {
            Doubt.VOTES.value: votes.impossible.breaks(rows)
            | votes.more_than_summoned.breaks(rows)
            | votes.too_few.breaks(rows),
            Doubt.UNDER_AGE.value: person.under_age.breaks(rows),
            Doubt.OVER_AGE.value: person.over_age.breaks(rows),
            Doubt.CERTIFICATE.value: procedure.expired_certificate.breaks(rows),
            Doubt.DOSSIER.value: procedure.expired_dossier.breaks(rows) & ~_made_anew(rows),
        },
        index=past.index,
    )
    told[_EXPLAINED] = told[_EXPLAINED].mask(past["explanation"].notna(), False)
    return told.mul(filled(past, "branch_resolved_on"), axis="index").astype(bool)


def _made_anew(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Whether every paper to be made anew after a dossier lapsed, of those with a day, is of a later day."""
    papers = [column for column in redone_columns() if column in DATE_COLUMNS]
    renewed: pd.Series[bool] = rows[papers].gt(rows["dossier_ends_on"], axis="index").all(axis="columns")
    return renewed
