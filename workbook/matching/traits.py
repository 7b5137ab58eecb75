"""What of a line is compared: one frame of comparison keys, made once for all lines."""

from collections.abc import Callable

import pandas as pd

from validation.vocabulary import year_of
from workbook.frames import made_once
from workbook.text import bare, key

#: Digits of an identity card before 2016, and of an identity number from "zeros lost" to "one digit too many".
_CARD, _NUMBER = 9, (10, 13)
_WHOLE = 12

#: A number that stands beside more names than this is a filler ("000000000000"), and identifies nobody.
_MOST_NAMES = 3

#: A certificate number of more lines than this is the number of a course, not of a person.
_MOST_BEARERS = 3

#: Columns compared as they are.
_AS_TYPED = ("table", "row", "sex", "youth_union_on", "sympathizer_on", "certificate_on", "decided_on")


def traits(lines: pd.DataFrame) -> pd.DataFrame:
    """The comparison keys of typed lines that also have `branch`; same index, NA where a line says nothing.

    `name` with marks, `bare` without, `unmarked` (the name was typed without any), `surname` (bare), `given` and
    `given_bare` its last word; `number`, whether it is a `card`, whether lost zeros were `padded`; `born`, `year` (0
    unknown); `native_place`, `residence`, `helper`, `certificate` as bare text, `rare` where few lines bear that
    certificate; the other facts as typed.
    """
    name, plain = lines["name_key"], _mapped(lines["full_name"], bare)
    made = pd.DataFrame(
        {
            "branch": _mapped(lines["branch"], key),
            "name": name,
            "bare": plain,
            "unmarked": (name == plain).fillna(False).astype(bool),
            "surname": plain.str.split(" ").str[0],
            "given": name.str.split(" ").str[-1],
            "given_bare": plain.str.split(" ").str[-1],
            **_number(lines["citizen_id"], plain),
            "born": lines["birth_on"],
            "year": lines[year_of("birth_on")].astype("int64"),
            "native_place": _mapped(lines["native_place"], bare),
            "residence": _mapped(lines["residence"], bare),
            "helper": _mapped(lines["helper"], bare),
            "certificate": _mapped(lines["certificate_number"], bare),
            **{column: lines[column] for column in _AS_TYPED},
        }
    )
    return made.assign(rare=_rare(made))


def _mapped(texts: pd.Series, make: Callable[[str], str]) -> pd.Series:
    made = made_once(texts, make)
    return made.where(made != "")


def _number(digits: pd.Series, names: pd.Series) -> dict[str, pd.Series]:
    """The number as it may be compared; a card and a number of twelve digits say nothing of each other."""
    length = digits.str.len().fillna(0)
    card = length == _CARD
    number = digits.str.zfill(_WHOLE).where(length.between(*_NUMBER), digits.where(card))
    bearers = names.groupby(number).transform("nunique")
    padded = length.between(_NUMBER[0], _WHOLE - 1)
    return {"number": number.where(bearers <= _MOST_NAMES), "card": card, "padded": padded}


def _rare(made: pd.DataFrame) -> pd.Series:
    bearers = made.groupby(["certificate", "certificate_on"], dropna=False)["name"].transform("size")
    return (bearers <= _MOST_BEARERS) & made["certificate"].notna()
