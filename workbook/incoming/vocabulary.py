"""The words of headings, loaded once from `headings_vi.toml`, and the key by which headings are compared."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any
from unicodedata import normalize

from workbook.layout import HEADING, REGISTER
from workbook.text import bare, clean, key
from workbook.toml_file import toml_file

#: The texts above one column, outermost first: ("Ngày sinh", "Nữ").
Path = tuple[str, ...]

#: Stands between the levels of a path in keys, in the words and in what a clerk reads.
JOIN = " | "

#: Distinct headings of a province are some thousands; the bound only keeps a service that runs for weeks small.
MEMORY = 1 << 14

#: Papers whose number and day may stand in one column → the columns of both.
_PAPERS = {
    "certificate": ("certificate_number", "certificate_on"),
    "decision": ("decision_number", "decided_on"),
}

_BRACKETS = re.compile(r"\([^()]*(?:\)|$)|\[[^\[\]]*(?:\]|$)")
_BRACKET_SIGNS = re.compile(r"[()\[\]]")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Target:
    """What a column holds of a register column: all of it, or a `part`; `label` is what a tick in it means.

    Parts: family, given (name); day, month, year; male, female; piece (joined by commas); tick.
    A `second` column is read only where no better one stands on the sheet.
    """

    column: str
    part: str = ""
    label: str = ""
    second: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything headings are compared with, by comparison key."""

    exact: dict[str, Target] = field(default_factory=dict)
    alone: dict[str, Target] = field(default_factory=dict)  # only without a group heading
    ambiguous: dict[str, tuple[str, ...]] = field(default_factory=dict)
    papers: dict[str, tuple[str, ...]] = field(default_factory=dict)  # that have a column for number and day together
    known_others: frozenset[str] = frozenset()
    foreign: re.Pattern[str] = re.compile("")


def words() -> dict[str, Any]:
    """The file as it stands."""
    return toml_file("workbook", "headings_vi.toml")


@lru_cache(maxsize=MEMORY)
def heading_key(text: str) -> str:
    """Comparison key of one heading or of a path joined by "|": no brackets, signs or case; accents kept."""
    return JOIN.join(filter(None, map(_level_key, text.split("|"))))


@lru_cache(maxsize=MEMORY)
def _level_key(text: str) -> str:
    rewritten = f" {key(_SIGNS.sub(' ', _BRACKETS.sub(' ', clean(text))))} "
    for old, new in _rewrites():
        rewritten = rewritten.replace(old, new)
    return clean(rewritten)


def unbracketed_key(text: str) -> str:
    """The key of a heading with what it has in brackets."""
    return heading_key(_BRACKET_SIGNS.sub(" ", text))


def without_number_and_day(level: str) -> str:
    """A key without the words that say that a column holds both the number and the day of a paper."""
    return clean(_number_and_day().sub(" ", level))


@cache
def _number_and_day() -> re.Pattern[str]:
    said = sorted(map(heading_key, words()["number_and_day"]["headings"]), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(said)})\b")


@cache
def _rewrites() -> list[tuple[str, str]]:
    return [(f" {key(old)} ", f" {key(new)} " if new else " ") for old, new in words()["rewrites"]]


def squash(path: Path, *, accents: bool) -> str:
    """A path with the letters of each heading run together; no rewriting, for words are no longer to be seen."""
    return JOIN.join(filter(None, [_letters(level, accents) for level in path]))


@lru_cache(maxsize=MEMORY)  # parents and leaves come in many paths
def _letters(level: str, accents: bool) -> str:
    letters = _SIGNS.sub("", _BRACKETS.sub("", clean(level)))
    return key(letters) if accents else bare(letters)


@cache
def vocabulary() -> Vocabulary:
    """Load the words. Raises ValueError where one heading would mean two columns."""
    said = words()
    made = Vocabulary(
        known_others=frozenset(map(heading_key, said["others"]["headings"])),
        foreign=re.compile(rf"\b(?:{'|'.join(map(key, said['foreign_words']))})\b"),
    )
    for heading, target in _entries(said):
        _enter(made.exact, heading, target)
    for heading, target in _parts(said["alone"]):
        _enter(made.alone, heading, target)
        made.alone.setdefault(bare(heading), target)
    made.ambiguous.update({heading_key(heading): tuple(columns) for heading, columns in said["ambiguous"].items()})
    for paper, columns in _PAPERS.items():
        made.papers.update({heading_key(heading): columns for heading in said["number_and_day"][paper]})
    return made


