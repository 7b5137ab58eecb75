"""Cells of several sheet columns that make up one value of a register column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from workbook.incoming.cells import as_text, is_blank
from workbook.incoming.marks import tells_a_day
from workbook.incoming.slots import Slot
from workbook.incoming.vocabulary import Target, crosses, sex_labels, ticks
from workbook.text import key

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

    def filled_up(self, other: "Source") -> "Source":
        """The same with its blanks filled from another reading."""
        gaps = {i: value for i, value in enumerate(other.values) if is_blank(self.values[i]) and not is_blank(value)}
        values = [gaps.get(i, value) for i, value in enumerate(self.values)]
        moved = self.moved | {i: other.moved.get(i, other.place) for i in gaps}
        return Source(values, self.place, self.slots + other.slots, moved)


def agree(one: object, other: object) -> bool:
    """Whether two cells do not contradict each other."""
    return is_blank(one) or is_blank(other) or one == other or key(as_text(one)) == key(as_text(other))


def sources_of(slots: Sequence[Slot], cells: Sequence[Values]) -> list[Source]:
    """Every reading of one register column that its slots allow, leftmost first."""
    pairs = list(zip(slots, cells, strict=True))
    made = [Source(list(column), slot.index, (slot,)) for slot, column in pairs if not slot.part]
    if len(made) == len(pairs):
        return made
    if {slot.part for slot in slots} == {"", "given"}:
        return [together(slots, cells, _as_name)]
    for parts, join in _JOINS:
        some = [(slot, column) for slot, column in pairs if slot.part in parts]
        if some:
            made.append(together([slot for slot, _ in some], [column for _, column in some], join))
    return sorted(made, key=lambda source: source.place)


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


def _joined(separator: str) -> Join:
    """Join the parts as text; a part alone stays the value it is."""

    def join(filled: Filled) -> object:
        return filled[0][1] if len(filled) == 1 else separator.join(as_text(value) for _, value in filled)

    return join


def _as_name(filled: Filled) -> object:
    """A full name with the given name in a column of its own, repeated or only there."""
    names = [key(as_text(value)) for _, value in filled]
    repeated = len(names) > 1 and f" {names[0]}".endswith(f" {names[-1]}")
    return filled[0][1] if repeated else _joined(" ")(filled)


def _as_day(filled: Filled) -> object:
    """Day, month and year as "d/m/yyyy"; what is missing is left out."""
    alone = filled[0][1]
    if len(filled) == 1 and isinstance(alone, date):
        return alone
    return "/".join(as_text(value) for _, value in filled)


def as_sex(filled: Filled) -> object:
    """The sex by which of two columns is filled; "" where both are."""
    return sex_labels()[filled[0][0].part] if len(filled) == 1 else ""


def _as_labels(filled: Filled) -> object:
    """The labels of the ticked boxes; what is written in a box and is no tick stands for itself."""
    said = (_said(slot.target.label if slot.target else "", value) for slot, value in filled)
    return "; ".join(filter(None, said))


def _said(label: str, value: object) -> str:
    text = as_text(value)
    if key(text) in crosses():
        return ""
    return label if _is_tick(value, label) else text


def _is_tick(value: object, label: str) -> bool:
    """A tick, the label itself, or its first letter."""
    said = key(as_text(value))
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


_JOINS: tuple[tuple[frozenset[str], Join], ...] = (
    (frozenset({"family", "given"}), _joined(" ")),
    (frozenset({"day", "month", "year"}), _as_day),
    (frozenset({"male", "female"}), _joined("; ")),
    (frozenset({"tick"}), _as_labels),
    (frozenset({"piece"}), _joined(", ")),
)
