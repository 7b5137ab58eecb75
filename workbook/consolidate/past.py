"""What the previous book knew of each branch's files: which versions, with what faults, and who stood in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from workbook.committee import Committee
from workbook.consolidate.version_changes import changes_by_branch
from workbook.frames import is_blank, lines
from workbook.incoming.branches import Directory
from workbook.incoming.previous import Previous
from workbook.phrases import phrase
from workbook.states import State


@dataclass(slots=True)
class History:
    """The versions of one branch. `known`: SHA-256 → version; `last`: the last version ever, 0 none.

    `counted`: the SHA-256 that counted last, "" unknown; `errors` and `queries` of it, in the previous book only.
    `unsure`: the SHA-256 of which that book does not say what became of it.
    """

    known: dict[str, int] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    last: int = 0
    counted: str = ""
    errors: int | None = None
    queries: int | None = None

    def learn(self, version: int, sha256: str) -> None:
        """Take in a version."""
        self.last = max(self.last, version)
        if sha256:
            self.known[sha256] = version


@dataclass(frozen=True, slots=True)
class Past:
    """`histories` by the branches' names of now; `changes`: branch → what its persons changed since, as text.

    `earlier`: the previous book is of an earlier day. One of the same day was made anew, of the same files.
    """

    histories: Mapping[str, History]
    changes: Mapping[str, str]
    earlier: bool

    def of(self, branch: str) -> History:
        """The history of a branch, an empty one where nothing is known of it."""
        return self.histories.get(branch) or History()

    def resent(self, one: Any) -> bool:
        """Whether a line of the board counts the very file that counted on an earlier day."""
        return self.earlier and self._unchanged(one)

    def _unchanged(self, one: Any) -> bool:
        return bool(one.state == State.COUNTED and one.sha256 and one.sha256 == self.of(one.branch).counted)

    def said(self, one: Any, between: str) -> str:
        """What a line of the board changed. `between`: since the version before in the same run, "" where none."""
        history = self.of(one.branch)
        if one.state != State.COUNTED:
            return "" if one.sha256 in history.known else between
        if self._unchanged(one):
            told = phrase("version.resent") if self.earlier else ""
        elif one.sha256 in history.known and one.sha256 not in history.unsure:
            told = phrase("version.older", version=history.known[one.sha256])
        else:
            told = between or self.changes.get(one.branch, "")
        return " ".join(filter(None, (told, _faults(history, one))))


def past_of(previous: Previous | None, committee: Committee, people: pd.DataFrame, as_of: date) -> Past | None:
    """What `previous` tells of the branches of `committee`, if there is one. `people`: those counted `as_of` now."""
    if previous is None:
        return None
    directory = Directory(committee)
    earlier = previous.as_of is not None and previous.as_of < as_of

    def called(name: str) -> str:
        return directory.named(name) or name

    histories = _histories(previous.board, called)
    if previous.people is None or people.empty:
        return Past(histories, {}, earlier)
    spoke = {called(name) for name in previous.handed_in}
    changes = changes_by_branch(previous.people, people, called)
    return Past(histories, {branch: said for branch, said in changes.items() if branch in spoke}, earlier)


def _histories(board: pd.DataFrame, called: Callable[[str], str]) -> dict[str, History]:
    """The versions of each branch by its name of now; `called`: name then → name now."""
    made: dict[str, History] = {}
    for one in lines(board[board["branch"] != ""]):
        history = made.setdefault(called(one.branch), History())
        for version, sha256 in ((one.version, one.sha256), (one.last_version, one.last_sha256)):
            if not is_blank(version):
                history.learn(int(version), sha256)
        if one.state == State.COUNTED:
            history.counted = one.sha256
            history.errors, history.queries = (_known(count) for count in (one.errors, one.queries))
        elif not one.state:
            history.unsure.add(one.sha256)
        elif one.last_sha256 and not history.counted:
            history.counted = one.last_sha256
    return made


def _known(count: Any) -> int | None:
    """The whole number of a line, None where it is blank."""
    return None if is_blank(count) else int(count)


def _faults(history: History, one: Any) -> str:
    """How many faults there were in the previous book and are now; "" where nothing has changed or is known."""
    then, now = (history.errors, history.queries), (_known(one.errors), _known(one.queries))
    said = [
        phrase(name, before=before, now=count)
        for name, before, count in zip(("version.errors", "version.queries"), then, now, strict=True)
        if before is not None and count is not None and before != count
    ]
    return phrase("version.since", counts=", ".join(said)) if said else ""


def numbered(board: pd.DataFrame, past: Past | None) -> pd.DataFrame:
    """The board with versions that go on where the previous book stopped, and `last_version`, `last_sha256`.

    The same content keeps its version. The two columns remember for the next book what a branch without a counted file
    had handed in.
    """
    versions = board["version"].copy()
    last = pd.Series(pd.NA, board.index, dtype="Int64")
    digests = pd.Series("", board.index, dtype="str")
    if past:
        for branch, files in board[board["branch"] != ""].groupby("branch", sort=False):
            history = past.of(str(branch))
            versions.loc[files.index] = _versions(files, history)
            if history.last:
                silent = files.index[files["file"] == ""]
                last.loc[silent], digests.loc[silent] = history.last, history.counted
    return board.assign(version=versions, last_version=last, last_sha256=digests)


def _versions(files: pd.DataFrame, history: History) -> "pd.Series[int]":
    """The versions of one branch's files: known ones keep theirs, the others follow in their order."""
    made, following = files["version"].copy(), history.last
    for row, one in zip(files.index, lines(files), strict=True):
        made.loc[row] = history.known.get(one.sha256, one.version)
    for row in files["version"].dropna().sort_values().index:
        if files.at[row, "sha256"] not in history.known:
            following += 1
            made.loc[row] = following
    return made
