"""A demo of eight branches told of at the end of two months, as real quota books."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from workbook import run
from workbook.demo.inbox import make


@dataclass(frozen=True, slots=True)
class Books:
    """The book, and the one of the month before."""

    book: Path
    before: Path


@pytest.fixture(scope="session")
def books(tmp_path_factory) -> Books:
    """Quota books of October and November; the later one knows the earlier."""
    folder = tmp_path_factory.mktemp("report")
    made = make(folder, date(2026, 11, 22), branches=8)
    before, book = folder / "thang-10.xlsx", folder / "thang-11.xlsx"
    run.consolidate_inbox(made.inbox, made.committee_book, before, date(2026, 10, 31))
    run.consolidate_inbox(made.inbox, made.committee_book, book, date(2026, 11, 22), previous=before)
    return Books(book, before)
