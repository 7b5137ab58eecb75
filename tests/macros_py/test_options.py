"""What several verbs take, asked for by all of them alike."""

import pytest

from macros_py import shell


@pytest.mark.parametrize(("verb", "option"), [("check", "--as-of"), ("purge", "--until")])
def test_a_day_typed_otherwise_is_asked_for_in_the_same_words(songuon, verb, option):
    done = songuon(verb, "so.xlsx", option, "22/11/2026")
    assert done.returncode == shell.FAILED
    assert f"{option} YYYY-MM-DD" in done.stderr
