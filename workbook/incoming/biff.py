"""What the fast reader does not tell of a workbook of the older kind (.xls): it shows an error cell as a blank.

Records are walked as [MS-XLS] lays them out: kind and length of two bytes each, then the data. Only a workbook whose
bytes can hold an error is walked at all.
"""

import io
import re
from collections.abc import Iterator, Sequence
from struct import unpack_from

import olefile

from workbook.incoming.grid import ErrorCells

_FORMULA, _EOF, _BOUND_SHEET, _FILE_PASS, _BOOL_ERR = 0x0006, 0x000A, 0x0085, 0x002F, 0x0205
_BOFS = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_SHOWN = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
#: An error cell typed as such, or a formula whose result is one (2.5.133 FormulaValue).
_MAY_HOLD_ERRORS = re.compile(rb"\x05\x02\x08\x00.{7}\x01|\x06\x00.{8}\x02.{5}\xff\xff", re.DOTALL)


def error_cells(data: bytes, sheets: Sequence[str]) -> ErrorCells:
    """Every error cell of the workbook; `sheets` are the names of its sheets in their order."""
    stream = _stream(data)
    if not _MAY_HOLD_ERRORS.search(stream):
        return {}
    starts: dict[int, str] = {}
    found: ErrorCells = {}
    sheet, depth = "", 0  # a chart inside a sheet is a stream inside its stream
    for place, kind, start, length in _records(stream):
        if kind in _BOFS:
            sheet, depth = starts.get(place, sheet if depth else ""), depth + 1
        elif kind == _EOF:
            depth -= 1
        elif kind == _BOUND_SHEET and length >= 4 and len(starts) < len(sheets):
            starts[unpack_from("<I", stream, start)[0]] = sheets[len(starts)]
        elif kind in (_FORMULA, _BOOL_ERR) and depth == 1 and (shown := _shown(stream, kind, start, length)):
            row, column = unpack_from("<HH", stream, start)
            found.setdefault(sheet, []).append((row, column, shown))
    return found


def _stream(data: bytes) -> bytes:
    with olefile.OleFileIO(io.BytesIO(data)) as compound:
        name = "Workbook" if compound.exists("Workbook") else "Book"
        return bytes(compound.openstream(name).read())


def _records(stream: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Place of the record, its kind, start and length of its data; nothing of what is encrypted."""
    place = 0
    while place + 4 <= len(stream):
        kind, length = unpack_from("<HH", stream, place)
        if kind == _FILE_PASS or place + 4 + length > len(stream):
            return
        yield place, kind, place + 4, length
        place += 4 + length


def _shown(stream: bytes, kind: int, start: int, length: int) -> str:
    """What the cell shows if it is an error, else ""."""
    if kind == _BOOL_ERR and length >= 8 and stream[start + 7] == 1:
        return _SHOWN.get(stream[start + 6], "#N/A")
    if kind == _FORMULA and length >= 14 and stream[start + 6] == 2 and stream[start + 12 : start + 14] == b"\xff\xff":
        return _SHOWN.get(stream[start + 8], "#N/A")
    return ""
