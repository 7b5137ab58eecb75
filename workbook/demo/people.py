"""Made-up people of a branch register, lawful by construction; the same seed always makes the same people."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from validation.vocabulary import Stage, Status
from workbook.codes import label
from workbook.demo import particulars
from workbook.demo.procedure import days_of, walk

#: Where a person may stand who has left the branch, beside the seven stages.
LEFT = "left"

#: How a branch's people are spread over the stages, in hundredths.
WEIGHTS: dict[str, int] = {
    Stage.SYMPATHIZER: 28,
    Stage.CERTIFIED: 18,
    Stage.DOSSIER: 11,
    Stage.AWAITING_DECISION: 7,
    Stage.AWAITING_CEREMONY: 5,
    Stage.PROBATIONARY: 17,
    Stage.OFFICIAL: 9,
    LEFT: 5,
}

#: How people leave: the status, the stage they stood at, how many days ago at most (twelve months for a probationer).
_LEAVINGS = (
    (Status.REMOVED, Stage.SYMPATHIZER, 200),
    (Status.MOVED_OUT, Stage.CERTIFIED, 200),
    (Status.REFUSED, Stage.AWAITING_DECISION, 60),
    (Status.STRUCK_OFF, Stage.PROBATIONARY, 400),
    (Status.DECEASED, Stage.SYMPATHIZER, 200),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One line of a register: a field per register column, labels as a clerk writes them, "" and None = blank.

    `standing` is the truth the register only implies: a Stage value, or `LEFT`.
    """

    standing: str
    number: str = ""
    full_name: str
    birth_on: date
    sex: str
    citizen_id: str
    ethnicity: str
    religion: str
    native_place: str
    residence: str
    schooling: str
    qualification: str
    political_theory: str
    occupation: str
    position: str
    target_groups: str
    youth_union_on: date | None = None
    sympathizer_on: date | None = None
    helper: str = ""
    helper_assigned_on: date | None = None
    certificate_number: str = ""
    certificate_on: date | None = None
    dossier_opened_on: date | None = None
    applied_on: date | None = None
    vetting_sent_on: date | None = None
    vetting_result_on: date | None = None
    union_resolved_on: date | None = None
    residence_opinion_on: date | None = None
    branch_resolved_on: date | None = None
    votes_for: int | None = None
    members_summoned: int | None = None
    committee_resolved_on: date | None = None
    dossier_sent_on: date | None = None
    decision_number: str = ""
    decided_on: date | None = None
    decision_received_on: date | None = None
    ceremony_on: date | None = None
    member_record_on: date | None = None
    new_member_certificate_on: date | None = None
    recognition_resolved_on: date | None = None
    recognized_on: date | None = None
    card_number: str = ""
    status: str = ""
    status_changed_on: date | None = None
    moved_to: str = ""
    explanation: str = ""
    remark: str = ""


def people(
    seed: int,
    count: int,
    as_of: date,
    stages: Mapping[str, int] = WEIGHTS,
    *,
    first: int = 0,
    kind: str = "",
) -> list[Person]:
    """`count` people spread over `stages` (standing → weight); no two share an identity number.

    Lists of one register office stay apart when `first` continues the count of the list before.
    `kind` is the kind of branch (`words_vi.toml`, [[kind]]); "" mixes them.
    """
    rng = Random(seed)
    standings = rng.choices(list(stages), weights=list(stages.values()), k=count)
    made = (person(rng, standing, as_of, serial=first + at, kind=kind) for at, standing in enumerate(standings))
    return [replace(someone, number=str(at)) for at, someone in enumerate(made, start=1)]


def person(
    rng: Random, standing: str, as_of: date, *, serial: int | None = None, kind: str = "", **fixed: Any
) -> Person:
    """One person who stands at `standing` on `as_of`, nothing dated later and nothing late.

    `serial` (below a million) makes the identity number unlike that of any other serial; `fixed` sets
    register columns, and what follows from them (a name from the sex, the identity number from both) agrees.
    """
    if standing == LEFT:
        return _left(rng, as_of, serial=serial, kind=kind, **fixed)
    return _build(rng, standing, days_of(rng, Stage(standing), as_of), serial, kind, fixed)


def admitted(rng: Random, ceremony_on: date, as_of: date, *, serial: int | None = None, **fixed: Any) -> Person:
    """One person admitted on `ceremony_on`: official when the recognition is through by `as_of`, else on probation."""
    days = walk(rng, "ceremony_on", ceremony_on, as_of, "recognized_on")
    standing = Stage.OFFICIAL if "recognized_on" in days else Stage.PROBATIONARY
    return _build(rng, standing, days, serial, "", fixed)


def _left(rng: Random, as_of: date, **fixed: Any) -> Person:
    status, stage, ago = rng.choice(_LEAVINGS)
    someone = person(rng, stage, as_of - timedelta(days=ago), **fixed)
    return replace(
        someone,
        standing=LEFT,
        status=label(status),
        status_changed_on=as_of - timedelta(days=rng.randint(1, 30)),
        moved_to=particulars.commune(rng) if status == Status.MOVED_OUT else "",
    )


def _build(
    rng: Random, standing: str, days: dict[str, date], serial: int | None, kind: str, fixed: dict[str, Any]
) -> Person:
    profile = rng.choice(particulars.profiles(kind))
    facts: dict[str, Any] = {**days, **fixed}
    facts = {**particulars.work(rng, profile), **particulars.home(rng), **facts}
    facts = {**particulars.identity(rng, profile["ages"], serial, facts), **facts}
    facts = {**particulars.papers(rng, facts), **facts}
    return Person(standing=str(standing), **facts)
