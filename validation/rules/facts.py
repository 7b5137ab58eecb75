"""What the rules compare with: the days and numbers the law derives from a row, each worked out once.

Every number comes from the rulebook by the day of the event it is measured at, so a row of 2019 is judged
by the rules of 2019. Where that day is missing, or older than the first document, the fact is missing too.
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from validation import stages
from validation.provisions import DERIVED_COLUMNS, DOSSIER_STARTED
from validation.rulebook import Rulebook
from validation.rules import order
from validation.rules.rule import rank
from validation.triggers import trigger_days
from validation.vocabulary import year_of
from validation.workdays import add_months, first_of_year

#: Columns to add, by name; all with the index of the register.
Facts = dict[str, pd.Series]

#: Condition of the rulebook → the column of the event whose day says in which document's words it holds.
MEASURED_ON: Mapping[str, str] = {
    "age_min_years": "branch_resolved_on",
    "age_max_years": "branch_resolved_on",
    "certificate_months": "branch_resolved_on",
    "dossier_months": "branch_resolved_on",
    "together_months": "branch_resolved_on",
    "vote_numerator": "branch_resolved_on",
    "vote_denominator": "branch_resolved_on",
    "probation_months": "ceremony_on",
}


def gather(typed: pd.DataFrame, rulebook: Rulebook, as_of: date) -> pd.DataFrame:
    """The typed rows with their facts as further columns; same index, nothing dropped."""
    stage = stages.assign(typed, as_of)
    numbers = {key: rulebook.numbers(key, typed[event]) for key, event in MEASURED_ON.items()}
    facts = typed.assign(
        as_of=pd.Timestamp(as_of),
        stage=stage,
        rank=rank(stage),
        left=stages.left(typed),
        **_identity(typed),
        **numbers,
        **_ages(typed, numbers),
        **_periods(trigger_days(typed, rulebook, as_of), numbers),
        together_exempt=_together_exempt(typed, rulebook),
    )
    return pd.concat([facts, order.broken(typed, pd.Timestamp(as_of))], axis="columns")


def _identity(typed: pd.DataFrame) -> Facts:
    """How many digits the identity number has, NaN where it is not all digits; and the parts of a whole one."""
    number = typed["citizen_id"]
    digits = number.str.len().where(number.str.fullmatch("[0-9]+", na=False))
    whole = number.where(digits == 12)
    coded = pd.to_numeric(whole.str[3:6])
    return {"id_digits": digits, "whole_id": whole, "id_sex_century": coded // 100, "id_year": coded % 100}


def _ages(typed: pd.DataFrame, numbers: Facts) -> Facts:
    """First and last day of admissible age; for a birth known only by its year, the widest that it allows."""
    first = first_of_year(typed[year_of("birth_on")])
    last = add_months(first, 12) - pd.Timedelta(days=1)
    return {
        "of_age_on": add_months(typed["birth_on"].fillna(first), 12 * numbers["age_min_years"]),
        "too_old_after": add_months(typed["birth_on"].fillna(last), 12 * numbers["age_max_years"]),
    }


def _together_exempt(typed: pd.DataFrame, rulebook: Rulebook) -> "pd.Series[bool]":
    """Of whom the months together are not asked, by the words in force on the day of the resolution."""
    days = typed["branch_resolved_on"]
    said = {day: rulebook.exempt("together_months", day.date()) for day in days.dropna().unique()}
    exempt = pd.Series(False, index=typed.index)
    for status in sorted({one for named in said.values() for one in named}):
        then = days.isin([day for day, named in said.items() if status in named])
        exempt |= (typed["status"] == status) & then
    return exempt


def _periods(days: pd.DataFrame, numbers: Facts) -> Facts:
    """Where each period of calendar months begins, where no column says so, and ends."""
    starts = {
        "certificate": days["certificate_on"],
        "dossier": days[DOSSIER_STARTED],
        "together": days["helper_assigned_on"],
    }
    ends = {f"{name}_ends_on": add_months(start, numbers[f"{name}_months"]) for name, start in starts.items()}
    return {**{name: days[name] for name in DERIVED_COLUMNS}, **ends}
