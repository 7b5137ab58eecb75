"""A sentence → its numbers, each with what the words around it make of it."""

import re
from dataclasses import dataclass

from workbook.printed.rounding import Printed, read_count, read_percent
from workbook.printed.words import named, said, starts
from workbook.text import clean

_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+"
_VERSUS = rf"(?:\s+[^\W\d]+){{0,3}}?\s+{said('joined', 'versus')}\s+(?:{said('joined', 'number')}\s+)?"
_TOKEN = re.compile(
    r"(?P<day>\d{1,2}(?P<by>[/.-])\d{1,2}(?P=by)(?:\d{4}|\d{2})(?!\d))"
    rf"|(?P<pair>(?<![\d/,])(?:{_NUMBER})\s*/\s*(?:{_NUMBER})(?![\d/]))"
    rf"|(?P<percent>(?:{_NUMBER})(?:[.,]\d+)?\s*%)"
    rf"|(?P<versus>(?<![\w,/.-])(?:{_NUMBER}){_VERSUS}(?:{_NUMBER})(?![\d%/]|[.,]\d))"
    rf"|(?P<count>(?<![\w,/.-])(?:{_NUMBER})(?![\d%/]|,\d|-\w))"
)
_CLAUSE = re.compile(r"[;\n]|(?<=[^\d\W])[.!?](?=\s|$)|(?<=[)%\d])[.!?](?=\s+[^\W\d]|$)")
_OF_YEAR = re.compile(rf"\s+{said('joined', 'year')}\s+\d{{4}}$")
_ENDS = re.compile(rf"^(?:{_NUMBER})|(?:{_NUMBER})$")
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Token:
    """A number of the text. `name`: how it is written (pair, versus, percent, count). `counts`: what the words before
    it make of it ("quota", "admitted", "start", "grown", ...); `base` is the second number of a pair.
    """

    start: int
    end: int
    shown: str
    name: str
    counts: str = ""
    part: int = 0
    base: int = 0
    printed: Printed | None = None


def clauses(text: str) -> list[str]:
    """The clauses of a paragraph, cleaned of doubled blanks."""
    return [clause for clause in _CLAUSE.split(clean(text)) if clause]


def numbers(text: str) -> list[tuple[int, str]]:
    """Every count of a text with what it counts; both sides of a fraction, the lower one a "quota"."""
    found: list[tuple[int, str]] = []
    for token in tokens(clean(text)):
        if token.name == "pair":
            found += [(token.part, "admitted"), (token.base, "quota")]
        elif token.name == "versus":
            found += [(token.part, token.counts), (token.base, "before")]
        elif token.name == "count" and token.counts != "year":
            found.append((token.part, token.counts))
    return found


def tokens(text: str) -> list[Token]:
    """The numbers of a text; days, a month with its year, and what is too long to be a count are none."""
    made = (_token(text, found) for found in _TOKEN.finditer(text))
    return [token for token in made if token]


def percentages(text: str) -> int:
    """How many percentages a text prints."""
    return sum(token.name == "percent" for token in tokens(clean(text)))


def _token(text: str, found: "re.Match[str]") -> Token | None:
    name = next(one for one in ("day", "pair", "percent", "versus", "count") if found[one] is not None)
    if name == "day" or (name == "pair" and _is_month(found[0])):
        return None
    before = text[: found.start()].rstrip(" (=:+")
    shown, start, end = found[0], found.start(), found.end()
    if name == "percent":
        printed = read_percent(shown)
        return Token(start, end, shown, name, named(before, "before"), printed=printed) if printed else None
    ends = _ENDS.findall(shown)
    part, base = read_count(ends[0]), read_count(ends[-1])
    if part is None or base is None:
        return None
    if name == "versus" and base in _YEARS:
        return Token(start, start + len(ends[0]), ends[0], "count", _counted(before, text[start:]), part)
    return Token(start, end, shown, name, _counted(before, text[end:]), part, 0 if name == "count" else base)


def _counted(before: str, behind: str) -> str:
    """What a number counts; "" where that is nothing a percentage is worked out from."""
    counts = named(_OF_YEAR.sub("", before), "counts") or named(before, "before")
    return "" if counts == "admitted" and starts(behind, "nouns", "things") else counts


def _is_month(pair: str) -> bool:
    """Whether what looks like a fraction is a month of a year: 11/2026."""
    month, _, year = (side.strip() for side in pair.partition("/"))
    return year.isdecimal() and int(year) in _YEARS and month.isdecimal() and 1 <= int(month) <= 12
