"""Marks that say "as above": which cells hold one, and what stands above it on the same sheet."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbook import text
from workbook.incoming.cells import is_blank
from workbook.incoming.columns import Distinct
from workbook.incoming.words import words

# No mark is longer, hyphens and blanks included.
_LONGEST = 16


@dataclass(frozen=True, slots=True)
class Filled:
    """A column with its marks replaced (by blank where nothing stands above); positions of the marks."""

    column: Distinct
    taken: NDArray[np.intp]
    empty: NDArray[np.intp]


def _is_ditto(value: object) -> bool:
    """Whether a cell is one of the marks of `cells_vi.toml`, hyphens and dots around it aside."""
    if not isinstance(value, str) or len(value.strip()) > _LONGEST or value[-1:].isdigit():
        return False  # most cells: spared the key, which costs more than all the rest
    return text.key(value).strip(" -.").replace(".", "") in words("mark", "ditto")


def marked(column: Distinct) -> NDArray[np.bool_]:
    """Which cells of a column hold a mark."""
    return np.array([_is_ditto(value) for value in column.values])[column.codes]


def fill(column: Distinct, marks: NDArray[np.bool_], table: NDArray[np.int64], *, own: bool) -> Filled:
    """Put the cell above in place of each mark; a run of marks takes the cell above the run.

    `table` says which sheet each cell is on; the rows of a sheet follow each other. Where `own`, the column
    holds what belongs to one person alone, and every mark becomes blank.
    """
    at = np.flatnonzero(marks)
    source = np.maximum.accumulate(np.where(marks, 0, np.arange(len(marks))))[at]
    above = column.codes[source]
    stands = np.array([not is_blank(column.values[code]) for code in above], dtype=bool)
    found = stands & ~marks[source] & (table[source] == table[at]) & (not own)
    codes = column.codes.copy()
    codes[at] = np.where(found, above, 0)
    return Filled(Distinct(codes, column.values), at[found], at[~found])
