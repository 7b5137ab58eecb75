"""One table of counts in a book of ours → its lines, what its own total line says, and whether the two agree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from workbook.frames import whole_numbers
from workbook.incoming.cells import Reading, as_text, is_blank
from workbook.incoming.grid import Grid, address, is_blank_row
from workbook.incoming.identifiers import read_count
from workbook.incoming.our_heads import our_heading_row
from workbook.incoming.raw import Question
from workbook.phrases import phrase
from workbook.text import key

#: What a line may leave blank: nobody gave a number, or there is none. All else is counted, or the line says nothing.
_GIVEN = ("members", "quota", "term_quota", "silent", "longest")
_NO_COUNTS = ("number", "name")

#: No total line adds these up.
_NO_SUMS = ("longest",)


@dataclass(frozen=True, slots=True)
class Counts:
    """A table of counts.

    `lines`: `name` (text) and an Int64 column per heading found, NA where nothing can be read. `total`: what the total
    line says, by column, NA where it says nothing. `end`: the first 0-based row below the table.
    """

    lines: pd.DataFrame
    total: "pd.Series[int]"
    end: int
    questions: tuple[Question, ...]

    @property
    def summed(self) -> "pd.Series[int]":
        """Each column over all lines; NA where no line says anything."""
        return _summed(self.lines)


def read_counts(grid: Grid, headings: Mapping[str, str], needed: Sequence[str]) -> Counts | None:
    """The table below the first row with the needed headings (`name` among them); None where there is none."""
    found = our_heading_row(grid, headings, needed)
    if found is None:
        return None
    table = _Table(grid, headings, *found)
    lines, total, faults = table.lines(), table.total(), table.faults()
    doubts = (*faults, *table.gaps(lines), *table.repeated(lines), *table.untied(lines, total))
    return Counts(lines, total, table.end, doubts)


def _summed(lines: pd.DataFrame) -> "pd.Series[int]":
    return lines.drop(columns="name").sum(min_count=1).astype("Int64")


class _Table:
    """Where everything stands: rows and columns are 0-based."""

    def __init__(self, grid: Grid, headings: Mapping[str, str], top: int, places: Mapping[str, int]) -> None:
        self._grid, self._headings, self._places = grid, headings, places
        self._columns = [name for name in headings if name in places and name not in _NO_COUNTS]
        self._rows, self._last = self._parts(top)
        self.end = 1 + max([top, *self._rows, *([self._last] if self._last is not None else [])])

    def _parts(self, top: int) -> tuple[list[int], int | None]:
        """The rows of the lines, and of the total line; without one the table ends before the first blank name."""
        names = {row: self._grid.rows[row][self._places["name"]] for row in range(top + 1, len(self._grid.rows))}
        total = key(phrase("page.total"))
        last = next((row for row, name in names.items() if key(as_text(name)) == total), None)
        if last is None:
            last_named = next((row for row, name in names.items() if is_blank(name)), len(self._grid.rows))
            return list(range(top + 1, last_named)), None
        return [row for row in range(top + 1, last) if not is_blank_row(self._grid.rows[row])], last

    def _cell(self, row: int, name: str) -> str:
        return address(row, self._places[name])

    def _read(self, name: str) -> list[Reading]:
        return [read_count(self._grid.rows[row][self._places[name]]) for row in self._rows]

    def lines(self) -> pd.DataFrame:
        """The lines as `Counts` has them."""
        names = [as_text(self._grid.rows[row][self._places["name"]]) for row in self._rows]
        counts = {name: whole_numbers(one.value for one in self._read(name)) for name in self._columns}
        return pd.DataFrame({"name": pd.Series(names, dtype="str"), **counts})

    def total(self) -> "pd.Series[int]":
        """The total line as `Counts` has it."""
        row = self._grid.rows[self._last] if self._last is not None else None
        said = [None if row is None else read_count(row[self._places[name]]).value for name in self._columns]
        return whole_numbers(said).set_axis(self._columns)

    def faults(self) -> Iterator[Question]:
        """Cells that hold something else than a count."""
        for name in self._columns:
            for row, read in zip(self._rows, self._read(name), strict=True):
                if read.fault:
                    yield Question("lower.no_count", self._cell(row, name), detail={"heading": self._headings[name]})

    def gaps(self, lines: pd.DataFrame) -> Iterator[Question]:
        """Counts that are gone from a line that has others."""
        counted = lines.drop(columns=["name", *_GIVEN], errors="ignore")
        blank = counted.isna().to_numpy()
        for line, column in zip(*(blank & ~blank.all(axis=1, keepdims=True)).nonzero(), strict=True):
            name = str(counted.columns[column])
            yield Question("lower.gap", self._cell(self._rows[line], name), detail={"heading": self._headings[name]})

    def repeated(self, lines: pd.DataFrame) -> Iterator[Question]:
        """A name that stands on two lines: a line copied would count twice."""
        for line in lines.index[lines["name"].map(key).duplicated()]:
            cell, name = self._cell(self._rows[line], "name"), lines["name"][line]
            yield Question("lower.twice", cell, detail={"value": name})

    def untied(self, lines: pd.DataFrame, total: "pd.Series[int]") -> Iterator[Question]:
        """Where the total line is gone, or says something else than its lines come to."""
        summed = _summed(lines).drop(index=list(_NO_SUMS), errors="ignore")
        silent = [self._headings[name] for name in summed.index if _lacks(total[name], summed[name])]
        if silent:
            cell = self._cell(self._last, "name") if self._last is not None else ""
            yield Question("lower.total_missing", cell, detail={"columns": silent})
        for name in summed.index[(total[summed.index] != summed).fillna(False).astype(bool)]:
            said = {"heading": self._headings[name], "total": int(total[name]), "lines": int(summed[name])}
            yield Question("lower.total_differs", self._cell(self._last or 0, name), detail=said)


def _lacks(said: object, due: object) -> bool:
    return said is pd.NA and due is not pd.NA
