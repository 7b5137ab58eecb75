"""Files that came and belong to no branch as far as we know: which they are, and whose they may be."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import pandas as pd

from workbook.committee import Committee
from workbook.incoming.branches import Directory, hint
from workbook.incoming.inbox import Opened
from workbook.incoming.versions import Submission
from workbook.phrases import phrase
from workbook.states import State

_BREAK = re.compile(r"[\n,;:()\[\]–—]")

#: What gave no register, though there may be one in it.
_SHAPELESS = (State.NO_REGISTER, State.UNREADABLE)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A file of no known branch. `persons`: on its lines, 0 of one that gave no register; `near`: the branches whose
    name has in it what the file calls its branch.
    """

    file: str
    persons: int
    near: frozenset[str]

    def may_be_of(self, branch: str) -> bool:
        """Whether the branch may have sent it: a register may be anybody's where its name is like nobody's."""
        return branch in self.near or (not self.near and self.persons > 0)


def unplaced_files(submissions: Sequence[Submission], committee: Committee) -> list[Unplaced]:
    """The registers of no known branch; and the files that gave no register but may be a branch's, by their name."""
    directory = Directory(committee)
    of_nobody = [one for one in submissions if not one.branch]
    registers = [one for one in of_nobody if one.state is State.NO_BRANCH and one.opened.persons]
    others = [one for one in of_nobody if one.state in _SHAPELESS and not hint(one.opened, directory)]
    made = [_unplaced(one, directory) for one in (*registers, *others)]
    return [one for one in made if one.persons or one.near]


def suggestions(files: Sequence[Unplaced]) -> dict[str, str]:
    """Each file that is like one branch only → that branch."""
    return {one.file: branch for one in files if len(one.near) == 1 for branch in one.near}


def _unplaced(one: Submission, directory: Directory) -> Unplaced:
    near = frozenset(one.claim.rivals) or near_branches(one.opened, directory)
    return Unplaced(one.opened.file, one.opened.persons, near)


def near_branches(opened: Opened, directory: Directory) -> frozenset[str]:
    """The branches in whose name stands what the lines above the tables, else the file's name, call the branch."""
    titles = [line for table in opened.tables for line in table.title]
    titles += [line for sheet in opened.others for line in sheet.top]
    found = {name for line in titles for piece in _BREAK.split(line) for name in directory.holding(piece, titled=True)}
    return frozenset(found or directory.holding(PurePath(opened.file).stem, titled=False))


def uncounted(board: pd.DataFrame) -> tuple[int, int]:
    """How many files of the board are registers of no known branch, and how many persons stand on their lines."""
    files = board[(board["state"] == State.NO_BRANCH) & (board["rows"] > 0).fillna(False)]
    return len(files), int(files["rows"].sum())


def said(files: int, people: int) -> str:
    """That registers of no known branch are not in the counts; "" where there is none."""
    return phrase("headline.unplaced", files=files, people=people) if files else ""


def named(files: Sequence[Unplaced]) -> Iterator[str]:
    """The files in words, registers before files that gave none."""
    registers = [one for one in files if one.persons]
    others = [one for one in files if not one.persons]
    if registers:
        told = said(len(registers), sum(one.persons for one in registers))
        yield phrase("remind.files", told=told, files=_listed(registers))
    if others:
        told = phrase("remind.shapeless", files=len(others))
        yield phrase("remind.files", told=told, files=_listed(others))


def _listed(files: Sequence[Unplaced]) -> str:
    return ", ".join(PurePath(one.file).name for one in files)
