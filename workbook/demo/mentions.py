"""What goes wrong where a clerk mentions somebody a second time: slips of the name, the birth and the number."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from workbook.text import bare

#: A line of a register: column → what is typed.
Cells = dict[str, Any]

#: Spoils a line in place.
Slip = Callable[[Cells, Random], None]


def _typo(cells: Cells, rng: Random) -> None:
    """One letter left out, doubled, or exchanged with the next."""
    name = cells["full_name"]
    at = rng.choice([at for at in range(1, len(name) - 1) if name[at].isalpha() and name[at + 1].isalpha()])
    made = (name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:])
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    cells["full_name"] = rng.choice((*made, swapped))


def _word_left_out(cells: Cells, _: Random) -> None:
    """A middle word is missing, where there are two."""
    first, *middle = cells["full_name"].split()
    cells["full_name"] = " ".join((first, *middle[:-2], middle[-1]) if len(middle) > 2 else (first, *middle))


def _no_marks(cells: Cells, _: Random) -> None:
    cells["full_name"] = bare(cells["full_name"]).title()


def _other_tone(cells: Cells, rng: Random) -> None:
    """One word with its marks left out or another tone."""
    parts = cells["full_name"].split()
    marked = [at for at, word in enumerate(parts) if bare(word) != word.lower()]
    at = rng.choice(marked or [0])
    parts[at] = bare(parts[at]).title()
    cells["full_name"] = " ".join(parts)


def _swapped_birth(cells: Cells, _: Random) -> None:
    """Day and month exchanged, where the day can be a month."""
    born = cells["birth_on"]
    if born.day <= 12:
        cells["birth_on"] = born.replace(day=born.month, month=born.day)


def _wrong_day(cells: Cells, _: Random) -> None:
    cells["birth_on"] = cells["birth_on"].replace(day=cells["birth_on"].day % 28 + 1)


def _year_of_birth(cells: Cells, _: Random) -> None:
    cells["birth_on"] = cells["birth_on"].year


def _lost_zero(cells: Cells, _: Random) -> None:
    cells["citizen_id"] = cells["citizen_id"].lstrip("0")


def _wrong_digit(cells: Cells, rng: Random) -> None:
    number, at = cells["citizen_id"], rng.randrange(3, 11)
    wrong = rng.choice([digit for digit in "0123456789" if digit != number[at : at + 1]])
    cells["citizen_id"] = number[:at] + wrong + number[at + 1 :] if number else ""


def _no_number(cells: Cells, _: Random) -> None:
    cells["citizen_id"] = ""


#: What may go wrong in a second mention, by the part of the line it spoils: one slip a part.
SLIPS: Mapping[str, Mapping[str, Slip]] = {
    "name": {"typo": _typo, "word left out": _word_left_out, "no marks": _no_marks, "another tone": _other_tone},
    "birth": {"swapped birth": _swapped_birth, "wrong day": _wrong_day, "year of birth only": _year_of_birth},
    "number": {"lost zero": _lost_zero, "wrong digit": _wrong_digit, "no number": _no_number},
}
