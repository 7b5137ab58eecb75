"""The drop-down lists that a register should have, to be put back where pasting has taken them away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from workbook import codes
from workbook.incoming.raw import RawTable
from workbook.layout import BY_NAME, Kind
from workbook.open_sheet import Area, OpenSheet
from workbook.outgoing.areas import areas, cell_of
from workbook.outgoing.register_notes import list_of
from workbook.phrases import phrase
from workbook.register_words import word
from workbook.text import key

#: What a list may be long that is written into the rule itself, commas included.
_LONGEST_LITERAL = 255

#: The sheet of our blank register that holds the lists.
SHEET = word("lists", "sheet")


@dataclass(frozen=True, slots=True)
class Offer:
    """A list for persons' cells in one column: `source` where its entries stand on the sheet of lists, else none."""

    heading: str
    areas: tuple[Area, ...]
    entries: tuple[str, ...]
    source: Area | None

    @property
    def able(self) -> bool:
        """Whether it can be set: a list too long for a rule needs the sheet of lists."""
        return self.source is not None or len(",".join(self.entries)) <= _LONGEST_LITERAL


def _offers(table: RawTable, lists: OpenSheet | None) -> list[Offer]:
    """A list for every column of one code.

    A column of several codes in a cell has none: a list would refuse what clerks may rightly type there.
    """
    columns = [(BY_NAME[name], letter) for name, letter in table.letters.items() if BY_NAME[name].kind is Kind.CODE]
    return [_offer(column.name, letter, table.rows, lists) for column, letter in columns if table.rows]


def lost(table: RawTable, lists: OpenSheet | None, unruled: Callable[[Sequence[Area]], Sequence[Area]]) -> list[Offer]:
    """The lists that some cells lack, for those cells only: a clerk's own list or rule is never replaced."""
    lacking = ((one, tuple(unruled(one.areas))) for one in _offers(table, lists))
    return [replace(one, areas=places) for one, places in lacking if places]


def told(missing: Sequence[Offer]) -> str:
    """What was done about the lists that were lost."""
    restored, unable = (", ".join(one.heading for one in missing if one.able is able) for able in (True, False))
    said = [phrase("button.restored", columns=restored)] if restored else []
    more = [phrase("button.unlisted", columns=unable, sheet=SHEET)] if unable else []
    return " ".join([*said, *more]) or phrase("button.none_lost")


def _offer(name: str, letter: str, rows: Sequence[int], lists: OpenSheet | None) -> Offer:
    listed, (_, column) = list_of(BY_NAME[name]), cell_of(f"{letter}1")
    entries = tuple(codes.labels(listed)) if listed else ()
    heading = BY_NAME[name].heading
    return Offer(heading, areas((row, column) for row in rows), entries, _source(lists, heading, len(entries)))


def _source(lists: OpenSheet | None, heading: str, count: int) -> Area | None:
    """Where a list stands on the sheet of lists: below its heading."""
    rows = lists.rows if lists else []
    cells = ((at, column, value) for at, row in enumerate(rows) for column, value in enumerate(row))
    found = next(((at, column) for at, column, value in cells if key(str(value)) == key(heading)), None)
    return (found[0] + 2, found[1] + 1, found[0] + 1 + count, found[1] + 1) if found else None
