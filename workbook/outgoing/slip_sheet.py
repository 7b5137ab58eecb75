"""One sheet of somebody else's workbook, seen and marked: fills, widths, values, and where its notes are drawn."""

from collections.abc import Callable, Collection, Iterable, Mapping
from copy import deepcopy
from math import ceil

from lxml import etree

from workbook.open_sheet import Area
from workbook.outgoing.areas import Cell, areas, cell_of
from workbook.outgoing.journal import Block
from workbook.outgoing.package import RELATIONSHIP_ID
from workbook.outgoing.sheet_part import SheetPart

_LAST_COLUMN = 16_384

#: What a part says of a width beside the characters that fit: the margins of a cell.
_MARGIN = 0.7109375
_USUAL_WIDTH, _USUAL_HEIGHT = 8.43, 15.0
_PIXELS_A_DIGIT, _PIXELS_A_POINT = 7, 4 / 3

#: What must stand behind the drawing of notes, by the order in which a sheet lists its belongings.
_BEHIND = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    "AlternateContent",
)  # fmt: skip
#: And what must stand behind the setup of its pages.
_BEHIND_SETUP = (
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", *_BEHIND,
)  # fmt: skip

_PAPER = {"paperSize": "9", "orientation": "landscape"}  # A4
_LONG, _SHORT = 980.0, 650.0  # pixels across A4 within the usual margins, lying and upright
_LEGIBLE = 0.7  # of their size: letters of 12 points keep 8


