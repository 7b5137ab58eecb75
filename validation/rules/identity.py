"""The identity number and the card number: their shape, and whether they agree with the person.

Structure of the 12 digits (137/2015/ND-CP art. 13; 07/2016/TT-BCA art. 7): three for the province of birth
registration, one for century and sex, two for the year of birth, six at random. A number is never repaired.
"""

import tomllib
from functools import cache
from importlib.resources import files

import pandas as pd

from validation.rules.rule import Mask, Rule, filled, rule, stands_in, telling
from validation.vocabulary import Level, Sex, Stage

#: The province code set aside for made-up people of tests and demos.
MADE_UP_PROVINCE = "099"


@cache
def province_codes() -> tuple[str, ...]:
    """The first three digits an identity number may have, the made-up province included."""
    table = tomllib.loads((files("validation.rules") / "provinces.toml").read_text(encoding="utf-8"))
    return (*table["codes"], MADE_UP_PROVINCE)


@rule("id.old_number", Level.QUERY, "citizen_id")
def old_number(rows: pd.DataFrame) -> Mask:
    """Nine digits: the identity card before 2016, no longer valid, to be replaced by the person's own number."""
    return rows["id_digits"] == 9


def _tell_zeros(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"zeros": (12 - rows["citizen_id"].str.len()).map(lambda lost: "0" * lost)})


@rule("id.zero_lost", Level.ERROR, "citizen_id", tells=_tell_zeros)
def zero_lost(rows: pd.DataFrame) -> Mask:
    """Ten or eleven digits that zeros in front would make a number of a known province: offered, never done."""
    short = rows.loc[rows["id_digits"].between(10, 11), "citizen_id"]
    plausible = short.str.zfill(12).str[:3].isin(province_codes())
    return plausible.reindex(rows.index, fill_value=False)


def _tell_length(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"length": rows["citizen_id"].str.count("[0-9]")})


@rule("id.length", Level.ERROR, "citizen_id", tells=_tell_length)
def wrong_length(rows: pd.DataFrame) -> Mask:
    """Neither twelve digits nor any number that the other rules know."""
    known = rows["whole_id"].notna() | old_number.breaks(rows) | zero_lost.breaks(rows)
    return rows["citizen_id"].notna() & ~known


@rule("id.province", Level.NOTE, "citizen_id")
def unknown_province(rows: pd.DataFrame) -> Mask:
    """No province has these first digits; a birth registered abroad has a country's code there."""
    return rows["whole_id"].notna() & ~rows["whole_id"].str[:3].isin(province_codes())


@rule("id.sex", Level.QUERY, "citizen_id", "sex")
def other_sex(rows: pd.DataFrame) -> Mask:
    """The fourth digit is even for a man and odd for a woman."""
    coded = rows["id_sex_century"] % 2
    return ((rows["sex"] == Sex.MALE.value) & (coded == 1)) | ((rows["sex"] == Sex.FEMALE.value) & (coded == 0))


@rule("id.birth_year", Level.QUERY, "citizen_id", "birth_on", tells=telling("birth_on_year"))
def other_birth_year(rows: pd.DataFrame) -> Mask:
    """The fifth and sixth digits are the last two of the year of birth."""
    return _comparable(rows) & (rows["id_year"] != rows["birth_on_year"] % 100)


@rule("id.century", Level.QUERY, "citizen_id", "birth_on", tells=telling("birth_on_year"))
def other_century(rows: pd.DataFrame) -> Mask:
    """The fourth digit tells the century too; where it also tells another sex, that one rule speaks."""
    differs = 19 + rows["id_sex_century"] // 2 != rows["birth_on_year"] // 100
    spoken_for = other_sex.breaks(rows) | other_birth_year.breaks(rows)
    return _comparable(rows) & differs & ~spoken_for


def _comparable(rows: pd.DataFrame) -> Mask:
    return rows["whole_id"].notna() & filled(rows, "birth_on")


def _card(rows: pd.DataFrame) -> "pd.Series[str]":
    """Older numbers are also written with dots."""
    return rows["card_number"].str.replace(r"[.\s]", "", regex=True)


@rule("card.length", Level.QUERY, "card_number")
def wrong_card_length(rows: pd.DataFrame) -> Mask:
    """A card has twelve digits since September 2025, eight before."""
    return ~_card(rows).str.fullmatch(r"[0-9]{8}|[0-9]{12}", na=True)


@rule("card.is_not_id", Level.QUERY, "card_number", "citizen_id")
def card_is_not_id(rows: pd.DataFrame) -> Mask:
    """A card of twelve digits bears the identity number."""
    card = _card(rows)
    return (card.str.len() == 12) & rows["whole_id"].notna() & (card != rows["whole_id"])


@rule("card.too_soon", Level.QUERY, "card_number", "recognized_on")
def card_too_soon(rows: pd.DataFrame) -> Mask:
    """Cards are decided together with recognition; nobody has one before."""
    return rows["card_number"].notna() & stands_in(rows, Stage.SYMPATHIZER, Stage.PROBATIONARY)


RULES: tuple[Rule, ...] = (
    wrong_length,
    zero_lost,
    old_number,
    unknown_province,
    other_sex,
    other_birth_year,
    other_century,
    wrong_card_length,
    card_is_not_id,
    card_too_soon,
)
