"""The half of `macros_py/bulk.py` that only Excel runs, on a stand-in that answers as Excel's xlwings does.

There is no Excel on this machine. The stand-in is a sheet in memory: a block's fill is one colour, None for none and
black for mixed (Excel's own answer); merged cells are True, False or None for mixed; a validation's type is "none",
"mixed_criteria" or the rule; a formula is read as it was typed; an address may be 255 characters long. It has none of
the calls of our engine for LibreOffice, so that every branch for Excel is taken, and it counts what it is asked.

The bounds, for n cells in runs: reading fills that are all alike is one call for some 30 runs; each cell that differs
costs at most two calls for every halving of n. Hidden rows, merges and rules likewise. Notes cost one call each to
write, hence `marks.MOST_NOTES`. So in Excel calls grow with marks, never with rows.
"""

from math import log2
from types import SimpleNamespace

import pytest

from macros_py import bulk
from macros_py.engines import address as addresses
from workbook.outgoing.areas import Cell, cells_of
from workbook.outgoing.journal import Edits

BLACK = (0, 0, 0)
RED, GREEN = (255, 199, 206), (0, 255, 0)


class ExcelSheet:
    """Cells with fills, notes, rules, merges and formulas; `asked` counts every answer and every write."""

    def __init__(self) -> None:
        self.colours: dict[Cell, tuple[int, int, int]] = {}
        self.texts: dict[Cell, str] = {}
        self.rules: dict[Cell, str] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.formulas: dict[Cell, str] = {}
        self.values: dict[Cell, object] = {}
        self.impl, self.asked = object(), 0

    def range(self, first: object, second: object = None) -> "ExcelRange":
        if isinstance(first, str):
            assert len(first) <= 255, "Excel refuses longer addresses"
            return ExcelRange(self, [(a.row, a.column, a.last_row, a.last_column) for a in addresses.areas(first)])
        return ExcelRange(self, [(*first, *(second or first))])


class ExcelRange:
    """One block, or a union for fills and for clearing."""

    def __init__(self, sheet: ExcelSheet, areas: list[tuple[int, int, int, int]]) -> None:
        self.sheet, self.areas, self.impl = sheet, areas, object()
        self.row, self.column = areas[0][:2]
        self.shape = areas[0][2] - areas[0][0] + 1, areas[0][3] - areas[0][1] + 1

    @property
    def cells(self) -> list[Cell]:
        return [cell for area in self.areas for cell in cells_of(area)]

    @property
    def address(self) -> str:
        return str(self.areas)

    def __getitem__(self, key: tuple[slice, slice]) -> "ExcelRange":
        (top, bottom, _), (left, right, _) = (part.indices(size) for part, size in zip(key, self.shape, strict=True))
        corner = self.row + top, self.column + left
        return ExcelRange(self.sheet, [(*corner, self.row + bottom - 1, self.column + right - 1)])

    def _one(self, known: dict[Cell, object], none: object, mixed: object) -> object:
        self.sheet.asked += 1
        found = {known.get(cell, none) for cell in self.cells}
        return found.pop() if len(found) == 1 else mixed

    @property
    def color(self) -> object:
        return self._one(self.sheet.colours, None, BLACK)

    @color.setter
    def color(self, value: str | None) -> None:
        self.sheet.asked += 1
        for cell in self.cells:
            self.sheet.colours.pop(cell, None)
            if value:
                self.sheet.colours[cell] = tuple(bytes.fromhex(value[1:]))

    @property
    def merge_cells(self) -> object:
        inside = {cell: True for area in self.sheet.merged for cell in cells_of(area)}
        return self._one(inside, False, None)

    @property
    def merge_area(self) -> "ExcelRange":
        self.sheet.asked += 1
        inside = [area for area in self.sheet.merged if (self.row, self.column) in cells_of(area)]
        return ExcelRange(self.sheet, inside or self.areas)

    @property
    def data_validation(self) -> SimpleNamespace:
        partly = {cell in self.sheet.rules for cell in self.cells}
        kind = self._one(self.sheet.rules, "none", "mixed_criteria" if len(partly) > 1 else "inconsistent")
        return SimpleNamespace(type=kind)

    @property
    def formula(self) -> tuple[tuple[object, ...], ...]:
        self.sheet.asked += 1
        (rows, columns), known = self.shape, self.sheet.formulas
        return tuple(tuple(known.get((self.row + r, self.column + c), "") for c in range(columns)) for r in range(rows))

    @property
    def note(self) -> object:
        self.sheet.asked += 1
        cell = self.row, self.column
        return SimpleNamespace(delete=lambda: self.sheet.texts.pop(cell)) if cell in self.sheet.texts else None

    def add_note(self, text: str) -> None:
        self.sheet.asked += 1
        assert (self.row, self.column) not in self.sheet.texts, "Excel refuses a second note"
        self.sheet.texts[self.row, self.column] = text

    def clear_contents(self) -> None:
        self.sheet.asked += 1
        for cell in self.cells:
            self.sheet.values.pop(cell, None)

    def _write(self, rows: list[list[object]]) -> None:
        self.sheet.asked += 1
        cells = {(self.row + r, self.column + c): value for r, line in enumerate(rows) for c, value in enumerate(line)}
        self.sheet.values |= {cell: value for cell, value in cells.items() if value is not None}

    value = property(fset=_write)


