"""A worksheet that takes tables whole: one string a row where XlsxWriter makes several calls and objects a cell.

A quota book has millions of cells, nearly all of them in plain lists, and there the time of a run goes. A block is
rendered column by column, once per distinct value, and joined row by row; all else of a sheet stays XlsxWriter's. What
it has no public way for is used by its private name here and nowhere else (decision 0008), hence its exact version.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from io import StringIO
from typing import Any, TextIO

import numpy as np
import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from workbook.outgoing.cells import plain


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows from the 0-based row `first` on. `tails`: column by column what follows the address of each cell."""

    first: int
    tails: list[list[str]]

    @property
    def end(self) -> int:
        """The row after its last one."""
        return self.first + (len(self.tails[0]) if self.tails else 0)


class BlockSheet(Worksheet):  # type: ignore[misc]  # - XlsxWriter tells no types
    """A worksheet with blocks of rows from column A on, beside which nothing stands, and cells of XlsxWriter's.

    What is written last stands.
    """

    fh: TextIO

    def __init__(self) -> None:
        """A sheet without blocks; the workbook makes it."""
        super().__init__()
        self._blocks: list[_Block] = []  # from above to below

    def write_block(self, first: int, columns: Sequence[tuple["pd.Series[Any]", Format]]) -> None:
        """Write columns of equal length side by side from the 0-based row `first` on, below every block so far."""
        block = _Block(first, [self._tails(values, style) for values, style in columns])
        if block.end > first:
            self._blocks.append(block)
            self._check_dimensions(first, 0)
            self._check_dimensions(block.end - 1, len(columns) - 1)

    def replace(self, row: int, column: int, value: object, style: Format) -> bool:
        """Write one cell again if it stands in a block; False where it does not."""
        block = self._block_of(row)
        if block is None or column >= len(block.tails):
            return False
        block.tails[column][row - block.first] = self._tail(value, style)
        self.table[row].pop(column, None)
        return True

    def restyle(self, first: int, column: int, values: Iterable[object], styles: Iterable[Format]) -> None:
        """Write a column of a block again from the 0-based row `first` on, each line in a style of its own.

        Raises ValueError where no block stands on a line.
        """
        block, made = self._block_of(first), dict[tuple[object, Format], str]()
        for row, cell in enumerate(zip(values, styles, strict=True), first):
            if block is None or row >= block.end:
                raise ValueError(f"no block stands on row {row}")
            if cell not in made:
                made[cell] = self._tail(*cell)
            block.tails[column][row - block.first] = made[cell]

    def lead(self, first: int, column: int, targets: Iterable[str]) -> None:
        """Let a column lead, from the 0-based row `first` on, to targets as `write_url` takes them; "" leads nowhere.

        What the cells show stays as it is.
        """
        known: dict[str, Url] = {}
        for row, target in enumerate(targets, first):
            address, _, place = target.partition("#")
            if address:
                if address not in known:
                    known[address] = Url(address)
                    known[address].text = ""
                url = copy(known[address])
                url._anchor = place or url._anchor
                self.hyperlinks[row][column] = url

    def heighten(self, heights: Mapping[int, float]) -> None:
        """Make rows, by their 0-based numbers, so many points high."""
        first: dict[float, int] = {}
        for row, height in heights.items():
            if height not in first:
                first[height] = row
                self.set_row(row, height)
            self.row_info[row] = self.row_info[first[height]]
            self.row_sizes[row] = self.row_sizes[first[height]]

    def _block_of(self, row: int) -> _Block | None:
        place = bisect_right(self._blocks, row, key=lambda block: block.first) - 1
        return self._blocks[place] if place >= 0 and row < self._blocks[place].end else None

    def _tails(self, values: "pd.Series[Any]", style: Format) -> list[str]:
        codes, kinds = pd.factorize(values)  # -1 for what is blank
        made = [*(self._tail(value, style) for value in kinds.tolist()), self._tail(None, style)]
        return list(np.array(made, dtype=object)[codes])

    def _tail(self, value: object, style: Format) -> str:
        """What follows the address of a cell."""
        kept, look = plain(value), style._get_xf_index()
        if kept is None:
            return f' s="{look}"/>'
        if isinstance(kept, str):
            return f' s="{look}" t="s"><v>{self.str_table._get_shared_string_index(kept)}</v></c>'
        return f' s="{look}"><v>{kept:.16G}</v></c>'

    def _write_rows(self) -> None:
        top, bottom = self.dim_rowmin, self.dim_rowmax
        for block in self._blocks:
            self._write_cells_of(top, block.first - 1)
            self._write_block_rows(block)
            top = block.end
        self._write_cells_of(top, bottom)

    def _write_cells_of(self, first: int, last: int) -> None:
        """The rows that XlsxWriter keeps cell by cell."""
        self.dim_rowmin, self.dim_rowmax = first, last
        super()._write_rows()

    def _write_block_rows(self, block: _Block) -> None:
        addressed = "".join(f'<c r="{xl_col_to_name(column)}{{row}}"%s' for column in range(len(block.tails)))
        opened: dict[int, str] = {}  # what follows the number of a row, by its look: rows of one height share one
        for row, tails in enumerate(zip(*block.tails, strict=True), block.first):
            look = self.row_info.get(row)
            if id(look) not in opened:
                opened[id(look)] = self._written(self._write_row, row, None, look).removeprefix(f'<row r="{row + 1}"')
            shown = self._with_cells(row, tails) if self.table.get(row) else tails
            self.fh.write(f'<row r="{row + 1}"{opened[id(look)]}')
            self.fh.write(addressed.replace("{row}", str(row + 1)) % shown)
            self.fh.write("</row>")

    def _with_cells(self, row: int, tails: tuple[str, ...]) -> tuple[str, ...]:
        """A row with what was written over the block cell by cell since, like a formula.

        Raises IndexError for a cell beside the block.
        """
        shown = list(tails)
        for column, cell in self.table[row].items():
            written = self._written(self._write_cell, row, column, cell)
            shown[column] = written.removeprefix(f'<c r="{xl_rowcol_to_cell(row, column)}"')
        return tuple(shown)

    def _written(self, write: Callable[..., None], *arguments: object) -> str:
        """What a method of XlsxWriter's would write into the sheet."""
        kept, self.fh = self.fh, StringIO()
        write(*arguments)
        written, self.fh = self.fh.getvalue(), kept
        return written
