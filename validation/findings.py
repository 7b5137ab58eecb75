"""What a finding is: one row of a frame that says where, what and how grave; never an exception."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from validation.vocabulary import Level, Verdict

#: `row` is the row id of the typed frame, `column` a register column, `code` the rule's name,
#: `detail` a dict of what the sentence needs beyond the row itself.
COLUMNS = ("row", "column", "code", "level", "detail")
_TYPES = {"row": "int64", **dict.fromkeys(COLUMNS[1:], "object")}

#: In the detail of a finding of a rule on trial: the last day of the trial.
_TRIAL = "trial_until"


def frame(records: Iterable[tuple[int, str, str, Level, Mapping[str, object]]] = ()) -> pd.DataFrame:
    """Build a findings frame from records in the order of `COLUMNS`; empty when there are none."""
    listed = zip(*records, strict=True)
    return pd.DataFrame({name: pd.Series(next(listed, ()), dtype=dtype) for name, dtype in _TYPES.items()})


def join(*parts: pd.DataFrame) -> pd.DataFrame:
    """All findings of several judges, in row order (stable within a row)."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return frame()
    return pd.concat(filled, ignore_index=True).sort_values("row", kind="stable", ignore_index=True)


def explained(findings: pd.DataFrame, reasons: "pd.Series[str]") -> pd.DataFrame:
    """The findings with every query that a person gave a reason for lowered to a note; errors stay errors.

    `reasons`: by finding, in the same order; NA where there is none. Who explains once is not asked again. The reason
    is in the detail, as `reason`.
    """
    return _lowered(findings, reasons.where(findings["level"] == Level.QUERY), "reason")


def tried(findings: pd.DataFrame, trials: Mapping[str, date]) -> pd.DataFrame:
    """The findings with those of rules on trial lowered to notes, the last day of the trial in their detail."""
    return _lowered(findings, findings["code"].map(trials), _TRIAL)


def firm(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings that are not on trial: a rule that only notes must not keep another from speaking."""
    trial = pd.Series([_TRIAL in detail for detail in findings["detail"]], findings.index, bool)
    return findings[~trial]


def _lowered(findings: pd.DataFrame, told: "pd.Series[Any]", name: str) -> pd.DataFrame:
    """The findings with a value `told` as notes, the value in their detail under `name`."""
    low = told.notna()
    levels = [Level.NOTE if one else level for one, level in zip(low, findings["level"], strict=True)]
    details = [
        {**detail, name: value} if one else detail
        for one, detail, value in zip(low, findings["detail"], told, strict=True)
    ]
    made = {"level": levels, "detail": details}
    return findings.assign(**{key: pd.Series(values, findings.index, object) for key, values in made.items()})


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
