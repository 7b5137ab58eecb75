"""A sentence → the percentages it claims, each with its parts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbook.printed.rounding import Printed, read_count, read_percent
from workbook.printed.words import named
from workbook.text import clean

_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+"
_TOKEN = re.compile(
    r"(?P<day>\d{1,2}(?P<by>[/.-])\d{1,2}(?P=by)(?:\d{4}|\d{2})(?!\d))"
    rf"|(?P<pair>(?<![\d/,])(?:{_NUMBER})\s*/\s*(?:{_NUMBER})(?![\d/]))"
    rf"|(?P<percent>(?:{_NUMBER})(?:[.,]\d+)?\s*%)"
    rf"|(?P<count>(?<![\w,/.-])(?:{_NUMBER})(?![\d%/]|,\d|-\w))"
)
_CLAUSE = re.compile(r"[;\n]|(?<=[^\d\W])[.!?](?=\s|$)|(?<=[)%\d])[.!?](?=\s+[^\W\d]|$)")

#: A percentage farther than this from its fraction belongs to something else.
_REACH = 70


class Kind(StrEnum):
    """What a percentage says of its parts."""

    REACHED = "reached"  # part ÷ base
    OVER = "over"  # (part − base) ÷ base, "over by"
    SHARE = "share"  # a group ÷ all of them; the base is not beside it
    GROWN = "grown"  # the gain ÷ what was before


@dataclass(frozen=True, slots=True)
class Token:
    """A number of the text. `counts`: what the words before it make of it ("quota", "admitted", "start", ...)."""

    start: int
    end: int
    shown: str
    name: str
    counts: str = ""
    part: int = 0
    base: int = 0
    printed: Printed | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A printed percentage with its parts; `base` is 0 where the text does not say it beside the percentage."""

    kind: Kind
    printed: Printed
    part: int
    base: int
    shown: str


def claims(text: str) -> list[Claim]:
    """Every percentage of a paragraph whose parts can be told."""
    return [claim for clause in _CLAUSE.split(clean(text)) if clause for claim in _of_clause(clause)]


def numbers(text: str) -> list[tuple[int, str]]:
    """Every count of a text with what it counts; both sides of a fraction, the lower one a "quota"."""
    found: list[tuple[int, str]] = []
    for token in tokens(clean(text)):
        if token.name == "pair":
            found += [(token.part, "admitted"), (token.base, "quota")]
        elif token.name == "count" and token.counts != "year":
            found.append((token.part, token.counts))
    return found


def tokens(text: str) -> list[Token]:
    """The numbers of a text; days, and a month with its year, are none."""
    made = (_token(text, found) for found in _TOKEN.finditer(text))
    return [token for token in made if token]


def _token(text: str, found: re.Match[str]) -> Token | None:
    name = next(one for one in ("day", "pair", "percent", "count") if found[one] is not None)
    before = text[: found.start()].rstrip(" (=:+")
    if name == "day" or (name == "pair" and _is_month(found[0])):
        return None
    shown, start, end = found[0], found.start(), found.end()
    if name == "percent":
        printed = read_percent(shown.rstrip(" %"))
        return Token(start, end, shown, name, named(before, "before"), printed=printed) if printed else None
    part, _, base = shown.partition("/")
    return Token(start, end, shown, name, named(before, "counts"), read_count(part) or 0, read_count(base) or 0)


def _is_month(pair: str) -> bool:
    """Whether what looks like a fraction is a month of a year: 11/2026."""
    month, _, year = (side.strip() for side in pair.partition("/"))
    return year.isdecimal() and 1900 <= int(year) <= 2100 and month.isdecimal() and 1 <= int(month) <= 12


def _of_clause(clause: str) -> Iterator[Claim]:
    found = tokens(clause)
    free = [token for token in found if token.name == "pair"]
    percents = [token for token in found if token.name == "percent"]
    for token in percents:
        pair = _nearest(token, free, found)
        if pair:
            free.remove(pair)
            yield _claim(
                _kind(token),
                token,
                pair.part,
                pair.base,
                clause[min(pair.start, token.start) : max(pair.end, token.end)],
            )
        else:
            yield from _without_pair(token, found, clause, alone=len(percents) == 1)


def _kind(token: Token) -> Kind:
    return {"over": Kind.OVER, "grown": Kind.GROWN}.get(token.counts, Kind.REACHED)


def _claim(kind: Kind, token: Token, part: int, base: int, shown: str) -> Claim:
    assert token.printed is not None
    closed = shown.strip() + ")" * (shown.count("(") - shown.count(")"))
    return Claim(kind, token.printed, part, base, closed)


def _nearest(token: Token, pairs: Sequence[Token], found: Sequence[Token]) -> Token | None:
    """The fraction beside a percentage, before it or after it, with no other percentage or fraction between."""
    if token.counts == "grown":
        return None
    beside = []
    for pair in pairs:
        low, high = sorted((token, pair), key=lambda one: one.start)
        between = [one for one in found if low.end <= one.start < high.start and one.name != "count"]
        if not between and high.start - low.end <= _REACH:
            beside.append((high.start - low.end, pair))
    return min(beside, key=lambda one: one[0])[1] if beside else None


def _without_pair(token: Token, found: Sequence[Token], clause: str, *, alone: bool) -> Iterator[Claim]:
    """A percentage without a fraction: of a quota named in the clause, of a start, or of a whole said elsewhere."""
    counted = {name: [one for one in found if one.name == "count" and one.counts == name] for name in _NAMED}
    if token.counts == "grown":
        ends = counted["since"], counted["to"]
        if all(len(end) == 1 for end in ends):
            start, now = ends[0][0].part, ends[1][0].part
            yield _claim(Kind.GROWN, token, abs(now - start), start, clause)
        return
    before = [one for one in found if one.name == "count" and one.end <= token.start and one.counts != "year"]
    if len(counted["start"]) == 1 and before and "+" in clause[: before[-1].start][-2:]:
        yield _claim(Kind.GROWN, token, before[-1].part, counted["start"][0].part, clause)
    elif alone and len(counted["quota"]) == len(counted["admitted"]) == 1:
        yield _claim(_kind(token), token, counted["admitted"][0].part, counted["quota"][0].part, clause)
    elif before and token.start - before[-1].end <= _REACH and _is_aside(clause, token):
        yield _claim(Kind.SHARE, token, before[-1].part, 0, clause[before[-1].start : token.end])


_NAMED = ("quota", "admitted", "start", "since", "to")


def _is_aside(clause: str, token: Token) -> bool:
    """Whether a percentage stands in brackets right behind what it is of."""
    return clause[: token.start].rstrip().endswith("(")
