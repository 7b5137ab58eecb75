"""What changed about one person between two books: one line a cause, as far as causes can be told apart."""

from collections.abc import Collection, Iterator
from functools import cache

import pandas as pd

from validation.stages import REACHED_BY
from validation.vocabulary import DATE_COLUMNS, Stage
from workbook.consolidate.change_lines import Change, Line
from workbook.consolidate.compared import COMPARED, UNKNOWN, Person, persons
from workbook.consolidate.pairing import STORY
from workbook.labels import label
from workbook.layout import HEADING
from workbook.masking import shown
from workbook.phrases import phrase
from workbook.text import key

#: What makes a line worth telling at all.
_WATCHED = ("home", "stage", "status", "name_key")

_STAGES = tuple(map(str, Stage))


def changed(before: pd.DataFrame, now: pd.DataFrame) -> Iterator[tuple[Person, Person, int]]:
    """Of two frames of one length, whose lines speak of the same persons, those that differ; and their label in `now`.

    A column that the earlier book does not have is not compared.
    """
    told = [*_WATCHED, *(name for name in COMPARED if name in before)]
    differ = (before[told].to_numpy() != now[told].to_numpy()).any(axis=1)
    yield from zip(persons(before[differ]), persons(now[differ]), now.index[differ].tolist(), strict=True)


def told(old: Person, new: Person, row: int) -> Iterator[Line]:
    """The changes of one person, the gravest first."""
    back = _lost_stages(old, new)
    for kind, before, now, column in (
        *_whereabouts(old, new),
        *_steps(old, new, back),
        *_alterations(old, new, back),
        *_corrections(old, new),
    ):
        yield Line(kind, new["branch"], new["name"], before, now, column, row)


def standing(person: Person) -> str:
    """Where somebody stands, in words: the stage, or how the person left."""
    if person["stage"] == "":
        return person["status"]
    return "" if person["stage"] == UNKNOWN else label(Stage(person["stage"]))


_Told = tuple[Change, str, str, str]


def _whereabouts(old: Person, new: Person) -> Iterator[_Told]:
    """Another branch, gone from the list, or back on it."""
    if old["home"] != new["home"]:
        yield Change.MOVED, old["branch"], new["branch"], ""
    if old["stage"] == UNKNOWN:
        return
    if new["stage"] == "" and (old["stage"] != "" or old["status"] != new["status"]):
        yield Change.LEFT, standing(old), _parting(new), ""
    elif old["stage"] == "" and new["stage"] != "" and old["home"] == new["home"]:
        yield Change.RETURNED, standing(old), standing(new), ""


def _parting(person: Person) -> str:
    """How, when and to where somebody left."""
    parts = (person["status"], person.get("status_changed_on", ""), person["moved_to"])
    return ", ".join(part for part in parts if part)


def _steps(old: Person, new: Person, back: Collection[str]) -> Iterator[_Told]:
    """A stage further or back, with the days that came or went with it; else the steps taken within the stage."""
    days = "; ".join(_day(new, name) for name in STORY if name in old and new[name] and not old[name])
    if back:
        lost = [name for name in back if name in old and old[name] != new[name]]
        was = "; ".join(_day(old, name) for name in lost)
        left = "; ".join([*(_day(new, name) for name in lost), *filter(None, [days])])
        yield Change.BACK, _with(standing(old), was), _with(standing(new), left), ""
    elif _forward(old, new):
        yield Change.FORWARD, standing(old), _with(standing(new), days), ""
    elif days:
        yield Change.DONE, standing(old), days, ""


def _with(stage: str, days: str) -> str:
    return phrase("change.with", stage=stage, days=days) if days else stage


def _day(person: Person, column: str) -> str:
    return phrase("change.day", heading=HEADING[column], day=person[column] or phrase("change.blank"))


def _forward(old: Person, new: Person) -> bool:
    stages = old["stage"], new["stage"]
    return set(stages) <= set(_STAGES) and _STAGES.index(stages[0]) < _STAGES.index(stages[1])


def _lost_stages(old: Person, new: Person) -> tuple[str, ...]:
    """The steps beyond where the new book has a person, where that is a stage back; else none."""
    return _beyond(new["stage"]) if _forward(new, old) else ()


@cache
def _beyond(stage: str) -> tuple[str, ...]:
    """The steps from the first that would carry somebody beyond a stage."""
    after = _STAGES[_STAGES.index(stage) + 1]
    return STORY[STORY.index(REACHED_BY[Stage(after)][0]) :]


def _alterations(old: Person, new: Person, back: Collection[str]) -> Iterator[_Told]:
    """Days that had been reported and now are others or none. The day of leaving or coming back is told with it."""
    apart = {"birth_on", *back, *(["status_changed_on"] if (old["stage"] == "") != (new["stage"] == "") else [])}
    for name in DATE_COLUMNS:
        if name in old and name not in apart and old[name] and old[name] != new[name]:
            yield Change.ALTERED if new[name] else Change.REMOVED, old[name], new[name], name


def _corrections(old: Person, new: Person) -> Iterator[_Told]:
    """Who the person is, told otherwise. A blank filled in corrects nothing."""
    if old["name_key"] != new["name_key"]:
        yield Change.CORRECTED, old["name"], new["name"], "full_name"
    for name in ("birth_on", "citizen_id"):
        if name in old and old[name] and key(old[name]) != key(new[name]):
            was, this = shown(name, old[name]), shown(name, new[name])
            same = phrase("change.inside", value=this) if was == this else this
            yield Change.CORRECTED if new[name] else Change.REMOVED, was, same, name
