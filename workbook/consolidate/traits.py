"""What the statistics ask of a person admitted, beside the register's own columns."""

import pandas as pd

from validation.vocabulary import Ethnicity, Religion, TargetGroup, year_of
from workbook import codes
from workbook.composition import BAR
from workbook.frames import made_once

_GROUPS = codes.label_by_code(TargetGroup)


def traits(typed: pd.DataFrame, admitted_on: "pd.Series[pd.Timestamp]") -> pd.DataFrame:
    """By row id: `union_member`, `minority`, `religious` (boolean, NA unknown), `age` and `groups`.

    `age` (Int64, full years on the day of admission) is NA where either day is not known in full. `groups`: labels of
    the known target groups, each between bars, "" for none.
    """
    known_ethnicity = typed["ethnicity"].isin([str(member) for member in Ethnicity])
    known_religion = typed["religion"].isin([str(member) for member in Religion])
    in_union = typed[year_of("youth_union_on")] > 0
    return pd.DataFrame(
        {
            # A register dates the entry or leaves it blank: blank is not "no".
            "union_member": in_union.astype("boolean").where(in_union),
            "minority": (typed["ethnicity"] != Ethnicity.KINH).astype("boolean").where(known_ethnicity),
            "religious": (typed["religion"] != Religion.NONE).astype("boolean").where(known_religion),
            "age": full_years(typed["birth_on"], admitted_on),
            "groups": made_once(typed["target_groups"].fillna(""), _barred),
        }
    )


def full_years(born: "pd.Series[pd.Timestamp]", on: "pd.Series[pd.Timestamp]") -> "pd.Series[int]":
    """Whole years from a birth to a day (Int64); NA where either is unknown or the birth is the later."""
    before_birthday = (on.dt.month * 100 + on.dt.day) < (born.dt.month * 100 + born.dt.day)
    years = on.dt.year - born.dt.year - before_birthday
    return years.where(born.notna() & on.notna() & (born <= on)).astype("Int64")


def _barred(groups: str) -> str:
    known = [_GROUPS[group] for group in groups.split(";") if group in _GROUPS]
    return BAR + BAR.join(known) + BAR if known else ""
