"""How a branch stands with its quota: a word, and a mark beside it that lives with the figures."""

from enum import StrEnum

import pandas as pd

from workbook.outgoing.page import Page
from workbook.outgoing.styles import Accent
from workbook.percent import DASH
from workbook.states import State, state_label


class Tier(StrEnum):
    """How a branch stands with its quota, in words: on paper without colour they part what colour parts."""

    MET = "Đạt"
    BEHIND = "Chưa đạt"
    NOBODY = "Chưa có ai"


_ACCENTS = {Tier.NOBODY: Accent.STRONG, Tier.BEHIND: Accent.MILD}
_SILENT = state_label(State.MISSING)  # of a branch that has not handed in nobody knows

#: What the column comes to, as a template of `figures`.
FORMULA = (
    f'=IF(N({{cell[quota]}})=0,"—",IF({{cell[admitted]}}>={{cell[quota]}},"{Tier.MET}",'
    f'IF({{cell[admitted]}}>0,"{Tier.BEHIND}",IF({{cell[remark]}}="{_SILENT}","{_SILENT}","{Tier.NOBODY}"))))'
)


def tint(page: Page, last: int) -> None:
    """Mark out who lags, who is late, who has faults; `last` is the 0-based row of the total line."""
    first = page.first + 1
    known = [(f'${page.letter("tier")}{first}="{tier}"', accent) for tier, accent in _ACCENTS.items()]
    page.trim_shares("percent", last, known)
    page.trim_shares("term_percent", last)
    page.tint("tier", last, known)
    for name, accent in (("overdue", Accent.STRONG), ("errors", Accent.MILD)):
        page.tint(name, last - 1, [(f"N({page.letter(name)}{first})>0", accent)])


def of(branches: pd.DataFrame) -> list[str]:
    """What the column of tiers says of branches: `quota`, `admitted` (NaN unknown) and `missing`."""
    lines = branches[["quota", "admitted", "missing"]].itertuples(index=False)
    return [_tier(quota, admitted, missing=missing) for quota, admitted, missing in lines]


def _tier(quota: float, admitted: float, *, missing: bool = False) -> str:
    if pd.isna(quota) or pd.isna(admitted) or quota <= 0:
        return DASH
    if admitted >= quota:
        return Tier.MET
    if admitted > 0:
        return Tier.BEHIND
    return _SILENT if missing else Tier.NOBODY


def of_total(sums: "pd.Series[int]") -> str:
    """What the total line says of all branches together."""
    return _tier(sums["quota"], sums["admitted"])
