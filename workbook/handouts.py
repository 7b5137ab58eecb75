"""What is handed out of checked registers beside the list on the screen: a calendar file, check lists to print."""

from datetime import date
from pathlib import Path

from workbook.committee import Committee
from workbook.consolidate.checklist import checklists
from workbook.given import law_of
from workbook.outgoing import calendar_file, checklist, save
from workbook.overdue import Due


def refuse_existing(*outs: Path | None) -> None:
    """Raise CannotWrite where something stands at one of the `outs` already; asked before long work."""
    for out in filter(None, outs):
        save.refuse_existing(out)


def write_calendar(due: Due, committee: Committee | None, as_of: date, out: Path, *, named: bool) -> int:
    """Write what is overdue and comes due as a calendar file at `out`; how many lines it holds.

    Nothing is written where there are none: a calendar file without an event is none. Raises CannotWrite where
    `out` exists or cannot be written.
    """
    if len(due.lines):
        save.save_new(calendar_file.render(due.lines, committee or Committee(""), as_of, named=named), out)
    return len(due.lines)


def write_checklists(due: Due, committee: Committee | None, as_of: date, out: Path) -> int:
    """Write a check list for everybody whom a branch is next to resolve on; how many there are, 0: nothing written.

    Branch by branch in the committee's order. Raises CannotWrite where `out` exists or cannot be written.
    """
    order = {one.name: place for place, one in enumerate(committee.branches)} if committee else {}
    sorted_rows = due.branch.map(order).fillna(len(order)).sort_values(kind="stable").index
    reminders = (committee or Committee("")).reminders
    files = [one.file for one in due.files]
    lists = checklists(due.assessment, due.branch.loc[sorted_rows], files, law_of(committee, as_of), reminders)
    if lists:
        save.save_new(checklist.render(lists, as_of), out)
    return len(lists)
