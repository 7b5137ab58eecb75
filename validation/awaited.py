"""Which days of a register the clocks of a person still go by, wherever that person stands."""

from validation.deadlines import MAIN_EVENTS
from validation.provisions import DOSSIER_STARTED, PROBATION_ENDS, Deadline
from validation.rulebook import Rulebook
from validation.stages import REACHED_BY
from validation.triggers import DOSSIER_PAPERS
from validation.vocabulary import Stage, Step

_ORDER = {step: place for place, step in enumerate(Step)}
#: Days that no register holds → the column that they follow from, as a rule.
_FOLLOWS_FROM = {DOSSIER_STARTED: DOSSIER_PAPERS[0], PROBATION_ENDS: "ceremony_on"}
#: The main act by which a person came to a stage.
_EVENT = {
    stage: step for stage, columns in REACHED_BY.items() for step, column in MAIN_EVENTS.items() if column in columns
}


def days_awaited(rulebook: Rulebook) -> dict[Stage, frozenset[str]]:
    """Stage → the register columns that a clock not closed there may be counted from or closed by."""
    deadlines = {era.applied.deadline for key in rulebook.keys for era in rulebook.eras(key)}
    return {
        stage: frozenset(column for one in deadlines if _is_open(one, stage) for column in _columns(one))
        for stage in Stage
    }


def _is_open(deadline: Deadline, stage: Stage) -> bool:
    """Whether neither the act of the deadline nor a later main act has carried a person to the stage."""
    came_by = _EVENT.get(stage)
    if came_by is None:
        return True
    return _ORDER[deadline.step] >= _ORDER[came_by] and deadline.done != MAIN_EVENTS[came_by]


def _columns(deadline: Deadline) -> tuple[str, ...]:
    return *(_FOLLOWS_FROM.get(column, column) for column in deadline.triggers), deadline.done
