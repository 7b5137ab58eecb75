"""The numbers of a form as they will stand in it: what the form has stays, and what is put in comes beside it."""

import ast
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from workbook.outgoing.areas import Cell
from workbook.outgoing.form.formulas import Held, parse, work_out
from workbook.outgoing.form.places import Sheet
from workbook.outgoing.sheet_part import Value


class Numbers:
    """`formulas`: cell (0-based) → formula of the form; `put`: what goes into cells that hold nothing."""

    def __init__(self, sheet: Sheet, formulas: Mapping[Cell, str], put: Mapping[Cell, Value | None]):
        self._sheet, self.formulas, self._put = sheet, formulas, put
        self._open: set[Cell] = set()  # formulas being worked out, by which a circle is known

    def is_kept(self, cell: Cell) -> bool:
        """Whether the form has something there that stays: a formula, a number, a text that is no dots or dashes."""
        return cell in self.formulas or not self._sheet.is_free(cell)

    def printed(self, cell: Cell) -> Decimal | None:
        """The number that will be read in a cell that does not calculate."""
        value = self._sheet.value(cell) if self.is_kept(cell) else self._put.get(cell)
        return Decimal(str(value)) if _is_number(value) and cell not in self.formulas else None

    def terms(self, cell: Cell) -> ast.expr | None:
        """The formula of a cell; None where it cannot be read."""
        return self._terms.get(cell)

    def line(self, row: int, columns: Iterable[int]) -> dict[int, Fraction]:
        """The numbers of a row by column; without those that nobody knows."""
        held = {column: self._held((row, column)) for column in columns}
        return {column: value for column, value in held.items() if isinstance(value, Fraction)}

    @cached_property
    def _terms(self) -> dict[Cell, ast.expr | None]:
        return {cell: parse(text) for cell, text in self.formulas.items()}

    def _held(self, cell: Cell) -> Held:
        """What a cell holds; a formula is worked out, one that leads back to itself is not."""
        if cell in self.formulas:
            return self._calculated(cell)
        number = self.printed(cell)
        if number is not None:
            return Fraction(number)
        return str(self._sheet.value(cell)) if self.is_kept(cell) else ""

    def _calculated(self, cell: Cell) -> Fraction | None:
        terms = self.terms(cell)
        if terms is None or cell in self._open:
            return None
        self._open.add(cell)
        try:
            return work_out(terms, self._held)
        finally:
            self._open.discard(cell)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
