"""A column of cells as its distinct values and where each stands: every value is read once.

Equal is not enough to be the same value: True, 1 and 1.0 are three different things to have typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Distinct:
    """`values[codes[i]]` is the i-th cell of the column; `values[0]` is always "" (blank)."""

    codes: NDArray[np.intp]
    values: list[object]


def distinct(cells: Sequence[object]) -> Distinct:
    """Take a column apart."""
    pairs = list(zip(map(type, cells), cells, strict=True))
    order = {pair: place for place, pair in enumerate(dict.fromkeys([(str, ""), *pairs]))}
    codes = np.fromiter(map(order.__getitem__, pairs), dtype=np.intp, count=len(pairs))
    return Distinct(codes, [value for _, value in order])
