"""What the journal says of a book: which sheets carry marks, where, and which sheets are our own."""

from collections.abc import Iterable, Sequence

from workbook.open_sheet import OpenSheet
from workbook.outgoing import digests
from workbook.outgoing.areas import Cell
from workbook.outgoing.journal import Kept, Kind


def shown_by(kept: Sequence[Kept], sheet: str) -> str:
    """The tag of the button whose marks a sheet carries; "" where it carries none."""
    return next((one.after for one in kept if one.kind is Kind.SHOWN and one.sheet == sheet), "")


def nearest(kept: Sequence[Kept], front: str) -> str:
    """The sheet in front where it carries marks, the one that a list in front speaks of, else the first that does.

    "" where none does.
    """
    marked = [one.sheet for one in kept if one.kind is Kind.SHOWN]
    spoken = [listed(one)[1] for one in kept if one.kind is Kind.LISTING and one.sheet == front]
    return next((name for name in (front, *spoken, *marked) if name in marked), "")


def listing(title: str, of: str, sheet: OpenSheet) -> list[Kept]:
    """What to keep of a list of a title and of a sheet as it was written, so many lines an entry."""
    lines = digests.filled(sheet)
    width = max(map(len, lines), default=1)
    starts = range(0, max(len(lines), 1), digests.MOST)
    parts = ((at, lines[at : at + digests.MOST]) for at in starts)
    return [
        Kept(Kind.LISTING, sheet.name, (at + 1, 1, at + max(len(part), 1), width), f"{title}|{of}",
             digests.kept(digests.digest(*line) for line in part))
        for at, part in parts
    ]  # fmt: skip


def listed(one: Kept) -> tuple[str, str]:
    """The title of a list, and the sheet of which it speaks."""
    title, _, of = one.before.partition("|")
    return title, of


def lists(kept: Sequence[Kept]) -> dict[str, frozenset[str]]:
    """Our own sheets, and the digests of their lines."""
    found: dict[str, frozenset[str]] = {}
    for one in kept:
        if one.kind is Kind.LISTING:
            found[one.sheet] = found.get(one.sheet, frozenset()).union(one.after.split())
    return found


def painted(kept: Sequence[Kept], sheet: str) -> dict[Cell, str]:
    """The cells of a sheet that were marked and how, the headings of the results left out."""
    heads = {cell for one in kept if one.sheet == sheet and one.kind is Kind.RESULTS for cell in one.cells}
    fills = (one for one in kept if one.sheet == sheet and one.kind is Kind.FILL)
    return {cell: one.after for one in fills for cell in one.cells if cell not in heads}


def onward(cells: Iterable[Cell], at: Cell) -> list[Cell]:
    """The cells line by line from behind `at`, and round to it."""
    return sorted(cells, key=lambda cell: (cell <= at, cell))


def has_persons(kept: Sequence[Kept], sheet: str) -> bool:
    """Whether the journal knows who stands on marked lines of a sheet."""
    return any(one.kind is Kind.PERSON and one.sheet == sheet for one in kept)
