"""How alike two lines are: in number, in name, in birth, and by how many further facts. All pairs at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]

#: Slips allowed in a name, and from how many letters on; one slip in a short name makes another name.
_SLIPS, _LONG = (1, 2), 10

#: Places are alike when all words of the shorter stand in the longer; a name of fewer words must be the same.
_PLACE_WORDS, _PLACE_LIKE = 4, 92

#: What a further fact weighs: a day says as much as two places, for a commune has fewer hamlets than a life has days.
WEIGHTS: Mapping[str, int] = {
    "native_place": 1,
    "residence": 1,
    "helper": 1,
    "certificate": 1,
    "youth_union_on": 2,
    "sympathizer_on": 2,
    "certificate_on": 2,
    "decided_on": 2,
}

#: What a branch, a meeting or a course has in common for many: agreement in one branch says nothing.
_SHARED = ("helper", "sympathizer_on", "certificate_on", "decided_on")


class Number(IntEnum):
    """How two identity numbers stand to each other."""

    OTHER = 0
    UNKNOWN = 1  # one is missing, damaged or of another kind
    NEAR = 2  # one digit wrong, missing, too many, or two neighbours exchanged
    SAME = 3


class Name(IntEnum):
    """How two names stand to each other."""

    OTHER = 0
    NEAR_GIVEN = 1  # a slip in the given name: may be twins
    MARKS = 2  # the same letters, other marks in the given name: may be twins too
    NEAR = 3  # a slip elsewhere; the given name agrees
    UNMARKED = 4  # the same letters, one written without marks
    SAME = 5


class Birth(IntEnum):
    """How two births stand to each other."""

    OTHER = 0
    UNKNOWN = 1  # one is not known at all
    YEAR = 2  # one is known in part, and that agrees
    NEAR = 3  # one of day, month and year differs
    SWAPPED = 4  # day and month exchanged
    SAME = 5


@dataclass(frozen=True, slots=True)
class Likeness:
    """One value per pair. `net` is the weight of the further facts that agree, less of those that contradict.

    `facts` says which agree; `padded`: one of the numbers had lost zeros; `paper`: both bear one certificate's number
    that few others bear; `adjacent`: lines next to each other, where a number is copied down.
    """

    number: Numbers
    padded: Flags
    name: Numbers
    birth: Numbers
    net: Numbers
    facts: Mapping[str, Flags]
    paper: Flags
    adjacent: Flags
    other_sex: Flags


def likeness(one: pd.DataFrame, other: pd.DataFrame) -> Likeness:
    """Compare two frames of `traits` line by line (both with a fresh index of the same length)."""
    facts, net = _facts(one, other)
    paper = facts["certificate"] & one["rare"].to_numpy() & other["rare"].to_numpy()
    apart = (one["row"] - other["row"]).abs().to_numpy()
    return Likeness(
        number=number_alike(one, other),
        padded=(one["padded"] != other["padded"]).to_numpy(dtype=bool),
        name=_name(one, other),
        birth=_birth(one, other),
        net=net + paper,
        facts=facts,
        paper=paper,
        adjacent=_equal(one["table"], other["table"]) & (apart == 1),
        other_sex=_unlike(one["sex"], other["sex"]),
    )


def named_alike(one: pd.DataFrame, other: pd.DataFrame) -> Flags:
    """Whether bare names are the same but for a slip or a word left out."""
    names = one["bare"].fillna(""), other["bare"].fillna("")
    slips = _slips(*names, _SLIPS[1])
    shorter = np.minimum(*(texts.str.len().to_numpy() for texts in names))
    near = slips <= np.where(shorter >= _LONG, _SLIPS[1], _SLIPS[0])
    return np.asarray((near | _word_left_out(one, other)) & (shorter > 0))


def _word_left_out(one: pd.DataFrame, other: pd.DataFrame) -> Flags:
    """One name has a middle word more; the first and the last word are the same."""
    ends = _equal(one["surname"], other["surname"]) & _equal(one["given_bare"], other["given_bare"])
    able = np.flatnonzero(ends)
    left_out = np.zeros(len(one), dtype=bool)
    left_out[able] = _set_ratio(one["bare"].iloc[able], other["bare"].iloc[able]) == 100
    return left_out


def _slips(one: pd.Series, other: pd.Series, most: int) -> NDArray[np.int32]:
    """Letters wrong, missing, too many or exchanged with their neighbour; more than `most` are not counted."""
    made = process.cpdist(one.tolist(), other.tolist(), scorer=OSA.distance, score_cutoff=most, dtype=np.int32)
    return np.asarray(made)


def _set_ratio(one: pd.Series, other: pd.Series) -> NDArray[np.float32]:
    made = process.cpdist(one.tolist(), other.tolist(), scorer=fuzz.token_set_ratio, dtype=np.float32)
    return np.asarray(made)


def _name(one: pd.DataFrame, other: pd.DataFrame) -> Numbers:
    unmarked = (one["unmarked"] | other["unmarked"]).to_numpy()
    same = _equal(one["name"], other["name"])
    letters = _equal(one["bare"], other["bare"])
    given = _equal(one["given"], other["given"]) | (_equal(one["given_bare"], other["given_bare"]) & unmarked)
    near = named_alike(one, other)
    kinds = [same, letters & unmarked, near & given, letters, near]
    values = [Name.SAME, Name.UNMARKED, Name.NEAR, Name.MARKS, Name.NEAR_GIVEN]
    return np.select(kinds, values, Name.OTHER).astype("int64")


def number_alike(one: pd.DataFrame, other: pd.DataFrame) -> Numbers:
    """How the numbers stand to each other, line by line (a `Number` each)."""
    a, b = one["number"], other["number"]
    comparable = (a.notna() & b.notna() & (one["card"] == other["card"])).to_numpy(dtype=bool)
    near = np.zeros(len(one), dtype=bool)
    at = np.flatnonzero(comparable)
    near[at] = _one_slip(one.iloc[at], other.iloc[at])
    kinds = [_equal(a, b), near, ~comparable]
    return np.select(kinds, [Number.SAME, Number.NEAR, Number.UNKNOWN], Number.OTHER).astype("int64")


def _one_slip(one: pd.DataFrame, other: pd.DataFrame) -> Flags:
    """One digit wrong, missing, too many, or two exchanged. A missing one may have been taken for a lost zero."""
    a, b = one["number"], other["number"]
    a_typed, b_typed = (frame["number"].where(~frame["padded"], frame["number"].str[1:]) for frame in (one, other))
    return np.asarray((_slips(a, b, 1) <= 1) | (_slips(a_typed, b_typed, 1) <= 1))


def _birth(one: pd.DataFrame, other: pd.DataFrame) -> Numbers:
    a, b = one["born"], other["born"]
    years = one["year"].to_numpy(), other["year"].to_numpy()
    both = (a.notna() & b.notna()).to_numpy()
    day, month, year = (_equal(getattr(a.dt, part), getattr(b.dt, part)) & both for part in ("day", "month", "year"))
    exchanged = _equal(a.dt.day, b.dt.month) & _equal(a.dt.month, b.dt.day) & year
    near = (day.astype(int) + month + year) == 2
    partly = ~both & (years[0] == years[1]) & (years[0] > 0)
    unknown = (years[0] == 0) | (years[1] == 0)
    kinds = [day & month & year, exchanged, near, partly, unknown]
    values = [Birth.SAME, Birth.SWAPPED, Birth.NEAR, Birth.YEAR, Birth.UNKNOWN]
    return np.select(kinds, values, Birth.OTHER).astype("int64")


def _facts(one: pd.DataFrame, other: pd.DataFrame) -> tuple[dict[str, Flags], Numbers]:
    """Which further facts agree, and the weight of those less the weight of what contradicts.

    People who move change home and helper: neither is held against another branch's.
    """
    same_branch = _equal(one["branch"], other["branch"])
    alike = {name: _same_place(one[name], other[name]) for name in ("native_place", "residence")}
    alike |= {name: _equal(one[name], other[name]) for name in WEIGHTS if name not in alike}
    unlike = {name: _known(one[name], other[name]) & ~held for name, held in alike.items()}
    unlike["residence"] &= same_branch
    unlike["helper"][:] = False
    alike["certificate"] &= ~unlike["certificate_on"]  # numbers start again every year
    for name in _SHARED:
        alike[name] &= ~same_branch
    return alike, np.asarray(_weight(alike) - _weight(unlike))


def _weight(facts: Mapping[str, Flags]) -> Numbers:
    held = np.column_stack([facts[name] for name in WEIGHTS])
    return np.asarray(held @ np.array(list(WEIGHTS.values())))


def _same_place(one: pd.Series, other: pd.Series) -> Flags:
    """The same text, or all the words of one in the other: offices write a place longer or shorter."""
    same = _equal(one, other)
    long = (one.str.count(" ") + 1 >= _PLACE_WORDS) & (other.str.count(" ") + 1 >= _PLACE_WORDS)
    able = np.flatnonzero(long.fillna(False).to_numpy(dtype=bool) & ~same)
    same[able] = _set_ratio(one.iloc[able], other.iloc[able]) >= _PLACE_LIKE
    return same


def _equal(one: pd.Series, other: pd.Series) -> Flags:
    """Whether both are known and the same."""
    return (one.eq(other).fillna(False).to_numpy(dtype=bool)) & _known(one, other)


def _unlike(one: pd.Series, other: pd.Series) -> Flags:
    return _known(one, other) & ~_equal(one, other)


def _known(one: pd.Series, other: pd.Series) -> Flags:
    return np.asarray((one.notna() & other.notna()).to_numpy(dtype=bool))
