"""The part of a package that is one sheet: cells put in one by one, everything else of it as it was."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal

from lxml import etree

from workbook.incoming.grid import address
from workbook.outgoing.areas import Cell, cell_of
from workbook.outgoing.cells import plain
from workbook.outgoing.package import SPACE, parse, serialised

#: What can be put into a cell.
Value = str | int | float | Decimal | date


class SheetPart:
    """One sheet being filled in. Rows and columns count from one."""

    def __init__(self, content: bytes):
        self._root = parse(content)
        self._namespace = etree.QName(self._root).namespace or ""
        self._data = self._child(self._root, "sheetData")
        self._rows = dict(self._numbered(self._data))
        self._order = sorted(self._rows)
        self._cells: dict[int, dict[int, etree._Element]] = {}

    @property
    def is_protected(self) -> bool:
        """Whether the sheet is locked against typing."""
        lock = self._root.find(self._name("sheetProtection"))
        return lock is not None and lock.get("sheet") in {"1", "true", "on"}

    def style(self, cell: Cell, like: Cell | None = None) -> int:
        """The number of a cell's style; of one that is not written down the one it would get: see `put`."""
        for one in filter(None, (cell, like)):
            if (written := self._written(one)) is not None:
                return int(written.get("s") or 0)
        row, column = cell
        return int((self._style(row, column, None) if row in self._rows else self._column_style(column)) or 0)

    def put(self, cell: Cell, value: Value, like: Cell | None = None) -> None:
        """Put a value into a cell that keeps its looks; one that is new takes those of `like`, of its row or column.

        Text is written as text, never as a formula or a number.
        """
        element = self._cell(cell, like)
        for child in list(element):
            element.remove(child)
        element.attrib.pop("t", None)
        kept = plain(value)
        if isinstance(kept, str):
            element.set("t", "inlineStr")
            text = etree.SubElement(etree.SubElement(element, self._name("is")), self._name("t"))
            text.text = kept
            if kept != kept.strip():
                text.set(SPACE, "preserve")
        elif kept is not None:
            etree.SubElement(element, self._name("v")).text = f"{kept:.15g}"

    def empty(self, cell: Cell) -> None:
        """Take away what stands in a cell; it keeps its looks. A formula stays without its result: it is of others."""
        there = self._written(cell)
        if there is not None and there.find(self._name("f")) is None:
            self.put(cell, "")
        elif there is not None:
            self._forget(there)

    def unlink(self, rows: Collection[int]) -> None:
        """Take the hyperlinks out of rows."""
        wanted = set(rows)
        for links in self._root.findall(self._name("hyperlinks")):
            for link in links.findall(self._name("hyperlink")):
                if cell_of(link.get("ref", "A1").partition(":")[0])[0] in wanted:
                    links.remove(link)
            if len(links) == 0:
                self._root.remove(links)

    @property
    def width(self) -> int:
        """How many columns the widest row reaches."""
        return max((max(self._columns(number), default=0) for number in self._order), default=0)

    def forget_results(self) -> int:
        """Drop the results of the formulas: they were of other numbers. How many there were."""
        formulas = [cell for cell in self._data.iter(self._name("c")) if cell.find(self._name("f")) is not None]
        for cell in formulas:
            self._forget(cell)
        return len(formulas)

    def rows(self, shared: Sequence[str]) -> list[list[object]]:
        """What the cells say, from A1 on, "" a blank one; a day is the number it is written as. `shared`: the texts."""
        filled = {number: self._columns(number) for number in self._order}
        return [
            [self._said(cells.get(column), shared) for column in range(1, max(cells, default=0) + 1)]
            for cells in (filled.get(number, {}) for number in range(1, max(filled, default=0) + 1))
        ]

    def content(self) -> bytes:
        """The sheet as a part again."""
        self._widen()
        return serialised(self._root)

    def _said(self, cell: etree._Element | None, shared: Sequence[str]) -> object:
        kind = "" if cell is None else cell.get("t", "n")
        if cell is None or kind == "inlineStr":
            return "" if cell is None else "".join(text.text or "" for text in cell.iter(self._name("t")))
        value = cell.findtext(self._name("v")) or ""
        if kind == "s":
            return shared[int(value)] if value else ""
        return float(value) if kind == "n" and value else value

    def _forget(self, cell: etree._Element) -> None:
        cell.attrib.pop("t", None)
        for result in cell.findall(self._name("v")):
            cell.remove(result)

    def _name(self, tag: str) -> str:
        return f"{{{self._namespace}}}{tag}" if self._namespace else tag

    def _child(self, parent: etree._Element, tag: str) -> etree._Element:
        found = parent.find(self._name(tag))
        return found if found is not None else etree.SubElement(parent, self._name(tag))

    def _numbered(self, data: etree._Element) -> Iterator[tuple[int, etree._Element]]:
        """The rows with their numbers: one without a number follows the one before."""
        number = 0
        for row in data.findall(self._name("row")):
            number = int(row.get("r", number + 1))
            yield number, row

    def _row(self, number: int) -> etree._Element:
        if number not in self._rows:
            row = etree.Element(self._name("row"), {"r": str(number)})
            place = bisect_left(self._order, number)
            self._order.insert(place, number)
            self._data.insert(place, row)
            self._rows[number] = row
        return self._rows[number]

    def _columns(self, number: int) -> dict[int, etree._Element]:
        """The cells of a row by column: one without an address follows the one before."""
        if number not in self._cells:
            column, cells = 0, {}
            for one in self._row(number).findall(self._name("c")):
                column = cell_of(one.get("r", ""))[1] if one.get("r") else column + 1
                cells[column] = one
            self._cells[number] = cells
        return self._cells[number]

    def _written(self, cell: Cell) -> etree._Element | None:
        row, column = cell
        return self._columns(row).get(column) if row in self._rows else None

    def _cell(self, cell: Cell, like: Cell | None) -> etree._Element:
        number, column = cell
        row, cells = self._row(number), self._columns(number)
        if column not in cells:
            made = etree.Element(self._name("c"), {"r": address(number - 1, column - 1)})
            if style := self._style(number, column, like):
                made.set("s", style)
            row.insert(sum(other < column for other in cells), made)
            row.attrib.pop("spans", None)  # a hint only, and no longer true
            cells[column] = made
        return cells[column]

    def _style(self, number: int, column: int, like: Cell | None) -> str:
        """The style a cell has that is not written down: that of a cell it shall be like, of its row, of its column."""
        if like is not None and (model := self._columns(like[0]).get(like[1])) is not None:
            return str(model.get("s", ""))
        row = self._row(number)
        if row.get("s") and row.get("customFormat") in {"1", "true"}:
            return str(row.get("s", ""))
        return self._column_style(column)

    def _column_style(self, column: int) -> str:
        span = self._span(column)
        return "" if span is None else str(span.get("style", ""))

    def _span(self, column: int) -> etree._Element | None:
        """The entry that speaks for a column, and maybe for its neighbours."""
        spans = self._root.iterfind(f"{self._name('cols')}/{self._name('col')}")
        return next((one for one in spans if int(one.get("min", 0)) <= column <= int(one.get("max", 0))), None)

    def _widen(self) -> None:
        """Let the sheet say how far it reaches now."""
        dimension = self._root.find(self._name("dimension"))
        filled = [(number, column) for number, cells in self._cells.items() for column in cells]
        if dimension is None or not filled:
            return
        first, _, last = dimension.get("ref", "A1").partition(":")
        corners = [cell_of(first), cell_of(last or first), *filled]
        rows, columns = zip(*corners, strict=True)
        top, bottom = address(min(rows) - 1, min(columns) - 1), address(max(rows) - 1, max(columns) - 1)
        dimension.set("ref", top if top == bottom else f"{top}:{bottom}")
