"""A made-up province: its communes, each with branches that send registers month after month, as real files.

In every month and commune one branch sends two versions and one a wrong file that is then withdrawn; in every fifth
commune one is late. Two people of each commune are hard to tell apart, and somebody's number does not tell the day of
birth: that one's branch is merged between the first month and the second.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice, product
from pathlib import Path, PurePosixPath
from random import Random

from workbook.committee import Branch, Committee, Decision, DecisionKind
from workbook.demo import branches as towns
from workbook.demo.bundle import Bundle, Expected, bundle
from workbook.demo.draft import Cover
from workbook.demo.layouts import whole_registers
from workbook.demo.life import Life
from workbook.demo.people import LEFT, Person, admitted
from workbook.demo.reorganised import merges
from workbook.demo.scenes import Post, Scene, plain, resubmitted
from workbook.demo.town import Town
from workbook.demo.words import words

_SEED = 2026

#: How many people a branch follows in the end, about; days before and after the first month's end of their ceremonies.
_PEOPLE, _SINCE, _UNTIL = (20, 40), -700, 900

#: The branch (by its place) that is merged, and the one it goes to.
_MERGED, _HEIR = 4, 5

#: Who has been on the list for so long is there in every month.
_SETTLED = timedelta(days=60)

#: In every fifth commune a register is late, so long after the month's end.
_LATE_IN, _LATE = 5, timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Commune:
    """One commune at a month's end. `late`: a file not yet in the inbox and where it will be, if there is one."""

    committee: Committee
    inbox: Path
    expected: tuple[Expected, ...]
    late: tuple[Path, Path] | None = None

    def receive(self) -> None:
        """Put the late register, if there is one, into the inbox."""
        if self.late:
            waiting, arrived = self.late
            waiting.replace(arrived)


@dataclass(frozen=True, slots=True)
class Round:
    """One month's end of the province; its "branches" are the communes."""

    as_of: date
    committee: Committee
    communes: tuple[Commune, ...]


def live(folder: Path, days: Sequence[date], communes: int, branches: int) -> Iterator[Round]:
    """Fill `folder` month by month; `days` are the months' ends. Same arguments, same files. At least six branches."""
    rng = Random(_SEED)
    settled = [_settle(Random(rng.random()), days[0], at * branches, branches) for at in range(communes)]
    names = list(islice(_names(), communes))
    for turn, day in enumerate(days):
        for town in settled:
            _turn(town, day, merging=turn == 1)
        made = [
            _post(folder / f"{turn + 1}" / f"{at:02}", name, town, turn, late=at % _LATE_IN == turn % _LATE_IN)
            for at, (name, town) in enumerate(zip(names, settled, strict=True))
        ]
        yield Round(day, _province(made, day), tuple(made))


def _names() -> Iterator[str]:
    said = words()["province"]
    pairs = product(said["units"], words()["place"]["hamlets"])
    return (said["committee"].format(unit=unit, place=place) for unit, place in pairs)


def _settle(rng: Random, day: date, first: int, count: int) -> Town:
    """A commune the day before its first month's end."""
    shapes = whole_registers()
    known = towns.invent(rng, count)
    forms = {one.name: shapes[at % len(shapes)] for at, one in enumerate(known)}
    lives = [life for at, one in enumerate(known) for life in _lives(rng, one, day, (first + at) * _PEOPLE[1])]
    settled = [life for life in lives if life.stands_on(day - _SETTLED)]
    _alike(settled[0], settled[-1])
    _odd(next(life for life in settled if life.branch == known[_MERGED].name))
    quotas = [_with_quota(rng, one, lives, day.year) for one in known]
    return Town(rng, quotas, forms, lives, day - timedelta(days=1), day)


def _lives(rng: Random, branch: Branch, day: date, first: int) -> Iterator[Life]:
    for at in range(rng.randint(*_PEOPLE)):
        held = day + timedelta(days=rng.randint(_SINCE, _UNTIL))
        yield Life(admitted(rng, held, date(day.year + 9, 12, 31), serial=first + at), branch.name)


def _alike(one: Life, other: Life) -> None:
    """Two people of two branches alike but for the last digit of their numbers: only a person can tell."""
    who = one.whole
    number = who.citizen_id[:-1] + str((int(who.citizen_id[-1]) + 1) % 10)
    other.whole = replace(
        other.whole,
        full_name=who.full_name,
        birth_on=who.birth_on,
        sex=who.sex,
        citizen_id=number,
        card_number=number,
    )


