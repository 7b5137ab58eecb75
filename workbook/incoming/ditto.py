"""Marks that say "as above": which cells hold one, and what stands above it on the same sheet."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbook import text
from workbook.incoming.cells import is_blank
from workbook.incoming.columns import Distinct
from workbook.incoming.words import words


@dataclass(frozen=True, slots=True)
class Filled:
    """A column with its marks replaced (by blank where nothing stands above); positions of the marks."""

    column: Distinct
    taken: NDArray[np.intp]
    empty: NDArray[np.intp]


def is_ditto(value: object) -> bool:
    """Whether a cell is one of the marks of `cells_vi.toml`, hyphens and dots around it aside."""
    return isinstance(value, str) and text.key(value).strip(" -.").replace(".", "") in words("mark", "ditto")


def marked(column: Distinct) -> NDArray[np.bool_]:
    """Which cells of a column hold a mark."""
    return np.array([is_ditto(value) for value in column.values])[column.codes]


def fill(column: Distinct, marks: NDArray[np.bool_], table: NDArray[np.int64], *, own: bool) -> Filled:
    """Put the cell above in place of each mark; a run of marks takes the cell above the run.

    `table` says which sheet each cell is on; the rows of a sheet follow each other. Where `own`, the column
    holds what belongs to one person alone, and every mark becomes blank.
    """
    here = np.arange(len(marks))
    source = np.maximum.accumulate(np.where(marks, 0, here))
    blank = np.array([is_blank(value) for value in column.values])
    found = ~marks[source] & (table[source] == table) & ~blank[column.codes[source]] & (not own)
    codes = np.where(marks, np.where(found, column.codes[source], 0), column.codes)
    return Filled(Distinct(codes, column.values), np.flatnonzero(marks & found), np.flatnonzero(marks & ~found))
