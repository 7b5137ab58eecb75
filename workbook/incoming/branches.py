"""Which branch a file speaks for: by what stands inside it; the file name is only a hint."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import PurePath
from typing import Protocol

from workbook.committee import Committee, DecisionKind
from workbook.incoming.inbox import Opened
from workbook.incoming.raw import GROUP_JOIN
from workbook.text import bare, key
from workbook.toml_file import toml_file

_WORD = re.compile(r"[^\W_]+")


class Filed(Protocol):
    """A file as decisions name it."""

    @property
    def file(self) -> str:
        """Its path in the inbox."""

    @property
    def sha256(self) -> str:
        """Of its content, "" unknown."""


class Known(StrEnum):
    """How a branch was recognised, strongest first."""

    DECISION = "decision"  # a person said so
    PROPERTY = "property"  # our template's own mark
    TITLE = "title"  # the lines above the table
    UNITS = "units"  # a column or group line naming the branch of each row
    NAME = "name"  # the file's or the sheet's name: a hint, shown as one
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Claim:
    """The branches a file holds rows of (names), how that is known, and the branch of each table's rows.

    `rows` has one list per table of the file: the branch name of each person row, "" where unknown.
    """

    branches: tuple[str, ...]
    known: Known
    rows: tuple[list[str], ...]
    rivals: tuple[str, ...] = ()


class Directory:
    """The committee's branches by every name they go by."""

    def __init__(self, committee: Committee) -> None:
        names = [(name, branch.name) for branch in committee.branches for name in (branch.name, *branch.aliases)]
        self._exact = {key(branch.code): branch.name for branch in committee.branches if branch.code}
        self._exact |= {key(name): branch for name, branch in names}
        self._accented = {_words(key(name)): branch for name, branch in names}
        self._bare = {_words(bare(name)): branch for name, branch in names}
        self._branches = committee.branches
        self._said = {
            key(decision.subject): decision.content
            for decision in committee.decisions
            if decision.kind is DecisionKind.ASSIGN
        }

    def named(self, text: str) -> str:
        """The branch a text names exactly (by name, alias or code), or ""."""
        return self._exact.get(key(text), "")

    def within(self, text: str) -> set[str]:
        """Branches whose name stands in a longer text as whole words; a name inside a longer name is passed over."""
        return _longest(self._accented, _words(key(text)))

    def hinted(self, text: str) -> set[str]:
        """As `within`, without accents: for file and sheet names."""
        return _longest(self._bare, _words(bare(text)))

    def holding(self, text: str, *, titled: bool) -> set[str]:
        """Branches that have the words of a text in one of their names, without accents where none has them with.

        `titled`: only from the word for a branch on, and nothing where it is not there: what a line of text calls one.
        """
        return _holding(self._accented, _words(key(text)), titled) or _holding(self._bare, _words(bare(text)), titled)

    def homes(self, day: date) -> dict[str, str]:
        """Each branch that has ended before the day and was taken in → the last of the branches that took it in.

        Branches that would take in each other in a circle have no home.
        """
        gone = [branch for branch in self._branches if branch.ended_before(day)]
        heirs = {branch.name: heir for branch in gone if (heir := self.named(branch.merged_into))}
        homes = dict(heirs)
        for _ in heirs:
            homes = {name: heirs.get(home, home) for name, home in homes.items()}
        return {name: home for name, home in homes.items() if home not in heirs}

    def standing(self, names: set[str], day: date | None) -> set[str]:
        """The names without those of branches that another of them had taken in by the day."""
        homes = self.homes(day) if day and len(names) > 1 else {}
        return {name for name in names if homes.get(name) not in names}

    def decided(self, opened: Filed) -> str:
        """The branch a person assigned this file to, or ""."""
        for subject in (opened.file, PurePath(opened.file).name, opened.sha256):
            if said := self._said.get(key(subject)):
                return self.named(said)
        return ""


def claim(opened: Opened, directory: Directory) -> Claim:
    """What the file says of its branch, strongest evidence first; each of its tables may be of another branch."""
    for known, branch in (
        (Known.DECISION, directory.decided(opened)),
        (Known.PROPERTY, directory.named(opened.branch_hint)),
    ):
        if branch:
            return Claim((branch,), known, tuple([branch] * len(table.rows) for table in opened.tables))
    if not opened.tables:
        return _from_tops(opened, directory)
    return _from_titles(opened, directory) or _from_rows(opened, directory) or _from_names(opened, directory)


def _from_tops(opened: Opened, directory: Directory) -> Claim:
    """Of a file in which no register was found: the one branch that its first lines name."""
    found = {name for sheet in opened.others for line in sheet.top for name in directory.within(line)}
    return Claim(tuple(found), Known.TITLE, ()) if len(found) == 1 else Claim((), Known.UNKNOWN, ())