def _odd(life: Life) -> None:
    """Somebody whose number tells of another year of birth."""
    life.whole = replace(life.whole, birth_on=life.whole.birth_on - timedelta(days=366))


def _with_quota(rng: Random, branch: Branch, lives: Sequence[Life], year: int) -> Branch:
    held = sum(1 for one in lives if one.branch == branch.name and _held_in(one, year))
    quota = towns.quota(rng, held)
    members = rng.randint(9, 60)
    return replace(branch, members=members, members_at_start=members, quota=quota, watcher=towns.watcher(rng))


def _held_in(life: Life, year: int) -> bool:
    return life.whole.ceremony_on is not None and life.whole.ceremony_on.year == year


def _turn(town: Town, day: date, *, merging: bool) -> None:
    """Let the month pass."""
    town.since, town.day = town.day, day
    if merging:
        for _ in merges(_MERGED, _HEIR)(town):
            pass


def _post(folder: Path, name: str, town: Town, turn: int, *, late: bool) -> Commune:
    """Write the registers of a commune's month; who sends twice, is mistaken or late changes with the month."""
    described = replace(towns.committee(town.branches, town.day), name=name, term_from=None, term_to=None)
    post = Post(folder / "nhan", town.day.year, town.rng)
    bundles = [_bundle(town, number, described) for number, _ in enumerate(town.layouts)]
    scenes: dict[int, Scene] = {turn: resubmitted, turn + 1: _mistaken, **({turn + 2: _tardy} if late else {})}
    for at, one in enumerate(bundles):
        scenes.get(at, plain)(post, one, bundles[at - 1])
    wrong = Decision(DecisionKind.WITHDRAW, _wrong(bundles[turn + 1]).file.name)
    decided = replace(described, decisions=(*described.decisions, wrong))
    return Commune(decided, post.inbox, tuple(post.expected), _hold_back(post, bundles[turn + 2]) if late else None)


def _hold_back(post: Post, bundle: Bundle) -> tuple[Path, Path]:
    """Take the late register out of the inbox again: where it waits, and where it belongs."""
    arrived, waiting = post.inbox / bundle.file, post.inbox.with_name("muon") / bundle.file
    waiting.parent.mkdir(parents=True)
    arrived.replace(waiting)
    return waiting, arrived


def _bundle(town: Town, number: int, committee: Committee) -> Bundle:
    name, layout = list(town.layouts.items())[number]
    branch = next(one for one in town.branches if one.name == name)
    listed = [_standing(town, one) for one in town.register(name)]
    made = bundle(branch, number, layout, listed, Cover(name, committee.name, town.day))
    return replace(made, former=[], file=PurePosixPath(f"{number:02} {made.file.name}"))


def _standing(town: Town, person: Person) -> Person:
    """The line with the truth of the day about how far its person has come."""
    life = next(one for one in town.lives if one.whole.citizen_id == person.citizen_id)
    return replace(person, standing=LEFT if person.status_changed_on else str(life.stage(town.day)))


def _mistaken(post: Post, bundle: Bundle, _: Bundle) -> None:
    """After the register comes another of the same branch by mistake, which the commune then withdraws."""
    post.deliver(bundle)
    post.deliver(_wrong(bundle), counts=False)


def _wrong(bundle: Bundle) -> Bundle:
    name = words()["province"]["mistaken"].format(name=bundle.file.name)
    return replace(bundle.earlier(), file=PurePosixPath(name), written_at=bundle.written_at + timedelta(days=1))


def _tardy(post: Post, bundle: Bundle, _: Bundle) -> None:
    """The register comes after the month's end."""
    day = bundle.drafts[0][1].cover.as_of + _LATE
    post.deliver(replace(bundle, written_at=datetime.combine(day, time(9))))


def _province(communes: Sequence[Commune], day: date) -> Committee:
    """The committee of the province; every fifth commune was given more than it passed on, the last nothing."""
    lines = []
    for at, one in enumerate(communes):
        below = sum(branch.quota or 0 for branch in one.committee.branches)
        quota = None if at == len(communes) - 1 else below + 3 * (at % 5 == 0)
        lines.append(Branch(f"X{at + 1:02}", one.committee.name, quota=quota))
    name = words()["branch"]["superior"]
    return Committee(name, year=day.year, closing_on=day, branches=tuple(lines))
