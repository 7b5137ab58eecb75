"""Sheet columns → register columns: parts are put together, doubles compared, the unknown kept beside."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from workbook.incoming.grid import Merge, address, is_blank, letter
from workbook.incoming.header import Slot
from workbook.incoming.headings import UNIT, doubt, recognise
from workbook.incoming.parts import (
    Join,
    Source,
    Values,
    as_day,
    as_labels,
    as_name,
    as_sex,
    joined,
    sex_or_birth,
    text_of,
    together,
)
from workbook.incoming.raw import Question
from workbook.text import clean, key

#: Looks up a slot's cells, one per person.
Cells = Callable[[Slot], Values]

_JOIN = " | "
_SEXES = frozenset({"male", "female"})
_JOINS: tuple[tuple[frozenset[str], Join], ...] = (
    (frozenset({"family", "given"}), joined(" ")),
    (frozenset({"day", "month", "year"}), as_day),
    (_SEXES, joined("; ")),
    (frozenset({"tick"}), as_labels),
    (frozenset({"piece"}), joined(", ")),
)


@dataclass(slots=True)
class Composed:
    """The register columns of one table, as in `RawTable`, and every other column beside them."""

    columns: dict[str, list[object]] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    moved: dict[tuple[int, str], str] = field(default_factory=dict)
    units: list[str] = field(default_factory=list)
    extra: dict[str, list[object]] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)

    def take(self, column: str, source: Source) -> None:
        """Make the source the register column."""
        self.columns[column] = source.values
        self.letters[column] = letter(source.place)
        self.moved |= {(position, column): letter(place) for position, place in source.moved.items()}

    def ask(self, code: str, cell: str, column: str = "", **detail: object) -> None:
        """Leave something to a person."""
        self.questions.append(Question(code, cell, column, detail))


def compose(
    slots: Sequence[Slot], rows: Sequence[Sequence[object]], lines: Sequence[int], merges: Sequence[Merge]
) -> Composed:
    """Fill the register columns from the lines (0-based) that are persons."""
    cells = _cells_of(slots, rows, lines)
    slots = _settled(slots, cells)
    made = Composed(units=_units(slots, rows, lines, merges))
    read = {slot for slot in slots if slot.column == UNIT}
    for column, group in _by_column(slots).items():
        source = _agreed(made, column, _sources(group, cells))
        if source:
            made.take(column, source)
            read.update(source.slots)
    _tell_sex(made, [slot for slot in read if slot.part in _SEXES], cells, lines)
    _keep_the_rest(made, [slot for slot in slots if slot not in read], cells)
    _ask_about_stacks(made, slots, rows, lines)
    return made


def _cells_of(slots: Iterable[Slot], rows: Sequence[Sequence[object]], lines: Sequence[int]) -> Cells:
    columns = list(zip(*(rows[line] for line in lines), strict=True)) or [()] * len(rows[0])
    depths = Counter(slot.index for slot in slots if slot.line is not None)

    def cells(slot: Slot) -> Values:
        if slot.line is None:
            return columns[slot.index]
        return [_line(value, slot.line, depths[slot.index]) for value in columns[slot.index]]

    return cells


def _line(value: object, line: int, depth: int) -> str:
    """One of the values stacked in a cell; of a cell with more or fewer lines than headings only the first is sure."""
    stacked = [text.strip() for text in str(value).strip().splitlines()]
    return stacked[line] if line < len(stacked) and (line == 0 or len(stacked) == depth) else ""


def _settled(slots: Sequence[Slot], cells: Cells) -> list[Slot]:
    """Columns called only "men" and "women" become what stands in them, or nothing for certain."""
    nameless = [slot for slot in slots if slot.column == "by_sex"]
    found = sex_or_birth(nameless, [cells(slot) for slot in nameless])
    return [replace(slot, target=found.get(slot.index)) if slot in nameless else slot for slot in slots]


def _units(
    slots: Iterable[Slot], rows: Sequence[Sequence[object]], lines: Sequence[int], merges: Sequence[Merge]
) -> list[str]:
    """The branch each person's line names; one cell merged down over several lines speaks for all of them."""
    columns = [slot.index for slot in slots if slot.column == UNIT]
    spans = [(first, left, last) for first, left, last, _ in merges if last > first and left in columns]
    origin = {(line, left): first for first, left, last in spans for line in range(first, last + 1)}
    named = ([rows[origin.get((line, column), line)][column] for column in columns] for line in lines)
    return [next((text_of(value) for value in values if not is_blank(value)), "") for values in named]


def _by_column(slots: Iterable[Slot]) -> dict[str, list[Slot]]:
    """The slots to read for each register column: second choices only where there is no first."""
    groups: dict[str, list[Slot]] = {}
    for slot in slots:
        if slot.column not in ("", UNIT):
            groups.setdefault(slot.column, []).append(slot)
    return {column: _best(group) if len(group) > 1 else group for column, group in groups.items()}


