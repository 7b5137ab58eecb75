"""A made-up committee that lives: its branches, its people, its registers, and what happens to them in a month."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from workbook.committee import Branch
from workbook.consolidate.change_lines import Change
from workbook.demo.layouts import Layout, register_column
from workbook.demo.life import Life
from workbook.demo.people import Person
from workbook.labels import label


@dataclass(frozen=True, slots=True)
class Event:
    """What truly happened: `said` are words that a faithful telling must hold."""

    kind: Change
    branch: str
    name: str = ""
    column: str = ""
    said: tuple[str, ...] = ()


@dataclass(slots=True)
class Town:
    """The committee between two month's ends, `since` and `day`.

    `traces` are lines left behind by people who stand elsewhere. `silent` branches send nothing this month,
    `muted` ones sent nothing the month before. `reported`: admissions of the year by branch as of `since`.
    """

    rng: Random
    branches: list[Branch]
    layouts: dict[str, Layout]
    lives: list[Life]
    since: date
    day: date
    traces: list[tuple[str, Person]] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)
    muted: set[str] = field(default_factory=set)
    reported: Counter[str] = field(default_factory=Counter)

    def register(self, branch: str) -> list[Person]:
        """The lines of a branch on the day."""
        lines = [life.on(self.day) for life in self.lives if life.branch == branch and life.stands_on(self.day)]
        lines += [person for place, person in self.traces if place == branch]
        return [replace(person, number=str(at)) for at, person in enumerate(lines, start=1)]

    def shows(self, branch: str, *columns: str) -> bool:
        """Whether the branch's register has these columns."""
        return set(columns) <= {register_column(source) for source in self.layouts[branch].sources}

    def told(self, branch: str) -> bool:
        """Whether both books can speak of the branch."""
        return branch not in self.silent | self.muted

    def pick(self, suits: Callable[[Life], bool]) -> Life:
        """Somebody whom nothing else befalls this month, in a branch that shows who people are; LookupError if none."""
        calm = [
            life
            for life in self.lives
            if life.stands_on(self.since)
            and not life.touched
            and not life.taken(self.since, self.day)
            and self.told(life.branch)
            and self.shows(life.branch, "citizen_id", "birth_on")
        ]
        fit = [life for life in calm if suits(life)]
        if not fit:
            raise LookupError("nobody is left to whom this can happen")
        return self.rng.choice(fit)

    def progress(self) -> Iterator[Event]:
        """What the month brings by itself: new people, and steps taken by those on the list before."""
        for life in self.lives:
            if not self.told(life.branch) or not life.stands_on(self.day):
                continue
            if not life.stands_on(self.since):
                yield Event(Change.NEW, life.branch, life.whole.full_name, said=(label(life.stage(self.day)),))
            elif steps := [step for step in life.taken(self.since, self.day) if self.shows(life.branch, step)]:
                yield self._step(life, steps)

    def _step(self, life: Life, steps: list[str]) -> Event:
        before, now = life.stage(self.since), life.stage(self.day)
        days = tuple(f"{life.day_of(step, self.day):%d/%m/%Y}" for step in steps)
        kind = Change.DONE if before == now else Change.FORWARD
        stages = (label(before),) if before == now else (label(before), label(now))
        return Event(kind, life.branch, life.whole.full_name, said=stages + days)

    def admitted(self) -> Counter[str]:
        """How many each register has as admitted in the year."""
        days = [(life.branch, life.day_of("ceremony_on", self.day)) for life in self.lives if life.stands_on(self.day)]
        return Counter(branch for branch, day in days if day and day.year == self.day.year)
