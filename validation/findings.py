"""What a finding is: one row of a frame that says where, what and how grave; never an exception."""

from collections.abc import Iterable, Mapping

import pandas as pd

from validation.vocabulary import Level, Verdict

#: `row` is the row id of the typed frame, `column` a register column, `code` the rule's name,
#: `detail` a dict of what the sentence needs beyond the row itself.
COLUMNS = ("row", "column", "code", "level", "detail")


def frame(records: Iterable[tuple[int, str, str, Level, Mapping[str, object]]] = ()) -> pd.DataFrame:
    """Build a findings frame from records in the order of `COLUMNS`; empty when there are none."""
    made = pd.DataFrame(list(records), columns=list(COLUMNS))
    return made.astype({"row": "int64", "column": "object", "code": "object", "level": "object", "detail": "object"})


def join(*parts: pd.DataFrame) -> pd.DataFrame:
    """All findings of several judges, in row order (stable within a row)."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return frame()
    return pd.concat(filled, ignore_index=True).sort_values("row", kind="stable", ignore_index=True)


def explained(findings: pd.DataFrame, explanation: "pd.Series[str]") -> pd.DataFrame:
    """The findings with the queries of every row that gives a written reason lowered to notes; errors stay errors.

    `explanation`: the register's own column, by row id; blank is NA. Who explains once is not asked again.
    """
    reasoned = findings["row"].isin(explanation.index[explanation.notna()])
    lowered = reasoned & (findings["level"] == Level.QUERY)
    levels = [Level.NOTE if low else level for low, level in zip(lowered, findings["level"], strict=True)]
    return findings.assign(level=pd.Series(levels, index=findings.index, dtype=object))


def verdicts(findings: pd.DataFrame, index: pd.Index, unjudged: "pd.Series[int] | None" = None) -> "pd.Series[str]":
    """What the findings of each row add up to, as `Verdict` values by row id; notes do not count.

    `unjudged`: ids of rows that some rule could not judge for want of a column: not wrong, but not valid either.
    """
    verdict = pd.Series(Verdict.VALID.value, index=index, dtype="str", name="verdict")
    if unjudged is not None:
        verdict = verdict.mask(index.isin(unjudged), Verdict.WARNED.value)
    for level, verdict_then in ((Level.QUERY, Verdict.WARNED), (Level.ERROR, Verdict.INVALID)):
        hit = findings.loc[findings["level"] == level, "row"]
        verdict = verdict.mask(index.isin(hit), verdict_then.value)
    return verdict
