"""What a group heading leaves of the meaning that a heading below it has by itself.

Branches resolve, vote and receive certificates at more than one step of the way: "Nghị quyết chi bộ" by itself is that
on the admission, and below "Xét cảm tình Đảng" it is another. They also keep matters that are no step at all: below
"Kỷ luật" the resolution is a third, below "Hội Phụ nữ" the admission is not that into the party.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from workbook.incoming.vocabulary import JOIN, MEMORY, Path, Target, can_be_spelled, heading_key, vocabulary, words
from workbook.layout import BY_NAME, REGISTER, Kind
from workbook.text import bare

_RESOLVED = frozenset({"branch_resolved_on", "committee_resolved_on", "votes_for", "members_summoned"})
_CERTIFIED = frozenset({"certificate_number", "certificate_on"})
_ADMITTED = frozenset({"decision_number", "decided_on", "ceremony_on"})
_MOVED = frozenset({"status", "status_changed_on", "moved_to"})
_FILED = frozenset(
    {"applied_on", "dossier_opened_on", "dossier_sent_on", "residence_opinion_on", "decision_received_on"}
)

_HELPER = frozenset({"helper", "helper_assigned_on"})
_RECOGNIZED = frozenset({"recognition_resolved_on", "recognized_on"})
_BEFORE = _HELPER | _CERTIFIED | {"sympathizer_on"}
_AFTER = _RECOGNIZED | {"new_member_certificate_on", "card_number"}
_ELSEWHERE = _MOVED | {"youth_union_on"}
_STEPS = frozenset(column.name for column in REGISTER if column.kind is Kind.DATE) - {"birth_on"} | (
    _BEFORE | _AFTER | _ELSEWHERE | {"decision_number"}
)

#: Columns → the steps under which their headings mean something else, where the group speaks of these steps alone.
_STRANGE = (
    (_RESOLVED, _BEFORE | _AFTER | _ELSEWHERE | {"union_resolved_on", "residence_opinion_on"}),
    (_CERTIFIED, _AFTER),
    (_FILED, _AFTER | _MOVED),
    (_ADMITTED, frozenset({"union_resolved_on", "youth_union_on"})),
    (frozenset({"status_changed_on"}), _STEPS - _MOVED),
    (frozenset({"unit"}), _ADMITTED | _RECOGNIZED | _MOVED),
    (frozenset(BY_NAME) - _HELPER, _HELPER),
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading means by itself: its keys (`said`), and those of the groups that its spelling leaves out."""

    target: Target
    said: Path
    groups: Path


@dataclass(frozen=True, slots=True)
class _Matter:
    """Groups that speak of a matter of their own, unless they or the heading below say `but`; what they estrange.

    `instead`: column → the one that may be meant in its place.
    """

    words: re.Pattern[str]
    but: re.Pattern[str]
    columns: frozenset[str]
    instead: Mapping[str, str]


def within(meaning: Meaning) -> Target | None:
    """What the heading means under its groups; None where they are of another step or matter."""
    steps = _strange_steps(meaning)
    of_recognition = steps & _RECOGNIZED and steps <= _RECOGNIZED | _HELPER
    if of_recognition and _instead(meaning) == {"recognition_resolved_on"}:
        return Target("recognition_resolved_on")
    return None if steps or _is_apart(meaning) else meaning.target


def rivals(meaning: Meaning) -> tuple[str, ...]:
    """The columns among which only a person can tell; () where nothing is in doubt, or the group is of a helper."""
    column, steps = meaning.target.column, _strange_steps(meaning)
    in_doubt = _is_apart(meaning) or (steps and not steps <= _HELPER)
    return (column, *sorted(steps | _instead(meaning))) if in_doubt else ()


def _strange_steps(meaning: Meaning) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for group in meaning.groups:
        steps = _columns_of(group) & _STEPS
        if any(meaning.target.column in columns and steps <= strange for columns, strange in _STRANGE):
            found |= steps
    return found


def _is_apart(meaning: Meaning) -> bool:
    """Whether a group speaks of another matter, or the nearest to a resolution says nothing that we know."""
    column, groups = meaning.target.column, meaning.groups
    if any(_matters_of(meaning)):
        return True
    return bool(groups) and column in _RESOLVED and not _is_plain(groups[-1], JOIN.join(meaning.said))


def _instead(meaning: Meaning) -> set[str]:
    """What may be meant in place of the column, as the matters of the groups have it."""
    column = meaning.target.column
    return {matter.instead[column] for matter in _matters_of(meaning) if column in matter.instead}


def _matters_of(meaning: Meaning) -> Iterator[_Matter]:
    """The matters that estrange the column of the heading."""
    heading = JOIN.join(meaning.said)
    for group in meaning.groups:
        for matter in _matters_in(group):
            if meaning.target.column in matter.columns and not matter.but.search(f"{group}{JOIN}{heading}"):
                yield matter


@lru_cache(maxsize=MEMORY)
def _matters_in(group: str) -> tuple[_Matter, ...]:
    """The matters whose words a group (its key) has."""
    return tuple(matter for matter in _matters() if matter.words.search(group))


def _is_plain(group: str, heading: str) -> bool:
    """Whether a resolution below the group can only be that on the admission."""
    groups, headings = _plain()
    return bool(_columns_of(group) or groups.search(group) or headings.search(heading))


@lru_cache(maxsize=MEMORY)
def _columns_of(group: str) -> frozenset[str]:
    """The columns a group heading (its key) can speak of: its own, or those of every heading that has its words."""
    known = vocabulary()
    own = known.exact.get(group)
    said = known.ambiguous.get(group, (own.column,) if own else ())
    if said or not (can_be_spelled(group) or group.isascii()):  # titles of sheets, mostly: each is of one file alone
        return frozenset(said)
    whole = re.compile(rf"\b{re.escape(group)}\b")
    typed = bare if group.isascii() else str
    return frozenset(target.column for heading, target in known.exact.items() if whole.search(typed(heading)))


@cache
def _matters() -> tuple[_Matter, ...]:
    return tuple(
        _Matter(
            words=_any_of(said["words"]),
            but=_any_of(said.get("but", [])),
            columns=frozenset(said["columns"]),
            instead=said.get("instead", {}),
        )
        for said in words()["apart"]
    )


@cache
def _plain() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a group may say, and what a heading may say under any group."""
    said = words()["plain"]
    return _any_of(said["groups"]), _any_of(said["headings"])


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Finds one of the phrases as whole words, with or without accents; nothing where there is none."""
    keys = [key for phrase in phrases for key in (heading_key(phrase), bare(heading_key(phrase)))]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, keys))})\b" if keys else r"(?!)")
