"""What to remind a lower committee of: one paragraph, ready to be pasted into a message."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from workbook.committee import Committee
from workbook.frames import is_blank, lines
from workbook.phrases import phrase


def reminded(board: pd.DataFrame, committee: Committee, as_of: date, silent: Mapping[str, int]) -> pd.DataFrame:
    """The board with `reminder` (text), "" where there is nothing to say.

    `silent`: committee → how many branches below it have handed in no register.
    """
    missing, counted = phrase("state.missing"), phrase("state.counted")
    came = board[(board["file"] != "") & (board["state"] != counted)]
    refused = came.groupby("branch")["state"].agg(lambda states: ", ".join(dict.fromkeys(states)))
    said = [
        _missing(one, committee, as_of, refused.get(one.branch, ""))
        if one.state == missing
        else _counted(one, as_of, silent.get(one.branch, 0))
        if one.state == counted
        else []
        for one in lines(board)
    ]
    told = [_letter(one, texts) for one, texts in zip(lines(board), said, strict=True)]
    return board.assign(reminder=pd.Series(told, board.index, dtype="str"))


def _letter(one: Any, texts: list[str]) -> str:
    return " ".join([phrase("remind.to", branch=one.branch), *texts, phrase("remind.thanks")]) if texts else ""


def _missing(one: Any, committee: Committee, as_of: date, refused: str) -> list[str]:
    """`refused`: what became of books that came and do not count, in words."""
    name = committee.name or phrase("remind.committee")
    said = [phrase("rollup.remind_missing", committee=name, day=f"{as_of:%d/%m/%Y}")]
    if refused:
        said.append(phrase("rollup.remind_refused", states=refused))
    return [*said, _ask(one, as_of)]


def _ask(one: Any, as_of: date) -> str:
    """By when a book is awaited: by the last day, or soon where that is past or unknown."""
    if is_blank(one.due_on):
        return phrase("rollup.remind_soon")
    due = f"{one.due_on:%d/%m/%Y}"
    if one.due_on.date() >= as_of:
        return phrase("rollup.remind_by", due=due)
    return phrase("rollup.remind_overdue", due=due, days=(as_of - one.due_on.date()).days)


def _counted(one: Any, as_of: date, silent: int) -> list[str]:
    """What is to be said of a book that counts: how late it came, what is wrong in it, what it lacks."""
    said = list(_faults(one))
    if silent:
        said.append(phrase("rollup.remind_silent", count=silent))
    if said:
        said.append(_ask_again(one, as_of))
    if not is_blank(one.days_late) and one.days_late > 0:
        said.insert(0, phrase("rollup.remind_late", days=one.days_late, due=f"{one.due_on:%d/%m/%Y}"))
    return said


def _faults(one: Any) -> Iterator[str]:
    counts = {"remind.errors": int(one.errors), "remind.queries": int(one.queries)}
    faults = phrase("remind.and").join(phrase(name, count=count) for name, count in counts.items() if count)
    if faults:
        yield phrase("rollup.remind_faults", faults=faults)


def _ask_again(one: Any, as_of: date) -> str:
    past = is_blank(one.due_on) or one.due_on.date() < as_of
    return phrase("rollup.remind_again_soon") if past else phrase("rollup.remind_again", due=f"{one.due_on:%d/%m/%Y}")
