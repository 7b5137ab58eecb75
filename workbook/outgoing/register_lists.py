"""The second sheet of the blank register: the labels of its drop-downs, and the days its colours count by.

It stays visible, because a hidden sheet is reported wherever it is met; it is protected without a password,
so that it is not changed by accident, and holds no heading of names, so that nobody reads it as a register.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_formula

from validation.workdays import WorkCalendar, calendar_of, checked_through
from workbook import codes
from workbook.layout import REGISTER
from workbook.outgoing.blank_sheet import DAY_LOOK, print_landscape
from workbook.outgoing.overdue_formula import DAYS_OFF, WORKED
from workbook.outgoing.register_notes import list_of
from workbook.outgoing.styles import Look, Styles
from workbook.register_words import word

#: Years whose days off the colours know; a clock that spans earlier ones is past due by any count.
YEARS = range(2025, 2035)

_TOP = 2  # row of the headings
_GREY = "#A6A6A6"


def list_name(column: str) -> str:
    """The defined name of a column's list."""
    return f"SN_{column}"


def exchanged() -> int:
    """How many weekend days worked in exchange the sheet holds."""
    return len(_worked_weekends(calendar_of()))


def fill(book: Workbook) -> None:
    """Add the sheet and define its names."""
    sheet = book.add_worksheet(word("lists", "sheet"))
    writer = _Columns(book, sheet.get_name())
    sheet.set_tab_color(_GREY)
    sheet.write_string(0, 0, word("lists", "title"), book.add_format({"italic": True}))
    for column in REGISTER:
        listed = list_of(column)
        if listed:
            labels = codes.labels(listed)
            writer.add(column.heading, labels, 2 + max(map(len, [column.heading, *labels])))
            writer.define(list_name(column.name), columns=1)
    _write_days(writer)
    sheet.set_row(_TOP, 66)
    sheet.freeze_panes(_TOP + 1, 0)
    sheet.protect()
    print_landscape(sheet, _TOP, wide=2)


def _write_days(writer: "_Columns") -> None:
    calendar = calendar_of()
    writer.skip()
    for year in YEARS:
        writer.add(_heading(year), [day for day in _weekdays(year) if not calendar.is_working(day)], 13)
    writer.define(DAYS_OFF, columns=len(YEARS))
    writer.skip()
    writer.add(word("lists", "worked"), _worked_weekends(calendar), 13)
    writer.define(WORKED, columns=1)


def _heading(year: int) -> str:
    heading = word("lists", "days_off", year=year)
    return heading if year <= checked_through() else word("lists", "forecast", heading=heading)


def _days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=count) for count in range((date(year + 1, 1, 1) - first).days)]


def _weekdays(year: int) -> list[date]:
    return [day for day in _days(year) if day.weekday() < 5]


def _worked_weekends(calendar: WorkCalendar) -> list[date]:
    return [day for year in YEARS for day in _days(year) if day.weekday() >= 5 and calendar.is_working(day)]


class _Columns:
    """Writes columns of values side by side, each under its heading."""

    def __init__(self, book: Workbook, sheet: str) -> None:
        self._book, self._sheet = book, book.get_worksheet_by_name(sheet)
        self._heading = Styles(book)(Look.HEADING)
        self._text, self._day = book.add_format({"border": 1}), book.add_format({"border": 1, **DAY_LOOK})
        self._next = 0
        self._lengths: list[int] = []

    def skip(self) -> None:
        """Leave a blank column between two blocks."""
        self._sheet.set_column(self._next, self._next, 2)
        self._next += 1

    def add(self, heading: str, values: Iterable[str | date], width: float) -> None:
        """Write the next column."""
        self._sheet.set_column(self._next, self._next, width)
        self._sheet.write_string(_TOP, self._next, heading, self._heading)
        listed = list(values)
        for row, value in enumerate(listed, start=_TOP + 1):
            if isinstance(value, str):
                self._sheet.write_string(row, self._next, value, self._text)
            else:
                self._sheet.write_datetime(row, self._next, value, self._day)
        self._next += 1
        self._lengths.append(len(listed))

    def define(self, name: str, columns: int) -> None:
        """Name the values of the last columns written."""
        last = _TOP + max(self._lengths[-columns:])
        cells = xl_range_formula(self._sheet.get_name(), _TOP + 1, self._next - columns, last, self._next - 1)
        self._book.define_name(name, f"={cells}")
