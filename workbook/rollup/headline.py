"""The lines a leader of the level above reads first."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from validation.forecast import Outlook
from workbook.committee import Committee
from workbook.consolidate.headline import handed_in_rates, share_of
from workbook.percent import whole
from workbook.phrases import phrase


def headline(
    committee: Committee, quotas: pd.DataFrame, forecast: pd.DataFrame, submissions: pd.DataFrame, day: date, asked: int
) -> tuple[tuple[str, str], ...]:
    """(label, text) pairs. `asked`: how many lower committees were to hand in a book about `day`."""
    lines = [
        (phrase("headline.year", year=committee.year), _share(quotas, "admitted", "quota", committee)),
        *_behind(quotas),
        *_outlook(committee, forecast),
        *_term(committee, quotas),
        (phrase("headline.overdue"), _overdue(quotas)),
        (phrase("rollup.books"), _handed_in(submissions, asked)),
        *handed_in_rates(committee, submissions, day, "rollup.rate"),
    ]
    return tuple(lines)


def _share(quotas: pd.DataFrame, done: str, quota: str, committee: Committee) -> str:
    return share_of(quotas[done], quotas[quota], committee.decimals)


def _behind(quotas: pd.DataFrame) -> Iterator[tuple[str, str]]:
    owing = quotas[(quotas["quota"] > quotas["admitted"]).fillna(False)]
    if len(owing):
        none = int((owing["admitted"] == 0).sum())
        yield phrase("headline.behind"), phrase("rollup.behind", count=len(owing), none=none)


def _outlook(committee: Committee, forecast: pd.DataFrame) -> Iterator[tuple[str, str]]:
    counts = {str(one): whole(int(forecast[one].sum())) for one in Outlook}
    day = f"{committee.forecast_day:%d/%m/%Y}"
    yield phrase("headline.outlook", day=day), phrase("headline.outlooks", **counts)


def _term(committee: Committee, quotas: pd.DataFrame) -> Iterator[tuple[str, str]]:
    if committee.term_from:
        yield phrase("headline.term"), _share(quotas, "term_admitted", "term_quota", committee)


def _overdue(quotas: pd.DataFrame) -> str:
    late = quotas["overdue"].fillna(0)
    return phrase("rollup.overdue", count=whole(int(late.sum())), branches=int((late > 0).sum()))


def _handed_in(submissions: pd.DataFrame, asked: int) -> str:
    """How many handed in, and of which days where they are not all of one."""
    missing = int((submissions["state"] == phrase("state.missing")).sum())
    days = submissions.loc[submissions["state"] == phrase("state.counted"), "told_on"].dropna().value_counts()
    said = phrase("rollup.handed_in", count=asked - missing, branches=asked)
    if len(days) < 2:
        return said
    parts = [
        phrase("rollup.of_day", day=f"{_day(day):%d/%m/%Y}", count=count) for day, count in days.sort_index().items()
    ]
    return f"{said}: {'; '.join(parts)}"


def _day(stamp: object) -> date:
    if not isinstance(stamp, pd.Timestamp):
        raise TypeError("a day is a timestamp here")
    return stamp.date()
