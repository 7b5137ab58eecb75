"""What a regulation says, as values: a deadline, a condition, an exemption, a term. No files here, no choosing by day.

The shapes are checked when they are made from TOML (`validation/regulation_files.py`), so that nobody
downstream meets a column, a step or a unit that does not exist.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from validation.vocabulary import DATE_COLUMNS, Status, Step

#: Days no register holds; `validation/deadlines.py` works them out from the columns that it does hold.
DOSSIER_STARTED = "dossier_started_on"
PROBATION_ENDS = "probation_ends_on"
DERIVED_COLUMNS = (DOSSIER_STARTED, PROBATION_ENDS)


class Unit(StrEnum):
    """What a count counts."""

    WORKING_DAYS = "working_days"
    CALENDAR_MONTHS = "calendar_months"


class Nature(StrEnum):
    """What it means when the day passes."""

    ACT = "act"  # something had to be done by then
    VALIDITY = "validity"  # a paper lapses


class Source(StrEnum):
    """How sure one number is: read in the document, cited by others, or only recalled."""

    READ = "read"
    CITED = "cited"
    RECALLED = "recalled"


class Reading(StrEnum):
    """How a document's text is known; `CITED` also where only parts of it were read."""

    READ = "read"
    CITED = "cited"
    RECALLED = "recalled"
    UNSEEN = "unseen"  # its name and single statements come from others


class Series(StrEnum):
    """The lines of documents in which a newer one replaces the one before."""

    STATUTE_RULES = "statute rules"
    SECRETARIAT_GUIDE = "secretariat guide"
    ORGANISATION_GUIDE = "organisation guide"
    OVERLAY = "overlay"  # a province's or committee's own, over the central ones


def _register_column(name: str) -> str:
    if name not in DATE_COLUMNS:
        raise ValueError(f"no date column of the register is called {name!r}")
    return name


def _trigger_column(name: str) -> str:
    return name if name in DERIVED_COLUMNS else _register_column(name)


_STRICT = ConfigDict(extra="forbid")
Key = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$")]
Text = Annotated[str, Field(min_length=1)]
Count = Annotated[int, Field(strict=True, gt=0)]
RegisterColumn = Annotated[str, AfterValidator(_register_column)]
TriggerColumn = Annotated[str, AfterValidator(_trigger_column)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """`done` is due `count` units after `counted_from`; `code` names the sentence a clerk reads when it is not.

    `extension`: further units that may be granted; None where the document was not seen to state any.
    `fallback`: the column counted from, provisionally, while `counted_from` is blank; None for none.
    `stands_in`: `counted_from` only stands in for the day the law names, which no register column holds.
    `condition`: the key under which the same period of calendar months, stated once, is a condition too; "" for none.
    """

    __pydantic_config__ = _STRICT

    key: Key
    step: Step
    counted_from: TriggerColumn
    fallback: RegisterColumn | None = None
    stands_in: bool = False
    done: RegisterColumn
    count: Count
    unit: Unit
    condition: Key | Literal[""] = ""
    extension: Count | None = None
    nature: Nature
    code: Key
    cite: Text
    source: Source

    @property
    def triggers(self) -> tuple[str, ...]:
        """The columns it may be counted from, the proper one first."""
        return (self.counted_from,) if self.fallback is None else (self.counted_from, self.fallback)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A whole number that a person, a paper or a vote is measured against."""

    __pydantic_config__ = _STRICT

    key: Key
    value: Count
    cite: Text
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """For whom a condition does not hold.

    `condition`: its key. `status`: whom the register shows by it, None where no column tells who it is.
    """

    __pydantic_config__ = _STRICT

    key: Key
    condition: Key
    status: Status | None = None
    cite: Text
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A time limit whose start or end no register column holds: kept beside the others, so that nobody takes it for
    forgotten; no clock runs by it.

    `doubtful` tells whoever reads the file why a number as printed should not be relied on; "" for none.
    """

    __pydantic_config__ = _STRICT

    key: Key
    count: Count
    unit: Unit
    cite: Text
    source: Source
    doubtful: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """One dated document. `id` is number and date, since numbers restart with every Congress term.

    `signed_on` is None where only the month is known. `in_force_assumed`: the first day in force was not
    seen stated. Both are for whoever checks the file against the document; no clock asks for them. `replaces`
    is the id of its predecessor, "" for the first of a line.
    """

    __pydantic_config__ = _STRICT

    id: Text
    slug: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    series: Series
    title: Text
    signed_on: date | None = None
    in_force_from: date
    in_force_assumed: bool
    replaces: str
    read: Reading
    deadlines: tuple[Deadline, ...] = ()
    conditions: tuple[Condition, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def provisions(self) -> tuple[Deadline | Condition | Exemption | Term, ...]:
        """Everything it states."""
        return (*self.deadlines, *self.conditions, *self.exemptions, *self.terms)
