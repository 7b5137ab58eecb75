"""The sheets of a quota book → its numbers. What it says of persons is kept only where somebody asks for it.

Any book of ours is read the same way, by its sheets and headings: one with persons, one of counts alone, one that was
itself rolled up. What does not tie or is gone becomes a question; the rest is still read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from workbook.committee import CountedBy
from workbook.errors import BadQuotaBook
from workbook.incoming.board_states import lines_in, unknown_states
from workbook.incoming.cells import as_text
from workbook.incoming.committee_book import Asked
from workbook.incoming.committee_lines import sheet_of
from workbook.incoming.grid import Grid
from workbook.incoming.lower.composition import read_composition
from workbook.incoming.lower.counts import Counts, read_counts
from workbook.incoming.lower.due import read_due
from workbook.incoming.lower.ties import apart, gone, uncalculated
from workbook.incoming.lower.words import part, word
from workbook.incoming.quota_book import table_of
from workbook.incoming.quota_title import LINES, Title, title_of
from workbook.incoming.raw import Question
from workbook.states import State

#: Without these the quota table is of no use.
_NEEDED = ("number", "name", "quota", "admitted")


@dataclass(frozen=True, slots=True)
class LowerBook:
    """What a quota book says in numbers. `counted_by`: which day makes an admission count, None where it says neither.

    `summary`, `progress`, `forecast`: its tables, None where a sheet is gone. `composition`: `block`, `label` (texts),
    `total` (Int64), None likewise. `due`: tasks `late` and `coming`, and the days of the one that is `longest` late;
    NA unknown. `tasks`: the tasks of persons, None where the book lists none or nobody asked for them. `silent`:
    how many of its lines handed in nothing, None without its board.
    """

    title: Title
    counted_by: CountedBy | None
    summary: Counts
    progress: Counts | None
    forecast: Counts | None
    composition: pd.DataFrame | None
    due: "pd.Series[int]"
    tasks: pd.DataFrame | None
    questions: tuple[Asked, ...]
    silent: int | None = None


def parse(grids: Sequence[Grid], *, persons: bool = False) -> LowerBook:
    """The numbers of a book. Raises BadQuotaBook without the quota table, or where it says nothing."""
    first = sheet_of(grids, part("summary").sheet)
    title, summary = title_of(first, word("summary", "year")), _summary(grids)
    progress, forecast = _counts(grids, "progress", ("name", "all")), _counts(grids, "forecast", ("name", "sure"))
    composition, of_groups = _composition(grids)
    due, counted, tasks = read_due(grids)
    silent, of_board = _silent(grids)
    shown_due = None if due.isna().all() else due
    asked = (
        *_of_title(title),
        *gone({"progress": progress, "forecast": forecast, "composition": composition, "overdue": shown_due}),
        *_of_tables({"summary": summary, "progress": progress, "forecast": forecast, "overdue": counted}),
        *of_groups,
        *uncalculated(grids),
        *apart(summary, progress, forecast, composition),
        *of_board,
    )
    shown_tasks = tasks if persons else None
    return LowerBook(
        title, _counted_by(first), summary, progress, forecast, composition, due, shown_tasks, asked, silent
    )


def _summary(grids: Sequence[Grid]) -> Counts:
    made, wanted = _counts(grids, "summary", _NEEDED), part("summary")
    if made is None:
        headings = ", ".join(wanted.headings[name] for name in _NEEDED)
        raise BadQuotaBook("lower.sheet_missing", {"wanted": wanted.sheet, "headings": headings})
    if made.lines["admitted"].isna().all():
        raise BadQuotaBook("lower.no_figures", {"wanted": wanted.sheet, "heading": wanted.headings["admitted"]})
    return made


def _counts(grids: Sequence[Grid], name: str, needed: Sequence[str]) -> Counts | None:
    grid = sheet_of(grids, part(name).sheet)
    return read_counts(grid, part(name).headings, needed) if grid else None


def _composition(grids: Sequence[Grid]) -> tuple[pd.DataFrame | None, list[Asked]]:
    """The lines of the sheet of groups, None without it, and what is to be asked about them."""
    grid = sheet_of(grids, part("composition").sheet)
    lines, questions = (read_composition(grid) if grid else None) or (None, [])
    return lines, [(part("composition").sheet, one) for one in questions]


def _of_tables(tables: Mapping[str, Counts | None]) -> Iterator[Asked]:
    """What reading the tables of counts left to a person."""
    return ((part(name).sheet, one) for name, table in tables.items() if table for one in table.questions)


def _counted_by(grid: Grid | None) -> CountedBy | None:
    texts = {as_text(value) for row in grid.rows[:LINES] for value in row} if grid else set()
    return next((kind for kind in CountedBy if word("summary", kind) in texts), None)


def _silent(grids: Sequence[Grid]) -> tuple[int | None, Iterator[Asked]]:
    """How many lines of the board handed in nothing, None without it, and what is to be asked about its states."""
    board = table_of(grids, "submissions", ("branch", "state"))
    return (len(lines_in(board, [State.MISSING])), unknown_states(board)) if board else (None, iter(()))


def _of_title(title: Title) -> Iterator[Asked]:
    """What the lines above the table no longer say."""
    if not title.year:
        yield part("summary").sheet, Question("lower.year_missing")
    if title.as_of is None:
        yield part("summary").sheet, Question("lower.day_missing")
