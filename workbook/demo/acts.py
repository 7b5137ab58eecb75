"""What can happen to a made-up committee in a month beside the ordinary: each act does it and says what it did."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from validation.vocabulary import Stage, Status
from workbook.codes import label as word
from workbook.consolidate.change_lines import Change
from workbook.demo.life import Life
from workbook.demo.particulars import commune
from workbook.demo.people import person
from workbook.demo.procedure import STEPS
from workbook.demo.town import Event, Town
from workbook.labels import label
from workbook.layout import HEADING
from workbook.text import bare, key

Act = Callable[[Town], Iterator[Event]]

#: Serial numbers of people who come in by an act; those of the first list are below.
_SERIALS_FROM = 500_000


def leaves(status: Status, *stages: Stage) -> Act:
    """Somebody at one of the stages leaves the list."""

    def act(town: Town) -> Iterator[Event]:
        life = town.pick(lambda life: life.stage(town.day) in stages)
        on, was = town.day - timedelta(days=4), label(life.stage(town.day))
        life.until = town.since
        place = commune(town.rng) if status is Status.MOVED_OUT else ""
        life.amend(status=word(status), status_changed_on=on, moved_to=place)
        yield _event(Change.LEFT, life, said=(was, word(status), _day(on), place))

    return act


def returns(town: Town) -> Iterator[Event]:
    """Somebody who was struck from the list is put back on it."""
    struck = word(Status.REMOVED)
    life = next(life for life in town.lives if life.whole.status == struck and town.told(life.branch))
    life.amend(status=word(Status.FOLLOWED), status_changed_on=None)
    yield _event(Change.RETURNED, life, said=(struck, label(life.stage(town.day))))


def vanishes(town: Town) -> Iterator[Event]:
    """A line is deleted, and nobody says why."""
    life = town.pick(lambda life: not life.whole.status_changed_on)
    life.listed = False
    yield _event(Change.VANISHED, life, said=(label(life.stage(town.since)),))


def moves(*, trace: bool) -> Act:
    """Somebody goes to another branch; with a `trace` the old branch keeps the line and says so."""

    def act(town: Town) -> Iterator[Event]:
        life = town.pick(lambda life: life.stage(town.day) in (Stage.SYMPATHIZER, Stage.CERTIFIED))
        old = life.branch
        homes = [one.name for one in town.branches if one.name in town.layouts and town.told(one.name)]
        life.branch = town.rng.choice([name for name in homes if name != old and _complete(town, name)])
        if trace:
            gone: dict[str, Any] = {
                "status": word(Status.MOVED_OUT),
                "status_changed_on": town.day,
                "moved_to": life.branch,
            }
            town.traces.append((old, replace(life.on(town.day), **gone)))
        life.amend(status=word(Status.MOVED_IN) if trace else life.whole.status)
        yield _event(Change.MOVED, life, said=(old, life.branch))

    return act


def alters(column: str, by: int, *stages: Stage) -> Act:
    """A day that had been reported is changed by so many days."""

    def act(town: Town) -> Iterator[Event]:
        life = town.pick(lambda life: life.stage(town.day) in stages and bool(life.day_of(column, town.since)))
        yield _altered(life, column, getattr(life.whole, column) + timedelta(days=by))

    return act


def antedates(town: Town) -> Iterator[Event]:
    """An admission of this year turns out to be one of the last."""
    life = town.pick(lambda life: _admitted_in(life, town.day))
    yield _altered(life, "ceremony_on", date(town.day.year - 1, 12, 28))


def takes_back(town: Town) -> Iterator[Event]:
    """An admission was reported that has not taken place."""
    life = town.pick(lambda life: _admitted_in(life, town.day))
    was, later = life.whole, STEPS[STEPS.index("ceremony_on") :]
    reported = [step for step in later if life.day_of(step, town.since)]
    life.amend(**dict.fromkeys(later))
    days = [_day(getattr(was, step)) for step in reported]
    yield _event(Change.BACK, life, said=(label(Stage.PROBATIONARY), label(Stage.AWAITING_CEREMONY), *days))


def erases(column: str, *stages: Stage) -> Act:
    """A day that had been reported is deleted."""

    def act(town: Town) -> Iterator[Event]:
        life = town.pick(lambda life: life.stage(town.day) in stages and bool(life.day_of(column, town.since)))
        was = getattr(life.whole, column)
        life.amend(**{column: None})
        yield _event(Change.REMOVED, life, HEADING[column], said=(_day(was),))

    return act


def respells(town: Town) -> Iterator[Event]:
    """The marks are taken off a given name."""
    life = town.pick(lambda life: bare(_given(life)) != key(_given(life)))
    yield _corrected(life, "full_name", life.whole.full_name.replace(_given(life), bare(_given(life)).title()))


def renumbers(town: Town) -> Iterator[Event]:
    """The last two digits of an identity number change places."""
    life = town.pick(lambda life: life.whole.citizen_id[-1] != life.whole.citizen_id[-2])
    number = life.whole.citizen_id
    yield _corrected(life, "citizen_id", number[:-2] + number[-1] + number[-2])


def born_later(town: Town) -> Iterator[Event]:
    """A day of birth is put right by a day."""
    life = town.pick(lambda life: life.whole.birth_on.day < 28)
    yield _corrected(life, "birth_on", life.whole.birth_on + timedelta(days=1))


def namesake_comes(town: Town) -> Iterator[Event]:
    """Somebody new is called what another of the branch is called."""
    other = town.pick(lambda life: life.stage(town.day) is Stage.SYMPATHIZER)
    comes(town, other.branch, full_name=other.whole.full_name, sex=other.whole.sex)
    return iter(())  # the month's progress tells of everybody new


def comes(town: Town, branch: str, **fixed: Any) -> None:
    """Somebody new is put on a branch's list, a sympathizer for some time already."""
    new = person(town.rng, Stage.SYMPATHIZER, town.since, serial=_SERIALS_FROM + len(town.lives), **fixed)
    town.lives.append(Life(new, branch, joined=town.day, touched=True))


def _event(kind: Change, life: Life, column: str = "", said: tuple[str, ...] = ()) -> Event:
    return Event(kind, life.branch, life.whole.full_name, column, said)


def _altered(life: Life, column: str, day: date) -> Event:
    was = getattr(life.whole, column)
    life.amend(**{column: day})
    return _event(Change.ALTERED, life, HEADING[column], said=(_day(was), _day(day)))


def _corrected(life: Life, column: str, value: Any) -> Event:
    was = getattr(life.whole, column)
    life.amend(**{column: value})
    said = () if column == "citizen_id" else (_text(was), _text(value))
    return _event(Change.CORRECTED, life, HEADING[column], said)


def _given(life: Life) -> str:
    return life.whole.full_name.rpartition(" ")[2]


def _admitted_in(life: Life, day: date) -> bool:
    held = life.day_of("ceremony_on", day)
    return held is not None and held.year == day.year


def _complete(town: Town, branch: str) -> bool:
    return town.shows(branch, "citizen_id", "birth_on")


def _text(value: Any) -> str:
    return _day(value) if isinstance(value, date) else str(value)


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
