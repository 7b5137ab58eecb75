"""The reminder of a branch: one paragraph, ready to be pasted into a message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from workbook.committee import Committee
from workbook.consolidate.reminder_words import Wording, again, awaited, faults, late, letter
from workbook.consolidate.unplaced import Unplaced, named, unplaced_files
from workbook.days import format_day
from workbook.incoming.branches import Directory, hint
from workbook.incoming.versions import Submission
from workbook.phrases import phrase
from workbook.states import State

_REGISTER = Wording(
    by="remind.by",
    overdue="remind.overdue",
    soon="remind.soon",
    late="remind.late",
    again="remind.again",
    again_soon="remind.again_soon",
)


@dataclass(frozen=True, slots=True)
class Lost:
    """Branch → a file of its own that does not count: one that could not be opened, one in which no register was found,
    one that was withdrawn; and the files of no known branch.
    """

    unread: Mapping[str, str]
    shapeless: Mapping[str, str]
    withdrawn: Mapping[str, str]
    unplaced: Sequence[Unplaced]


def lost_files(submissions: Sequence[Submission], committee: Committee) -> Lost:
    """What came and does not count; a file that does not say whose it is, is a branch's as far as its name tells."""
    directory = Directory(committee)

    def of_branch(state: State) -> Mapping[str, str]:
        found = [(one.branch or hint(one.opened, directory), one) for one in submissions if one.state is state]
        return {branch: one.opened.file for branch, one in found if branch}

    withdrawn = {
        one.branch: one.opened.file for one in submissions if one.state is State.WITHDRAWN and one.opened.tables
    }
    files = unplaced_files(submissions, committee)
    return Lost(of_branch(State.UNREADABLE), of_branch(State.NO_REGISTER), withdrawn, files)


def reminder(one: Any, committee: Committee, as_of: date, lost: Lost, *, resent: bool = False) -> str:
    """What to remind the branch of a line of the board of; "" where there is nothing.

    `resent`: it handed in the very file of the previous book.
    """
    if one.state == State.MISSING:
        if files := _may_be_of(one.branch, lost):
            return phrase("remind.wait", branch=one.branch, files="; ".join(named(files)))
        return letter(one.branch, [_missing(one, committee, as_of, lost), awaited(one, as_of, _REGISTER)])
    if one.state == State.COUNTED:
        return letter(one.branch, _received(one, as_of, "remind.resent" if resent else "remind.faults"))
    return ""


def _may_be_of(branch: str, lost: Lost) -> list[Unplaced]:
    """The files for whose sake the letter to a silent branch must wait: it may have sent them."""
    if branch in lost.unread or branch in lost.shapeless:
        return []
    return [one for one in lost.unplaced if one.may_be_of(branch)]


def _missing(one: Any, committee: Committee, as_of: date, lost: Lost) -> str:
    if one.branch in lost.unread:
        return phrase("remind.unread", file=PurePosixPath(lost.unread[one.branch]).name)
    if one.branch in lost.shapeless:
        return phrase("remind.no_register", file=PurePosixPath(lost.shapeless[one.branch]).name)
    name, day = committee.name or phrase("remind.committee"), format_day(as_of)
    if one.branch in lost.withdrawn:
        file = PurePosixPath(lost.withdrawn[one.branch]).name
        return phrase("remind.withdrawn", file=file, committee=name, day=day)
    return phrase("remind.missing", committee=name, day=day)


def _received(one: Any, as_of: date, faulty: str) -> list[str]:
    """What is to be said of a register that came: how late, what is wrong in it (`faulty`: the phrase)."""
    said, found = late(one, _REGISTER), faults(one)
    if found:
        said.append(phrase(faulty, file=PurePosixPath(one.file).name, faults=found))
        said.append(again(one, as_of, _REGISTER))
    return said
