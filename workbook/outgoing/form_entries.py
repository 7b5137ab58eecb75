"""A cell of a form that a mapping speaks of; and the lines of its table that no mapping speaks of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbook.incoming.cells import is_blank
from workbook.incoming.grid import address
from workbook.incoming.raw import Question
from workbook.outgoing.areas import Cell
from workbook.outgoing.form_map import Column, FormMap
from workbook.outgoing.form_numbers import Numbers
from workbook.outgoing.form_places import Sheet
from workbook.outgoing.sheet_part import Value


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell of the form (0-based) with its label, what it shows and the value it gets; None: stays blank."""

    cell: Cell
    label: str
    shows: Column
    value: Value | None

    @property
    def address(self) -> str:
        """Like "F12"."""
        return address(*self.cell)


def unmapped(made: Sequence[Entry], form: FormMap, sheet: Sheet, numbers: Numbers) -> Iterator[Question]:
    """Lines of the table, from its first to its last, that the mapping does not speak of and that hold nothing."""
    labelled = {one.cell[0] for one in made}
    columns = {one.cell[1] for one in made}
    if not form.columns or not labelled:
        return
    first, last = _table(sheet, min(labelled), max(labelled), columns, numbers)
    counted = {one.cell[1] for one in made if one.shows is not Column.RULE}
    silent = [row for row in range(first, last + 1) if row not in labelled]
    open_rows = [row for row in silent if not any(numbers.is_kept((row, column)) for column in counted)]
    texts = [f"{label} ({row + 1})" for row in open_rows if (label := label_of(sheet, row))]
    if texts:
        yield Question("form.unmapped", detail={"count": len(texts), "cells": texts})


def label_of(sheet: Sheet, row: int) -> str:
    """The longest text of a line."""
    texts = (value for value in sheet.grid.rows[row] if isinstance(value, str))
    return max(texts, key=len, default="").strip()


def _table(sheet: Sheet, first: int, last: int, columns: set[int], numbers: Numbers) -> tuple[int, int]:
    """The lines above and below those known that belong to the same table: a label, and no text in its columns."""
    rows = sheet.grid.rows

    def belongs(row: int) -> bool:
        labelled = any(isinstance(value, str) and not is_blank(value) for value in rows[row][: min(columns)])
        return labelled and not any(_is_text(rows[row][column]) for column in columns if not _kept(row, column))

    def _kept(row: int, column: int) -> bool:
        return (row, column) in numbers.formulas

    while first and belongs(first - 1):
        first -= 1
    while last + 1 < len(rows) and belongs(last + 1):
        last += 1
    return first, last


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not is_blank(value)
