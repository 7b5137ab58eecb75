"""What follows from the board: when each register was due and came, what it changed, and what to remind a branch of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from workbook.committee import Committee
from workbook.consolidate.version_changes import version_changes
from workbook.frames import is_blank, lines
from workbook.incoming.branches import Directory, hint
from workbook.incoming.versions import State, Submission
from workbook.phrases import phrase

#: What became of a file that a branch did hand in; one that was withdrawn is as if it had not come.
_CAME = (State.COUNTED, State.REPLACED)


@dataclass(frozen=True, slots=True)
class Rates:
    """Of the branches that stand, how many should hand in, have, without an error, and in time (None: no last day)."""

    expected: int
    received: int
    complete: int
    on_time: int | None


def followed_up(
    board: pd.DataFrame, submissions: Sequence[Submission], committee: Committee, as_of: date
) -> pd.DataFrame:
    """The board with `due_on`, `days_late` (whole number or NA), `changes` and `reminder` (texts).

    A branch that is no more owes nothing, and a file of no branch is due on no day.
    """
    asked, due = board["branch"].isin(_standing(committee, as_of)), committee.submit_by
    came = {(one.branch, one.opened.file): one.received_on for one in submissions}
    days = [came.get((one.branch, one.file)) or (None if one.file else as_of) for one in lines(board)]
    late = pd.array([max(0, (day - due).days) if day and due else None for day in days], dtype="Int64")
    made = board.assign(
        due_on=pd.Series(pd.Timestamp(due) if due else pd.NaT, board.index, "datetime64[us]").where(asked),
        days_late=pd.Series(late, board.index).where(asked),
        changes=[version_changes(one) for one in _pairs(board, submissions)],
    )
    unread = _unread(submissions, committee)
    told = [_reminder(one, committee, as_of, unread) for one in lines(made)]
    return made.assign(reminder=pd.Series(told, board.index, dtype="str").where(asked, ""))


def rates(board: pd.DataFrame, committee: Committee, as_of: date) -> Rates:
    """The four counts of the board that `followed_up` made.

    In time is who handed in anything that could be read by the last day, however often it was corrected since.
    """
    standing = _standing(committee, as_of)
    of_branch = board[board["branch"].isin(standing)]
    counted = of_branch[of_branch["state"] == phrase(f"state.{State.COUNTED}")]
    came = of_branch[of_branch["state"].isin([phrase(f"state.{state}") for state in _CAME])]
    first = came.groupby("branch")["days_late"].min()
    return Rates(
        expected=len(standing),
        received=counted["branch"].nunique(),
        complete=counted.loc[counted["errors"] == 0, "branch"].nunique(),
        on_time=int((first == 0).sum()) if committee.submit_by else None,
    )


def _standing(committee: Committee, as_of: date) -> set[str]:
    return {branch.name for branch in committee.branches if branch.stands_on(as_of)}


def _pairs(board: pd.DataFrame, submissions: Sequence[Submission]) -> list[tuple[Submission, Submission] | None]:
    """For each line of the board the version before and its own; None where there are not both."""
    numbered = {(one.branch, one.version): one for one in submissions if one.state in _CAME}
    places = {(one.branch, one.opened.file): one.version for one in submissions}
    keys = [(one.branch, places.get((one.branch, one.file), 0)) for one in lines(board)]
    return [
        (numbered[branch, version - 1], numbered[branch, version]) if (branch, version - 1) in numbered else None
        for branch, version in keys
    ]


# --- the reminder


def _unread(submissions: Sequence[Submission], committee: Committee) -> dict[str, str]:
    """Branch → a file of its own, as far as the file's name tells, that could not be opened."""
    directory, shut = Directory(committee), [one for one in submissions if one.state is State.UNREADABLE]
    return {branch: one.opened.file for one in shut if (branch := one.branch or hint(one.opened, directory))}


def _reminder(one: Any, committee: Committee, as_of: date, unread: Mapping[str, str]) -> str:
    """One paragraph, ready to be pasted into a message; "" where there is nothing to remind of."""
    if one.state == phrase("state.missing"):
        said = [_missing(one, committee, as_of, unread), _ask(one, as_of)]
    elif one.state == phrase("state.counted"):
        said = _received(one, as_of)
    else:
        return ""
    return " ".join([phrase("remind.to", branch=one.branch), *said, phrase("remind.thanks")]) if said else ""


def _missing(one: Any, committee: Committee, as_of: date, unread: Mapping[str, str]) -> str:
    if one.branch in unread:
        return phrase("remind.unread", file=PurePosixPath(unread[one.branch]).name)
    name = committee.name or phrase("remind.committee")
    return phrase("remind.missing", committee=name, day=f"{as_of:%d/%m/%Y}")


def _ask(one: Any, as_of: date) -> str:
    """By when a register is awaited: by the last day, or soon where that is past or unknown."""
    if is_blank(one.due_on):
        return phrase("remind.soon")
    due = f"{one.due_on:%d/%m/%Y}"
    if one.due_on.date() >= as_of:
        return phrase("remind.by", due=due)
    return phrase("remind.overdue", due=due, days=(as_of - one.due_on.date()).days)


def _received(one: Any, as_of: date) -> list[str]:
    """What is to be said of a register that came: how late, what is wrong in it."""
    said = []
    if not is_blank(one.days_late) and one.days_late > 0:
        said.append(phrase("remind.late", days=one.days_late, due=f"{one.due_on:%d/%m/%Y}"))
    if one.errors or one.queries:
        counts = {"remind.errors": int(one.errors), "remind.queries": int(one.queries)}
        faults = phrase("remind.and").join(phrase(name, count=count) for name, count in counts.items() if count)
        said.append(phrase("remind.faults", file=PurePosixPath(one.file).name, faults=faults))
        past = is_blank(one.due_on) or one.due_on.date() < as_of
        said.append(phrase("remind.again_soon") if past else phrase("remind.again", due=f"{one.due_on:%d/%m/%Y}"))
    return said
