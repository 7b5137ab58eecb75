"""THE SEAM of return slips: a copy of somebody else's .xlsx or .xlsm, marked as the button marks an open sheet.

The package is changed part by part: the sheets marked, their notes, the styles, and where a new part is needed what the
package says of it. Every other part stays byte for byte; measured, no library that loads a workbook and saves it again
keeps pictures, pivot tables and the newer drop-downs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from workbook.assess import Assessment
from workbook.incoming.grid import Grid
from workbook.incoming.raw import RawTable
from workbook.open_sheet import Area, OpenSheet, Review, review_of
from workbook.outgoing import adopt, digests, follow, journal, slip_journal, slip_notes, standing
from workbook.outgoing.areas import Cell, cells_of
from workbook.outgoing.journal import Edits, Kept, Sight, Wanted
from workbook.outgoing.marks import Listing, check_marks
from workbook.outgoing.package import Package, open_package, sheet_parts
from workbook.outgoing.package_links import with_parts
from workbook.outgoing.slip_sheet import SlipSheet
from workbook.outgoing.slip_styles import Styles


@dataclass(frozen=True, slots=True)
class Judged:
    """One register of a file: as read, with the results our buttons may have written; and what was found.

    `assessment` and `found` number the persons from 0; `confirmed` as for `lift`.
    """

    file: str
    grid: Grid
    table: RawTable
    assessment: Assessment
    found: pd.DataFrame
    confirmed: Mapping[str, str]

    def review(self, sheet: OpenSheet, ours: Sequence[Area] = ()) -> Review:
        """The register as the sheet in front of a clerk would be."""
        return review_of(sheet, self.table, self.assessment, self.found, ours=ours, confirmed=self.confirmed)

    def listing(self) -> Listing:
        """Everything found, as a list."""
        return check_marks(self.review(OpenSheet(self.file, self.grid.sheet, self.grid.rows, self.grid.merges))).listing


def marked(data: bytes, registers: Sequence[Judged]) -> bytes:
    """The bytes of a copy with every register marked. Marks of an earlier time give way.

    The same input gives the same bytes. Raises Damaged where the package is built in a way that we do not follow.
    """
    package = open_package(data)
    kept = slip_journal.read(package)
    bears_journal, styles, parts = bool(kept), Styles(package), sheet_parts(package)
    for one in registers:
        package, kept = _marked(package, parts[one.grid.sheet], styles, one, kept)
    package = styles.put_into(package)
    return (slip_journal.written(package, kept) if bears_journal else package).content()


def _marked(
    package: Package, part: str, styles: Styles, one: Judged, kept: Sequence[Kept]
) -> tuple[Package, list[Kept]]:
    """The package with one sheet marked, and the journal of the book."""
    page = SlipSheet(package.part(part))
    notes = slip_notes.texts(package, part)
    sheet = OpenSheet(one.file, one.grid.sheet, one.grid.rows, one.grid.merges, page.hidden, page.formulas)
    here = _here(kept, sheet, one.table, page, styles, notes)
    wanted = check_marks(one.review(sheet, journal.results(here, sheet.name))).wanted
    sight = _sight(here, wanted, sheet, page, styles, notes)
    edits, keep = journal.change(sheet.name, here, wanted, sight)
    _carry_out(page, styles, edits)
    package, drawing = slip_notes.noted(package, part, page.drawing, edits.unnote, edits.notes, page.frame)
    if drawing != page.drawing:
        page.draw(drawing)
    others = [other for other in kept if other.sheet != sheet.name]
    return with_parts(package, {part: page.content()}), [*others, *keep]


def _here(
    kept: Sequence[Kept],
    sheet: OpenSheet,
    table: RawTable,
    page: SlipSheet,
    styles: Styles,
    notes: Mapping[Cell, str],
) -> list[Kept]:
    """What is known of earlier marks on the sheet: by the journal, else by what they say."""
    here = [one for one in kept if one.sheet == sheet.name]
    if here and standing.has_persons(here, sheet.name):
        here = _followed(here, table, page, styles, notes)
    if not here:
        copied, heads = adopt.copied_notes(kept, sheet.name, notes), adopt.headings(kept, sheet)
        return adopt.adopted(kept, sheet, copied, _fills(page, styles, {*copied, *heads}))
    return here


def _followed(
    here: Sequence[Kept], table: RawTable, page: SlipSheet, styles: Styles, notes: Mapping[Cell, str]
) -> list[Kept]:
    """The journal of the sheet after the branch has sorted its lines."""
    rows = follow.by_notes(here, now := follow.persons(table), follow.by_person(here, now), notes)
    return follow.carried(here, rows, _fills(page, styles, follow.places(here, rows)), notes)[0]


def _sight(
    here: Sequence[Kept],
    wanted: Wanted,
    sheet: OpenSheet,
    page: SlipSheet,
    styles: Styles,
    notes: Mapping[Cell, str],
) -> Sight:
    cells, columns = journal.of_interest(here, wanted)
    areas = [*journal.results(here, sheet.name), wanted.area]
    return Sight(_fills(page, styles, cells), notes, page.widths(columns), digests.contents(sheet, areas))


def _fills(page: SlipSheet, styles: Styles, cells: set[Cell]) -> dict[Cell, str]:
    colours = {cell: styles.colour(page.style(cell)) for cell in cells}
    return {cell: colour for cell, colour in colours.items() if colour}


def _carry_out(page: SlipSheet, styles: Styles, edits: Edits) -> None:
    """The edits of a sheet, in their order; its notes are no part of it."""
    for area in edits.clear:
        page.blank(cells_of(area))
    for (top, left), block in edits.blocks:
        for row, line in enumerate(block, start=top):
            for column, value in enumerate(line, start=left):
                if value != "":
                    page.put((row, column), str(value))
    for colour, same in edits.fills.items():
        cells = [cell for area in same for cell in cells_of(area)]
        page.restyle({cell: styles.painted(page.style(cell), colour) for cell in cells})
    page.widen(edits.widths)
