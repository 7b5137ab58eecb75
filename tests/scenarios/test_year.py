"""A year replayed month by month: what the books tell of it is what its maker knows to have happened."""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

import pandas as pd
import pytest

from workbook.consolidate.change_lines import Change
from workbook.consolidate.changes import changes
from workbook.demo.inbox import make
from workbook.demo.town import Event
from workbook.demo.year import live
from workbook.incoming.previous import read_previous
from workbook.outgoing.write import write_book
from workbook.phrases import phrase
from workbook.run import book_of
from workbook.text import key

#: What a lawful year of people who can be told apart does not bring: `consolidate/test_changes.py` has it, and
#: `consolidate/test_recounted.py`.
ELSEWHERE = {Change.UNSURE, Change.BRANCH_ENDED, Change.DECIDED, Change.RECOUNTED}


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[tuple[Event, ...], pd.DataFrame]]:
    """For each month but the first: what happened, and what the book says against the file of the month before."""
    folder = tmp_path_factory.mktemp("nam")
    told, before = [], None
    for month in live(folder / "nhan", 2026):
        book = book_of(month.inbox, month.committee, month.as_of)
        if before is not None:
            book = replace(book, changes=changes(book, before))
            totals = before.branches["admitted"].sum(), book.branches["admitted"].sum()
            fallen = (Event(Change.TOTAL_FEWER, book.committee.name, said=tuple(map(str, totals))),)
            told.append((month.events + (fallen if totals[1] < totals[0] else ()), book.changes))
        out = folder / f"so-{month.as_of:%m}.xlsx"
        write_book(book, out, month.inbox)
        before = read_previous(out)
        assert before.questions == ()
    return told


def compared(event: Event, lines: pd.DataFrame) -> pd.DataFrame:
    """The lines that tell of an event, in every word."""
    same = lines[(lines["change"] == phrase(event.kind)) & (lines["branch"] == event.branch)]
    same = same[(same["name"].map(key) == key(event.name)) & (same["column"] == event.column)]
    said = (same["before"] + " " + same["now"]).map(key)
    return same[[all(key(word) in text for word in event.said) for text in said]]


def test_every_change_of_the_year_is_found_in_its_month(year):
    missed = Counter(
        (month, event.kind.value) for month, (events, lines) in enumerate(year, 2) for event in events
        if len(compared(event, lines)) != 1
    )  # fmt: skip
    assert not missed


def test_no_change_is_invented(year):
    for events, lines in year:
        told = [at for event in events for at in compared(event, lines).index]
        assert sorted(told) == list(lines.index)


def test_the_year_brings_every_kind_of_change(year):
    kinds = {event.kind for events, _ in year for event in events}
    of_branches = {kind for kind in Change if not kind.startswith("rollup.")}
    assert of_branches - kinds == ELSEWHERE
    assert sum(len(events) for events, _ in year) > 200


def test_a_change_leads_to_the_line_that_shows_it(year):
    lines = pd.concat([lines for _, lines in year])
    about = lines[(lines["name"] != "") & (lines["change"] != phrase(Change.VANISHED))]
    assert (about[["file", "sheet", "cell"]] != "").all(axis=None)


def test_the_year_is_the_same_whenever_it_is_replayed(tmp_path: Path):
    first, second = ([month.events for month in islice(live(tmp_path / name, 2026), 4)] for name in ("a", "b"))
    assert first == second
    files = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*.xlsx"))
    assert all((tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes() for file in files)


def test_a_messy_inbox_has_not_changed_against_its_own_book(tmp_path: Path):
    """Every layout, every mess: what is written down is read back as the same."""
    made = make(tmp_path, date(2026, 11, 22))
    book = book_of(made.inbox, made.committee, date(2026, 11, 22), workers=2)
    write_book(book, tmp_path / "so.xlsx", made.inbox)
    assert changes(book, read_previous(tmp_path / "so.xlsx")).empty
