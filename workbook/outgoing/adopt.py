"""Marks that a clerk has copied with cells or with a whole sheet: no line of the journal follows a copy.

They are known by what they say: a note of ours word for word, else one that is built as ours are; and on a sheet of
which the journal knows nothing, our two headings beside each other. What was under a copied mark is not known.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import pairwise

from validation.vocabulary import Level, Verdict
from workbook.labels import label
from workbook.open_sheet import OpenSheet
from workbook.outgoing import digests
from workbook.outgoing.areas import Cell
from workbook.outgoing.journal import Kept, Kind
from workbook.outgoing.marks import PALETTE
from workbook.phrases import phrase


def copied_notes(kept: Sequence[Kept], sheet: str, notes: Mapping[Cell, str]) -> dict[Cell, str]:
    """The notes of a sheet that are ours and of which the journal knows nothing."""
    ours = {one.after for one in kept if one.kind is Kind.NOTE}
    known = {(one.area[:2], one.after) for one in kept if one.kind is Kind.NOTE and one.sheet == sheet}
    strange = not any(one.sheet == sheet for one in kept)
    return {
        cell: text
        for cell, text in notes.items()
        if (cell, text) not in known and (text in ours or (strange and _built_as_ours(text)))
    }


def headings(kept: Sequence[Kept], sheet: OpenSheet) -> tuple[Cell, ...]:
    """Our two headings beside each other on a sheet of which the journal knows nothing; () where there are none."""
    if any(one.sheet == sheet.name for one in kept):
        return ()
    ours = phrase("button.result"), phrase("button.detail")
    found = (
        (row, column)
        for row, line in enumerate(sheet.rows, start=1)
        for column, pair in enumerate(pairwise(line), start=1)
        if pair == ours
    )
    return next((((row, column), (row, column + 1)) for row, column in found), ())


def adopted(kept: Sequence[Kept], sheet: OpenSheet, notes: Mapping[Cell, str], fills: Mapping[Cell, str]) -> list[Kept]:
    """Lines of the journal for copied marks: `notes` ours, `fills` as seen at them and at copied headings."""
    known = {cell for one in kept if one.kind is Kind.FILL and one.sheet == sheet.name for cell in one.cells}
    painted = {cell: fill for cell, fill in fills.items() if fill in PALETTE and cell not in known}
    return [
        *(Kept(Kind.NOTE, sheet.name, (*cell, *cell), "", text) for cell, text in notes.items()),
        *(Kept(Kind.FILL, sheet.name, (*cell, *cell), "", fill) for cell, fill in painted.items()),
        *_results(sheet, headings(kept, sheet)),
    ]


def _results(sheet: OpenSheet, heads: Collection[Cell]) -> list[Kept]:
    """Both columns: the verdicts of ours, and what stands right of one."""
    if not heads:
        return []
    (top, left), (_, right) = heads
    verdicts = frozenset(map(label, Verdict))
    lines = [row for row in range(top + 1, len(sheet.rows) + 1) if sheet.value(row, left) in verdicts]
    last = max(lines, default=top)
    return [
        Kept(Kind.RESULTS, sheet.name, (top, column, last, column), "",
             digests.kept(digests.digest(sheet.value(row, column)) for row in (top, *lines)))
        for column in (left, right)
    ]  # fmt: skip


def _built_as_ours(text: str) -> bool:
    return all(any(form.fullmatch(part) for form in _forms()) for part in text.split("\n\n"))


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """The sentences of our notes, anything where their blanks are."""
    blanks = dict.fromkeys(("message", "fix", "step", "due_on", "term", "counted_from", "started_on", "basis"), "\0")
    checks = [phrase("button.note", level=label(level), **blanks) for level in Level]
    due = phrase("button.due_note", tier="\0", **blanks)
    return tuple(re.compile(re.escape(form).replace("\0", "[^\n]*")) for form in (*checks, due))
