"""Small manners with frames that pandas' types leave open."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd

_T = TypeVar("_T")


def lines(frame: pd.DataFrame) -> Iterator[Any]:
    """The lines of a frame as objects with a field per column; fields are of the columns' own types."""
    yield from frame.itertuples(index=False)


def of_each(frame: pd.DataFrame, say: Callable[[Any], _T]) -> list[_T]:
    """What `say` makes of each of the `lines`, in their order. Of lines that are alike it is asked once.

    A committee has many persons and few terms, clauses and days.
    """
    kinds = frame.groupby(list(frame.columns), sort=False, dropna=False).ngroup()
    _, first, kind = np.unique(kinds, return_index=True, return_inverse=True)
    said = [say(line) for line in lines(frame.iloc[first])]
    return [said[at] for at in kind.tolist()]


def made_once(texts: "pd.Series[str]", make: Callable[[str], str]) -> "pd.Series[str]":
    """What `make` makes of each text, NA where there is none. Each different text is made once."""
    known = {text: make(text) for text in texts.dropna().unique()}
    return texts.map(known, na_action="ignore").astype("str")


def as_objects(days: "pd.Series[pd.Timestamp]") -> "pd.Series[Any]":
    """Days that can stand in one column with other things; each different day is made once."""
    which, different = days.factorize(use_na_sentinel=False)
    return pd.Series(different, dtype=object).take(which).set_axis(days.index)


def held_once(texts: Iterable[str]) -> list[str]:
    """The texts; of those that are equal only one is kept in memory. A sheet has many lines that say the same."""
    known: dict[str, str] = {}
    return [known.setdefault(text, text) for text in texts]


def joined(rows: Iterable[int], texts: Iterable[str], between: str) -> "pd.Series[str]":
    """The texts of each row in one, in their order, by row id."""
    of_row: dict[int, list[str]] = {}
    for row, text in zip(rows, texts, strict=True):
        of_row.setdefault(row, []).append(text)
    return pd.Series({row: between.join(said) for row, said in of_row.items()}, dtype="str")


def is_blank(value: object) -> bool:
    """Whether a single cell holds nothing: None, NaN, NaT or NA."""
    return bool(pd.isna(cast(Any, value)))


def whole_numbers(values: Iterable[object]) -> "pd.Series[int]":
    """Whole numbers of which some may be unknown (None, NA): Int64."""
    return pd.Series([None if is_blank(value) else int(cast(int, value)) for value in values], dtype="Int64")
