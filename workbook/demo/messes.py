"""What slips into the cells of a register: each mess is a small function that spoils a draft and says where.

A mess is chosen so that a careful reader still finds the truth, or sees that a cell cannot be read;
none changes at which stage a person stands or who was admitted.
"""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from workbook.demo.draft import Computed, Draft
from workbook.demo.people import Person
from workbook.demo.words import words

#: Where a mess sits: the position of a person in the draft and a register column; (-1, "") = the whole sheet.
Spot = tuple[int, str]
Mess = Callable[[Draft, Random], list[Spot]]
WHOLE: Spot = (-1, "")

#: How one value is typed instead; None where this person's value cannot be spoilt this way.
Retype = Callable[[Person, Any], Any]


def _column(column: str, retype: Retype) -> Mess:
    """A mess of a whole column."""

    def plant(draft: Draft, _: Random) -> list[Spot]:
        clean = list(draft.clean(column))
        spoilt = [(at, retype(draft.people[at], draft.get(at, column))) for at in clean]
        return [draft.put(at, column, value) for at, value in spoilt if value is not None]

    return plant


def _cell(column: str, retype: Retype) -> Mess:
    """A mess of one cell, wherever it can be."""

    def plant(draft: Draft, rng: Random) -> list[Spot]:
        clean = list(draft.clean(column))
        for at in rng.sample(clean, k=len(clean)):
            value = retype(draft.people[at], draft.get(at, column))
            if value is not None:
                return [draft.put(at, column, value)]
        return []

    return plant


def _day(column: str, pattern: str) -> Retype:
    """Type the true day of a column in a pattern of `str.format`."""
    return lambda person, _: pattern.format(getattr(person, column))


def _swapped_dates(draft: Draft, _: Random) -> list[Spot]:
    """Excel read d/m/yyyy as m/d/yyyy: days up to 12 became other dates, the rest stayed text."""
    clean = list(draft.clean("birth_on"))
    born = [draft.people[at].birth_on for at in clean]
    if {day.day <= 12 for day in born} != {True, False}:
        return []
    typed = [day.replace(day=day.month, month=day.day) if day.day <= 12 else f"{day:%d/%m/%Y}" for day in born]
    return [draft.put(at, "birth_on", value) for at, value in zip(clean, typed, strict=True)]


def _serial(column: str) -> Retype:
    """The day as the bare number a spreadsheet keeps."""
    return lambda person, _: (getattr(person, column) - date(1899, 12, 30)).days


def _course_range(person: Person, _: Any) -> str | None:
    """The course's first and last day instead of the certificate's; only where the stage shows elsewhere."""
    ended = person.certificate_on
    if ended is None or person.dossier_opened_on is None:
        return None
    return f"{ended - timedelta(days=9):%d/%m/%Y} - {ended:%d/%m/%Y}"


def _few_votes(person: Person, _: Any) -> int | None:
    """One vote short of two thirds of those summoned."""
    return person.members_summoned and (2 * person.members_summoned - 1) // 3


def _wrong_sex(person: Person, _: Any) -> str:
    """The identity number of somebody of the other sex."""
    return f"{person.citizen_id[:3]}{int(person.citizen_id[3]) ^ 1}{person.citizen_id[4:]}"


def _wrong_order(person: Person, _: Any) -> date | None:
    """A certificate from before the branch considered the person."""
    return person.sympathizer_on and person.sympathizer_on - timedelta(days=45)


def _future_day(draft: Draft, rng: Random) -> list[Spot]:
    day = draft.cover.as_of + timedelta(days=40)
    return _cell("helper_assigned_on", lambda _, __: day)(draft, rng)


def _schooling_as_date(draft: Draft, rng: Random) -> list[Spot]:
    """ "9/12" is a grade to a clerk and the ninth of December to Excel."""
    return _cell("schooling", lambda _, __: date(draft.cover.as_of.year, 12, 9))(draft, rng)


def _old_tones(_: Person, value: Any) -> str | None:
    slips = words()["slip"]
    pairs = zip(slips["new_tones"], slips["old_tones"], strict=True)
    return _replaced(value, dict(pairs))


def _lookalike_d(_: Person, value: Any) -> str | None:
    letter, lookalike = words()["slip"]["lookalike_d"]
    return _replaced(value, {letter: lookalike})


def _replaced(value: str, pairs: Mapping[str, str]) -> str | None:
    changed = value
    for right, wrong in pairs.items():
        changed = changed.replace(right, wrong)
    return changed if changed != value else None


def _ditto_marks(draft: Draft, _: Random) -> list[Spot]:
    """Marks under a value that the line above has too."""
    marks, column = words()["slip"]["ditto"], "ethnicity"
    clean = list(draft.clean(column))
    same = [at for at in clean if at - 1 in clean and draft.get(at, column) == draft.get(at - 1, column)]
    return [draft.put(at, column, marks[turn % len(marks)]) for turn, at in enumerate(same)]


