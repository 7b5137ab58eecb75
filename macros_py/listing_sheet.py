"""A sheet of our own: headings, lines, and links back to the cells they speak of."""

from macros_py.bulk import Sheet
from workbook.outgoing.marks import Listing

_HEADING_FILL = "#DDE6F0"


def write(sheet: Sheet, listing: Listing) -> None:
    """Headings, then lines; what may look like a number and is none becomes text before it is written."""
    last, width = len(listing.lines) + 1, len(listing.headings)
    for column in listing.texts:
        sheet.range((1, column + 1), (last, column + 1)).number_format = "@"
    sheet.range("A1").value = [list(listing.headings), *map(list, listing.lines)]
    head = sheet.range((1, 1), (1, width))
    head.color = _HEADING_FILL
    head.font.bold = True
    sheet.range((1, 1), (last, width)).wrap_text = True
    for column, characters in enumerate(listing.widths, start=1):
        sheet.range((1, column)).column_width = characters
    sheet.range((1, 1), (last, width)).rows.autofit()
    _link(sheet, listing)


def _link(sheet: Sheet, listing: Listing) -> None:
    column, quoted = listing.linked + 1, listing.sheet.replace("'", "''")
    links = {row: target for row, target in enumerate(listing.targets, start=2) if target}
    if hasattr(sheet.impl, "add_hyperlinks"):
        sheet.impl.add_hyperlinks({(row, column): (f"#'{quoted}'!{at}", at) for row, at in links.items()})
    elif links:
        block = [[_jump(quoted, at) if at else ""] for at in listing.targets]
        sheet.range((2, column), (len(block) + 1, column)).formula = block


def _jump(quoted: str, at: str) -> str:
    """A formula that leads to a cell. A sheet's name may hold a quotation mark; it must not end the formula's text."""
    inner = quoted.replace('"', '""')
    return f'=HYPERLINK("#\'{inner}\'!{at}","{at}")'
