"""A name made of somebody else's name means one file, in its folder, on every system."""

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.outgoing.names import apart, safe

DEVICES = ["CON", "nul.xlsx", "COM1", "com1.so.xlsx", "LPT9.xls", "aux .xlsx", "PRN", "COM¹.xlsx"]
PIECES = [*'\\/:*?"<>|.% \t\r\n\0~$', "\u202e", "\u200f", "\ufeff", "CON", "com1", "..", "đ", "ê\u0303", "x" * 90]
HOSTILE = st.lists(st.one_of(st.text(max_size=3), st.sampled_from(PIECES)), max_size=12).map("".join)


@given(HOSTILE)
def test_a_safe_name_is_one_name_on_both_systems(name):
    told = safe(name)
    assert PurePosixPath(told).parts == (told,)
    assert PureWindowsPath(told).parts == (told,)
    assert not PureWindowsPath(told).is_absolute()
    assert not re.search(r'[\\/:*?"<>|]', told)
    assert told not in {".", ".."}
    assert not told.endswith((".", " "))
    assert not told.startswith((".", " ", "~$"))
    assert len(told.encode()) <= 180
    assert not [letter for letter in told if unicodedata.category(letter) in {"Cc", "Cf", "Cs"}]


@given(HOSTILE)
def test_a_safe_name_is_safe_already(name):
    assert safe(safe(name)) == safe(name)


@pytest.mark.parametrize("name", DEVICES)
def test_a_device_of_windows_is_no_name(name):
    assert safe(name).startswith("_")


@pytest.mark.parametrize(
    "name", ["Sổ theo dõi chi bộ thôn 1.xlsx", "so (2) [mới] & cũ.xlsx", "consul.xlsx", "a..b.xlsx"]
)
def test_a_usual_name_stays_as_it_is(name):
    assert safe(name) == name


def test_a_name_that_reads_backwards_is_read_forwards():
    assert safe("so-\u202excod.xlsx") == "so-xcod.xlsx"


def test_a_long_name_keeps_its_ending():
    assert safe("Sổ " * 100 + ".xlsx").endswith(".xlsx")


def test_names_that_windows_takes_for_one_are_told_apart():
    told = apart(["so.xlsx", "SO.xlsx", "so-2.xlsx", "khac.xlsx"])
    assert told[0] == "so.xlsx"
    assert len({name.casefold() for name in told}) == 4
