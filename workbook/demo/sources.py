"""What a column of a layout shows of a person."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from validation.vocabulary import CODE_COLUMNS
from workbook.codes import label
from workbook.demo.layouts import Layout
from workbook.demo.people import Person

_CONDITION = re.compile(r"(\w+)(!=|=|@)(\w+)")


def shown(layout: Layout, person: Person, branch: str) -> list[Any]:
    """One person's cells, left to right: text, numbers and dates; "" and None are blank."""
    return [branch if source == "branch" else _typed(layout, person, source) for source in layout.sources]


def _typed(layout: Layout, person: Person, source: str) -> Any:
    value = _value(layout, person, source)
    if isinstance(value, date) and layout.dates:
        return layout.dates.format(value)
    if source == "full_name" and layout.names == "upper":
        return person.full_name.upper()
    if source == "number" and value:
        return int(person.number)
    return value


def _value(layout: Layout, person: Person, source: str) -> Any:
    """A source is one of `SOURCES`, "column!=code", "column=code", "column@sex" or a register column."""
    if source in SOURCES:
        return SOURCES[source](person)
    found = _CONDITION.fullmatch(source)
    if not found:
        return getattr(person, source)
    column, sign, code = found.groups()
    if sign == "@":
        return getattr(person, column) if _says(person, "sex", code) else ""
    return layout.tick if _says(person, column, code) is (sign == "=") else ""


def _says(person: Person, column: str, code: str) -> bool:
    return bool(getattr(person, column) == label(CODE_COLUMNS[column](code)))


def _period(certified_on: date | None) -> str:
    """The course took nine days and ended a week before the certificate."""
    if certified_on is None:
        return ""
    ended = certified_on - timedelta(days=7)
    return f"{ended - timedelta(days=9):%d/%m/%Y} - {ended:%d/%m/%Y}"


#: Columns of the branches' own, and register columns taken apart.
SOURCES: dict[str, Callable[[Person], Any]] = {
    "blank": lambda _: "",
    "family_name": lambda person: person.full_name.rpartition(" ")[0],
    "given_name": lambda person: person.full_name.rpartition(" ")[2],
    "birth_day": lambda person: f"{person.birth_on:%d}",
    "birth_month": lambda person: f"{person.birth_on:%m}",
    "birth_year": lambda person: f"{person.birth_on:%Y}",
    "code": lambda person: f"SV{person.citizen_id[-6:]}",
    "class": lambda person: f"K{person.birth_on.year - 1957}A",
    "phone": lambda person: f"0000{person.citizen_id[-6:]}",  # no such prefix exists
    "email": lambda person: f"n{person.citizen_id[-6:]}@example.invalid",
    "meeting_number": lambda person: f"{person.birth_on.day}-BC/CB",
    "course_number": lambda person: f"{person.birth_on.month:02d}/CN" if person.certificate_on else "",
    "course_decided": lambda person: person.certificate_on and person.certificate_on - timedelta(days=20),
    "course_period": lambda person: _period(person.certificate_on),
}
