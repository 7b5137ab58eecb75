"""The blank branch register: title block, the register's columns, prepared rows.

It has no signature block: a register grows for years, and one set below it would be in the way of the next
person; what is signed is the printed copy's cover.
"""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from validation.provisions import Nature
from validation.regulation import load
from workbook.layout import REGISTER, REGISTER_SHEET, Column, Kind
from workbook.outgoing import register_clock, register_lists
from workbook.outgoing.blank_sheet import (
    DAY_LOOK,
    ColumnSpan,
    between,
    line_when_filled,
    note,
    print_landscape,
    rule,
)
from workbook.outgoing.overdue_formula import Row, late, spells
from workbook.outgoing.register_notes import heading_note, probation_months
from workbook.outgoing.register_rules import FIRST_DAY, rule_of
from workbook.outgoing.styles import Look, Styles
from workbook.register_words import word
from workbook.text import key

#: Rows, 0-based: the headings, and the first and last prepared for persons.
HEADINGS = 6
FIRST, LAST = HEADINGS + 1, HEADINGS + 500

_DAY = (4, 4)  # the cell of the day of the report
_LAST_COLUMN = len(REGISTER) - 1
_FROZEN = 2  # number and name stay in sight, and on every printed page
_PAGES_WIDE = 4  # on fewer the print is too small to read

_BODY: dict[Kind, dict[str, object]] = {
    Kind.TEXT: {"num_format": "@", "text_wrap": True},
    Kind.DIGITS: {"num_format": "@", "align": "center"},
    Kind.DATE: DAY_LOOK,
    Kind.CODE: {"num_format": "@", "text_wrap": True},
    Kind.CODES: {"num_format": "@", "text_wrap": True},
    Kind.COUNT: {"num_format": "0", "align": "center"},
}
#: The look of what is late, and of what has lapsed; some applications show no other format beside it, hence the box.
_BOX = {"border": 1, "border_color": "#808080"}
_COLOURS = {Nature.ACT: {**_BOX, "bg_color": "#F8A5A5"}, Nature.VALIDITY: {**_BOX, "bg_color": "#FFD966"}}


def fill(book: Workbook, branch: str) -> None:
    """Lay out the register and its lists; `branch` stands in the title block where it is known."""
    sheet = book.add_worksheet(REGISTER_SHEET)
    _write_title(book, sheet, branch)
    _write_headings(book, sheet)
    _prepare_rows(book, sheet)
    _colour_what_is_late(book, sheet)
    line_when_filled(book, sheet, FIRST, LAST, len(REGISTER))
    _set_up(sheet)
    register_lists.fill(book)
    letters = {column.name: xl_col_to_name(place) for place, column in enumerate(REGISTER)}
    register_clock.fill(book, register_lists.exchanged(), letters, FIRST + 1, LAST + 1)


def cells(row: int = FIRST) -> dict[str, str]:
    """Register column → its address in a row (0-based), the column fixed: "$AB8"."""
    return {column.name: xl_rowcol_to_cell(row, place, col_abs=True) for place, column in enumerate(REGISTER)}


def _write_title(book: Workbook, sheet: Worksheet, branch: str) -> None:
    """Right of the frozen columns, which every printed page repeats."""
    strong, plain = book.add_format({"bold": True, "align": "center"}), book.add_format({"align": "center"})
    sheet.merge_range("C1:F1", word("title", "committee"), plain)
    sheet.merge_range("C2:F2", _branch_line(branch), strong)
    sheet.merge_range("H1:I1", word("title", "party"), strong)
    sheet.set_row(3, 30)
    sheet.merge_range("C4:I4", word("title", "book"), Styles(book)(Look.TITLE))
    note(sheet, 0, 2, word("title", "committee_note"))
    note(sheet, 1, 2, word("title", "branch_note"))
    _write_day(book, sheet)
    _write_legend(book, sheet)


def _branch_line(branch: str) -> str:
    """The branch as title blocks print it, "CHI BỘ …" in capitals."""
    if not branch:
        return word("title", "branch")
    prefix = key(word("title", "branch_prefix", name=""))
    named = branch if key(branch).startswith(prefix) else word("title", "branch_prefix", name=branch)
    return named.upper()


def _write_day(book: Workbook, sheet: Worksheet) -> None:
    row, column = _DAY
    sheet.merge_range("C5:D5", word("title", "reported_on"), book.add_format({"align": "right"}))
    sheet.write_blank(row, column, None, book.add_format({**DAY_LOOK, "bottom": 4}))
    note(sheet, row, column, word("title", "reported_on_note"))
    day = between("date", FIRST_DAY, "=TODAY()", word("alert", "date"))
    rule(sheet, ColumnSpan(row, row, column), {"error_title": word("alert", "title"), **day})


def _write_legend(book: Workbook, sheet: Worksheet) -> None:
    look = {"align": "center"}
    sheet.write_string("F5", word("title", "late"), book.add_format({**look, **_COLOURS[Nature.ACT]}))
    sheet.write_string("G5", word("title", "lapsed"), book.add_format({**look, **_COLOURS[Nature.VALIDITY]}))
    sheet.write_string("H5", word("title", "help"), book.add_format({"italic": True, "indent": 1}))


def _write_headings(book: Workbook, sheet: Worksheet) -> None:
    rulebook, heading = load(), Styles(book)(Look.HEADING)
    sheet.set_row(HEADINGS, 82)
    for place, column in enumerate(REGISTER):
        sheet.set_column(place, place, column.width)
        sheet.write_string(HEADINGS, place, column.heading, heading)
        note(sheet, HEADINGS, place, heading_note(column, rulebook))


def _prepare_rows(book: Workbook, sheet: Worksheet) -> None:
    for place, column in enumerate(REGISTER):
        look = _look(book, column)
        for row in range(FIRST, LAST + 1):
            sheet.write_blank(row, place, None, look)
        options = rule_of(column, cells())
        if options:
            rule(sheet, ColumnSpan(FIRST, LAST, place), options)


def _look(book: Workbook, column: Column) -> Format:
    look: dict[str, Any] = {"valign": "vcenter", **_BODY[column.kind]}
    if column.name == "number":
        look |= {"num_format": "General", "align": "center"}
    return book.add_format(look)


def _colour_what_is_late(book: Workbook, sheet: Worksheet) -> None:
    """Colour the blank cell of each act that is awaited past its day."""
    rulebook = load()
    row = Row(cells(), probation_months(rulebook))
    colours = {nature: book.add_format(look) for nature, look in _COLOURS.items()}
    places = {column.name: place for place, column in enumerate(REGISTER)}
    for spell in spells(rulebook):
        place, nature = places[spell.deadline.done], spell.deadline.nature
        awaited = {"type": "formula", "criteria": late(spell, row), "format": colours[nature]}
        sheet.conditional_format(FIRST, place, LAST, place, awaited)


def _set_up(sheet: Worksheet) -> None:
    sheet.freeze_panes(FIRST, _FROZEN)
    sheet.autofilter(HEADINGS, 0, LAST, _LAST_COLUMN)
    digits = [place for place, column in enumerate(REGISTER) if _BODY[column.kind]["num_format"] == "@"]
    corners = (f"{xl_rowcol_to_cell(FIRST, place)}:{xl_rowcol_to_cell(LAST, place)}" for place in digits)
    sheet.ignore_errors({"number_stored_as_text": " ".join(corners)})
    print_landscape(sheet, HEADINGS, wide=_PAGES_WIDE)
    sheet.repeat_columns(0, _FROZEN - 1)
