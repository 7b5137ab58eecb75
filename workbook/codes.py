"""The code lists as clerks write them: label for a code, code for what was typed, the nearest label.

Spellings are data: `codes_vi.toml`, checked against the vocabulary when it is read.
"""

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, TypeVar

from rapidfuzz import fuzz, process

from validation.vocabulary import TargetGroup
from workbook import text

Code = TypeVar("Code", bound=StrEnum)

# Below this likeness (0 to 100) a suggestion confuses more than it helps.
_NEAR = 75

_PUNCTUATION = r"\s\-\u2013\u2014'\u2018\u2019`.,()"
_JOINTS = re.compile(f"[{_PUNCTUATION}]+")
_LOOSE_SLASH = re.compile(r"(?<!\d)/|/(?!\d)")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """One list, ready to be searched: with accents in `exact` and `phrases`, without in the other two."""

    exact: dict[str, str]
    plain: dict[str, str]
    phrases: "_Phrases | None"
    plain_phrases: "_Phrases | None"


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Spellings that may stand inside a longer text; `codes` gives "" for words that forbid a reading."""

    pattern: re.Pattern[str]
    codes: dict[str, str]
    highest: bool


def label(member: StrEnum) -> str:
    """What a clerk reads for a code, like "Nam"."""
    return str(spellings(type(member))[member.value][0])


def labels(enum: type[StrEnum]) -> list[str]:
    """All labels of a list in its order."""
    return [label(member) for member in enum]


def match(enum: type[Code], typed: str) -> Code | None:
    """The code a text stands for, None where the list knows no such spelling."""
    code = _match(enum, typed)
    return None if code is None else enum(code)


def match_groups(typed: str) -> str:
    """The codes of a cell with several target groups, joined by ";"; unknown pieces stay as typed.

    Pieces are parted by ";" or a line break. A comma parts only where every piece is known, because
    labels contain commas themselves.
    """
    pieces = [piece for part in re.split(r"[;\n]", typed) if (piece := text.clean(part))]
    return ";".join(dict.fromkeys(code for piece in pieces for code in _groups_of(piece)))


@lru_cache(maxsize=1 << 12)
def nearest(enum: type[StrEnum], typed: str) -> str:
    """The label nearest to a text that is in no list, "" where none is near."""
    plain = _lexicon(enum).plain
    found = process.extractOne(_joined(text.bare(typed)), plain.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return label(enum(plain[found[0]])) if found else ""


def _groups_of(piece: str) -> list[str]:
    whole = _match(TargetGroup, piece)
    if whole is not None:
        return [whole]
    parts = [_match(TargetGroup, part) for part in piece.split(",")]
    known = [part for part in parts if part is not None]
    undecided = _joined(text.key(piece)) in _undecided(TargetGroup)
    return known if len(known) == len(parts) and not undecided else [piece]


@lru_cache(maxsize=1 << 14)
def _match(enum: type[StrEnum], typed: str) -> str | None:
    lexicon, cleaned = _lexicon(enum), text.clean(typed)
    if cleaned.isascii():
        plain = _joined(text.bare(cleaned))
        found = lexicon.exact.get(plain) or lexicon.plain.get(plain)
        return found or _within(enum, lexicon.plain_phrases, text.bare(cleaned))
    key = text.key(cleaned)
    return lexicon.exact.get(_joined(key)) or _within(enum, lexicon.phrases, key)


def _within(enum: type[StrEnum], phrases: _Phrases | None, typed: str) -> str | None:
    if phrases is None:
        return None
    found = {phrases.codes[_joined(hit)] for hit in phrases.pattern.findall(_spaced(typed))}
    if not found or "" in found or (len(found) > 1 and not phrases.highest):
        return None
    return [member.value for member in enum if member.value in found][-1]


@cache
def _lexicon(enum: type[StrEnum]) -> _Lexicon:
    pairs = [(spelling, code) for code, spellings in spellings(enum).items() for spelling in spellings]
    exact = _unambiguous((text.key(spelling), code) for spelling, code in pairs)
    plain = _unambiguous((text.bare(spelling), code) for spelling, code in pairs)
    options: dict[str, Any] | None = _data()["within"].get(enum.__name__)
    if options is None:
        return _Lexicon(exact, plain, None, None)
    inside = [pair for pair in pairs if pair[1] != "none"] + [(word, "") for word in options["unless"]]
    with_accents = _phrases([(text.key(spelling), code) for spelling, code in inside], options, text.key)
    without = _phrases([(text.bare(spelling), code) for spelling, code in inside], options, text.bare)
    return _Lexicon(exact, plain, with_accents, without)


def _phrases(pairs: list[tuple[str, str]], options: dict[str, Any], form: Callable[[str], str]) -> _Phrases:
    first = {_spaced(form(spelling)) for spelling in options["first"]}
    words = {_spaced(spelling) for spelling, _ in pairs} - first
    pattern = re.compile(rf"(?<![\w/])(?:{_any_of(words)})(?![\w/])|^(?:{_any_of(first) or '(?!)'})(?![\w/])")
    return _Phrases(pattern, {_joined(spelling): code for spelling, code in pairs}, options["highest"])


def _any_of(words: Iterable[str]) -> str:
    # The longest first: a "cu nhan cao dang" has a college diploma, not a university degree.
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Spellings of exactly one code."""
    codes: dict[str, set[str]] = {}
    for spelling, code in pairs:
        codes.setdefault(_joined(spelling), set()).add(code)
    return {spelling: found.pop() for spelling, found in codes.items() if len(found) == 1}


def _joined(key: str) -> str:
    return _JOINTS.sub("", key)


def _spaced(key: str) -> str:
    return _LOOSE_SLASH.sub(" ", _JOINTS.sub(" ", key).replace(" /", "/").replace("/ ", "/")).strip()


@cache
def _undecided(enum: type[StrEnum]) -> frozenset[str]:
    return frozenset(_joined(text.key(phrase)) for phrase in _data()["undecided"].get(enum.__name__, ()))


@cache
def spellings(enum: type[StrEnum]) -> dict[str, list[str]]:
    """Code → spellings, in the order of the vocabulary; a code without a spelling is our bug (KeyError)."""
    written = _data()[enum.__name__]
    if unknown := written.keys() - {member.value for member in enum}:
        raise KeyError(f"codes_vi.toml: {enum.__name__} has unknown codes {sorted(unknown)}")
    return {member.value: written[member.value] for member in enum}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("workbook").joinpath("codes_vi.toml").read_text(encoding="utf-8"))
