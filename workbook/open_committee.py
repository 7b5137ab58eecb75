"""Which law an open register is judged by: that of the committee whose book is open beside it, else the central one."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbook.committee import Committee
from workbook.committee_layout import BRANCHES, DECISIONS, HOLIDAYS, SETTINGS
from workbook.errors import BadCommitteeBook
from workbook.incoming.committee_book import parse
from workbook.incoming.grid import Grid
from workbook.open_sheet import OpenSheet, without
from workbook.phrases import phrase

#: An open book with these sheets is a committee book; the others it may lack.
NEEDED, OTHERS = (SETTINGS.name, BRANCHES.name), (HOLIDAYS.name, DECISIONS.name)


@dataclass(frozen=True, slots=True)
class Ruling:
    """The committee to judge by, None for the central law, and a sentence that says so."""

    committee: Committee | None
    said: str


def ruling(books: Sequence[Sequence[OpenSheet]]) -> Ruling:
    """Judge by the one committee whose book is open; with several, or one that cannot be used, by the central law."""
    found = [(sheets[0].book, _committee(sheets)) for sheets in books]
    if not found:
        return Ruling(None, phrase("button.central"))
    name, committee = found[0]
    if len(found) == 1 and committee:
        return Ruling(committee, phrase("button.by_committee", name=committee.name or name))
    return Ruling(None, phrase("button.central_although", books=", ".join(name for name, _ in found)))


def _committee(sheets: Sequence[OpenSheet]) -> Committee | None:
    grids = [Grid(sheet.name, without(sheet.rows, ()), sheet.merges) for sheet in sheets]
    try:
        return parse(grids)[0]
    except BadCommitteeBook:
        return None
