"""What a line under the header looks like by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from workbook.incoming import marks
from workbook.incoming.grid import is_blank, is_text
from workbook.incoming.header import Header
from workbook.incoming.headings import UNIT, recognise
from workbook.incoming.vocabulary import may_name_somebody
from workbook.layout import REGISTER, Kind

Row = Sequence[object]


class Look(StrEnum):
    """The upper seven are settled by their neighbours, the lower are reasons by themselves."""

    BLANK = auto()
    STRONG = auto()  # a name with a running number, or with dates: a person wherever it stands
    WEAK = auto()  # a name with something beside it
    NAMELESS = auto()  # a running number or a day among other facts, but no name
    TEXT = auto()  # a label, a note, a class with its count
    FURTHER = auto()  # another line of the person above
    DOUBTFUL = auto()  # another line of the person above, or somebody else

    NUMBERING = auto()
    CODE_ROW = auto()
    REPEATED_HEADER = auto()
    OTHER_TABLE = auto()
    TOTAL = auto()
    SIGNATURE = auto()


@dataclass(frozen=True, slots=True)
class Seen:
    """A line by itself: its filled cells, how many register columns speak for a person, whether one tells a day."""

    look: Look
    filled: tuple[int, ...] = ()
    facts: int = 0
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the columns stand that tell a person from other lines."""

    number: int | None
    names: tuple[int, ...]
    others: tuple[int, ...]  # register columns beside number and name
    dated: frozenset[int]  # those of them that hold days or identifiers
    columns: dict[int, str]
    headings: dict[int, frozenset[str]]  # texts above each column, as typed

    def name(self, row: Row) -> str:
        """The name as typed, its parts together; "" where there is none."""
        return " ".join(value.strip() for column in self.names if is_text(value := row[column]))

    def is_numbered(self, row: Row) -> bool:
        """Whether the line has a running number."""
        return self.number is not None and marks.is_number(row[self.number])


def shape_of(header: Header, rows: Sequence[Row]) -> Shape:
    """The shape of the table under this header."""
    columns = {slot.index: slot.column for slot in reversed(header.slots) if slot.column}
    factual = {column.name for column in REGISTER if column.kind in (Kind.DATE, Kind.DIGITS)} | {"by_sex"}
    others = tuple(index for index, column in columns.items() if column not in ("full_name", "number", UNIT))
    above = rows[header.top : header.bottom + 1]
    return Shape(
        number=min((index for index, column in columns.items() if column == "number"), default=None),
        names=tuple(sorted(index for index, column in columns.items() if column == "full_name")),
        others=others,
        dated=frozenset(index for index in others if columns[index] in factual),
        columns=columns,
        headings={slot.index: frozenset(str(row[slot.index]) for row in above) - {""} for slot in header.slots},
    )


def see(row: Row, shape: Shape) -> Seen:
    """Judge one line; the quick answer for the ordinary line of a person comes first."""
    if _is_ordinary(row, shape):
        return Seen(Look.STRONG)
    filled = tuple(column for column, value in enumerate(row) if not is_blank(value))
    if not filled:
        return Seen(Look.BLANK)
    for look, fits in _REASONS:
        if fits(row, filled, shape):
            return Seen(look, filled)
    facts = sum(_is_fact(row[column]) for column in shape.others if column not in shape.dated)
    days = sum(marks.tells_a_day(row[column]) for column in shape.dated)
    return Seen(_look(row, filled, shape, facts + days, days > 0), filled, facts + days, days > 0)


def _is_ordinary(row: Row, shape: Shape) -> bool:
    """A running number, a name, and something that is no count in a register column."""
    if not shape.is_numbered(row):
        return False
    name = row[shape.names[0]]
    if not isinstance(name, str) or not marks.has_letters(name) or marks.begins_a_total(name):
        return False
    return any(_is_fact(row[column]) for column in shape.others)


def _look(row: Row, filled: tuple[int, ...], shape: Shape, facts: int, dated: bool) -> Look:
    name, numbered = shape.name(row), shape.is_numbered(row)
    if not marks.has_letters(name):
        return Look.NAMELESS if facts > 1 and (numbered or dated) else Look.TEXT
    if not dated and (marks.begins_a_group(name) or marks.begins_a_title(name)):
        return Look.TEXT
    counts = any(marks.is_count(row[column]) for column in filled if column != shape.number)
    if numbered and not counts and (facts or marks.is_like_a_name(name)):
        return Look.STRONG
    if dated and facts > 1:
        return Look.STRONG
    return Look.WEAK if facts or len(filled) > 1 else Look.TEXT


def _is_fact(value: object) -> bool:
    return not is_blank(value) and not marks.is_count(value)


def _is_numbering(row: Row, filled: tuple[int, ...], shape: Shape) -> bool:
    """The numbers of the columns, or a running number with nothing behind it."""
    if len(filled) == 1 and filled[0] != shape.number:
        return False
    return all(marks.is_column_number(row[column]) for column in filled)


def _is_code_row(row: Row, filled: tuple[int, ...], shape: Shape) -> bool:
    """STT, HOTEN, NU: one plain word in each of at least three cells, the running number's and the name's too."""
    if len(filled) < 3 or not {shape.number, shape.names[0]} - {None} <= set(filled):
        return False
    coded = all(marks.is_code(row[column]) for column in filled)
    return coded and (shape.number is not None or recognise((str(row[shape.names[0]]),)) is not None)


def _is_repeated_header(row: Row, filled: tuple[int, ...], shape: Shape) -> bool:
    """The same texts, or the same columns at their places in other words."""
    same = sum(row[column] in shape.headings[column] for column in filled)
    if same > 1 and 2 * same >= len(filled):
        return True
    named = _named_columns(row, filled)
    return sum(shape.columns.get(index) == column for index, column in named.items()) > 2


def _is_other_table(row: Row, filled: tuple[int, ...], _shape: Shape) -> bool:
    return bool(_named_columns(row, filled))


def _named_columns(row: Row, filled: tuple[int, ...]) -> dict[int, str]:
    """Register columns that the cells name, if they read like a header with the name in it."""
    texts = {column: value for column in filled if isinstance(value := row[column], str)}
    if len(texts) < 3 or not may_name_somebody("\n".join(texts.values())):
        return {}
    targets = {column: recognise((text,)) for column, text in texts.items()}
    named = {column: target.column for column, target in targets.items() if target}
    return named if "full_name" in named.values() and len(set(named.values())) > 2 else {}


def _is_total(row: Row, filled: tuple[int, ...], _shape: Shape) -> bool:
    first = next((value for column in filled if isinstance(value := row[column], str)), "")
    return marks.begins_a_total(first)


def _is_signature(row: Row, filled: tuple[int, ...], shape: Shape) -> bool:
    """Who signs, where and when; or the offices of those who sign, with nothing else in the line."""
    if len(filled) > _FEW or shape.is_numbered(row):
        return False
    texts = [value for column in filled if isinstance(value := row[column], str)]
    if len(texts) == len(filled) and all(map(marks.is_office, texts)):
        return True
    name = shape.name(row)
    person = marks.is_like_a_name(name) and not marks.signs(name) and not marks.is_office(name)
    return not person and any(map(marks.signs, texts))


_FEW = 8  # signatures fill no more cells
_REASONS = (
    (Look.NUMBERING, _is_numbering),
    (Look.CODE_ROW, _is_code_row),
    (Look.REPEATED_HEADER, _is_repeated_header),
    (Look.TOTAL, _is_total),
    (Look.SIGNATURE, _is_signature),
    (Look.OTHER_TABLE, _is_other_table),
)
