"""Marks on a sheet, by the journal: put on in the place of earlier ones, and taken back."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from macros_py.desk import Desk, Refused
from workbook.errors import UnreadableWorkbook
from workbook.incoming.ours import is_ours
from workbook.incoming.raw import RawTable
from workbook.open_sheet import OpenSheet, table_of
from workbook.outgoing import adopt, digests, follow, journal, standing
from workbook.outgoing.areas import Cell
from workbook.outgoing.journal import Edits, Kept, Kind, Sight, Wanted
from workbook.outgoing.marks import Listing
from workbook.phrases import phrase


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet as it was read for one press of a button."""

    sheet: OpenSheet
    notes: Mapping[Cell, str]

    @property
    def name(self) -> str:
        """What its tab says."""
        return self.sheet.name


def page(desk: Desk, name: str = "") -> Page:
    """Read the sheet of that name, or the one in front."""
    sheet = desk.sheet(name)
    return Page(sheet, desk.notes(sheet.name))


def pages(desk: Desk, kept: Sequence[Kept]) -> dict[str, Page]:
    """Every sheet of the book that is not a list of ours."""
    lists = standing.lists(kept)
    return {name: page(desk, name) for name in desk.names() if name not in lists}


def register(desk: Desk) -> tuple[Page, list[Kept]]:
    """The sheet in front, and the journal of the book; Refused where it is a sheet of our own."""
    kept, front = desk.kept(), page(desk)
    if front.name in standing.lists(kept) or is_ours(front.name, front.sheet.rows):
        raise Refused("button.our_sheet", sheet=front.name)
    known = any(one.sheet == front.name for one in kept)
    return front, kept if known else adopted(desk, front, kept)


def check_open(desk: Desk, kept: Sequence[Kept], sheets: Iterable[str]) -> None:
    """Refused where sheets to be marked, our lists or the book are protected."""
    desk.check_writable(*sheets, *standing.lists(kept))
    desk.check_structure()


def mark(desk: Desk, page: Page, kept: Sequence[Kept], wanted: Wanted, listing: Listing | None = None) -> None:
    """Show what is wanted on a sheet, and the list on a sheet of ours; `kept` is the journal of the book.

    The journal is written before the marks, so that marks broken off half-way can be taken back.
    """
    here = [one for one in kept if one.sheet == page.name]
    others = [one for one in kept if one.sheet != page.name]
    if listing:
        others = _listed(desk, others, listing)
    edits, keep = journal.change(page.name, here, wanted, _sight(desk, page, here, wanted))
    still = set(keep)
    stale = [one for one in here if one not in still]
    desk.keep([*others, *keep, *stale])
    desk.change(page.name, edits)
    if stale:
        desk.keep([*others, *keep])


def unmark(desk: Desk, kept: Sequence[Kept], pages: Mapping[str, Page]) -> str:
    """Put every sheet back as it was; what was done. No journal is left, and no list but those a clerk wrote on."""
    lists = standing.lists(kept)
    written = [name for name, lines in lists.items() if not _untouched(desk, name, lines)]
    told = [_unmarked(desk, page, [one for one in kept if one.sheet == page.name]) for page in pages.values()]
    dropped = [name for name in lists if name not in written]
    desk.drop(dropped)
    desk.keep([])
    gone = [phrase("button.dropped", sheets=_quoted(dropped))] if dropped else []
    left = [phrase("button.list_left", sheets=_quoted(written))] if written else []
    return " ".join([*filter(None, told), *gone, *left])


def _unmarked(desk: Desk, page: Page, here: Sequence[Kept]) -> str:
    """Put one sheet back; what was taken off it."""
    if not here:
        return ""
    edits, _ = journal.change(page.name, here, Wanted(), _sight(desk, page, here, Wanted()))
    desk.change(page.name, edits)
    return phrase("button.cleared", sheet=page.name, fills=_count(edits), notes=len(edits.unnote))


