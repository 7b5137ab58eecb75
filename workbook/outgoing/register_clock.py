"""The third sheet of the blank register: a day typed in, and plain formulas say the day due, how late it is, the stage.

They count by the holidays of the sheet of lists, in any application. The day due of a term in working days is the
earliest on which enough of them have passed. It is a weekday, hence `WORKDAY` of the term less the weekend days
worked in exchange by then, or it is such a day itself: all of these are tried.
"""

from collections.abc import Iterator
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from validation.provisions import Unit
from validation.regulation import load
from validation.stages import REACHED_BY
from validation.vocabulary import Stage
from workbook.labels import label
from workbook.layout import REGISTER_SHEET
from workbook.outgoing.blank_sheet import DAY_LOOK, ColumnSpan, print_landscape, rule
from workbook.outgoing.overdue_formula import DAYS_OFF, WORKED, Spell, spells, step_name
from workbook.outgoing.styles import Look, Styles
from workbook.register_words import word

#: Rows, 0-based: the headings, and the first and last prepared.
HEADINGS = 2
FIRST, LAST = HEADINGS + 1, HEADINGS + 20

_STEP, _STARTED, _UNTIL, _DUE, _LATE, _LINE, _STAGE = "ABCDEFG"
_NAME, _FROM, _TO, _DAYS, _MONTHS = "IJKLM"  # the terms, each while it stood
_WIDTHS = (38, 14, 14, 14, 10, 10, 24, 2, 38, 12, 12, 8, 8)
_NEVER = "9^9"
_FOREVER = date(9999, 12, 31)


def fill(book: Workbook, exchanged: int, column: dict[str, str], first: int, last: int) -> None:
    """Add the sheet. `exchanged`: how many days the list of days worked holds; `column`: register column → letter.

    `first` and `last`: the prepared rows of the register, counted from one.
    """
    sheet, terms = book.add_worksheet(word("clock", "sheet")), list(spells(load()))
    sheet.write_string(0, 0, word("clock", "title"), book.add_format({"italic": True}))
    _write_terms(book, sheet, terms)
    day = book.add_format(DAY_LOOK)
    whole = book.add_format({"num_format": "0", "align": "center"})
    for row in range(FIRST, LAST + 1):
        sheet.write_blank(row, 1, None, day)
        sheet.write_blank(row, 2, None, day)
        sheet.write_formula(row, 3, _due_on(row + 1, len(terms), exchanged), day, "")
        sheet.write_formula(row, 4, _days_late(row + 1), whole, "")
        sheet.write_formula(row, 6, _stage(row + 1, column, first, last), None, "")
    names = f"=${_NAME}${FIRST + 1}:${_NAME}${FIRST + len({step_name(one.deadline) for one in terms})}"
    rule(sheet, ColumnSpan(FIRST, LAST, 0), {"validate": "list", "source": names})
    print_landscape(sheet, HEADINGS)


def _due_on(row: int, terms: int, exchanged: int) -> str:
    """The day due of a line (counted from one); blank without a step and a day, a word where no term stood that day."""
    start = f"${_STARTED}{row}"
    days, months = (_term(row, column, terms) for column in (_DAYS, _MONTHS))
    worked = f"MIN({','.join(_candidates(start, days, exchanged))})"
    due = f'IF({days}>0,{worked},IF({months}>0,EDATE({start},{months}),"{word("clock", "none")}"))'
    return f'=IF(OR(${_STEP}{row}="",{start}=""),"",{due})'


def _days_late(row: int) -> str:
    """Calendar days past the day due; 0 in time."""
    return f'=IF(ISNUMBER(${_DUE}{row}),MAX(0,{_today(row)}-${_DUE}{row}),"")'


def _stage(row: int, column: dict[str, str], first: int, last: int) -> str:
    """The stage of the person on a line of the register, by whole days that have come."""
    line, today = f"${_LINE}{row}", _today(row)
    said = f'"{label(Stage.SYMPATHIZER)}"'
    for reached, days in REACHED_BY.items():
        cells = (_cell(column[name], line, first, last) for name in days)
        come = "+".join(f'COUNTIF({cell},"<="&{today})' for cell in cells)
        if reached is Stage.CERTIFIED:
            come += f"+COUNTA({_cell(column['certificate_number'], line, first, last)})"
        said = f'IF({come}>0,"{label(reached)}",{said})'
    return f'=IF(OR({line}<{first},{line}>{last}),"",{said})'


def _cell(letter: str, line: str, first: int, last: int) -> str:
    return f"INDEX('{REGISTER_SHEET}'!${letter}${first}:${letter}${last},{line}-{first - 1})"


def _today(row: int) -> str:
    return f'IF(${_UNTIL}{row}="",TODAY(),${_UNTIL}{row})'


def _term(row: int, column: str, terms: int) -> str:
    """The number that stood on the day for the step; 0 for none."""
    name, begins, ends, number = (f"${one}${FIRST + 1}:${one}${FIRST + terms}" for one in (_NAME, _FROM, _TO, column))
    start = f"${_STARTED}{row}"
    return f'SUMIFS({number},{name},${_STEP}{row},{begins},"<="&{start},{ends},">"&{start})'


def _candidates(start: str, term: str, exchanged: int) -> Iterator[str]:
    """Days on which enough working days have passed, and a day that never comes for the others."""
    days = [f"WORKDAY({start},{term}-{by},{DAYS_OFF})" for by in range(exchanged + 1)]
    days += [f"INDEX({WORKED},{place})" for place in range(1, exchanged + 1)]
    for day in days:
        swapped = f'COUNTIFS({WORKED},">"&{start},{WORKED},"<="&{day})'
        passed = f"NETWORKDAYS({start}+1,{day},{DAYS_OFF})+{swapped}"
        yield f"IF({day}>{start},IF({passed}>={term},{day},{_NEVER}),{_NEVER})"


def _write_terms(book: Workbook, sheet: Worksheet, terms: list[Spell]) -> None:
    """The newest terms first, so that the steps stand at the top once each."""
    heading, day = Styles(book)(Look.HEADING), book.add_format(DAY_LOOK)
    heads = ("step", "started", "until", "due", "late", "line", "stage", "", "step", "from", "to", "days", "months")
    for place, (name, width) in enumerate(zip(heads, _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        if name:
            sheet.write_string(HEADINGS, place, word("clock", name), heading)
    sheet.set_row(HEADINGS, 50)
    newest = sorted(terms, key=lambda one: one.start)
    fresh = list({step_name(one.deadline): one for one in newest}.values())
    for row, one in enumerate([*fresh, *(one for one in newest if one not in fresh)], start=FIRST):
        months = one.deadline.unit is Unit.CALENDAR_MONTHS
        sheet.write_string(row, 8, step_name(one.deadline))
        sheet.write_datetime(row, 9, max(one.start, date(1900, 3, 1)), day)
        sheet.write_datetime(row, 10, one.end or _FOREVER, day)
        sheet.write_number(row, 11, 0 if months else one.deadline.count)
        sheet.write_number(row, 12, one.deadline.count if months else 0)
