"""Percentages are those that committees have printed (domain facts §3.1, §3.6, §3.7)."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.percent import percent, show


@pytest.mark.parametrize(
    ("part", "whole", "decimals", "printed"),
    [
        (9, 8, 0, "113"),
        (121, 160, 2, "75,63"),
        (1614, 2170, 2, "74,38"),
        (318, 250, 2, "127,2"),
        (115, 110, 1, "104,5"),
        (195, 190, 1, "102,6"),
        (141, 150, 2, "94"),
        (112, 130, 2, "86,15"),
        (123, 180, 1, "68,3"),
        (24, 30, 2, "80"),
        (25, 38, 1, "65,8"),
        (794, 2000, 1, "39,7"),
        (30, 30, 2, "100"),
        (0, 5, 2, "0"),
    ],
)
def test_a_percentage_reads_as_the_published_table_prints_it(part, whole, decimals, printed):
    assert show(percent(part, whole, decimals)) == printed


@pytest.mark.parametrize("no_quota", [0, None])
def test_without_a_quota_there_is_a_dash_and_never_a_zero(no_quota):
    assert percent(3, no_quota, 2) is None
    assert show(percent(3, no_quota, 2)) == "—"


def test_thousands_are_parted_by_a_dot():
    assert show(percent(12345, 10, 2)) == "123.450"


def test_counts_from_a_table_are_taken_as_they_come():
    assert percent(np.int64(121), np.int64(160), 2) == Decimal("75.63")


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 2))
def test_rounding_is_the_integer_arithmetic_of_halves_up(part, whole, decimals):
    scale = 10**decimals
    assert percent(part, whole, decimals) == Decimal((200 * part * scale + whole) // (2 * whole)) / scale
