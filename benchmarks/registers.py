"""Many made-up branch registers on disk, every one with the register's 46 columns, in every layout of the demo."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import gettempdir

from workbook.committee import Branch
from workbook.demo import branches as town
from workbook.demo.draft import Cover, draft
from workbook.demo.inbox import COMMITTEE_BOOK, INBOX
from workbook.demo.layouts import Layout, layouts
from workbook.demo.paper import save
from workbook.demo.people import people
from workbook.demo.words import words
from workbook.outgoing.template import write_committee

AS_OF = date(2026, 11, 22)
ALL_LAYOUTS = len(layouts())


def cached(count: int, rows: int = 40) -> Path:
    """A folder with `count` registers of `rows` people each and their committee book; made on first use."""
    folder = Path(gettempdir()) / f"so-nguon-benchmark-{count}x{rows}"
    if not (folder / COMMITTEE_BOOK).exists():  # written last
        make(folder, count, rows)
    return folder


def layouts_among(count: int) -> int:
    """In how many layouts so many registers come; the first of them are all different."""
    return min(count, ALL_LAYOUTS)


def make(folder: Path, count: int, rows: int) -> None:
    """Write the registers into `folder`, then the committee book."""
    branches = town.invent(Random(count), count)
    ways = list(layouts().values())
    for number, branch in enumerate(branches):
        _register(folder / INBOX, number, branch, ways[number % len(ways)].completed(), rows)
    write_committee(folder / COMMITTEE_BOOK, town.committee(branches, AS_OF))


def _register(inbox: Path, number: int, branch: Branch, layout: Layout, rows: int) -> None:
    listed = people(number, rows, AS_OF, first=number * rows)
    sheet = draft(layout, listed, Cover(branch.name, words()["branch"]["committee"], AS_OF))
    written_at = datetime.combine(AS_OF, time(8)) - timedelta(minutes=number)
    save(inbox / f"{branch.name}.xlsx", [("Sheet1", sheet)], written_at)
