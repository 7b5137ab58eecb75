"""The reminder of a branch: one paragraph, ready to be pasted into a message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from workbook.committee import Committee
from workbook.frames import is_blank
from workbook.incoming.branches import Directory, hint
from workbook.incoming.versions import State, Submission
from workbook.phrases import phrase


@dataclass(frozen=True, slots=True)
class Lost:
    """Branch → a file of its own that does not count: one that could not be opened, one that was withdrawn."""

    unread: Mapping[str, str]
    withdrawn: Mapping[str, str]


def lost_files(submissions: Sequence[Submission], committee: Committee) -> Lost:
    """What came and does not count; an unreadable file is a branch's as far as its name tells."""
    directory, shut = Directory(committee), [one for one in submissions if one.state is State.UNREADABLE]
    return Lost(
        unread={branch: one.opened.file for one in shut if (branch := one.branch or hint(one.opened, directory))},
        withdrawn={one.branch: one.opened.file for one in submissions if one.state is State.WITHDRAWN},
    )


def reminder(one: Any, committee: Committee, as_of: date, lost: Lost, *, resent: bool = False) -> str:
    """What to remind the branch of a line of the board of; "" where there is nothing.

    `resent`: it handed in the very file of the previous book.
    """
    if one.state == phrase("state.missing"):
        said = [_missing(one, committee, as_of, lost), _ask(one, as_of)]
    elif one.state == phrase("state.counted"):
        said = _received(one, as_of, "remind.resent" if resent else "remind.faults")
    else:
        return ""
    return " ".join([phrase("remind.to", branch=one.branch), *said, phrase("remind.thanks")]) if said else ""


def _missing(one: Any, committee: Committee, as_of: date, lost: Lost) -> str:
    if one.branch in lost.unread:
        return phrase("remind.unread", file=PurePosixPath(lost.unread[one.branch]).name)
    name, day = committee.name or phrase("remind.committee"), f"{as_of:%d/%m/%Y}"
    if one.branch in lost.withdrawn:
        file = PurePosixPath(lost.withdrawn[one.branch]).name
        return phrase("remind.withdrawn", file=file, committee=name, day=day)
    return phrase("remind.missing", committee=name, day=day)


def _ask(one: Any, as_of: date) -> str:
    """By when a register is awaited: by the last day, or soon where that is past or unknown."""
    if is_blank(one.due_on):
        return phrase("remind.soon")
    due = f"{one.due_on:%d/%m/%Y}"
    if one.due_on.date() >= as_of:
        return phrase("remind.by", due=due)
    return phrase("remind.overdue", due=due, days=(as_of - one.due_on.date()).days)


def _received(one: Any, as_of: date, faulty: str) -> list[str]:
    """What is to be said of a register that came: how late, what is wrong in it (`faulty`: the phrase)."""
    said = []
    if not is_blank(one.days_late) and one.days_late > 0:
        said.append(phrase("remind.late", days=one.days_late, due=f"{one.due_on:%d/%m/%Y}"))
    if one.errors or one.queries:
        counts = {"remind.errors": int(one.errors), "remind.queries": int(one.queries)}
        faults = phrase("remind.and").join(phrase(name, count=count) for name, count in counts.items() if count)
        said.append(phrase(faulty, file=PurePosixPath(one.file).name, faults=faults))
        past = is_blank(one.due_on) or one.due_on.date() < as_of
        said.append(phrase("remind.again_soon") if past else phrase("remind.again", due=f"{one.due_on:%d/%m/%Y}"))
    return said
