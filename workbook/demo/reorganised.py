"""What can happen to a branch of a made-up committee: merged, closed, founded, renamed, silent, another form."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from workbook.committee import Branch
from workbook.consolidate.change_lines import Change
from workbook.demo.acts import Act, comes
from workbook.demo.layouts import Layout
from workbook.demo.life import Life
from workbook.demo.town import Event, Town
from workbook.layout import HEADING


def merges(place: int, into: int) -> Act:
    """One branch ends with the month before, and its people go on in another."""

    def act(town: Town) -> Iterator[Event]:
        branch, heir = town.branches[place].name, town.branches[into].name
        town.branches[place] = replace(town.branches[place], valid_to=town.since, merged_into=heir)
        for life in town.lives:
            life.branch = heir if life.branch == branch else life.branch
        _forget(town, branch)
        yield Event(Change.BRANCH_MERGED, branch, said=(heir,))

    return act


def closes(place: int, into: int) -> Act:
    """A branch is struck from the committee book; two of its people go on in another."""

    def act(town: Town) -> Iterator[Event]:
        branch, heir = town.branches.pop(place).name, town.branches[into].name
        going = [life for life in _people(town, branch) if not life.whole.status_changed_on][:2]
        for life in town.lives:
            life.listed &= life.branch != branch or life in going
        for life in going:
            life.branch = heir
            yield Event(Change.MOVED, heir, life.whole.full_name, said=(branch, heir))
        _forget(town, branch)
        yield Event(Change.BRANCH_GONE, branch)

    return act


def founds(branch: Branch, layout: Layout) -> Act:
    """A new branch begins with the month and follows three people at once."""

    def act(town: Town) -> Iterator[Event]:
        town.branches.append(replace(branch, valid_from=town.since + timedelta(days=1)))
        town.layouts[branch.name] = layout
        yield Event(Change.BRANCH_NEW, branch.name, said=("3",))
        for _ in range(3):
            comes(town, branch.name)

    return act


def renames(place: int, name: str) -> Act:
    """A branch goes by another name; the committee book keeps the old one beside it."""

    def act(town: Town) -> Iterator[Event]:
        old = town.branches[place]
        new = replace(old, name=f"{old.name} {name}", aliases=(old.name, *old.aliases))
        town.branches[place] = new
        town.layouts[new.name] = town.layouts.pop(old.name)
        town.reported[new.name] = town.reported.pop(old.name, 0)
        town.traces = [(new.name if branch == old.name else branch, person) for branch, person in town.traces]
        for life in town.lives:
            life.branch = new.name if life.branch == old.name else life.branch
        yield Event(Change.BRANCH_RENAMED, new.name, said=(old.name, new.name))

    return act


def sends_nothing(place: int) -> Act:
    """No register comes from a branch this month."""

    def act(town: Town) -> Iterator[Event]:
        town.silent.add(town.branches[place].name)
        yield Event(Change.SILENT, town.branches[place].name)

    return act


def drops(place: int, column: str) -> Act:
    """A branch takes a column out of its register."""

    def act(town: Town) -> Iterator[Event]:
        branch = town.branches[place].name
        filled = [life for life in _people(town, branch) if life.day_of(column, town.since)]
        town.layouts[branch] = town.layouts[branch].without({column})
        yield Event(Change.COLUMN_LOST, branch, column=HEADING[column], said=(str(len(filled)),))

    return act


def _people(town: Town, branch: str) -> list[Life]:
    return [life for life in town.lives if life.branch == branch and life.stands_on(town.since)]


def _forget(town: Town, branch: str) -> None:
    """A branch that is no more sends nothing, and nobody asks how many it had admitted."""
    town.layouts.pop(branch)
    town.reported.pop(branch, None)
    town.traces = [(place, person) for place, person in town.traces if place != branch]
