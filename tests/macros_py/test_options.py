"""What several verbs take, asked for by all of them alike."""

from datetime import date

import click
import pytest

from macros_py import options, shell


@pytest.mark.parametrize(("verb", "option"), [("check", "--as-of"), ("purge", "--until")])
def test_a_day_typed_otherwise_is_asked_for_in_the_same_words(songuon, verb, option):
    done = songuon(verb, "so.xlsx", option, "22-11-2026")
    assert done.returncode == shell.FAILED
    assert f"{option} YYYY-MM-DD" in done.stderr


@pytest.mark.parametrize("typed", ["2026-03-02", "02/03/2026", "2/3/2026"])
def test_a_day_may_be_typed_as_a_clerk_writes_it(typed):
    assert options.Day().convert(typed, None, None) == date(2026, 3, 2)


@pytest.mark.parametrize("typed", ["31/02/2026", "2026/03/02", "2/3/26", "hôm qua", ""])
def test_what_is_no_day_is_a_misuse(typed):
    with pytest.raises(click.BadParameter):
        options.Day().convert(typed, None, None)
