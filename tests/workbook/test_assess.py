"""Judging part by part and putting the parts together says the same as judging whole."""

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validation.vocabulary import Verdict
from workbook.assess import assess, merged
from workbook.consolidate import consolidate
from workbook.demo.inbox import make
from workbook.given import committee_at, law_of
from workbook.incoming.inbox import jobs, open_all
from workbook.incoming.versions import choose
from workbook.outgoing.write import write_book
from workbook.states import State

AS_OF = date(2026, 11, 22)


class Inbox:
    """A small made-up inbox, read, and judged whole."""

    def __init__(self, folder):
        made = make(folder, AS_OF, branches=3)
        self.committee = committee_at(made.committee_book)
        self.files = open_all(jobs([made.inbox]))
        self.law = law_of(self.committee, AS_OF)
        self.submissions = choose(self.files, self.committee)
        counted = {one.opened.file for one in self.submissions if one.state is State.COUNTED}
        read = [(number, one) for number, one in enumerate(self.files) if one.file in counted]
        self.tables = [(number, table) for number, one in read for table in one.tables]
        self.whole = assess(self.tables, self.law)

    def by_parts(self, cuts):
        """Judged in parts that end before these files."""
        ends = [0, *sorted(cuts), len(self.files)]
        parts = [[one for one in self.tables if first <= one[0] < last] for first, last in pairwise(ends)]
        return merged([assess(part, self.law) for part in parts])

    def book(self, assessment, out):
        write_book(consolidate(assessment, self.files, self.submissions, self.committee, self.law), out)
        return out.read_bytes()


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    return Inbox(tmp_path_factory.mktemp("demo"))


def told(findings):
    return findings.assign(detail=findings["detail"].map(repr))


@settings(max_examples=6, deadline=None)
@given(cuts=st.lists(st.integers(0, 10), max_size=3))
def test_parts_put_together_say_what_the_whole_says(inbox, cuts):
    whole, parts = inbox.whole, inbox.by_parts(cuts)

    for name in ("typed", "clocks", "missed"):
        pd.testing.assert_frame_equal(getattr(parts, name), getattr(whole, name), check_index_type=True)
    for name in ("verdicts", "stages", "left"):
        pd.testing.assert_series_equal(getattr(parts, name), getattr(whole, name))
    pd.testing.assert_frame_equal(told(parts.findings), told(whole.findings))
    pd.testing.assert_frame_equal(parts.stacked.frame, whole.stacked.frame)
    assert parts.stacked.tables == whole.stacked.tables
    assert parts.stacked.starts == whole.stacked.starts
    assert parts.stacked.table_of.tolist() == whole.stacked.table_of.tolist()


def test_the_inbox_has_something_to_say(inbox):
    assert len(inbox.whole.findings) > 10
    assert len(inbox.whole.clocks) > 10
    assert len(inbox.whole.missed)
    assert set(inbox.whole.verdicts) == set(Verdict)


def test_the_book_of_parts_is_the_book_of_the_whole_to_the_last_byte(inbox, tmp_path):
    one_each = range(1, len(inbox.files))
    whole = inbox.book(inbox.whole, tmp_path / "whole.xlsx")
    assert inbox.book(inbox.by_parts(one_each), tmp_path / "parts.xlsx") == whole


def test_nothing_put_together_with_nothing_is_nothing(inbox):
    nothing = assess([], inbox.law)
    both = merged([nothing, nothing])
    pd.testing.assert_frame_equal(both.typed, nothing.typed)
    assert both.stacked.tables == ()
