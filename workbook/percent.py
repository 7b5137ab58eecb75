"""Percentages as party forms print them: exact decimal arithmetic, halves up, decimal comma.

Never binary rounding: `round(75.625, 2)` is 75.62 where every published table prints 75,63.
"""

from decimal import ROUND_HALF_UP, Decimal

#: What stands where there is no quota to measure against.
DASH = "—"


def percent(part: int, whole: int | None, decimals: int) -> Decimal | None:
    """100 × part ÷ whole, rounded half up, trailing zeros dropped; None where there is no whole (0 or blank).

    `decimals` is the greatest number of decimals kept: `percent(121, 160, 2)` is 75.63, `percent(141, 150, 2)` is 94.
    """
    if not whole:
        return None
    exact = Decimal(100) * int(part) / int(whole)
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole_number = rounded.to_integral_value()
    return whole_number if rounded == whole_number else rounded.normalize()


def show(value: Decimal | None) -> str:
    """A percentage as a clerk writes it, without the sign: "75,63"; "1.250" with a thousand dot; "—" for None."""
    if value is None:
        return DASH
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


def whole(number: int) -> str:
    """A count as a clerk writes it: "2.170"."""
    return f"{number:,}".replace(",", ".")
