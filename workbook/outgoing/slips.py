"""THE SEAM of return slips: a copy of somebody else's .xlsx or .xlsm, marked as the button marks an open sheet.

The package is changed part by part: the sheets marked, their notes, the styles, and where a new part is needed what the
package says of it. Every other part stays byte for byte; measured, no library that loads a workbook and saves it again
keeps pictures, pivot tables and the newer drop-downs.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from workbook.assess import Assessment
from workbook.errors import Damaged
from workbook.incoming.grid import Grid
from workbook.incoming.raw import RawTable
from workbook.layout import JOURNAL_SHEET
from workbook.open_sheet import Area, OpenSheet, Review, review_of
from workbook.outgoing import adopt, digests, follow, journal, slip_journal, slip_notes
from workbook.outgoing.areas import Cell, cells_of
from workbook.outgoing.journal import Edits, Kept, Sight, Wanted
from workbook.outgoing.marks import Listing, check_marks
from workbook.outgoing.package import Package, open_package, sheet_parts, workbook_part
from workbook.outgoing.package_links import with_parts
from workbook.outgoing.slip_sheet import SlipSheet
from workbook.outgoing.slip_styles import Styles
from workbook.outgoing.wrapped import line_count

_MACROS = b"macroEnabled.main+xml"
_LINE, _HIGHEST = 1.3125, 409.0  # of a line beside the size of its letters; points of the highest row there can be
_LETTERS_A_DIGIT = 0.9  # the letters of a clerk's font may be wider beside its digits than those of ours


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


def copied(data: bytes, registers: Sequence[Judged]) -> tuple[bytes, str]:
    """As `marked`, and what the copy must be called. A stranger's parts are followed: call it in a child process."""
    content = marked(data, registers)
    return content, extension(content)


def marked(data: bytes, registers: Sequence[Judged]) -> bytes:
    """The bytes of a copy with every register marked. Marks of an earlier time give way.

    The same input gives the same bytes. Raises Damaged where the package is built in a way that we do not follow.
    """
    package = open_package(data)
    try:
        return _with_marks(package, registers).content()
    except (LookupError, ValueError) as error:  # an address, a number or a part that is not what it should be
        raise Damaged("file.damaged") from error


def _with_marks(package: Package, registers: Sequence[Judged]) -> Package:
    kept, styles, parts = slip_journal.read(package), Styles(package), sheet_parts(package)
    bears_journal = bool(kept)
    for one in registers:
        package, kept = _marked(package, parts[one.grid.sheet], styles, one, kept)
    package = styles.put_into(package)
    return slip_journal.written(package, kept) if bears_journal else package


def extension(data: bytes) -> str:
    """What a marked copy must be called: an application does not open macros under the other name."""
    return ".xlsm" if _MACROS in open_package(data).part("[Content_Types].xml") else ".xlsx"


