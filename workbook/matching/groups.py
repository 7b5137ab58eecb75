"""Pairs, and what people have ruled → who is one person. Chains are followed, but never into a contradiction."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

import numpy as np
import pandas as pd

from workbook.matching.likeness import Number, number_alike
from workbook.matching.rulings import Ruling


class Bond(StrEnum):
    """What holds between the two lines of a pair."""

    CERTAIN = "certain"
    ASKED = "asked"
    PARTED = "parted"  # a person said: two people


@dataclass(frozen=True, slots=True)
class Together:
    """`pairs` with their `bond`, and `ruled` where somebody said so; `person`: row id → the person's first row id."""

    pairs: pd.DataFrame
    person: pd.Series


def together(
    found: pd.DataFrame, made: pd.DataFrame, codes: pd.Series, ruled: Mapping[tuple[str, str], Ruling]
) -> Together:
    """Settle the pairs that `alike` found among the lines `made` by `traits`. `codes`: row id → code of the line."""
    pairs = _with_rulings(found, codes, ruled)
    # First what rests on names and facts gives way, then everything but a person's word.
    for firm in (pairs["same_number"] | pairs["ruled"], pairs["ruled"]):
        person = _components(codes.index, pairs)
        torn = pairs["one"].map(person).isin(_contradictory(person, pairs, made))
        pairs["bond"] = pairs["bond"].mask((pairs["bond"] == Bond.CERTAIN) & torn & ~firm, Bond.ASKED)
    return Together(pairs, _components(codes.index, pairs))


def _with_rulings(found: pd.DataFrame, codes: pd.Series, ruled: Mapping[tuple[str, str], Ruling]) -> pd.DataFrame:
    pairs = pd.concat([found, _said_to_be_one(found, codes, ruled)], ignore_index=True)
    named = zip(pairs["one"].map(codes), pairs["other"].map(codes), strict=True)
    said = [ruled.get((min(a, b), max(a, b))) for a, b in named]
    by_rule = np.where(pairs["certain"].astype(bool), Bond.CERTAIN, Bond.ASKED)
    by_word = [None if one is None else Bond.CERTAIN if one.same else Bond.PARTED for one in said]
    bond = [word or str(rule) for word, rule in zip(by_word, by_rule, strict=True)]
    return pairs.assign(
        bond=pd.Series(bond, dtype="str"), ruled=pd.Series([one is not None for one in said], dtype=bool)
    )


def _said_to_be_one(found: pd.DataFrame, codes: pd.Series, ruled: Mapping[tuple[str, str], Ruling]) -> pd.DataFrame:
    """Pairs that a person called one and no rule found."""
    wanted = [pair for pair, one in ruled.items() if one.same]
    named = codes[codes.isin({code for pair in wanted for code in pair})]
    rows = {code: list(group) for code, group in named.groupby(named).groups.items()}
    known = set(zip(found["one"], found["other"], strict=True))
    pairs = {
        (min(a, b), max(a, b)) for one, other in wanted for a, b in product(rows.get(one, ()), rows.get(other, ()))
    }
    new = sorted(pair for pair in pairs - known if pair[0] != pair[1])
    made = pd.DataFrame(new, columns=["one", "other"], dtype="int64")
    return made.assign(certain=True, same_number=False, reasons=pd.Series([()] * len(new), dtype=object))


def _components(rows: pd.Index, pairs: pd.DataFrame) -> pd.Series:
    """Row id → smallest row id that a chain of certain pairs leads to."""
    certain = pairs[pairs["bond"] == Bond.CERTAIN]
    root = {int(row): int(row) for row in (*certain["one"], *certain["other"])}
    for one, other in zip(certain["one"], certain["other"], strict=True):
        a, b = _root(root, int(one)), _root(root, int(other))
        root[max(a, b)] = min(a, b)
    person = [_root(root, row) if row in root else row for row in rows.tolist()]
    return pd.Series(person, index=rows, dtype="int64")


def _root(root: dict[int, int], row: int) -> int:
    while root[row] != row:
        root[row] = row = root[root[row]]
    return row


def _contradictory(person: pd.Series, pairs: pd.DataFrame, made: pd.DataFrame) -> set[int]:
    """The persons who would have two different numbers, or whose lines somebody has parted."""
    parted = pairs[pairs["bond"] == Bond.PARTED]
    ends = parted["one"].map(person), parted["other"].map(person)
    return {*ends[0][ends[0] == ends[1]], *_of_two_numbers(person, pairs[pairs["ruled"]], made)}


def _of_two_numbers(person: pd.Series, ruled: pd.DataFrame, made: pd.DataFrame) -> set[int]:
    """The persons with two numbers that differ by more than a slip, unless somebody joined just those."""
    several = person[person.duplicated(keep=False)]
    held = made.loc[several.index, ["number", "card", "padded"]].assign(person=several)
    held = held.dropna(subset="number").drop_duplicates(["person", "number"])
    both = held.merge(held, on="person", suffixes=("", "_other")).query("number < number_other")
    other = both[["number_other", "card_other", "padded_other"]].set_axis(["number", "card", "padded"], axis="columns")
    unlike = both[number_alike(both, other) == Number.OTHER]
    said = {
        frozenset(two) for two in zip(ruled["one"].map(made["number"]), ruled["other"].map(made["number"]), strict=True)
    }
    numbers = zip(unlike["number"], unlike["number_other"], strict=True)
    return set(unlike["person"][[frozenset(two) not in said for two in numbers]])
