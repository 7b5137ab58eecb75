"""The sheet of what is late → how many tasks are late and coming, and the tasks themselves where they are listed."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from workbook.frames import whole_numbers
from workbook.incoming.cells import is_blank, text_or_blank
from workbook.incoming.committee_lines import heading_row, sheet_of
from workbook.incoming.dates import read_date
from workbook.incoming.grid import Grid
from workbook.incoming.identifiers import read_count
from workbook.incoming.lower.counts import Counts, read_counts
from workbook.incoming.lower.words import part

#: Tasks that are late, tasks that come due, days of the task that is longest late.
DUE = ("late", "coming", "longest")

_DAYS = ("started_on", "due_on")


def read_due(grids: Sequence[Grid]) -> "tuple[pd.Series[int], Counts | None, pd.DataFrame | None]":
    """`DUE` as counted in the book, else counted from its tasks (NA unknown); the table of counts; the tasks."""
    grid = sheet_of(grids, part("overdue").sheet)
    if grid is None:
        return _due(None, None, None), None, None
    counts = read_counts(grid, part("overdue").headings, ("name", "late", "coming"))
    tasks = _tasks(replace(grid, rows=grid.rows[counts.end :]) if counts else grid)
    if counts:
        summed, longest = counts.summed, counts.lines.reindex(columns=["longest"])["longest"].max()
        return _due(summed["late"], summed["coming"], longest), counts, tasks
    if tasks is None:
        return _due(None, None, None), None, None
    late = int(tasks["days_late"].notna().sum())
    return _due(late, len(tasks) - late, tasks["days_late"].max()), None, tasks


def _due(*values: object) -> "pd.Series[int]":
    return whole_numbers(values).set_axis(list(DUE))


def _tasks(grid: Grid) -> pd.DataFrame | None:
    headings = part("tasks").headings
    found = heading_row(grid, headings, ("branch", "name", "due_on", "days_late"))
    if found is None:
        return None
    top, places = found
    columns = {name: [row[place] for row in grid.rows[top + 1 :]] for name, place in places.items()}
    cells = pd.DataFrame(columns, columns=list(headings), dtype=object)
    cells = cells[~cells["due_on"].map(is_blank).astype(bool)].reset_index(drop=True)
    days = {name: pd.to_datetime(cells[name].map(lambda value: read_date(value).day)) for name in _DAYS}
    texts = {name: cells[name].map(text_or_blank) for name in headings if name not in (*_DAYS, "days_late")}
    late = whole_numbers(read_count(value).value for value in cells["days_late"])
    return _called_in_full(cells.assign(**texts, **days, days_late=late))


def _called_in_full(tasks: pd.DataFrame) -> pd.DataFrame:
    """The tasks without the committee that a rolled-up book puts beside a branch: its name goes before the branch's."""
    whole = tasks["committee"] + ", " + tasks["branch"]
    return tasks.assign(branch=whole.where(tasks["committee"] != "", tasks["branch"])).drop(columns="committee")
