"""A sentence of the report, and the figures in it: what is shown, how it came about, from which cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from workbook.days import format_day
from workbook.incoming.quota_book import Cell
from workbook.percent import percent, show, whole
from workbook.toml_file import toml_file

#: More branches than these in one sentence nobody reads; the table has them all.
MOST_ITEMS = 10


class How(StrEnum):
    """How a figure follows from its cells."""

    VALUE = "value"
    PART = "part"  # stands within the text of the cell, or is the month or quarter of its day
    COUNT = "count"  # of the cells
    SUM = "sum"
    DIFFERENCE = "difference"  # the first less the second
    SHARE = "share"  # 100 × the first ÷ the second
    COUNT_SHARE = "count_share"  # 100 × how many cells ÷ how many there are of the whole


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, day or name as the report shows it. `whole`: the cells that a share of counts is of."""

    text: str
    how: How
    cells: tuple[Cell, ...]
    whole: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said, and the figures in it in their order."""

    text: str
    figures: tuple[Figure, ...] = ()


Part = Figure | Sentence | Sequence[Sentence]


def words() -> Mapping[str, Any]:
    """The file of sentences as it stands."""
    return toml_file("workbook.report", "report_vi.toml")


def say(key: str, /, **parts: Part) -> Sentence:
    """The sentence `key` ("section.name") with its placeholders filled; KeyError where either is unknown."""
    section, name = key.split(".")
    joined = {placeholder: _joined(part) for placeholder, part in parts.items()}
    text = words()[section][name].format(**{placeholder: one.text for placeholder, one in joined.items()})
    return Sentence(text, tuple(figure for one in joined.values() for figure in one.figures))


def _joined(part: Part) -> Sentence:
    if isinstance(part, Figure):
        return Sentence(part.text, (part,))
    if isinstance(part, Sentence):
        return part
    text = words()["words"]["join"].join(one.text for one in part)
    return Sentence(text, tuple(figure for one in part for figure in one.figures))


def shortened(items: Sequence[Sentence], cells: Sequence[Cell], unit: Sentence) -> Sentence:
    """The first items; the others counted by their `cells`, one an item, and called by what a `unit` is called."""
    if len(items) <= MOST_ITEMS + 1:  # to count a single one is longer than to name it
        return _joined(items)
    return say("words.more", items=items[:MOST_ITEMS], count=count(cells[MOST_ITEMS:]), unit=unit)


def number(cell: Cell) -> Figure:
    """A count as it stands in a cell, with a thousand dot; a blank counts for nothing, so it shows as nought."""
    return Figure(whole(round(cell.number or 0)), How.VALUE, (cell,))


def share(cell: Cell) -> Figure:
    """A percentage or a mean as the book rounded it, with a decimal comma."""
    return Figure(show(_trimmed(cell.number)), How.VALUE, (cell,))


def text(cell: Cell) -> Figure:
    """A name or a label as it stands."""
    return Figure(cell.text, How.VALUE, (cell,))


def part_of(shown: str, cell: Cell) -> Figure:
    """A piece of what a cell says."""
    return Figure(shown, How.PART, (cell,))


def day(cell: Cell) -> Figure:
    """A day as a clerk writes it."""
    value = cell.value
    return Figure(format_day(value) if isinstance(value, date) else cell.text, How.VALUE, (cell,))


def count(cells: Sequence[Cell]) -> Figure:
    """How many cells there are."""
    return Figure(whole(len(cells)), How.COUNT, tuple(cells))


def total(cells: Sequence[Cell]) -> Figure:
    """What the cells come to."""
    return Figure(whole(round(sum(cell.number or 0 for cell in cells))), How.SUM, tuple(cells))


def difference(one: Cell, other: Cell) -> Figure:
    """By how much the first is greater."""
    return Figure(whole(round((one.number or 0) - (other.number or 0))), How.DIFFERENCE, (one, other))


def ratio(one: Cell, other: Cell, decimals: int) -> Figure:
    """The first in percent of the second, which is not nought."""
    shown = show(percent(round(one.number or 0), round(other.number or 0), decimals))
    return Figure(shown, How.SHARE, (one, other))


def count_ratio(some: Sequence[Cell], every: Sequence[Cell], decimals: int) -> Figure:
    """How many cells there are in percent of how many there are of the whole, which is not empty."""
    shown = show(percent(len(some), len(every), decimals))
    return Figure(shown, How.COUNT_SHARE, tuple(some), tuple(every))


def _trimmed(value: float | None) -> Decimal | None:
    """A cell's number without the noise of binary fractions: 6.9, not 6.90000000000000035527."""
    if value is None:
        return None
    exact = Decimal(repr(value))
    nearest = exact.to_integral_value()
    return nearest if exact == nearest else exact.normalize()
