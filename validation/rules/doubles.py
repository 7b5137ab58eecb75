"""The same person twice in one file. Across files it is no fault: people move; the paper asks about those.

Those who left are not compared: a person may be struck from the list and come back on a line of their own.
"""

from collections.abc import Callable
from functools import partial

import pandas as pd

from validation.rules.rule import Mask, Rule
from validation.vocabulary import Level

_SAME_ID = ("file", "citizen_id")
_SAME_PERSON = ("file", "name_key", "birth_on")


def _repeated(rows: pd.DataFrame, columns: tuple[str, ...]) -> Mask:
    keys = rows.loc[~rows["left"], list(columns)].dropna()
    repeated = keys.duplicated(keep=False)
    return repeated.reindex(rows.index, fill_value=False)


def _tell_lines(columns: tuple[str, ...]) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """The sheet lines of the others, for each."""

    def tell(rows: pd.DataFrame) -> pd.DataFrame:
        together = rows.groupby(list(columns), sort=False)["row"].transform(lambda lines: [sorted(lines)] * len(lines))
        others = [[line for line in lines if line != own] for lines, own in zip(together, rows["row"], strict=True)]
        return pd.DataFrame({"lines": others}, index=rows.index)

    return tell


RULES: tuple[Rule, ...] = (
    Rule(
        "duplicate.id",
        Level.ERROR,
        ("citizen_id",),
        partial(_repeated, columns=_SAME_ID),
        _tell_lines(_SAME_ID),
    ),
    Rule(
        "duplicate.person",
        Level.QUERY,
        ("full_name", "birth_on"),
        partial(_repeated, columns=_SAME_PERSON),
        _tell_lines(_SAME_PERSON),
    ),
)
