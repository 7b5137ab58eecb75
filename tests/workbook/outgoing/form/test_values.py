"""Values by names: every mapping of ours speaks of what books really have."""

from dataclasses import replace
from datetime import date

import pytest

from workbook.committee import Branch, Committee
from workbook.consolidate.composition import former_labels
from workbook.incoming.quota_book import read_quota_book
from workbook.outgoing.form.mapping import People, shipped
from workbook.outgoing.form.values import people_of, values_of
from workbook.outgoing.template import write_committee
from workbook.outgoing.write import write_book
from workbook.rolled_up import rollup_inbox


@pytest.fixture
def written(quota_book, tmp_path):
    """`written(**changes)`: a quota book as it is read back."""

    def write(**changes):
        path = tmp_path / f"so-{len(list(tmp_path.iterdir()))}.xlsx"
        write_book(replace(quota_book, **changes), path)
        return read_quota_book(path, counts=True)

    return write


@pytest.fixture
def rolled_up(quota_book, tmp_path):
    (tmp_path / "nhan").mkdir()
    write_book(quota_book, tmp_path / "nhan" / "xa.xlsx")
    own, out = tmp_path / "cap-uy.xlsx", tmp_path / "tinh.xlsx"
    branches = (Branch("", quota_book.committee.name, quota=9),)
    write_committee(own, Committee(quota_book.committee.superior, year=2026, branches=branches))
    rollup_inbox(tmp_path / "nhan", own, out, date(2026, 12, 1))
    return read_quota_book(out, counts=True)


def named():
    return {one.value for form in shipped() for one in form.cells if one.value}


def test_every_value_that_our_own_mappings_name_is_in_a_book(written):
    """Whatever a line is called by now: its name stays."""
    book = written()
    assert len(named()) > 20
    assert named() <= values_of(book).keys()
    persons = {name for form in shipped() for one in form.rows for name in one.columns.values()} - {"", "counter"}
    assert persons <= set(people_of(book, tuple(People)).columns)


def test_the_lines_of_groups_have_the_same_names_in_a_rolled_up_book(rolled_up):
    """It has no mean age: the mean of means is none."""
    groups = {name for name in named() if name.startswith("composition.")} - {"composition.age.mean.total"}
    assert groups <= values_of(rolled_up).keys()


def test_a_line_that_an_older_book_calls_otherwise_has_the_same_name(written, quota_book):
    old = quota_book.composition
    name = former_labels()["union_member"][0]
    lines = tuple(replace(one, label=name) if one.criterion.column == "union_member" else one for one in old.lines)
    before = values_of(written(composition=replace(old, lines=lines)))
    assert before["composition.union_member.total"] == values_of(written())["composition.union_member.total"] > 0
