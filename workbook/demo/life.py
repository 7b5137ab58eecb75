"""One made-up person living through a year: everything that will happen is settled, a register shows what has."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from validation.vocabulary import Stage
from workbook.demo.layouts import MILESTONES
from workbook.demo.people import Person
from workbook.demo.procedure import STEPS

#: What a register can only say once the day is there.
_FOLLOWS = {
    "helper": "helper_assigned_on",
    "certificate_number": "certificate_on",
    "votes_for": "branch_resolved_on",
    "members_summoned": "branch_resolved_on",
    "decision_number": "decided_on",
    "card_number": "recognized_on",
}


@dataclass(slots=True)
class Life:
    """`whole` holds every day of the person's way; nothing after `until` is ever written down.

    The line is on the register from `joined` until `listed` is False; `touched` is True once something out of the
    ordinary has befallen the person.
    """

    whole: Person
    branch: str
    until: date = date.max
    joined: date = date.min
    listed: bool = True
    touched: bool = False

    def stands_on(self, day: date) -> bool:
        """Whether the branch has the person on its list."""
        considered = self.whole.sympathizer_on
        return self.listed and considered is not None and max(considered, self.joined) <= day

    def day_of(self, step: str, day: date) -> date | None:
        """The day of a step as the register has it on `day`."""
        taken: date | None = getattr(self.whole, step)
        return taken if taken and taken <= min(day, self.until) else None

    def on(self, day: date) -> Person:
        """The line as the register has it on `day`."""
        shown: dict[str, Any] = {step: self.day_of(step, day) for step in STEPS}
        blank: dict[str, Any] = {
            name: Person.__dataclass_fields__[name].default for name, step in _FOLLOWS.items() if not shown[step]
        }
        return replace(self.whole, **shown, **blank)

    def stage(self, day: date) -> Stage:
        """How far the person has come by `day`."""
        return max((stage for stage in Stage if self.day_of(MILESTONES[stage], day)), key=list(Stage).index)

    def taken(self, since: date, day: date) -> list[str]:
        """The steps written down after `since`, up to `day`."""
        return [step for step in STEPS if self.day_of(step, day) and not self.day_of(step, since)]

    def amend(self, **facts: Any) -> None:
        """Write something else than before; the person is left alone for the rest of the year."""
        self.whole, self.touched = replace(self.whole, **facts), True
