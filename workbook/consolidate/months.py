"""Admissions month by month: this year against an even plan and against the year before."""

import pandas as pd

from workbook.book import MONTH_COLUMNS

MONTHS = range(1, 13)


def months(people: pd.DataFrame, quota: float, year: int) -> pd.DataFrame:
    """The frame `months` of `Book`, one row a month, every figure from January on.

    `people`: with `admitted_in` and `admitted_on`; whoever's day is not known in full stands in no month. `planned`
    is the quota in twelve equal parts: no text says how a year's quota spreads.
    """
    counts = {
        "admitted": _by_month(people, year),
        "planned": [quota * month / len(MONTHS) for month in MONTHS],
        "before": _by_month(people, year - 1),
    }
    return pd.DataFrame({"month": list(MONTHS), **counts})[list(MONTH_COLUMNS)]


def _by_month(people: pd.DataFrame, year: int) -> "list[int]":
    days = people.loc[people["admitted_in"] == year, "admitted_on"].dropna()
    return [int((days.dt.month <= month).sum()) for month in MONTHS]
