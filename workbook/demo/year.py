"""A made-up committee's year, month by month: its registers as real files, and the log of what truly happened."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from validation.vocabulary import Stage, Status
from workbook.committee import Branch, Committee
from workbook.consolidate.change_lines import Change
from workbook.demo import branches as towns
from workbook.demo.acts import (
    Act,
    alters,
    antedates,
    born_later,
    erases,
    leaves,
    moves,
    namesake_comes,
    renumbers,
    respells,
    returns,
    takes_back,
    vanishes,
)
from workbook.demo.draft import Cover, draft
from workbook.demo.layouts import Layout, whole_registers
from workbook.demo.life import Life
from workbook.demo.paper import save
from workbook.demo.people import admitted
from workbook.demo.reorganised import closes, drops, founds, merges, renames, sends_nothing
from workbook.demo.town import Event, Town
from workbook.text import bare

_SEED = 2026

#: How many branches there are at the start, and how many people each.
_BRANCHES, _PEOPLE = 8, 10

#: Columns that a branch's register does not have, by its place: not everybody writes down who somebody is.
_LACKS: Mapping[int, frozenset[str]] = {4: frozenset({"citizen_id"}), 5: frozenset({"citizen_id", "birth_on"})}

#: When the people of a branch are admitted: years from the replayed one, and its month.
_CEREMONIES = ((-1, 2), (-1, 8), (0, 3), (0, 4), (0, 9), (0, 11), (1, 2), (1, 6), (2, 1), (2, 9))


@dataclass(frozen=True, slots=True)
class Month:
    """One month's end: what the branches sent, the committee of that day, and what changed since the month before."""

    as_of: date
    inbox: Path
    committee: Committee
    events: tuple[Event, ...]


def live(folder: Path, year: int) -> Iterator[Month]:
    """Fill `folder` month by month; same arguments, same files. January is the first, so nothing has changed yet."""
    rng = Random(_SEED)
    town, spare = _settle(rng, year)
    acts = _calendar(spare)
    for month in range(1, 13):
        town.since, town.day = town.day, date(year, month, monthrange(year, month)[1])
        town.muted, town.silent = town.silent, set()
        events = [event for act in acts.get(month, ()) for event in act(town)]
        events += [*town.progress(), *_voices(town), *_fewer(town)]
        yield _post(folder / f"{month:02}", town, events if month > 1 else [])


def _calendar(spare: tuple[Branch, Layout]) -> Mapping[int, tuple[Act, ...]]:
    """What happens in which month beside the ordinary."""
    early = (Stage.SYMPATHIZER, Stage.CERTIFIED)
    return {
        2: (leaves(Status.REMOVED, *early), alters("certificate_on", -3, Stage.CERTIFIED), respells),
        3: (moves(trace=False), renumbers, vanishes),
        4: (returns, leaves(Status.MOVED_OUT, *early), alters("sympathizer_on", 2, *early)),
        5: (sends_nothing(2), takes_back),
        6: (moves(trace=True), born_later, leaves(Status.STRUCK_OFF, Stage.PROBATIONARY)),
        7: (merges(6, 0), vanishes),
        8: (erases("vetting_sent_on", Stage.PROBATIONARY, Stage.OFFICIAL), namesake_comes, respells),
        9: (founds(*spare), leaves(Status.DECEASED, *early)),
        10: (closes(7, 3), renumbers),
        11: (renames(1, "mở rộng"), antedates),
        12: (moves(trace=True), vanishes, drops(3, "union_resolved_on")),
    }


def _settle(rng: Random, year: int) -> tuple[Town, tuple[Branch, Layout]]:
    """The committee at the end of the year before, and a branch with its form that does not exist yet."""
    shapes = whole_registers()
    *branches, later = towns.invent(rng, _BRANCHES + 1)
    forms = {one.name: shapes[at % len(shapes)].without(_LACKS.get(at, ())) for at, one in enumerate(branches)}
    lives = [life for at, branch in enumerate(branches) for life in _lives(rng, branch, year, at * _PEOPLE)]
    start = date(year - 1, 12, 31)
    return Town(rng, branches, forms, lives, start, start), (later, shapes[_BRANCHES % len(shapes)])


def _lives(rng: Random, branch: Branch, year: int, first: int) -> Iterator[Life]:
    horizon = date(year + 9, 12, 31)
    for at, (years, month) in enumerate(_CEREMONIES):
        held = date(year + years, month, rng.randint(1, 28))
        yield Life(admitted(rng, held, horizon, serial=first + at), branch.name)


def _voices(town: Town) -> Iterator[Event]:
    """Branches of which something is known again."""
    for branch in town.branches:
        if branch.name in town.muted - town.silent:
            listed = sum(life.branch == branch.name and life.stands_on(town.day) for life in town.lives)
            yield Event(Change.HEARD, branch.name, said=(str(listed),))


def _fewer(town: Town) -> Iterator[Event]:
    """Branches that must take back a number; the numbers of this month are what the next is held against."""
    now = town.admitted()
    for branch in town.branches:
        if town.told(branch.name) and now[branch.name] < town.reported[branch.name]:
            said = str(town.reported[branch.name]), str(now[branch.name])
            yield Event(Change.FEWER, branch.name, said=said)
    town.reported = now


def _post(folder: Path, town: Town, events: list[Event]) -> Month:
    """Write the registers of the month."""
    described = replace(towns.committee(town.branches, town.day), submit_by=None)
    written = datetime.combine(town.day - timedelta(days=1), time(9))
    for number, (name, layout) in enumerate(town.layouts.items()):
        if name not in town.silent:
            cover = Cover(name, described.name, town.day)
            sheet = layout.sheet.format(**cover.words())
            save(
                folder / f"{number:02} {bare(name)}.xlsx", [(sheet, draft(layout, town.register(name), cover))], written
            )
    return Month(town.day, folder, described, tuple(events))
