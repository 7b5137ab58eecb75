"""Values that stand in no code list. The normaliser leaves them as typed; here they are named."""

from functools import partial

import pandas as pd

from validation.rules.rule import Mask, Rule, Tell
from validation.vocabulary import CODE_COLUMNS, Level, TargetGroup

_GROUPS = frozenset(group.value for group in TargetGroup)


def _not_listed(rows: pd.DataFrame, column: str) -> Mask:
    listed = [member.value for member in CODE_COLUMNS[column]]
    return rows[column].notna() & ~rows[column].isin(listed)


def _unknown_groups(text: str) -> list[str]:
    return [piece for piece in text.split(";") if piece.strip() not in _GROUPS]


def _groups_not_listed(rows: pd.DataFrame) -> Mask:
    typed = rows["target_groups"].dropna().unique()
    return rows["target_groups"].isin([text for text in typed if _unknown_groups(text)])


def _tell_groups(rows: pd.DataFrame) -> pd.DataFrame:
    unknown = rows["target_groups"].map(lambda text: "; ".join(_unknown_groups(text)))
    return pd.DataFrame({"unknown": unknown})


def _rule(column: str) -> Rule:
    # A qualification is free text in the members' history (38-HD/BTCTW): worth a look, never wrong.
    level = Level.NOTE if column == "qualification" else Level.ERROR
    tells: Tell = _tell_typed(column)
    return Rule(f"list.{column}", level, (column,), partial(_not_listed, column=column), tells)


def _tell_typed(column: str) -> Tell:
    return lambda rows: pd.DataFrame({"unknown": rows[column]})


RULES: tuple[Rule, ...] = (
    *(_rule(column) for column in CODE_COLUMNS),
    Rule("list.target_groups", Level.ERROR, ("target_groups",), _groups_not_listed, _tell_groups),
)