def _best(group: list[Slot]) -> list[Slot]:
    """First choices before second ones; a column that has it all before pieces of it."""
    firsts = [slot for slot in group if slot.target and not slot.target.second] or group[:1]
    whole = any(not slot.part for slot in firsts)
    return [slot for slot in firsts if not (whole and slot.part == "piece")]


def _sources(group: Sequence[Slot], cells: Cells) -> list[Source]:
    """Every reading of one register column that its slots allow, leftmost first."""
    if len(group) == 1 and not group[0].part:
        return [Source(list(cells(group[0])), group[0].index, tuple(group))]
    if {slot.part for slot in group} == {"", "given"}:
        return [together(group, list(map(cells, group)), as_name)]
    made = [Source(list(cells(slot)), slot.index, (slot,)) for slot in group if not slot.part]
    for parts, join in _JOINS:
        some = [slot for slot in group if slot.part in parts]
        made += [together(some, list(map(cells, some)), join)] if some else []
    return sorted(made, key=lambda source: source.place)


def _agreed(made: Composed, column: str, sources: list[Source]) -> Source | None:
    """The one source; the first of several that never disagree, filled up from the others; else None and a question.

    Of two running numbers and of two names the first is read: without a name there is no register.
    """
    first, *others = sources
    if column == "number" or not others:
        return first
    for other in others:
        if all(_agree(*pair) for pair in zip(first.values, other.values, strict=True)):
            first = _filled_up(first, other)
            continue
        code = "heading.twice_name" if column == "full_name" else "heading.twice"
        made.ask(code, other.slots[0].cell, column, heading=_shown(first.slots[0]), other=_shown(other.slots[0]))
        if column != "full_name":
            return None
    return first


def _agree(one: object, other: object) -> bool:
    return is_blank(one) or is_blank(other) or one == other or key(text_of(one)) == key(text_of(other))


def _filled_up(first: Source, other: Source) -> Source:
    gaps = [position for position, value in enumerate(first.values) if is_blank(value)]
    values = [other.values[position] if is_blank(value) else value for position, value in enumerate(first.values)]
    moved = {position: other.moved.get(position, other.place) for position in gaps if not is_blank(values[position])}
    return Source(values, first.place, first.slots + other.slots, first.moved | moved)


def _tell_sex(made: Composed, split: list[Slot], cells: Cells, lines: Sequence[int]) -> None:
    """Dates of birth in a column for men and one for women tell the sex, unless a column of its own does."""
    if not split:
        return
    split = sorted(split, key=lambda slot: slot.index)
    columns = list(map(cells, split))
    both = [position for position, row in enumerate(zip(*columns, strict=True)) if not any(map(is_blank, row))]
    if both and len(split) > 1:
        made.ask("birth.both", address(lines[both[0]], split[1].index), "birth_on", count=len(both))
    told = together(split, columns, as_sex)
    if "sex" not in made.columns:
        made.take("sex", told)
        return
    odd = [i for i, pair in enumerate(zip(made.columns["sex"], told.values, strict=True)) if not _agree(*pair)]
    if odd:
        made.ask("sex.contradicted", address(lines[odd[0]], told.moved.get(odd[0], told.place)), "sex", count=len(odd))


def _keep_the_rest(made: Composed, slots: Iterable[Slot], cells: Cells) -> None:
    """Columns that are not read but filled stay beside; of those that might be register columns a person is asked."""
    for slot in slots:
        values = list(cells(slot))
        if all(map(is_blank, values)):
            continue
        heading = _shown(slot) or letter(slot.index)
        made.extra[heading if heading not in made.extra else f"{heading} ({letter(slot.index)})"] = values
        meaning = recognise(slot.path)
        asked = doubt(slot.path) if meaning is None or meaning.column == "by_sex" else None
        if asked:
            made.questions.append(replace(asked, cell=slot.cell))


def _ask_about_stacks(
    made: Composed, slots: Iterable[Slot], rows: Sequence[Sequence[object]], lines: Sequence[int]
) -> None:
    """Stacked values that do not come one per heading are kept whole and asked about."""
    depths = Counter(slot.index for slot in slots if slot.line is not None)
    for index, depth in depths.items():
        values = [rows[line][index] for line in lines]
        odd = [i for i, value in enumerate(values) if len(str(value).strip().splitlines()) != depth]
        if odd:
            made.ask("cell.stacked", address(lines[odd[0]], index), "full_name", count=len(odd), expected=depth)
            made.extra[letter(index)] = values


def _shown(slot: Slot) -> str:
    """The heading as a clerk reads it."""
    return _JOIN.join(map(clean, slot.path))
