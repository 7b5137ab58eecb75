"""A quota book without persons, for the level above: its counts as values, no name, no id, no line of a person.

Made anew from the numbers of a quota book, never by taking sheets out of a copy: what is not written cannot be left
behind. Sheets, headings and title are those of the quota book, so that it is read the same way.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import numpy as np

from workbook.book import Book
from workbook.composition import Composition, Line, Role
from workbook.consolidate.small_groups import Fold, Sums, fold
from workbook.errors import CannotWrite, NotAWorkbook
from workbook.incoming.cells import as_text
from workbook.incoming.quota_book import QuotaBook, read_quota_book
from workbook.layout import COUNT_BOOKS, UPWARD_BOOK
from workbook.outgoing.locking import locked
from workbook.outgoing.package import open_package, parse
from workbook.outgoing.save import refuse_existing, save_new
from workbook.outgoing.sheets import (
    composition,
    forecast,
    overdue_counts,
    progress,
    reconciliation,
    submissions,
    summary,
)
from workbook.outgoing.upward_cells import texts_beside, watchers_of
from workbook.outgoing.upward_counts import counts_of
from workbook.outgoing.write import render
from workbook.phrases import phrase
from workbook.text import key

SHEETS = (
    summary.write,
    composition.write,
    progress.write,
    overdue_counts.write,
    forecast.write,
    submissions.write,
    reconciliation.write,
)

_COUNTED = (Role.COUNT, Role.REST, Role.NOWHERE)
_PERSON = ("full_name", "citizen_id", "card_number")
_SHORTEST = 5  # letters of a single word: a shorter one is no full name and no number of a person
_WORD = re.compile(r"\w+")
_NAMES = re.compile(r"[,;/\n]")


@dataclass(frozen=True, slots=True)
class Upward:
    """What was made: `hidden` counts of branches are not shown, `open` small ones can be worked out all the same;
    `left_out` cells have a text beside the counts that is none of ours, and stays at home.
    """

    book: Book
    hidden: int = 0
    open: int = 0
    left_out: int = 0


def write_upward(source: Path, out: Path, *, least: int = 0, password: str = "") -> Upward:
    """Write the counts of the quota book at `source` to a new file at `out`.

    `least`: the smallest group shown of a branch, 3 or more (0: all are). With a `password` the file opens with it
    only, and its sheets are locked with it against typing. Raises UnreadableWorkbook for what is no quota book of ours,
    CannotWrite where `out` exists, cannot be written, or would name somebody.
    """
    refuse_existing(out)
    read = read_quota_book(source, counts=True)
    if read.kind in COUNT_BOOKS:
        raise NotAWorkbook("upward.counts_already", {"file": read.file})
    made = Upward(counts_of(read))
    if least:
        made = _folded(made.book, least)
    content = render(made.book, lambda _file, _sheet, _cell: "", SHEETS, kind=UPWARD_BOOK, lock=password)
    shown = _texts(content)
    _refuse_names(shown, read, made.book)
    save_new(locked(content, password) if password else content, out)
    return replace(made, left_out=_left_out(shown, read))


def _folded(book: Book, least: int) -> Upward:
    """The book with the small groups of branches folded on the sheet of groups, and with no mean of a branch."""
    lines = book.composition.lines
    counted = [place for place, line in enumerate(lines) if line.role in _COUNTED]
    whole = next((line for line in lines if line.role is Role.ALL), None)
    if whole is None or not counted or not whole.by_branch:
        return Upward(book)
    counts = np.array([[int(value or 0) for value in lines[place].by_branch] for place in counted], dtype=np.int64)
    admitted = np.array([int(value or 0) for value in whole.by_branch], dtype=np.int64)
    blocks, covers = ([[counted.index(place) for place in block] for block in _blocks(lines, rest)]
                      for rest in (Role.REST, Role.NOWHERE))  # fmt: skip
    folds, told = fold(counts, Sums(counts.sum(axis=1), admitted, blocks, covers), least)
    marks = dict(zip(counted, folds, strict=True))
    shown = tuple(_marked(line, marks.get(place), least) for place, line in enumerate(lines))
    made = Composition(shown, book.composition.form, least)
    return Upward(replace(book, composition=made), int((folds != Fold.SHOWN).sum()), int(told.sum()))


def _blocks(lines: Sequence[Line], rest: Role) -> Iterator[list[int]]:
    """The lines of each block that ends with such a line for the rest of it."""
    block: list[int] = []
    for place, line in enumerate(lines):
        if line.role is Role.BLOCK:
            block = []
        elif line.role in _COUNTED:
            block.append(place)
            if line.role is rest:
                yield block


def _marked(line: Line, folds: Iterable[int] | None, least: int) -> Line:
    """A line as it is shown; the mean age of a branch's few would be somebody's age."""
    if line.role is Role.MEAN:
        return replace(line, by_branch=(phrase("upward.hidden"),) * len(line.by_branch))
    if folds is None:
        return line
    marks = {Fold.SMALL: phrase("upward.small", least=least), Fold.BESIDE: phrase("upward.hidden")}
    pairs = zip(line.by_branch, folds, strict=True)
    shown: tuple[int | Decimal | str | None, ...] = tuple(marks.get(Fold(mark), value) for value, mark in pairs)
    return replace(line, by_branch=shown)


def _texts(content: bytes) -> list[str]:
    """Every text of a file of ours."""
    return ["".join(item.itertext()) for item in parse(open_package(content).part("xl/sharedStrings.xml"))]


def _left_out(shown: Iterable[str], read: QuotaBook) -> int:
    """How many cells of the source have a text that a book of counts has a place for, but does not show."""
    known = set(map(key, shown))
    return sum(key(text) not in known for text in texts_beside(read))


def _refuse_names(shown: Iterable[str], read: QuotaBook, book: Book) -> None:
    """Raise CannotWrite where a text of the file names anybody of the source, beside the names of organisations.

    A branch may be called after somebody. Everything else is words of ours, so this is a second lock on the door.
    """
    organisations = [_words(name) for name in (book.committee.name, book.committee.superior) if name]
    texts = set(map(_words, shown)) - set(map(_words, book.branches["name"]))
    for name in organisations:
        texts = {text.replace(name, " ") for text in texts}
    persons = {_words(name) for name in _persons(read)}
    if any(person in text for text in texts for person in persons):
        raise CannotWrite("upward.named", {"file": read.file})


def _persons(read: QuotaBook) -> Iterator[str]:
    """Whoever is named in the book, and their numbers; beside candidates who helps them, who watches over a branch."""
    people, late = (read.tables.get(name) for name in ("people", "late"))
    columns = [(people, name) for name in _PERSON] + [(late, "name")]
    for table, name in columns:
        cells = table.frame[name].map(as_text) if table and name in table.frame else ()
        yield from (text for text in cells if len(text) >= _SHORTEST or len(text.split()) > 1)
    helpers = people.frame["helper"].map(as_text) if people and "helper" in people.frame else ()
    for text in (*helpers, *watchers_of(read)):
        yield from (name.strip() for name in _NAMES.split(text) if _is_name(name.split()))


def _is_name(words: Sequence[str]) -> bool:
    """In these columns "not yet" stands too: a name is two words or more, each with a capital letter."""
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _words(text: str) -> str:
    """A text as words between blanks, so that no word is found inside another."""
    return f" {' '.join(_WORD.findall(key(text)))} "
