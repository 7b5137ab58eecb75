"""The register as Pandera schemas: typed columns, and every rule of the table as one named check.

Checks keep no failure cases: the boolean mask of each is read instead, which is twenty times faster on whole
rows and names the cells by our own table.
"""

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, NoReturn

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandas.api.extensions import ExtensionDtype
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from validation import findings
from validation.folding import fold
from validation.rulebook import Rulebook
from validation.rules.facts import MEASURED_ON, gather
from validation.rules.rule import Rule
from validation.rules.table import RULES
from validation.rules.trial import running, shipped
from validation.vocabulary import CODE_COLUMNS, COUNT_COLUMNS, DATE_COLUMNS, TEXT_COLUMNS, year_of

_STRINGS = (*TEXT_COLUMNS, *CODE_COLUMNS, "target_groups", "name_key")
_TYPES = {
    **dict.fromkeys(("file", "table", "row"), "int64"),
    **dict.fromkeys(_STRINGS, "str"),
    **dict.fromkeys(COUNT_COLUMNS, "Int64"),
    **dict.fromkeys(DATE_COLUMNS, "datetime64[us]"),
    **dict.fromkeys(map(year_of, DATE_COLUMNS), "int16"),
}


#: The columns of a typed register.
COLUMNS = pa.DataFrameSchema({name: pa.Column(dtype, nullable=True) for name, dtype in _TYPES.items()})


def schema(rules: Iterable[Rule]) -> pa.DataFrameSchema:
    """The given rules as checks of typed rows with their facts; a check passes where its rule is not broken."""
    return pa.DataFrameSchema(checks=[_check(one) for one in rules])


def _check(one: Rule) -> pa.Check:
    def kept(rows: pd.DataFrame) -> "pd.Series[bool]":
        return pd.Series(~one.breaks(rows), rows.index)

    return pa.Check(kept, name=one.code, n_failure_cases=1, ignore_na=False)


REGISTER = schema(RULES.values())


def validate(
    typed: pd.DataFrame,
    rulebook: Rulebook,
    as_of: date,
    unreadable: pd.DataFrame | None = None,
    trials: Mapping[str, date] | None = None,
) -> pd.DataFrame:
    """All findings on the meaning of typed rows, one per cause, by row id.

    `unreadable`: the findings on legibility, so that a cell that could not be read is not called blank. `trials`: rule
    → last day on which it only notes; those of `trial.toml` unless others are given.
    Raises when a frame is not the typed frame of `docs/architecture.md`, or a rule cannot run: both are bugs of ours.
    """
    _require_types(tuple(typed.dtypes.items()))
    rows = gather(typed, rulebook, as_of)
    try:
        REGISTER.validate(rows, lazy=True)
    except SchemaErrors as errors:
        found = findings.join(*(_told(error, rows, rulebook) for error in errors.schema_errors))
        illegible = findings.frame() if unreadable is None else unreadable
        return _folded(found, rows, illegible, running(shipped() if trials is None else trials, as_of))
    return findings.frame()


@cache
def _require_types(dtypes: tuple[tuple[Hashable, ExtensionDtype | np.dtype[Any]], ...]) -> None:
    """Raise `TypeError` where a column is missing or of another type, by its name.

    A schema of columns asks nothing of the cells and takes as long for an empty frame as for a province, a sixth of
    the time of a register of forty rows; so it is asked once of each kind of frame.
    """
    empty = pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in dtypes})
    try:
        COLUMNS.validate(empty, lazy=True)
    except SchemaErrors as errors:
        wrong = errors.schema_errors[0]
        missing = wrong.reason_code is SchemaErrorReason.COLUMN_NOT_IN_DATAFRAME
        column = wrong.failure_cases if missing else wrong.column_name
        raise TypeError(f"not a typed register: {column}: {wrong.reason_code.name}") from None


def _folded(
    found: pd.DataFrame, rows: pd.DataFrame, illegible: pd.DataFrame, trials: Mapping[str, date]
) -> pd.DataFrame:
    """One finding per cause; but no finding is folded into one of a rule on trial, which may be the one at fault."""
    told = fold(found, rows, illegible)
    if not trials:
        return told
    firm = fold(found[~found["code"].isin(trials)], rows, illegible)
    apart = firm[~firm["code"].isin(trials)], told[told["code"].isin(trials)]
    return findings.tried(findings.join(*apart), trials)


def _told(error: SchemaError, rows: pd.DataFrame, rulebook: Rulebook) -> pd.DataFrame:
    """The findings of one rule, in row order."""
    rule = RULES[error.check.name]
    if error.reason_code is not SchemaErrorReason.DATAFRAME_CHECK:
        _fail(rule, rows, error.reason_code)
    at_fault = rows[~error.check_output]
    told = rule.tells(at_fault) if rule.tells else at_fault[[]]
    detail = told.assign(**_cited(rule, at_fault, rulebook)).to_dict("records")
    return pd.DataFrame(
        {"row": at_fault.index, "column": rule.columns[0], "code": rule.code, "level": rule.level, "detail": detail}
    )


def _cited(rule: Rule, at_fault: pd.DataFrame, rulebook: Rulebook) -> Mapping[str, "str | pd.Series[str]"]:
    """`cite` and `source` for the sentence: of the number in force on the day of the event, else the rule's own."""
    if rule.measured:
        event = at_fault[MEASURED_ON[rule.measured]]
        return {"cite": rulebook.cites(rule.measured, event), "source": rulebook.sources(rule.measured, event)}
    return {"cite": rule.cite, "source": rule.source} if rule.cite else {}


def _fail(rule: Rule, rows: pd.DataFrame, reason: SchemaErrorReason) -> NoReturn:
    """Raise the error of a rule that could not run, by running it again bare: Pandera's would quote real people."""
    rule.breaks(rows)
    raise RuntimeError(f"{rule.code}: {reason.name}, though the rule itself can run")
