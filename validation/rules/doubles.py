"""The same person twice in one file. Across files it is no fault: people move; the paper asks about those.

Those who left are not compared: a person may be struck from the list and come back on a line of their own.
"""

from collections.abc import Callable
from functools import partial

import pandas as pd

from validation.rules.rule import Mask, Rule
from validation.vocabulary import Level

# A number shorter than an identity number is a slip, and many slips are alike.
_DIGITS_OF_AN_ID = (9, 12)

# A longer list of lines would bury the sentence.
_MOST_LINES = 5

#: A table, and the number of a line on its sheet.
Line = tuple[int, int]

_SAME_ID = ("file", "citizen_id")
_SAME_PERSON = ("file", "name_key", "birth_on")


def _repeated(rows: pd.DataFrame, columns: tuple[str, ...]) -> Mask:
    keys = rows.loc[~rows["left"], list(columns)].dropna()
    repeated = keys.duplicated(keep=False)
    return repeated.reindex(rows.index, fill_value=False)


def _same_id(rows: pd.DataFrame) -> Mask:
    return _repeated(rows, _SAME_ID) & rows["id_digits"].isin(_DIGITS_OF_AN_ID)


def _tell_lines(columns: tuple[str, ...]) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """For each the first of the others as (tables further on, line), and how many `more`, None for no more."""

    def tell(rows: pd.DataFrame) -> pd.DataFrame:
        places = pd.Series(list(zip(rows["table"], rows["row"], strict=True)), rows.index, object)
        groups = places.groupby([rows[column] for column in columns], sort=False)
        first = groups.transform(lambda lines: [sorted(lines)[: _MOST_LINES + 1]] * len(lines))
        others = [_without(lines, own) for lines, own in zip(first, places, strict=True)]
        rest = groups.transform("size") - 1 - pd.Series(map(len, others), index=rows.index)
        return pd.DataFrame({"lines": others, "more": rest.astype(object).where(rest > 0, None)}, index=rows.index)

    return tell


def _without(lines: list[Line], own: Line) -> list[Line]:
    """The lines but one's own, with how many tables further on each is: so it stays true however files are numbered."""
    at = lines.index(own) if own in lines else _MOST_LINES
    return [(table - own[0], line) for table, line in lines[:at] + lines[at + 1 :]]


RULES: tuple[Rule, ...] = (
    Rule(
        "duplicate.id",
        Level.ERROR,
        ("citizen_id",),
        _same_id,
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
