"""What became of the branches between two books: new, renamed, merged, ended, silent, or with fewer admitted."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from workbook.book import Book
from workbook.committee import Branch
from workbook.consolidate.change_lines import Change, Line
from workbook.days import format_day
from workbook.incoming.branches import Directory
from workbook.incoming.previous import Previous
from workbook.phrases import phrase
from workbook.states import State, state_label


@dataclass(frozen=True, slots=True)
class Town:
    """The branches of the two books under the names they have now.

    `names`: as the earlier book called it → now ("" where the committee has none by that name); `homes`: branch →
    the one that took it in. `spoke`, `speaks`: branches with a counted file then and now. `closing`: branches that
    ended since the earlier book.
    """

    names: Mapping[str, str]
    homes: Mapping[str, str]
    spoke: frozenset[str]
    speaks: frozenset[str]
    closing: tuple[Branch, ...]

    def called(self, name: str) -> str:
        """What a branch of the earlier book is called now; its old name where the committee has none by it."""
        return self.names.get(name) or name

    def home(self, name: str) -> str:
        """The branch that the people of a branch belong to in the end."""
        return self.homes.get(name, name)

    @property
    def silent(self) -> frozenset[str]:
        """Branches of which only the earlier book could speak."""
        return self.spoke - self.speaks

    @property
    def heard(self) -> frozenset[str]:
        """Branches that the earlier book knew but could not speak of."""
        return frozenset(self.names.values()) & self.speaks - self.spoke

    @property
    def untraced(self) -> frozenset[str]:
        """Branches whose missing people are told in one line: silent, or gone without an heir."""
        lost = {name for name, now in self.names.items() if not now}
        ended = {branch.name for branch in self.closing}
        heirless = {branch.name for branch in self.closing if branch.name not in self.homes}
        return frozenset((self.silent - ended) | heirless | lost)


def town(book: Book, previous: Previous) -> Town:
    """Hold the branches of the two books against each other."""
    directory = Directory(book.committee)
    counted = book.submissions.loc[book.submissions["state"] == State.COUNTED, "branch"]
    names = {str(name): directory.named(str(name)) for name in _named(previous)}
    spoke = frozenset(names.get(name) or name for name in previous.handed_in if name)
    if previous.people is None:
        emptied = spoke - frozenset(counted)
    else:
        emptied = frozenset(names.get(name) or name for name in previous.people["branch"]) - set(book.people["branch"])
    ended = [branch for branch in book.committee.branches if branch.ended_before(book.as_of)]
    return Town(
        names=names,
        homes=directory.homes(book.as_of),
        spoke=spoke,
        speaks=frozenset(counted),
        closing=tuple(one for one in ended if _closes(one, previous.as_of, set(names.values()), emptied)),
    )


def _named(previous: Previous) -> list[str]:
    people = [] if previous.people is None else previous.people["branch"].tolist()
    return list(dict.fromkeys([*previous.branches["name"], *people]))


def _closes(branch: Branch, since: date | None, known: set[str], emptied: frozenset[str]) -> bool:
    """Whether an ended branch ended after the earlier book, or only that book still told of it."""
    after = since is None or (branch.valid_to is not None and branch.valid_to >= since)
    return branch.name in known and (after or branch.name in emptied)


def branch_lines(book: Book, previous: Previous, both: Town) -> Iterator[Line]:
    """Every line about a branch as such."""
    if len(previous.branches):
        strength = _strength(previous, both)
        yield from renamed(both, strength)
        yield from closed(both, strength)
        yield from _voices(both, book)
        yield from _silent(book, previous, both, strength)
        yield from _fewer(book, previous, both)


def _strength(previous: Previous, both: Town) -> Mapping[str, str]:
    """What the earlier book had of each branch, in words, by the name it has now."""
    people = pd.Series([], dtype=object) if previous.people is None else previous.people["branch"]
    counts = people.map(both.called).value_counts()
    return {
        name: _described(int(counts.get(name, 0)), admitted) for name, admitted in _reported(previous, both).items()
    }


def _described(count: int, admitted: int | None) -> str:
    if admitted is None:
        return phrase("change.persons", count=count)
    return phrase("change.strength", persons=count, admitted=admitted)


def _reported(previous: Previous, both: Town) -> Mapping[str, int | None]:
    """How many admissions the earlier book had of each branch, by the name it has now; None where it does not say."""
    called = previous.branches["name"].map(both.called).to_numpy()
    sums = previous.branches["admitted"].groupby(called).sum(skipna=False)
    return {str(name): None if pd.isna(count) else int(count) for name, count in sums.items()}


def renamed(both: Town, strength: Mapping[str, str]) -> Iterator[Line]:
    """Branches of the earlier book that go by another name now, or by none."""
    targets = Counter(both.names.values())
    for was, now in both.names.items():
        if not now:
            yield Line(Change.BRANCH_GONE, was, before=strength.get(was, ""), now=phrase("change.unlisted"))
        elif was != now:
            kind = Change.BRANCH_RENAMED if targets[now] == 1 else Change.BRANCH_MERGED
            yield Line(kind, now, before=was, now=now)


def closed(both: Town, strength: Mapping[str, str]) -> Iterator[Line]:
    """Branches whose time is over, with the branch that took them in."""
    for branch in both.closing:
        was = strength.get(branch.name, "")
        if heir := both.homes.get(branch.name):
            yield Line(Change.BRANCH_MERGED, branch.name, before=was, now=heir)
        elif branch.valid_to:
            until = phrase("change.until", day=format_day(branch.valid_to))
            yield Line(Change.BRANCH_ENDED, branch.name, before=was, now=until)


def _voices(both: Town, book: Book) -> Iterator[Line]:
    """Branches that are new, and those that only the later book can speak of."""
    known, counts = set(both.names.values()), book.people["branch"].value_counts()
    for name in book.branches["name"]:
        now = phrase("change.persons", count=int(counts.get(name, 0)))
        if name not in known:
            yield Line(Change.BRANCH_NEW, name, now=now)
        elif name in both.heard:
            yield Line(Change.HEARD, name, before=state_label(State.MISSING), now=now)


def _silent(book: Book, previous: Previous, both: Town, strength: Mapping[str, str]) -> Iterator[Line]:
    """Branches without a register this time, and how many of the total are missing for want of it."""
    then = _reported(previous, both) if previous.year == book.committee.year else {}
    now = book.branches.set_index("name")["admitted"]
    silent = both.silent - {branch.name for branch in both.closing}
    for name in now.index[now.index.isin(list(silent))]:
        lost, state = (then.get(name) or 0) - int(now[name]), state_label(State.MISSING)
        told = phrase("change.missing_from_total", state=state, count=lost) if lost > 0 else state
        yield Line(Change.SILENT, str(name), before=strength.get(str(name), ""), now=told)


def _fewer(book: Book, previous: Previous, both: Town) -> Iterator[Line]:
    """The committee, and branches, that had reported more admissions of this year."""
    if previous.year != book.committee.year:
        return
    total = previous.branches["admitted"].sum(skipna=False), book.branches["admitted"].sum()
    if not pd.isna(total[0]) and total[1] < total[0]:
        yield Line(Change.TOTAL_FEWER, book.committee.name, before=str(total[0]), now=str(total[1]))
    for name, before, now in fallen(previous.branches, book.branches, "admitted", both):
        yield Line(Change.FEWER, name, before=str(before), now=str(now))


def fallen(before: pd.DataFrame, now: pd.DataFrame, count: str, both: Town) -> Iterator[tuple[str, int, int]]:
    """Branches of which a count is less than it was, with both counts.

    Heirs answer for the branches they took in, and nobody for a number that either book does not tell.
    """
    homes = before["name"].map(both.called).map(both.home), now["name"].map(both.home)
    then = before[count].astype("Int64").groupby(homes[0].to_numpy()).sum(skipna=False).dropna()
    after = now[count].astype("Int64").groupby(homes[1].to_numpy()).sum(min_count=1).dropna()
    for name in after.index.intersection(then.index).difference(list(both.untraced)):
        if after[name] < then[name]:
            yield str(name), int(then[name]), int(after[name])
