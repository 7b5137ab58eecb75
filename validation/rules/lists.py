"""Values that stand in no code list. The normaliser leaves them as typed; here they are named."""

from functools import partial

import pandas as pd

from validation.rules.rule import Mask, Rule
from validation.vocabulary import CODE_COLUMNS, Level, TargetGroup

_GROUPS = frozenset(group.value for group in TargetGroup)


def _not_listed(rows: pd.DataFrame, column: str) -> Mask:
    listed = [member.value for member in CODE_COLUMNS[column]]
    return rows[column].notna() & ~rows[column].isin(listed)


def _groups_not_listed(rows: pd.DataFrame) -> Mask:
    typed = rows["target_groups"].dropna().unique()
    return rows["target_groups"].isin([text for text in typed if _unknown(text)])


def _unknown(groups: str) -> str:
    return "; ".join(piece for piece in groups.split(";") if piece.strip() not in _GROUPS)


def _tell_unknown(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"unknown": rows["target_groups"].map(_unknown)})


def _level(column: str) -> Level:
    """A qualification is free text in a person's history (38-HD/BTCTW): worth a look, never wrong."""
    return Level.NOTE if column == "qualification" else Level.ERROR


RULES: tuple[Rule, ...] = (
    *(Rule(f"list.{name}", _level(name), (name,), partial(_not_listed, column=name)) for name in CODE_COLUMNS),
    Rule("list.target_groups", Level.ERROR, ("target_groups",), _groups_not_listed, _tell_unknown),
)
