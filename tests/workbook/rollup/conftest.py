"""Made-up communes: quota books of lower committees as real files, and the committee book of their province."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from workbook.book import Book
from workbook.committee import Branch, Committee
from workbook.outgoing.template import write_committee
from workbook.outgoing.write import write_book
from workbook.rolled_up import rollup_inbox
from workbook.upper_book import UpperBook

PROVINCE = "Đảng bộ tỉnh Thử Nghiệm"
DAY = date(2026, 11, 22)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "nhan").mkdir()
    return tmp_path / "nhan"


@pytest.fixture(scope="session")
def already() -> dict[object, bytes]:
    """What was written of communes before, by all that tells them apart: the same book is the same file."""
    return {}


@pytest.fixture
def commune(quota_book, inbox, already) -> Callable[..., Path]:
    """`commune(name, file)` puts the quota book of a commune into the inbox; further arguments as asked."""

    def put(name: str, file: str = "", *, as_of: date = DAY, at: int = 0, **about: object) -> Path:
        given = {"superior": PROVINCE, "name": name, **about}
        book: Book = replace(quota_book, committee=replace(quota_book.committee, **given), as_of=as_of)
        path = inbox / (file or f"{name}.xlsx")
        what = repr((book.committee, as_of))
        if what in already:
            path.write_bytes(already[what])
        else:
            write_book(book, path)
            already[what] = path.read_bytes()
        os.utime(path, (1_700_000_000 + at,) * 2)
        return path

    return put


@pytest.fixture
def province(tmp_path, inbox) -> Callable[..., UpperBook]:
    """`province(*branches)` rolls the inbox up; the book is at tmp_path / `out`, the one before at `previous`.

    Files are named in it, as `persons` does, so that a test can tell them apart.
    """

    def roll(
        *branches: Branch, out: str = "tinh.xlsx", previous: str = "", persons: bool = True, **about: object
    ) -> UpperBook:
        committee = Committee(**{"name": PROVINCE, "year": 2026, **about}, branches=branches)
        (tmp_path / "so-tinh.xlsx").unlink(missing_ok=True)
        write_committee(tmp_path / "so-tinh.xlsx", committee)
        before = tmp_path / previous if previous else None
        own, day = tmp_path / "so-tinh.xlsx", date(2026, 12, 1)
        return rollup_inbox(inbox, own, tmp_path / out, day, previous=before, persons=persons)[0]

    return roll


@pytest.fixture
def values() -> Callable[[Path, str], pd.DataFrame]:
    """`values(path, sheet)`: the lines below the headings, as a viewer that does not calculate shows them."""

    def read(path: Path, sheet: str) -> pd.DataFrame:
        rows = list(openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True))
        top = next(at for at, row in enumerate(rows) if {"Cấp ủy", "Chi bộ", "Tiêu chí", "Mục"} & set(row))
        return pd.DataFrame(rows[top + 1 :], columns=rows[top], dtype=object)

    return read


@pytest.fixture
def tampered() -> Callable[..., None]:
    """`tampered(path, change)` lets `change(workbook)` loose on the values of a book and saves it in its place."""

    def spoil(path: Path, change: Callable[[openpyxl.Workbook], None], *, calculated: bool = True) -> None:
        book = openpyxl.load_workbook(path, data_only=calculated)
        change(book)
        times = path.stat()
        book.save(path)
        os.utime(path, (times.st_atime, times.st_mtime))

    return spoil


@pytest.fixture
def copied() -> Callable[[Path, str], None]:
    return lambda path, name: shutil.copy2(path, path.with_name(name))
