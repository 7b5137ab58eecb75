"""The truth set of doubles: what is merged without asking is right, and what is not merged is asked about."""

import pytest

from benchmarks.doubles import measure


@pytest.mark.parametrize("seed", [2026, 1])
def test_doubles_are_found_and_nobody_else_is_merged(seed):
    got = measure(seed)
    assert len(got.true) == 100
    assert got.precision >= 0.99
    assert got.recall >= 0.97
    assert got.missed == frozenset()
    assert got.trapped == frozenset()
    assert len(got.asked) <= 40  # of some two million pairs
