"""What a heading means: from the texts above a column to a register column, or to a question; never a guess."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from validation.vocabulary import DATE_COLUMNS
from workbook.incoming.groups import Meaning, rivals, within
from workbook.incoming.raw import Question
from workbook.incoming.vocabulary import (
    JOIN,
    MEMORY,
    Path,
    Target,
    can_be_spelled,
    heading_key,
    heading_of,
    run_together,
    squash,
    unbracketed_key,
    vocabulary,
    without_number_and_day,
)
from workbook.layout import HEADING
from workbook.text import clean

#: Pseudo-column: the branch a line belongs to.
UNIT = "unit"

# What papers tell; a birth is told by every list.
_PAPERS = frozenset({*DATE_COLUMNS, "certificate_number", "decision_number"}) - {"birth_on"}

_NEAR = 84.0  # of 100, RapidFuzz ratio of the comparison keys
_CLEARLY = 5.0  # the next best register column must be this much worse
_SHORTEST = 5  # shorter headings are near to everything


@lru_cache(maxsize=MEMORY)
def recognise(path: Path) -> Target | None:
    """The register column a heading path names for certain, or None."""
    texts, levels = _keyed(path)
    meaning = _meaning(texts, levels) if levels else None
    return within(meaning) if meaning else None


def _keyed(path: Path) -> tuple[Path, Path]:
    """The texts that say something, and their comparison keys."""
    said = [(text, level) for text, level in zip(path, map(heading_key, path), strict=True) if level]
    return tuple(text for text, _ in said), tuple(level for _, level in said)


def _meaning(texts: Path, levels: Path) -> Meaning | None:
    """What the most telling spelling means; that with accents and blanks before any other."""
    tails = list(_tails(levels))
    known = vocabulary()
    found = ((known.exact.get(spelling), tail) for tail, spelling in _spellings(levels, tails))
    spelled = next((_split(target, levels, tail) for target, tail in found if target and _is_said(target, tail)), None)
    alone = known.alone.get(levels[0]) if len(levels) == 1 else None
    return spelled or (Meaning(alone, levels, ()) if alone else _run_together(texts, levels, tails))


def _is_said(target: Target, tail: tuple[int, ...]) -> bool:
    """A branch is named by one heading: "Chi bộ | Công nhận" is what a branch did, "Chi bộ công nhận" is which."""
    return target.column != UNIT or len(tail) == 1


def _split(target: Target, levels: Path, tail: tuple[int, ...]) -> Meaning:
    """The levels that were looked up, and those left out."""
    places = range(len(levels))
    return Meaning(
        target,
        tuple(levels[place] for place in places if place in tail),
        tuple(levels[place] for place in places if place not in tail),
    )


def _spellings(levels: Path, tails: list[tuple[int, ...]]) -> Iterator[tuple[tuple[int, ...], str]]:
    """What to look up, most telling first: "Nghị quyết chi bộ | Ngày" may also be read as "Ngày nghị quyết chi bộ",
    and "Ngày vào | Đảng" as "Ngày vào Đảng".
    """
    for tail in (tail for tail in tails if all(can_be_spelled(levels[place]) for place in tail)):
        yield tail, JOIN.join([levels[place] for place in tail])
        if len(tail) > 1:
            group, leaf = levels[tail[-2]], levels[tail[-1]]
            yield tail[-2:], f"{leaf} {group}"
            yield tail[-2:], heading_key(f"{group} {leaf}")


def _tails(levels: Path) -> Iterator[tuple[int, ...]]:
    """Positions of the path, then of ever less outer groups; of the leaf alone only if no group names somebody else."""
    last = len(levels) - 1
    yield from (tuple(range(start, last + 1)) for start in range(last))
    if last > 1:
        yield 0, last
    if not any(map(vocabulary().foreign.search, levels[:-1])):
        yield (last,)


def _run_together(texts: Path, levels: Path, tails: list[tuple[int, ...]]) -> Meaning | None:
    """Headings typed without blanks ("họvàtên") and, if no letter of the path has an accent, without accents."""
    known = run_together()
    ways = (True, False) if all(map(str.isascii, texts)) else (True,)
    spelled = ((squash(tuple(texts[place] for place in tail), accents=way), tail) for way in ways for tail in tails)
    found = ((target, tail) for squashed, tail in spelled if (target := known.get(squashed)))
    return next((_split(target, levels, tail) for target, tail in found), None)


@lru_cache(maxsize=MEMORY)
def doubt(path: Path) -> Question | None:
    """What to ask of a heading that names no column for certain but may mean one; without its cell."""
    texts, levels = _keyed(path)
    if not levels:
        return None
    spelled = [spelling for _, spelling in _spellings(levels, list(_tails(levels)))]
    spelled.append(levels[-1])  # also below a group that names somebody else
    if not vocabulary().known_others.isdisjoint(spelled):
        return None
    shown = JOIN.join(map(clean, path))
    meaning = _meaning(texts, levels)
    known = vocabulary()
    ambiguous = (columns for one in spelled if (columns := known.ambiguous.get(one) or known.papers.get(one)))
    candidates = (rivals(meaning) if meaning else ()) or next(ambiguous, ())
    if candidates:
        names = ", ".join(map(heading_of, candidates))
        return Question("heading.ambiguous", detail={"heading": shown, "candidates": names})
    nearest = None if meaning else _nearest(levels)
    if nearest is None:
        return None
    return Question("heading.unsure", column=nearest, detail={"heading": shown, "suggestion": heading_of(nearest)})


@lru_cache(maxsize=MEMORY)
def paper_columns(path: Path) -> tuple[str, ...]:
    """The columns of the number and the day of a paper, where the heading says that it holds both; () else."""
    whole = list(map(unbracketed_key, path))
    rest = list(map(without_number_and_day, whole))
    levels = tuple(filter(None, rest))
    if not levels or rest == whole:
        return ()
    for tail, spelling in _spellings(levels, list(_tails(levels))):
        columns = vocabulary().papers.get(spelling, ())
        if columns:
            meant = (within(_split(target, levels, tail)) == target for target in map(Target, columns))
            return columns if all(meant) else ()
    return ()


@lru_cache(maxsize=MEMORY)
def speaks_of_a_paper(heading: str) -> bool:
    """Whether a heading that nobody knows has that of a day or a paper's number in it, word by word."""
    said = unbracketed_key(heading)
    return vocabulary().known_others.isdisjoint({said, heading_key(heading)}) and bool(_of_papers().search(said))


@cache
def _of_papers() -> re.Pattern[str]:
    known = vocabulary()
    meant = {heading: (target.column,) for heading, target in known.exact.items()} | known.ambiguous | known.papers
    said = [heading for heading, columns in meant.items() if " " in heading and _PAPERS.intersection(columns)]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, said))})\b")


def _nearest(levels: Path) -> str | None:
    """The one register column whose spelling is clearly nearest; None where two are, or none is."""
    known = vocabulary()
    if len(levels[-1]) < _SHORTEST or known.foreign.search(JOIN.join(levels)):
        return None
    whole = [heading for heading, target in known.exact.items() if not target.part]
    found = process.extract(levels[-1], whole, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=20)
    if not found:
        return None
    best = known.exact[found[0][0]].column
    rival = max((score for heading, score, _ in found if known.exact[heading].column != best), default=0.0)
    return best if found[0][1] - rival >= _CLEARLY and best in HEADING else None


def column_named(text: str) -> str:
    """The register column (or `UNIT`) whose heading this is, in any certain spelling; "" where there is none."""
    target = recognise(tuple(text.split("|")))
    return target.column if target and not target.part else ""
