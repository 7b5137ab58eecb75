"""Whom a line is about that names no source: known by what it says of somebody on the sheet of persons.

Such lines stand on sheets that a keeper or a clerk has added. A line is about the person whose name or number fills
the first of its cells that holds one; where none does, about the one whose day of birth stands beside something else
of theirs. Of several who might be meant it is the one of whom it says most; where nothing parts somebody who is gone
from somebody who stays, it is the one who is gone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from workbook.days import format_day
from workbook.incoming.cells import as_text
from workbook.incoming.dates import read_date
from workbook.incoming.grid import Grid
from workbook.layout import HEADING, REGISTER, Kind
from workbook.purging.redaction import digits_of, words_of
from workbook.text import key

#: What of somebody may be known again on another sheet; a code or a count is everybody's.
_TELLING = {Kind.TEXT, Kind.DIGITS, Kind.DATE}

#: The numbers by which people are known.
NUMBERS = tuple(column.name for column in REGISTER if column.kind is Kind.DIGITS)
_FEWEST_DIGITS = 6

_Lines = frozenset[int]


@dataclass(frozen=True)
class Persons:
    """Everybody on the sheet of persons, by line. `named`: name or number → lines; `born`: day of birth → lines;
    `gone`: the lines of those who are gone; `frame`: what may be known again, and the branch.
    """

    gone: _Lines
    named: Mapping[str, _Lines]
    born: Mapping[str, _Lines]
    frame: pd.DataFrame

    def meant(self, cells: Sequence[object], others: frozenset[int]) -> int | None:
        """The line of somebody who is gone and whom these cells are about; None where they are about nobody such.

        `others`: the places of cells in which others are named.
        """
        own = (value for at, value in enumerate(cells) if at not in others)
        named = (self.named[name] for value in own for name in _names(value) if name in self.named)
        some = next(named, None)
        if some is not None and some.isdisjoint(self.gone):
            return None
        told = frozenset(text for value in cells for text in texts_of(value))
        if some is None:
            born = {line for text in told for line in self.born.get(text, ())}
            some = frozenset(line for line in born if self._alike(line, told) > 1)
        best = max(some, key=lambda line: (self._alike(line, told), line in self.gone), default=None)
        return best if best in self.gone else None

    def said(self, line: int) -> frozenset[str]:
        """What a line says of its person that may be known again, as keys."""
        values = self.frame.loc[line].drop("branch")
        return frozenset(text for value in values for text in texts_of(value))

    @cached_property
    def branches(self) -> frozenset[str]:
        """The branches that anybody stands in, as keys."""
        return frozenset(key(as_text(value)) for value in self.frame["branch"].unique())

    def _alike(self, line: int, told: frozenset[str]) -> int:
        return len(self.said(line) & told) + (key(as_text(self.frame.at[line, "branch"])) in told)


def persons(frame: pd.DataFrame, gone: Iterable[int]) -> Persons:
    """Everybody on the sheet of persons, as its lines were read."""
    named: dict[str, set[int]] = {}
    born: dict[str, set[int]] = {}
    for name in ("full_name", *NUMBERS):
        _index(named, frame, name, _names)
    _index(born, frame, "birth_on", texts_of)
    telling = [one.name for one in REGISTER if one.kind in _TELLING and one.name in frame and one.name != "number"]
    return Persons(frozenset(gone), _frozen(named), _frozen(born), frame[["branch", *telling]])


def lines_about(grid: Grid, known: Persons, others: Iterable[str], led: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Number, counted from one, of each line of a sheet that is about somebody who is gone, and the line of theirs.

    `others`: keys of headings below which others than the line's own person are named; `led`: the lines that name
    their source, which says better whom they are about.
    """
    naming, sourced = frozenset(others), frozenset(led)
    headings, beside = naming | {key(HEADING["full_name"])}, frozenset[int]()
    for number, row in enumerate(grid.rows, start=1):
        texts = {at: key(value) for at, value in enumerate(row) if isinstance(value, str) and value}
        if not headings.isdisjoint(texts.values()):
            beside = frozenset(at for at, text in texts.items() if text in naming)
        line = known.meant(row, beside) if number not in sourced else None
        if line is not None:
            yield number, line


def texts_of(value: object) -> Iterator[str]:
    """What a cell says, as keys: its text, and the day if it is one, however it is written."""
    text = key(as_text(value))
    if text:
        yield text
        day = read_date(value).day
        if day is not None:
            yield format_day(day)


def _names(value: object) -> Iterator[str]:
    """The name or the number that fills a cell; a year beside a name is passed over."""
    text = as_text(value)
    words = [word for word in words_of(text) if not word.isdigit()]
    number = digits_of(text)
    if words:
        yield " ".join(words)
    elif len(number) >= _FEWEST_DIGITS:
        yield number


def _index(into: dict[str, set[int]], frame: pd.DataFrame, name: str, read: Callable[[object], Iterator[str]]) -> None:
    for line, value in frame[name].items() if name in frame else ():
        for one in read(value):
            into.setdefault(one, set()).add(int(str(line)))


def _frozen(index: Mapping[str, set[int]]) -> dict[str, _Lines]:
    return {text: frozenset(lines) for text, lines in index.items()}
