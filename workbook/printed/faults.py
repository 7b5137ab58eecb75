"""What can be wrong with a printed percentage, and the question that says so."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbook.incoming.raw import Question
from workbook.percent import whole
from workbook.printed.claims import Claim, Kind
from workbook.printed.rounding import Fit, fit, right
from workbook.printed.words import kind_said

#: A whole that could have been divided by, and what it is ("quota", "members", "admitted", "before", "other").
Base = tuple[int, str]


def fault(claim: Claim, others: Iterable[Base], cell: str = "") -> Question | None:
    """What is wrong with a claim whose base is known; None where it is right.

    `others`: other numbers of the report that may have been divided by instead.
    """
    if claim.kind is Kind.OVER:
        return _over(claim, cell)
    agrees = fit(claim.printed, claim.part, claim.base)
    if agrees is Fit.NONE:
        return _wrong(claim, others, cell)
    return None if agrees is Fit.HALF_UP else Question("printed.cut", cell, detail=_detail(claim))


def _over(claim: Claim, cell: str) -> Question | None:
    """By how much a quota was exceeded: the excess, not the whole, and only where there is one."""
    excess = claim.part - claim.base
    agrees = fit(claim.printed, excess, claim.base)
    if agrees is Fit.HALF_UP:
        return None
    reached = {"reached": right(claim.part, claim.base, claim.printed.decimals)}
    detail = _detail(claim) | reached
    if excess < 0:
        return Question("printed.not_over", cell, detail=detail)
    detail["right"] = right(excess, claim.base, claim.printed.decimals)
    if agrees is Fit.CUT:
        return Question("printed.cut", cell, detail=detail | {"part": whole(excess)})
    told_whole = fit(claim.printed, claim.part, claim.base) is not Fit.NONE
    return Question("printed.over" if told_whole else "printed.wrong_over", cell, detail=detail)


def _wrong(claim: Claim, others: Iterable[Base], cell: str) -> Question:
    """A wrong percentage: by another denominator where one explains it, the excess told as the whole, or just wrong."""
    detail, printed = _detail(claim), claim.printed
    divided = [one for one in others if one[0] != claim.base and fit(printed, claim.part, one[0]) is not Fit.NONE]
    if divided:
        other, kind = divided[0]
        told = {"other": whole(other), "kind": kind_said(kind)}
        return Question("printed.denominator", cell, detail=detail | told)
    excess = claim.part - claim.base
    if claim.kind is Kind.REACHED and excess > 0 and fit(printed, excess, claim.base) is not Fit.NONE:
        return Question("printed.excess", cell, detail=detail)
    return Question("printed.wrong", cell, detail=detail)


def _detail(claim: Claim) -> dict[str, object]:
    return {
        "value": claim.shown,
        "printed": claim.printed.shown,
        "part": whole(claim.part),
        "whole": whole(claim.base),
        "right": right(claim.part, claim.base, claim.printed.decimals),
    }


def misdivided(claim: Claim, wholes: Sequence[Base], cell: str = "") -> Question | None:
    """What is wrong with a share whose base is said elsewhere: the first of `wholes` is what it should be of.

    Silent where any whole explains it that is no quota, or where nothing is known to divide by.
    """
    admitted = whole_of(claim, wholes)
    explained = any(fit(claim.printed, claim.part, base) is not Fit.NONE for base, kind in wholes if kind != "quota")
    if explained or not admitted:
        return None
    return fault(replace(claim, kind=Kind.REACHED, base=admitted), [one for one in wholes if one[1] == "quota"], cell)


def whole_of(claim: Claim, wholes: Sequence[Base]) -> int:
    """How many were admitted, of whom the share is some; 0 where that is said nowhere."""
    return next((base for base, kind in wholes if kind == "admitted" and base >= claim.part), 0)
