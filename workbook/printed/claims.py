"""A sentence → the percentages it claims, each with its parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbook.printed.rounding import Printed
from workbook.printed.tokens import Token, clauses, tokens
from workbook.printed.words import has, named, starts

#: A percentage farther than this from its fraction belongs to something else.
_REACH = 70
#: What a count may be of which a percentage is told without a fraction beside it.
_NAMED = ("quota", "admitted", "start", "since", "to", "before")


class Kind(StrEnum):
    """What a percentage says of its parts."""

    REACHED = "reached"  # part ÷ base
    OVER = "over"  # (part − base) ÷ base, "over by"
    SHARE = "share"  # a group of those admitted ÷ all of them; the base is not beside it
    GROWN = "grown"  # the gain ÷ what was before


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
    return [claim for clause in clauses(text) for claim in _of_clause(clause)]


def _of_clause(clause: str) -> Iterator[Claim]:
    found = tokens(clause)
    free = [token for token in found if token.name in ("pair", "versus")]
    for token in (one for one in found if one.name == "percent"):
        aside = _of_aside(token, found, clause)
        pair = None if aside else _nearest(token, free, found)
        if aside:
            yield from aside
        elif pair:
            free.remove(pair)
            yield _of_pair(token, pair, clause)
        else:
            yield from _without_pair(token, found, clause)


def _claim(kind: Kind, token: Token, part: int, base: int, shown: str) -> Claim:
    assert token.printed is not None
    closed = shown.strip() + ")" * (shown.count("(") - shown.count(")"))
    return Claim(kind, token.printed, part, base, closed)


def _kind(token: Token) -> Kind:
    return {"over": Kind.OVER, "grown": Kind.GROWN}.get(token.counts, Kind.REACHED)


# --- beside a count: "nữ 12 (40%)", "tăng 4 (15,4%)"


def _of_aside(token: Token, found: Sequence[Token], clause: str) -> list[Claim]:
    """What is said of the count right before a percentage, or in brackets right behind it: a gain, or a group."""
    last = max((one for one in found if one.end <= token.start), key=lambda one: one.end, default=None)
    if last and last.name == "count" and _is_aside(token, clause) and token.start - last.end <= _REACH:
        shown = clause[last.start : token.end]
        if last.counts == "grown":
            return _of_gain(token, last, found, clause)
        return [_claim(Kind.SHARE, token, last.part, 0, shown)] if _is_group(last, token, clause) else []
    behind = min((one for one in found if one.start >= token.end), key=lambda one: one.start, default=None)
    if not behind or behind.name != "count" or clause[token.end : behind.start].strip() != "(":
        return []
    group = named(clause[: token.start].rstrip(" ("), "traits")
    return [_claim(Kind.SHARE, token, behind.part, 0, clause[token.start : behind.end])] if group else []


def _is_aside(token: Token, clause: str) -> bool:
    """Whether a percentage stands in brackets right behind what it is of, or is called its share."""
    return token.counts == "share" or clause[: token.start].rstrip().endswith(("(", "="))


def _is_group(count: Token, token: Token, clause: str) -> bool:
    """Whether what is counted is some of the persons admitted, by a trait beside the number: 12 nữ; nữ 12 đồng chí."""
    behind = clause[count.end : token.start].strip(" (,:=")
    if starts(behind, "nouns", "things") or has(clause, "nouns", "elsewhere"):
        return False
    if starts(behind, "traits", "trait"):
        return True
    people = starts(behind, "nouns", "people")
    before = named(clause[: count.start].rstrip(" (:=+,"), "traits")
    return bool(before) or (people and has(behind, "traits", "trait"))


def _of_gain(token: Token, gain: Token, found: Sequence[Token], clause: str) -> list[Claim]:
    """A gain is of what was before: said, or what there is now without the gain."""
    before = [one.part for one in found if one.counts == "before"]
    now = [one.part for one in found if one.counts == "admitted" and one.end <= gain.start]
    falls = bool(named(clause[: gain.start].rstrip(), "falls"))
    derived = [one + gain.part if falls else one - gain.part for one in now]
    base = next(iter(before or derived), 0)
    sure = len(before or derived) == 1 and base > 0
    return [_claim(Kind.GROWN, token, gain.part, base, clause[gain.start : token.end])] if sure else []


# --- beside a fraction: "35/37", "121 so với 113"


def _nearest(token: Token, pairs: Sequence[Token], found: Sequence[Token]) -> Token | None:
    """The fraction beside a percentage, before it or after it, with no other percentage or fraction between."""
    beside = []
    for pair in pairs:
        if token.counts == "grown" and pair.name == "pair":
            continue
        low, high = sorted((token, pair), key=lambda one: one.start)
        between = [one for one in found if low.end <= one.start < high.start and one.name != "count"]
        if not between and high.start - low.end <= _REACH:
            beside.append((high.start - low.end, pair))
    return min(beside, key=lambda one: one[0])[1] if beside else None


def _of_pair(token: Token, pair: Token, clause: str) -> Claim:
    shown = clause[min(pair.start, token.start) : max(pair.end, token.end)]
    part = abs(pair.part - pair.base) if token.counts == "grown" else pair.part
    return _claim(_kind(token), token, part, pair.base, shown)


# --- with its parts elsewhere in the clause


def _without_pair(token: Token, found: Sequence[Token], clause: str) -> Iterator[Claim]:
    """A percentage without a fraction: of a quota named in the clause, of a start, of what was before."""
    counts = [one for one in found if one.name == "count"]
    one_of = {name: some[0] for name in _NAMED if len(some := [one for one in counts if one.counts == name]) == 1}
    if token.counts == "grown":
        yield from _grown(token, one_of, clause)
        return
    before = [one for one in counts if one.end <= token.start and one.counts != "year"]
    alone = sum(one.name == "percent" for one in found) == 1
    if "start" in one_of and before and "+" in clause[: before[-1].start][-2:]:
        yield _claim(Kind.GROWN, token, before[-1].part, one_of["start"].part, clause)
    elif starts(clause[token.end :].strip(" ,("), "nouns", "compared"):
        if {"admitted", "before"} <= set(one_of):
            yield _claim(Kind.REACHED, token, one_of["admitted"].part, one_of["before"].part, clause)
    elif alone and {"quota", "admitted"} <= set(one_of):
        yield _claim(_kind(token), token, one_of["admitted"].part, one_of["quota"].part, clause)


def _grown(token: Token, one_of: dict[str, Token], clause: str) -> Iterator[Claim]:
    """By how much: from one number to another, or against what was before."""
    for start, now in (("since", "to"), ("before", "admitted")):
        if {start, now} <= set(one_of):
            gain = abs(one_of[now].part - one_of[start].part)
            yield _claim(Kind.GROWN, token, gain, one_of[start].part, clause)
            return
