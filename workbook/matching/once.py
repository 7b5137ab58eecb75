"""Of several lines of one person one counts. Which, and whether the person moved or was counted twice.

One line counts, by the first of these that parts them: the branch a person has decided on; the line where the person
stands now ("moved here", then those followed, then those who left; among the moved and the left the latest change);
the line that took the person over; the line furthest on in the procedure; the line that the previous book counted; the
newest file; the first line. A branch that itself says "moved away" cannot be decided on while another has the person:
nobody shall leave the list by an answer.

A line took a person over whose helper was assigned after every step of the other branches' lines. This is our guess
from how registers are kept, not law: the law has the new place assign a helper (06-HD/TW 2025 §3.9), no more. So is
the whole order above; a person's decision outranks it wherever it does not take somebody off the list.
"""

from collections.abc import Mapping
from enum import StrEnum

import numpy as np
import pandas as pd

from validation.vocabulary import DATE_COLUMNS, LEFT, Stage, Status
from workbook.matching.rulings import Ruling
from workbook.text import key

_PROCEDURE = [column for column in DATE_COLUMNS if column not in ("birth_on", "status_changed_on")]
_MOVED = (Status.MOVED_OUT.value, Status.MOVED_IN.value)


class DoubleKind(StrEnum):
    """What lines that look like one person are."""

    ASKED = "asked"  # not merged: a person must say
    TWICE = "twice"
    MOVED = "moved"
    PARTED = "parted"  # a person said: two people


def counted_lines(
    lines: pd.DataFrame, person: pd.Series, codes: pd.Series, ruled: Mapping[tuple[str, str], Ruling]
) -> pd.Series:
    """Row id → row id of the line that counts for the person (its own for most).

    `lines`: typed rows with `branch`, `stage` (Stage value), `counted_before` and `received_at`; `person` as `together`
    gives it.
    """
    several = person[person.duplicated(keep=False)]
    order = _order(lines.loc[several.index], several, codes, ruled)
    first = order.index.to_series().groupby(several.reindex(order.index)).first()
    return person.index.to_series().where(~person.index.isin(several.index), person.map(first)).astype("int64")


def _order(
    lines: pd.DataFrame, person: pd.Series, codes: pd.Series, ruled: Mapping[tuple[str, str], Ruling]
) -> pd.DataFrame:
    """The lines, the one to count first."""
    settled = lines["status"].isin([*LEFT, Status.MOVED_IN])
    keys = pd.DataFrame(
        {
            "decided": ~(_decided(lines, codes, ruled) & ~_gone_elsewhere(lines, person)),
            "standing": np.select([lines["status"] == Status.MOVED_IN, ~lines["status"].isin(LEFT)], [0, 1], 2),
            "changed": -_time(lines["status_changed_on"].where(settled)),
            "over": ~took_over(lines, person),
            "stage": -lines["stage"].map(list(Stage).index),
            "before": ~lines["counted_before"].astype(bool),
            "received": -_time(lines["received_at"]),
        },
        index=lines.index,
    )
    columns = ["decided", "standing", "changed", "over", "stage", "before", "received"]
    return pd.DataFrame(keys.sort_values(columns, kind="stable"))


def _decided(lines: pd.DataFrame, codes: pd.Series, ruled: Mapping[tuple[str, str], Ruling]) -> "pd.Series[bool]":
    """The lines of the branch that a person chose."""
    chosen = {(code, key(one.branch)) for pair, one in ruled.items() if one.same and one.branch for code in pair}
    own = zip(codes.reindex(lines.index), lines["branch"].map(key), strict=True)
    return pd.Series([pair in chosen for pair in own], index=lines.index, dtype=bool)


def _gone_elsewhere(lines: pd.DataFrame, person: pd.Series) -> "pd.Series[bool]":
    """The lines that say "moved away" of somebody whom another line still has, or knows more of."""
    away = lines["status"] == Status.MOVED_OUT
    return away & ~away.groupby(person).transform("all")


def _time(days: pd.Series) -> "pd.Series[float]":
    """Comparable, the unknown before everything."""
    return days.astype("datetime64[us]").astype("int64").where(days.notna(), np.iinfo("int64").min // 2).astype(float)


def took_over(lines: pd.DataFrame, person: pd.Series) -> "pd.Series[bool]":
    """The lines whose branch assigned a helper after the last step of the person's lines elsewhere: our guess."""
    own = pd.DataFrame({"person": person, "branch": lines["branch"], "last": lines[_PROCEDURE].max(axis="columns")})
    by_branch = own.groupby(["person", "branch"], as_index=False)["last"].max()
    both = own.assign(row=own.index).merge(by_branch, on="person", suffixes=("", "_elsewhere"))
    elsewhere = both[both["branch"] != both["branch_elsewhere"]].groupby("row")["last_elsewhere"].max()
    return lines["helper_assigned_on"] > elsewhere.reindex(lines.index)


def kinds(lines: pd.DataFrame, stands_for: pd.Series) -> pd.Series:
    """Row id of every line that counts for several → `DoubleKind`: moved, or counted twice.

    Moved: the lines are of several branches, and a status or "moved to" says so, or one took the person over.
    """
    several = stands_for[stands_for.duplicated(keep=False)]
    own = lines.loc[several.index]
    said = own["status"].isin(_MOVED) | own["moved_to"].notna() | took_over(own, several)
    moved = said.groupby(several).any() & (own["branch"].groupby(several).nunique() > 1)
    return moved.map({True: DoubleKind.MOVED, False: DoubleKind.TWICE})
