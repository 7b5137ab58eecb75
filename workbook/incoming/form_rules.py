"""The row of numbers under a form's headings, with what it says of the arithmetic: `1 | 2 | 3 | 4(=2*100/3)`.

Offices write the same rule in many ways: `4 = 2:3`, `2 (=3+4)`, `(3)=(1)+(2)`, `2 (=3+…+12)`. A number is a column
where the row has a column of that number, else a number as it stands (the 100 of a percentage).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from workbook.incoming.cells import as_text, is_blank
from workbook.incoming.grid import Grid

_NUMBERED = re.compile(r"\(?\s*(\d{1,3})\s*\)?\s*(?:\(?\s*=\s*(.+?)\s*\)?)?")
_LETTER = re.compile(r"\(?[A-Z\u0110]\)?")
_TOKEN = re.compile(r"\d+|[-+*/]")
_DOTS = re.compile(r"\+?\s*(?:…|\.{2,})+\s*\+?")
#: How offices write the four operations, as Python does.
_SIGNS = str.maketrans({":": "/", "x": "*", "X": "*", "\u00d7": "*", "\u00f7": "/", "\u2212": "-", "\u2013": "-"})
_FEWEST = 2  # columns of a row of numbers


@dataclass(frozen=True, slots=True)
class Rule:
    """What a 0-based column of the sheet must come to: `text` as printed, `tokens` numbers and signs in turn."""

    column: int
    text: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbering:
    """The row of numbers: its 0-based row, printed number → 0-based column of the sheet, and the rules."""

    row: int
    places: Mapping[int, int]
    rules: tuple[Rule, ...] = ()

    def result(self, rule: Rule, values: Mapping[int, Decimal]) -> Decimal | None:
        """What a rule comes to; `values` by sheet column. None where a number is missing, or where it divides by 0."""
        shown = [self._operand(token, values) for token in rule.tokens]
        return None if None in shown else _calculated([one for one in shown if one is not None])

    def _operand(self, token: str, values: Mapping[int, Decimal]) -> Decimal | str | None:
        if not token.isdigit():
            return token
        return values.get(self.places[int(token)]) if int(token) in self.places else Decimal(token)


def numbering(grid: Grid) -> Numbering | None:
    """The first row of numbers of a sheet: 1, 2, 3 … in order, beside letters and nothing else; None for none.

    A table that goes on from another may begin with a higher number, if the row states a rule.
    """
    for row, cells in enumerate(grid.rows):
        texts = {column: as_text(cell) for column, cell in enumerate(cells) if not is_blank(cell)}
        shown = {column: _NUMBERED.fullmatch(text) for column, text in texts.items() if not _LETTER.fullmatch(text)}
        found = {column: match for column, match in shown.items() if match}
        if len(found) == len(shown) >= _FEWEST and _in_order([int(match[1]) for match in found.values()]):
            made = _numbering(row, found)
            if made.rules or 1 in made.places:
                return made
    return None


def _in_order(numbers: Sequence[int]) -> bool:
    return list(numbers) == list(range(numbers[0], numbers[0] + len(numbers)))


def _numbering(row: int, found: Mapping[int, "re.Match[str]"]) -> Numbering:
    places = {int(match[1]): column for column, match in found.items()}
    rules = (Rule(column, match[0], _tokens(match[2])) for column, match in found.items() if match[2])
    return Numbering(row, places, tuple(rule for rule in rules if rule.tokens))


def _tokens(text: str) -> tuple[str, ...]:
    """Numbers and signs in turn; () for what is no arithmetic."""
    plain = text.translate(_SIGNS).replace("(", " ").replace(")", " ")
    written = _DOTS.sub(" .. ", plain)
    tokens: list[str] = []
    for piece in written.split(".."):
        more = _TOKEN.findall(piece)
        if "".join(more) != "".join(piece.split()):
            return ()
        if tokens and more:
            tokens += _between(tokens[-1], more[0])
        tokens += more
    numbers, signs = tokens[::2], tokens[1::2]
    alternate = all(one.isdigit() for one in numbers) and not any(one.isdigit() for one in signs)
    return tuple(tokens) if alternate and len(numbers) == len(signs) + 1 else ()


def _between(first: str, last: str) -> Iterator[str]:
    """What the dots of `3+…+12` stand for."""
    yield "+"
    if first.isdigit() and last.isdigit():
        for number in range(int(first) + 1, int(last)):
            yield from (str(number), "+")


def _calculated(parts: Sequence[Decimal | str]) -> Decimal | None:
    """Numbers and signs in turn, products before sums, each from left to right; None for a division by 0."""
    total, product, sign = Decimal(0), Decimal(str(parts[0])), Decimal(1)
    for operation, operand in zip(parts[1::2], parts[2::2], strict=True):
        number = Decimal(str(operand))
        if operation in ("+", "-"):
            total, product, sign = total + sign * product, number, Decimal(1 if operation == "+" else -1)
        elif operation == "*":
            product *= number
        elif number == 0:
            return None
        else:
            product /= number
    return total + sign * product


def agrees(printed: Decimal, exact: Decimal) -> bool:
    """Whether a printed number is the exact one to its own decimals, rounded half up or cut off."""
    exponent = printed.as_tuple().exponent
    unit = Decimal(1).scaleb(min(int(exponent) if isinstance(exponent, int) else 0, 0))
    return printed in (exact.quantize(unit, ROUND_HALF_UP), exact.quantize(unit, ROUND_DOWN))
