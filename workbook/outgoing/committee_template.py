"""The committee book: blank for a clerk to fill, or filled from a committee already known.

Every heading, list and alert comes from `committee_layout`, which the reader goes by too.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from workbook.committee import Committee
from workbook.committee_layout import (
    ALERTS,
    BRANCHES,
    DECISIONS,
    FOOTER,
    HOLIDAYS,
    SETTINGS,
    SETTINGS_HEADER,
    Field,
    Kind,
    Sheet,
)
from workbook.outgoing import blank_sheet as blank
from workbook.outgoing.blank_sheet import Area

_ROWS = 500  # prepared lines of every list
_PARTED = {Kind.TEXTS: "; ", Kind.COUNTS: ";"}
_MOST = 99_999
_BRANCH_NAMES = "SN_ChiBo"


def write(book: xlsxwriter.Workbook, committee: Committee) -> None:
    """Lay out the four sheets and fill in what the committee knows."""
    _write_settings(book, committee)
    _write_list(book, BRANCHES, committee.branches)
    _write_list(book, HOLIDAYS, [_Holiday(day, worked) for day, worked in sorted(committee.workdays.items())])
    _write_list(book, DECISIONS, committee.decisions)
    letter = xl_col_to_name(_column(BRANCHES, "name"))
    book.define_name(_BRANCH_NAMES, f"='{BRANCHES.name}'!${letter}$2:${letter}${_ROWS + 1}")
    _mark_repeated_branches(book)


class _Holiday:
    """A day of the committee's own calendar, by the field names of its sheet."""

    def __init__(self, day: date, worked: bool) -> None:
        self.day = day
        self.kind = "worked" if worked else "off"


def _write_settings(book: xlsxwriter.Workbook, committee: Committee) -> None:
    sheet = book.add_worksheet(SETTINGS.name)
    label, guide = (
        blank.style(book, bold=True, border=1, text_wrap=True),
        blank.style(book, italic=True, border=1, text_wrap=True),
    )
    sheet.write_row(0, 0, SETTINGS_HEADER, blank.header_style(book))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 2, 66)
    for row, field in enumerate(SETTINGS.fields, start=1):
        sheet.set_row(row, 32)
        sheet.write_string(row, 0, field.heading, label)
        _write_value(sheet, row, 1, field, getattr(committee, field.name), _field_style(book, field, border=1))
        sheet.write_string(row, 2, field.note, guide)
        _add_rule(sheet, Area(row, row, 1), field)
    _finish(sheet, SETTINGS, freeze_columns=1)


def _write_list(book: xlsxwriter.Workbook, layout: Sheet, entries: Sequence[object]) -> None:
    sheet = book.add_worksheet(layout.name)
    header = blank.header_style(book)
    sheet.set_row(0, 34)
    for column, field in enumerate(layout.fields):
        look = _field_style(book, field)
        sheet.set_column(column, column, field.width, look)
        sheet.write_string(0, column, field.heading, header)
        blank.note(sheet, 0, column, field.note)
        _add_rule(sheet, Area(1, _ROWS, column), field)
        for row, entry in enumerate(entries, start=1):
            _write_value(sheet, row, column, field, getattr(entry, field.name, None), look)
    blank.ruled_when_filled(book, sheet, 1, _ROWS, len(layout.fields))
    sheet.autofilter(0, 0, _ROWS, len(layout.fields) - 1)
    _finish(sheet, layout, freeze_columns=2 if layout is BRANCHES else 0)


def _write_value(sheet: Worksheet, row: int, column: int, field: Field, value: Any, look: Format) -> None:
    """One value as the clerk would type it; what is not known leaves the cell blank."""
    if field.name == "year":
        value = value or None
    if value is None or value in ("", ()):
        sheet.write_blank(row, column, None, look)
    elif field.kind is Kind.DATE:
        sheet.write_datetime(row, column, value, look)
    elif field.kind is Kind.COUNT:
        sheet.write_number(row, column, value, look)
    elif field.kind in _PARTED:
        sheet.write_string(row, column, _PARTED[field.kind].join(map(str, value)), look)
    else:
        sheet.write_string(row, column, field.choices.get(value, value), look)


def _field_style(book: xlsxwriter.Workbook, field: Field, **properties: Any) -> Format:
    looks: Mapping[Kind, Mapping[str, Any]] = {
        Kind.DATE: {"num_format": blank.DATE_FORMAT, "align": "center"},
        Kind.COUNT: {"num_format": "0", "align": "center"},
        Kind.CODE: {"align": "left"},
    }
    look = looks.get(field.kind, {"num_format": "@", "text_wrap": True, "align": "left"})
    return blank.style(book, **look, **properties)


def _add_rule(sheet: Worksheet, area: Area, field: Field) -> None:
    options = _rule(field)
    if options:
        blank.rule(sheet, area, {"error_title": ALERTS.title, **options})


def _rule(field: Field) -> dict[str, Any]:
    """The native rule of a field; empty where anything may be typed."""
    if field.name in _OWN_RULES:
        return _OWN_RULES[field.name]
    if field.kind is Kind.CODE:
        labels = list(field.choices.values())
        return {"validate": "list", "source": labels, "error_message": ALERTS.code.format(example=labels[0])}
    if field.kind is Kind.DATE:
        return _between("date", date(1930, 1, 1), date(2099, 12, 31), ALERTS.date)
    if field.kind is Kind.COUNT:
        return _between("integer", 0, _MOST, ALERTS.count)
    return {}


def _between(what: str, least: object, most: object, alert: str) -> dict[str, Any]:
    return {"validate": what, "criteria": "between", "minimum": least, "maximum": most, "error_message": alert}


_OWN_RULES: dict[str, dict[str, Any]] = {
    "year": _between("integer", 2000, 2099, ALERTS.year),
    "decimals": _between("integer", 0, 2, ALERTS.decimals),
    "merged_into": {"validate": "list", "source": f"={_BRANCH_NAMES}", "error_message": ALERTS.merged_into},
}


def _mark_repeated_branches(book: xlsxwriter.Workbook) -> None:
    """Codes and names that stand twice turn red, since a register could belong to either."""
    sheet = book.get_worksheet_by_name(BRANCHES.name)
    warning = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
    for name in ("code", "name"):
        column = _column(BRANCHES, name)
        sheet.conditional_format(1, column, _ROWS, column, {"type": "duplicate", "format": warning})


def _column(layout: Sheet, name: str) -> int:
    return layout.fields.index(layout.field(name))


def _finish(sheet: Worksheet, layout: Sheet, freeze_columns: int) -> None:
    sheet.freeze_panes(1, freeze_columns)
    sheet.set_header(f'&C&"Times New Roman,Bold"&14{layout.title}')
    blank.print_landscape(sheet, 0, FOOTER)
