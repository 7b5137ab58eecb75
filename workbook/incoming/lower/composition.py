"""The sheet of groups → how many persons each line counts in all, known by its block and label."""

from collections.abc import Iterator, Sequence

import pandas as pd

from workbook.frames import whole_numbers
from workbook.incoming.cells import Reading, as_text, is_blank
from workbook.incoming.committee_lines import heading_row
from workbook.incoming.grid import Grid, address
from workbook.incoming.identifiers import read_count
from workbook.incoming.lower.words import part, word
from workbook.incoming.raw import Question
from workbook.text import key


def read_composition(grid: Grid) -> tuple[pd.DataFrame, list[Question]] | None:
    """The lines as `block`, `label` (texts) and `total` (Int64), in order, without titles and the mean, which no sum
    can carry on; and the lines that do not come to what their columns add up to. None where it is no such sheet.
    """
    headings = part("composition").headings
    found = heading_row(grid, headings, tuple(headings))
    if found is None:
        return None
    top, places = found
    label, total = places["label"], places["total"]
    known = {*places.values(), total + 1}  # the share stands right of the total
    beside = [place for place, cell in enumerate(grid.rows[top]) if place not in known and not is_blank(cell)]
    block, lines = "", []
    questions: list[Question] = []
    for number, row in enumerate(grid.rows[top + 1 :], start=top + 1):
        name, counted = as_text(row[label]), read_count(row[total])
        if is_blank(row[total]):
            block = name
        elif key(name) != key(word("composition", "mean")):
            parts = _parts(row, beside)
            lines.append((block, name, sum(parts) if parts else counted.value))
            questions += _doubts(counted, parts, address(number, total), name)
    frame = pd.DataFrame(lines, columns=["block", "label", "total"])
    return frame.assign(total=whole_numbers(frame["total"])), questions


def _parts(row: Sequence[object], beside: Sequence[int]) -> list[int]:
    """The numbers of the branches; none where some are folded, for then they add up to less."""
    values = [read_count(row[place]).value for place in beside]
    return [value for value in values if isinstance(value, int)] if None not in values else []


def _doubts(counted: Reading, parts: Sequence[int], cell: str, name: str) -> Iterator[Question]:
    if counted.fault:
        yield Question("lower.no_count", cell, detail={"heading": name})
    elif parts and sum(parts) != counted.value:
        yield Question(
            "lower.total_differs", cell, detail={"heading": name, "total": counted.value, "lines": sum(parts)}
        )
