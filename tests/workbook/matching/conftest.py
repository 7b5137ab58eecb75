"""Lines of registers as tests write them, typed and judged like real ones."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pandas as pd
import pytest

from validation import stages
from workbook.committee import Decision
from workbook.incoming.normalise import normalise
from workbook.incoming.raw import RawTable, stack
from workbook.matching import Persons, persons

AS_OF = date(2026, 11, 22)
ONE, TWO, THREE = "Chi bộ thôn Một", "Chi bộ thôn Hai", "Chi bộ thôn Ba"

Line = Mapping[str, object]
Match = Callable[..., Persons]


def _table(rows: Sequence[Line], step: int) -> RawTable:
    columns = dict.fromkeys(
        name for row in rows for name in row if name not in ("branch", "received_at", "counted_before")
    )
    return RawTable(
        sheet="Sổ",
        title=(),
        columns={name: [row.get(name, "") for row in rows] for name in columns},
        rows=list(range(3, 3 + step * len(rows), step)),
        groups=[""] * len(rows),
        units=[""] * len(rows),
        letters={},
    )


def typed(rows: Sequence[Line], step: int) -> pd.DataFrame:
    """One register a branch, in the order of first mention; row ids in that order; a line every `step` lines."""
    branches = list(dict.fromkeys(str(row.get("branch", ONE)) for row in rows))
    sheets = [[row for row in rows if row.get("branch", ONE) == branch] for branch in branches]
    made, _ = normalise(stack([(number, _table(sheet, step)) for number, sheet in enumerate(sheets)]))
    ordered = [row for sheet in sheets for row in sheet]
    return made.assign(
        branch=[row.get("branch", ONE) for row in ordered],
        stage=stages.assign(made, AS_OF),
        counted_before=[bool(row.get("counted_before")) for row in ordered],
        received_at=pd.to_datetime([row.get("received_at", "2026-11-01") for row in ordered]),
    )


@pytest.fixture
def match() -> Match:
    """`match(line, …, decisions=…)` says who is who; a line is a dict of cells, `branch` among them; no two adjoin."""
    none = pd.DataFrame({"one": pd.Series(dtype="int64"), "other": pd.Series(dtype="int64")})

    def run(*rows: Line, decisions: Sequence[Decision] = (), step: int = 2) -> Persons:
        return persons(typed(rows, step), none, decisions)

    return run
