"""The days of one person's way, from sympathizer to official member, lawful by construction.

The gaps keep every term of 294-QD/TW 2025 and 06-HD/TW 2025 with room to spare, also over the New Year
holidays: the decision within 45 working days of the branch's resolution, the ceremony within 30 of the
decision, the dossier younger than 12 months and the certificate younger than 60 when the branch resolves,
the helper assigned at least 12 months before it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from dateutil.relativedelta import relativedelta

from validation.vocabulary import Stage

#: Days between a step and the one before it (fewest, most), in the order of the procedure.
GAPS: dict[str, tuple[int, int]] = {
    "sympathizer_on": (0, 0),
    "helper_assigned_on": (0, 12),
    "certificate_on": (200, 450),
    "dossier_opened_on": (165, 400),
    "applied_on": (3, 15),
    "vetting_sent_on": (3, 10),
    "vetting_result_on": (15, 33),
    "union_resolved_on": (3, 12),
    "residence_opinion_on": (3, 12),
    "branch_resolved_on": (5, 20),
    "committee_resolved_on": (5, 12),
    "dossier_sent_on": (1, 4),
    "decided_on": (8, 25),
    "decision_received_on": (1, 5),
    "ceremony_on": (3, 14),
    "member_record_on": (5, 25),
    "new_member_certificate_on": (90, 250),
    "recognition_resolved_on": (2, 22),  # after the twelve months of probation
    "recognized_on": (7, 25),
}
STEPS = tuple(GAPS)


@dataclass(frozen=True, slots=True)
class Span:
    """How a stage looks in the dates: the step that opens it `youngest` to `oldest` days ago, none after `last`."""

    opens: str
    youngest: int
    oldest: int
    last: str


SPANS: dict[Stage, Span] = {
    Stage.SYMPATHIZER: Span("sympathizer_on", 16, 500, "helper_assigned_on"),
    Stage.CERTIFIED: Span("certificate_on", 2, 700, "certificate_on"),
    Stage.DOSSIER: Span("dossier_opened_on", 2, 90, "residence_opinion_on"),
    Stage.AWAITING_DECISION: Span("branch_resolved_on", 1, 40, "dossier_sent_on"),
    Stage.AWAITING_CEREMONY: Span("decided_on", 1, 20, "decision_received_on"),
    Stage.PROBATIONARY: Span("ceremony_on", 1, 355, "new_member_certificate_on"),
    Stage.OFFICIAL: Span("ceremony_on", 425, 1500, "recognized_on"),
}


def days_of(rng: Random, stage: Stage, as_of: date) -> dict[str, date]:
    """Day of every step taken by somebody who stands at `stage` on `as_of`, with nothing late."""
    span = SPANS[stage]
    opened = _friday(as_of - timedelta(days=rng.randint(span.youngest, span.oldest)))
    return walk(rng, span.opens, opened, as_of, span.last)


def walk(rng: Random, anchor: str, on: date, as_of: date, last: str) -> dict[str, date]:
    """Day of every step, `anchor` being taken `on`: all steps before it, and those up to `last` done by `as_of`."""
    here = STEPS.index(anchor)
    days = {anchor: on}
    for step in reversed(STEPS[:here]):
        on = _friday(on - timedelta(days=rng.randint(*GAPS[STEPS[STEPS.index(step) + 1]])))
        days[step] = on
    for step in STEPS[here + 1 : STEPS.index(last) + 1]:
        day = _after(rng, step, days)
        if day > as_of:
            break
        days[step] = day
    return days


def _after(rng: Random, step: str, days: dict[str, date]) -> date:
    before = days[STEPS[STEPS.index(step) - 1]]
    if step == "recognition_resolved_on":
        before = days["ceremony_on"] + relativedelta(months=12)
    return _monday(before + timedelta(days=rng.randint(*GAPS[step])))


def _friday(day: date) -> date:
    """The day itself, or the Friday before a weekend; moving outwards only ever widens a gap."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _monday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
