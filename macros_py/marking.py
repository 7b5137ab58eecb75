"""Marks on a sheet, by the journal: put on in the place of earlier ones, and taken back."""

from collections.abc import Sequence

from macros_py.desk import Desk
from workbook.outgoing import journal
from workbook.outgoing.journal import Kept, Kind, Wanted
from workbook.outgoing.marks import Listing


def mark(desk: Desk, sheet: str, kept: Sequence[Kept], wanted: Wanted, listing: Listing | None = None) -> None:
    """Show what is wanted on a sheet, and the list on a sheet of ours; `kept` is the journal of the book.

    The journal is written before the marks, so that marks broken off half-way can be taken back.
    """
    here = [one for one in kept if one.sheet == sheet]
    others = [one for one in kept if one.sheet != sheet]
    if listing:
        others = _listed(desk, others, listing)
    edits, keep = journal.change(sheet, here, wanted, desk.sight(sheet, *journal.of_interest(here, wanted)))
    stale = [one for one in here if one not in keep]
    desk.keep([*others, *keep, *stale])
    desk.change(sheet, edits)
    if stale:
        desk.keep([*others, *keep])


def unmark(desk: Desk, kept: Sequence[Kept]) -> None:
    """Put every sheet back as it was, and leave neither list nor journal."""
    for sheet in marked_sheets(kept):
        here = [one for one in kept if one.sheet == sheet]
        edits, _ = journal.change(sheet, here, Wanted(), desk.sight(sheet, *journal.of_interest(here, Wanted())))
        desk.change(sheet, edits)
    desk.drop([one.sheet for one in kept if one.kind is Kind.LISTING])
    desk.keep([])


def marked_sheets(kept: Sequence[Kept]) -> list[str]:
    """The clerk's own sheets that carry marks, each once."""
    return list(dict.fromkeys(one.sheet for one in kept if one.kind is not Kind.LISTING))


def _listed(desk: Desk, kept: Sequence[Kept], listing: Listing) -> list[Kept]:
    """Write the list, over the earlier one of its title; the journal with it."""
    earlier = [one for one in kept if one.kind is Kind.LISTING and one.after == listing.title]
    name = desk.put(listing, earlier[0].sheet if earlier else "")
    return [
        *(one for one in kept if one not in earlier),
        Kept(Kind.LISTING, name, (1, 1, 1, 1), "", listing.title),
    ]
