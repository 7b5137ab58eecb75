"""What was found in a register that cannot be marked cell by cell, as a workbook of its own."""

import re
from collections.abc import Sequence
from functools import partial

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from workbook.outgoing import blank_sheet
from workbook.outgoing.cells import plain
from workbook.outgoing.marks import Listing
from workbook.outgoing.styles import Look, Styles

_MOST_LETTERS = 31  # of a sheet's name
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def render(listings: Sequence[Listing]) -> bytes:
    """The lists as the bytes of an .xlsx file, each on a sheet called as the one it is of.

    The same lists give the same bytes.
    """
    return blank_sheet.render(partial(_fill, listings=listings), {})


def _fill(book: Workbook, listings: Sequence[Listing]) -> None:
    styles = Styles(book)
    names: set[str] = set()
    for number, listing in enumerate(listings, start=1):
        name = _FORBIDDEN.sub(" ", listing.sheet)[:_MOST_LETTERS].strip() or listing.title
        name = name if name.lower() not in names else f"{listing.title} {number}"
        names.add(name.lower())
        _write(book.add_worksheet(name), styles, listing)


def _write(sheet: Worksheet, styles: Styles, listing: Listing) -> None:
    for column, (heading, width) in enumerate(zip(listing.headings, listing.widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, styles(Look.HEADING))
    for row, line in enumerate(listing.lines, start=1):
        for column, value in enumerate(map(plain, line)):
            if isinstance(value, str):
                sheet.write_string(row, column, value, styles(Look.TEXT))
            elif value is None:
                sheet.write_blank(row, column, None, styles(Look.TEXT))
            else:
                sheet.write_number(row, column, value, styles(Look.CENTRE))
    sheet.freeze_panes(1, 0)
    blank_sheet.print_landscape(sheet, 0)
