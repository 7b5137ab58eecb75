"""Which cells of a workbook show their number in percent, and with how many decimals: 0.4285 shown as 42,85%.

The fast reader gives numbers without their format; a person who checks a printed table sees the format only.
"""

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from workbook.errors import Damaged, TooLarge, TooSlow, Unforeseen, Unreachable
from workbook.incoming.guard import guarded

#: Sheet → 0-based (row, column) → decimals shown.
Percents = Mapping[str, Mapping[tuple[int, int], int]]

_DECIMALS = re.compile(r"[.,](0+)\s*%")
_ENDINGS = {".xlsx", ".xlsm"}


def percent_cells(path: Path) -> Percents:
    """The cells in percent of every sheet; none of a workbook of another kind, or one that this reader cannot take.

    Raises Unreachable.
    """
    try:
        return guarded(percent_cells_here, path) if path.suffix.lower() in _ENDINGS else {}
    except (Damaged, TooLarge, TooSlow, Unforeseen):
        return {}  # as where it fails by itself: the file was read, and its plain numbers are judged


def percent_cells_here(path: Path) -> Percents:
    """The same in this very process, unguarded: what a child does. It follows a reader that took the file."""
    import openpyxl  # half as long to import as pandas, and only reports need it

    try:
        with path.open("rb") as stream:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # a sheet may declare every cell there is
            return {
                sheet.title: {
                    (cell.row - 1, cell.column - 1): _decimals(cell.number_format)
                    for row in sheet.iter_rows()
                    for cell in row
                    if cell.value is not None and "%" in cell.number_format
                }
                for sheet in book.worksheets
            }
    except OSError as error:
        raise Unreachable("file.held") from error
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError):
        return {}  # the second reader fails where the first did not: the plain number is judged instead


def _decimals(shown: str) -> int:
    found = _DECIMALS.search(shown)
    return len(found[1]) if found else 0
