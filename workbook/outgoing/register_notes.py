"""The note on each heading of the blank register: what to write, an example, which deadline it starts or ends.

Lists come from the codes, deadlines from the rulebook, so that a note never says other than a check.
"""

from collections.abc import Iterator
from enum import StrEnum

from validation.provisions import DERIVED_COLUMNS, Deadline, Nature
from validation.rulebook import Rulebook
from validation.triggers import DOSSIER_PAPERS
from validation.vocabulary import CODE_COLUMNS, TargetGroup
from workbook import codes
from workbook.layout import HEADING, Column, Kind
from workbook.outgoing.register_words import described, word
from workbook.phrases import phrase

_LONG_LIST = 12  # labels that a note can hold


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
        deadline = rulebook.eras(key)[-1].applied.deadline
        if column.name in _started_by(deadline):
            yield word("note", "starts", done=HEADING[deadline.done], **_said(deadline))
        if column.name == deadline.done and deadline.nature is Nature.ACT:
            yield word("note", "within", start=_start(deadline.counted_from), **_said(deadline))


def _choices(column: Column, labels: list[str]) -> str:
    if column.kind is Kind.CODES:
        return word("note", "several", labels="; ".join(labels))
    if len(labels) > _LONG_LIST:
        return word("note", "long_list")
    return word("note", "list", labels="; ".join(labels))


def _started_by(deadline: Deadline) -> tuple[str, ...]:
    """The register columns whose day a clock is counted from."""
    derived = {"dossier_started_on": DOSSIER_PAPERS, "probation_ends_on": ("ceremony_on",)}
    return derived.get(deadline.counted_from, deadline.triggers)


def _said(deadline: Deadline) -> dict[str, str]:
    return {"term": phrase(f"clock.{deadline.unit}", count=deadline.count), "cite": deadline.cite}


def _start(column: str) -> str:
    return word("note", column) if column in DERIVED_COLUMNS else HEADING[column]