class SlipSheet(SheetPart):
    """One sheet being marked. Rows and columns count from one."""

    # --- seen

    @property
    def hidden(self) -> frozenset[int]:
        """The rows out of sight."""
        return frozenset(number for number, row in self._rows.items() if row.get("hidden") in {"1", "true"})

    @property
    def formulas(self) -> tuple[Area, ...]:
        """Where formulas stand."""
        cells = (one for one in self._data.iter(self._name("c")) if one.find(self._name("f")) is not None)
        return areas(cell_of(one.get("r", "")) for one in cells if one.get("r"))

    def widths(self, columns: Collection[int]) -> dict[int, float]:
        """How wide columns are, in characters."""
        return {column: self._width(column) for column in columns}

    def in_sight(self, last: int) -> dict[int, float]:
        """How wide the columns up to `last` are, in characters, without those that nobody sees."""
        spans = {column: self._span(column) for column in range(1, last + 1)}
        shown = [column for column, span in spans.items() if span is None or span.get("hidden") not in {"1", "true"}]
        return {column: width for column, width in self.widths(shown).items() if width >= 1}

    def _width(self, column: int) -> float:
        span, usual = self._span(column), self._root.find(self._name("sheetFormatPr"))
        told = span.get("width") if span is not None else None
        if told is None and usual is not None:
            told = usual.get("defaultColWidth")
        return float(told) - _MARGIN if told else _USUAL_WIDTH

    @property
    def drawing(self) -> str:
        """The id of the relationship to the drawing of the notes, "" where there is none."""
        found = self._root.find(self._name("legacyDrawing"))
        return found.get(RELATIONSHIP_ID, "") if found is not None else ""

    def frame(self, cell: Cell, width: int, height: int) -> tuple[int, ...]:
        """Where a note of so many pixels stands, right of its cell: column, pixels in it, row, pixels; twice."""
        row, column = cell
        first = min(column + 1, _LAST_COLUMN - 5)
        last, across = self._along(first, 15 + width, lambda at: self._width(at) * _PIXELS_A_DIGIT + 5)
        top = max(row - 1, 1)
        bottom, down = self._along(top, 10 + height, self._height)
        return first - 1, 15, top - 1, 10, last - 1, across, bottom - 1, down

    @staticmethod
    def _along(start: int, pixels: float, size: Callable[[int], float]) -> tuple[int, int]:
        """The column or row in which so many pixels from the start of another end, and how far into it."""
        at = start
        while pixels > size(at) and at < start + 200:
            pixels -= size(at)
            at += 1
        return at, int(min(pixels, size(at)))

    def _height(self, number: int) -> float:
        row = self._rows.get(number)
        told = row.get("ht") if row is not None else None
        hidden = row is not None and row.get("hidden") in {"1", "true"}
        return 0.0 if hidden else float(told or _USUAL_HEIGHT) * _PIXELS_A_POINT

    # --- changed

    def write(self, corner: Cell, block: Block) -> None:
        """Put a block of texts, from its first cell on; where it holds "" the cell is left alone."""
        for row, line in enumerate(block, start=corner[0]):
            for column, value in enumerate(line, start=corner[1]):
                if value != "":
                    self.put((row, column), str(value))

    def blank(self, cells: Iterable[Cell]) -> None:
        """Take away what stands in cells; they keep their looks."""
        for row, column in cells:
            if row in self._rows and column in self._columns(row):
                self.put((row, column), "")

    def restyle(self, styles: Mapping[Cell, int]) -> None:
        """Give cells other looks."""
        for cell, style in styles.items():
            self._cell(cell, None).set("s", str(style))

    def heighten(self, heights: Mapping[int, float]) -> None:
        """Make rows so many points high at least: LibreOffice does not find out by itself when it opens a file."""
        usual = self._root.find(self._name("sheetFormatPr"))
        told = usual.get("defaultRowHeight") if usual is not None else None
        for number, points in heights.items():
            row = self._row(number)
            if float(row.get("ht") or told or _USUAL_HEIGHT) < points:
                row.set("ht", f"{points:g}")

    def fit_across(self, last: int) -> None:
        """Print the columns up to `last` on as few pages across as leave the letters legible, and on one paper.

        Only where nobody has said how small, or where a page ends; the paper and how it lies stay as they were chosen.
        """
        setup, chosen = self._root.find(self._name("pageSetup")), self._root.find(f".//{self._name('pageSetUpPr')}")
        said = setup is not None and ("scale" in setup.attrib or "fitToWidth" in setup.attrib)
        if said or chosen is not None or self._root.find(self._name("colBreaks")) is not None:
            return
        if setup is None:
            setup = self._put_before(_BEHIND_SETUP, etree.Element(self._name("pageSetup"), dict(_PAPER)))
        across = _LONG if setup.get("orientation") == "landscape" else _SHORT
        wide = sum(width * _PIXELS_A_DIGIT + 5 for width in self.in_sight(last).values())
        setup.set("fitToWidth", str(ceil(wide * _LEGIBLE / across)))
        setup.set("fitToHeight", "0")
        properties = self._root.find(self._name("sheetPr"))
        if properties is None:
            properties = etree.Element(self._name("sheetPr"))
            self._root.insert(0, properties)
        etree.SubElement(properties, self._name("pageSetUpPr"), {"fitToPage": "1"})

    def widen(self, widths: Mapping[int, float]) -> None:
        """Make columns so many characters wide, and show them."""
        for column, width in widths.items():
            own = self._own_span(column)
            own.attrib.pop("hidden", None)
            own.set("width", str(width + _MARGIN))
            own.set("customWidth", "1")

    def _own_span(self, column: int) -> etree._Element:
        """The entry of one column alone, parted from its neighbours where one entry speaks for all of them."""
        spans = self._root.find(self._name("cols"))
        if spans is None:
            spans = etree.Element(self._name("cols"))
            self._data.addprevious(spans)
        span = self._span(column)
        if span is None:
            own = etree.Element(self._name("col"), {"min": str(column), "max": str(column)})
            spans.insert(sum(int(one.get("min", 0)) < column for one in spans), own)
            return own
        first, last = int(span.get("min", 0)), int(span.get("max", 0))
        for start, end in ((first, column - 1), (column + 1, last)):
            if start <= end:
                part = deepcopy(span)
                part.set("min", str(start))
                part.set("max", str(end))
                (span.addprevious if end < column else span.addnext)(part)
        span.set("min", str(column))
        span.set("max", str(column))
        return span

    def draw(self, link: str) -> None:
        """Let the notes be drawn by the part that a relationship leads to."""
        self._put_before(_BEHIND, etree.Element(self._name("legacyDrawing"), {RELATIONSHIP_ID: link}))

    def _put_before(self, names: Collection[str], made: etree._Element) -> etree._Element:
        """Put a belonging of the sheet before the first of those that must stand behind it."""
        behind = (one for one in self._root if isinstance(one.tag, str) and etree.QName(one).localname in names)
        first = next((one for one in behind if self._root.index(one) > self._root.index(self._data)), None)
        if first is None:
            self._root.append(made)
        else:
            first.addprevious(made)
        return made
