"""Working days of Vietnamese state bodies, and calendar months.

The trigger day is day 0, as civil law counts; the party texts do not say. `holidays` knows Tết, the other public
days and most swaps; `workday_overrides.toml` holds what it lacks, each line cited; a committee may correct both.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import holidays
import numpy as np
import numpy.typing as npt
import pandas as pd

#: Lunar holidays of the library agree with the Vietnamese lunar calendar within these years, and only there.
FIRST_YEAR, LAST_YEAR = 1990, 2050

_NONE: Mapping[date, bool] = MappingProxyType({})

Days = npt.NDArray[np.datetime64]


@dataclass(frozen=True, eq=False, slots=True)
class WorkCalendar:
    """`days`: every working day of the known years, ascending, `datetime64[D]`."""

    days: Days

    def is_working(self, day: date) -> bool:
        """Whether state bodies work that day; raises `ValueError` outside the known years."""
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(f"working days are known for {FIRST_YEAR} to {LAST_YEAR} only")
        at = np.datetime64(day, "D")
        return bool(self.days[np.searchsorted(self.days, at).clip(max=len(self.days) - 1)] == at)

    def add(self, days: "pd.Series[pd.Timestamp]", counts: "int | pd.Series[float]") -> "pd.Series[pd.Timestamp]":
        """The n-th working day after each day; before it where n is negative; the day itself where n is 0.

        NaT where either is missing, and where the result would leave the known years.
        """
        count = pd.Series(counts, index=days.index, dtype="float64")
        known = (days.notna() & count.notna() & days.dt.year.between(FIRST_YEAR, LAST_YEAR)).to_numpy()
        at = days.to_numpy("datetime64[D]")[known]
        steps = count.to_numpy()[known].astype("int64")
        position = np.where(steps > 0, self._through(at) + steps - 1, np.searchsorted(self.days, at) + steps)
        inside = (position >= 0) & (position < len(self.days))
        landed = np.where(inside, self.days[position.clip(0, len(self.days) - 1)], np.datetime64("NaT"))
        made = np.full(len(days), np.datetime64("NaT"), dtype="datetime64[us]")
        made[known] = np.where(steps == 0, at, landed)
        return pd.Series(made, index=days.index)

    def between(self, starts: "pd.Series[pd.Timestamp]", ends: "pd.Series[pd.Timestamp]") -> "pd.Series[int]":
        """Working days after each start up to and including the end; 0 where none, or where a day is missing."""
        gone = self._through(ends.to_numpy("datetime64[D]")) - self._through(starts.to_numpy("datetime64[D]"))
        return pd.Series(gone, index=starts.index, dtype="int64").where(starts.notna() & ends.notna(), 0).clip(lower=0)

    def _through(self, at: Days) -> npt.NDArray[np.int64]:
        """How many known working days lie on or before each day."""
        return np.searchsorted(self.days, at, side="right").astype("int64")


def calendar_of(overrides: Mapping[date, bool] = _NONE) -> WorkCalendar:
    """The calendar with a committee's own corrections on top (True: worked, False: off).

    A correction wins over the shipped table, the table over the library. Corrections outside the known years
    say nothing.
    """
    span = _span()
    worked = _worked_by_library().copy()
    for table in (shipped_overrides(), overrides):
        for day, works in table.items():
            worked[span == np.datetime64(day, "D")] = works
    return WorkCalendar(span[worked])


def shipped_overrides() -> Mapping[date, bool]:
    """The dated table of what the library lacks (True: worked, False: off)."""
    return {entry["on"]: entry["worked"] for entry in _table()["day"]}


def checked_through() -> int:
    """The last year whose announced days off were compared with the library; later ones are its forecast."""
    return int(_table()["checked_through"])


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads((files("validation") / "workday_overrides.toml").read_text(encoding="utf-8"))


def _span() -> Days:
    """Every day of the known years."""
    return np.arange(f"{FIRST_YEAR}-01-01", f"{LAST_YEAR + 1}-01-01", dtype="datetime64[D]")


@lru_cache(maxsize=1)
def _worked_by_library() -> npt.NDArray[np.bool_]:
    """Whether each day of the span is worked, before any correction; remembered, so copy it before correcting."""
    span = _span()
    vietnam = holidays.country_holidays("VN", years=range(FIRST_YEAR, LAST_YEAR + 1))
    off = np.array(sorted(vietnam), dtype="datetime64[D]")
    made_up = np.array(sorted(vietnam.weekend_workdays), dtype="datetime64[D]")
    return (np.is_busday(span) & ~np.isin(span, off)) | np.isin(span, made_up)


def add_months(days: "pd.Series[pd.Timestamp]", months: "int | pd.Series[float]") -> "pd.Series[pd.Timestamp]":
    """Each day so many calendar months later; NaT where either is missing.

    A day the target month lacks becomes its last one (29/02/2024 + 12 months = 28/02/2025). That is a convention
    of `dateutil`, which cannot count for whole columns: the texts do not settle it.
    """
    day, start = days.to_numpy("datetime64[D]"), days.to_numpy("datetime64[M]")
    target = start + _month_counts(months)
    last_of_month = (target + 1).astype("datetime64[D]") - 1
    later = np.minimum(target.astype("datetime64[D]") + (day - start.astype("datetime64[D]")), last_of_month)
    return pd.Series(later.astype("datetime64[us]"), index=days.index)


def first_of_year(years: "pd.Series[int]") -> "pd.Series[pd.Timestamp]":
    """The first of January of each year; NaT for 0."""
    since_1970 = years.to_numpy("int64") - 1970
    days = np.where(since_1970 == -1970, np.datetime64("NaT", "Y"), since_1970.astype("datetime64[Y]"))
    return pd.Series(days.astype("datetime64[us]"), index=years.index)


def _month_counts(months: "int | pd.Series[float]") -> "np.timedelta64 | npt.NDArray[np.timedelta64]":
    """NaT where it is not known how many."""
    if not isinstance(months, pd.Series):
        return np.timedelta64(months, "M")
    counts = months.to_numpy("float64", na_value=np.nan)
    known = ~np.isnan(counts)
    return np.where(known, np.where(known, counts, 0).astype("timedelta64[M]"), np.timedelta64("NaT", "M"))
