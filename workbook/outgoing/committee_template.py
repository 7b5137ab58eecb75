"""The committee book: blank for a clerk to fill, or filled from a committee already known.

Every heading, list and alert comes from `committee_layout`, which the reader goes by too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_formula
from xlsxwriter.worksheet import Worksheet

from workbook.committee import Committee
from workbook.committee_layout import (
    ALERTS,
    BRANCHES,
    DECISIONS,
    HOLIDAYS,
    SETTINGS,
    SETTINGS_HEADER,
    Field,
    Kind,
    Sheet,
)
from workbook.outgoing.blank_sheet import DAY_LOOK, ColumnSpan, between, line_when_filled, note, print_landscape, rule
from workbook.outgoing.styles import FONT, ROW_HEIGHT, Look, Styles
from workbook.outgoing.wrapped import line_count

_LAST = 500  # prepared lines of every list
_MOST = 99_999
_FIRST_DAY, _LAST_DAY = date(1930, 1, 1), date(2099, 12, 31)
_PARTED = {Kind.TEXTS: "; ", Kind.COUNTS: ";"}
_BRANCH_NAMES = "SN_branches"

#: What a clerk may type is held to these rules; other fields go by their kind.
_OWN_RULES: dict[str, dict[str, Any]] = {
    "year": between("integer", 2000, 2099, ALERTS.year),
    "decimals": between("integer", 0, 2, ALERTS.decimals),
    "merged_into": {"validate": "list", "source": f"={_BRANCH_NAMES}", "error_message": ALERTS.merged_into},
}

_LOOKS: dict[Kind, dict[str, object]] = {
    Kind.DATE: DAY_LOOK,
    Kind.COUNT: {"num_format": "0", "align": "center"},
}
_TEXT: dict[str, object] = {"num_format": "@", "align": "left", "text_wrap": True}


@dataclass(frozen=True, slots=True)
class _Holiday:
    """A line of the committee's own calendar, by the field names of its sheet."""

    day: date
    kind: str


def fill(book: Workbook, committee: Committee) -> None:
    """Lay out the four sheets and write what the committee knows."""
    calendar = [_Holiday(day, "worked" if works else "off") for day, works in sorted(committee.workdays.items())]
    _write_settings(book, committee)
    _write_list(book, BRANCHES, committee.branches)
    _write_list(book, HOLIDAYS, calendar)
    _write_list(book, DECISIONS, committee.decisions)
    _know_branches(book)


def _write_settings(book: Workbook, committee: Committee) -> None:
    sheet = book.add_worksheet(SETTINGS.name)
    label = book.add_format({"bold": True, "border": 1, "valign": "vcenter", "indent": 1})
    guide = book.add_format({"italic": True, "border": 1, "valign": "vcenter", "indent": 1, "text_wrap": True})
    sheet.write_row(0, 0, SETTINGS_HEADER, Styles(book)(Look.HEADING))
    for column, width in enumerate((26, 36, 72)):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 24)
    for row, field in enumerate(SETTINGS.fields, start=1):
        sheet.set_row(row, 34)
        sheet.write_string(row, 0, field.heading, label)
        _write_value(sheet, (row, 1), field, getattr(committee, field.name), _look(book, field, border=1, indent=1))
        sheet.write_string(row, 2, field.note, guide)
        _add_rule(sheet, ColumnSpan(row, row, 1), field)
    _finish(sheet, SETTINGS, frozen=1)


def _write_list(book: Workbook, layout: Sheet, entries: Sequence[object]) -> None:
    sheet = book.add_worksheet(layout.name)
    heading, width = Styles(book)(Look.HEADING), len(layout.fields)
    sheet.set_row(0, 50)
    for column, field in enumerate(layout.fields):
        look = _look(book, field)
        sheet.set_column(column, column, field.width, look)
        sheet.write_string(0, column, field.heading, heading)
        note(sheet, 0, column, field.note)
        _add_rule(sheet, ColumnSpan(1, _LAST, column), field)
        for row, entry in enumerate(entries, start=1):
            _write_value(sheet, (row, column), field, getattr(entry, field.name, None), look)
    for row, entry in enumerate(entries, start=1):
        sheet.set_row(row, ROW_HEIGHT * max(_lines(field, getattr(entry, field.name, None)) for field in layout.fields))
    line_when_filled(book, sheet, 1, _LAST, width)
    sheet.autofilter(0, 0, max(_LAST, len(entries)), width - 1)
    _finish(sheet, layout, frozen=2 if layout is BRANCHES else 0)


def _write_value(sheet: Worksheet, cell: tuple[int, int], field: Field, value: Any, look: Format) -> None:
    """One value as the clerk would type it; what is not known leaves the cell blank."""
    if value is None or value in ("", ()) or (field.name == "year" and not value):
        sheet.write_blank(*cell, None, look)
    elif field.kind is Kind.DATE:
        sheet.write_datetime(*cell, value, look)
    elif field.kind is Kind.COUNT:
        sheet.write_number(*cell, value, look)
    else:
        sheet.write_string(*cell, _text(field, value), look)


def _text(field: Field, value: Any) -> str:
    return _PARTED[field.kind].join(map(str, value)) if field.kind in _PARTED else str(field.choices.get(value, value))


def _lines(field: Field, value: Any) -> int:
    """How many lines a value takes: LibreOffice does not make rows higher by itself when it opens a file."""
    return 1 if value is None or field.kind in _LOOKS else line_count(_text(field, value), field.width)


def _look(book: Workbook, field: Field, **more: object) -> Format:
    return book.add_format({"valign": "vcenter", **_LOOKS.get(field.kind, _TEXT), **more})


def _add_rule(sheet: Worksheet, cells: ColumnSpan, field: Field) -> None:
    options = _OWN_RULES.get(field.name) or _rule(field)
    if options:
        rule(sheet, cells, {"error_title": ALERTS.title, **options})


def _rule(field: Field) -> dict[str, Any]:
    """The native rule of a field by its kind; empty where anything may be typed."""
    if field.kind is Kind.CODE:
        labels = list(field.choices.values())
        return {"validate": "list", "source": labels, "error_message": ALERTS.code.format(example=labels[0])}
    if field.kind is Kind.DATE:
        return between("date", _FIRST_DAY, _LAST_DAY, ALERTS.date)
    if field.kind is Kind.COUNT:
        return between("integer", 0, _MOST, ALERTS.count)
    return {}


def _know_branches(book: Workbook) -> None:
    """Give the names of branches to the drop-down, and colour what stands twice: a register could be of either."""
    sheet = book.get_worksheet_by_name(BRANCHES.name)
    twice = book.add_format({"bg_color": "#F4B183"})
    for name in ("code", "name"):
        column = BRANCHES.fields.index(BRANCHES.field(name))
        sheet.conditional_format(1, column, _LAST, column, {"type": "duplicate", "format": twice})
    column = BRANCHES.fields.index(BRANCHES.field("name"))
    book.define_name(_BRANCH_NAMES, "=" + xl_range_formula(BRANCHES.name, 1, column, _LAST, column))


def _finish(sheet: Worksheet, layout: Sheet, frozen: int) -> None:
    sheet.freeze_panes(1, frozen)
    sheet.set_header(f'&C&"{FONT},Bold"&14 {layout.title}')
    print_landscape(sheet, 0)
