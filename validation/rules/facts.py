"""What the rules compare with: the days and numbers the law derives from a row, each worked out once.

Every number comes from the rulebook by the day of the event it is measured at, so a row of 2019 is judged
by the rules of 2019. Where that day is missing, or older than the first document, the fact is missing too.
"""

from datetime import date

import pandas as pd

from validation import stages
from validation.provisions import DERIVED_COLUMNS, DOSSIER_STARTED
from validation.rulebook import Rulebook
from validation.rules.rule import rank
from validation.triggers import trigger_days
from validation.vocabulary import year_of
from validation.workdays import add_months


def gather(typed: pd.DataFrame, rulebook: Rulebook, as_of: date) -> pd.DataFrame:
    """The typed rows with their facts as further columns; same index, nothing dropped."""
    stage = stages.assign(typed, as_of)
    return typed.assign(
        as_of=pd.Timestamp(as_of),
        stage=stage,
        rank=rank(stage),
        left=stages.left(typed),
        **_identity(typed),
        **_numbers(typed, rulebook),
        **_ages(typed, rulebook),
        **_periods(typed, rulebook, as_of),
    )


def _identity(typed: pd.DataFrame) -> dict[str, pd.Series]:
    """How many digits the identity number has, NaN where it is not all digits; and the parts of a whole one."""
    number = typed["citizen_id"]
    digits = number.str.len().where(number.str.fullmatch("[0-9]+", na=False))
    whole = number.where(digits == 12)
    coded = pd.to_numeric(whole.str[3:6])
    return {"id_digits": digits, "whole_id": whole, "id_sex_century": coded // 100, "id_year": coded % 100}


def _numbers(typed: pd.DataFrame, rulebook: Rulebook) -> dict[str, pd.Series]:
    """The conditions a resolution is tested by, and the length of probation, as they stood."""
    tested = ("certificate_months", "dossier_months", "together_months", "vote_numerator", "vote_denominator")
    at_resolution = {key: rulebook.numbers(key, typed["branch_resolved_on"]) for key in tested}
    return {**at_resolution, "probation_months": rulebook.numbers("probation_months", typed["ceremony_on"])}


def _ages(typed: pd.DataFrame, rulebook: Rulebook) -> dict[str, pd.Series]:
    """First and last day of admissible age; for a birth known only by its year, the widest that it allows."""
    resolved = typed["branch_resolved_on"]
    return {
        "of_age_on": add_months(_born(typed, 1, 1), 12 * rulebook.numbers("age_min_years", resolved)),
        "too_old_after": add_months(_born(typed, 12, 31), 12 * rulebook.numbers("age_max_years", resolved)),
    }


def _born(typed: pd.DataFrame, month: int, day: int) -> pd.Series:
    """The birthday; where only the year is legible, that day of it."""
    year = typed[year_of("birth_on")]
    parts = pd.DataFrame({"year": year.where(year != 0), "month": month, "day": day})
    return typed["birth_on"].fillna(pd.to_datetime(parts, errors="coerce").astype("datetime64[us]"))


def _periods(typed: pd.DataFrame, rulebook: Rulebook, as_of: date) -> dict[str, pd.Series]:
    """Where each period of calendar months begins, where no column says so, and ends."""
    days = trigger_days(typed, rulebook, as_of)
    started = {
        "certificate": days["certificate_on"],
        "dossier": days[DOSSIER_STARTED],
        "together": days["helper_assigned_on"],
    }
    numbers = _numbers(typed, rulebook)
    return {
        **{name: days[name] for name in DERIVED_COLUMNS},
        **{f"{name}_ends_on": add_months(start, numbers[f"{name}_months"]) for name, start in started.items()},
    }
