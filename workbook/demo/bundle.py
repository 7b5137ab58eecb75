"""What one branch is about to send: its drafts, what is wrong in them, its file name and its day."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path, PurePosixPath

from validation.vocabulary import Stage
from workbook.committee import Branch
from workbook.demo.branches import kind_of
from workbook.demo.draft import Cover, Draft, draft
from workbook.demo.layouts import Field, Layout, register_column
from workbook.demo.paper import Saved, save
from workbook.demo.people import LEFT, Person
from workbook.demo.slips import Spot
from workbook.demo.words import words
from workbook.text import bare


@dataclass(frozen=True, slots=True)
class Planted:
    """One mess and where it sits; `sheet`, `cell`, `column` are "" for what concerns more than one cell or sheet.

    `file` is relative to the inbox.
    """

    file: str
    mess: str
    sheet: str = ""
    cell: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """The truth of one branch: what a faithful reading of the file that counts must come to.

    `file` is "" where the branch sent nothing readable; then all numbers are 0. `left` are not in `stages`.
    """

    branch: str
    file: str = ""
    layout: str = ""
    stages: dict[str, int] = field(default_factory=dict)
    left: int = 0
    admitted: int = 0
    doubles: int = 0

    @property
    def people(self) -> int:
        """Everybody on the list once, those who left included."""
        return sum(self.stages.values()) + self.left


@dataclass(slots=True)
class Bundle:
    """One branch's submission before it is sent. `marks` are (mess, place in `drafts`, spot)."""

    branch: Branch
    drafts: list[tuple[str, Draft]]
    former: list[tuple[str, Draft]]
    file: PurePosixPath
    written_at: datetime
    marks: list[tuple[str, int, Spot]] = field(default_factory=list)

    @property
    def layout(self) -> Layout:
        """How the branch lays out its register."""
        return self.drafts[0][1].layout

    def save(self, inbox: Path) -> list[Planted]:
        """Write the file into the inbox; gives back its messes with their addresses."""
        sheets = save(inbox / self.file, self.drafts + self.former, self.written_at, hidden=len(self.former))
        return [_planted(str(self.file), mess, sheets[place], spot) for mess, place, spot in self.marks]

    def expected(self, year: int) -> Expected:
        """What the people in the drafts come to, each counted once."""
        counted = [person for _, sheet in self.drafts for person in sheet.people[: len(sheet.people) - sheet.doubles]]
        standings = Counter(person.standing for person in counted)
        return Expected(
            branch=self.branch.name,
            file=str(self.file),
            layout=self.layout.name,
            stages={stage: standings[stage] for stage in Stage},
            left=standings[LEFT],
            admitted=sum(1 for one in counted if one.ceremony_on and one.ceremony_on.year == year),
            doubles=sum(sheet.doubles for _, sheet in self.drafts),
        )

    def earlier(self) -> "Bundle":
        """The version sent a week before, when the last three people of each sheet were not yet on it."""
        drafts = [(name, draft(it.layout, it.people[:-3], it.cover)) for name, it in self.drafts]
        file = PurePosixPath(words()["file"]["first_round"], self.file.name)
        return replace(self, drafts=drafts, file=file, written_at=self.written_at - timedelta(days=7), marks=[])


def bundle(branch: Branch, number: int, layout: Layout, listed: Sequence[Person], cover: Cover) -> Bundle:
    """The submission of the `number`-th branch; the number also settles the taste in file names and the day."""
    return Bundle(
        branch=branch,
        drafts=list(_visible(layout, listed, cover)),
        former=list(_former(layout, listed, cover)),
        file=_file(branch, number, layout, cover.as_of),
        written_at=datetime.combine(cover.as_of, time(8 + number % 9, 15)) - timedelta(days=2 + number % 15),
    )


def _visible(layout: Layout, listed: Sequence[Person], cover: Cover) -> Iterator[tuple[str, Draft]]:
    """The sheets people can see: all on one, or spread over several."""
    names = layout.sheets or (layout.sheet,)
    for at, name in enumerate(names):
        share = listed[at * len(listed) // len(names) : (at + 1) * len(listed) // len(names)]
        yield name.format(**cover.words()), draft(layout, share, cover)


def _former(layout: Layout, listed: Sequence[Person], cover: Cover) -> Iterator[tuple[str, Draft]]:
    """The hidden sheets of former years: fewer of the same people, fewer columns, in another order."""
    for at, name in enumerate(layout.hidden):
        columns: tuple[Field, ...] = layout.columns[1 : 14 + at]
        old = replace(layout, columns=(layout.columns[0], *columns[at:], *columns[:at]), titles=(), notes=())
        yield name.format(**cover.words()), draft(old, listed[: len(listed) // 2 + at], cover)


def _file(branch: Branch, number: int, layout: Layout, as_of: date) -> PurePosixPath:
    """A file name of the branch's own taste; one that says nothing only where the file itself names the branch."""
    tastes = words()["file"]["names"]
    taste = tastes[number % (len(tastes) if layout.names_branch else len(tastes) - 1)]
    name = taste.format(branch=branch.name, plain=bare(branch.name), year=as_of.year, n=number)
    return PurePosixPath(kind_of(branch)["folder"], f"{name}.xlsx")


def _planted(file: str, mess: str, sheet: Saved, spot: Spot) -> Planted:
    position, column = spot
    if not column:
        return Planted(file, mess, sheet.sheet)
    return Planted(file, mess, sheet.sheet, sheet.cell(position, column), register_column(column))
