"""With which exit code a book is told of."""

from dataclasses import replace

import pytest

from macros_py import outcome, shell
from workbook.states import State


@pytest.fixture
def told(quota_book):
    """The exit code of a book without findings whose first file came to this state."""

    def ask(state):
        board = quota_book.submissions.iloc[:1].assign(state=state)
        return outcome.of_book(replace(quota_book, findings=quota_book.findings.iloc[:0], submissions=board), ())

    return ask


@pytest.mark.parametrize("state", [State.UNREADABLE, State.NO_REGISTER, State.NO_BRANCH])
def test_a_book_without_a_file_that_came_is_to_be_looked_at(told, state):
    assert told(state) == shell.FINDINGS


@pytest.mark.parametrize("state", [State.COUNTED, State.REPLACED, State.WITHDRAWN, State.COPY, State.MISSING])
def test_a_book_of_all_files_that_came_is_clean(told, state):
    assert told(state) == shell.CLEAN
