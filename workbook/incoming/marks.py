"""Signs by which a text or a cell under the header shows what it is. The words are in `lines_vi.toml`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from unicodedata import is_normalized

from workbook.text import key
from workbook.toml_file import toml_file

_LETTER = r"[^\W\d_]"
_CAPITAL = r"[^\W\d_a-z]"
_NUMBER = re.compile(r"\s*\d{1,4}\s*\.?\s*")
_TOKEN = re.compile(rf"\s*\(?\s*(?:\d{{1,3}}|{_LETTER})\s*\)?\s*(?:\(?\s*=[^a-z]*\)?)?\s*")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]+")
_DIGITS = re.compile(r"\d{4}|\d\s*[/.-]\s*\d")
_ORDINAL = re.compile(rf"(?:[IVXLC]+|{_CAPITAL}|\d{{1,2}})\s*[.)]?")
_OUTLINE = re.compile(rf"([IVXLC]+|{_CAPITAL}|\d{{1,2}})\s*[.):/–-]\s*(?=\S)")
_SMALLEST_FACT = 1900  # a smaller number is a count, not a year, a day or an identifier


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The words, ready to be found in keys."""

    total: re.Pattern[str]
    sign: re.Pattern[str]
    office: re.Pattern[str]
    group: re.Pattern[str]
    title: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words: dict[str, list[str]] = toml_file("workbook", "lines_vi.toml")
    day, month, year = words["dated"]
    gap = r"[\s.…_\d/]*"
    signs = (rf"^\W*(?:{_any(words['signs'])})\b", _any(words["signs_within"]), rf"{day}{gap}{month}{gap}{year}\b")
    return _Patterns(
        total=re.compile(rf"(?:{_any(words['total'])})\b|(?:{_any(words['total_short'])})\s*(?:$|[:(=\d.…])"),
        sign=re.compile("|".join(signs)),
        office=re.compile(rf"\W*(?:{_any(words['offices'])})\b"),
        group=re.compile(rf"(?:{_any(words['groups'])})\b"),
        title=re.compile(rf"\W*(?:{_any(words['titles'])})(?!\w)"),
    )


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(key(word)) for word in sorted(words, key=len, reverse=True))


# Texts


def begins_a_total(text: str) -> bool:
    """Whether a line that begins so is a line of sums."""
    return _patterns().total.match(_folded(text)) is not None


def _folded(text: str) -> str:
    """As `key` for words without a glide; a key costs too much where every name is looked at."""
    lowered = text.strip().lower()
    return lowered if is_normalized("NFC", lowered) else key(lowered)


def signs(text: str) -> bool:
    """Whether the text says who signs, how, where or when."""
    return _patterns().sign.search(key(text)) is not None


def is_office(text: str) -> bool:
    """Whether the text is the office of one who signs."""
    return _patterns().office.match(key(text)) is not None


def begins_a_group(text: str) -> bool:
    """Whether a line that begins so names the group of the lines below."""
    return _patterns().group.match(key(without_numeral(text))) is not None


def begins_a_title(text: str) -> bool:
    """Whether a line that begins so is a page's title or a remark."""
    return _patterns().title.match(key(text)) is not None


def is_like_a_name(text: str) -> bool:
    """Two to six words of letters alone that do not begin like a group."""
    words = text.replace(".", " ").replace("'", "").split()
    return 1 < len(words) < 7 and all(map(str.isalpha, words)) and not begins_a_group(text)


def has_letters(text: str) -> bool:
    """Whether the text can be a name at all: it has letters, and more than a single sign."""
    return len(text) > 1 and any(map(str.isalpha, text))


def is_numeral(text: str) -> bool:
    """Whether the text is a numeral that may stand alone before a group: "I", "B.", "2"."""
    return _ORDINAL.fullmatch(text) is not None


def numeral_of(text: str) -> str:
    """The numeral a text begins with, without its sign; "" where there is none."""
    found = _OUTLINE.match(text)
    return found[1] if found else ""


def without_numeral(text: str) -> str:
    """The text without the numeral it begins with."""
    return _OUTLINE.sub("", text, count=1)


def is_code(value: object) -> bool:
    """Whether the cell is one plain word such as a program names its columns by."""
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


# Cells


def is_number(value: object) -> bool:
    """Whether the cell can be a running number."""
    if isinstance(value, str):
        return _NUMBER.fullmatch(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_count(value: object) -> bool:
    """Whether the cell is a number too small for a year, a day or an identifier."""
    return isinstance(value, int | float) and value < _SMALLEST_FACT


def is_column_number(value: object) -> bool:
    """Whether the cell can be the number of a column: 1, (1), A, 4(=2*100/3)."""
    return _TOKEN.fullmatch(value) is not None if isinstance(value, str) else is_count(value)


def tells_a_day(value: object) -> bool:
    """Whether the cell can be a day, a year or an identifier, however badly written."""
    if isinstance(value, str):
        return _DIGITS.search(value) is not None
    return isinstance(value, date) or (isinstance(value, int | float) and value >= _SMALLEST_FACT)
