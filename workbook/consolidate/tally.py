"""Persons → one line per branch: counts by stage, admissions against quota, rank."""

from datetime import date

import pandas as pd

from validation.vocabulary import Stage, Verdict
from workbook.committee import Branch, Committee
from workbook.percent import percent

_NUMBERS = ("quota", "term_quota", "members_at_start")


def tally(people: pd.DataFrame, committee: Committee, as_of: date) -> pd.DataFrame:
    """The frame `branches` of `Book`, in the committee's order."""
    counted = {*people["branch"], *people["credited_to"]}
    shown = [branch for branch in committee.branches if is_shown(branch, committee, as_of, counted)]
    table = pd.DataFrame(
        {
            "name": [branch.name for branch in shown],
            "kind": [branch.kind for branch in shown],
            "watcher": [branch.watcher for branch in shown],
            **{name: pd.Series([getattr(branch, name) for branch in shown], dtype="float64") for name in _NUMBERS},
            "members": pd.Series([_members(branch, as_of) for branch in shown], dtype="float64"),
        }
    )
    counts = _counts(people, committee.year).reindex(table["name"]).fillna(0).astype(int).reset_index(drop=True)
    return with_shares(pd.concat([table, counts], axis="columns"), committee.decimals)


def is_shown(branch: Branch, committee: Committee, as_of: date, counted: set[str]) -> bool:
    """Whether a branch is told of: it stood at some time of the year up to the day, or has people (`counted`)."""
    gone = branch.valid_to is not None and branch.valid_to < date(committee.year, 1, 1)
    stood = (branch.valid_from or as_of) <= as_of and not gone
    return stood or branch.name in counted


def _members(branch: Branch, as_of: date) -> int | None:
    """Members on the day: a branch that is no more has none, its heir has them."""
    return 0 if branch.ended_before(as_of) else branch.members


def _counts(people: pd.DataFrame, year: int) -> pd.DataFrame:
    invalid = people["verdict"] == Verdict.INVALID
    admitted = people["admitted_in"] == year
    credited = {
        "admitted": admitted,
        "admitted_with_errors": admitted & invalid,
        "expected": people["expected"],
        "term_admitted": people["in_term"],
    }
    flags = pd.DataFrame(
        {
            **{str(stage): people["stage"] == stage for stage in Stage},
            "left": people["stage"] == "",
            "overdue": people["overdue"] > 0,
            "errors": invalid,
            "certificates": people["certified_in"] == year,
        }
    )
    met = pd.DataFrame(credited).groupby(people["credited_to"]).sum()
    return flags.groupby(people["branch"]).sum().join(met, how="outer")


def with_shares(table: pd.DataFrame, decimals: int) -> pd.DataFrame:
    """The table with what follows from its counts and quotas: percentages, what is lacking, ranks."""
    table["percent"] = _percents(table["admitted"], table["quota"], decimals)
    table["term_percent"] = _percents(table["term_admitted"], table["term_quota"], decimals)
    table["lacking"] = (table["quota"] - table["admitted"]).clip(lower=0)
    shares = pd.to_numeric(table["percent"])
    table["rank"] = shares.rank(method="min", ascending=False).fillna(0).astype(int)
    return table


def _percents(part: pd.Series, whole: pd.Series, decimals: int) -> pd.Series:
    pairs = zip(part, whole, strict=True)
    return pd.Series([percent(int(a), None if pd.isna(b) else int(b), decimals) for a, b in pairs], dtype=object)
