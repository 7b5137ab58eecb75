"""Candidate pairs → pairs worth keeping, certain or asked about, with their reasons: the rule of the package."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from workbook.matching.blocks import Positions, candidates
from workbook.matching.likeness import Birth, Flags, Likeness, Name, Number, Numbers, likeness, named_alike

#: What the facts that agree must weigh more than those that contradict, where a number is missing or has a slip.
_WITHOUT_NUMBER, _NEAR_NUMBER = 2, 0


def alike(made: pd.DataFrame) -> pd.DataFrame:
    """The pairs of lines worth keeping, from `traits`: row ids `one` and `other`, `certain`, `same_number`, `reasons`.

    `reasons` are keys of phrases, the strongest first.
    """
    first, second = candidates(made)
    first, second = _worth_a_look(made, first, second)
    one, other = (made.iloc[at].reset_index(drop=True) for at in (first, second))
    like = likeness(one, other)
    certain = _certain(like)
    kept = np.flatnonzero(certain | _asked(like))
    return pd.DataFrame(
        {
            "one": made.index.to_numpy()[first[kept]],
            "other": made.index.to_numpy()[second[kept]],
            "certain": certain[kept],
            "same_number": like.number[kept] == Number.SAME,
            "reasons": pd.Series(_told(like, kept), dtype=object),
        }
    )


def _worth_a_look(made: pd.DataFrame, first: Positions, second: Positions) -> tuple[Positions, Positions]:
    """The candidates whose names are alike, or whose numbers are the same: most of a block is neither."""
    names = made[["bare", "surname", "given_bare", "number"]]
    one, other = (names.iloc[at].reset_index(drop=True) for at in (first, second))
    look = named_alike(one, other) | (one["number"] == other["number"]).fillna(False).to_numpy(bool)
    return first[look], second[look]


def _certain(like: Likeness) -> Flags:
    costs = _costs(like)
    given = (like.name >= Name.NEAR) | ((like.name != Name.OTHER) & like.paper)
    agreeing = given & (like.birth != Birth.OTHER)
    by_slip = (like.number == Number.NEAR) & agreeing & (like.net >= _NEAR_NUMBER + costs)
    by_facts = (like.number == Number.UNKNOWN) & agreeing & (like.net >= _WITHOUT_NUMBER + costs)
    return np.asarray(_by_number(like) | ((by_slip | by_facts) & ~like.other_sex))


def _by_number(like: Likeness) -> Flags:
    """Who has one number. Twins on neighbouring lines may have been given one by copying it down."""
    slip = (like.name != Name.OTHER) & (like.birth != Birth.OTHER)
    twins = (like.name < Name.NEAR) & like.adjacent
    return np.asarray((like.number == Number.SAME) & ((like.name >= Name.UNMARKED) | (slip & ~twins)))


def _costs(like: Likeness) -> Numbers:
    """What a slip in the name and an unsure birth ask for on top."""
    name = np.select([like.name == Name.SAME, like.name >= Name.NEAR], [0, 1], 2)
    birth = np.select([like.birth == Birth.SAME, like.birth == Birth.UNKNOWN], [0, 2], 1)
    return np.asarray(name + birth)


def _asked(like: Likeness) -> Flags:
    """What is likely enough to ask about; the less agrees, the more facts must."""
    named, born = like.name >= Name.UNMARKED, like.birth >= Birth.SWAPPED
    near_number = (like.number == Number.NEAR) & (like.name != Name.OTHER) & (like.birth >= Birth.YEAR)
    likely = (
        (named & born)
        | ((like.name >= Name.MARKS) & born & (like.net >= 0))
        | (named & (like.birth != Birth.OTHER) & (like.net >= 1))
        | ((like.name != Name.OTHER) & (like.birth >= Birth.YEAR) & (like.net >= 2))
    )
    other_number = (like.number == Number.OTHER) & named & born & like.paper
    asked = (like.number == Number.SAME) | near_number | ((like.number == Number.UNKNOWN) & likely) | other_number
    return np.asarray(asked)


def _told(like: Likeness, kept: Positions) -> list[tuple[str, ...]]:
    """The reasons of the pairs at those places."""
    reasons = _reasons(like)
    table = np.column_stack([held[kept] for held in reasons.values()])
    kinds, which = np.unique(table, axis=0, return_inverse=True)
    said = [tuple(key for key, holds in zip(reasons, kind, strict=True) if holds) for kind in kinds]
    return [said[at] for at in which]


def _reasons(like: Likeness) -> Mapping[str, Flags]:
    return {
        "double.number_same": (like.number == Number.SAME) & ~like.padded,
        "double.number_padded": (like.number == Number.SAME) & like.padded,
        "double.number_near": like.number == Number.NEAR,
        "double.number_other": like.number == Number.OTHER,
        "double.name_same": like.name == Name.SAME,
        "double.name_unmarked": like.name == Name.UNMARKED,
        "double.name_near": (like.name > Name.OTHER) & (like.name < Name.UNMARKED),
        "double.birth_same": like.birth == Birth.SAME,
        "double.birth_swapped": like.birth == Birth.SWAPPED,
        "double.birth_near": like.birth == Birth.NEAR,
        "double.birth_year": like.birth == Birth.YEAR,
        "double.native_place": like.facts["native_place"],
        "double.residence": like.facts["residence"],
        "double.helper": like.facts["helper"],
        "double.youth_union": like.facts["youth_union_on"],
        "double.certificate": like.facts["certificate"],
        "double.sympathizer": like.facts["sympathizer_on"],
        "double.certificate_day": like.facts["certificate_on"],
        "double.decision": like.facts["decided_on"],
        "double.other_sex": like.other_sex,
    }