@dataclass(frozen=True, slots=True)
class _Seen:
    """One sheet of the package as it is before it is marked."""

    sheet: OpenSheet
    page: SlipSheet
    styles: Styles
    notes: Mapping[Cell, str]

    def fills(self, cells: set[Cell]) -> dict[Cell, str]:
        """The fills of the filled among some cells."""
        colours = {cell: self.styles.colour(self.page.style(cell)) for cell in cells}
        return {cell: colour for cell, colour in colours.items() if colour}

    def marks(self, kept: Sequence[Kept], table: RawTable) -> list[Kept]:
        """What is known of earlier marks: by the journal, wherever the branch has sorted its lines; else by what they
        say.
        """
        here = [one for one in kept if one.sheet == self.sheet.name]
        if not here:
            copied, heads = adopt.copied_notes(kept, self.sheet.name, self.notes), adopt.headings(kept, self.sheet)
            return adopt.adopted(kept, self.sheet, copied, self.fills({*copied, *heads}))
        now = follow.persons(table)
        rows = follow.by_notes(here, now, follow.by_person(here, now), self.notes)
        return follow.carried(here, rows, self.fills(follow.places(here, rows)), self.notes)[0]

    def sight(self, here: Sequence[Kept], wanted: Wanted) -> Sight:
        """What a change must know of the sheet."""
        cells, columns = journal.of_interest(here, wanted)
        areas = [*journal.results(here, self.sheet.name), wanted.area]
        return Sight(self.fills(cells), self.notes, self.page.widths(columns), digests.contents(self.sheet, areas))

    def carry_out(self, edits: Edits) -> None:
        """The edits of the sheet, in their order; its notes are in parts of their own."""
        for area in edits.clear:
            self.page.blank(cells_of(area))
        for corner, block in edits.blocks:
            self.page.write(corner, block)
        for colour, same in edits.fills.items():
            cells = [cell for area in same for cell in cells_of(area)]
            self.page.restyle({cell: self.styles.painted(self.page.style(cell), colour) for cell in cells})
        self.page.widen(edits.widths)

    def fit(self, wanted: Wanted) -> None:
        """Keep what is said beside the persons within its column; lines too low for it become higher.

        What runs over the edge of a column is printed on pages of its own.
        """
        top, _, _, column = wanted.area
        told = {row: str(line[-1]) for row, line in enumerate(wanted.results, start=top) if line[-1]}
        self.page.restyle({(row, column): self.styles.beside(self.page.style((row, column))) for row in told})
        widths = self.page.in_sight(column)
        over = {(top + 1, left + 1) for top, left, _, _ in self.sheet.merges}  # texts that have more room than a cell
        self.page.heighten(
            {row: self._height({**self._typed(row, over), (row, column): text}, widths) for row, text in told.items()}
        )

    def _typed(self, row: int, left_out: Collection[Cell]) -> dict[Cell, str]:
        """The branch's own texts of a row."""
        values = {(row, at): value for at, value in enumerate(self.sheet.rows[row - 1], start=1)}
        return {cell: text for cell, text in values.items() if isinstance(text, str) and text and cell not in left_out}

    def _height(self, texts: Mapping[Cell, str], widths: Mapping[int, float]) -> float:
        """How many points high a row must be for those of its texts that are broken into lines."""
        seen = {cell: self.page.style(cell) for cell in texts if cell[1] in widths}
        wrapped = {cell: style for cell, style in seen.items() if self.styles.wraps(style)}
        points = (self._points(texts[cell], style, widths[cell[1]]) for cell, style in wrapped.items())
        return min(max(points, default=0.0), _HIGHEST)

    def _points(self, text: str, style: int, width: float) -> float:
        """How high a text stands in a column of so many digits of the usual font."""
        size = self.styles.size(style)
        return _LINE * size * line_count(text, width * _LETTERS_A_DIGIT * self.styles.size(0) / size)


def _may_set_pages(package: Package) -> bool:
    """Not where somebody has said what of a sheet is printed, nor where our button shall put back all it finds."""
    has_journal = JOURNAL_SHEET in sheet_parts(package)
    return not has_journal and b"_xlnm.Print_Area" not in package.part(workbook_part(package))


def _marked(
    package: Package, part: str, styles: Styles, one: Judged, kept: Sequence[Kept]
) -> tuple[Package, list[Kept]]:
    """The package with one sheet marked, and the journal of the book."""
    page, notes = SlipSheet(package.part(part)), slip_notes.texts(package, part)
    sheet = OpenSheet(one.file, one.grid.sheet, one.grid.rows, one.grid.merges, page.hidden, page.formulas)
    seen = _Seen(sheet, page, styles, notes)
    here = seen.marks(kept, one.table)
    wanted = check_marks(one.review(sheet, journal.results(here, sheet.name))).wanted
    edits, keep = journal.change(sheet.name, here, wanted, seen.sight(here, wanted))
    seen.carry_out(edits)
    seen.fit(wanted)
    if _may_set_pages(package):
        page.fit_across(wanted.area[3])
    package, drawing = slip_notes.noted(package, part, page.drawing, edits.unnote, edits.notes, page.frame)
    if drawing != page.drawing:
        page.draw(drawing)
    others = [other for other in kept if other.sheet != sheet.name]
    return with_parts(package, {part: page.content()}), [*others, *keep]
