"""The month, quarter or year that a report is for."""

import pandas as pd

from workbook.incoming.quota_book import QuotaBook
from workbook.report.facts import Facts, Period
from workbook.report.said import Figure, How, part_of, words


def period_months(facts: Facts) -> range:
    """Months of the year counted that the report is for; none for a whole year, or where that year is over."""
    if facts.period is Period.YEAR or facts.book.as_of.year != facts.book.year:
        return range(0)
    month = facts.book.as_of.month
    first = month if facts.period is Period.MONTH else 3 * ((month - 1) // 3) + 1
    return range(first, month + 1)


def period_figure(facts: Facts) -> Figure:
    """What the period is called, from the day that the book tells of; a year's report is of the year counted."""
    day, said = facts.book.as_of, words()["words"]
    if facts.period is Period.YEAR:
        return part_of(said["year"].format(year=facts.book.year), facts.book.title.year)
    quarter = said["quarters"][(day.month - 1) // 3]
    shown = said[str(facts.period)].format(month=day.month, quarter=quarter, year=day.year)
    return part_of(shown, facts.book.title.as_of)


def days_of(frame: pd.DataFrame, year: int) -> "pd.Series[pd.Timestamp]":
    """The full days of a year's admissions, by line."""
    days = pd.to_datetime(frame.loc[frame["admitted_in"] == year, "admitted_on"], errors="coerce")
    return days.dropna()


def number_of_year(book: QuotaBook) -> Figure:
    """The year counted, without a thousand dot."""
    return Figure(str(book.year), How.VALUE, (book.title.year,))
