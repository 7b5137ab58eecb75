"""What the level above looks for in a quota book is what a quota book is written with."""

import pytest

from workbook.committee import CountedBy
from workbook.incoming.lower.words import part, word
from workbook.outgoing.sheets import composition, forecast, overdue, progress, summary
from workbook.outgoing.sheets.upper import overdue as upper_overdue
from workbook.outgoing.sheets.upper import summary as upper_summary

WRITTEN = {
    "summary": (summary.NAME, upper_summary.FIGURES),
    "progress": (progress.NAME, progress.FIGURES),
    "forecast": (forecast.NAME, forecast.OWN),
    "composition": (composition.NAME, composition.FIXED),
    "overdue": ("Quá hạn", upper_overdue.FIGURES),
    "tasks": ("Quá hạn", upper_overdue.TASKS),
}


@pytest.mark.parametrize("table", WRITTEN)
def test_the_words_of_the_reader_are_those_of_the_writer(table):
    sheet, fields = WRITTEN[table]
    headings = {field.name: field.heading for field in fields}
    assert part(table).sheet == sheet
    assert {name: headings[name] for name in part(table).headings} == dict(part(table).headings)


def test_a_quota_book_has_every_column_but_those_of_a_rolled_up_one():
    own = {field.name for field in summary.FIGURES} | {field.name for field in overdue.FIELDS}
    assert set(part("summary").headings) - own == {"units", "silent"}
    assert set(part("tasks").headings) - own == {"committee"}


def test_how_admissions_are_counted_is_read_in_the_words_that_are_written():
    assert {kind: summary.counted_by([word("summary", kind)]) for kind in CountedBy} == {
        kind: kind for kind in CountedBy
    }


def test_the_mean_that_is_left_out_is_the_one_that_is_written():
    from workbook.consolidate.composition import _data

    assert word("composition", "mean") == _data()["labels"]["age_mean"]