def _formula_text(draft: Draft, _: Random) -> list[Spot]:
    """Remarks that a spreadsheet would take for formulas."""
    if "remark" not in draft.layout.sources:
        return []
    return [draft.put(at, "remark", text) for at, text in enumerate(words()["slip"]["formulas"])]


def _mixed_ticks(draft: Draft, _: Random) -> list[Spot]:
    """Every tick another sign."""
    signs, spots = words()["slip"]["ticks"], []
    for source in (source for source in draft.layout.sources if "=" in source):
        ticked = [at for at in draft.clean(source) if draft.get(at, source) == draft.layout.tick]
        spots += [draft.put(at, source, signs[turn % len(signs)]) for turn, at in enumerate(ticked)]
    return spots


def _merged_body(draft: Draft, _: Random) -> list[Spot]:
    """One cell over the first three people, who live in the same place."""
    if "residence" not in draft.layout.sources:
        return []
    draft.merges.append((0, 2, "residence"))
    return [draft.put(at, "residence", draft.get(0, "residence")) for at in range(3)]


def _ghost_rows(draft: Draft, _: Random) -> list[Spot]:
    """Lines that are formatted but blank, as far as the eye scrolls."""
    draft.ghosts = 150
    return [WHOLE]


def _stray_note(draft: Draft, _: Random) -> list[Spot]:
    """A sentence in the column of running numbers."""
    draft.stray = words()["slip"]["stray"]
    return [WHOLE]


def _same_person_twice(draft: Draft, rng: Random) -> list[Spot]:
    """Somebody is listed again at the end."""
    if draft.layout.groups:
        return []
    at = rng.randrange(len(draft.people))
    draft.doubles += 1
    draft.people.append(draft.people[at])
    draft.rows.append(list(draft.rows[at]))
    return [(len(draft.rows) - 1, "number")]


#: Every mess of cells by name.
MESSES: Mapping[str, Mess] = {
    "text_dates_slash": _column("sympathizer_on", _day("sympathizer_on", "{0.day}/{0.month}/{0.year}")),
    "text_dates_dash": _column("helper_assigned_on", _day("helper_assigned_on", "{:%d-%m-%Y}")),
    "text_dates_dot": _column("certificate_on", _day("certificate_on", "{:%d.%m.%Y}")),
    "iso_dates": _column("birth_on", _day("birth_on", "{:%Y-%m-%d}")),
    "serial_dates": _column("helper_assigned_on", _serial("helper_assigned_on")),
    "swapped_dates": _swapped_dates,
    "course_range": _cell("certificate_on", _course_range),
    "two_digit_year": _cell("birth_on", _day("birth_on", "{:%d/%m/%y}")),
    "month_and_year": _cell("birth_on", _day("birth_on", "{:%m/%Y}")),
    "year_only": _cell("birth_on", lambda person, _: person.birth_on.year),
    "impossible_day": _cell("helper_assigned_on", _day("helper_assigned_on", "31/02/{:%Y}")),
    "future_day": _future_day,
    "wrong_order": _cell("certificate_on", _wrong_order),
    "few_votes": _cell("votes_for", _few_votes),
    "wrong_sex_in_id": _cell("citizen_id", _wrong_sex),
    "lost_zeros": _column("citizen_id", lambda person, _: int(person.citizen_id)),
    "ids_with_point": _column("citizen_id", lambda person, _: f"{int(person.citizen_id)}.0"),
    "schooling_as_date": _schooling_as_date,
    "schooling_as_grade": _cell("schooling", lambda _, __: words()["slip"]["grade"]),
    "decomposed_names": _column("full_name", lambda _, name: unicodedata.normalize("NFD", name)),
    "old_tone_marks": _column("full_name", _old_tones),
    "lookalike_d": _column("full_name", _lookalike_d),
    "hard_spaces": _column("full_name", lambda _, name: name.replace(" ", "\u00a0") + "\u00a0"),
    "double_spaces": _column("full_name", lambda _, name: f" {name.replace(' ', '  ')} "),
    "capital_names": _column("full_name", lambda _, name: name.upper()),
    "misspelt_code": _cell("ethnicity", lambda _, __: words()["slip"]["misspelt"]),
    "unknown_code": _cell("religion", lambda _, __: words()["slip"]["unknown"]),
    "ditto_marks": _ditto_marks,
    "formula_text": _formula_text,
    "formula_cell": _cell("native_place", lambda _, place: Computed(f'="{place}"', place)),
    "error_cell": _cell("position", lambda _, __: Computed("=#REF!", "#REF!")),
    "mixed_ticks": _mixed_ticks,
    "merged_body": _merged_body,
    "ghost_rows": _ghost_rows,
    "stray_note": _stray_note,
    "same_person_twice": _same_person_twice,
}
