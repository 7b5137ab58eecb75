"""One cause, one message: findings that only repeat another's cause are folded into it.

A cell known to be wrong accuses nobody else: neither an unreadable one, nor a day in the future, nor one that
contradicts the procedure's order.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from validation import findings
from validation.blame import Counts, Grid, blame
from validation.rules.order import MUST_PAIRS, USUAL_PAIRS, Pair, reversal, reversals
from validation.rules.rule import Flags
from validation.rules.table import FAMILY, RULES
from validation.vocabulary import CODE_COLUMNS, COUNT_COLUMNS, DATE_COLUMNS, TEXT_COLUMNS, Level

#: One text per finding.
Names = npt.NDArray[np.str_]

#: Rules that have nothing to add on a row where one of the others (a rule or a family) has spoken.
YIELDS: Mapping[str, tuple[str, ...]] = {
    "id.birth_year": ("age.under", "age.over", "birth.unlikely"),
    "id.century": ("age.under", "age.over", "birth.unlikely"),
    "birth.unlikely": ("age.under", "age.over"),
    "card.is_not_id": ("id",),
    "duplicate.person": ("duplicate.id",),
    "name.single_word": ("name.digits",),
    "votes.no_rule": ("votes.more_than_summoned",),
}

#: Families whose rules only say that two days contradict each other.
CONTRADICTIONS: Mapping[str, tuple[Pair, ...]] = {"order": MUST_PAIRS, "sequence": USUAL_PAIRS}
LEVELS: Mapping[str, Level] = {"order": Level.ERROR, "sequence": Level.QUERY}

# The days come first, as `blame` expects of its hints.
_COLUMNS = (*DATE_COLUMNS, *CODE_COLUMNS, *COUNT_COLUMNS, *TEXT_COLUMNS, "target_groups")
_CONCERNS = {code: one.columns for code, one in RULES.items()}
_PLACE = {column: place for place, column in enumerate(_COLUMNS)}


def fold(found: pd.DataFrame, rows: pd.DataFrame, unreadable: pd.DataFrame) -> pd.DataFrame:
    """The findings worth telling. `rows`: the register with its facts; `unreadable`: what could not be read."""
    kinds = _kinds(found)
    future = found[kinds == "future"]
    spoiled = (_cells(rows, unreadable) & rows[list(_COLUMNS)].isna().to_numpy()) | _cells(rows, future)
    hints = _resting(rows, found[~np.isin(kinds, ["future", "order"])])
    order = _accuse("order", found[kinds == "order"], rows, spoiled, hints)
    spoiled |= _cells(rows, order)
    others = found[~np.isin(kinds, ["future", *CONTRADICTIONS])]
    others = _without_yielding(others[~_rests_on(others, rows, spoiled)])
    told = spoiled | (_resting(rows, others) > 0)
    sequence = _accuse("sequence", found[kinds == "sequence"], rows, told, np.zeros_like(hints))
    return findings.join(future, order, others, sequence)


def _kinds(found: pd.DataFrame) -> Names:
    """The family of each finding's rule."""
    return np.array([FAMILY[code] for code in found["code"]], dtype=np.str_)


def _places(rows: pd.DataFrame, found: pd.DataFrame) -> npt.NDArray[np.intp]:
    """The place of each finding's row; -1 for those of no row."""
    return rows.index.get_indexer(pd.Index(found["row"]))


def _cells(rows: pd.DataFrame, found: pd.DataFrame) -> Grid:
    """The cells that findings stand on; those of no row or no column are left out."""
    cells = np.zeros((len(rows), len(_COLUMNS)), dtype=bool)
    at, place = _places(rows, found), np.array([_PLACE.get(name, -1) for name in found["column"]], dtype=np.intp)
    known = (at >= 0) & (place >= 0)
    cells[at[known], place[known]] = True
    return cells


def _resting(rows: pd.DataFrame, found: pd.DataFrame) -> Counts:
    """How many findings stand or rest on each cell, notes aside."""
    grave = found[found["level"] != Level.NOTE]
    counts = np.zeros((len(rows), len(_COLUMNS)), dtype="int64")
    at = _places(rows, grave)
    for places, here in _by_rule(grave):
        np.add.at(counts, (at[here][:, np.newaxis], places), 1)
    return counts


def _rests_on(found: pd.DataFrame, rows: pd.DataFrame, spoiled: Grid) -> Flags:
    """Whether each finding stands or rests on one of the cells."""
    resting = np.zeros(len(found), dtype=bool)
    at = _places(rows, found)
    for places, here in _by_rule(found):
        resting[here] = spoiled[at[here]][:, places].any(axis=1)
    return resting


def _by_rule(found: pd.DataFrame) -> Iterator[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """For each rule that found something the places of the columns it concerns, and of its findings."""
    codes, rule = np.unique(found["code"].to_numpy(np.str_), return_inverse=True)
    for at, code in enumerate(codes):
        yield np.array([_PLACE[column] for column in _CONCERNS[str(code)]]), np.flatnonzero(rule == at)


def _without_yielding(found: pd.DataFrame) -> pd.DataFrame:
    codes, kinds, rows = found["code"].to_numpy(np.str_), _kinds(found), found["row"].to_numpy()
    yielding = np.zeros(len(found), dtype=bool)
    for code in YIELDS.keys() & set(codes):
        stronger = YIELDS[code]
        spoken_for = rows[np.isin(codes, stronger) | np.isin(kinds, stronger)]
        yielding |= (codes == code) & np.isin(rows, spoken_for)
    return found[~yielding]


def _accuse(kind: str, found: pd.DataFrame, rows: pd.DataFrame, spoiled: Grid, hints: Counts) -> pd.DataFrame:
    """One finding per day that must be wrong, naming the days it contradicts; pairs with a spoiled cell are moot."""
    if found.empty:
        return findings.frame()
    pairs = CONTRADICTIONS[kind]
    at = np.unique(_places(rows, found))
    some = rows.iloc[at]
    broken = reversals(some)[[reversal(pair) for pair in pairs]].to_numpy()
    moot = np.column_stack([spoiled[at][:, [_PLACE[early], _PLACE[late]]].any(axis=1) for early, late in pairs])
    records = [
        (int(some.index[row]), column, f"{kind}.{column}", LEVELS[kind], {"others": others})
        for row, column, others in blame(broken & ~moot, pairs, hints[at, : len(DATE_COLUMNS)])
    ]
    return findings.frame(records)
