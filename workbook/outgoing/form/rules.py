"""Whether a form keeps to its own row of numbers: what its rules come to, numbers and formulas that say otherwise."""

import ast
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from workbook.incoming.grid import address
from workbook.incoming.number_row import Formula
from workbook.incoming.raw import Question
from workbook.outgoing.areas import Cell
from workbook.outgoing.form.formulas import work_out
from workbook.outgoing.form.numbering import numbering
from workbook.outgoing.form.numbers import Numbers
from workbook.outgoing.form.places import Sheet
from workbook.printed.rounding import Fit, agreement, half_up

#: A number beyond it is none of a form; what comes to more is not worked out.
_LARGEST = 10**15
#: A formula and a rule that come to the same from these sets of odd numbers are the same.
_TRIALS = (1, 2)


class Rules:
    """The rules that a form states in its row of numbers. `is_percent`: whether a 0-based cell shows 0.5 as 50 %."""

    def __init__(self, sheet: Sheet, is_percent: Callable[[Cell], bool]):
        self.numbered = numbering(sheet.grid)
        self._sheet, self._is_percent = sheet, is_percent

    def of(self, cell: Cell) -> Formula | None:
        """The rule of a cell; None where the form states none."""
        return self.numbered.rules.get(cell[1]) if self.numbered and cell[0] > self.numbered.row else None

    def value(self, cell: Cell, numbers: Numbers) -> Decimal | None:
        """What the rule of a cell comes to: two decimals at most, halves up."""
        exact = self._exact(cell, numbers)
        if exact is None:
            return None
        rounded = half_up(exact, 2)
        return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded.normalize()

    def broken(self, numbers: Numbers) -> Iterator[Question]:
        """Numbers that are not what the row of numbers says; then the formulas, all that are wrong in one."""
        wrong: list[str] = []
        unread: list[str] = []
        for cell, rule in self._cells():
            if cell in numbers.formulas:
                follows = self._follows(numbers.terms(cell), rule, cell)
                if not follows:
                    (unread if follows is None else wrong).append(f"{address(*cell)} {numbers.formulas[cell]}")
            elif question := self._wrong_number(cell, rule, numbers):
                yield question
        for code, cells in (("form.rule_formula", wrong), ("form.formula_unread", unread)):
            if cells:
                rules = "; ".join(dict.fromkeys(rule.shown for _, rule in self._cells()))
                yield Question(code, detail={"count": len(cells), "cells": "; ".join(cells), "rule": rules})

    def _cells(self) -> Iterator[tuple[Cell, Formula]]:
        """The cells below the row of numbers that have a rule."""
        if self.numbered:
            for row in range(self.numbered.row + 1, len(self._sheet.grid.rows)):
                yield from (((row, column), rule) for column, rule in self.numbered.rules.items())

    def _wrong_number(self, cell: Cell, rule: Formula, numbers: Numbers) -> Question | None:
        printed, exact = numbers.printed(cell), self._exact(cell, numbers)
        if printed is None or exact is None or agreement(printed, exact, _decimals(printed)) is not Fit.NONE:
            return None
        detail = {"value": float(printed), "rule": rule.shown, "expected": float(round(exact, 4))}
        return Question("form.rule", address(*cell), detail=detail)

    def _exact(self, cell: Cell, numbers: Numbers) -> Decimal | None:
        """What a rule comes to in a cell; under a heading of "%" a mere ratio is a percentage."""
        rule = self.of(cell)
        result = rule.work_out(numbers.line(cell[0], rule.columns)) if rule else None
        if rule is None or result is None or abs(result) > _LARGEST:
            return None
        return Decimal(result.numerator * (100 if self._is_ratio(cell, rule) else 1)) / result.denominator

    def _is_ratio(self, cell: Cell, rule: Formula) -> bool:
        """Whether the rule states a ratio where the heading above it asks for a percentage."""
        above = self._sheet.grid.rows[: self.numbered.row if self.numbered else 0]
        return rule.is_quotient and not rule.of_hundred and any("%" in str(row[cell[1]]) for row in above)

    def _follows(self, terms: ast.expr | None, rule: Formula, cell: Cell) -> bool | None:
        """Whether a formula of the form says what the rule says; None for one that is not understood."""
        if terms is None:
            return None
        trials = [self._trial(terms, rule, cell, seed) for seed in _TRIALS]
        return None if None in trials else all(trials)

    def _trial(self, terms: ast.expr, rule: Formula, cell: Cell, seed: int) -> bool | None:
        """The same for one set of numbers; None also where one of the two cannot be worked out from them."""

        def held(place: Cell) -> Fraction:
            row, column = place
            return Fraction((row + 3) * (row + 101) + (column + 7) ** 3 * seed + column * row)

        said = work_out(terms, held)
        ruled = rule.work_out({column: held((cell[0], column)) for column in rule.columns})
        if said is None or ruled is None:
            return None
        meant = {ruled, ruled * 100} if self._is_ratio(cell, rule) else {ruled}
        shown = {said, said * 100} if self._is_percent(cell) else {said}
        return bool(meant & shown)


def _decimals(printed: Decimal) -> int:
    """To how many decimals a number is printed."""
    exponent = printed.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0  # of an endless number it is a letter
