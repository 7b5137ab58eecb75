"""What a spreadsheet keeps of a value: text, a number (days are numbers), or nothing."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from math import isinf, isnan
from numbers import Real

import pandas as pd

from workbook.outgoing.legible import legible
from workbook.phrases import phrase

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day 0 has no time zone
_FIRST_DAY = datetime(1900, 3, 1)  # noqa: DTZ001 - before it spreadsheets disagree about the calendar
_LONGEST = 32_000  # a cell holds 32,767 characters


def plain(value: object) -> str | float | None:
    """The value as a cell keeps it; None is blank. A day is its serial number, or text where it has none.

    Raises TypeError for what no cell can keep, ValueError for what is without end.
    """
    if isinstance(value, str):
        text = legible(value)
        return (text if len(text) <= _LONGEST else phrase("page.cut", text=text[:_LONGEST])) or None
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, date):
        return _serial(value)
    if isinstance(value, Real | Decimal):
        if isinf(value):
            raise ValueError("no cell keeps an infinite number")
        return None if isnan(value) else float(value)
    raise TypeError(f"no cell keeps a {type(value).__name__}")


@lru_cache(maxsize=1 << 14)  # a register has many people and few days
def _serial(day: date) -> str | float:
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001 - see _EPOCH
    if moment < _FIRST_DAY:
        return f"{moment.day:02d}/{moment.month:02d}/{moment.year:04d}"
    return (moment - _EPOCH) / timedelta(days=1)
