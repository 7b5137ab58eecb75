"""Small manners with frames that pandas' types leave open."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

import pandas as pd


def lines(frame: pd.DataFrame) -> Iterator[Any]:
    """The lines of a frame as objects with a field per column; fields are of the columns' own types."""
    yield from frame.itertuples(index=False)


def is_blank(value: object) -> bool:
    """Whether a single cell holds nothing: None, NaN, NaT or NA."""
    return bool(pd.isna(cast(Any, value)))


def whole_numbers(values: Iterable[object]) -> "pd.Series[int]":
    """Whole numbers of which some may be unknown (None, NA): Int64."""
    return pd.Series([None if is_blank(value) else int(cast(int, value)) for value in values], dtype="Int64")
