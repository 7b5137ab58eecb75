"""Columns a sheet does not have: asked for once a sheet, not on every line; and no clock runs against them."""

from collections import Counter

import pandas as pd

from validation.provisions import Nature
from validation.vocabulary import Level
from workbook.frames import joined
from workbook.incoming.raw import Question, Stacked
from workbook.layout import HEADING
from workbook.percent import whole
from workbook.phrases import phrase

#: Findings and untimed clocks alike: which row misses which column of its sheet.
_MISSED = ["row", "column"]


def fold_absent(
    stacked: Stacked, found: pd.DataFrame, clocks: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Findings on cells there are; clocks that the sheets can close; and who needs a column that the sheet lacks.

    A sheet without the column of an act cannot say whether the act was done: nobody on it is late for it. The third
    frame has `row` and `column`, a line for each person and column, in row order.
    """
    nowhere = _absent(stacked, found["row"], found["column"])
    # A paper lapses whether or not the sheet has a column more.
    acts = clocks.loc[clocks["open"] & (clocks["nature"] == Nature.ACT), ["row", "done"]]
    untimed = acts[_absent(stacked, acts["row"], acts["done"])].set_axis(_MISSED, axis="columns")
    asked = found.loc[nowhere & (found["level"] != Level.NOTE), _MISSED]
    missed = pd.concat([asked, untimed]).drop_duplicates().sort_values("row", kind="stable", ignore_index=True)
    return found[~nowhere].reset_index(drop=True), clocks.drop(index=untimed.index).reset_index(drop=True), missed


def questions(stacked: Stacked, missed: pd.DataFrame) -> dict[int, Question]:
    """One question per table, naming each column it lacks with the number of persons who need it."""
    tables = zip(_tables(stacked, missed["row"]), missed["column"], strict=True)
    lacked: dict[int, Counter[str]] = {}
    for table, column in tables:
        lacked.setdefault(int(table), Counter())[column] += 1
    return {table: _question(columns) for table, columns in sorted(lacked.items())}


def said_of_persons(missed: pd.DataFrame) -> "pd.Series[str]":
    """Row id → a sentence that names the columns this person needs and the sheet lacks; `missed` as above."""
    listed = joined(missed["row"], missed["column"].map(HEADING), ", ")
    return listed.map(lambda columns: phrase("data.missed", columns=columns))


def untimed_said(count: int) -> str:
    """The line that keeps few tasks from being taken for good news; "" where every clock could be worked out."""
    return phrase("clock.untimed", count=whole(count)) if count else ""


def _question(columns: Counter[str]) -> Question:
    named = [f"{heading} ({columns[name]})" for name, heading in HEADING.items() if name in columns]
    return Question("column.absent", detail={"columns": named})


def _absent(stacked: Stacked, rows: "pd.Series[int]", columns: "pd.Series[str]") -> "pd.Series[bool]":
    lacks = [stacked.lacks(int(row), column) if row >= 0 else False for row, column in zip(rows, columns, strict=True)]
    return pd.Series(lacks, index=rows.index, dtype=bool)


def _tables(stacked: Stacked, rows: "pd.Series[int]") -> "pd.Series[int]":
    return stacked.frame["table"].reindex(rows).set_axis(rows.index)
