"""Cells of the closed lists → codes. What is in no list stays as typed: the law asks about it."""

from datetime import date
from enum import StrEnum

from validation.vocabulary import Schooling
from workbook.codes import match, match_groups
from workbook.incoming.cells import BLANK, Reading, as_text, is_blank


def read_code(enum: type[StrEnum], value: object) -> Reading:
    """The code of one label, or the text as typed."""
    if is_blank(value):
        return BLANK
    typed = as_text(value)
    member = match(enum, typed)
    return Reading(typed if member is None else member.value)


def read_groups(value: object) -> Reading:
    """Codes of several labels joined by ";", unknown pieces as typed."""
    if is_blank(value):
        return BLANK
    return Reading(match_groups(value if isinstance(value, str) else as_text(value)) or None)


def read_schooling(value: object) -> Reading:
    """General education; "9/12" that a spreadsheet turned into a day is a question, never read back."""
    if isinstance(value, date) and not is_blank(value):
        return Reading(fault="schooling.became_date", suggestion=_grade(value))
    return read_code(Schooling, value)


def _grade(day: date) -> str:
    """What may have been typed: of day/month and month/day the one that names grades of 10 or 12."""
    either = ((day.day, day.month), (day.month, day.day))
    grades = [f"{done}/{of}" for done, of in either if of in (10, 12) and done <= of]
    return grades[0] if grades else f"{day.day}/{day.month}"
