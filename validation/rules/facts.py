"""What the rules compare with: the days and numbers the law derives from a row, each worked out once.

Every number comes from the rulebook by the day of the event it is measured at, so a row of 2019 is judged
by the rules of 2019. Where that day is missing, or older than the first document, the fact is missing too.
"""

from datetime import date

import pandas as pd

from validation import stages
from validation.regulation import Rulebook
from validation.rules.rule import rank
from validation.vocabulary import year_of
from validation.workdays import add_months

#: The papers whose first day starts the dossier. No text says which day that is; the earliest is the strictest.
DOSSIER_PAPERS = (
    "applied_on",
    "vetting_sent_on",
    "vetting_result_on",
    "union_resolved_on",
    "residence_opinion_on",
)


def gather(typed: pd.DataFrame, rulebook: Rulebook, as_of: date) -> pd.DataFrame:
    """The typed rows with their facts as further columns; same index, nothing dropped."""
    stage = stages.assign(typed, as_of)
    return typed.assign(
        as_of=pd.Timestamp(as_of),
        stage=stage,
        rank=rank(stage),
        left=stages.left(typed),
        whole_id=typed["citizen_id"].where(typed["citizen_id"].str.fullmatch(r"[0-9]{12}")),
        **_ages(typed, rulebook),
        **_terms(typed, rulebook),
        **_majority(typed, rulebook),
    )


def _ages(typed: pd.DataFrame, rulebook: Rulebook) -> dict[str, pd.Series]:
    """First and last day of admissible age; for a birth known only by its year, the widest that it allows."""
    resolved = typed["branch_resolved_on"]
    youngest, oldest = _born(typed, 12, 31), _born(typed, 1, 1)
    return {
        "of_age_on": add_months(oldest, 12 * rulebook.numbers("age_min_years", resolved)),
        "too_old_after": add_months(youngest, 12 * rulebook.numbers("age_max_years", resolved)),
    }


def _born(typed: pd.DataFrame, month: int, day: int) -> pd.Series:
    year = typed[year_of("birth_on")]
    parts = pd.DataFrame({"year": year.where(year != 0), "month": month, "day": day})
    return typed["birth_on"].fillna(pd.to_datetime(parts, errors="coerce").astype("datetime64[us]"))


def _terms(typed: pd.DataFrame, rulebook: Rulebook) -> dict[str, pd.Series]:
    """Where each period of calendar months ends."""
    resolved, ceremony = typed["branch_resolved_on"], typed["ceremony_on"]
    dossier_started = typed[list(DOSSIER_PAPERS)].min(axis=1)
    certificate_months = rulebook.numbers("certificate_months", resolved)
    dossier_months = rulebook.numbers("dossier_months", resolved)
    together_months = rulebook.numbers("together_months", resolved)
    probation_months = rulebook.numbers("probation_months", ceremony)
    return {
        "certificate_months": certificate_months,
        "certificate_ends_on": add_months(typed["certificate_on"], certificate_months),
        "dossier_months": dossier_months,
        "dossier_started_on": dossier_started,
        "dossier_ends_on": add_months(dossier_started, dossier_months),
        "together_months": together_months,
        "together_on": add_months(typed["helper_assigned_on"], together_months),
        "probation_months": probation_months,
        "probation_ends_on": add_months(ceremony, probation_months),
    }


def _majority(typed: pd.DataFrame, rulebook: Rulebook) -> dict[str, pd.Series]:
    resolved = typed["branch_resolved_on"]
    return {key: rulebook.numbers(key, resolved) for key in ("vote_numerator", "vote_denominator")}
