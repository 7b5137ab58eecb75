"""One cell → a day, read strictly day first, and how much of it was legible.

General date parsers fill what is missing from today ("1998" becomes a day in 1998) and try the other
order when the first fails; both are silent guesses about a person's papers, so this reader does neither.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache

from workbook import text
from workbook.incoming.cells import is_blank
from workbook.incoming.words import words

#: Years a register can speak of; a bare number in this span is a year, not a serial day.
FIRST_YEAR, LAST_YEAR = 1900, 2100

# Serial day 0 of the 1900 date system as every day since 1900-03-01 counts it.
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range((date(1920, 1, 1) - _SERIAL_ZERO).days, (date(LAST_YEAR + 1, 1, 1) - _SERIAL_ZERO).days)

# What is left around a day by forms ("../../1998") and by habit ("5/9/1998.", "'5/9/1998").
_JUNK = " .,;:'`\"()[]*_/-\u2013\u2026"


@dataclass(frozen=True, slots=True)
class Read:
    """What a date cell says. Blank: all empty.

    `year` is legible more often than `day` (0 = not even that). `precision` is "day", "month", "year",
    or "" where there is a `fault`; `suggestion` is another reading for a person to judge.
    """

    day: date | None = None
    year: int = 0
    precision: str = ""
    fault: str = ""
    suggestion: str = ""


UNREADABLE = Read(fault="date.unreadable")


@lru_cache(maxsize=1 << 16, typed=True)  # the same days stand in every column and sheet
def read_date(value: object) -> Read:
    """Read one cell: a true date, a serial day, or text. Never raises, never swaps, never fills in."""
    if is_blank(value):
        return Read()
    if isinstance(value, str):
        return _of_text(value)
    if isinstance(value, datetime):
        return _of_day(value.date())
    if isinstance(value, date):
        return _of_day(value)
    if isinstance(value, int | float):
        return _of_number(value)
    return UNREADABLE


def _of_day(day: date) -> Read:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return Read(day, day.year, "day")
    return Read(fault="date.range")


def _of_number(number: float) -> Read:
    if not -1e9 < number < 1e9:
        return UNREADABLE
    if int(number) in _SERIALS:  # a fraction is the time of day
        return _of_day(_SERIAL_ZERO + timedelta(days=int(number)))
    return _of_text(str(int(number))) if number == int(number) else UNREADABLE


def _of_text(typed: str) -> Read:
    key = text.key(typed)
    if key in words("mark", "tick"):
        return Read(fault="date.tick")
    stripped = key.strip(_JUNK)
    for pattern, reading in _shapes():
        if found := pattern.fullmatch(stripped):
            return reading(**found.groupdict())
    return UNREADABLE


def _full(day: str, month: str, year: str, **_: str) -> Read:
    if (fault := _year_fault(year)) is not None:
        return fault
    if int(day) == 0:  # "00/09/1998" is how forms write that the day is not known
        return _month(month, year) if int(month) else _year(year)
    try:
        return Read(date(int(year), int(month), int(day)), int(year), "day")
    except ValueError:
        return Read(year=int(year), fault="date.impossible", suggestion=_swapped(day, month, year))


def _month(month: str, year: str) -> Read:
    if (fault := _year_fault(year)) is not None:
        return fault
    if 1 <= int(month) <= 12:
        return Read(year=int(year), precision="month")
    return Read(year=int(year), fault="date.impossible")


def _year(year: str) -> Read:
    return _year_fault(year) or Read(year=int(year), precision="year")


def _period(year: str) -> Read:
    """Two days in one cell: which one is meant is not said, but the year of the later one is."""
    return Read(year=0 if _year_fault(year) else int(year), fault="date.range_text")


def _digits(day: str, month: str, year: str) -> Read:
    """Eight digits without separators may be a day; only the clerk knows."""
    read = _full(day, month, year)
    return Read(fault="date.unreadable", suggestion=f"{read.day:%d/%m/%Y}" if read.day else "")


def _year_fault(year: str) -> Read | None:
    if len(year) <= 2:
        return Read(fault="date.two_digit_year")
    return None if FIRST_YEAR <= int(year) <= LAST_YEAR else Read(fault="date.range")


def _swapped(day: str, month: str, year: str) -> str:
    """The same digits read month first, as text, "" where that is no day either."""
    try:
        return f"{date(int(year), int(day), int(month)):%d/%m/%Y}"
    except ValueError:
        return ""


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], Callable[..., Read]], ...]:
    day, month, year, since, until = (
        "(?:" + "|".join(words("date", name)) + ")" for name in ("day", "month", "year", "from", "to")
    )
    dash = r"[-/.\u2013\u2014\\]"
    # A time of day may follow. "Z" and "AM" may not: both come with dates that are not local days first.
    time = r"(?:(?:\s*t|\s)\s*[0-9]{1,2}[:h][0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
    numbers = rf"(?:{day}\s*)?(?P<day>[0-9]{{1,2}})\s*(?P<dash>{dash}|\s)\s*(?P<month>[0-9]{{1,2}})\s*(?P=dash)\s*"
    worded = rf"(?:{day}\s*)?(?P<day>[0-9]{{1,2}})\s*{month}\s*(?P<month>[0-9]{{1,2}})\s*(?:{year}|[,/.-])\s*"
    iso = r"(?P<year>[0-9]{4})(?P<dash>[-/.])(?P<month>[0-9]{1,2})(?P=dash)(?P<day>[0-9]{1,2})"
    short = rf"(?:{month}\s*)?(?P<month>[0-9]{{1,2}})\s*(?:{dash}|{year}|\s)\s*"
    end = r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.]"
    to = rf"(?:\s*(?:[-\u2013\u2014\u00f7~;,&]|{until})\s*|\s+)(?:{day}\s*)?"
    head = rf"(?:{since}\s*)?(?:{day}\s*)?"
    any_year = "(?P<year>[0-9]{1,5})"
    shapes: tuple[tuple[str, Callable[..., Read]], ...] = (
        (numbers + any_year + time, _full),
        (worded + any_year + time, _full),
        (iso + time, _full),
        (short + "(?P<year>[0-9]{3,5})", _month),
        (rf"(?:{year}\s*)?(?P<year>[0-9]{{4}})", _year),
        (rf"{head}(?:{end}[0-9]{{4}}|[0-9]{{1,2}}(?:[/.][0-9]{{1,2}})?){to}{end}(?P<year>[0-9]{{4}})", _period),
        (rf"{head}[0-9]{{1,2}}/[0-9]{{4}}{to}[0-9]{{1,2}}/(?P<year>[0-9]{{4}})", _period),
        (rf"{head}[0-9]{{4}}{to}(?P<year>[0-9]{{4}})", _period),
        ("(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4})", _digits),
    )
    return tuple((re.compile(pattern), reading) for pattern, reading in shapes)
