"""People who are late: lawful once, and nothing has happened since.

Lateness is not typed in: such a person is made as of an earlier day, so that only the waiting is wrong.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from random import Random

from validation.vocabulary import Stage
from workbook.demo.draft import Draft
from workbook.demo.people import person

#: Name → where the person stands still, for how many days, the column the clock started from, the one that ends it.
_STANDSTILLS: Mapping[str, tuple[Stage, int, str, str]] = {
    "late_decision": (Stage.AWAITING_DECISION, 100, "branch_resolved_on", "decided_on"),
    "late_ceremony": (Stage.AWAITING_CEREMONY, 60, "decided_on", "ceremony_on"),
    "late_recognition": (Stage.PROBATIONARY, 430, "ceremony_on", "recognition_resolved_on"),
    "expired_certificate": (Stage.CERTIFIED, 1850, "certificate_on", "branch_resolved_on"),
    "lapsed_dossier": (Stage.DOSSIER, 380, "dossier_opened_on", "branch_resolved_on"),
}


def _stand_still(
    stage: Stage, days: int, column: str, ended_by: str, draft: Draft, rng: Random
) -> list[tuple[int, str]]:
    """Replace somebody who stands at `stage` by somebody who has stood there for `days` more.

    Only a layout with the column that would end the wait can show that it has not ended.
    """
    for at in draft.clean(column) if ended_by in draft.layout.sources else ():
        old = draft.people[at]
        if old.standing == stage:
            late = person(rng, stage, draft.cover.as_of - timedelta(days=days), serial=0)
            unique = replace(late, number=old.number, citizen_id=late.citizen_id[:6] + old.citizen_id[6:])
            draft.rewrite(at, unique)
            return [(at, column)]
    return []


#: Every kind of lateness by name; used like the messes of `messes.MESSES`.
LATENESS: Mapping[str, Callable[[Draft, Random], list[tuple[int, str]]]] = {
    name: partial(_stand_still, *standstill) for name, standstill in _STANDSTILLS.items()
}
