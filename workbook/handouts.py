"""What is handed out of checked registers beside the list on the screen: a calendar file, check lists to print."""

from datetime import date
from pathlib import Path

import pandas as pd

from workbook.checking import Checked
from workbook.committee import Committee
from workbook.consolidate.checklist import checklists
from workbook.given import law_of
from workbook.incoming.branches import Directory, claim
from workbook.outgoing import calendar_file, checklist, save
from workbook.overdue import late_of


def refuse_existing(*outs: Path | None) -> None:
    """Raise CannotWrite where something stands at one of the `outs` already; asked before long work."""
    for out in filter(None, outs):
        save.refuse_existing(out)


def write_calendar(checked: Checked, committee: Committee | None, as_of: date, out: Path, *, named: bool) -> int:
    """Write what is overdue and comes due as a calendar file at `out`; how many lines it holds.

    Nothing is written where there are none: a calendar file without an event is none. Raises CannotWrite where
    `out` exists or cannot be written.
    """
    late = late_of(checked, committee)
    if len(late):
        branch = branches_of(checked, committee)
        late = late.assign(branch=branch.loc[late["row"]].to_numpy())
        save.save_new(calendar_file.render(late, committee or Committee(""), as_of, named=named), out)
    return len(late)


def write_checklists(checked: Checked, committee: Committee | None, as_of: date, out: Path) -> int:
    """Write a check list for everybody whom a branch is next to resolve on; how many there are, 0: nothing written.

    Branch by branch in the committee's order. Raises CannotWrite where `out` exists or cannot be written.
    """
    branch = branches_of(checked, committee)
    order = {one.name: place for place, one in enumerate(committee.branches)} if committee else {}
    sorted_rows = branch.map(order).fillna(len(order)).sort_values(kind="stable").index
    reminders = (committee or Committee("")).reminders
    files = [opened.file for opened in checked.files]
    lists = checklists(checked.assessment, branch.loc[sorted_rows], files, law_of(committee, as_of), reminders)
    if lists:
        save.save_new(checklist.render(lists, as_of), out)
    return len(lists)


def branches_of(checked: Checked, committee: Committee | None) -> "pd.Series[str]":
    """Row id → branch name; without a committee book only what our own template says of itself, else ""."""
    directory = Directory(committee or Committee(""))
    claims = [(opened, claim(opened, directory)) for opened in checked.files]
    names = [
        name or ("" if committee else opened.branch_hint)
        for opened, said in claims
        for table in said.rows
        for name in table
    ]
    return pd.Series(names, index=checked.assessment.typed.index, dtype="str")
