"""The way to admission as a chain of dated acts: who must do each, which are still to do, and for whom it is asked."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from validation import stages
from validation.rulebook import Rulebook
from validation.triggers import DOSSIER_PAPERS
from validation.vocabulary import Stage, Step, year_of
from validation.workdays import WorkCalendar


class Actor(StrEnum):
    """Who must do an act, or see to it that others do."""

    BRANCH = "branch"
    COMMITTEE = "committee"
    SUPERIOR = "superior"  # whoever is competent to decide


@dataclass(frozen=True, slots=True)
class Act:
    """One act: the register column that dates it, the step it belongs to, who must do it.

    `optional`: not every branch or person needs it, and no column tells who does.
    """

    column: str
    step: Step
    actor: Actor
    optional: bool = False


#: Every act before the admission that a register dates, in the order of the procedure. Two members may introduce in
#: the place of a union, and a branch may stand directly under the body that decides: hence what is optional.
#: The dossier goes up after the branch has resolved. Registers date its leaving the committee, hence its place; a local
#: rule dates its leaving the branch, before the committee resolves. No document counts a term from that day.
CHAIN: tuple[Act, ...] = (
    Act("certificate_on", Step.CERTIFY_COURSE, Actor.COMMITTEE),
    Act("dossier_opened_on", Step.OPEN_DOSSIER, Actor.COMMITTEE),
    Act("applied_on", Step.APPLY, Actor.BRANCH),
    Act("vetting_sent_on", Step.VET, Actor.BRANCH),
    Act("vetting_result_on", Step.VET, Actor.BRANCH),
    Act("union_resolved_on", Step.INTRODUCE_BY_UNION, Actor.BRANCH, optional=True),
    Act("residence_opinion_on", Step.GATHER_OPINIONS, Actor.BRANCH),
    Act("branch_resolved_on", Step.RESOLVE_BRANCH, Actor.BRANCH),
    Act("committee_resolved_on", Step.RESOLVE_COMMITTEE, Actor.COMMITTEE, optional=True),
    Act("dossier_sent_on", Step.RESOLVE_COMMITTEE, Actor.COMMITTEE, optional=True),
    Act("decided_on", Step.DECIDE_ADMISSION, Actor.SUPERIOR),
    Act("ceremony_on", Step.HOLD_CEREMONY, Actor.BRANCH),
)
ACTS: dict[str, Act] = {act.column: act for act in CHAIN}

_PLACE = {column: place for place, column in enumerate(ACTS)}

#: Other acts that show an undated one to lie behind; so does a later resolution of the branch, or the decision.
_SHOWN_BY: dict[str, tuple[str, ...]] = {
    "dossier_opened_on": DOSSIER_PAPERS,
    "vetting_sent_on": ("vetting_result_on",),
}
_MAIN = ("branch_resolved_on", "decided_on")


@dataclass(frozen=True, slots=True)
class Horizon:
    """What a forecast is asked for: by which law and calendar, as of which day, admitted by which day.

    `counted_by`: the column whose day counts as admission, `ceremony_on` or `decided_on`.
    """

    rulebook: Rulebook
    calendar: WorkCalendar
    as_of: date
    until: date
    counted_by: str

    @property
    def stages(self) -> tuple[str, ...]:
        """The `Stage` values of people on the way: all before the one that the admission leads to."""
        reached = Stage.PROBATIONARY if "ceremony_on" in chain_to(self.counted_by) else Stage.AWAITING_CEREMONY
        return tuple(stage.value for stage in list(Stage)[: list(Stage).index(reached)])

    @property
    def today(self) -> pd.Timestamp:
        """`as_of` as frames keep it."""
        return pd.Timestamp(self.as_of).as_unit("us")

    @property
    def target(self) -> pd.Timestamp:
        """`until` as frames keep it."""
        return pd.Timestamp(self.until).as_unit("us")


def chain_to(counted_by: str) -> tuple[str, ...]:
    """The columns of the chain up to the day that counts as admission.

    Raises `ValueError` for a column that admissions are not counted by.
    """
    if counted_by not in ("ceremony_on", "decided_on"):
        raise ValueError(f"admissions are not counted by {counted_by!r}")
    return tuple(ACTS)[: _PLACE[counted_by] + 1]


def follows(column: str, other: str) -> bool:
    """Whether an act comes after another in the chain."""
    return _PLACE[column] > _PLACE[other]


def in_pipeline(typed: pd.DataFrame, horizon: Horizon) -> "pd.Series[bool]":
    """Who has neither left nor been admitted."""
    return stages.assign(typed, horizon.as_of).isin(horizon.stages) & ~stages.left(typed)


def still_to_do(past: pd.DataFrame, counted_by: str) -> pd.DataFrame:
    """Whether each act of the chain lies ahead, one boolean column each; `past` holds no day still to come.

    A year alone shows that an act was done, and so does the number of a certificate.
    """
    done = pd.DataFrame({column: past[year_of(column)] != 0 for column in ACTS})
    done["certificate_on"] |= past["certificate_number"].notna()
    ahead = {column: ~done[[column, *_evidence(column)]].any(axis="columns") for column in chain_to(counted_by)}
    return pd.DataFrame(ahead, index=past.index)


def _evidence(column: str) -> list[str]:
    return [*_SHOWN_BY.get(column, ()), *(main for main in _MAIN if follows(main, column))]
