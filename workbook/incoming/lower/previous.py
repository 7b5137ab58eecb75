"""An earlier rolled-up book → what the next one is compared with, and the answers people wrote into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from workbook.errors import NotAWorkbook
from workbook.incoming.board_states import lines_in, unknown_states
from workbook.incoming.cells import text_or_blank
from workbook.incoming.committee_book import Asked
from workbook.incoming.committee_lines import sheet_of
from workbook.incoming.grid import Grid
from workbook.incoming.lower.counts import Counts, read_counts
from workbook.incoming.lower.words import part
from workbook.incoming.previous import Previous, pairs, unremembered
from workbook.incoming.quota_book import part as written
from workbook.incoming.quota_book import table_of, title_in
from workbook.incoming.raw import Question
from workbook.incoming.read import read
from workbook.states import State

#: Only a rolled-up book says how many branches each of its lines adds up.
_NEEDED = ("number", "name", "admitted", "units")

_HANDED = ("branch", "state", "file", "version", "sha256")


@dataclass(frozen=True, slots=True)
class PreviousUpper:
    """What an earlier rolled-up book said.

    `said`: what any earlier book says, without persons; its `branches` has every count of the quota table, Int64.
    `counted`: the book counted of each committee, as texts: `branch`, `state` (State), `file`, `version`, `sha256`.
    """

    said: Previous
    counted: pd.DataFrame


def read_previous_upper(path: Path) -> PreviousUpper:
    """Read an earlier rolled-up book. Raises UnreadableWorkbook: NotAWorkbook where it is none.

    A board that is gone becomes a question; the rest is still read.
    """
    grids = read(path, quota_book=True, counts=True).grids
    title, counts = title_in(grids), _counts(grids)
    counted, asked = _counted(grids, counts.lines)
    undated = [] if title.as_of else [(part("summary").sheet, _undated())]
    said = Previous(
        committee=title.committee,
        year=title.year,
        as_of=title.as_of,
        people=None,
        branches=counts.lines,
        handed_in=frozenset(counted["branch"]),
        reasons=pairs(grids, "findings", ("memory", "reason")),
        questions=(*asked, *undated, *unremembered(grids)),
    )
    return PreviousUpper(said, counted)


def _counts(grids: Sequence[Grid]) -> Counts:
    grid = sheet_of(grids, part("summary").sheet)
    counts = read_counts(grid, part("summary").headings, _NEEDED) if grid else None
    if counts is None:
        headings = ", ".join(part("summary").headings[name] for name in _NEEDED)
        raise NotAWorkbook("previous.not_rolled_up", {"wanted": part("summary").sheet, "headings": headings})
    return counts


def _counted(grids: Sequence[Grid], lines: pd.DataFrame) -> tuple[pd.DataFrame, list[Asked]]:
    """The books counted; without the board the committees that have numbers, of which book is not known."""
    table = table_of(grids, "submissions", _HANDED)
    if table is None:
        board = written("submissions")
        headings = ", ".join(board.headings[name] for name in _HANDED)
        gone = Question("previous.sheet_missing", detail={"wanted": board.sheet, "headings": headings})
        known = lines.loc[lines["admitted"].notna(), ["name"]].rename(columns={"name": "branch"})
        return known.reindex(columns=list(_HANDED), fill_value=""), [(board.sheet, gone)]
    shown = table.frame[list(_HANDED)].map(text_or_blank)
    counted = shown.loc[lines_in(table, [State.COUNTED])].reset_index(drop=True)
    return counted.assign(state=State.COUNTED), list(unknown_states(table))


def _undated() -> Question:
    return Question("previous.day_missing", detail={"wanted": part("summary").sheet})
