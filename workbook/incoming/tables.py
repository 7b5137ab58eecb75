"""The tables that stand one under another on a sheet: each has a header, and so the columns, of its own.

A header printed again at the top of a page begins no table: it names the same columns at their places, or fewer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.incoming.folded import people_of
from workbook.incoming.further import fold
from workbook.incoming.grid import Grid, is_blank_row
from workbook.incoming.header import Header, header_at
from workbook.incoming.looks import Look, Seen, Shape, see, shape_of
from workbook.incoming.slots import Slot

_HEADINGS = frozenset({Look.REPEATED_HEADER, Look.OTHER_TABLE})


@dataclass(frozen=True, slots=True)
class Table:
    """A header, and its lines as each looks by itself; line `first` (0-based) is the first of them.

    The lines of every header but the first are among the lines, as what they are.
    """

    header: Header
    shape: Shape
    first: int
    seen: list[Seen]

    @property
    def lines(self) -> range:
        """Its lines on the sheet (0-based)."""
        return range(self.first, self.first + len(self.seen))


def tables_under(grid: Grid, header: Header, confirmed: Mapping[str, str]) -> list[Table]:
    """The table of the header and those below it, down to the end of the sheet; together they have every line."""
    tables = [Table(header, shape_of(header, grid.rows), header.bottom + 1, [])]
    another = False  # a table of something else ends the register
    line = header.bottom + 1
    while line < len(grid.rows):
        table = tables[-1]
        one = see(grid.rows[line], table.shape)
        if not another and one.look in _HEADINGS and (new := _begun(grid, line, one.look, table.header, confirmed)):
            tables.append(_below(grid, new, table))
            line = new.bottom + 1
            continue
        table.seen.append(one)
        another = another or one.look is Look.OTHER_TABLE
        line += 1
    return [_folded(grid, table) if table.header.lines > 1 else table for table in tables]


def _begun(grid: Grid, line: int, look: Look, above: Header, confirmed: Mapping[str, str]) -> Header | None:
    """The header that begins a register of its own here; None where the register above goes on, or ends."""
    new = header_at(grid, line, above.bottom, confirmed)
    begins = Header.is_like if look is Look.OTHER_TABLE else _differ
    return new if new and begins(new, above) else None


def _differ(new: Header, above: Header) -> bool:
    """Whether a heading names another register column than the one that stood there; what is not known names none."""
    places: dict[int, list[Slot]] = {}
    for slot in above.slots:
        places.setdefault(slot.index, []).append(slot)
    return any(slot.column and not _is_repeated(slot, places[slot.index]) for slot in new.slots)


def _is_repeated(slot: Slot, before: Sequence[Slot]) -> bool:
    """Whether a heading says no more than the one above the same place, or the same in other words."""
    if set(slot.path) <= {text for one in before for text in one.path}:
        return True
    same = (one for one in before if one.column == slot.column)
    return any(not slot.part or not one.part or one.part == slot.part for one in same)


def _below(grid: Grid, header: Header, above: Table) -> Table:
    """The table of a new header, which takes its upper lines back from the table above."""
    del above.seen[header.top - above.first :]
    seen = [_of_header(row) for row in grid.rows[header.top : header.bottom + 1]]
    return Table(header, shape_of(header, grid.rows), header.top, seen)


def _folded(grid: Grid, table: Table) -> Table:
    """The table with the lines of each person told apart."""
    people = people_of(grid, table.header.slots)
    return replace(table, seen=fold(people, table.lines, table.seen, table.header.lines))


def _of_header(row: Sequence[object]) -> Seen:
    return Seen(Look.BLANK if is_blank_row(row) else Look.REPEATED_HEADER)
