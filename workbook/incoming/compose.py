"""Sheet columns → register columns: parts are put together, doubles compared, the unknown kept beside."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from workbook.incoming.cells import as_text, is_blank
from workbook.incoming.grid import Merge, address, letter
from workbook.incoming.headings import UNIT, doubt, paper_columns, recognise
from workbook.incoming.number_and_day import apart
from workbook.incoming.parts import Source, Values, agree, as_sex, sex_or_birth, sources_of, together
from workbook.incoming.raw import Question
from workbook.incoming.slots import Slot
from workbook.incoming.vocabulary import sex_labels

#: Looks up a slot's cells, one per person.
Cells = Callable[[Slot], Values]

_SEXES = ("male", "female")


@dataclass(frozen=True, slots=True)
class Body:
    """The sheet as far as its persons are concerned: `lines` (0-based) are theirs."""

    rows: Sequence[Sequence[object]]
    lines: Sequence[int]
    merges: Sequence[Merge] = ()


@dataclass(slots=True)
class Composed:
    """The register columns of one table, as in `RawTable`, and every other column beside them."""

    columns: dict[str, list[object]] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    moved: dict[tuple[int, str], str] = field(default_factory=dict)
    lacking: set[tuple[int, str]] = field(default_factory=set)
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


def compose(slots: Sequence[Slot], body: Body) -> Composed:
    """Fill the register columns from the lines that are persons."""
    cells = _cells_of(slots, body)
    slots = _settled(slots, cells)
    made = Composed(units=_units(slots, body))
    read = {slot.place for slot in slots if slot.column == UNIT}
    for column, group in _by_column(slots).items():
        source = _agreed(made, column, sources_of(group, list(map(cells, group))))
        if source:
            made.take(column, source)
            read.update(slot.place for slot in source.slots)
    read |= _apart(made, slots, cells)
    _fill_flag(made, [slot for slot in slots if (slot.column, slot.part) == ("sex", "tick")])
    _tell_sex(made, [slot for slot in slots if slot.part in _SEXES and slot.place in read], cells, body)
    _keep_the_rest(made, [slot for slot in slots if slot.place not in read], cells)
    _ask_about_stacks(made, slots, body)
    _ask_about_merged(made, slots, body)
    return made


def _cells_of(slots: Iterable[Slot], body: Body) -> Cells:
    columns = list(zip(*(body.rows[line] for line in body.lines), strict=True)) or [()] * len(body.rows[0])
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
    found = sex_or_birth(nameless, list(map(cells, nameless)))
    return [replace(slot, target=found.get(slot.index)) if slot in nameless else slot for slot in slots]


def _units(slots: Iterable[Slot], body: Body) -> list[str]:
    """The branch each person's line names; one cell merged down over several lines speaks for all of them."""
    columns = [slot.index for slot in slots if slot.column == UNIT]
    spans = [(first, left, last) for first, left, last, _ in body.merges if last > first and left in columns]
    origin = {(line, left): first for first, left, last in spans for line in range(first, last + 1)}
    named = ([body.rows[origin.get((line, column), line)][column] for column in columns] for line in body.lines)
    return [next((as_text(value) for value in values if not is_blank(value)), "") for values in named]


def _by_column(slots: Iterable[Slot]) -> dict[str, list[Slot]]:
    """The slots to read for each register column."""
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


def _agreed(made: Composed, column: str, sources: list[Source]) -> Source | None:
    """The one source; the first of several that never disagree, filled up from the others; else None and a question.

    Of two running numbers and of two names the first is read: without a name there is no register.
    """
    first, *others = sources
    for other in others if column != "number" else ():
        if all(map(agree, first.values, other.values)):
            first = first.filled_up(other)
            continue
        code = "heading.twice_name" if column == "full_name" else "heading.twice"
        made.ask(code, other.slots[0].cell, column, heading=first.slots[0].shown, other=other.slots[0].shown)
        if column != "full_name":
            return None
    return first


