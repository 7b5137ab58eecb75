"""Lines read but set aside as doubles: where somebody is who seems to have gone, come or moved between two books.

Which line of a person counts may change because another has overtaken it, or because somebody has decided so. The
person has then not moved, and what the two lines write differently was not corrected: the line that the earlier book
counted is compared with what it says now.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from validation.vocabulary import Stage, Status
from workbook.assess import Assessment
from workbook.consolidate.change_lines import Change, Line
from workbook.consolidate.compared import Person, comparable, persons
from workbook.consolidate.pairing import Pairing, elsewhere, pair
from workbook.consolidate.people import Roll, shown
from workbook.incoming.inbox import Opened
from workbook.layout import HEADING
from workbook.matching import Bond, DoubleKind, Persons
from workbook.matching.rulings import Ruling
from workbook.phrases import phrase
from workbook.text import key

#: Where a person stands, and how far on, is said of the person and not of one line.
_OF_THE_PERSON = ["stage", "status", "moved_to", "status_changed_on"]

_STAGES = tuple(map(str, Stage))


@dataclass(frozen=True, slots=True)
class Spare:
    """Lines set aside as doubles of persons who have not moved away from them.

    `lines`: the register columns as in `Book.people`, with `branch`, `file`, `sheet`, `row`, and `stands_for` (row id
    of the line counted), `moved` (the person counts as moved), `joined` and `placed` (somebody said that the two are
    one person, and that the person counts where they do). `parted`: every two counted lines that somebody called two
    people, either way round.
    """

    lines: pd.DataFrame
    parted: frozenset[tuple[int, int]]


_OF_DOUBLES = ("stands_for", "moved", "joined", "placed")

#: Where nothing was set aside.
NOTHING = Spare(
    pd.DataFrame(columns=[*HEADING, "branch", "file", "sheet", "row", "stage", *_OF_DOUBLES], dtype=object), frozenset()
)


def spare(assessment: Assessment, who: Roll, files: Sequence[Opened]) -> Spare:
    """What was set aside of the judged rows as doubles."""
    same, stacked = who.same, assessment.stacked
    away = assessment.typed["status"].reindex(same.stands_for.index) == Status.MOVED_OUT
    aside = same.stands_for[(same.stands_for != same.stands_for.index) & ~away]
    typed, raw = assessment.typed.loc[aside.index], stacked.frame.loc[aside.index]
    said = [_ruling(same, row, counted) for row, counted in zip(aside.index.tolist(), aside.tolist(), strict=True)]
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
    one, other = apart["one"].map(same.stands_for), apart["other"].map(same.stands_for)
    return Spare(lines, frozenset([*zip(one, other, strict=True), *zip(other, one, strict=True)]))


def _ruling(same: Persons, row: int, counted: int) -> Ruling | None:
    one, other = sorted((same.codes[row], same.codes[counted]))
    return same.ruled.get((one, other))


def lines_of(told: Spare, now: pd.DataFrame, home: Callable[[str], str]) -> pd.DataFrame:
    """The lines set aside of the persons in `now`, as `comparable` has them, with what `Spare` says of each."""
    lines = told.lines[told.lines["stands_for"].isin(now.index)]
    made = comparable(lines, str, home)
    of_person = now.loc[lines["stands_for"], _OF_THE_PERSON].set_axis(lines.index)
    return made.assign(**of_person, **lines[list(_OF_DOUBLES)])


def stand_ins(before: pd.DataFrame, now: pd.DataFrame, aside: pd.DataFrame) -> tuple[pd.DataFrame, list[Line]]:
    """`now` with the line that the earlier book counted in the place of the one that counts in its stead; what to tell.

    Nobody who moved has a stand-in, unless somebody has decided where they count.
    """
    may = aside[~aside["moved"] | aside["placed"]]
    counted = now.loc[may["stands_for"].drop_duplicates()]
    homes = counted["home"].reindex(may["stands_for"]).to_numpy()
    itself = may["stands_for"].map(_stood(counted, before))
    found = may[_stood(may, before) & ~itself & (may["home"] != homes)].drop_duplicates("stands_for")
    counts = _by_row(now, found["stands_for"])
    lines = [
        Line(Change.DECIDED if placed else Change.RECOUNTED, one["branch"], one["name"], was, one["branch"], row=row)
        for (row, one), was, placed in zip(counts.items(), found["branch"], found["placed"], strict=True)
    ]
    return pd.concat([now[~now.index.isin(list(counts))], found[list(now.columns)]]), lines


def _by_row(people: pd.DataFrame, rows: Iterable[int]) -> dict[int, Person]:
    """The persons of the lines of these labels."""
    rows = [int(row) for row in rows]
    return dict(zip(rows, persons(people.loc[rows]), strict=True))


def _stood(rows: pd.DataFrame, before: pd.DataFrame) -> "pd.Series[bool]":
    """Whether the earlier book has the person where the line stands."""
    here, there = (frame.assign(branch=frame["home"]) for frame in (rows, before))
    return elsewhere(here, there) == rows["home"]


@dataclass(frozen=True, slots=True)
class Joined:
    """What is left to tell of once the lines set aside are known: `who` is who, and the `lines` told of the others.

    `stages`: counted line → the stages that the earlier book had of persons who now count as the person of that line.
    """

    who: Pairing
    lines: list[Line]
    stages: Mapping[int, Collection[str]]


def joined(before: pd.DataFrame, now: pd.DataFrame, aside: pd.DataFrame, who: Pairing) -> Joined:
    """Those missing from the book whose line is there but set aside are no longer missing."""
    missing = before.loc[before.index.isin([*who.gone, *who.unsure["before"]])]
    found = pair(missing, aside[~aside["moved"] | aside["joined"]]).same
    here = aside.loc[found["now"]]
    counts = [int(row) for row in here["stands_for"]]
    olds, news = persons(before.loc[found["before"]]), persons(now.loc[counts])
    told = zip(olds, persons(here), news, counts, strict=True)
    lines = [_joined(old, line, new, row) for old, line, new, row in told if old["stage"]]
    stages: dict[int, list[str]] = {}
    for old, row in zip(olds, counts, strict=True):
        stages.setdefault(row, []).append(old["stage"])
    unsure = who.unsure[~who.unsure["before"].isin(found["before"])]
    free = who.unsure.loc[~who.unsure["now"].isin(unsure["now"]), "now"].drop_duplicates()
    left = who.gone[~who.gone.isin(found["before"])]
    settled = Pairing(who.same, unsure, left, who.come.append(pd.Index(free)))
    return Joined(settled, lines, stages)


def _joined(old: Person, line: Person, new: Person, row: int) -> Line:
    here = new["branch"] == line["branch"]
    where = phrase("double.set_aside_here") if here else phrase("double.set_aside", branch=new["branch"])
    kind = Change.DECIDED if line["joined"] else Change.RECOUNTED
    return Line(kind, new["branch"], new["name"], old["branch"], where, row=row)


def fair(before: pd.DataFrame, now: pd.DataFrame, found: Joined, parted: Collection[tuple[int, int]]) -> pd.DataFrame:
    """`before` with the stages of persons put together or parted since, so that this alone carries nobody on or back.

    The stage of a person is the furthest of all their lines.
    """
    same = dict(zip(found.who.same["now"], found.who.same["before"], strict=True))
    stages = before["stage"].to_dict()
    for row in found.stages.keys() & same.keys():
        stages[same[row]] = max((stages[same[row]], *found.stages[row]), key=_rank)
    for row in {one for one, other in parted if other in found.who.come} & same.keys():
        stages[same[row]] = min((stages[same[row]], now["stage"][row]), key=_rank)
    return before.assign(stage=pd.Series(stages, dtype=object))


def _rank(stage: str) -> int:
    """How far on, those who left first."""
    return _STAGES.index(stage) if stage in _STAGES else -1
