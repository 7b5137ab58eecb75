"""A worksheet that takes tables whole: one string a row where XlsxWriter makes several calls and objects a cell.

A quota book has millions of cells, nearly all of them in plain lists, and there the time of a run goes. A block is
rendered column by column, once per distinct value, and joined row by row; all else of a sheet stays XlsxWriter's. What
it has no public way for is used by its private name here and nowhere else (decision 0008), hence its exact version.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from io import StringIO
from typing import Any, TextIO

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import RowInfo, Worksheet

from workbook.outgoing.cells import plain

#: So many rows of a block are put together at once.
_AT_ONCE = 1_000


#: XlsxWriter asks how high rows are only where it has heard of one that is not as usual, whatever its number.
_NO_ROW = -1


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a block. `tails`: what may follow the address of a cell; `codes`: by row the number of its tail."""

    codes: NDArray[np.int32]
    tails: list[str]


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows from the 0-based row `first` on, column by column; `looks`: how high each row is, None for the usual."""

    first: int
    columns: list[_Column]
    looks: list[RowInfo | None]

    @property
    def end(self) -> int:
        """The row after its last one."""
        return self.first + len(self.looks)

    def lines(self) -> Iterator[tuple[str, ...]]:
        """Row by row what follows the addresses of its cells."""
        tails = [np.array(column.tails, dtype=object) for column in self.columns]
        for start in range(0, len(self.looks), _AT_ONCE):
            some = [column.codes[start : start + _AT_ONCE] for column in self.columns]
            yield from zip(*(made[codes].tolist() for made, codes in zip(tails, some, strict=True)), strict=True)


class BlockSheet(Worksheet):  # type: ignore[misc]  # - XlsxWriter tells no types
    """A worksheet with blocks of rows from column A on, beside which nothing stands, and cells of XlsxWriter's.

    What is written last stands.
    """

    fh: TextIO

    def __init__(self) -> None:
        """A sheet without blocks; the workbook makes it."""
        super().__init__()
        self._blocks: list[_Block] = []  # from above to below
        self.row_sizes[_NO_ROW] = [self.default_row_height, False]

    def write_block(self, first: int, columns: Sequence[tuple["pd.Series[Any]", Format]]) -> None:
        """Write columns of equal length side by side from the 0-based row `first` on, below every block so far."""
        made = [self._column(values, style) for values, style in columns]
        count = len(made[0].codes) if made else 0
        if count:
            self._blocks.append(_Block(first, made, [None] * count))
            self._check_dimensions(first, 0)
            self._check_dimensions(first + count - 1, len(columns) - 1)

    def replace(self, row: int, column: int, value: object, style: Format) -> bool:
        """Write one cell again if it stands in a block; False where it does not."""
        block = self._block_of(row)
        if block is None or column >= len(block.columns):
            return False
        self._recode(block, row, column, [(value, style)])
        return True

    def restyle(self, first: int, column: int, values: Iterable[object], styles: Iterable[Format]) -> None:
        """Write a column of a block again from the 0-based row `first` on, each line in a style of its own.

        Raises ValueError where no block stands on a line.
        """
        cells, block = list(zip(values, styles, strict=True)), self._block_of(first)
        if block and first + len(cells) <= block.end:
            self._recode(block, first, column, cells)
        elif cells:
            raise ValueError(f"no block stands on all of {len(cells)} rows from row {first} on")

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
        looks: dict[float, RowInfo] = {}
        for row, height in heights.items():
            block = self._block_of(row)
            if block is None or height not in looks:
                self.set_row(row, height)
            if block:  # a list of its own: XlsxWriter's two entries would weigh more than the row
                looks.setdefault(height, self.row_info.get(row))
                block.looks[row - block.first] = looks[height]
                self.row_info.pop(row, None)
                self.row_sizes.pop(row, None)

    def _size_row(self, row: int, anchor: int = 0) -> int:
        """How high a row is, in pixels; asked for where notes and charts stand."""
        block = self._block_of(row)
        own = block.looks[row - block.first] if block and row not in self.row_sizes else None
        height: int = own.height if own else super()._size_row(row, anchor)
        return height

    def _recode(self, block: _Block, first: int, column: int, cells: Sequence[tuple[object, Format]]) -> None:
        """Write cells of a column again, each in a style of its own."""
        kept = block.columns[column]
        made = {cell: number for number, cell in enumerate(dict.fromkeys(cells), len(kept.tails))}
        kept.tails.extend(self._tail(*cell) for cell in made)
        start = first - block.first
        kept.codes[start : start + len(cells)] = [made[cell] for cell in cells]
        for row in range(first, first + len(cells)):
            self.table.get(row, {}).pop(column, None)

    def _block_of(self, row: int) -> _Block | None:
        place = bisect_right(self._blocks, row, key=lambda block: block.first) - 1
        return self._blocks[place] if place >= 0 and row < self._blocks[place].end else None

    def _column(self, values: "pd.Series[Any]", style: Format) -> _Column:
        codes, kinds = pd.factorize(values)  # -1 for what is blank
        tails = [*(self._tail(value, style) for value in kinds.tolist()), self._tail(None, style)]
        return _Column(np.where(codes < 0, len(kinds), codes).astype(np.int32), tails)

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
        while self._blocks:  # what is written need be held no more
            block = self._blocks.pop(0)
            self._write_cells_of(top, block.first - 1)
            self._write_block_rows(block)
            top = block.end
        self._write_cells_of(top, bottom)

    def _write_cells_of(self, first: int, last: int) -> None:
        """The rows that XlsxWriter keeps cell by cell."""
        self.dim_rowmin, self.dim_rowmax = first, last
        super()._write_rows()

    def _write_block_rows(self, block: _Block) -> None:
        addressed = "".join(f'<c r="{xl_col_to_name(column)}{{row}}"%s' for column in range(len(block.columns)))
        opened: dict[int, str] = {}  # what follows the number of a row, by its look: rows of one height share one
        for row, tails in enumerate(block.lines(), block.first):
            look = self.row_info.get(row, block.looks[row - block.first])
            if id(look) not in opened:
                opened[id(look)] = self._written(self._write_row, row, None, look).removeprefix(f'<row r="{row + 1}"')
            shown = self._with_cells(row, tails) if self.table.get(row) else tails
            cells = addressed.replace("{row}", str(row + 1)) % shown
            self.fh.write(f'<row r="{row + 1}"{opened[id(look)]}{cells}</row>')

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
