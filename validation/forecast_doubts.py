"""What a register says against a resolution of the branch: whoever rests on one of these is not surely admitted.

The same checks as the findings of the row, so that a sheet never promises what another one calls a fault. The months
together are not among them: no column tells since when the introducer and the person have been together.
"""

from enum import StrEnum

import numpy as np
import pandas as pd

from validation.forecast_chain import ACTS
from validation.forecast_law import View
from validation.rules import facts, order, person, presence, procedure, votes
from validation.rules.rule import filled
from validation.vocabulary import Level


class Doubt(StrEnum):
    """Why a resolution or a decision that stands in the register does not carry an admission surely."""

    VOTES = "doubt_votes"  # fewer than the share needed, or numbers that cannot be
    UNDER_AGE = "doubt_under_age"
    OVER_AGE = "doubt_over_age"  # a higher body must have agreed
    CERTIFICATE = "doubt_certificate"  # lapsed before that day
    DOSSIER = "doubt_dossier"  # the same, as far as the register dates it
    ORDER = "doubt_order"  # days that cannot be in that order
    MISSING = "doubt_missing"  # an act that must lie behind has no day


#: What the order of the procedure is broken by: an act of the chain, or the start of the last term.
_ORDERED = {*ACTS, "decision_received_on"}
_REVERSALS = [order.reversal(pair) for pair in order.MUST_PAIRS if pair[1] in _ORDERED]

#: Acts whose blank is an error. Of a certificate without a day `forecast_law` tells that it cannot be tested.
_ASKED = [
    f"blank.{column}"
    for column, asked in presence.ASKED.items()
    if asked.level is Level.ERROR and column in ACTS and column != "certificate_on"
]
_BLANKS = [rule for rule in presence.RULES if rule.code in _ASKED]

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
            Doubt.DOSSIER.value: procedure.expired_dossier.breaks(rows),
        },
        index=past.index,
    )
    told[_EXPLAINED] = told[_EXPLAINED].mask(past["explanation"].notna(), False)
    told = told.mul(filled(past, "branch_resolved_on"), axis="index").astype(bool)
    blanks = np.logical_or.reduce([rule.breaks(rows) for rule in _BLANKS])
    disordered = order.reversals(past)[_REVERSALS].any(axis="columns")
    return told.assign(**{Doubt.ORDER.value: disordered, Doubt.MISSING.value: blanks})
