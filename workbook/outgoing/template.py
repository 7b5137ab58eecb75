"""Blank books for people to fill: the branch register and the committee book.

Headings, lists, rules and notes come from the same places as the checks, so that what a branch without our
add-in is told natively by its sheet is what we would tell it later.
"""

from pathlib import Path

from workbook.committee import Committee
from workbook.outgoing import committee_template
from workbook.outgoing.blank_sheet import new_book


def write_committee(out: Path, committee: Committee | None = None) -> None:
    """Write a committee book to `out`: blank but for the usual settings, or filled from `committee`."""
    with new_book(out, {}) as book:
        committee_template.write(book, committee or Committee(""))
