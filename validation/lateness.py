"""Clocks → findings: acts that came after their day, and papers that lapsed while they were still needed.

What is merely due or overdue is no finding: nothing on the sheet is wrong yet. It is told apart, with its arithmetic.
"""

from collections.abc import Iterator, Mapping

import pandas as pd

from validation import findings
from validation.provisions import PROBATION_ENDS, Nature
from validation.rules.table import RULES, family
from validation.vocabulary import Level, Stage

_DETAIL = ("started_on", "due_on", "done_on", "days_late", "count", "counted_from", "cite", "source", "regulation")

# Families that say of a day that it cannot be right; `others` in their detail are the days it contradicts.
_DISPUTES = frozenset({"order", "sequence", "future"})

#: Code → rule of the register that says more about the same days: a request sent long ago makes the dossier old too.
YIELDS: Mapping[str, str] = {"late_vetting_reply": "dossier.expired"}


def explain(clocks: pd.DataFrame, stage: "pd.Series[str]", told: pd.DataFrame) -> pd.DataFrame:
    """Findings on late acts and lapsed papers, each to be explained once; `stage` by row id.

    A late act asks for an explanation until the person is an official member, and no longer: the bodies that had to
    answer for it have by then recognised the member. It stands on the act's own cell; a lapse on the paper's.
    Where one of its days is in dispute already, by the findings `told`, there is nothing to explain yet; nor where
    one of `told` says more (`YIELDS`). What is on trial disputes nothing.
    """
    told = findings.firm(told)
    late = clocks[clocks["days_late"] > 0]
    done = ~late["open"] & (late["nature"] == Nature.ACT) & (late["row"].map(stage) != Stage.OFFICIAL)
    lapsed = late["open"] & (late["nature"] == Nature.VALIDITY)
    moot = _rests_on(late, frozenset(_disputed(told))) | _yields(late, told)
    sure = late[(done | lapsed) & ~moot]
    return findings.join(
        pd.DataFrame(
            {
                "row": sure["row"],
                "column": sure["done"].where(done[sure.index], sure["counted_from"]),
                "code": sure["code"],
                "level": Level.QUERY,
                "detail": sure[list(_DETAIL)].to_dict("records"),
            }
        )
    )


def _rests_on(clocks: pd.DataFrame, cells: frozenset[tuple[int, str]]) -> "pd.Series[bool]":
    """Whether the act of each clock, or the day it is counted from, is one of the cells (row id, column)."""
    begun = clocks["counted_from"].replace(PROBATION_ENDS, "ceremony_on")
    either = zip(clocks["row"], clocks["done"], begun, strict=True)
    return pd.Series([(row, done) in cells or (row, start) in cells for row, done, start in either], clocks.index, bool)


def _yields(clocks: pd.DataFrame, told: pd.DataFrame) -> "pd.Series[bool]":
    yielding = pd.Series(False, index=clocks.index)
    for code, stronger in YIELDS.items():
        yielding |= (clocks["code"] == code) & clocks["row"].isin(told.loc[told["code"] == stronger, "row"])
    return yielding


def _disputed(told: pd.DataFrame) -> Iterator[tuple[int, str]]:
    """The cells (row id, column) whose day is said to be wrong, or could not simply be read."""
    for row, column, code, level, detail in told[list(findings.COLUMNS)].itertuples(index=False):
        if family(code) in _DISPUTES:
            yield from ((row, other) for other in (column, *_others(detail)))
        elif code not in RULES and level != Level.NOTE:
            yield row, column


def _others(detail: Mapping[str, object]) -> tuple[str, ...]:
    others = detail.get("others", ())
    return others if isinstance(others, tuple) else ()
