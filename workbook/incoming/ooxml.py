"""What the fast reader does not tell of an Office workbook, seen in the raw text of its sheets.

The reader shows an error cell (#REF!, #N/A) as a blank, and so a formula that was written by a program and never
calculated; and it lays out every cell between the first and the last filled one: a stray letter in the last line of
a sheet would cost gigabytes.
"""

import posixpath
import re
import zipfile
from typing import TypeVar

from defusedxml.ElementTree import fromstring

from workbook.errors import Damaged, TooLarge
from workbook.incoming.grid import Untold
from workbook.incoming.parcel import NO_XML

_V = TypeVar("_V")

#: Largest area between the first and last filled cell that is worth laying out.
MOST_CELLS = 8_000_000

_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml$", re.IGNORECASE)
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\b[^>]*?\bref="(?:[A-Z]+\d+:)?[A-Z]+(\d{1,9})"')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,9})"')
_WIDE = re.compile(rb'\br="[A-Z]{3}\d')
_FILLED = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,9})(\d{1,9})"[^>]*(?<!/)>')
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_ADDRESS = re.compile(rb'\br="([A-Z]{1,9})([1-9]\d{0,8})"')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_ERROR_MARK = b't="e"'
_FORMULA_MARK = b"f>"  # ends a formula, whatever the prefix
#: A cell of a formula without a value; one whose value is the empty text says so by its type.
_VALUELESS = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_EMPTY_TEXT = b't="str"'


def untold(package: zipfile.ZipFile) -> Untold:
    """Every error cell and uncalculated formula; raises TooLarge where a stray cell would blow up a sheet."""
    found, misstated = Untold(), False
    for part in filter(_SHEET_PART.match, package.namelist()):
        text = package.read(part)
        rows = _last_row(text)
        _refuse_stray_cells(text, rows)
        misstated |= _misstates(text, rows)
        if _ERROR_MARK in text:
            found.errors[part] = _errors(text)
        if _FORMULA_MARK in text and (cells := _uncalculated(text)):
            found.uncalculated[part] = cells
    if not (found.errors or found.uncalculated):
        return Untold(misstated=misstated)
    names = _sheet_names(package)
    return Untold(_by_name(found.errors, names), _by_name(found.uncalculated, names), misstated)


def _by_name(found: dict[str, _V], names: dict[str, str]) -> dict[str, _V]:
    return {names[part]: cells for part, cells in found.items() if part in names}


def _last_row(text: bytes) -> int:
    """The number of the last line written down, filled or not."""
    last = text.rfind(b"<", 0, max(text.rfind(b"<row "), text.rfind(b":row ")) + 1)  # with a namespace prefix or not
    row = _ROW.match(text, last) if last >= 0 else None
    return int(row[1]) if row else text.count(b"<row") + text.count(b":row")


def _misstates(text: bytes, rows: int) -> bool:
    """Whether the sheet declares another size than it has; a blank one declares A1."""
    declared = _DIMENSION.search(text, 0, text.find(b"sheetData"))
    return declared is not None and rows > 0 and int(declared[1]) != rows


def _refuse_stray_cells(text: bytes, rows: int) -> None:
    """Measure exactly only where the sheet is long or wide enough to be dangerous at all."""
    if rows * 16_384 <= MOST_CELLS or (rows * 702 <= MOST_CELLS and not _WIDE.search(text)):
        return
    filled = [(_number(column), int(line)) for column, line in _FILLED.findall(text)]
    if filled and max(column for column, _ in filled) * max(line for _, line in filled) > MOST_CELLS:
        raise TooLarge("file.stray_cell", {"line": max(line for _, line in filled)})


def _errors(text: bytes) -> list[tuple[int, int, str]]:
    cells = []
    for attributes, content in _CELL.findall(text):
        place, shown = _ADDRESS.search(attributes), _VALUE.search(content)
        if _ERROR_MARK in attributes and place and shown:
            cells.append((int(place[2]) - 1, _number(place[1]) - 1, shown[1].decode("utf-8", "replace")))
    return cells


def _uncalculated(text: bytes) -> list[str]:
    places = (_ADDRESS.search(attributes) for attributes in _VALUELESS.findall(text) if _EMPTY_TEXT not in attributes)
    return [f"{place[1].decode()}{place[2].decode()}" for place in places if place]


def _sheet_names(package: zipfile.ZipFile) -> dict[str, str]:
    """Part name → sheet name, by way of the workbook's relationships."""
    try:
        links = fromstring(package.read("xl/_rels/workbook.xml.rels"))
        sheets = fromstring(package.read("xl/workbook.xml"))
    except NO_XML as error:
        raise Damaged("file.damaged") from error
    targets = {link.get("Id"): posixpath.normpath(posixpath.join("/xl", link.get("Target", ""))) for link in links}
    names = {}
    for sheet in sheets.iterfind(".//{*}sheet"):
        link = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        names[targets.get(link, "").lstrip("/")] = sheet.get("name", "")
    return names


def _number(letters: bytes) -> int:
    """1-based column of sheet letters: b"AA" → 27."""
    number = 0
    for character in letters:
        number = number * 26 + character - 64
    return number
