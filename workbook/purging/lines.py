"""Lines of the other sheets that name their source, and through it whom they are about."""

import re
from collections.abc import Iterator, Mapping, Sequence

from workbook.incoming.cells import as_text
from workbook.incoming.grid import Grid, letter
from workbook.incoming.quota_book import Table
from workbook.labels import label
from workbook.matching import DoubleKind
from workbook.phrases import phrase
from workbook.text import key

_PLACE = re.compile(r"[A-Z]+(\d+)")

#: A line of a register: file, sheet, number of the line.
Source = tuple[str, str, int]


def source_of(table: Table, at: int) -> Source:
    """Where a line of the sheet of persons was read."""
    told = {name: table.frame.at[at, name] if name in table.frame else "" for name in ("file", "sheet", "row")}
    number = told["row"] if isinstance(told["row"], int | float) else 0
    return as_text(told["file"]), as_text(told["sheet"]), int(number)


def mentions(grids: Sequence[Grid], lines: set[Source]) -> set[Source]:
    """The lines of registers by which the same people are told once more: a group that counts as one goes whole."""
    merged = {key(label(kind)) for kind in (DoubleKind.TWICE, DoubleKind.MOVED)}
    found: set[Source] = set()
    for grid in grids:
        groups: dict[str, set[Source]] = {}
        for _, row, heads in _listed(grid):
            line = _led(row, heads)
            if line and key(_said(row, heads, "purge.kind")) in merged:
                groups.setdefault(_said(row, heads, "purge.group"), set()).add(line)
        found = found.union(*(group for name, group in groups.items() if name and group & lines))
    return found


def cells_of(grid: Grid, lines: set[Source], counted: frozenset[str], *, ours: bool) -> Iterator[tuple[int, int]]:
    """The cells, counted from one, that go from the lines of a list which lead to one of these lines of registers.

    `ours`: whether the list is one of which we know what the headings mean; of another only the branch stays.
    """
    stays = {key(one) for one in (phrase("purge.stays").split(" | ") if ours else [phrase("page.branch")])}
    for number, row, heads in _listed(grid):
        if _led(row, heads) in lines:
            kept = {at for text, at in heads.items() if text in stays}
            yield from ((number, at + 1) for at in range(len(row)) if at not in kept and letter(at) not in counted)


def led(grid: Grid) -> Iterator[int]:
    """The lines of a list that lead to a line of a register."""
    return (number for number, row, heads in _listed(grid) if _led(row, heads))


def _listed(grid: Grid) -> Iterator[tuple[int, Sequence[object], Mapping[str, int]]]:
    """Number, counted from one, and cells of each line below headings that name a file and a cell; heading → place."""
    needed, heads = {key(phrase("purge.file")), key(phrase("purge.cell"))}, dict[str, int]()
    for number, row in enumerate(grid.rows, start=1):
        texts = [key(as_text(value)) if value != "" else "" for value in row]
        if needed <= set(texts):
            heads = {text: at for at, text in reversed(list(enumerate(texts))) if text}
        elif heads:
            yield number, row, heads


def _led(row: Sequence[object], heads: Mapping[str, int]) -> Source | None:
    """The line of a register to which a line of a list leads; without a sheet where the list names none."""
    found = _PLACE.fullmatch(_said(row, heads, "purge.cell").strip())
    return (_said(row, heads, "purge.file"), _said(row, heads, "purge.sheet"), int(found[1])) if found else None


def _said(row: Sequence[object], heads: Mapping[str, int], name: str) -> str:
    at = heads.get(key(phrase(name)), -1)
    return as_text(row[at]) if 0 <= at < len(row) else ""
