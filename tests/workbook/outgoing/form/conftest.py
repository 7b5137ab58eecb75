"""A quota book of which everything asked for is known."""

from dataclasses import replace

import pandas as pd
import pytest

from workbook.book import Book
from workbook.consolidate.composition import composition
from workbook.incoming.quota_book import QuotaBook, read_quota_book
from workbook.outgoing.write import write_book

_KNOWN = {
    "sex": ["Nữ", "Nam", "Nữ", "Nam"],
    "union_member": [True] * 4,
    "minority": [True, False, False, True],
    "religious": [False] * 4,
    "age": [20, 33, 65, 20],
    "groups": ["|Công nhân|", "|Khác|", "|Khác|", "|Nông dân|Khác|"],
    "schooling": ["THPT"] * 4,
    "qualification": ["Thạc sĩ", "Đại học", "Đại học", "Đại học"],
}


@pytest.fixture
def known(quota_book: Book, tmp_path) -> QuotaBook:
    """The book of conftest with nobody unknown among the four admitted, read back."""
    people = quota_book.people
    admitted = people.index[people["admitted_in"] == 2026]
    for name, said in _KNOWN.items():
        column = people[name].astype(object)
        column.loc[admitted] = pd.Series(said, admitted, dtype=object)
        people = people.assign(**{name: column.astype(people[name].dtype)})
    counted = composition(people, quota_book.branches["name"].tolist(), 2026)
    write_book(replace(quota_book, people=people, composition=counted), tmp_path / "da-ro.xlsx")
    return read_quota_book(tmp_path / "da-ro.xlsx")
