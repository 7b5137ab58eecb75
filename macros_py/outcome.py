"""With which exit code a verb ends: whether anything in a result wants to be looked at."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from macros_py import shell
from validation.vocabulary import Level
from workbook.book import Book
from workbook.checking import Checked
from workbook.incoming.inbox import Opened
from workbook.states import State
from workbook.upper_book import UpperBook

if TYPE_CHECKING:  # no plain check needs it, and it takes a while to load
    from workbook.overdue import Due

#: What became of a file of which nobody knows yet what to make.
_LEFT_OUT = (State.UNREADABLE, State.NO_REGISTER, State.NO_BRANCH)


def of_check(checked: Checked) -> int:
    """Clean, findings, or could not run (no file could be read)."""
    graver = checked.found["level"].isin([Level.ERROR, Level.QUERY]).any()
    return _of_files(checked.files, found=bool(graver))


def of_overdue(due: "Due") -> int:
    """Findings when something is overdue or somebody is not watched; could not run when no file could be read."""
    late = (due.lines["days_late"] > 0).any()
    return _of_files(due.files, found=bool(late or due.untimed or due.unknown))


def _of_files(files: Sequence[Opened], *, found: bool) -> int:
    shut = [one.error is not None for one in files]
    if all(shut):
        return shell.FAILED
    return shell.FINDINGS if found or any(shut) else shell.CLEAN


def of_book(made: Book, questions: Sequence[object]) -> int:
    """Findings when anything in the book or in the committee book should be looked at, a file left out among it."""
    graver = made.findings["level"].isin([Level.ERROR, Level.QUERY]).any()
    left_out = made.submissions["state"].isin(_LEFT_OUT).any()
    return shell.FINDINGS if questions or graver or left_out else shell.CLEAN


def of_upper(made: UpperBook, questions: Sequence[object]) -> int:
    """The same of the book of the level above, its board of lower books included."""
    good = {State.COUNTED, State.REPLACED, State.WITHDRAWN, State.COPY}
    return of_book(made.base, questions) if set(made.files["state"]) <= good else shell.FINDINGS
