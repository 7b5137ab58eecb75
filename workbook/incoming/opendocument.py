"""What the fast reader does not tell of an OpenDocument workbook: it shows an error cell as a blank."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from workbook.errors import Damaged
from workbook.incoming.grid import ErrorCells
from workbook.incoming.parcel import NO_XML

_CONTENT = "content.xml"
#: OpenDocument has no errors; the office suites say it in an attribute of their own, and show the error as text.
_ERROR_MARK = b'value-type="error"'
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def error_cells(package: zipfile.ZipFile) -> ErrorCells:
    """Every error cell of the workbook; the file is parsed only where it says that it has any."""
    text = package.read(_CONTENT)
    if _ERROR_MARK not in text:
        return {}
    found: ErrorCells = {}
    try:
        for sheet, row, column, shown in _errors(text):
            found.setdefault(sheet, []).append((row, column, shown))
    except NO_XML as error:
        raise Damaged("file.damaged") from error
    return found


def _errors(text: bytes) -> Iterator[tuple[str, int, int, str]]:
    """Sheet, row and column (0-based) and what the cell shows; runs of like lines and cells are written but once."""
    sheet, row = "", 0
    for event, element in iterparse(BytesIO(text), events=("start", "end")):
        if event == "start" and element.tag == f"{_TABLE}table":
            sheet, row = element.get(f"{_TABLE}name", ""), 0
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            yield from ((sheet, row, column, shown) for column, shown in _of_row(element))
            row += max(1, int(element.get(f"{_TABLE}number-rows-repeated", 1)))
            element.clear()


def _of_row(row: Element) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        if cell.get(_TYPE) == "error":
            yield column, cell.findtext(_TEXT, "")
        column += max(1, int(cell.get(f"{_TABLE}number-columns-repeated", 1)))
