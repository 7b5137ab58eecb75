"""What a group heading leaves of the meaning that a heading below it has by itself.

Branches resolve, vote and receive certificates at more than one step of the way: "Nghị quyết chi bộ" by itself is that
on the admission, and below "Xét cảm tình Đảng" it is another.
"""

import re
from functools import lru_cache

from workbook.incoming.vocabulary import MEMORY, Path, Target, vocabulary
from workbook.layout import BY_NAME, REGISTER, Kind
from workbook.text import bare

_RESOLVED = frozenset({"branch_resolved_on", "committee_resolved_on", "votes_for", "members_summoned"})
_CERTIFIED = frozenset({"certificate_number", "certificate_on"})
_ADMITTED = frozenset({"decision_number", "decided_on", "ceremony_on"})

_HELPER = frozenset({"helper", "helper_assigned_on"})
_BEFORE = _HELPER | _CERTIFIED | {"sympathizer_on"}
_AFTER = frozenset({"new_member_certificate_on", "recognition_resolved_on", "recognized_on", "card_number"})
_ELSEWHERE = frozenset({"youth_union_on", "status", "status_changed_on", "moved_to"})
_STEPS = frozenset(column.name for column in REGISTER if column.kind is Kind.DATE) - {"birth_on"} | (
    _BEFORE | _AFTER | _ELSEWHERE | {"decision_number"}
)

#: Columns → the steps under which their headings mean something else, where the group speaks of these steps alone.
_STRANGE = (
    (_RESOLVED, _BEFORE | _AFTER | _ELSEWHERE),
    (_CERTIFIED, _AFTER),
    (_ADMITTED, frozenset({"union_resolved_on", "youth_union_on"})),
    (frozenset(BY_NAME) - _HELPER, _HELPER),
)


def within(target: Target, groups: Path) -> Target | None:
    """What a heading means under groups that its spelling leaves out (keys); None where they are of another step."""
    steps = _strange_steps(target, groups)
    if not steps:
        return target
    recognised = target.column == "branch_resolved_on" and "recognition_resolved_on" in steps
    return Target("recognition_resolved_on") if recognised else None


def rivals(target: Target, groups: Path) -> tuple[str, ...]:
    """The columns among which only a person can tell; () where nothing is in doubt, or the group is of a helper."""
    steps = _strange_steps(target, groups)
    return (target.column, *sorted(steps)) if steps and not steps <= _HELPER else ()


def _strange_steps(target: Target, groups: Path) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for group in groups:
        steps = _steps_of(group)
        if any(target.column in columns and steps <= strange for columns, strange in _STRANGE):
            found |= steps
    return found


@lru_cache(maxsize=MEMORY)
def _steps_of(group: str) -> frozenset[str]:
    """The steps a group heading (its key) can speak of: its own, or those of every heading that has its words."""
    known = vocabulary()
    own = known.exact.get(group)
    said = known.ambiguous.get(group, (own.column,) if own else ())
    if said:
        return _STEPS.intersection(said)
    words = re.compile(rf"\b{re.escape(group)}\b")
    typed = bare if group.isascii() else str
    found = (target.column for heading, target in known.exact.items() if words.search(typed(heading)))
    return _STEPS.intersection(found)
