"""Killed at any moment: the target is absent, old or whole, and the inbox is what it was; 200 kills in benchmarks."""

import pytest

from benchmarks.kills import kills, last_run, prepared


@pytest.mark.kills
def test_a_run_that_is_killed_at_any_moment_harms_nothing(tmp_path):
    trial = prepared(tmp_path, branches=3)
    found = list(kills(trial, times=10, seed=3))
    assert [one for one in found if one.startswith("HARMED")] == []
    assert sum(one.endswith(", killed") for one in found) >= 4  # that anything was tried at all
    assert last_run(trial) == 0
