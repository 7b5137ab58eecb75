"""How forms word the same label or heading: the keys by which they are compared."""

import re
from functools import cache
from typing import Any, TypeGuard

from workbook.incoming.cells import is_blank
from workbook.text import clean, key
from workbook.toml_file import toml_file

_BRACKETS = re.compile(r"\([^()]*(?:\)|$)")
_SIGNS = re.compile(r"[\W_]+")
#: What only numbers a label: "I.", "2.1.", "a)", "-".
_NUMBER = re.compile(r"^(?:(?:[ivx]+|\d+|[a-z\u0111]) )+(?=[^\W\d])")
#: What parts two ages, beside words: dashes of every length.
_DASHES = "-\u2010-\u2015\u2212~"
_TO = "to"  # stands for them, in one piece with the numbers


def is_wording(value: object) -> TypeGuard[str]:
    """Whether a cell holds a text that says something: no number or day, no dots or dashes alone."""
    return isinstance(value, str) and not is_blank(value)


def label_key(text: str) -> str:
    """By which labels are compared: no brackets, signs, case or numbering; 18-30 as "18 to 30"; accents kept."""
    joined = _between().sub(_TO, _BRACKETS.sub(" ", clean(text)))
    words = key(_SIGNS.sub(" ", joined))
    return _NUMBER.sub("", words) or words


def loose_key(text: str) -> str:
    """The same without what one form says and another leaves out ("of whom", "years old"), i and y alike."""
    words = _beside().sub("", label_key(text)).strip()
    return _spelled_with_y().sub(lambda end: _words()["as_i"][end[0]], words)


def says_before(heading: str) -> bool:
    """Whether a heading says that its numbers are of the time before."""
    return any(f" {key(word)} " in f" {label_key(heading)} " for word in _words()["before_time"])


def _words() -> dict[str, Any]:
    return toml_file("workbook.outgoing.form", "wording_vi.toml")


@cache
def _spelled_with_y() -> "re.Pattern[str]":
    """The y of a syllable that may be spelled with i, behind its consonant."""
    return re.compile(rf"(?<=[bcdghklmnprstvx\u0111])[{''.join(_words()['as_i'])}]\b")


@cache
def _between() -> "re.Pattern[str]":
    """What stands between two numbers that are the ends of one span."""
    words = "|".join(_words()["between"])
    return re.compile(rf"(?<=\d)\s*(?:[{_DASHES}]|\b(?:{words})\b)\s*(?=\d)", re.IGNORECASE)


@cache
def _beside() -> "re.Pattern[str]":
    """What may stand before and after a label, or not."""
    before, ages, after = ("|".join(map(key, _words()[name])) for name in ("before", "before_ages", "after"))
    return re.compile(rf"^(?:(?:{before}) )?(?:(?:{ages}) (?=\d))?|(?<=\w) (?:{after})$")
