"""Names and numbers of people who are gone, found in texts about others and taken out; those who stay keep theirs.

A name is found as whole words, in any case and with any placing of tones; not within a longer name that is known. One
of two words may be a word of the language too ("Van Minh"), so it is found only with capitals; one of a single word
cannot be told from the language at all and is never sought. A number is found by its digits, parted or not.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from workbook.phrases import phrase
from workbook.text import key

#: A word, with marks that are typed apart and those that nobody sees.
_WORD = re.compile(r"[\w\u0300-\u036f\xad\u200b-\u200f\u2060\ufeff]+")
_BETWEEN = re.compile(r"[\s.'\u2018\u2019\-]{1,3}")

#: A number in parts ("099 090 000 001"); a shorter one is a date or a count. Parts beyond so many are no number.
_PARTED = re.compile(r"\d+(?:[\s.\-]{1,2}\d+)*")
_DIGITS = re.compile(r"\d+")
_FEWEST_DIGITS, _MOST_PARTS = 6, 12

_FEWEST_WORDS, _PLAIN_WORDS = 2, 3

_Words = tuple[str, ...]


@dataclass(frozen=True)
class Redaction:
    """What is sought: the words of names, digits without leading zeros. `known`: names and places that stay."""

    names: frozenset[_Words]
    known: frozenset[_Words]
    numbers: frozenset[str]

    def of(self, text: str) -> str:
        """The text without them; one that is the name of somebody or something that stays is as it was."""
        words = list(_WORD.finditer(text))
        keys = [key(word[0]) for word in words]
        if tuple(keys) in self.known:
            return text
        spans = [*self._spelled(text, words, keys), *self._counted(text)]
        for start, end in sorted(spans, reverse=True):
            text = text[:start] + phrase("purge.gone") + text[end:]
        return text

    @cached_property
    def _sizes(self) -> dict[str, tuple[int, ...]]:
        """First word → how many words the names have that begin so, the longest first."""
        found: dict[str, set[int]] = {}
        for name in self.names | self.known:
            found.setdefault(name[0], set()).add(len(name))
        return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in found.items()}

    def _spelled(self, text: str, words: Sequence[re.Match[str]], keys: Sequence[str]) -> Iterator[tuple[int, int]]:
        at = 0
        while at < len(words):
            size = next(
                (size for size in self._sizes.get(keys[at], ()) if self._stands(text, words, keys, at, size)), 0
            )
            if tuple(keys[at : at + size]) in self.names:
                yield words[at].start(), words[at + size - 1].end()
            at += size or 1

    def _stands(self, text: str, words: Sequence[re.Match[str]], keys: Sequence[str], at: int, size: int) -> bool:
        """Whether a name of so many words stands here."""
        name, here = tuple(keys[at : at + size]), words[at : at + size]
        if name not in self.names and name not in self.known:
            return False
        gaps = (text[one.end() : other.start()] for one, other in pairwise(here))
        capital = size >= _PLAIN_WORDS or name in self.known or all(word[0][0].isupper() for word in here)
        return capital and all(map(_BETWEEN.fullmatch, gaps))

    def _counted(self, text: str) -> Iterator[tuple[int, int]]:
        for run in _PARTED.finditer(text) if self.numbers else ():
            parts, at = list(_DIGITS.finditer(text, run.start(), run.end())), 0
            while at < len(parts):
                some = parts[at : at + _MOST_PARTS]
                ends = range(len(some), 0, -1)
                size = next(
                    (end for end in ends if digits_of("".join(one[0] for one in some[:end])) in self.numbers), 0
                )
                if size:
                    yield some[0].start(), some[size - 1].end()
                at += size or 1


def redaction(
    names: Iterable[str], numbers: Iterable[str], staying: Iterable[str], known: Iterable[str], kept: Iterable[str]
) -> Redaction:
    """What to seek of people with these names and numbers.

    Not sought: who is called as somebody `staying` is, and the numbers that are `kept`. `known` are other names and
    places of lines that stay: a cell that holds one stays as it is, and no name is found within a longer one.
    """
    stay = {words_of(name) for name in staying}
    gone = {words for words in map(words_of, names) if len(words) >= _FEWEST_WORDS} - stay
    digits = {digits_of(number) for number in numbers} - {digits_of(number) for number in kept}
    return Redaction(
        frozenset(gone),
        frozenset((stay | {words_of(name) for name in known}) - {()}),
        frozenset(number for number in digits if len(number) >= _FEWEST_DIGITS),
    )


def sought(name: str, what: Redaction) -> bool:
    """Whether a name is looked for in the texts about others."""
    return words_of(name) in what.names


def words_of(name: str) -> _Words:
    """The words of a name, as keys."""
    return tuple(key(word[0]) for word in _WORD.finditer(name))


def digits_of(number: str) -> str:
    """The digits of a number without zeros before them, which Excel drops."""
    return "".join(_DIGITS.findall(number)).lstrip("0")
