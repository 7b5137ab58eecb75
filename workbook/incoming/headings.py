"""What a heading means: from the words above a column to a register column, or to a question; never a guess.

The words are in `headings_vi.toml`. A path is the texts above one column, outermost first: ("Ngày sinh", "Nữ").
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from rapidfuzz import fuzz, process

from workbook.incoming.raw import Question
from workbook.layout import HEADING, REGISTER
from workbook.text import bare, clean, key

Path = tuple[str, ...]

#: Pseudo-column: the branch a line belongs to.
UNIT = "unit"

_MEMORY = 1 << 14  # distinct heading paths of a province are some thousands
_JOIN = " | "
_BRACKETS = re.compile(r"\([^()]*(?:\)|$)|\[[^\[\]]*(?:\]|$)")
_SIGNS = re.compile(r"[\W_]+")
_NEAR = 84.0  # of 100, RapidFuzz ratio of the comparison keys
_CLEARLY = 5.0  # the next best register column must be this much worse
_SHORTEST = 5  # shorter headings are near to everything
_NAME_MARKS = ("tên", "te\u0302n", "ten", "name")


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
    alone: dict[str, Target] = field(default_factory=dict)
    squashed: dict[str, Target | None] = field(default_factory=dict)
    ambiguous: dict[str, tuple[str, ...]] = field(default_factory=dict)
    known_others: frozenset[str] = frozenset()
    foreign: re.Pattern[str] = re.compile("")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("workbook").joinpath("headings_vi.toml").read_text("utf-8"))


@lru_cache(maxsize=_MEMORY)
def heading_key(text: str) -> str:
    """Comparison key of one heading or of a path joined by "|": no brackets, signs or case; accents kept."""
    return _JOIN.join(filter(None, map(_level_key, text.split("|"))))


def _level_key(text: str) -> str:
    words = _SIGNS.sub(" ", _BRACKETS.sub(" ", clean(text)))
    rewritten = f" {key(words)} "
    for old, new in _rewrites():
        rewritten = rewritten.replace(old, new)
    return clean(rewritten)


@cache
def _rewrites() -> list[tuple[str, str]]:
    return [(f" {key(old)} ", f" {key(new)} " if new else " ") for old, new in _words()["rewrites"]]


def _squash(path: Path, *, accents: bool) -> str:
    """A path with the letters of each heading run together; no rewriting, for words are no longer to be seen."""
    letters = (_SIGNS.sub("", _BRACKETS.sub("", clean(level))) for level in path)
    return _JOIN.join(filter(None, map(key if accents else bare, letters)))


@cache
def vocabulary() -> Vocabulary:
    """Load the words once. Raises ValueError where one heading would mean two columns."""
    words = _words()
    made = Vocabulary(
        known_others=frozenset(map(heading_key, words["others"]["headings"])),
        foreign=re.compile(rf"\b(?:{'|'.join(map(key, words['foreign_words']))})\b"),
    )
    for heading, target in _entries(words):
        _enter(made.exact, heading, target)
        for spelling in {heading, heading_key(heading)}:
            for accents in (True, False):
                _enter_squashed(made.squashed, _squash(tuple(spelling.split("|")), accents=accents), target)
    for heading, target in _parts(words["alone"]):
        _enter(made.alone, heading, target)
        made.alone.setdefault(bare(heading), target)
    made.ambiguous.update({heading_key(heading): tuple(columns) for heading, columns in words["ambiguous"].items()})
    return made


def _entries(words: Mapping[str, Any]) -> Iterator[tuple[str, Target]]:
    """Every heading path with its target; the template's own headings first."""
    yield from ((column.heading, Target(column.name)) for column in REGISTER)
    for second, section in ((False, "first"), (True, "second")):
        for column, headings in words[section].items():
            yield from ((heading, Target(column, second=second)) for heading in headings)
    yield from _parts(words["parts"])
    for group in words["under"]:
        leaves = {name: headings for name, headings in group.items() if name != "parents"}
        yield from ((f"{parent}|{leaf}", target) for leaf, target in _parts(leaves) for parent in group["parents"])
    for column, labels in words["labels"].items():
        parents = [*words["first"][column], *words["second"].get(column, ())]
        yield from ((f"{p}|{label}", Target(column, "tick", label)) for p in parents for label in labels)


def _parts(section: Mapping[str, list[str]]) -> Iterator[tuple[str, Target]]:
    for name, headings in section.items():
        column, _, part = name.partition(".")
        yield from ((heading, Target(column, part)) for heading in headings)


