"""The row that numbers a form's columns, and the arithmetic it states: `1 | 2 | 3 | 4(=2*100/3)`, `2 (=3+…+12)`.

Offices write the same rule in many ways: `4 = 2:3`, `(3)=(1)+(2)`, `4 = (2-3)*100/3`. A number is a column where the
row has a column of that number, else a number as it stands (the 100 of a percentage).
"""

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

_NUMBERED = re.compile(
    r"(?P<head>\(?\s*(?P<digits>\d{1,3})\s?(?P<letter>[a-z\u0111]?)\s*\)?\s*\(?)\s*(?:=\s*(?P<said>.+))?\)?"
)
#: What heads a column that is not counted: A, (B), TT, STT.
_LETTERED = re.compile(r"\(?\s*(?:[A-Z\u0110]|S?TT)\s*\)?")
_NAME = re.compile(r"\d+[a-z\u0111]?")
_BARE = re.compile(r"\(\s*(\d+[a-z\u0111]?)\s*\)")
_DOTS = re.compile(r"(\d+)\s*\+\s*(?:[….]*…[….]*|\.{2,})\s*\+?\s*(\d+)")
_PLAIN = re.compile(r"[\d\sa-z\u0111+\-*/()]+")
_HUNDRED = re.compile(r"\b100\s*%")
#: How offices write the four operations, as Python does.
_SIGNS = str.maketrans({":": "/", "x": "*", "X": "*", "\u00d7": "*", "\u00f7": "/", "\u2212": "-", "\u2013": "-"})
_LEAST = 3  # columns of a row of numbers that states no rule

#: The four operations, exact.
OPERATIONS: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}

#: A printed number with its letter, like (3, "a").
_Number = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Formula:
    """What a column must come to: `shown` as printed, `terms` over the columns (0-based) by their printed numbers."""

    shown: str
    terms: ast.expr
    numbers: Mapping[str, int]

    @property
    def is_quotient(self) -> bool:
        """Whether something is divided."""
        return any(isinstance(node, ast.Div) for node in ast.walk(self.terms))

    @property
    def of_hundred(self) -> bool:
        """Whether it counts with 100 as it stands, so that a share comes out as a percentage."""
        return "100" in self._names and "100" not in self.numbers

    @property
    def columns(self) -> list[int]:
        """The 0-based columns it is worked out from."""
        return [self.numbers[name] for name in self._names if name in self.numbers]

    @property
    def _names(self) -> list[str]:
        return [_printed(node) for node in ast.walk(self.terms) if isinstance(node, ast.Name)]

    def work_out(self, values: Mapping[int, int | Decimal | Fraction]) -> Fraction | None:
        """The exact value from the values by column; None where one is missing, or where it divides by 0."""
        try:
            known = {name: Fraction(values[self.numbers[name]]) for name in self._names if name in self.numbers}
            return _value(self.terms, known)
        except (KeyError, ZeroDivisionError):
            return None


def formulas(row: Sequence[str]) -> dict[int, Formula] | None:
    """Column → its formula, for a row that numbers the columns in turn, beside letters; None for any other row.

    A table that goes on from another may begin with a higher number, if the row states a rule.
    """
    texts = {column: text.strip() for column, text in enumerate(row) if text.strip()}
    counted = {column: text for column, text in texts.items() if not _LETTERED.fullmatch(text)}
    found = {column: match for column, text in counted.items() if (match := _NUMBERED.fullmatch(text))}
    blocks = list(_blocks({column: _number(match) for column, match in found.items()}))
    states_rule = any(match["said"] for match in found.values())
    starts = {min(block.values())[0] for block in blocks}
    if len(found) < len(counted) or not found or (len(texts) < _LEAST and not states_rule):
        return None
    if not all(map(_in_turn, blocks)) or len(starts) > 1 or (min(starts) > 1 and not states_rule):
        return None
    made = {column: _formula(found[column], _places(block)) for block in blocks for column in block}
    return {column: formula for column, formula in made.items() if formula}


def _number(match: "re.Match[str]") -> _Number:
    return int(match["digits"]), match["letter"]


def _blocks(numbers: Mapping[int, _Number]) -> Iterator[dict[int, _Number]]:
    """The numbered columns of each table; of two side by side the second begins where the first did."""
    block: dict[int, _Number] = {}
    last: _Number | None = None
    for column, number in numbers.items():
        if block and number == min(block.values()) != last:
            yield block
            block = {}
        block[column] = last = number
    if block:
        yield block


def _in_turn(block: Mapping[int, _Number]) -> bool:
    """Whether the numbers count up one by one, 3a and 3b as one; a merged cell stands in each of its columns."""
    numbers = list(block.values())
    once = list(dict.fromkeys(numbers))
    digits = list(dict.fromkeys(number for number, _ in once))
    return numbers == sorted(numbers) and digits == list(range(digits[0], digits[0] + len(digits)))


def _places(block: Mapping[int, _Number]) -> dict[str, int]:
    """Printed number → its first column."""
    places: dict[str, int] = {}
    for column, (digits, letter) in block.items():
        places.setdefault(f"{digits}{letter}", column)
    return places


def _formula(match: "re.Match[str]", numbers: Mapping[str, int]) -> Formula | None:
    """None where nothing is said, or what is said is no arithmetic."""
    said = _HUNDRED.sub("100", match["said"] or "").translate(_SIGNS).strip()
    opened = match["head"].count("(") - match["head"].count(")")
    if said.endswith(")") and said.count(")") - said.count("(") == opened == 1:
        said = said[:-1]
    plain = _DOTS.sub(_all_between, _BARE.sub(r"\1", said))
    if not _PLAIN.fullmatch(plain):
        return None
    try:
        terms = ast.parse(_NAME.sub(lambda name: f"n{name[0]}", plain.strip()), mode="eval").body
    except SyntaxError:
        return None
    return Formula(match[0], terms, numbers) if _is_arithmetic(terms, numbers) else None


def _all_between(found: "re.Match[str]") -> str:
    """What the dots of `3+…+12` stand for."""
    first, last = int(found[1]), int(found[2])
    return "+".join(map(str, range(first, last + 1))) if first < last else found[0]


def _printed(name: ast.Name) -> str:
    """A number as it stands in the row; a name of Python cannot begin with a digit."""
    return name.id.removeprefix("n")


def _is_arithmetic(node: ast.expr, numbers: Mapping[str, int]) -> bool:
    """Whether there are only the four operations, between columns of the row and plain numbers."""
    match node:
        case ast.Name():
            return _printed(node) in numbers or _printed(node).isdigit()
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in OPERATIONS:
            return _is_arithmetic(left, numbers) and _is_arithmetic(right, numbers)
    return False


def _value(node: ast.expr, values: Mapping[str, Fraction]) -> Fraction:
    """The value of what `_is_arithmetic` let pass."""
    match node:
        case ast.BinOp(left=left, op=sign, right=right):
            return OPERATIONS[type(sign)](_value(left, values), _value(right, values))
        case ast.Name():
            return values[_printed(node)] if _printed(node) in values else Fraction(int(_printed(node)))
    raise AssertionError(node)
