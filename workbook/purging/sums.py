"""What the formulas of a book and its charts count: that must stay, or the book would no longer tie."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workbook.open_sheet import Area
from workbook.outgoing.areas import Cell, cell_of
from workbook.outgoing.package import Package, parse

_SHEET = r"(?:'((?:[^']|'')+)'|(\w+))!"
_COLUMN = re.compile(_SHEET + r"\$([A-Z]+)\$")
_AREA = re.compile(rf"(?:{_SHEET})?(\$?[A-Z]{{1,3}}\$?\d+)(?::(\$?[A-Z]{{1,3}}\$?\d+))?(?![\w(])")
_CHARTS = "xl/charts/"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, the sheet it stands on ("" a chart) and its line there (0 none)."""

    sheet: str
    line: int
    text: str


def formulas_of(package: Package, parts: Mapping[str, str]) -> Iterator[Formula]:
    """The formulas of the sheets and charts of a book. `parts`: sheet → its part."""
    sheets = {part: sheet for sheet, part in parts.items()}
    for name in package.names:
        if name in sheets or name.startswith(_CHARTS):
            for formula in parse(package.part(name)).iter("{*}f"):
                cell = formula.getparent()
                place = cell.get("r") if cell is not None else None
                yield Formula(sheets.get(name, ""), cell_of(place)[0] if place else 0, formula.text or "")


def counted_columns(formulas: Iterable[Formula]) -> dict[str, frozenset[str]]:
    """Sheet → the letters of the columns that formulas of the book or its charts name."""
    found: dict[str, set[str]] = {}
    for formula in formulas:
        for quoted, bare, column in _COLUMN.findall(formula.text):
            found.setdefault(_unquoted(quoted, bare), set()).add(column)
    return {sheet: frozenset(columns) for sheet, columns in found.items()}


def counted_areas(formulas: Iterable[Formula]) -> dict[str, frozenset[Area]]:
    """Sheet → the areas that formulas elsewhere name: on other sheets, in charts, or on other lines of the same one."""
    found: dict[str, set[Area]] = {}
    for formula in formulas:
        for quoted, bare, first, last in _AREA.findall(formula.text):
            sheet, area = _unquoted(quoted, bare) or formula.sheet, _area(first, last or first)
            if (sheet, area[0], area[2]) != (formula.sheet, formula.line, formula.line):
                found.setdefault(sheet, set()).add(area)
    return {sheet: frozenset(areas) for sheet, areas in found.items()}


def is_in(cell: Cell, areas: frozenset[Area]) -> bool:
    """Whether a cell lies in one of the areas."""
    row, column = cell
    return any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in areas)


def _unquoted(quoted: str, bare: str) -> str:
    return (quoted or bare).replace("''", "'")


def _area(first: str, last: str) -> Area:
    (top, left), (bottom, right) = (cell_of(one.replace("$", "")) for one in (first, last))
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)
