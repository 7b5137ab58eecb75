"""Made-up registers in which some people stand twice, with the truth about it: what matching is measured by.

Second mentions carry the slips of clerks and may know less than the first; beside them stand traps: twins, and people
who share name and birth.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from rapidfuzz.distance import OSA

from validation.vocabulary import Sex, Stage, Status
from workbook.codes import label
from workbook.demo.branches import invent
from workbook.demo.mentions import SLIPS, Cells
from workbook.demo.people import LEFT, WEIGHTS, Person, people
from workbook.demo.words import words
from workbook.incoming.raw import RawTable
from workbook.text import bare

#: Columns that a branch's register may lack, and how often; cells that a second mention may leave blank, and how often.
_OPTIONAL = ("native_place", "residence", "youth_union_on", "certificate_number", "sex", "helper")
_LACKS, _LEFT_BLANK = 0.15, 0.05

#: So many lines a register has, about; of all lines, second mentions, and second people of a trap of each kind.
_LINES, _DOUBLES, _TRAPS = 35, 0.05, 0.02

#: Slips of a second mention: none, one, two, three, in hundredths.
_COUNTS = (15, 55, 25, 5)

#: How somebody comes to stand twice, in hundredths.
_WAYS = {"moved": 50, "across": 30, "within": 20}


class Trap(StrEnum):
    """Two people whom a careless rule would take for one."""

    TWINS = "twins"
    HOMONYMS = "homonyms"


@dataclass(frozen=True, slots=True)
class Truth:
    """Registers by branch name, and for each line in order who it is and what is special about it.

    `person`: a number per person; `slips`: by line, how a second mention came about and its slips; `traps`: pairs of
    lines.
    """

    tables: tuple[tuple[str, RawTable], ...]
    person: tuple[int, ...]
    slips: Mapping[int, tuple[str, ...]]
    traps: tuple[tuple[int, int, Trap], ...]


@dataclass(slots=True)
class _Line:
    branch: int
    person: int
    cells: Cells
    place: float
    slips: tuple[str, ...] = ()


@dataclass(slots=True)
class _Draft:
    """The lines so far; `pairs` are traps by the lines themselves."""

    rng: Random
    branches: int
    as_of: date
    lines: list[_Line] = field(default_factory=list)
    pairs: list[tuple[_Line, _Line, Trap]] = field(default_factory=list)

    def add(self, cells: Cells, person: int, branch: int, slips: tuple[str, ...] = ()) -> _Line:
        self.lines.append(_Line(branch, person, cells, self.rng.random(), slips))
        return self.lines[-1]

    def branch(self, other_than: int = -1) -> int:
        return self.rng.choice([at for at in range(self.branches) if at != other_than])


def registers(seed: int, as_of: date, lines: int = 2000) -> Truth:
    """So many lines: one in twenty is a second mention, one in fifty the second person of a trap, of each kind."""
    rng, twice, trapped = Random(seed), round(lines * _DOUBLES), round(lines * _TRAPS)
    draft = _Draft(rng, max(2, lines // _LINES), as_of)
    singles = people(seed, lines - twice - 2 * trapped, as_of, {k: v for k, v in WEIGHTS.items() if k != LEFT})
    for number, person in enumerate(singles):
        draft.add(_cells(person), number, draft.branch())
    chosen = rng.sample(draft.lines, k=twice + 2 * trapped)
    for line in chosen[:twice]:
        _second_mention(draft, line)
    for turn, line in enumerate(chosen[twice:]):
        _trap(draft, line, (_twin, _homonym)[turn % 2], number=len(singles) + turn)
    return _truth(draft)


def _cells(person: Person) -> Cells:
    """A line as a clerk would fill it; a follower's status is left blank, as most do."""
    known = {one.name: getattr(person, one.name) for one in fields(person) if one.name != "standing"}
    return {**known, "status": "" if person.status == label(Status.FOLLOWED) else person.status}


def _second_mention(draft: _Draft, line: _Line) -> None:
    rng = draft.rng
    way = rng.choices(list(_WAYS), weights=list(_WAYS.values()))[0]
    again = dict(line.cells)
    branch = line.branch if way == "within" else draft.branch(line.branch)
    if way == "moved":
        _move(line.cells, again, draft)
    for name in _OPTIONAL:
        if rng.random() < _LEFT_BLANK:
            again[name] = ""
    parts = rng.sample(list(SLIPS), k=rng.choices(range(len(_COUNTS)), weights=_COUNTS)[0])
    slips = {name: SLIPS[part][name] for part in parts for name in [rng.choice(list(SLIPS[part]))]}
    for slip in slips.values():
        slip(again, rng)
    draft.add(again, line.person, branch, (way, *slips))