def _apart(made: Composed, slots: Iterable[Slot], cells: Cells) -> set[tuple[int, int | None]]:
    """Take apart the columns that hold the number and the day of a paper whose own columns are not there; their places.

    Both parts stand in the one cell.
    """
    read = set()
    for slot in slots:
        columns = () if slot.target else paper_columns(slot.path)
        parts = apart(cells(slot)) if columns and made.columns.keys().isdisjoint(columns) else None
        if parts:
            read.add(slot.place)
            for column, values in zip(columns, parts, strict=True):
                made.take(column, Source(values, slot.index, (slot,)))
    return read


def _fill_flag(made: Composed, ticks: Sequence[Slot]) -> None:
    """In a lone column for one sex, who is not ticked is of the other: that is how the form is meant, and it is said.

    A column without any tick was not filled in and tells nothing.
    """
    if len(ticks) != 1 or all(map(is_blank, made.columns["sex"])):
        return
    label = ticks[0].target.label if ticks[0].target else ""
    other = next(one for one in sex_labels().values() if one != label)
    made.columns["sex"] = [other if is_blank(value) else value for value in made.columns["sex"]]
    made.ask("sex.flag", ticks[0].cell, "sex", ticked=label, other=other)


def _tell_sex(made: Composed, split: list[Slot], cells: Cells, body: Body) -> None:
    """Dates of birth in a column for men and one for women tell the sex, unless a column of its own does."""
    if not split:
        return
    columns = list(map(cells, split))
    both = [position for position, row in enumerate(zip(*columns, strict=True)) if not any(map(is_blank, row))]
    if both and len(split) > 1:
        made.ask("birth.both", address(body.lines[both[0]], split[-1].index), "birth_on", count=len(both))
    told = together(split, columns, as_sex)
    if "sex" not in made.columns:
        made.take("sex", told)
        return
    odd = [i for i, same in enumerate(map(agree, made.columns["sex"], told.values)) if not same]
    if odd:
        cell = address(body.lines[odd[0]], told.moved.get(odd[0], told.place))
        made.ask("sex.contradicted", cell, "sex", count=len(odd))


def _keep_the_rest(made: Composed, slots: Iterable[Slot], cells: Cells) -> None:
    """Columns that are not read but filled stay beside; of those that might be register columns a person is asked."""
    for slot in slots:
        values = list(cells(slot))
        if all(map(is_blank, values)):
            continue
        heading = slot.shown or letter(slot.index)
        made.extra[heading if heading not in made.extra else f"{heading} ({letter(slot.index)})"] = values
        meaning = recognise(slot.path)
        asked = doubt(slot.path) if meaning is None or meaning.column == "by_sex" else None
        if asked:
            made.questions.append(replace(asked, cell=slot.cell))


def _ask_about_stacks(made: Composed, slots: Iterable[Slot], body: Body) -> None:
    """Stacked values that do not come one per heading are kept whole and asked about."""
    depths = Counter(slot.index for slot in slots if slot.line is not None)
    for index, depth in depths.items():
        values = [body.rows[line][index] for line in body.lines]
        odd = [i for i, value in enumerate(values) if len(str(value).strip().splitlines()) != depth]
        if odd:
            made.ask("cell.stacked", address(body.lines[odd[0]], index), "full_name", count=len(odd), expected=depth)
            made.extra[letter(index)] = values


def _ask_about_merged(made: Composed, slots: Iterable[Slot], body: Body) -> None:
    """One cell merged over several persons holds its value in the first line only; what it means for the others
    is for a person to say.
    """
    columns = {slot.index: slot.column for slot in slots if slot.column not in ("", UNIT)}
    lines = set(body.lines)
    spans = [
        merge for merge in body.merges if merge[1] in columns and len(lines & set(range(merge[0], merge[2] + 1))) > 1
    ]
    for first, left, _, _ in spans[:1]:
        made.ask("cell.merged", address(first, left), columns[left], count=len(spans))
