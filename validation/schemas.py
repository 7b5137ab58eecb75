"""The register as a Pandera schema: typed columns, and every rule of the table as one named check.

Checks keep no failure cases: the boolean mask of each is read instead, which is twenty times faster on whole
rows and names the cells by our own table.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NoReturn

import pandas as pd
import pandera.pandas as pa
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


def schema(rules: Iterable[Rule]) -> pa.DataFrameSchema:
    """The register's typed columns with the given rules as checks; a check passes where its rule is not broken."""
    columns = {name: pa.Column(dtype, nullable=True) for name, dtype in _TYPES.items()}
    return pa.DataFrameSchema(columns, checks=[_check(one) for one in rules])


def _check(one: Rule) -> pa.Check:
    return pa.Check(lambda rows: ~one.breaks(rows), name=one.code, n_failure_cases=1, ignore_na=False)


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
    rows = gather(typed, rulebook, as_of)
    try:
        REGISTER.validate(rows, lazy=True)
    except SchemaErrors as errors:
        found = findings.join(*(_told(error, rows, rulebook) for error in errors.schema_errors))
        illegible = findings.frame() if unreadable is None else unreadable
        return _folded(found, rows, illegible, running(shipped() if trials is None else trials, as_of))
    return findings.frame()


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
    if error.reason_code is not SchemaErrorReason.DATAFRAME_CHECK:
        _fail(error, rows)
    rule = RULES[error.check.name]
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


def _fail(error: SchemaError, rows: pd.DataFrame) -> NoReturn:
    """Raise without Pandera's report, which would quote cells of real people.

    A rule that could not run is run again bare, so that its own error and traceback come through.
    """
    if error.reason_code is SchemaErrorReason.CHECK_ERROR:
        RULES[error.check.name].breaks(rows)
    missing = error.reason_code is SchemaErrorReason.COLUMN_NOT_IN_DATAFRAME
    column = error.failure_cases if missing else error.column_name
    raise TypeError(f"not a typed register: {column}: {error.reason_code.name}") from None
