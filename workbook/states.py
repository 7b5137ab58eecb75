"""What became of a file, or of who should have handed one in: a code inside, a word on the sheet, and back again.

Frames carry the code. The word is a phrase (`[state]`), written by the sheet; whoever reads a book of ours finds the
code here, by the word of today or one of an earlier day (`[former_states]`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from workbook.phrases import formerly, phrase
from workbook.text import clean, key

_GAP = "{branch}"


class State(StrEnum):
    """What became of a file for one branch, or of a branch without one that counts; of its committee, likewise."""

    COUNTED = "counted"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    COPY = "copy"
    NO_REGISTER = "no_register"
    NO_BRANCH = "no_branch"
    UNREADABLE = "unreadable"
    MISSING = "missing"
    MERGED = "merged"  # the branch is no more: another has taken it in
    ENDED = "ended"
    # of quota books of lower committees only
    WRONG_YEAR = "wrong_year"
    WRONG_PERIOD = "wrong_period"
    NO_COMMITTEE = "no_committee"
    NO_QUOTA_BOOK = "no_quota_book"


@dataclass(frozen=True, slots=True)
class Stated:
    """A state as a sheet says it; `heir` is the branch that took in one that is no more, "" of any other."""

    state: State
    heir: str = ""


def ended_state(heir: str) -> State:
    """The state of a branch that is no more, by the branch that took it in ("" none did)."""
    return State.MERGED if heir else State.ENDED


def state_label(state: str, heir: str = "") -> str:
    """The word for a State; "" for "", which is no word of ours read back. KeyError for any other text."""
    return phrase(f"state.{State(state)}", branch=heir) if state else ""


def labels(board: pd.DataFrame) -> list[str]:
    """The words for the states of a board, line by line: its columns `state` and `heir`."""
    return [state_label(state, heir) for state, heir in zip(board["state"], board["heir"], strict=True)]


def stated(text: str) -> Stated | None:
    """The state that a word of ours stands for, today's or a former one; None for any other text."""
    return next((found for state, word in _words() if (found := _fits(state, word, clean(text)))), None)


def restated(text: str) -> str:
    """The text in the words of today where it is a former word for a state, else as it is."""
    known = stated(text)
    return state_label(known.state, known.heir) if known else text


def _words() -> Iterator[tuple[State, str]]:
    """Every State with each word it has or had; what stands in the gap of a word is left open."""
    former = formerly("state")
    for state in State:
        yield state, phrase(f"state.{state}", branch=_GAP)
        yield from ((state, word) for word in former.get(state, ()))


def _fits(state: State, word: str, text: str) -> Stated | None:
    before, gap, after = word.partition(_GAP)
    if not gap:
        return Stated(state) if key(text) == key(word) else None
    heir = text[len(before) : len(text) - len(after)].strip()
    return Stated(state, heir) if heir and key(before + heir + after) == key(text) else None