def _from_titles(opened: Opened, directory: Directory) -> Claim | None:
    named = [{name for line in table.title for name in directory.within(line)} for table in opened.tables]
    # A branch that took in another may name it too: "Chi bo thon 1 (sap nhap thon 2)".
    standing = [directory.standing(found, opened.received_on) for found in named]
    return _by_table(opened, standing, Known.TITLE)


def _by_table(opened: Opened, named: Sequence[set[str]], known: Known) -> Claim | None:
    """One branch a table; a table that names none is of the file's only branch. Two in one table are a question."""
    branches = tuple(sorted(set().union(*named)))
    if not branches:
        return None
    if any(len(found) > 1 for found in named):
        return Claim((), Known.UNKNOWN, _nobody(opened), rivals=branches)
    only = branches[0] if len(branches) == 1 else ""
    pairs = zip(opened.tables, named, strict=True)
    return Claim(branches, known, tuple([next(iter(found), only)] * len(table.rows) for table, found in pairs))


def _from_rows(opened: Opened, directory: Directory) -> Claim | None:
    rows = tuple(
        [
            directory.named(unit) or _of_group(group, directory)
            for unit, group in zip(table.units, table.groups, strict=True)
        ]
        for table in opened.tables
    )
    branches = {name for table in rows for name in table if name}
    return Claim(tuple(sorted(branches)), Known.UNITS, rows) if branches else None


def _of_group(group: str, directory: Directory) -> str:
    """The one branch that the group lines above a row name, as in "I. Chi bo thon 1"; the innermost first."""
    found = (directory.within(heading) for heading in reversed(group.split(GROUP_JOIN)))
    return next((branches.pop() for branches in found if len(branches) == 1), "")


def _from_names(opened: Opened, directory: Directory) -> Claim:
    """By the file's name, else by the sheets' names."""
    of_file = [directory.hinted(PurePath(opened.file).stem)] * len(opened.tables)
    of_sheets = [directory.hinted(table.sheet) for table in opened.tables]
    found = _by_table(opened, of_file, Known.NAME) or _by_table(opened, of_sheets, Known.NAME)
    return found or Claim((), Known.UNKNOWN, _nobody(opened))


def hint(opened: Opened, directory: Directory) -> str:
    """The one branch that the file's name names, or "": all there is to go by where a file cannot be opened."""
    found = directory.hinted(PurePath(opened.file).stem)
    return found.pop() if len(found) == 1 else ""


def _nobody(opened: Opened) -> tuple[list[str], ...]:
    return tuple([""] * len(table.rows) for table in opened.tables)


@lru_cache(maxsize=1 << 14)
def _words(text: str) -> tuple[str, ...]:
    """The words of a compared text, names of offices in their short form."""
    spaced = " ".join(_WORD.findall(text))
    for whole, short in _abbreviations():
        spaced = re.sub(rf"(?<!\S){re.escape(whole)}(?!\S)", short, spaced)
    return tuple(spaced.split())


@cache
def _abbreviations() -> list[tuple[str, str]]:
    """Written-out words with their short form, as compared: with accents, then without."""
    said = toml_file("workbook.incoming", "branch_names_vi.toml")["abbreviations"]
    return [(fold(whole), fold(short)) for fold in (key, bare) for whole, short in said]


def _holding(names: Mapping[tuple[str, ...], str], words: tuple[str, ...], titled: bool) -> set[str]:
    """Branches that have all the words, in their order, in their name; a word for a branch alone says nothing."""
    branch = _words(key(toml_file("workbook.incoming", "branch_names_vi.toml")["branch"]))[0]
    if titled:
        words = words[words.index(branch) :] if branch in words else ()
    if not any(len(word) > 1 and not word.isdigit() for word in words if word != branch):
        return set()
    span = len(words)
    return {
        branch
        for name, branch in names.items()
        if any(name[start : start + span] == words for start in range(len(name) - span + 1))
    }


def _longest(names: Mapping[tuple[str, ...], str], words: tuple[str, ...]) -> set[str]:
    """Branches named by a run of `words`, without those named only inside a longer such run."""
    longest = max(map(len, names), default=0)
    hits = [
        (start, end)
        for start in range(len(words))
        for end in range(start + 1, min(start + longest, len(words)) + 1)
        if words[start:end] in names
    ]
    kept = [(a, b) for a, b in hits if not any(c <= a and b <= d and (a, b) != (c, d) for c, d in hits)]
    return {names[words[start:end]] for start, end in kept}
