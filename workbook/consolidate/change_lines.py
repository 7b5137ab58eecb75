"""What a change is called, and one line of the sheet of changes."""

from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """What became of a person or a branch since the previous book; the value is the key of its phrase.

    In the order of the lines about one person or one branch.
    """

    TOTAL_FEWER = "change.total_fewer"  # fewer admitted in all; the branch of the line is the committee itself
    BRANCH_NEW = "change.branch_new"
    BRANCH_RENAMED = "change.branch_renamed"
    BRANCH_MERGED = "change.branch_merged"
    BRANCH_ENDED = "change.branch_ended"
    BRANCH_GONE = "change.branch_gone"  # no longer in the committee book
    SILENT = "change.silent"  # had a register counted, has none now
    HEARD = "change.heard"  # had none, has one now
    FEWER = "change.fewer"  # fewer admitted than was reported
    COLUMN_LOST = "change.column_lost"  # everybody of the branch has lost what stood in a column
    UNSURE = "change.unsure"
    NEW = "change.new"
    MOVED = "change.moved"
    DECIDED = "change.decided"  # an answer about doubles, not something that happened
    RECOUNTED = "change.recounted"  # another line of the person counts
    LEFT = "change.left"
    RETURNED = "change.returned"
    VANISHED = "change.vanished"  # no line any more, and no reason given
    FORWARD = "change.forward"
    BACK = "change.back"
    DONE = "change.done"  # a step taken within a stage
    ALTERED = "change.altered"
    REMOVED = "change.removed"
    CORRECTED = "change.corrected"
    AGAIN = "rollup.again"  # another book of a lower committee counts now; this and the two below only of committees
    WITHDRAWN = "rollup.withdrawn"  # the book that counted was taken out
    SHRUNK = "rollup.shrunk"  # another count is less than was reported


@dataclass(frozen=True, slots=True)
class Line:
    """One change. `column` is the register column it is about, `row` the label of the person in the new book's frame.

    `name` is "" where the line is about a branch, `column` where it is about no single column, `row` None where there
    is no line to look at.
    """

    kind: Change
    branch: str
    name: str = ""
    before: str = ""
    now: str = ""
    column: str = ""
    row: int | None = None
