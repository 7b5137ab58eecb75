"""What a line under the header looks like by itself. The words are in `lines_vi.toml`."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from functools import cache
from importlib.resources import files
from unicodedata import is_normalized

from workbook.incoming.grid import is_blank, is_text
from workbook.incoming.header import Header
from workbook.incoming.headings import UNIT, may_name_somebody, recognise
from workbook.layout import REGISTER, Kind
from workbook.text import key


class Look(StrEnum):
    """The upper five are settled by their neighbours, the lower are reasons by themselves."""

    BLANK = auto()
    STRONG = auto()  # a name with a running number, or with dates: a person wherever it stands
    WEAK = auto()  # a name with something beside it
    NAMELESS = auto()  # several register columns filled, but no name
    TEXT = auto()  # a label, a note, a class with its count

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

    def name(self, row: Sequence[object]) -> str:
        """The name as typed, its parts together; "" where there is none."""
        return " ".join(value.strip() for column in self.names if is_text(value := row[column]))


@dataclass(frozen=True, slots=True)
class Patterns:
    """The words, ready to be found in keys."""

    total: re.Pattern[str]
    sign: re.Pattern[str]
    office: re.Pattern[str]
    group: re.Pattern[str]
    title: re.Pattern[str]


_NUMBER = re.compile(r"\s*\d{1,4}\s*\.?\s*")
_TOKEN = re.compile(r"\s*\(?\s*(?:\d{1,3}|[A-ZĐa-zđ])\s*\)?\s*(?:\(?\s*=[^a-z]*\)?)?\s*")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]+")
_DIGITS = re.compile(r"\d{4}|\d\s*[/.-]\s*\d")
_SMALLEST_FACT = 1900  # a smaller number is a count, not a year, a day or an identifier
_FEW = 8  # signatures fill no more cells


@cache
def patterns() -> Patterns:
    """Compile the words once."""
    words: dict[str, list[str]] = tomllib.loads(files("workbook").joinpath("lines_vi.toml").read_text("utf-8"))
    day, month, year = words["dated"]
    gap = r"[\s.…_\d/]*"
    signs = (rf"^\W*(?:{_any(words['signs'])})\b", _any(words["signs_within"]), rf"{day}{gap}{month}{gap}{year}\b")
    return Patterns(
        total=re.compile(rf"(?:{_any(words['total'])})\b|(?:{_any(words['total_short'])})\s*(?:$|[:(=\d.…])"),
        sign=re.compile("|".join(signs)),
        office=re.compile(rf"\W*(?:{_any(words['offices'])})\b"),
        group=re.compile(rf"(?:{_any(words['groups'])})\b"),
        title=re.compile(rf"\W*(?:{_any(words['titles'])})(?!\w)"),
    )


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(key(word)) for word in sorted(words, key=len, reverse=True))


def shape_of(header: Header, rows: Sequence[Sequence[object]]) -> Shape:
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


def see(row: Sequence[object], shape: Shape) -> Seen:
    """Judge one line; the quick answer for the ordinary line of a person comes first."""
    if _is_ordinary(row, shape):
        return Seen(Look.STRONG)
    filled = tuple(column for column, value in enumerate(row) if not is_blank(value))
    if not filled:
        return Seen(Look.BLANK)
    for look, fits in _REASONS:
        if fits(row, filled, shape):
            return Seen(look, filled)
    return _as_person(row, filled, shape)


def _is_ordinary(row: Sequence[object], shape: Shape) -> bool:
    """A running number, a name, and something that is no count in a register column."""
    if shape.number is None or not is_number(row[shape.number]):
        return False
    name = row[shape.names[0]]
    if not isinstance(name, str) or not _has_letters(name) or patterns().total.match(_folded(name)):
        return False
    return any(_is_fact(row[column]) for column in shape.others)


def _as_person(row: Sequence[object], filled: tuple[int, ...], shape: Shape) -> Seen:
    facts = sum(_is_fact(row[column]) for column in shape.others if column not in shape.dated)
    facts += sum(tells_a_day(row[column]) for column in shape.dated)
    dated = any(tells_a_day(row[column]) for column in shape.dated)
    look = _look(row, filled, shape, facts, dated)
    return Seen(look, filled, facts, dated)


def _look(row: Sequence[object], filled: tuple[int, ...], shape: Shape, facts: int, dated: bool) -> Look:
    name = shape.name(row)
    numbered = shape.number is not None and is_number(row[shape.number])
    if not _has_letters(name):
        return Look.NAMELESS if facts > 1 and (numbered or dated) else Look.TEXT
    if not dated and (patterns().group.match(key(name)) or patterns().title.match(key(name))):
        return Look.TEXT
    counts = any(_is_count(row[column]) for column in filled if column != shape.number)
    if (numbered and not counts and (facts or is_like_a_name(name))) or (facts > 1 and dated):
        return Look.STRONG
    return Look.WEAK if facts or len(filled) > 1 else Look.TEXT


def is_like_a_name(text: str) -> bool:
    """Two to six words of letters alone that do not begin like a group."""
    words = text.replace(".", " ").replace("'", "").split()
    return 1 < len(words) < 7 and all(map(str.isalpha, words)) and not patterns().group.match(key(text))


def is_number(value: object) -> bool:
    """Whether the cell can be a running number."""
    if isinstance(value, str):
        return _NUMBER.fullmatch(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def _has_letters(text: str) -> bool:
    return len(text) > 1 and any(map(str.isalpha, text))


def _is_count(value: object) -> bool:
    return isinstance(value, int | float) and value < _SMALLEST_FACT


def _is_fact(value: object) -> bool:
    return not is_blank(value) and not _is_count(value)


def tells_a_day(value: object) -> bool:
    """Whether the cell can be a day, a year or an identifier, however badly written."""
    if isinstance(value, str):
        return _DIGITS.search(value) is not None
    return isinstance(value, date) or (isinstance(value, int | float) and value >= _SMALLEST_FACT)


def _is_repeated_header(row: Sequence[object], filled: tuple[int, ...], shape: Shape) -> bool:
    same = sum(row[column] in shape.headings[column] for column in filled)
    if same > 1 and 2 * same >= len(filled):
        return True
    named = _named_columns(row, filled)
    return bool(named) and sum(shape.columns.get(index) == column for index, column in named.items()) > 2


def _is_other_table(row: Sequence[object], filled: tuple[int, ...], _shape: Shape) -> bool:
    return bool(_named_columns(row, filled))


def _named_columns(row: Sequence[object], filled: tuple[int, ...]) -> dict[int, str]:
    """Register columns that the cells name, if they read like a header with the name in it."""
    texts = {column: value for column in filled if isinstance(value := row[column], str)}
    if len(texts) < 3 or not may_name_somebody("\n".join(texts.values())):
        return {}
    targets = {column: recognise((text,)) for column, text in texts.items()}
    named = {column: target.column for column, target in targets.items() if target}
    return named if "full_name" in named.values() and len(set(named.values())) > 2 else {}


def _is_numbering(row: Sequence[object], filled: tuple[int, ...], shape: Shape) -> bool:
    """1, 2, 3 or (1), (2), (3) or A, B, 1 or 4(=2*100/3); also a running number with nothing behind it."""
    if len(filled) == 1 and filled[0] != shape.number:
        return False
    return all(_TOKEN.fullmatch(v) if isinstance(v := row[column], str) else _is_count(v) for column in filled)


def _is_code_row(row: Sequence[object], filled: tuple[int, ...], shape: Shape) -> bool:
    """STT, HOTEN, NU: one plain word in each of at least three cells, the running number's and the name's too."""
    if len(filled) < 3 or not {shape.number, shape.names[0]} - {None} <= set(filled):
        return False
    coded = all(isinstance(v := row[column], str) and _CODE.fullmatch(v) for column in filled)
    return coded and (shape.number is not None or recognise((str(row[shape.names[0]]),)) is not None)


def _is_total(row: Sequence[object], filled: tuple[int, ...], _shape: Shape) -> bool:
    first = next((value for column in filled if isinstance(value := row[column], str)), "")
    return patterns().total.match(_folded(first)) is not None


def _folded(text: str) -> str:
    """As `key` for words without a glide; a key costs too much where every name is looked at."""
    lowered = text.strip().lower()
    return lowered if is_normalized("NFC", lowered) else key(lowered)


def _is_signature(row: Sequence[object], filled: tuple[int, ...], shape: Shape) -> bool:
    """Who signs, where and when; or the offices of those who sign, with nothing else in the line."""
    if len(filled) > _FEW or (shape.number is not None and is_number(row[shape.number])):
        return False
    texts = [key(value) for column in filled if isinstance(value := row[column], str)]
    if len(texts) == len(filled) and all(map(patterns().office.match, texts)):
        return True
    name = shape.name(row)
    person = is_like_a_name(name) and not patterns().sign.search(key(name)) and not patterns().office.match(key(name))
    return not person and any(map(patterns().sign.search, texts))


_REASONS = (
    (Look.NUMBERING, _is_numbering),
    (Look.CODE_ROW, _is_code_row),
    (Look.REPEATED_HEADER, _is_repeated_header),
    (Look.TOTAL, _is_total),
    (Look.SIGNATURE, _is_signature),
    (Look.OTHER_TABLE, _is_other_table),
)
