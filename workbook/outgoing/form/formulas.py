"""Formulas of a form, as far as forms have them: the four operations, SUM, IF, IFERROR, ROUND over cells of the sheet.

They are worked out exactly (a rounding is left out), so that they can be held against the rule that the row of numbers
states. What goes beyond that is not understood, and said to be so.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from openpyxl.utils.cell import range_boundaries

from workbook.incoming.grid import address
from workbook.incoming.number_row import OPERATIONS
from workbook.outgoing.areas import Cell, cell_of

_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_RANGE = re.compile(r"\b[A-Z]{1,3}\d+:[A-Z]{1,3}\d+\b")
_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_EQUALS = re.compile(r"(?<![<>!=])=(?!=)")
_MOST = 5_000  # cells of an area; a larger one is a list of persons, no block of a form

#: What a cell holds: a number, "" for nothing or a text; None where nobody knows.
Held = Fraction | str | None
#: Cell (0-based) → what it holds.
Lookup = Callable[[Cell], Held]

_Result = Fraction | str | bool | tuple[Fraction | str, ...]
_ORDER: Mapping[type[ast.cmpop], Callable[[Fraction, Fraction], bool]] = {
    ast.Gt: operator.gt,
    ast.Lt: operator.lt,
    ast.GtE: operator.ge,
    ast.LtE: operator.le,
}


class _NotUnderstoodError(Exception):
    """More than the forms we know have."""


def parse(formula: str) -> ast.expr | None:
    """A formula of a cell, like "=B10*100/C10", as terms; None for what cannot be read."""
    text = formula.strip().removeprefix("=").replace("$", "").upper()
    try:
        text = _RANGE.sub(_listed, text)
        plain = _EQUALS.sub("==", _SHARE.sub(r"(\1/100)", text.replace("<>", "!=")))
        return ast.parse(plain.strip(), mode="eval").body
    except (SyntaxError, _NotUnderstoodError):
        return None


def work_out(terms: ast.expr, held: Lookup) -> Fraction | None:
    """The number a formula comes to; None for a text, a division by 0, or what is not understood."""
    try:
        result = _value(terms, held)
    except (_NotUnderstoodError, ZeroDivisionError, RecursionError):
        return None
    return result if isinstance(result, Fraction) else None


def _listed(area: "re.Match[str]") -> str:
    """Every cell of an area, as the tuple that Python reads it for."""
    left, top, right, bottom = (int(edge or 0) for edge in range_boundaries(area[0]))
    if (bottom - top + 1) * (right - left + 1) > _MOST:
        raise _NotUnderstoodError
    cells = (address(row - 1, column - 1) for row in range(top, bottom + 1) for column in range(left, right + 1))
    return f"({','.join(cells)},)"


def _value(node: ast.expr, held: Lookup) -> _Result:
    match node:
        case ast.Constant() | ast.Name() | ast.Tuple():
            return _operand(node, held)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_number(_value(operand, held))
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in OPERATIONS:
            return OPERATIONS[type(sign)](_number(_value(left, held)), _number(_value(right, held)))
        case ast.Compare(left=left, ops=[sign], comparators=[right]):
            return _compared(sign, _value(left, held), _value(right, held))
        case ast.Call(func=ast.Name(id=name), args=given, keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](given, held)
    raise _NotUnderstoodError


def _operand(node: ast.expr, held: Lookup) -> _Result:
    """A text, a number, a cell, or an area of cells."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return Fraction(str(number))
        case ast.Name(id=name):
            return _at(name, held)
        case ast.Tuple(elts=cells):
            return tuple(_single(_value(cell, held)) for cell in cells)
    raise _NotUnderstoodError


def _at(name: str, held: Lookup) -> Fraction | str:
    if not _CELL.fullmatch(name):
        raise _NotUnderstoodError
    row, column = cell_of(name)
    value = held((row - 1, column - 1))
    if value is None:
        raise _NotUnderstoodError
    return value


def _single(value: _Result) -> Fraction | str:
    if isinstance(value, tuple | bool):
        raise _NotUnderstoodError
    return value


def _number(value: _Result) -> Fraction:
    """Nothing counts as 0, as spreadsheets have it."""
    if value == "":
        return Fraction(0)
    if not isinstance(value, Fraction):
        raise _NotUnderstoodError
    return value


def _compared(sign: ast.cmpop, left: _Result, right: _Result) -> bool:
    if isinstance(sign, ast.Eq | ast.NotEq):
        return (left == right) is isinstance(sign, ast.Eq)
    if type(sign) in _ORDER:
        return _ORDER[type(sign)](_number(left), _number(right))
    raise _NotUnderstoodError


def _sum(given: list[ast.expr], held: Lookup) -> _Result:
    """Texts among them do not count."""
    values = [_value(one, held) for one in given]
    listed = [one for value in values for one in (value if isinstance(value, tuple) else (value,))]
    return sum((one for one in listed if isinstance(one, Fraction)), Fraction(0))


def _if(given: list[ast.expr], held: Lookup) -> _Result:
    condition, *branches = _given(given, 2, 3)
    chosen = branches[:1] if _value(condition, held) else branches[1:]
    return _value(chosen[0], held) if chosen else ""


def _if_error(given: list[ast.expr], held: Lookup) -> _Result:
    tried, instead = _given(given, 2, 2)
    try:
        return _value(tried, held)
    except ZeroDivisionError:
        return _value(instead, held)


def _round(given: list[ast.expr], held: Lookup) -> _Result:
    return _number(_value(_given(given, 2, 2)[0], held))


def _all(given: list[ast.expr], held: Lookup) -> _Result:
    return all(bool(_value(one, held)) for one in given)


def _any(given: list[ast.expr], held: Lookup) -> _Result:
    return any(bool(_value(one, held)) for one in given)


def _is_number(given: list[ast.expr], held: Lookup) -> _Result:
    return isinstance(_value(_given(given, 1, 1)[0], held), Fraction)


def _is_blank(given: list[ast.expr], held: Lookup) -> _Result:
    return _value(_given(given, 1, 1)[0], held) == ""


def _given(given: list[ast.expr], least: int, most: int) -> list[ast.expr]:
    """What a function is given, if it is as much as it takes."""
    if not least <= len(given) <= most:
        raise _NotUnderstoodError
    return given


_FUNCTIONS: Mapping[str, Callable[[list[ast.expr], Lookup], _Result]] = {
    "SUM": _sum,
    "IF": _if,
    "IFERROR": _if_error,
    "ROUND": _round,
    "AND": _all,
    "OR": _any,
    "ISNUMBER": _is_number,
    "ISBLANK": _is_blank,
}
