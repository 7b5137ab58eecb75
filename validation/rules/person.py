"""Name and age. Age is counted to the day the branch resolved; what a birth date leaves open is never a yes."""

import pandas as pd

from validation.rules.rule import Mask, Rule, filled, rule, stands_in, telling
from validation.vocabulary import Level, Stage

# Sense, not law: nobody is followed as a candidate at an age outside these.
_YOUNGEST, _OLDEST = 14, 100


@rule("name.digits", Level.ERROR, "full_name")
def digits_in_name(rows: pd.DataFrame) -> Mask:
    """A name holds no digit; one there is a number typed into the wrong column."""
    return rows["full_name"].str.contains(r"\d", na=False)


@rule("name.single_word", Level.QUERY, "full_name")
def single_word(rows: pd.DataFrame) -> Mask:
    """A name of one word is rare enough to ask."""
    return ~rows["full_name"].str.contains(" ", regex=False, na=True)


@rule("birth.unlikely", Level.QUERY, "birth_on", tells=telling("birth_on_year"))
def unlikely_birth(rows: pd.DataFrame) -> Mask:
    """By the year of birth the person is a child, or older than anybody on such a register."""
    age: pd.Series[int] = rows["as_of"].dt.year - rows["birth_on_year"]
    return filled(rows, "birth_on") & ~age.between(_YOUNGEST, _OLDEST)


@rule(
    "age.under",
    Level.ERROR,
    "branch_resolved_on",
    "birth_on",
    tells=telling("age_min_years", "of_age_on"),
    measured="age_min_years",
)
def under_age(rows: pd.DataFrame) -> Mask:
    """The branch resolved before the birthday that makes the person old enough."""
    return rows["branch_resolved_on"] < rows["of_age_on"]


@rule(
    "age.over",
    Level.QUERY,
    "branch_resolved_on",
    "birth_on",
    tells=telling("age_max_years", "too_old_after"),
    measured="age_max_years",
)
def over_age(rows: pd.DataFrame) -> Mask:
    """The branch resolved after the last birthday allowed; only a higher body may agree, in writing."""
    return rows["branch_resolved_on"] > rows["too_old_after"]


@rule(
    "age.edge",
    Level.QUERY,
    "branch_resolved_on",
    "birth_on",
    tells=telling("age_min_years", "of_age_on"),
    measured="age_min_years",
)
def just_of_age(rows: pd.DataFrame) -> Mask:
    """Of age within the month of the resolution: a slip of days in the birth date would void the resolution.

    The texts count age "by months" without saying how, so the birthday is the limit and its month is asked about.
    """
    resolved, of_age = rows["branch_resolved_on"], rows["of_age_on"]
    same_month: Mask = (resolved.dt.year == of_age.dt.year) & (resolved.dt.month == of_age.dt.month)
    return same_month & (resolved >= of_age) & rows["birth_on"].notna()


@rule("age.unknown", Level.QUERY, "birth_on", "branch_resolved_on", measured="age_min_years")
def unknown_age(rows: pd.DataFrame) -> Mask:
    """A birth known only by its year cannot show the age, so it is asked for before anyone decides.

    A query and no note: the age is a condition of admission, and a year never proves it.
    """
    partly = rows["birth_on"].isna() & filled(rows, "birth_on")
    awaited = stands_in(rows, Stage.DOSSIER, Stage.AWAITING_CEREMONY)
    return partly & awaited & ~under_age.breaks(rows) & ~over_age.breaks(rows)


@rule("birth.partial", Level.NOTE, "birth_on")
def unproven_age(rows: pd.DataFrame) -> Mask:
    """The same where nobody decides on the age now: not yet, or no more. It is said, for a year never proves it."""
    partly = rows["birth_on"].isna() & filled(rows, "birth_on")
    early, probationary = (
        stands_in(rows, first, last)
        for first, last in ((Stage.SYMPATHIZER, Stage.CERTIFIED), (Stage.PROBATIONARY, Stage.PROBATIONARY))
    )
    return partly & (early | probationary)


RULES: tuple[Rule, ...] = (
    digits_in_name,
    single_word,
    unlikely_birth,
    under_age,
    over_age,
    just_of_age,
    unknown_age,
    unproven_age,
)
