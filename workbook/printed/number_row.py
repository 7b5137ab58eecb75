"""The row that numbers a form's columns, and the arithmetic it states: `1 | 2 | 3 | 4(=2*100/3)`, `2 (=3+...+12)`."""

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

_NUMBERED = re.compile(r"\(?\s*(?P<number>\d{1,2})\s*\)?\s*(?:\(?\s*=\s*(?P<formula>[\d\s+\-*/:xX×÷.…()]+?)\s*\)?)?")
_RANGE = re.compile(r"(\d{1,2})\s*\+\s*(?:\.{2,}|…|\+)+\s*\+?\s*(\d{1,2})")
_SIGNS = str.maketrans({":": "/", "x": "*", "X": "*", "×": "*", "÷": "/"})
_LEAST = 3  # columns that a row must number
_LETTERS = 2  # of a column that is lettered: A, B, TT


@dataclass(frozen=True, slots=True)
class Formula:
    """What a column is said to be: `terms` over the numbers of other columns."""

    shown: str
    terms: ast.expr
    numbers: Mapping[int, int]

    @property
    def is_quotient(self) -> bool:
        """Whether something is divided."""
        return any(isinstance(node, ast.Div) for node in ast.walk(self.terms))

    @property
    def columns(self) -> list[int]:
        """The 0-based columns it is worked out from."""
        constants = [node.value for node in ast.walk(self.terms) if isinstance(node, ast.Constant)]
        return [self.numbers[value] for value in constants if isinstance(value, int) and value in self.numbers]

    def work_out(self, values: Mapping[int, int]) -> Fraction | None:
        """The exact value from the values by column; None where it would be divided by nought."""
        try:
            return _value(
                self.terms, {number: values[column] for number, column in self.numbers.items() if column in values}
            )
        except ZeroDivisionError:
            return None


def formulas(row: Sequence[str]) -> dict[int, Formula] | None:
    """Column → its formula, for a row that numbers the columns; None for any other row."""
    cells = {column: _NUMBERED.fullmatch(text.strip()) for column, text in enumerate(row) if text.strip()}
    found = {column: match for column, match in cells.items() if match}
    others = [row[column].strip() for column in cells.keys() - found.keys()]
    numbers: dict[int, int] = {}
    for column, match in found.items():
        numbers.setdefault(int(match["number"]), column)
    in_turn = len(numbers) >= _LEAST and sorted(numbers) == list(range(min(numbers), max(numbers) + 1))
    if not in_turn or min(numbers) > 1 or any(len(text) > _LETTERS for text in others):
        return None
    said = {column: (match["formula"], match[0]) for column, match in found.items() if match["formula"]}
    made = {column: _formula(text, shown, numbers) for column, (text, shown) in said.items()}
    return {column: formula for column, formula in made.items() if formula}


def _formula(text: str, shown: str, numbers: Mapping[int, int]) -> Formula | None:
    plain = _RANGE.sub(_all_between, text).translate(_SIGNS)
    plain = plain + ")" * (plain.count("(") - plain.count(")"))
    try:
        return Formula(shown, ast.parse(plain.strip(), mode="eval").body, numbers)
    except SyntaxError:
        return None


def _all_between(found: re.Match[str]) -> str:
    first, last = int(found[1]), int(found[2])
    return "+".join(map(str, range(first, last + 1))) if first < last else found[0]


def _value(node: ast.expr, values: Mapping[int, int]) -> Fraction:
    """Sums, differences, products, quotients of columns and plain numbers; nothing else stands in such a row."""
    match node:
        case ast.Constant(value=int(number)):
            return Fraction(values.get(number, number))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _value(left, values) + _value(right, values)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return _value(left, values) - _value(right, values)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return _value(left, values) * _value(right, values)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _value(left, values) / _value(right, values)
    raise ZeroDivisionError
