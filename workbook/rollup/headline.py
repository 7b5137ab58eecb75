"""The lines a leader of the level above reads first."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from validation.forecast import Hope, Outlook
from workbook.committee import Committee
from workbook.consolidate.board import silent_branches
from workbook.consolidate.headline import handed_in_rates, share_of
from workbook.days import format_day
from workbook.percent import whole
from workbook.phrases import phrase
from workbook.states import State


def headline(
    committee: Committee, quotas: pd.DataFrame, forecast: pd.DataFrame, submissions: pd.DataFrame, day: date, asked: int
) -> tuple[tuple[str, str], ...]:
    """(label, text) pairs. `asked`: how many lower committees were to hand in a book about `day`."""
    lines = [
        (phrase("headline.year", year=committee.year), _share(quotas, "quota", committee, submissions)),
        *_behind(quotas),
        *_lacking(quotas),
        *_outlook(committee, forecast),
        *_term(committee, quotas, submissions),
        (phrase("headline.overdue"), _overdue(quotas)),
        (phrase("rollup.books"), _handed_in(submissions, asked)),
        *handed_in_rates(committee, submissions, day, "rollup.rate"),
    ]
    return tuple(lines)


def _share(quotas: pd.DataFrame, quota: str, committee: Committee, submissions: pd.DataFrame) -> str:
    """What was done of a quota, with whatever the figures do not hold."""
    done = {"quota": "admitted", "term_quota": "term_admitted"}[quota]
    share = share_of(quotas[done], quotas[quota], committee.decimals)
    reasons = "; ".join(_reservations(quotas, quota, submissions))
    return phrase("rollup.reserved", share=share, reasons=reasons) if reasons else share


def _reservations(quotas: pd.DataFrame, quota: str, submissions: pd.DataFrame) -> Iterator[str]:
    """Committees without a book, whose quota is in the sum all the same; branches below that handed in nothing."""
    missing = silent_branches(submissions)
    if len(missing):
        theirs = int(quotas.loc[quotas["name"].isin(missing), quota].sum())
        name = "rollup.no_figures_quota" if theirs else "rollup.no_figures"
        yield phrase(name, count=len(missing), quota=whole(theirs))
    silent = quotas["silent"].fillna(0)
    if silent.any():
        yield phrase("rollup.silent_below", count=whole(int(silent.sum())), committees=int((silent > 0).sum()))


def _behind(quotas: pd.DataFrame) -> Iterator[tuple[str, str]]:
    owing = quotas[(quotas["quota"] > quotas["admitted"]).fillna(False)]
    if len(owing):
        none = int((owing["admitted"] == 0).sum())
        yield phrase("headline.behind"), phrase("rollup.behind", count=len(owing), none=none)


def _lacking(quotas: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """What the committees with figures still lack; where that is not quota less admissions, why not."""
    quota, admitted, lacking = (int(quotas[name].sum()) for name in ("quota", "admitted", "lacking"))
    if not quota:
        return
    silent = int(quotas.loc[quotas["admitted"].isna(), "quota"].sum())
    above = lacking + silent - (quota - admitted)
    parts = [phrase("rollup.lacking_silent", quota=whole(silent))] if silent else []
    parts += [phrase("rollup.lacking_above", count=whole(above))] if above else []
    said = {"lacking": lacking, "quota": quota, "admitted": admitted, "gap": quota - admitted}
    told = {name: whole(number) for name, number in said.items()}
    text = phrase("rollup.lacking_parts", **told, parts=", ".join(parts)) if parts else told["lacking"]
    yield phrase("rollup.lacking"), text


def _outlook(committee: Committee, forecast: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """How many there are of each outlook, and of the possible what is known, as far as the books below tell it."""
    counts = {str(one): int(forecast[one].sum()) for one in (*Outlook, *Hope) if one in forecast}
    open_still = forecast.loc[forecast[Outlook.POSSIBLE] > 0, [Hope.LIKELY, Hope.UNLIKELY, Hope.PASSED]]
    told = len(open_still) > 0 and open_still.notna().all(axis=None)
    counts[Hope.UNKNOWN] = counts[Outlook.POSSIBLE] - counts[Hope.LIKELY] - counts[Hope.UNLIKELY]
    said = phrase("headline.hopes" if told else "headline.outlooks", **{one: whole(n) for one, n in counts.items()})
    yield phrase("headline.outlook", day=format_day(committee.forecast_day)), said


def _term(committee: Committee, quotas: pd.DataFrame, submissions: pd.DataFrame) -> Iterator[tuple[str, str]]:
    if committee.term_from:
        yield phrase("headline.term"), _share(quotas, "term_quota", committee, submissions)


def _overdue(quotas: pd.DataFrame) -> str:
    late = quotas["overdue"].fillna(0)
    return phrase("rollup.overdue", count=whole(int(late.sum())), branches=int((late > 0).sum()))


def _handed_in(submissions: pd.DataFrame, asked: int) -> str:
    """How many handed in, and of which days where they are not all of one."""
    missing = len(silent_branches(submissions))
    days = submissions.loc[submissions["state"] == State.COUNTED, "told_on"].value_counts().sort_index()
    said = phrase("rollup.handed_in", count=asked - missing, branches=asked)
    if len(days) < 2:
        return said
    counts = zip(pd.DatetimeIndex(days.index), days, strict=True)
    parts = [phrase("rollup.of_day", day=format_day(day), count=count) for day, count in counts]
    return f"{said}: {'; '.join(parts)}"
