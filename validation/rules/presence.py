"""What must be filled in by the time a person stands where the register says: only what the step needed.

Early papers are asked for until the decision and no longer: the competent body has seen them, and a member of
many years would otherwise drown the clerk in blanks nobody can fill. Members are asked for the papers of
decision, ceremony and recognition alone. Nobody is asked for anything after leaving.
"""

from dataclasses import dataclass
from functools import partial

import pandas as pd

from validation.rules.rule import Flags, Rule, filled, stands_in, telling
from validation.vocabulary import Level, Stage


@dataclass(frozen=True, slots=True)
class Asked:
    """A cell asked for between two stages, both included; with `given`, only where that cell is filled."""

    level: Level
    first: Stage
    last: Stage
    given: str = ""


#: ERROR where the law names the paper, QUERY for practice, NOTE where it may rightly be absent.
ASKED: dict[str, Asked] = {
    "full_name": Asked(Level.ERROR, Stage.SYMPATHIZER, Stage.OFFICIAL),
    "birth_on": Asked(Level.ERROR, Stage.SYMPATHIZER, Stage.OFFICIAL),
    "sex": Asked(Level.QUERY, Stage.SYMPATHIZER, Stage.OFFICIAL),
    # A register may do without identity numbers: the less data, the better.
    "citizen_id": Asked(Level.NOTE, Stage.DOSSIER, Stage.AWAITING_CEREMONY),
    "ethnicity": Asked(Level.QUERY, Stage.DOSSIER, Stage.PROBATIONARY),
    "religion": Asked(Level.QUERY, Stage.DOSSIER, Stage.PROBATIONARY),
    "schooling": Asked(Level.ERROR, Stage.AWAITING_DECISION, Stage.AWAITING_CEREMONY),
    "sympathizer_on": Asked(Level.QUERY, Stage.SYMPATHIZER, Stage.AWAITING_DECISION),
    "helper": Asked(Level.ERROR, Stage.DOSSIER, Stage.AWAITING_DECISION),
    "helper_assigned_on": Asked(Level.QUERY, Stage.DOSSIER, Stage.AWAITING_DECISION),
    "certificate_number": Asked(Level.QUERY, Stage.CERTIFIED, Stage.AWAITING_DECISION),
    "certificate_on": Asked(Level.ERROR, Stage.CERTIFIED, Stage.AWAITING_DECISION),
    "dossier_opened_on": Asked(Level.QUERY, Stage.DOSSIER, Stage.AWAITING_DECISION),
    "applied_on": Asked(Level.ERROR, Stage.AWAITING_DECISION, Stage.AWAITING_DECISION),
    # `vetting_sent_on` is not asked for: where all is known on the spot nothing is sent.
    "vetting_result_on": Asked(Level.ERROR, Stage.AWAITING_DECISION, Stage.AWAITING_DECISION),
    # Two members may introduce a candidate without the youth union or the trade union.
    "union_resolved_on": Asked(Level.NOTE, Stage.AWAITING_DECISION, Stage.AWAITING_DECISION),
    "residence_opinion_on": Asked(Level.QUERY, Stage.AWAITING_DECISION, Stage.AWAITING_DECISION),
    # `committee_resolved_on` is not asked for: a branch may send straight to the competent body.
    "branch_resolved_on": Asked(Level.ERROR, Stage.AWAITING_CEREMONY, Stage.AWAITING_CEREMONY),
    "decision_number": Asked(Level.QUERY, Stage.AWAITING_CEREMONY, Stage.OFFICIAL),
    "decided_on": Asked(Level.ERROR, Stage.PROBATIONARY, Stage.OFFICIAL),
    "ceremony_on": Asked(Level.ERROR, Stage.OFFICIAL, Stage.OFFICIAL),
    "new_member_certificate_on": Asked(
        Level.ERROR, Stage.PROBATIONARY, Stage.PROBATIONARY, given="recognition_resolved_on"
    ),
    "recognition_resolved_on": Asked(Level.QUERY, Stage.OFFICIAL, Stage.OFFICIAL),
}


def _missing(rows: pd.DataFrame, column: str, asked: Asked) -> Flags:
    missing = ~filled(rows, column) & stands_in(rows, asked.first, asked.last)
    return missing & filled(rows, asked.given) if asked.given else missing


RULES: tuple[Rule, ...] = tuple(
    Rule(f"blank.{column}", asked.level, (column,), partial(_missing, column=column, asked=asked), telling("stage"))
    for column, asked in ASKED.items()
)