@pytest.fixture
def sheet() -> ExcelSheet:
    return ExcelSheet()


@pytest.mark.parametrize("rows", [50, 5_000])
@pytest.mark.parametrize("painted", [0, 1, 5])
def test_fills_are_read_right_and_within_the_bound(sheet, rows, painted):
    cells = [(row, 3) for row in range(2, rows, 10)]
    sheet.colours = dict.fromkeys(cells, RED) | {cells[at * 7 % len(cells)]: GREEN for at in range(painted)}
    wanted = {cell: "#{:02X}{:02X}{:02X}".format(*colour) for cell, colour in sheet.colours.items()}
    assert bulk.fills(sheet, cells) == wanted
    assert sheet.asked <= len(cells) / 25 + 2 + painted * 2 * (log2(len(cells)) + len(cells) / 25)


def test_no_fill_and_a_black_one_are_told_apart_from_mixed_ones(sheet):
    cells = [(row, 1) for row in range(1, 9)]
    assert bulk.fills(sheet, cells) == {}
    assert bulk.fills(sheet, []) == {}
    sheet.colours = dict.fromkeys(cells, BLACK)
    assert bulk.fills(sheet, cells) == dict.fromkeys(cells, "#000000")


def test_merges_are_found_by_halving_and_a_plain_block_is_asked_once(sheet):
    block = sheet.range((1, 1), (5_000, 40))
    assert list(bulk.merges(block)) == []
    assert sheet.asked == 1
    sheet.merged = [(1, 1, 1, 6), (14, 3, 15, 3)]
    assert sorted(bulk.merges(sheet.range((1, 1), (64, 16)))) == [(0, 0, 0, 5), (13, 2, 14, 2)]
    assert sheet.asked <= 1 + 8 * (2 * log2(64 * 16) + 1)


def test_only_cells_without_any_rule_are_offered_a_list(sheet):
    sheet.rules = {(3, 4): "list", (4, 4): "date", (40, 4): "list"}
    free = bulk.unruled(sheet, [(2, 4, 64, 4), (70, 4, 80, 4)])
    cells = {cell for area in free for cell in cells_of(area)}
    assert cells == {(row, 4) for row in (*range(2, 65), *range(70, 81))} - sheet.rules.keys()
    assert sheet.asked <= 2 + 3 * 2 * log2(64)


def test_where_rules_differ_and_none_is_lacking_nothing_is_offered(sheet):
    sheet.rules = {(2, 4): "list", (3, 4): "date"}
    assert bulk.unruled(sheet, [(2, 4, 3, 4)]) == []


def test_formulas_are_found_in_one_call_also_those_that_show_nothing(sheet):
    sheet.formulas = {(3, 8): '=IF(B3="","x","")', (4, 8): "=1", (4, 1): "chữ"}
    assert bulk.formulas(sheet.range((1, 1), (9, 9))) == ((3, 8, 4, 8),)
    assert sheet.asked == 1


def test_edits_are_carried_out_and_taken_back(sheet):
    cells = {(row, 3): "#FFC7CE" for row in range(2, 300, 2)}
    areas = tuple((row, 3, row, 3) for row, _ in cells)
    edits = Edits((), (((1, 5), (("đầu", ""), ("x", "y"))),), {"#FFC7CE": areas}, (), {(2, 3): "Lỗi"}, {})
    bulk.carry_out(sheet, edits)
    assert sheet.values == {(1, 5): "đầu", (2, 5): "x", (2, 6): "y"}
    assert sheet.colours == dict.fromkeys(cells, RED)
    assert sheet.texts == {(2, 3): "Lỗi"}
    assert sheet.asked <= len(areas) / 25 + 3
    bulk.carry_out(sheet, Edits(((1, 5, 2, 6),), (), {"": areas}, ((2, 3), (4, 3)), {}, {}))
    assert not sheet.values | sheet.colours | sheet.texts