def _move(before: Cells, after: Cells, draft: _Draft) -> None:
    """The old branch writes "moved away", the new one "moved here" and a helper of its own; each may forget."""
    rng, day = draft.rng, draft.as_of - timedelta(days=draft.rng.randint(10, 200))
    if rng.random() < 0.8:
        before |= {"status": label(Status.MOVED_OUT), "status_changed_on": day}
    if rng.random() < 0.8:
        after |= {"status": label(Status.MOVED_IN), "status_changed_on": day + timedelta(days=5)}
    after |= {"helper": "", "helper_assigned_on": day + timedelta(days=8), "residence": ""}


def _trap(draft: _Draft, line: _Line, make: Callable[[Cells, _Draft], tuple[Cells, Trap]], number: int) -> None:
    cells, trap = make(line.cells, draft)
    at_home = draft.rng.random() < (0.7 if trap is Trap.TWINS else 0.2)
    other = draft.add(cells, number, line.branch if at_home else draft.branch(line.branch))
    if at_home and trap is Trap.TWINS:
        other.place = line.place + 1e-9
        if draft.rng.random() < 0.1:  # copied down with the rest
            other.cells["citizen_id"] = line.cells["citizen_id"]
    draft.pairs.append((line, other, trap))


def _twin(cells: Cells, draft: _Draft) -> tuple[Cells, Trap]:
    """Born the same day, of the same home, in the same union, course and meetings; another given name and paper."""
    rng = draft.rng
    family, given = cells["full_name"].rsplit(" ", 1)
    sex = Sex.FEMALE if cells["sex"] == label(Sex.FEMALE) else Sex.MALE
    others = [name for name in words()["name"][f"given_{sex}"] if name != given]
    likest = sorted(others, key=lambda name: OSA.distance(bare(name), bare(given)))
    other = rng.choice(likest[:3] if rng.random() < 0.6 else others)
    last = int(cells["citizen_id"])
    number = last + 1 if rng.random() < 0.5 else last - last % 10**6 + rng.randrange(10**6)
    twin = {**cells, "full_name": f"{family} {other}", "citizen_id": f"{number:012d}"}
    if cells["certificate_number"]:
        twin["certificate_number"] = _next_number(cells["certificate_number"])
    return _perhaps_without_number(twin, rng), Trap.TWINS


def _homonym(cells: Cells, draft: _Draft) -> tuple[Cells, Trap]:
    """The same name, born the same day; a life of their own, now and then from the same commune."""
    rng = draft.rng
    (stranger,) = people(rng.randrange(1 << 30), 1, draft.as_of, {Stage.CERTIFIED: 1, Stage.SYMPATHIZER: 1})
    serial = int(cells["citizen_id"]) // 10**6 * 10**6 + rng.randrange(10**6)
    own = replace(
        stranger,
        full_name=cells["full_name"],
        birth_on=cells["birth_on"],
        sex=cells["sex"],
        citizen_id=f"{serial:012d}",
        native_place=cells["native_place"] if rng.random() < 0.3 else stranger.native_place,
    )
    return _perhaps_without_number(_cells(own), rng), Trap.HOMONYMS


def _perhaps_without_number(cells: Cells, rng: Random) -> Cells:
    return {**cells, "citizen_id": ""} if rng.random() < 0.25 else cells


def _next_number(paper: str) -> str:
    """The number of the paper that was issued next."""
    serial, _, rest = paper.partition("/")
    return f"{int(serial) + 1:03d}/{rest}"


def _truth(draft: _Draft) -> Truth:
    """The lines sorted into registers, each of which may lack columns."""
    names = [branch.name for branch in invent(draft.rng, draft.branches)]
    ordered = sorted(draft.lines, key=lambda line: (line.branch, line.place))
    place = {id(line): at for at, line in enumerate(ordered)}
    tables = []
    for branch, name in enumerate(names):
        rows = [line.cells for line in ordered if line.branch == branch]
        tables.append((name, _table(name, rows, draft.rng)))
    return Truth(
        tables=tuple(tables),
        person=tuple(line.person for line in ordered),
        slips={place[id(line)]: line.slips for line in ordered if line.slips},
        traps=tuple((place[id(one)], place[id(other)], trap) for one, other, trap in draft.pairs),
    )


def _table(name: str, rows: list[Cells], rng: Random) -> RawTable:
    kept = [one.name for one in fields(Person) if one.name != "standing"]
    kept = [column for column in kept if column not in _OPTIONAL or rng.random() >= _LACKS]
    columns = {column: [_typed(row[column]) for row in rows] for column in kept}
    return RawTable(
        sheet="Sheet1",
        title=(name,),
        columns=columns,
        rows=list(range(2, len(rows) + 2)),
        groups=[""] * len(rows),
        units=[""] * len(rows),
        letters={"full_name": "B"},
    )


def _typed(value: object) -> object:
    return "" if value is None else value
