"""What slips into the cells of a register: each mess is a small function that spoils a draft and says where.

A mess is chosen so that a careful reader still finds the truth, or sees that a cell cannot be read;
none changes at which stage a person stands or who was admitted.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from workbook.demo import slips
from workbook.demo.draft import Computed, Draft
from workbook.demo.slips import WHOLE, Mess, Spot, as_day, as_serial, in_cell, in_column
from workbook.demo.words import words


def _swapped_dates(draft: Draft, _: Random) -> list[Spot]:
    """Excel read d/m/yyyy as m/d/yyyy: days up to 12 became other dates, the rest stayed text."""
    clean = list(draft.clean("birth_on"))
    born = [draft.people[at].birth_on for at in clean]
    if {day.day <= 12 for day in born} != {True, False}:
        return []
    typed = [day.replace(day=day.month, month=day.day) if day.day <= 12 else f"{day:%d/%m/%Y}" for day in born]
    return [draft.put(at, "birth_on", value) for at, value in zip(clean, typed, strict=True)]


def _future_day(draft: Draft, rng: Random) -> list[Spot]:
    """A day that has not come."""
    day = draft.cover.as_of + timedelta(days=40)
    return in_cell("helper_assigned_on", lambda _, __: day)(draft, rng)


def _schooling_as_date(draft: Draft, rng: Random) -> list[Spot]:
    """A grade of "9/12", which Excel takes for the ninth of December."""
    return in_cell("schooling", lambda _, __: date(draft.cover.as_of.year, 12, 9))(draft, rng)


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
    """One cell over the homes of the first three people."""
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


def _ambiguous_heading(draft: Draft, _: Random) -> list[Spot]:
    """A heading that may mean two columns; what stands below it decides nobody's stage."""
    columns = draft.layout.columns
    place = next((at for at, field in enumerate(columns) if field.source == "qualification"), None)
    if place is None or draft.layout.depth > 1:
        return []
    vague = replace(columns[place], path=(words()["slip"]["vague_heading"],))
    draft.layout = replace(draft.layout, columns=(*columns[:place], vague, *columns[place + 1 :]))
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
    "text_dates_slash": in_column("sympathizer_on", as_day("sympathizer_on", "{0.day}/{0.month}/{0.year}")),
    "text_dates_dash": in_column("helper_assigned_on", as_day("helper_assigned_on", "{:%d-%m-%Y}")),
    "text_dates_dot": in_column("certificate_on", as_day("certificate_on", "{:%d.%m.%Y}")),
    "iso_dates": in_column("birth_on", as_day("birth_on", "{:%Y-%m-%d}")),
    "serial_dates": in_column("helper_assigned_on", as_serial("helper_assigned_on")),
    "swapped_dates": _swapped_dates,
    "course_range": in_cell("certificate_on", slips.course_range),
    "two_digit_year": in_cell("birth_on", as_day("birth_on", "{:%d/%m/%y}")),
    "month_and_year": in_cell("birth_on", as_day("birth_on", "{:%m/%Y}")),
    "year_only": in_cell("birth_on", lambda person, _: person.birth_on.year),
    "impossible_day": in_cell("helper_assigned_on", as_day("helper_assigned_on", "31/02/{:%Y}")),
    "future_day": _future_day,
    "wrong_order": in_cell("certificate_on", slips.wrong_order),
    "few_votes": in_cell("votes_for", slips.few_votes),
    "wrong_sex_in_id": in_cell("citizen_id", slips.wrong_sex),
    "lost_zeros": in_column("citizen_id", lambda person, _: int(person.citizen_id)),
    "ids_with_point": in_column("citizen_id", lambda person, _: f"{int(person.citizen_id)}.0"),
    "schooling_as_date": _schooling_as_date,
    "schooling_as_grade": in_cell("schooling", lambda _, __: words()["slip"]["grade"]),
    "decomposed_names": in_column("full_name", lambda _, name: unicodedata.normalize("NFD", name)),
    "old_tone_marks": in_column("full_name", slips.old_tones),
    "lookalike_d": in_column("full_name", slips.lookalike_d),
    "hard_spaces": in_column("full_name", lambda _, name: name.replace(" ", "\u00a0") + "\u00a0"),
    "double_spaces": in_column("full_name", lambda _, name: f" {name.replace(' ', '  ')} "),
    "capital_names": in_column("full_name", lambda _, name: name.upper()),
    "misspelt_code": in_cell("ethnicity", lambda _, __: words()["slip"]["misspelt"]),
    "unknown_code": in_cell("religion", lambda _, __: words()["slip"]["unknown"]),
    "ditto_marks": _ditto_marks,
    "formula_text": _formula_text,
    "formula_cell": in_cell("native_place", lambda _, place: Computed(f'="{place}"', place)),
    "error_cell": in_cell("position", lambda _, __: Computed("=#REF!", "#REF!")),
    "mixed_ticks": _mixed_ticks,
    "merged_body": _merged_body,
    "ghost_rows": _ghost_rows,
    "stray_note": _stray_note,
    "ambiguous_heading": _ambiguous_heading,
    "same_person_twice": _same_person_twice,
}
