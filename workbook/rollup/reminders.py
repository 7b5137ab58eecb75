"""What to remind a lower committee of: one paragraph, ready to be pasted into a message."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from workbook.committee import Committee
from workbook.consolidate.reminder_words import Wording, again, awaited, faults, late, letter
from workbook.days import format_day
from workbook.frames import lines
from workbook.phrases import phrase
from workbook.states import State, state_label

_BOOK = Wording(
    by="rollup.remind_by",
    overdue="rollup.remind_overdue",
    soon="rollup.remind_soon",
    late="rollup.remind_late",
    again="rollup.remind_again",
    again_soon="rollup.remind_again_soon",
)


def reminded(board: pd.DataFrame, committee: Committee, as_of: date, silent: Mapping[str, int]) -> pd.DataFrame:
    """The board with `reminder` (text), "" where there is nothing to say.

    `silent`: committee → how many branches below it have handed in no register.
    """
    came = board[(board["file"] != "") & (board["state"] != State.COUNTED)]
    refused = came.groupby("branch")["state"].agg(lambda states: ", ".join(map(state_label, dict.fromkeys(states))))
    said: dict[str, Callable[[Any], str]] = {
        State.MISSING: lambda one: _missing(one, committee, as_of, refused.get(one.branch, "")),
        State.COUNTED: lambda one: _counted(one, as_of, silent.get(one.branch, 0)),
    }
    told = [said[one.state](one) if one.state in said else "" for one in lines(board)]
    return board.assign(reminder=pd.Series(told, board.index, dtype="str"))


def _missing(one: Any, committee: Committee, as_of: date, refused: str) -> str:
    """`refused`: what became of books that came and do not count, in words."""
    name = committee.name or phrase("remind.committee")
    said = [phrase("rollup.remind_missing", committee=name, day=format_day(as_of))]
    if refused:
        said.append(phrase("rollup.remind_refused", states=refused))
    return letter(one.branch, [*said, awaited(one, as_of, _BOOK)])


def _counted(one: Any, as_of: date, silent: int) -> str:
    """What is to be said of a book that counts: how late it came, what is wrong in it, what it lacks."""
    found = faults(one)
    lacking = [phrase("rollup.remind_faults", faults=found)] if found else []
    lacking += [phrase("rollup.remind_silent", count=silent)] if silent else []
    asked = [again(one, as_of, _BOOK)] if lacking else []
    return letter(one.branch, [*late(one, _BOOK), *lacking, *asked])
