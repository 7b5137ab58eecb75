"""Raw rows: the persons of one sheet as typed, every value with its address; and many such sheets stacked."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbook.incoming.cells import as_text
from workbook.layout import HEADING

#: Between the nested group headings that a person stands under, outermost first.
GROUP_JOIN = " | "

#: Kinds of which two equal values are one and the same thing to say: not so 1, 1.0 and True.
_SHARED = frozenset({str, date, datetime})


@dataclass(frozen=True, slots=True)
class Question:
    """Something about a sheet that only a person can decide; becomes a finding without a row id.

    `cell` is where to look ("F5", or "" for the whole sheet); `column` a register column or "";
    `code` names the sentence and `detail` fills it.
    """

    code: str
    cell: str = ""
    column: str = ""
    detail: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RawTable:
    """The persons of one sheet. All lists are as long as `rows`; `letters` says where a column stands.

    `moved` holds the exceptions: (position in `rows`, column) → letter, where one register column was
    read from several sheet columns (date of birth split by sex), or stands elsewhere in a second table
    further down; `lacking` has (position, column) where such a table lacks a column that the other has.
    `set_aside` counts every non-blank line of the sheet that is no person, by reason: title, header,
    numbering, code_row, group, repeated_header, total, signature, note. `explained`: keys of the headings that are read
    as people explained them.
    """

    sheet: str
    title: tuple[str, ...]
    columns: dict[str, list[object]]
    rows: list[int]
    groups: list[str]
    units: list[str]
    letters: dict[str, str]
    moved: dict[tuple[int, str], str] = field(default_factory=dict)
    lacking: frozenset[tuple[int, str]] = frozenset()
    extra: dict[str, list[object]] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    set_aside: dict[str, int] = field(default_factory=dict)
    explained: frozenset[str] = frozenset()

    def sharing(self, known: dict[object, object]) -> "RawTable":
        """The same with every text and day that `known` has held only once, and known from now on.

        Registers say the same few things of thousands of people: a third of what many of them hold in memory goes so.
        """
        held = {name: [_held(value, known) for value in values] for name, values in self.columns.items()}
        return replace(self, columns=held)

    def cell(self, position: int, column: str) -> str:
        """Address of a value, like "F12"; the line's first cell where the sheet lacks the column."""
        letter = self.moved.get((position, column)) or self.letters.get(column) or self.letters["full_name"]
        return f"{letter}{self.rows[position]}"


@dataclass(frozen=True, slots=True)
class Stacked:
    """Every table on top of each other. `frame` has a RangeIndex: the row id."""

    frame: pd.DataFrame
    tables: tuple[RawTable, ...]
    starts: tuple[int, ...]
    table_of: NDArray[np.int64]

    def cell(self, row_id: int, column: str) -> str:
        """Address of one value on its own sheet."""
        table = int(self.table_of[row_id])
        return self.tables[table].cell(row_id - self.starts[table], column)

    def lacks(self, row_id: int, column: str) -> bool:
        """Whether the table that a row stands in has no such column."""
        at = int(self.table_of[row_id])
        table = self.tables[at]
        return column not in table.columns or (row_id - self.starts[at], column) in table.lacking

    def sheet(self, row_id: int) -> str:
        """Name of the sheet a row stands on."""
        return self.tables[int(self.table_of[row_id])].sheet

    def extra(self, row_id: int) -> str:
        """The row's cells under headings the register does not have, "heading: value; ..."."""
        table = int(self.table_of[row_id])
        position = row_id - self.starts[table]
        cells = [(heading, as_text(values[position])) for heading, values in self.tables[table].extra.items()]
        return "; ".join(f"{heading}: {text}" for heading, text in cells if text)


def _held(value: object, known: dict[object, object]) -> object:
    return known.setdefault(value, value) if type(value) in _SHARED else value


def stack(tables: Sequence[tuple[int, RawTable]]) -> Stacked:
    """Stack (file number, table) pairs in the given order; no row is dropped.

    The frame has `file`, `table`, `row` (int64), `group`, `unit` and every register column as objects;
    a column that a sheet lacks is blank ("").
    """
    lengths = [len(table.rows) for _, table in tables]
    starts = tuple(sum(lengths[:position]) for position in range(len(lengths)))
    table_of = np.repeat(np.arange(len(tables), dtype="int64"), lengths)
    where = {
        "file": np.repeat(np.array([number for number, _ in tables], dtype="int64"), lengths),
        "table": table_of,
        "row": np.array([row for _, table in tables for row in table.rows], dtype="int64"),
    }
    frame = pd.concat([pd.DataFrame(where), _cells(tables, starts)], axis="columns")
    return Stacked(frame, tuple(table for _, table in tables), starts, table_of)


def _cells(tables: Sequence[tuple[int, RawTable]], starts: Sequence[int]) -> pd.DataFrame:
    """`group`, `unit` and every register column of all tables, as one block: column by column is as slow as judging."""
    names = ("group", "unit", *HEADING)
    cells = np.full((len(names), sum(len(table.rows) for _, table in tables)), "", dtype=np.object_)
    for start, (_, table) in zip(starts, tables, strict=True):
        here = slice(start, start + len(table.rows))
        for line, values in zip(cells, (table.groups, table.units, *map(table.columns.get, HEADING)), strict=True):
            if values is not None:
                line[here] = values
    return pd.DataFrame(cells.T, columns=list(names), dtype=object, copy=False)
