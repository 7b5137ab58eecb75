"""The native rules of the blank register: drop-downs, days, numbers; what is refused, and why."""

from datetime import date
from typing import Any

from workbook import codes
from workbook.layout import Column, Kind
from workbook.outgoing.blank_sheet import between
from workbook.outgoing.register_lists import list_name
from workbook.outgoing.register_notes import list_of
from workbook.register_words import word

FIRST_DAY = date(1930, 1, 1)
_MOST = 9_999

#: Days of which often only the year is known: refusing them would lose what is.
_OFTEN_PARTIAL = frozenset({"birth_on", "youth_union_on"})


def rule_of(column: Column, cells: dict[str, str]) -> dict[str, Any]:
    """The rule of one column, empty where anything may be typed; `cells`: column → address in the first row.

    Formulas are for the first row and move with each further one.
    """
    if column.kind is Kind.DATE:
        made = _date(column)
    elif list_of(column):
        made = _list(column)
    elif column.name == "citizen_id":
        made = _citizen_id(cells["citizen_id"])
    elif column.name == "votes_for":
        most = f'=IF({cells["members_summoned"]}="",{_MOST},{cells["members_summoned"]})'
        made = between("integer", 0, most, word("alert", "votes_for"))
    elif column.name == "members_summoned":
        least = f"=MAX(1,{cells['votes_for']})"
        made = between("integer", least, _MOST, word("alert", "members_summoned"))
    else:
        return {}
    return {"error_title": word("alert", "title"), **made}


def _date(column: Column) -> dict[str, Any]:
    partial = column.name in _OFTEN_PARTIAL
    made = between("date", FIRST_DAY, "=TODAY()", word("alert", "date_partial" if partial else "date"))
    return {**made, "error_type": "warning" if partial else "stop"}


def _list(column: Column) -> dict[str, Any]:
    """A drop-down; where several values may stand in a cell it offers, and refuses nothing."""
    listed = list_of(column)
    if listed is None:
        raise LookupError(column.name)
    made = {"validate": "list", "source": f"={list_name(column.name)}"}
    if column.kind is Kind.CODES:
        return {**made, "show_error": False}
    return {**made, "error_message": word("alert", "code", example=codes.labels(listed)[0])}


def _citizen_id(cell: str) -> dict[str, Any]:
    """Twelve digits: what it is as a number, written with its zeros, is what was typed."""
    whole = f'=TEXT(VALUE({cell}),"{"0" * 12}")={cell}&""'
    return {"validate": "custom", "value": whole, "error_message": word("alert", "citizen_id")}
