"""Finished people out of a quota book of ours: their names go, the counts stay; as a new book beside the old one.

Somebody is finished who was recognised as a full member, or left the list (moved, not admitted, struck off, deceased),
on or before the day until which nobody needs the line any more. How long that is the committee decides, not we.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from validation.vocabulary import Stage
from workbook.incoming.cells import as_text
from workbook.incoming.dates import read_date
from workbook.incoming.guard import guarded
from workbook.incoming.quota_book import QuotaBook, Table, part, read_quota_book
from workbook.labels import label
from workbook.layout import HEADING
from workbook.outgoing.save import refuse_existing, save_new
from workbook.outgoing.sheets import overdue
from workbook.phrases import phrase
from workbook.purging.book import Gone, without
from workbook.purging.names import NUMBERS
from workbook.purging.redaction import Redaction, redaction, sought
from workbook.text import key

#: Where else a line says who or where, which is no text about others.
_NAMED_BESIDE = ("helper", "native_place", "residence")


@dataclass(frozen=True, slots=True)
class Purged:
    """How many people were taken out of a book, and how many are finished, but nobody knows since when.

    `unsought`: how many of those taken out have a name that could not be looked for in the texts about others, for it
    is a single word, or somebody who stays has it too.
    """

    persons: int
    undated: int
    unsought: int = 0


def purge_book(source: Path, out: Path, until: date) -> Purged:
    """Write the book at `source` without the people finished until that day to a new file at `out`.

    Nothing is written where there is nobody to take out. Raises UnreadableWorkbook for what is no quota book of ours,
    CannotWrite where `out` exists or cannot be written.
    """
    refuse_existing(out)
    book = read_quota_book(source)
    table = book.tables.get("people")
    if table is None:
        return Purged(0, 0)
    since = _finished_on(table.frame)
    gone = [int(str(line)) for line, day in since.items() if isinstance(day, date) and day <= until]
    unsought = 0
    if gone:
        what = Gone(gone, _redaction(book, table, gone), _naming_others())
        unsought = _unsought(table, gone, what.sought)
        save_new(guarded(without, source, book, what), out)
    return Purged(len(gone), sum(day == "" for day in since), unsought)


def _finished_on(people: pd.DataFrame) -> "pd.Series[str]":
    """Line → the day since when somebody is finished; "" where it is not known, None for who is not, or taken out."""
    official, left = key(label(Stage.OFFICIAL)), key(part("people").words["left"])
    stages = people["stage"].map(lambda value: key(as_text(value)))
    days = pd.Series([None] * len(people), index=people.index, dtype=object)
    for stage, column in ((official, "recognized_on"), (left, "status_changed_on")):
        here = stages == stage
        known = people[column] if column in people else pd.Series("", index=people.index)
        days[here] = known[here].map(lambda value: read_date(value).day or "")
    return days.mask(people["full_name"] == phrase("purge.gone"), None)


def _naming_others() -> list[str]:
    """The headings below which a line names others than its own person, as keys: who helps, and who watches over it."""
    watchers = [field.heading for field in overdue.FIELDS if field.name == "watcher"]
    return [key(heading) for heading in (*watchers, *(HEADING[name] for name in _NAMED_BESIDE))]


# --- who is sought in the texts about others


def _redaction(book: QuotaBook, table: Table, gone: Sequence[int]) -> Redaction:
    """Who is sought in the texts about others, and what stays as it is."""
    away = table.frame.index.isin(gone)
    branches = _texts_of(book.tables["branches"].frame, ["name"])
    return redaction(
        _texts_of(table.frame[away], ["full_name"]),
        _texts_of(table.frame[away], NUMBERS),
        _texts_of(table.frame[~away], ["full_name"]),
        (*branches, *_texts_of(table.frame[~away], _NAMED_BESIDE), *_texts_of(table.frame, ["branch", "credited_to"])),
        _texts_of(table.frame[~away], NUMBERS),
    )


def _texts_of(frame: pd.DataFrame, names: Iterable[str]) -> list[str]:
    return [text for name in names if name in frame for text in frame[name].map(as_text).unique() if text]


def _unsought(table: Table, gone: Sequence[int], what: Redaction) -> int:
    return sum(not sought(as_text(name), what) for name in table.frame.loc[list(gone), "full_name"])
