"""What a rule is: a name, how grave it is, the cells it concerns, and a vectorised check."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from validation.vocabulary import DATE_COLUMNS, Level, Stage, year_of

#: One boolean per row, in row order. A column of a frame costs many times a comparison of forty values, so what many
#: rules ask for is an array.
Flags: TypeAlias = npt.NDArray[np.bool_]
Mask: TypeAlias = "pd.Series[bool] | Flags"
Check = Callable[[pd.DataFrame], Mask]
#: From the rows at fault to what a sentence needs beyond their cells: one column per placeholder.
Tell = Callable[[pd.DataFrame], pd.DataFrame]

_RANK = {stage.value: rank for rank, stage in enumerate(Stage)}


@dataclass(frozen=True, slots=True)
class Rule:
    """A finding of the rule stands on the first of `columns`; the others are cells it also rests on.

    `check` takes the register with its facts (`validation/rules/facts.py`) and is True where a row is
    at fault: never on a blank it was not asked about, so that thin data accuses nobody.
    `measured`: the condition of the rulebook it rests on, as it stood on the day named in `facts.MEASURED_ON`; else
    `cite` and `source`: where the law says it and how sure that is; "" for practice and plain sense.
    """

    code: str
    level: Level
    columns: tuple[str, ...]
    check: Check
    tells: Tell | None = None
    measured: str = ""
    cite: str = ""
    source: str = ""

    def breaks(self, rows: pd.DataFrame) -> Flags:
        """Whether each row is at fault, in row order."""
        return np.asarray(self.check(rows))


def rule(
    code: str, level: Level, *columns: str, tells: Tell | None = None, measured: str = ""
) -> Callable[[Check], Rule]:
    """Turn the check it decorates into a rule."""
    return lambda check: Rule(code, level, columns, check, tells, measured)


def telling(*facts: str) -> Tell:
    """Hand named facts of the row on to the sentence."""
    return lambda rows: rows[list(facts)]


def filled(rows: pd.DataFrame, column: str) -> Flags:
    """Whether anything legible stands in the cell; a year alone is something."""
    if column in DATE_COLUMNS:
        return np.asarray(rows[year_of(column)].to_numpy() != 0)
    return rows[column].notna().to_numpy()


def stands_in(rows: pd.DataFrame, first: Stage, last: Stage) -> Flags:
    """Whether a person who has not left stands between two stages, both included."""
    rank = rows["rank"].to_numpy()
    return np.asarray((rank >= _RANK[first]) & (rank <= _RANK[last]) & ~rows["left"].to_numpy())


def rank(stage: "pd.Series[str]") -> "pd.Series[int]":
    """Stages as numbers that can be compared."""
    return stage.map(_RANK)
