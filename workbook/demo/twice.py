"""People who stand in the registers of two branches, and people who only seem to: what the sheet of doubles is for.

Whoever truly is one person is counted where their branch expects them; the other mention stands last in another
branch's register and counts nowhere.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from random import Random
from typing import Any

import pandas as pd
from dateutil.relativedelta import relativedelta

from validation.vocabulary import Stage, Status
from workbook.codes import label
from workbook.committee import Decision, DecisionKind
from workbook.demo.bundle import Bundle
from workbook.demo.draft import Draft
from workbook.demo.life import Life
from workbook.demo.particulars import full_name
from workbook.demo.people import Person
from workbook.demo.words import words
from workbook.matching.rulings import Ruling, group_code, line_codes
from workbook.text import bare, key

#: Makes two lines of two branches alike and gives back their places in the two drafts; none where nobody suits.
Way = Callable[[Bundle, Bundle, Random], tuple[int, int] | None]

_NEEDED = {"full_name", "birth_on", "citizen_id"}
_MOVED_AGO, _HELPER_AFTER = timedelta(days=40), timedelta(days=5)
_OF_AGE = relativedelta(years=18)


def plant(bundles: Sequence[Bundle], rng: Random) -> Iterator[Decision]:
    """Plant each of `WAYS` once among these submissions, where two suit; gives back what the committee has decided."""
    fit = [one for one in bundles if _suits(one)]
    for name, way in WAYS.items():
        for one, other in rng.sample(list(permutations(fit, 2)), k=len(fit) * (len(fit) - 1)):
            places = way(one, other, rng)
            if places:
                one.marks.append((name, 0, (places[0], "full_name")))
                other.marks.append((name, 0, (places[1], "full_name")))
                if way is _parted:
                    yield _two_people([(one, places[0]), (other, places[1])])
                break


def _suits(bundle: Bundle) -> bool:
    """Whether the register stands on one sheet in one piece, and shows who people are."""
    return not (bundle.drafts[1:] or bundle.layout.groups) and {*bundle.layout.sources} >= _NEEDED


def _moved(old: Bundle, new: Bundle, rng: Random) -> tuple[int, int] | None:
    """The old branch says "moved away" of somebody; the new one only gives them a helper of its own."""
    day = _draft(new).cover.as_of - _MOVED_AGO
    if "status" not in old.layout.sources or not {"applied_on", "helper_assigned_on"} <= {*new.layout.sources}:
        return None
    at = _somebody(
        new, rng, lambda one: one.standing == Stage.DOSSIER and bool(one.applied_on and one.applied_on < day)
    )
    if at is None:
        return None
    person = _draft(new).people[at]
    away: dict[str, Any] = {"status": label(Status.MOVED_OUT), "status_changed_on": day, "moved_to": new.branch.name}
    last = _append(old, replace(Life(person, old.branch.name).on(day), **away))
    helper = full_name(rng, person.sex)
    _draft(new).rewrite(at, replace(person, helper=helper, helper_assigned_on=day + _HELPER_AFTER))
    return last, at


def _across(old: Bundle, new: Bundle, rng: Random) -> tuple[int, int] | None:
    """Two branches list somebody, as a hamlet and a school do; the later register counts."""
    at = _somebody(new, rng, lambda one: one.standing == Stage.SYMPATHIZER)
    if at is None or old.written_at >= new.written_at:
        return None
    return _append(old, _draft(new).people[at]), at


def _alike(one: Bundle, other: Bundle, rng: Random) -> tuple[int, int] | None:
    """Two people of one name, born the same day, one without an identity number: only a person can tell."""
    at = _somebody(one, rng, lambda person: person.standing == Stage.SYMPATHIZER)
    if at is None:
        return None
    first = _draft(one).people[at]
    there = _somebody(other, rng, lambda second: _could_be(second, first))
    if there is None:
        return None
    second = _draft(other).people[there]
    same: dict[str, Any] = {
        "full_name": first.full_name,
        "birth_on": first.birth_on,
        "citizen_id": "",
        "youth_union_on": None,
    }
    _draft(other).rewrite(there, replace(second, **same))
    return at, there


def _parted(one: Bundle, other: Bundle, rng: Random) -> tuple[int, int] | None:
    """The same, and the committee has answered: two people."""
    return _alike(one, other, rng)


#: Every way in which lines of two branches are alike, by name.
WAYS: Mapping[str, Way] = {
    "moved_on": _moved,
    "listed_by_two": _across,
    "looks_the_same": _alike,
    "told_apart": _parted,
}


def _could_be(second: Person, first: Person) -> bool:
    """Whether the second could have the first's name and birth at the age the law asks for."""
    considered = second.sympathizer_on
    known = second.standing == Stage.SYMPATHIZER and second.sex == first.sex
    return known and considered is not None and first.birth_on + _OF_AGE <= considered


def _somebody(bundle: Bundle, rng: Random, suits: Callable[[Person], bool]) -> int | None:
    """The place of somebody whom nothing has befallen yet."""
    draft = _draft(bundle)
    taken = {at for _, _, (at, _) in bundle.marks} | set(range(len(draft.people) - draft.doubles, len(draft.people)))
    fit = [at for at, person in enumerate(draft.people) if at not in taken and suits(person)]
    return rng.choice(fit) if fit else None


def _draft(bundle: Bundle) -> Draft:
    return bundle.drafts[0][1]


def _append(bundle: Bundle, person: Person) -> int:
    """Add a second mention at the end, which does not count."""
    draft = _draft(bundle)
    return draft.append(replace(person, number=str(len(draft.people) + 1)))


def _two_people(lines: Sequence[tuple[Bundle, int]]) -> Decision:
    """The committee's answer about two lines, as a quota book's code names them."""
    people = [_draft(bundle).people[at] for bundle, at in lines]
    made = pd.DataFrame(
        {
            "branch": [key(bundle.branch.name) for bundle, _ in lines],
            "bare": [bare(person.full_name) for person in people],
            "born": pd.to_datetime([person.birth_on for person in people]),
            "year": [person.birth_on.year for person in people],
        }
    )
    said, note = Ruling((), same=False).content, words()["decision"]["two_people"]
    return Decision(DecisionKind.PERSON, group_code(line_codes(made)), said, note=note)
