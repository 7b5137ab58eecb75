"""What follows from the board: when each register was due and came, what it changed, and what to remind a branch of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from workbook.committee import Committee
from workbook.consolidate.past import Past, numbered
from workbook.consolidate.reminders import lost_files, reminder
from workbook.consolidate.version_changes import version_changes
from workbook.frames import lines
from workbook.incoming.versions import Submission
from workbook.states import State

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
    board: pd.DataFrame,
    submissions: Sequence[Submission],
    committee: Committee,
    as_of: date,
    past: Past | None = None,
) -> pd.DataFrame:
    """The board with `due_on`, `days_late` (whole number or NA), `changes` and `reminder` (texts).

    With the `past` the versions of the previous book go on (`past.numbered`) and changes are told since it. A branch
    that is no more owes nothing, and a file of no branch is due on no day.
    """
    came = {(one.branch, one.opened.file): one.received_on for one in submissions}
    made = numbered(timed(board, came, committee, as_of), past)
    between = version_changes(_pairs(board, submissions))
    pairs = zip(lines(made), between, strict=True)
    made = made.assign(changes=[past.said(one, text) for one, text in pairs] if past else between)
    known = lost_files(submissions, committee)
    told = [reminder(one, committee, as_of, known, resent=bool(past and past.resent(one))) for one in lines(made)]
    asked = board["branch"].isin(_standing(committee, as_of))
    return made.assign(reminder=pd.Series(told, board.index, dtype="str").where(asked, ""))


def timed(
    board: pd.DataFrame, came: Mapping[tuple[str, str], date | None], committee: Committee, as_of: date
) -> pd.DataFrame:
    """The board with `due_on` and `days_late`. `came`: branch and file → the day it came, None unknown."""
    asked, due = board["branch"].isin(_standing(committee, as_of)), committee.submit_by
    days = [came.get((one.branch, one.file)) or (None if one.file else as_of) for one in lines(board)]
    late = pd.array([max(0, (day - due).days) if day and due else None for day in days], dtype="Int64")
    return board.assign(
        due_on=pd.Series(pd.Timestamp(due) if due else pd.NaT, board.index, "datetime64[us]").where(asked),
        days_late=pd.Series(late, board.index).where(asked),
    )


def rates(board: pd.DataFrame, committee: Committee, as_of: date) -> Rates:
    """The four counts of the board that `followed_up` made.

    In time is who handed in anything that could be read by the last day, however often it was corrected since.
    """
    standing = _standing(committee, as_of)
    of_branch = board[board["branch"].isin(standing)]
    counted = of_branch[of_branch["state"] == State.COUNTED]
    came = of_branch[of_branch["state"].isin(_CAME)]
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