@lru_cache(maxsize=MEMORY)
def can_be_spelled(level: str) -> bool:
    """Whether every word of a key stands in a heading that we know, or is rewritten; no spelling of others is known."""
    return _spoken().issuperset(level.split())


@cache
def _spoken() -> frozenset[str]:
    known = vocabulary()
    spellings = (*known.exact, *known.ambiguous, *known.papers, *known.known_others, *(old for old, _ in _rewrites()))
    return frozenset(word for spelling in spellings for word in spelling.split())


@cache
def run_together() -> dict[str, Target | None]:
    """What headings mean by their letters alone, with accents and without; None where one spelling means two columns.

    Apart from the rest, for it costs more, and only headings that are not known otherwise are looked up here.
    """
    made: dict[str, Target | None] = {}
    for heading, target in _entries(words()):
        paths = {tuple(map(str.strip, spelling.split("|"))) for spelling in (heading.lower(), heading_key(heading))}
        for squashed in {squash(path, accents=accents) for path in paths for accents in (True, False)}:
            before = made.setdefault(squashed, target)
            if before and (before.column, before.part) != (target.column, target.part):
                made[squashed] = None
    return made


def _entries(said: Mapping[str, Any]) -> Iterator[tuple[str, Target]]:
    """Every heading path with its target; the template's own headings first."""
    yield from ((column.heading, Target(column.name)) for column in REGISTER)
    for second, section in ((False, "first"), (True, "second")):
        for column, headings in said[section].items():
            yield from ((heading, Target(column, second=second)) for heading in headings)
    yield from _parts(said["parts"])
    for group in said["under"]:
        leaves = {name: headings for name, headings in group.items() if name != "parents"}
        yield from ((f"{parent}|{leaf}", target) for leaf, target in _parts(leaves) for parent in group["parents"])
    for column, labels in said["labels"].items():
        parents = [*said["first"][column], *said["second"].get(column, ())]
        yield from ((f"{p}|{label}", Target(column, "tick", label)) for p in parents for label in labels)


def _parts(section: Mapping[str, list[str]]) -> Iterator[tuple[str, Target]]:
    for name, headings in section.items():
        column, _, part = name.partition(".")
        yield from ((heading, Target(column, part)) for heading in headings)


def _enter(table: dict[str, Target], heading: str, target: Target) -> None:
    before = table.setdefault(heading_key(heading), target)
    if (before.column, before.part) != (target.column, target.part):
        raise ValueError(f"heading of both {before.column} and {target.column}: {heading}")


def heading_of(column: str) -> str:
    """How a question calls a register column, or a column beside the register."""
    return HEADING.get(column) or str(words()["named"][column])


@cache
def ticks() -> frozenset[str]:
    """Keys of what ticks a box."""
    return frozenset(map(key, words()["ticks"]))


@cache
def crosses() -> frozenset[str]:
    """Keys of what says that a box is not ticked."""
    return frozenset(map(key, words()["crosses"]))


@cache
def sex_labels() -> dict[str, str]:
    """What a column of men or women says of the sex, by part."""
    male, female = words()["labels"]["sex"]
    return {"male": male, "female": female}


def may_name_somebody(text: str) -> bool:
    """Whether the heading of a name can be in the text at all; quick, for the many texts where it is not."""
    lowered = text.lower()
    return any(mark in lowered for mark in _name_marks())


@cache
def _name_marks() -> frozenset[str]:
    """Composed and decomposed, for a key of every cell would cost too much."""
    return frozenset(normalize(form, mark) for mark in words()["name_marks"] for form in ("NFC", "NFD"))


def is_legacy(text: str) -> bool:
    """Whether the text is a name heading in the codes of the time before Unicode."""
    return key(text) in map(key, words()["legacy"])
