"""Damaged workbooks: none stops, hangs or fails the product; thousands of them in benchmarks."""

import pytest

from benchmarks.mutants import good_books, table, trials
from workbook.incoming import guard


@pytest.mark.mutants
def test_no_damaged_workbook_stops_hangs_or_fails_us(tmp_path):
    good = good_books(tmp_path, rows=4)
    found = list(trials(good, count=150, seed=7, workers=2))
    guard.close()

    assert len(found) == 150
    assert [f"{one.number}: {one.outcome}" for one in found if one.failed] == []
    outcomes = table(found)
    assert "read, the same" in outcomes  # that what is harmless is read
    assert "refused: file.damaged" in outcomes  # and that anything was harmed at all
