"""How a clerk's hand slips: one value typed otherwise, in one cell or in a whole column."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from workbook.demo.draft import Draft
from workbook.demo.people import Person
from workbook.demo.words import words

#: Where a mess sits: the position of a person in the draft and a register column; (-1, "") = the whole sheet.
Spot = tuple[int, str]
Mess = Callable[[Draft, Random], list[Spot]]
WHOLE: Spot = (-1, "")

#: How one value is typed instead; None where this person's value cannot be spoilt this way.
Retype = Callable[[Person, Any], Any]


def in_column(column: str, retype: Retype) -> Mess:
    """A mess of a whole column."""

    def plant(draft: Draft, _: Random) -> list[Spot]:
        clean = list(draft.clean(column))
        spoilt = [(at, retype(draft.people[at], draft.get(at, column))) for at in clean]
        return [draft.put(at, column, value) for at, value in spoilt if value is not None]

    return plant


def in_cell(column: str, retype: Retype) -> Mess:
    """A mess of one cell, wherever it can be."""

    def plant(draft: Draft, rng: Random) -> list[Spot]:
        clean = list(draft.clean(column))
        for at in rng.sample(clean, k=len(clean)):
            value = retype(draft.people[at], draft.get(at, column))
            if value is not None:
                return [draft.put(at, column, value)]
        return []

    return plant


def as_day(column: str, pattern: str) -> Retype:
    """Type the true day of a column in a pattern of `str.format`."""
    return lambda person, _: pattern.format(getattr(person, column))


def as_serial(column: str) -> Retype:
    """The day as the bare number a spreadsheet keeps."""
    return lambda person, _: (getattr(person, column) - date(1899, 12, 30)).days


def course_range(person: Person, _: Any) -> str | None:
    """The course's first and last day instead of the certificate's; only where the stage shows elsewhere."""
    ended = person.certificate_on
    if ended is None or person.dossier_opened_on is None:
        return None
    return f"{ended - timedelta(days=9):%d/%m/%Y} - {ended:%d/%m/%Y}"


def few_votes(person: Person, _: Any) -> int | None:
    """One vote short of two thirds of those summoned."""
    return person.members_summoned and (2 * person.members_summoned - 1) // 3


def wrong_sex(person: Person, _: Any) -> str:
    """The identity number of somebody of the other sex."""
    return f"{person.citizen_id[:3]}{int(person.citizen_id[3]) ^ 1}{person.citizen_id[4:]}"


def wrong_order(person: Person, _: Any) -> date | None:
    """A certificate from before the branch considered the person."""
    return person.sympathizer_on and person.sympathizer_on - timedelta(days=45)


def old_tones(_: Person, value: Any) -> str | None:
    """The tone on the other vowel, as the older school writes it."""
    slips = words()["slip"]
    pairs = zip(slips["new_tones"], slips["old_tones"], strict=True)
    return _replaced(value, dict(pairs))


def lookalike_d(_: Person, value: Any) -> str | None:
    """Another alphabet's letter that looks like D with stroke."""
    letter, lookalike = words()["slip"]["lookalike_d"]
    return _replaced(value, {letter: lookalike})


def _replaced(value: str, pairs: Mapping[str, str]) -> str | None:
    changed = value
    for right, wrong in pairs.items():
        changed = changed.replace(right, wrong)
    return changed if changed != value else None
