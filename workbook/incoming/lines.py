"""What each line under the header is: a person, or set aside for a reason. No line is passed over uncounted."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum, auto
from functools import cache
from importlib.resources import files

from workbook.incoming.grid import is_blank, is_text, letter
from workbook.incoming.header import Header, Slot
from workbook.incoming.headings import recognise
from workbook.layout import BY_NAME, Kind
from workbook.text import clean, key


class Look(StrEnum):
    """What a line looks like by itself; the upper five are settled by their neighbours."""

    BLANK = auto()
    STRONG = auto()  # a running number or dates beside a name: a person wherever it stands
    WEAK = auto()  # a name and little else
    NAMELESS = auto()  # several columns filled, but no name
    TEXT = auto()  # a label, a note, a class with its count

    NUMBERING = auto()
    CODE_ROW = auto()
    REPEATED_HEADER = auto()
    OTHER_TABLE = auto()
    TOTAL = auto()
    SIGNATURE = auto()


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the columns that tell a person from other lines stand."""

    number: int | None
    names: tuple[int, ...]
    others: tuple[int, ...]  # register columns beside number and name
    factual: frozenset[int]  # those of them that hold dates or digits
    headings: tuple[frozenset[str], ...]  # texts above each column
    columns: Mapping[int, str]

    def name(self, row: Sequence[object]) -> str:
        """The name as typed, its parts together; "" where there is none."""
        return " ".join(value.strip() for value in (row[column] for column in self.names) if is_text(value))


@dataclass(frozen=True, slots=True)
class Seen:
    """A line by itself. `filled` are its cells, `facts` how many register columns speak for a person."""

    look: Look
    filled: tuple[int, ...] = ()
    facts: int = 0
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Patterns:
    """The words of `lines_vi.toml`, ready to search keys with."""

    total: re.Pattern[str]
    sign: re.Pattern[str]
    office: re.Pattern[str]
    group: re.Pattern[str]
    offices: frozenset[str] = field(default=frozenset())


_NUMBER = re.compile(r"\s*\d{1,4}\s*\.?\s*")
_TOKEN = re.compile(r"\(?\s*(?:\d{1,3}|[A-ZĐa-zđ])\s*\)?(?:\s*\(?\s*=[^a-z]*\)?)?")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]+")
_OUTLINE = re.compile(r"(?:[IVXLC]+|[A-ZĐ]|\d{1,2})\s*[.):/–-]\s*\S")
_ORDINAL = re.compile(r"[IVXLC]+\.?|[A-ZĐ]\.?|\d{1,2}\.?")
_SMALLEST_FACT = 1900  # a smaller number is a count, not a year, a day or an identifier
_FEW = 8  # signatures and totals fill no more cells
_NAME_MARK = "tên"


@cache
def patterns() -> Patterns:
    """Compile the words once."""
    words: dict[str, list[str]] = tomllib.loads(files("workbook").joinpath("lines_vi.toml").read_text("utf-8"))
    day, month, year = words["dated"]
    blank = r"[\s.…_\d/]*"
    return Patterns(
        total=re.compile(rf"(?:{_any(words['total'])})\b|(?:{_any(words['total_short'])})\s*(?:$|[:(=\d.…])"),
        sign=re.compile(
            rf"^\W*(?:{_any(words['signs'])})\b|{_any(words['signs_within'])}|{day}{blank}{month}{blank}{year}\b"
        ),
        office=re.compile(rf"\W*(?:{_any(words['offices'])})\b"),
        group=re.compile(rf"(?:{_any(words['groups'])})\b"),
    )


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(key(word)) for word in sorted(words, key=len, reverse=True))
