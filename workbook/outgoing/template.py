"""Blank papers for people to fill or to change: the branch register, the committee book, the layout of the report.

Headings, lists, rules and notes come from the same places as the checks, so that what a branch without our
add-in is told by its own sheet is what we would tell it later.
"""

from functools import partial
from pathlib import Path

from workbook.committee import Committee
from workbook.layout import BRANCH_PROPERTY
from workbook.outgoing import committee_template, register_template, report_template
from workbook.outgoing.blank_sheet import render
from workbook.outgoing.save import save_new

#: The shape of the blank register; a new number when columns change.
VERSION = "1"

#: The blank papers kept as files beside the code, for people who have no command line.
KEPT = {"register": "so-theo-doi.xlsx", "committee": "so-cap-uy.xlsx", "report": "bao-cao.docx"}


def write_register(out: Path, branch: str = "") -> None:
    """Write a blank branch register to a new file; raises CannotWrite where it cannot, or where `out` exists."""
    save_new(register(branch), out)


def write_committee(out: Path, committee: Committee | None = None) -> None:
    """Write a committee book to a new file: blank but for the usual settings, or filled from `committee`.

    Raises CannotWrite where it cannot, or where `out` exists.
    """
    save_new(committee_book(committee or Committee("")), out)


def write_report_layout(out: Path) -> None:
    """Write the layout of the written report, for a clerk to change; raises CannotWrite as above."""
    save_new(report_template.build(), out)


def register(branch: str = "") -> bytes:
    """A blank register as the bytes of an .xlsx file; the branch also stands in a property of the file."""
    named = {BRANCH_PROPERTY: branch} if branch else {}
    return render(partial(register_template.fill, branch=branch), {"songuon.template": VERSION, **named})


def committee_book(committee: Committee) -> bytes:
    """A committee book as the bytes of an .xlsx file."""
    return render(partial(committee_template.fill, committee=committee), {})


def keep(folder: Path) -> None:
    """Build the kept files anew, in the place of the old ones."""
    (folder / KEPT["register"]).write_bytes(register())
    (folder / KEPT["committee"]).write_bytes(committee_book(Committee("")))
    (folder / KEPT["report"]).write_bytes(report_template.build())
