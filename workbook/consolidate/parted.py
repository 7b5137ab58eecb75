"""What people have said of namesakes on the sheet of doubles also answers the query about them in their register."""

from dataclasses import replace
from itertools import combinations

import pandas as pd

from validation.findings import explained
from workbook.assess import Assessment
from workbook.matching import Bond, Persons
from workbook.matching.rulings import Ruling

_CODE = "duplicate.person"
_NAMESAKES = ["file", "name_key", "birth_on"]


def as_answered(assessment: Assessment, same: Persons) -> Assessment:
    """The judged rows with that query as a note for namesakes each two of whom somebody called two people.

    The verdicts are not told anew: `memory.recalled`, which comes after, tells them.
    """
    found = assessment.findings
    asked = found["code"] == _CODE
    people = assessment.typed.loc[found.loc[asked, "row"].unique(), _NAMESAKES]
    parted = same.pairs[same.pairs["bond"] == Bond.PARTED]
    apart = set(map(frozenset, zip(parted["one"], parted["other"], strict=True)))
    settled = {
        row
        for namesakes in people.groupby(_NAMESAKES).groups.values()
        if all(frozenset(two) in apart for two in combinations(namesakes, 2))
        for row in namesakes
    }
    answer = Ruling((), same=False).content
    told = pd.Series([answer if row in settled else None for row in found["row"]], found.index, object)
    return replace(assessment, findings=explained(found, told.where(asked)))
