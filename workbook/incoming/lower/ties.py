"""What the sheets of one book say against each other, and what is gone from it."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from validation.vocabulary import Stage
from workbook.frames import is_blank
from workbook.incoming.committee_book import Asked
from workbook.incoming.grid import Grid
from workbook.incoming.lower.counts import Counts
from workbook.incoming.lower.words import part, sheets
from workbook.incoming.raw import Question
from workbook.text import key

_STAGES = [str(stage) for stage in Stage]


def gone(known: Mapping[str, object]) -> Iterator[Asked]:
    """A question for every table that is not there; without the sheet it is on nothing of it is taken over."""
    for name, table in known.items():
        if table is None:
            headings = ", ".join(list(part(name).headings.values())[:4])
            yield part(name).sheet, Question("lower.part_missing", detail={"headings": headings})


def uncalculated(grids: Sequence[Grid]) -> Iterator[Asked]:
    """Formulas without a value, and errors, as reading found them on the sheets of numbers."""
    ours = {key(name) for name in sheets()}
    return ((grid.sheet, one) for grid in grids if key(grid.sheet) in ours for one in grid.questions)


def apart(
    summary: Counts, progress: Counts | None, forecast: Counts | None, composition: pd.DataFrame | None
) -> Iterator[Asked]:
    """Numbers that stand on two sheets and differ."""
    mine = summary.summed
    if progress:
        theirs = progress.summed
        yield from _differing(mine, theirs, "progress", [name for name in _STAGES if name in mine])
        stages = theirs.reindex(_STAGES).sum()
        yield from _differing(pd.Series({"all": stages}), theirs, "progress", ["all"])
    if forecast:
        yield from _differing(mine, forecast.summed, "forecast", ["admitted"])
    if composition is not None and len(composition):
        admitted = pd.Series({"total": composition["total"].iloc[0]})
        yield from _differing(pd.Series({"total": mine["admitted"]}), admitted, "composition", ["total"])


def _differing(mine: "pd.Series[int]", theirs: "pd.Series[int]", name: str, columns: Sequence[str]) -> Iterator[Asked]:
    for column in columns:
        one, other = mine.get(column), theirs.get(column)
        if not is_blank(one) and not is_blank(other) and one != other:
            detail = {"heading": part(name).headings[column], "here": other, "there": one}
            yield part(name).sheet, Question("lower.sheets_differ", detail={**detail, "other": part("summary").sheet})