def _count(edits: Edits) -> int:
    areas = (area for same in edits.fills.values() for area in same)
    return sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in areas)


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _sight(desk: Desk, page: Page, here: Sequence[Kept], wanted: Wanted) -> Sight:
    cells, columns = journal.of_interest(here, wanted)
    areas = [*journal.results(here, page.name), *([wanted.area] if wanted.results else [])]
    return Sight(
        fills=desk.fills(page.name, cells) if cells else {},
        notes=page.notes,
        widths=desk.widths(page.name, columns),
        contents=digests.contents(page.sheet, areas),
    )


# --- what clerks do to marked sheets


def adopted(desk: Desk, page: Page, kept: Sequence[Kept]) -> list[Kept]:
    """The journal with the marks on a sheet that a clerk has copied there."""
    notes = adopt.copied_notes(kept, page.name, page.notes)
    heads = adopt.headings(kept, page.sheet)
    if not notes and not heads:
        return list(kept)
    fills = desk.fills(page.name, {*notes, *heads})
    return [*kept, *adopt.adopted(kept, page.sheet, notes, fills)]


def settled(
    desk: Desk, kept: Sequence[Kept], pages: Mapping[str, Page], known: Mapping[str, str]
) -> tuple[list[Kept], list[str]]:
    """The journal after a clerk has sorted lines and copied marks anywhere, and what cannot be put back.

    `known`: headings that people have confirmed, as for `table_of`.
    """
    now, astray = list(kept), list[str]()
    for one in pages.values():
        if standing.has_persons(now, one.name):
            with suppress(UnreadableWorkbook):  # no register any more: then nobody can be looked for
                table = table_of(one.sheet, journal.results(now, one.name), known)
                now, told = followed(desk, one, now, table)
                astray += told
    for one in pages.values():
        now = adopted(desk, one, now)
    return now, astray


def followed(desk: Desk, page: Page, kept: Sequence[Kept], table: RawTable) -> tuple[list[Kept], list[str]]:
    """The journal of the book after a clerk has sorted a sheet of it, and what cannot be put back, in a sentence.

    Fills are asked for only where somebody does not stand where the journal says.
    """
    here, now = [one for one in kept if one.sheet == page.name], follow.persons(table)
    rows, same = follow.by_person(here, now), {row: row for row in follow.marked(here)}
    if rows == same:
        return list(kept), []
    rows = follow.by_notes(here, now, rows, page.notes)
    if rows == same:
        return list(kept), []
    fills = desk.fills(page.name, follow.places(here, rows))
    carried, lost = follow.carried(here, rows, fills, page.notes)
    others = [one for one in kept if one.sheet != page.name]
    return [*others, *carried], [phrase("button.astray", count=lost)] if lost else []


# --- our own sheets


def list_of(desk: Desk, kept: Sequence[Kept], title: str, sheet: str) -> str:
    """Our own sheet with that title about a sheet, or about one that is no longer there; "" where there is none."""
    names = desk.names()
    lists = (one for one in kept if one.kind is Kind.LISTING and one.sheet in names)
    about = ((one.sheet, *standing.listed(one)) for one in lists)
    return next((name for name, known, of in about if known == title and (of == sheet or of not in names)), "")


def _listed(desk: Desk, kept: Sequence[Kept], listing: Listing) -> list[Kept]:
    """Write the list, over the earlier one unless a clerk has written on it; the journal with it.

    What was written is read back: applications may give it back otherwise than it was handed to them.
    """
    earlier = list_of(desk, kept, listing.title, listing.sheet)
    lines = standing.lists(kept).get(earlier, frozenset())
    name = desk.put(listing, earlier if earlier and _untouched(desk, earlier, lines) else "")
    others = [one for one in kept if one.sheet != earlier]
    return [*others, *standing.listing(listing.title, listing.sheet, desk.sheet(name))]


def _untouched(desk: Desk, name: str, lines: frozenset[str]) -> bool:
    """Whether a list of ours says nothing but what we wrote."""
    return digests.still_ours(desk.sheet(name), lines) and not desk.notes(name)
