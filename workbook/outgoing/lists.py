"""The drop-down lists that a register should have, to be put back where pasting has taken them away."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbook import codes
from workbook.incoming.raw import RawTable
from workbook.layout import BY_NAME, Kind
from workbook.open_sheet import Area, OpenSheet
from workbook.outgoing.journal import cell_of
from workbook.outgoing.register_notes import list_of
from workbook.outgoing.register_words import word
from workbook.phrases import phrase
from workbook.text import key

#: What a list may be long that is written into the rule itself, commas included.
_LONGEST_LITERAL = 255

#: The sheet of our blank register that holds the lists.
SHEET = word("lists", "sheet")


@dataclass(frozen=True, slots=True)
class Offer:
    """A list for the cells of one column: `source` where its entries stand on the sheet of lists, None: `entries`."""

    heading: str
    area: Area
    entries: tuple[str, ...]
    source: Area | None


def offers(table: RawTable, lists: OpenSheet | None) -> tuple[list[Offer], list[str]]:
    """A list for every column of one code, and the headings of those whose list is too long without a sheet of lists.

    A column of several codes in a cell has none: a list would refuse what clerks may rightly type there.
    """
    columns = [(BY_NAME[name], letter) for name, letter in table.letters.items() if BY_NAME[name].kind is Kind.CODE]
    made = [_offer(column.name, letter, table.rows, lists) for column, letter in columns if table.rows]
    able = [one for one in made if one.source or len(",".join(one.entries)) <= _LONGEST_LITERAL]
    return able, [one.heading for one in made if one not in able]


def told(restored: Sequence[str], unable: Sequence[str]) -> str:
    """What was done, in one or two sentences."""
    done = phrase("button.restored", columns=", ".join(restored)) if restored else phrase("button.none_lost")
    return " ".join([done, *([phrase("button.unlisted", columns=", ".join(unable))] if unable else [])])


def _offer(name: str, letter: str, rows: Sequence[int], lists: OpenSheet | None) -> Offer:
    listed, (_, column) = list_of(BY_NAME[name]), cell_of(f"{letter}1")
    entries = tuple(codes.labels(listed)) if listed else ()
    heading = BY_NAME[name].heading
    return Offer(heading, (min(rows), column, max(rows), column), entries, _source(lists, heading, len(entries)))


def _source(lists: OpenSheet | None, heading: str, count: int) -> Area | None:
    """Where a list stands on the sheet of lists: below its heading."""
    rows = lists.rows if lists else []
    cells = ((at, column, value) for at, row in enumerate(rows) for column, value in enumerate(row))
    found = next(((at, column) for at, column, value in cells if key(str(value)) == key(heading)), None)
    return (found[0] + 2, found[1] + 1, found[0] + 1 + count, found[1] + 1) if found else None
