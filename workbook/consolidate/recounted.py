"""Lines read but set aside as doubles: where somebody is who seems to have gone, come or moved between two books.

Which line of a person counts may change because another has overtaken it, or because somebody has decided so. The
person has then not moved, and what the two lines write differently was not corrected: the line that the earlier book
counted is compared with what it says now.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from validation.vocabulary import Status
from workbook.assess import Assessment
from workbook.committee import Committee
from workbook.consolidate.people import Roll, shown
from workbook.incoming.inbox import Opened
from workbook.matching import Bond, DoubleKind, Persons
from workbook.matching.rulings import Ruling
from workbook.text import key

#: Where a person stands, and how far on, is said of the person and not of one line.
_OF_THE_PERSON = ["stage", "status", "moved_to", "status_changed_on"]


@dataclass(frozen=True, slots=True)
class Spare:
    """Lines set aside as doubles of persons who have not moved away from them.

    `lines`: the register columns as in `Book.people`, with `branch`, `file`, `sheet`, `row`, and `stands_for` (row id
    of the line counted), `moved` (the person counts as moved), `joined` and `placed` (somebody said that the two are
    one person, and that the person counts where they do). `parted`: counted lines that somebody called two people.
    """

    lines: pd.DataFrame
    parted: frozenset[int]


def spare(assessment: Assessment, who: Roll, files: Sequence[Opened]) -> Spare:
    """What was set aside of the judged rows as doubles."""
    same, stacked = who.same, assessment.stacked
    away = assessment.typed["status"].reindex(same.stands_for.index) == Status.MOVED_OUT
    aside = same.stands_for[(same.stands_for != same.stands_for.index) & ~away]
    typed, raw = assessment.typed.loc[aside.index], stacked.frame.loc[aside.index]
    said = [_ruling(same, row, counted) for row, counted in aside.items()]
    lines = pd.DataFrame(
        {
            **shown(typed, raw),
            "branch": who.branch[aside.index],
            "file": [files[number].file for number in raw["file"]],
            "sheet": [stacked.sheet(int(row)) for row in aside.index],
            "row": raw["row"],
            "stage": "",
            "stands_for": aside,
            "moved": aside.map(same.kinds) == DoubleKind.MOVED,
            "joined": pd.Series([bool(one and one.same) for one in said], aside.index, bool),
            "placed": [
                bool(one and key(one.branch) == key(who.branch[counted]))
                for one, counted in zip(said, aside, strict=True)
            ],
        },
        index=aside.index,
    )
    apart = same.pairs[same.pairs["bond"] == Bond.PARTED]
    return Spare(lines, frozenset(same.stands_for[[*apart["one"], *apart["other"]]]))


def _ruling(same: Persons, row: object, counted: int) -> Ruling | None:
    one, other = sorted((same.codes[row], same.codes[counted]))
    return same.ruled.get((one, other))


def counted_before(lines: pd.DataFrame, people: pd.DataFrame | None, committee: Committee, as_of: object) -> pd.Series:
    raise NotImplementedError
