"""Clocks → the sheet of what is late and what comes due, soonest first, with the arithmetic and the clause."""

from collections.abc import Sequence

import pandas as pd

from workbook.assess import Assessment
from workbook.layout import HEADING
from workbook.phrases import phrase

COLUMNS = (
    "branch", "name", "step", "counted_from", "started_on", "term", "due_on", "days_late", "tier", "basis",
    "watcher", "file", "sheet", "cell", "row",
)  # fmt: skip


def late(assessment: Assessment, clocks: pd.DataFrame, reminders: Sequence[int]) -> pd.DataFrame:
    """Open clocks overdue, or due within the longest reminder; `branch`, `watcher`, `file` are the caller's to fill."""
    horizon = max(reminders, default=0)
    shown = clocks[clocks["open"] & (clocks["days_left"] <= horizon)].sort_values(["due_on", "row"], kind="stable")
    typed, stacked = assessment.typed, assessment.stacked
    rows = shown["row"].to_numpy()
    tables = stacked.frame["table"].to_numpy()[rows]
    made = pd.DataFrame(
        {
            "name": typed["full_name"].to_numpy()[rows],
            "step": [_step(clock) for clock in shown.itertuples()],
            "counted_from": [_counted_from(clock) for clock in shown.itertuples()],
            "started_on": shown["started_on"].to_numpy(),
            "term": [term(int(clock.count_), clock.unit) for clock in _renamed(shown).itertuples()],
            "due_on": shown["due_on"].to_numpy(),
            "days_late": shown["days_late"].to_numpy(),
            "tier": [tier(int(late), int(left), reminders) for late, left in zip(shown["days_late"], shown["days_left"], strict=True)],
            "basis": [_basis(clock) for clock in shown.itertuples()],
            "sheet": [stacked.tables[table].sheet for table in tables],
            "cell": [stacked.cell(int(row), _column(clock)) for row, clock in zip(rows, shown.itertuples(), strict=True)],
            "row": rows,
        }
    )
    return made
