"""Cells of several sheet columns that make up one value of a register column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from workbook.incoming.grid import is_blank
from workbook.incoming.header import Slot
from workbook.incoming.headings import Target, crosses, sex_labels, ticks
from workbook.incoming.looks import tells_a_day
from workbook.text import clean, key

#: One sheet column: a cell per person.
Values = Sequence[object]
#: The filled cells of one person.
Filled = Sequence[tuple[Slot, object]]
Join = Callable[[Filled], object]

_ORDER = {"given": 1, "month": 1, "year": 2}  # every other part keeps its place on the sheet


@dataclass(frozen=True, slots=True)
class Source:
    """One reading of a register column: a value per person, the sheet column (0-based) it stands in, exceptions."""

    values: list[object]
    place: int
    slots: tuple[Slot, ...]
    moved: dict[int, int] = field(default_factory=dict)


def text_of(value: object) -> str:
    """A cell as a person would write it out: whole numbers without decimals, days as d/m/yyyy."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}"
    return clean(str(value))


def together(slots: Sequence[Slot], cells: Sequence[Values], join: Join) -> Source:
    """Put the parts of each person together; the address is that of the first filled part."""
    pairs = sorted(zip(slots, cells, strict=True), key=lambda pair: _ORDER.get(pair[0].part, 0))
    parts = tuple(slot for slot, _ in pairs)
    values: list[object] = []
    moved = {}
    for position, row in enumerate(zip(*(column for _, column in pairs), strict=True)):
        filled = [(slot, value) for slot, value in zip(parts, row, strict=True) if not is_blank(value)]
        values.append(join(filled) if filled else "")
        if filled and filled[0][0].index != parts[0].index:
            moved[position] = filled[0][0].index
    return Source(values, parts[0].index, parts, moved)


def joined(separator: str) -> Join:
    """Join the parts as text; a part alone stays the value it is."""

    def join(filled: Filled) -> object:
        return filled[0][1] if len(filled) == 1 else separator.join(text_of(value) for _, value in filled)

    return join


def as_name(filled: Filled) -> object:
    """A full name with the given name in a column of its own, repeated or only there."""
    names = [key(text_of(value)) for _, value in filled]
    repeated = len(names) > 1 and f" {names[0]}".endswith(f" {names[-1]}")
    return filled[0][1] if repeated else joined(" ")(filled)


def as_day(filled: Filled) -> object:
    """Day, month and year as "d/m/yyyy"; what is missing is left out."""
    alone = filled[0][1]
    if len(filled) == 1 and isinstance(alone, date):
        return alone
    return "/".join(text_of(value) for _, value in filled)


def as_sex(filled: Filled) -> object:
    """The sex by which of two columns is filled; "" where both are."""
    return sex_labels()[filled[0][0].part] if len(filled) == 1 else ""


def as_labels(filled: Filled) -> object:
    """The labels of the ticked boxes; what is written in a box and is no tick stands for itself."""
    said = (_said(slot.target.label if slot.target else "", value) for slot, value in filled)
    return "; ".join(filter(None, said))


def _said(label: str, value: object) -> str:
    text = text_of(value)
    if key(text) in crosses():
        return ""
    return label if _is_tick(value, label) else text


def _is_tick(value: object, label: str) -> bool:
    """A tick, the label itself, or its first letter."""
    said = key(text_of(value))
    return said in ticks() or said in (key(label), key(label)[:1])


def sex_or_birth(slots: Sequence[Slot], cells: Sequence[Values]) -> dict[int, Target]:
    """What columns called only "men" and "women" hold, by sheet column: ticks, dates of birth; {} where unclear."""
    labels = sex_labels()
    filled = [
        (slot, value) for slot, column in zip(slots, cells, strict=True) for value in column if not is_blank(value)
    ]
    if all(_is_tick(value, labels[slot.part]) for slot, value in filled):
        return {slot.index: Target("sex", "tick", labels[slot.part]) for slot in slots}
    if {slot.part for slot in slots} == set(labels) and all(tells_a_day(value) for _, value in filled):
        return {slot.index: Target("birth_on", slot.part) for slot in slots}
    return {}
