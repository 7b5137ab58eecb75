"""The spellings of `codes_vi.toml`, made ready to be searched. `codes.py` is the door to them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from workbook import text
from workbook.toml_file import toml_file

_JOINTS = re.compile(r"[\s\-\u2013\u2014'\u2018\u2019`.,()]+")
_LOOSE_SLASH = re.compile(r"(?<!\d)/|/(?!\d)")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Spellings that may stand inside a longer text; `codes` gives "" for words that forbid a reading."""

    pattern: re.Pattern[str]
    codes: dict[str, str]
    highest: bool

    def found(self, key: str) -> set[str]:
        """The codes named inside a key ("" among them where a forbidding word is)."""
        return {self.codes[joined(hit)] for hit in self.pattern.findall(_spaced(key))}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One list in one form of text: `whole` cells by joined key, and `inside` free text where it is one."""

    whole: dict[str, str]
    inside: Phrases | None


@cache
def spellings(enum: type[StrEnum]) -> dict[str, list[str]]:
    """Code → spellings, label first, in the order of the vocabulary.

    KeyError where file and vocabulary differ: that is our bug, not a clerk's.
    """
    written: dict[str, list[str]] = _data()[enum.__name__]
    if different := written.keys() ^ {member.value for member in enum}:
        raise KeyError(f"codes_vi.toml and the vocabulary differ in {enum.__name__}: {sorted(different)}")
    return {member.value: written[member.value] for member in enum}


@cache
def lexicon(enum: type[StrEnum], form: Callable[[str], str]) -> Lexicon:
    """A list by `text.key`, or by `text.bare` for cells typed without accents."""
    pairs = [(form(spelling), code) for code, written in spellings(enum).items() for spelling in written]
    options = _data()["within"].get(enum.__name__)
    return Lexicon(_unambiguous(pairs), _phrases(pairs, options, form) if options else None)


@cache
def undecided(enum: type[StrEnum]) -> frozenset[str]:
    """Joined keys of the cells that name two codes as one."""
    return frozenset(joined(text.key(phrase)) for phrase in _data()["undecided"].get(enum.__name__, ()))


def joined(key: str) -> str:
    """A key without blanks, hyphens, apostrophes, dots, commas and brackets."""
    return _JOINTS.sub("", key)


def _spaced(key: str) -> str:
    return _LOOSE_SLASH.sub(" ", _JOINTS.sub(" ", key).replace(" /", "/").replace("/ ", "/")).strip()


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Spellings of exactly one code."""
    codes: dict[str, set[str]] = {}
    for spelling, code in pairs:
        codes.setdefault(joined(spelling), set()).add(code)
    return {spelling: found.pop() for spelling, found in codes.items() if len(found) == 1}


def _phrases(pairs: list[tuple[str, str]], options: dict[str, Any], form: Callable[[str], str]) -> Phrases:
    forbidding = [(form(word), "") for word in options["unless"]]
    pairs = [pair for pair in pairs if pair[1] != "none"] + forbidding
    first = {_spaced(form(spelling)) for spelling in options["first"]}
    words = {_spaced(spelling) for spelling, _ in pairs} - first
    pattern = re.compile(rf"(?<![\w/])(?:{_any_of(words)})(?![\w/])|^(?:{_any_of(first) or '(?!)'})(?![\w/])")
    return Phrases(pattern, {joined(spelling): code for spelling, code in pairs}, options["highest"])


def _any_of(words: Iterable[str]) -> str:
    # The longest first: a "cu nhan cao dang" has a college diploma, not a university degree.
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _data() -> dict[str, Any]:
    return toml_file("workbook", "codes_vi.toml")
