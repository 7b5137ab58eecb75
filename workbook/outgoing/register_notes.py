"""The note on each heading of the blank register: what to write, an example, which deadline it starts or ends.

Lists come from the codes, deadlines from the rulebook, so that a note never says other than a check.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from validation.provisions import DERIVED_COLUMNS, DOSSIER_STARTED, PROBATION_ENDS, Deadline, Nature
from validation.rulebook import Rulebook
from validation.triggers import DOSSIER_PAPERS
from validation.vocabulary import CODE_COLUMNS, TargetGroup
from workbook import codes
from workbook.layout import HEADING, Column, Kind
from workbook.phrases import phrase
from workbook.register_words import described, word

_LONG_LIST = 12  # labels that a note can hold

#: The register's columns behind a day that it does not hold.
_PAPERS = {DOSSIER_STARTED: DOSSIER_PAPERS, PROBATION_ENDS: ("ceremony_on",)}


def heading_note(column: Column, rulebook: Rulebook) -> str:
    """The whole note of a column by the rules in force last."""
    return "\n".join(_lines(column, rulebook))


def list_of(column: Column) -> type[StrEnum] | None:
    """The closed list of a column, None where it has none."""
    return TargetGroup if column.kind is Kind.CODES else CODE_COLUMNS.get(column.name)


def _lines(column: Column, rulebook: Rulebook) -> Iterator[str]:
    what, example = described(column.name)
    yield what
    listed = list_of(column)
    if listed:
        yield _choices(column, codes.labels(listed))
    if example:
        yield word("note", "example", example=example)
    for key in rulebook.keys:
        yield from _deadline(column.name, rulebook.eras(key)[-1].applied.deadline, rulebook)


def _deadline(column: str, deadline: Deadline, rulebook: Rulebook) -> Iterator[str]:
    """What one deadline says to the column it is counted from, and to the column of the act it awaits."""
    said = {"term": phrase(f"clock.{deadline.unit}", count=deadline.count), "cite": deadline.cite}
    derived = deadline.counted_from in DERIVED_COLUMNS
    if column in _PAPERS.get(deadline.counted_from, deadline.triggers):
        start = _start(deadline.counted_from, rulebook) if derived else word("note", "this_day")
        said_of = "lapses" if deadline.nature is Nature.VALIDITY else "starts"
        yield word("note", said_of, start=start, done=HEADING[deadline.done], **said)
    if column == deadline.done and deadline.nature is Nature.ACT:
        yield word("note", "within", start=_start(deadline.counted_from, rulebook), **said)


def _start(column: str, rulebook: Rulebook) -> str:
    if column not in DERIVED_COLUMNS:
        return HEADING[column]
    return word("note", column, months=probation_months(rulebook))


def probation_months(rulebook: Rulebook) -> int:
    """How long a probation lasts by the rules in force last."""
    stated = rulebook.condition("probation_months", date.max)
    if stated is None:
        raise LookupError("no regulation states probation_months")
    return stated.condition.value


def _choices(column: Column, labels: list[str]) -> str:
    if column.kind is Kind.CODES:
        return word("note", "several", labels="; ".join(labels))
    if len(labels) > _LONG_LIST:
        return word("note", "long_list")
    return word("note", "list", labels="; ".join(labels))
