"""A table's columns by their headings: which are percentages, of what, and where the lines begin."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbook.incoming.number_row import Formula, formulas
from workbook.printed.paper import Table
from workbook.printed.rounding import read_count
from workbook.printed.words import has, keys
from workbook.text import key

_WINDOW = 15  # lines in which headings are looked for
_HEIGHT = 4  # lines that a heading may take
_FEWEST = 2  # numbers in the first line below the headings


@dataclass(frozen=True, slots=True)
class Shares:
    """A column of percentages: `part` ÷ `base`; `kind` is what the base is.

    `base` is None where the base is the total line of the column `part`.
    """

    share: int
    part: int
    base: int | None
    kind: str


@dataclass(frozen=True, slots=True)
class Columns:
    """The table's lines begin at `first`; `headings` by column."""

    first: int
    headings: Mapping[int, str]
    shares: tuple[Shares, ...] = ()
    formulas: Mapping[int, Formula] = field(default_factory=dict)


def columns(table: Table) -> Columns | None:
    """How the table is built; None where nothing in it can be worked out again.

    The headings end above the row that numbers the columns, or above the first line with numbers.
    """
    for row in range(1, min(_WINDOW, len(table.rows))):
        texts = [table.text(row, column) for column in range(len(table.rows[row]))]
        said = formulas(texts)
        if said is None and sum(read_count(text) is not None for text in texts) < _FEWEST:
            continue
        headings = _headings(table, row)
        found = () if said else _shares(headings)
        return Columns(row + (said is not None), headings, found, said or {}) if found or said else None
    return None


def _headings(table: Table, below: int) -> dict[int, str]:
    """What stands above a line in each column, without the titles that span the sheet."""
    width = max((len(row) for row in table.rows), default=0)
    texts_of = {row: {table.text(row, column) for column in range(width)} - {""} for row in range(below)}
    rows = [row for row in range(max(0, below - _HEIGHT), below) if len(texts_of[row]) > 1]
    stacked = {}
    for column in range(width):
        texts = [table.text(row, column) for row in rows]
        stacked[column] = " ".join(dict.fromkeys(text for text in texts if text))
    return stacked


def _shares(headings: Mapping[int, str]) -> tuple[Shares, ...]:
    """Each column of percentages with its parts; several of a kind belong together in their order."""
    share = [column for column, text in headings.items() if has(text, "columns", "share")]
    rest = {column: text for column, text in headings.items() if column not in share and text}
    quota = _with(rest, "quota")
    before = _with(rest, "before")
    members = [column for column in _with(rest, "members") if has(rest[column], "columns", "start")]
    taken = {*quota, *before, *members}
    admitted = [column for column in _with(rest, "admitted") if column not in taken]
    if not admitted and not quota:
        return _of_total(share, [column for column in _with(rest, "count") if column not in taken])
    made = []
    by_quota = [column for column in share if not _other_base(headings[column])]
    for place, column in enumerate(by_quota):
        if place < min(len(quota), len(admitted)) and len(by_quota) <= len(quota):
            made.append(Shares(column, admitted[place], quota[place], "quota"))
    for name, kind, bases in (("start", "members", members), ("before", "before", before)):
        wanted = [column for column in share if has(headings[column], "columns", name)]
        if len(wanted) == len(bases) == 1 and admitted:
            made.append(Shares(wanted[0], admitted[0], bases[0], kind))
    return tuple(made)


def _of_total(share: list[int], count: list[int]) -> tuple[Shares, ...]:
    return (Shares(share[0], count[0], None, "admitted"),) if len(share) == len(count) == 1 else ()


def _other_base(heading: str) -> bool:
    return any(has(heading, "columns", name) for name in ("start", "before"))


def _with(headings: Mapping[int, str], name: str) -> list[int]:
    return [column for column, text in headings.items() if has(text, "columns", name)]


def is_total(label: str) -> bool:
    """Whether a line is the total of the table."""
    compared = key(label)
    return any(compared.startswith(word) for word in keys("columns")["total"])
