"""What reminders of branches and of lower committees say alike: awaited by when, how late it came, wanted again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from workbook.days import format_day
from workbook.frames import is_blank
from workbook.phrases import phrase


@dataclass(frozen=True, slots=True)
class Wording:
    """The phrases that speak of what is handed in: a register, or a quota book."""

    by: str
    overdue: str
    soon: str
    late: str
    again: str
    again_soon: str


def letter(branch: str, said: Sequence[str]) -> str:
    """One paragraph to a branch; "" where there is nothing to say."""
    return " ".join([phrase("remind.to", branch=branch), *said, phrase("remind.thanks")]) if said else ""


def awaited(one: Any, as_of: date, words: Wording) -> str:
    """By when something is awaited of a line of the board: by the last day, or soon where that is past or unknown."""
    if is_blank(one.due_on):
        return phrase(words.soon)
    due = one.due_on.date()
    if due >= as_of:
        return phrase(words.by, due=format_day(due))
    return phrase(words.overdue, due=format_day(due), days=(as_of - due).days)


def late(one: Any, words: Wording) -> list[str]:
    """By how many days it came late; nothing of what came in time, or where no last day is known."""
    if is_blank(one.days_late) or one.days_late <= 0:
        return []
    return [phrase(words.late, days=one.days_late, due=format_day(one.due_on))]


def faults(one: Any) -> str:
    """How many errors and queries stand in what came; "" for none."""
    counts = {"remind.errors": int(one.errors), "remind.queries": int(one.queries)}
    return phrase("remind.and").join(phrase(name, count=count) for name, count in counts.items() if count)


def again(one: Any, as_of: date, words: Wording) -> str:
    """By when it is wanted once more, put right."""
    past = is_blank(one.due_on) or one.due_on.date() < as_of
    return phrase(words.again_soon) if past else phrase(words.again, due=format_day(one.due_on))