def _enter(table: dict[str, Target], heading: str, target: Target) -> None:
    before = table.setdefault(heading_key(heading), target)
    if (before.column, before.part) != (target.column, target.part):
        raise ValueError(f"heading of both {before.column} and {target.column}: {heading}")


def _enter_squashed(table: dict[str, Target | None], squashed: str, target: Target) -> None:
    """Without accents one spelling may mean two columns; then it means none."""
    before = table.setdefault(squashed, target)
    if before and (before.column, before.part) != (target.column, target.part):
        table[squashed] = None


@lru_cache(maxsize=_MEMORY)
def recognise(path: Path) -> Target | None:
    """The register column a heading path names for certain, or None."""
    keyed = [(text, level) for text, level in zip(path, map(heading_key, path), strict=True) if level]
    if not keyed:
        return None
    texts, levels = map(tuple, zip(*keyed, strict=True))
    tails = list(_tails(levels))
    known = vocabulary()
    spelled = (known.exact.get(_JOIN.join(levels[place] for place in tail)) for tail in tails)
    alone = known.alone.get(levels[0]) if len(levels) == 1 else None
    return next(filter(None, spelled), None) or alone or _run_together(texts, tails)


def _tails(levels: Path) -> Iterator[tuple[int, ...]]:
    """Positions of the path, then of ever less outer groups; of the leaf alone only if no group names somebody else."""
    last = len(levels) - 1
    yield from (tuple(range(start, last + 1)) for start in range(last))
    if last > 1:
        yield 0, last
    if not any(map(vocabulary().foreign.search, levels[:-1])):
        yield (last,)


def _run_together(texts: Path, tails: list[tuple[int, ...]]) -> Target | None:
    """Headings typed without blanks ("họvàtên") and, if no letter of the path has an accent, without accents."""
    ways = (True, False) if all(map(str.isascii, texts)) else (True,)
    spelled = (_squash(tuple(texts[place] for place in tail), accents=way) for way in ways for tail in tails)
    return next(filter(None, map(vocabulary().squashed.get, spelled)), None)


@lru_cache(maxsize=_MEMORY)
def doubt(path: Path) -> Question | None:
    """What to ask of a heading that names no column for certain but may mean one; without its cell."""
    levels = tuple(level for level in map(heading_key, path) if level)
    if not levels or levels[-1] in vocabulary().known_others:
        return None
    shown = _JOIN.join(map(clean, path))
    candidates = vocabulary().ambiguous.get(levels[-1])
    if candidates:
        names = ", ".join(map(heading_of, candidates))
        return Question("heading.ambiguous", detail={"heading": shown, "candidates": names})
    nearest = _nearest(levels)
    if nearest is None:
        return None
    return Question("heading.unsure", column=nearest, detail={"heading": shown, "suggestion": heading_of(nearest)})


def _nearest(levels: Path) -> str | None:
    """The one register column whose spelling is clearly nearest; None where two are, or none is."""
    known = vocabulary()
    if len(levels[-1]) < _SHORTEST or known.foreign.search(_JOIN.join(levels)):
        return None
    whole = [heading for heading, target in known.exact.items() if not target.part]
    found = process.extract(levels[-1], whole, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=20)
    if not found:
        return None
    best = known.exact[found[0][0]].column
    rival = max((score for heading, score, _ in found if known.exact[heading].column != best), default=0.0)
    return best if found[0][1] - rival >= _CLEARLY and best in HEADING else None


def may_name_somebody(text: str) -> bool:
    """Whether the heading of a name can be in the text at all; quick, for the many texts where it is not."""
    lowered = text.lower()
    return any(mark in lowered for mark in _NAME_MARKS)


def heading_of(column: str) -> str:
    """How a question calls a register column, or a column beside the register."""
    return HEADING.get(column) or str(_words()["named"][column])


def column_named(text: str) -> str:
    """The register column (or `UNIT`) whose heading this is, in any certain spelling; "" where there is none."""
    target = recognise(tuple(text.split("|")))
    return target.column if target and not target.part else ""


@cache
def ticks() -> frozenset[str]:
    """Keys of what ticks a box."""
    return frozenset(map(key, _words()["ticks"]))


@cache
def crosses() -> frozenset[str]:
    """Keys of what says that a box is not ticked."""
    return frozenset(map(key, _words()["crosses"]))


@cache
def sex_labels() -> dict[str, str]:
    """What a column of men or women says of the sex, by part."""
    male, female = _words()["labels"]["sex"]
    return {"male": male, "female": female}


def is_legacy(text: str) -> bool:
    """Whether the text is a name heading in the codes of the time before Unicode."""
    return key(text) in map(key, _words()["legacy"])
