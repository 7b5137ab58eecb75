"""Which day may not come before which: the procedure's order as a table, and the future.

Rules of this module only look their own column of `broken` up: all days of all rows are compared at once.
"""

from collections.abc import Iterable
from itertools import combinations
from operator import itemgetter

import numpy as np
import numpy.typing as npt
import pandas as pd

from validation import stages
from validation.rules.rule import Rule, Tell, telling
from validation.vocabulary import DATE_COLUMNS, Level, year_of

Pair = tuple[str, str]

#: Each day of a line must not come before any earlier one of it: the law or nature forbids it.
#: A new helper may be assigned at any time, so `helper_assigned_on` follows nothing but birth.
MUST: tuple[tuple[str, ...], ...] = (
    ("birth_on", "youth_union_on"),
    ("birth_on", "helper_assigned_on"),
    ("birth_on", "status_changed_on"),
    ("birth_on", "sympathizer_on", "branch_resolved_on"),
    ("birth_on", "certificate_on", "branch_resolved_on"),
    ("birth_on", "dossier_opened_on", "branch_resolved_on"),
    ("birth_on", "applied_on", "branch_resolved_on"),
    ("birth_on", "vetting_sent_on", "vetting_result_on", "branch_resolved_on"),
    ("birth_on", "union_resolved_on", "branch_resolved_on"),
    ("birth_on", "residence_opinion_on", "branch_resolved_on"),
    ("branch_resolved_on", "committee_resolved_on", "decided_on"),
    ("branch_resolved_on", "dossier_sent_on", "decided_on"),
    ("branch_resolved_on", "decided_on", "decision_received_on", "ceremony_on"),
    ("birth_on", "member_record_on"),
    ("ceremony_on", "new_member_certificate_on", "recognized_on"),
    ("ceremony_on", "recognition_resolved_on", "recognized_on"),
)

#: The same for what is only usual: a person who moved, or a paper written early, may have a reason.
USUAL: tuple[tuple[str, ...], ...] = (
    ("sympathizer_on", "certificate_on", "dossier_opened_on", "applied_on", "vetting_sent_on"),
    ("youth_union_on", "branch_resolved_on"),
    ("ceremony_on", "member_record_on"),
    ("new_member_certificate_on", "recognition_resolved_on"),
)


#: Rows looked at together.
_AT_ONCE = 4096


def _pairs(lines: Iterable[tuple[str, ...]]) -> frozenset[Pair]:
    """Every (earlier, later) that the lines imply, through any number of steps."""
    pairs = {pair for line in lines for pair in combinations(line, 2)}
    while implied := {(early, last) for early, middle in pairs for link, last in pairs if link == middle} - pairs:
        pairs |= implied
    return frozenset(pairs)


def _sorted(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(pairs, key=lambda pair: (DATE_COLUMNS.index(pair[0]), DATE_COLUMNS.index(pair[1]))))


MUST_PAIRS: tuple[Pair, ...] = _sorted(_pairs(MUST))
USUAL_PAIRS: tuple[Pair, ...] = _sorted(_pairs(USUAL) - _pairs(MUST))
ALL_PAIRS: tuple[Pair, ...] = (*MUST_PAIRS, *USUAL_PAIRS)


def reversal(pair: Pair) -> str:
    """Name of the fact that the later day of a pair certainly lies before the earlier one."""
    return f"{pair[1]} before {pair[0]}"


def reversals(typed: pd.DataFrame) -> pd.DataFrame:
    """`reversal` of every pair, one boolean column each; years alone decide where a day is not known."""
    days = typed[list(DATE_COLUMNS)].to_numpy("datetime64[us]")
    years = typed[[year_of(column) for column in DATE_COLUMNS]].to_numpy()
    parts = [slice(start, start + _AT_ONCE) for start in range(0, max(1, len(typed)), _AT_ONCE)]
    broken = np.concatenate([_reversed(days[part], years[part]) for part in parts])
    return pd.DataFrame(broken, index=typed.index, columns=[reversal(pair) for pair in ALL_PAIRS])


def _reversed(days: npt.NDArray[np.datetime64], years: npt.NDArray[np.int16]) -> npt.NDArray[np.bool_]:
    """Every pair of every row; side by side the days of all pairs are many times the register's own."""
    early, late = (([DATE_COLUMNS.index(pair[end]) for pair in ALL_PAIRS]) for end in (0, 1))
    by_year = (years[:, late] < years[:, early]) & (years[:, late] != 0)
    broken: npt.NDArray[np.bool_] = (days[:, late] < days[:, early]) | by_year
    return broken


def _touching(family: str, pairs: tuple[Pair, ...]) -> dict[str, list[int]]:
    """Rule → the places among `ALL_PAIRS` of the pairs that its day is in."""
    involved = [column for column in DATE_COLUMNS if any(column in pair for pair in pairs)]
    return {f"{family}.{column}": [ALL_PAIRS.index(pair) for pair in pairs if column in pair] for column in involved}


_ORDER, _SEQUENCE = _touching("order", MUST_PAIRS), _touching("sequence", USUAL_PAIRS)
_FUTURE = [f"future.{column}" for column in DATE_COLUMNS]


def broken(typed: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """Whether each rule of this module is broken: one boolean column each, named by its code; same index."""
    reversed_ = reversals(typed).to_numpy()
    contradicted = [reversed_[:, pairs].any(axis=1) for pairs in (_ORDER | _SEQUENCE).values()]
    found = np.column_stack([*contradicted, stages.ahead(typed, DATE_COLUMNS, today)])
    return pd.DataFrame(found, index=typed.index, columns=[*_ORDER, *_SEQUENCE, *_FUTURE])


def _family(codes: Iterable[str], level: Level, tells: Tell | None = None) -> tuple[Rule, ...]:
    """One rule per column: its day contradicts another's. `validation/folding.py` names the one to blame."""
    return tuple(Rule(code, level, (code.partition(".")[2],), itemgetter(code), tells) for code in codes)


RULES: tuple[Rule, ...] = (
    *_family(_ORDER, Level.ERROR),
    *_family(_SEQUENCE, Level.QUERY),
    *_family(_FUTURE, Level.ERROR, telling("as_of")),
)
