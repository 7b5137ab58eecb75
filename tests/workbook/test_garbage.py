"""A run may set its own pace of looking for dead objects, but leaves the process as it was."""

import gc

import pytest

from workbook.garbage import seldom_collected


def test_the_pace_is_slower_inside_and_as_before_after_a_failure_too():
    usual = gc.get_threshold()
    with seldom_collected():
        assert gc.get_threshold()[0] > 100 * usual[0]
    with pytest.raises(KeyError), seldom_collected():
        raise KeyError
    assert gc.get_threshold() == usual


def test_a_run_within_a_run_keeps_the_slower_pace():
    with seldom_collected():
        inside = gc.get_threshold()
        with seldom_collected():
            pass
        assert gc.get_threshold() == inside
