"""A printed percentage held against its parts: halves up as party forms print, or cut off as some papers do."""

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from workbook.percent import percent, show

_COUNT = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+")
_PERCENT = re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:[,.](?P<part>\d{1,4}))?")

#: As many decimals as a percentage is printed with, or a cell may be rounded to.
_MOST_DECIMALS = 4


class Fit(StrEnum):
    """How a printed percentage agrees with its parts."""

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
    """A whole number with or without thousand dots; None for anything else."""
    text = shown.strip()
    return int(text.replace(".", "")) if _COUNT.fullmatch(text) else None


def read_percent(shown: str) -> Printed | None:
    """A percentage with or without its sign: "74,38%", "75.63", "1.250"; None for anything else."""
    found = _PERCENT.fullmatch(shown.strip().rstrip("% "))
    if found is None:
        return None
    part = found["part"] or ""
    return Printed(Decimal(found["whole"].replace(".", "") + (f".{part}" if part else "")), len(part))


def exactly(value: float) -> Decimal:
    """A number of a cell without the noise of binary fractions, to four decimals."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-_MOST_DECIMALS), ROUND_HALF_UP).normalize()


def fit(printed: Printed, part: int, base: int) -> Fit:
    """Whether part ÷ base is the printed percentage, at the printed number of decimals."""
    if not base:
        return Fit.NONE
    if percent(part, base, printed.decimals) == printed.value:
        return Fit.HALF_UP
    exact = Decimal(100) * part / base
    cut = exact.quantize(Decimal(1).scaleb(-printed.decimals), ROUND_DOWN)
    return Fit.CUT if cut == printed.value else Fit.NONE


def right(part: int, base: int, decimals: int) -> str:
    """What should have been printed."""
    return show(percent(part, base, decimals))


def fits_number(value: float, part: int, base: int) -> bool:
    """Whether a number of a cell is the percentage: in full, rounded to some decimals, or as a fraction of one."""
    exact = float(Fraction(100 * part, base))
    rounded = {float(percent(part, base, decimals) or 0) for decimals in range(_MOST_DECIMALS + 1)}
    return any(abs(seen - one) < 1e-6 for seen in (value, 100 * value) for one in (exact, *rounded))
