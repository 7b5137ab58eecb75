"""The same person in two books, one after the other: who is who, who is gone, who has come, and who may be whom.

The rule. Three facts tell who somebody is: the identity number (of nine digits at least), the name, the day of birth.

* All three agree, or two agree and the third is unknown: the same person, wherever the two lines stand.
* Two agree and the third contradicts (a number corrected, a name respelled): the same person if both lines stand in
  one branch, or if any day of the procedure is the same on both.
* One agrees and nothing contradicts: the same person if both lines stand in one branch.
* One agrees and one contradicts: the same person if both stand in one branch and a day of the procedure is the same
  on both; a name that contradicts must also be much alike.

Every rule asks that both lines be the only ones that fit. What agrees in something and is not settled by these rules
is left to a person: neither the same nor somebody else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz

from validation.vocabulary import DATE_COLUMNS

#: The days that tell a person's own story: the birth is a fact of its own, a change of status may come at any time.
STORY = tuple(name for name in DATE_COLUMNS if name not in ("birth_on", "youth_union_on", "status_changed_on"))

#: What identifies, strongest first. The pairs of one key are settled before the next key is tried.
_KEYS: tuple[tuple[str, ...], ...] = (
    ("id", "name_key", "home"),
    ("id", "name_key"),
    ("name_key", "birth", "home"),
    ("name_key", "birth"),
    ("id", "birth"),
    ("id", "home"),
    ("name_key", "home", "sympathizer_on"),
    ("name_key", "home"),
    ("birth", "home"),
)

#: What makes two lines that no rule pairs look like one person all the same.
_HINTS: tuple[tuple[str, ...], ...] = (("id",), ("name_key", "birth"), ("name_key", "home"))

_FACTS = ("id", "name_key", "birth")

#: Likeness of two names without accents (0 to 100) from which one may be the other misspelt.
_ALIKE = 85


@dataclass(frozen=True, slots=True)
class Pairing:
    """`same` and `unsure` have the columns `before` and `now` (index labels of the two frames); the rest are labels."""

    same: pd.DataFrame
    unsure: pd.DataFrame
    gone: pd.Index
    come: pd.Index


def pair(before: pd.DataFrame, now: pd.DataFrame) -> Pairing:
    """Who of one book is who in the next. Both frames: `id`, `name_key`, `bare`, `birth`, `home` and `STORY`, all text.

    `id` and `birth` are "" where they identify nobody; `home` is the branch a person belongs to in the end.
    """
    told = [name for name in STORY if name in before]
    same = [_unchanged(before, now, told)]
    for keys in _KEYS:
        if set(keys) <= set(before.columns):
            old, new = _left(before, same, "before"), _left(now, same, "now")
            candidates = _merged(old[_only(old, keys)], new[_only(new, keys)], keys)
            if len(candidates):
                same.append(candidates[_proven(before, now, candidates, told)])
    gone, come = _left(before, same, "before"), _left(now, same, "now")
    unsure = pd.concat([_merged(gone, come, keys) for keys in _HINTS]).drop_duplicates(ignore_index=True)
    return Pairing(
        same=pd.concat(same, ignore_index=True),
        unsure=unsure,
        gone=gone.index[~gone.index.isin(unsure["before"])],
        come=come.index[~come.index.isin(unsure["now"])],
    )


def elsewhere(rows: pd.DataFrame, others: pd.DataFrame) -> "pd.Series[str]":
    """For each of `rows` the `branch` of somebody among `others` with the same number and name, or name and birth.

    "" where there is nobody; its own branch before any other. Two known numbers that differ are two persons.
    """
    pairs = pd.concat([_merged(rows, others, keys) for keys in (("id", "name_key"), ("name_key", "birth"))])
    own, other = rows.loc[pairs["before"]].reset_index(drop=True), others.loc[pairs["now"]].reset_index(drop=True)
    told = other[["branch"]].assign(row=pairs["before"].to_numpy(), away=own["branch"] != other["branch"])
    told = told[(own["id"] == other["id"]) | (own["id"] == "") | (other["id"] == "")]
    first = told.sort_values("away", kind="stable").drop_duplicates("row")
    return first.set_index("row")["branch"].reindex(rows.index, fill_value="")


def _unchanged(before: pd.DataFrame, now: pd.DataFrame, told: Sequence[str]) -> pd.DataFrame:
    """Lines that say the same of everything compared; of several alike the first is the first."""
    columns = [*_FACTS, "home", *told]
    old, new = (frame[columns].assign(copy=frame.groupby(columns).cumcount()) for frame in (before, now))
    return _merged(old, new, [*columns, "copy"], blank=True)


def _left(frame: pd.DataFrame, settled: Iterable[pd.DataFrame], side: str) -> pd.DataFrame:
    return frame[~frame.index.isin(pd.concat(settled)[side])]


def _only(frame: pd.DataFrame, keys: Sequence[str]) -> "pd.Series[bool]":
    """Whether no other line has the same key."""
    return ~frame.duplicated(list(keys), keep=False)


def _merged(before: pd.DataFrame, now: pd.DataFrame, keys: Sequence[str], *, blank: bool = False) -> pd.DataFrame:
    """Every two lines with the same key; where a part of it is blank the key is none."""
    sides = []
    for frame, side in ((before, "before"), (now, "now")):
        known = frame if blank else frame[(frame[list(keys)] != "").all(axis="columns")]
        sides.append(known[list(keys)].assign(**{side: known.index}))
    return sides[0].merge(sides[1], on=list(keys))[["before", "now"]]


def _proven(before: pd.DataFrame, now: pd.DataFrame, pairs: pd.DataFrame, told: Sequence[str]) -> "pd.Series[bool]":
    """Which pairs the rule at the top of this module takes for one person."""
    old, new = before.loc[pairs["before"]].reset_index(drop=True), now.loc[pairs["now"]].reset_index(drop=True)
    facts = list(_FACTS)
    known = (old[facts] != "") & (new[facts] != "")
    equal = old[facts] == new[facts]
    agree, differ = (known & equal).sum(axis="columns"), (known & ~equal).sum(axis="columns")
    neighbours = old["home"] == new["home"]
    story = ((old[list(told)] != "") & (old[list(told)] == new[list(told)])).any(axis="columns")
    renamed = known["name_key"] & ~equal["name_key"]
    one = neighbours & ((differ == 0) | ((differ == 1) & story & (~renamed | _alike(old["bare"], new["bare"]))))
    two = (differ == 0) | neighbours | story
    return ((agree == 3) | ((agree == 2) & two) | ((agree == 1) & one)).set_axis(pairs.index)


def _alike(old: pd.Series, new: pd.Series) -> "pd.Series[bool]":
    pairs = zip(old, new, strict=True)
    return pd.Series([fuzz.ratio(one, other) >= _ALIKE for one, other in pairs], index=old.index, dtype=bool)
