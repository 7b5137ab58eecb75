"""Deadlines as a calendar file (.ics, RFC 5545): all-day events that any calendar opens, without names unless asked.

What falls due on one day at one branch for one step is one event. What is overdue stands on the day told of, one
event a branch and step: a calendar shows nobody a day that is past.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

import pandas as pd
from icalendar import Alarm, Calendar, Event, vText

from workbook.committee import Committee
from workbook.days import format_day
from workbook.frames import lines
from workbook.masking import shown
from workbook.outgoing.legible import one_ending
from workbook.phrases import phrase

_PRODUCT = "-//So Nguon//songuon//VI"
_OURS = UUID("7d3f0c52-6a1e-5f7b-9c84-2b1d5a0e93f6")
_MORNING = timedelta(hours=8)  # an all-day event begins at midnight, when nobody wants to be told


def render(late: pd.DataFrame, committee: Committee, as_of: date, *, named: bool = False) -> bytes:
    """The calendar as bytes; the same lines give the same bytes.

    `late`: lines of `workbook.consolidate.late.late` with `file` and `branch` ("" where none is known). Alarms ring
    as many days ahead as the committee's reminders say, as far as those days are still to come.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for title in ("name", "x-wr-calname"):  # of RFC 7986, and what calendars read before it
        calendar.add(title, vText(_title(committee)))  # the library would leave its commas bare
    codes = {branch.name: branch.code or branch.name for branch in committee.branches}
    for group in _groups(late, as_of):
        branch = str(group["branch"].iat[0])
        calendar.add_component(_event(group, codes.get(branch, branch), committee, as_of, named=named))
    return bytes(calendar.to_ical())


def _title(committee: Committee) -> str:
    return one_ending(phrase("ics.calendar_of", name=committee.name) if committee.name else phrase("ics.calendar"))


def _groups(late: pd.DataFrame, as_of: date) -> Iterator[pd.DataFrame]:
    """The lines of one event each, with the event's `day`, soonest first."""
    over = late["days_late"] > 0
    placed = late.assign(
        day=late["due_on"].mask(over, pd.Timestamp(as_of)),
        over=over,
        whose=late["branch"].where(late["branch"] != "", late["file"]),
    )
    return (group for _, group in placed.groupby(["day", "over", "whose", "key"]))


def _event(group: pd.DataFrame, branch: str, committee: Committee, as_of: date, *, named: bool) -> Event:
    first: Any = next(lines(group))
    day = first.day.date()
    summary = one_ending(_summary(group, branch, named=named))
    event = Event()
    event.add("uid", _uid(committee.name, first))
    event.add("dtstamp", datetime.combine(as_of, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", one_ending("\n".join(_description(group, as_of, named=named))))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    for days in sorted(committee.reminders, reverse=True):
        if days <= (day - as_of).days:
            event.add_component(_alarm(days, summary))
    return event


def _uid(committee: str, first: Any) -> str:
    """The same for the same deadline in every later file, so that a calendar replaces; it tells nothing."""
    when = "overdue" if first.over else f"{first.due_on:%Y-%m-%d}"
    return f"{uuid5(_OURS, '|'.join((committee, first.whose, first.key, when)))}@songuon"


def _summary(group: pd.DataFrame, branch: str, *, named: bool) -> str:
    first: Any = next(lines(group))
    said = phrase("ics.late" if first.over else "ics.due", count=len(group), step=first.step)
    said = phrase("ics.of_branch", branch=branch, summary=said) if branch else said
    return phrase("ics.named", summary=said, names=", ".join(map(_name, group["name"]))) if named else said


def _description(group: pd.DataFrame, as_of: date, *, named: bool) -> Iterator[str]:
    """The arithmetic and the clause of every day due; with `named` each person and where the line stands."""
    for _, alike in group.groupby(["due_on", "term", "counted_from", "basis"]):
        one: Any = next(lines(alike))
        yield phrase(
            "ics.reason",
            count=len(alike),
            due_on=format_day(one.due_on),
            term=one.term,
            counted_from=one.counted_from,
            basis=one.basis,
        )
    if named:
        yield from map(_person, lines(group))
    yield phrase("ics.as_of", day=format_day(as_of))


def _person(one: Any) -> str:
    days = {"due_on": format_day(one.due_on), "started_on": format_day(one.started_on)}
    return phrase("ics.person", name=_name(one.name), place=f"{one.file}, {one.sheet}!{one.cell}", **days)


def _name(name: object) -> str:
    """A name as it may be shown: an identifier typed in its place is masked."""
    return shown("full_name", name) or phrase("ics.nameless")


def _alarm(days: int, text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", _MORNING - timedelta(days=days))
    return alarm
