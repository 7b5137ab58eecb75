"""One cause, one message: findings that only repeat another's cause are folded into it.

A cell known to be wrong accuses nobody else: neither an unreadable one, nor a day in the future, nor one that
contradicts the procedure's order.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from validation import findings
from validation.blame import Counts, Grid, blame
from validation.rules.order import MUST_PAIRS, USUAL_PAIRS, Pair, reversal
from validation.rules.table import FAMILY, RULES
from validation.vocabulary import CODE_COLUMNS, COUNT_COLUMNS, DATE_COLUMNS, TEXT_COLUMNS, Level

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
    kinds = found["code"].map(FAMILY)
    future = found[kinds == "future"]
    spoiled = (_cells(rows, unreadable) & rows[list(_COLUMNS)].isna().to_numpy()) | _cells(rows, future)
    hints = _resting(rows, found[~kinds.isin(["future", "order"])])
    order = _accuse("order", found[kinds == "order"], rows, spoiled, hints)
    spoiled |= _cells(rows, order)
    others = found[~kinds.isin(["future", *CONTRADICTIONS])]
    others = _without_yielding(others[~_rests_on(others, rows, spoiled)])
    told = spoiled | (_resting(rows, others) > 0)
    sequence = _accuse("sequence", found[kinds == "sequence"], rows, told, np.zeros_like(hints))
    return findings.join(future, order, others, sequence)


def _cells(rows: pd.DataFrame, found: pd.DataFrame) -> Grid:
    """The cells that findings stand on; those of no row or no column are left out."""
    return _count(rows, found["row"], found["column"]) > 0


def _resting(rows: pd.DataFrame, found: pd.DataFrame) -> Counts:
    """How many findings stand or rest on each cell, notes aside."""
    grave = found[found["level"] != Level.NOTE]
    named = grave.assign(column=grave["code"].map(_CONCERNS)).explode("column")
    return _count(rows, named["row"], named["column"])


def _count(rows: pd.DataFrame, ids: pd.Series, columns: pd.Series) -> Counts:
    counts = np.zeros((len(rows), len(_COLUMNS)), dtype="int64")
    at, place = rows.index.get_indexer(pd.Index(ids)), columns.map(_PLACE).fillna(-1).to_numpy("int64")
    known = (at >= 0) & (place >= 0)
    np.add.at(counts, (at[known], place[known]), 1)
    return counts


def _rests_on(found: pd.DataFrame, rows: pd.DataFrame, spoiled: Grid) -> Grid:
    """Whether each finding stands or rests on one of the cells."""
    resting = np.zeros(len(found), dtype=bool)
    at = rows.index.get_indexer(pd.Index(found["row"]))
    for code, here in found.groupby("code").indices.items():
        places = [_PLACE[column] for column in _CONCERNS[str(code)]]
        resting[here] = spoiled[at[here]][:, places].any(axis=1)
    return resting


def _without_yielding(found: pd.DataFrame) -> pd.DataFrame:
    yielding = pd.Series(False, index=found.index)
    kinds = found["code"].map(FAMILY)
    for code, stronger in YIELDS.items():
        spoken_for = found.loc[found["code"].isin(stronger) | kinds.isin(stronger), "row"]
        yielding |= (found["code"] == code) & found["row"].isin(spoken_for)
    return found[~yielding]


def _accuse(kind: str, found: pd.DataFrame, rows: pd.DataFrame, spoiled: Grid, hints: Counts) -> pd.DataFrame:
    """One finding per day that must be wrong, naming the days it contradicts; pairs with a spoiled cell are moot."""
    pairs = CONTRADICTIONS[kind]
    at = np.unique(rows.index.get_indexer(pd.Index(found["row"])))
    some = rows.iloc[at]
    broken = some[[reversal(pair) for pair in pairs]].to_numpy()
    moot = np.column_stack([spoiled[at][:, [_PLACE[early], _PLACE[late]]].any(axis=1) for early, late in pairs])
    records = [
        (int(some.index[row]), column, f"{kind}.{column}", LEVELS[kind], {"others": others})
        for row, column, others in blame(broken & ~moot, pairs, hints[at, : len(DATE_COLUMNS)])
    ]
    return findings.frame(records)
