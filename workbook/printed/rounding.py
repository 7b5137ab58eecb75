"""Printed numbers held against exact ones: halves up as party forms print, or cut off as some papers do."""

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from fractions import Fraction

from workbook.percent import percent, show

_COUNT = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+")
_PERCENT = re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:[,.](?P<part>\d{1,4}))?")

#: As many decimals as a percentage is printed with, or a cell may be rounded to.
_MOST_DECIMALS = 4
#: A longer number counts nothing that a committee has: an account, a document, a slip of the hand.
_MOST_DIGITS = 12
#: Percentages so far apart agree in no rounding; most numbers of a long report are ruled out by it at once.
_FAR = 2
#: Room for every digit of the largest number a cell can hold: by itself rounding refuses more than 28.
_ALL_DIGITS = Context(prec=1_000)


class Fit(StrEnum):
    """How a printed number agrees with the exact one."""

    HALF_UP = "half_up"
    CUT = "cut"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Printed:
    """A percentage as printed, with as many decimals as stand there."""

    value: Decimal
    decimals: int

    @property
    def shown(self) -> str:
        """With a decimal comma."""
        return show(self.value)


def read_count(shown: str) -> int | None:
    """A whole number with or without thousand dots; None for anything else, and for one too long to be a count."""
    text = shown.strip()
    digits = text.replace(".", "")
    return int(digits) if _COUNT.fullmatch(text) and len(digits) <= _MOST_DIGITS else None


def read_percent(shown: str) -> Printed | None:
    """A percentage with or without its sign: "74,38%", "75.63", "1.250"; None for anything else."""
    found = _PERCENT.fullmatch(shown.strip().rstrip("% "))
    if found is None:
        return None
    part = found["part"] or ""
    return Printed(Decimal(found["whole"].replace(".", "") + (f".{part}" if part else "")), len(part))


def exactly(value: float) -> Decimal:
    """A number of a cell without the noise of binary fractions, to four decimals."""
    return half_up(Decimal(repr(value)), _MOST_DECIMALS).normalize()


def half_up(value: Decimal, decimals: int) -> Decimal:
    """A number rounded to so many decimals, however large it is."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _ALL_DIGITS)


def fit(printed: Printed, part: int, base: int) -> Fit:
    """Whether part ÷ base is the printed percentage, at the printed number of decimals."""
    if not base or abs(100 * part / base - float(printed.value)) > _FAR:
        return Fit.NONE
    return agreement(printed.value, Decimal(100) * part / base, printed.decimals)


def agreement(printed: Decimal, exact: Decimal, decimals: int) -> Fit:
    """How a printed number agrees with the exact one: to so many decimals, rounded half up or cut off."""
    if printed == half_up(exact, decimals):
        return Fit.HALF_UP
    cut = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN, _ALL_DIGITS)
    return Fit.CUT if printed == cut else Fit.NONE


def right(part: int, base: int, decimals: int) -> str:
    """What should have been printed."""
    return show(percent(part, base, decimals))


def fits_number(value: float, part: int, base: int) -> bool:
    """Whether a number of a cell is the percentage: in full, rounded to some decimals, or as a fraction of one."""
    exact = float(Fraction(100 * part, base))
    rounded = {float(percent(part, base, decimals) or 0) for decimals in range(_MOST_DECIMALS + 1)}
    return any(abs(seen - one) < 1e-6 for seen in (value, 100 * value) for one in (exact, *rounded))
