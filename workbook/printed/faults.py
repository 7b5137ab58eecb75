"""What can be wrong with a printed percentage, and the question that says so."""

from collections.abc import Iterable

from workbook.incoming.raw import Question
from workbook.printed.claims import Claim, Kind
from workbook.printed.rounding import Fit, Printed, count_shown, fit, right
from workbook.printed.words import kind_said

#: A whole that could have been divided by, and what it is ("quota", "members", "admitted", "before", "other").
Base = tuple[int, str]


def fault(claim: Claim, others: Iterable[Base], cell: str = "") -> Question | None:
    """What is wrong with a claim whose base is known; None where it is right.

    `others`: other numbers of the report that may have been divided by instead.
    """
    part = claim.part - claim.base if claim.kind is Kind.OVER else claim.part
    agrees = fit(claim.printed, part, claim.base)
    if agrees is Fit.HALF_UP:
        return None
    expected = right(part, claim.base, claim.printed.decimals) if part >= 0 else ""
    detail = _detail(claim, expected)
    if agrees is Fit.CUT:
        return Question("printed.cut", cell, detail=detail)
    if claim.kind is Kind.OVER and fit(claim.printed, claim.part, claim.base) is not Fit.NONE:
        code = "printed.over" if part >= 0 else "printed.not_over"
        return Question(code, cell, detail=detail)
    return _wrong(claim.printed, claim.part, claim.base, others, detail, cell)


def _wrong(
    printed: Printed, part: int, base: int, others: Iterable[Base], detail: dict[str, object], cell: str
) -> Question:
    """A wrong percentage: by another denominator where one explains it, the excess told as the whole, or just wrong."""
    divided = [other for other in others if other[0] != base and fit(printed, part, other[0]) is not Fit.NONE]
    if divided:
        whole, kind = divided[0]
        told = {"other": count_shown(whole), "kind": kind_said(kind)}
        return Question("printed.denominator", cell, detail=detail | told)
    if part > base and fit(printed, part - base, base) is not Fit.NONE:
        return Question("printed.excess", cell, detail=detail)
    return Question("printed.wrong", cell, detail=detail)


def _detail(claim: Claim, expected: str) -> dict[str, object]:
    return {
        "value": claim.shown,
        "printed": claim.printed.shown,
        "part": count_shown(claim.part),
        "whole": count_shown(claim.base),
        "right": expected,
    }


def misdivided(claim: Claim, wholes: Iterable[Base], cell: str = "") -> Question | None:
    """What is wrong with a share whose base is said elsewhere: the first of `wholes` is what it should be of.

    Silent where any whole explains it that is no quota, or where nothing is known to divide by.
    """
    known = list(wholes)
    if any(fit(claim.printed, claim.part, whole) is not Fit.NONE for whole, kind in known if kind != "quota"):
        return None
    base = next((whole for whole, kind in known if kind == "admitted" and whole >= claim.part), 0)
    if not base:
        return None
    whole = Claim(Kind.REACHED, claim.printed, claim.part, base, claim.shown)
    return fault(whole, [one for one in known if one[1] == "quota"], cell)
