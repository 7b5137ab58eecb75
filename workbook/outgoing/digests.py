"""What we wrote into cells, kept as digests: a cell that still says it is ours, any other is the clerk's.

Digests are kept as sets, so that rows may be inserted, deleted and sorted; nobody's data can be read from them.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import sha256

from workbook.incoming.grid import is_blank
from workbook.open_sheet import Area, OpenSheet
from workbook.outgoing.areas import Cell, cells_of

#: How many digests fit into one cell of the journal, with room to spare.
MOST = 1_000

#: Stands for a formula, which is never ours, whatever it comes to.
_FORMULA = "="


def digest(*values: object) -> str:
    """Of one cell, or of a line of cells, blanks at its end left out."""
    said = "\x1f".join(map(_plain, values)).rstrip("\x1f")
    return sha256(said.encode()).hexdigest()[:8]


def _plain(value: object) -> str:
    """The same whichever application gave it back."""
    if is_blank(value):
        return ""
    if isinstance(value, int | float):
        return f"{float(value):.10g}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).replace("\r\n", "\n")


def kept(digests: Iterable[str]) -> str:
    """A set of digests as one text of the journal."""
    return " ".join(sorted(set(digests)))


def contents(sheet: OpenSheet, areas: Iterable[Area]) -> dict[Cell, object]:
    """What stands in some areas of a sheet, formulas too that show nothing."""
    within = {cell for area in areas for cell in cells_of(area)}
    formulas = {cell for area in sheet.formulas for cell in cells_of(area) if cell in within}
    values = {cell: sheet.value(*cell) for cell in within - formulas}
    return {cell: value for cell, value in values.items() if not is_blank(value)} | dict.fromkeys(formulas, _FORMULA)


def still_ours(sheet: OpenSheet, lines: frozenset[str]) -> bool:
    """Whether every line of a sheet is one that we wrote: deleted and sorted ones are no matter."""
    return all(digest(*row) in lines for row in filled(sheet))


def filled(sheet: OpenSheet) -> list[Sequence[object]]:
    """The lines of a sheet in which anything stands."""
    return [row for row in sheet.rows if not all(map(is_blank, row))]
