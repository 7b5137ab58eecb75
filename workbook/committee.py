"""The committee as its book describes it: settings, branches with quotas, holidays, decisions. Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class CountedBy(StrEnum):
    """Which day makes an admission count for a year."""

    CEREMONY = "ceremony_on"
    DECISION = "decided_on"


class DecisionKind(StrEnum):
    """What a person decided once and must not be asked again."""

    WITHDRAW = "withdraw"  # subject: a file name or its SHA-256
    ASSIGN = "assign"  # subject: a file name or its SHA-256; content: branch
    HEADING = "heading"  # subject: the branch's heading; content: the register's heading
    EXPLAIN = "explain"  # subject: the code of a query; content: the reason
    PERSON = "person"  # subject: the code of a group of lines; content: one person (counted where) or two
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch of the committee book; counts are None where the clerk left them blank."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    members: int | None = None
    quota: int | None = None
    term_quota: int | None = None
    watcher: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    merged_into: str = ""
    members_at_start: int | None = None

    def stands_on(self, day: date) -> bool:
        """Whether the branch exists on that day by its validity dates."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)

    def ended_before(self, day: date) -> bool:
        """Whether the branch is no more on that day."""
        return self.valid_to is not None and self.valid_to < day


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the sheet "Quyết định"; `cell`: where its subject stands, "" where it comes from elsewhere."""

    kind: DecisionKind
    subject: str
    content: str = ""
    note: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    cell: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Committee:
    """Everything a run needs to know beside the submissions.

    `workdays` overrides the calendar: True = worked in exchange, False = a day off.
    """

    name: str
    superior: str = ""
    year: int = 0
    closing_on: date | None = None
    counted_by: CountedBy = CountedBy.CEREMONY
    decimals: int = 2
    reminders: tuple[int, ...] = (90, 60, 30, 15, 7)
    overlays: tuple[str, ...] = ()
    submit_by: date | None = None
    forecast_until: date | None = None
    term_from: date | None = None
    term_to: date | None = None
    branches: tuple[Branch, ...] = ()
    workdays: Mapping[date, bool] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()

    @property
    def forecast_day(self) -> date:
        """The day forecasts are made for: the committee's own, else the last of its year."""
        return self.forecast_until or date(self.year, 12, 31)
