"""What a leader reads first says no more than is known."""

from datetime import date

import pandas as pd

from workbook.committee import Committee
from workbook.consolidate.headline import headline
from workbook.phrases import phrase


def behind(quota_book, states, admitted):
    """The headline's words on who is behind, for three branches with a quota of two each."""
    lines = quota_book.branches.assign(quota=2, admitted=admitted)
    board = pd.DataFrame({"branch": lines["name"], "state": [phrase(f"state.{state}") for state in states]})
    board = board.reindex(columns=quota_book.submissions.columns)
    ahead = pd.DataFrame({"outlook": [], "hope": []})
    told = headline(Committee("Đảng ủy xã", year=2026), lines, board, ahead, date(2026, 11, 22))
    return dict(told)["Chưa đạt chỉ tiêu"]


def test_a_branch_that_has_not_handed_in_is_not_said_to_have_admitted_nobody(quota_book):
    assert behind(quota_book, ["counted", "missing", "counted"], [0, 0, 1]) == (
        "3 chi bộ, trong đó 1 chi bộ chưa kết nạp người nào, 1 chi bộ chưa nộp sổ nên chưa có số"
    )


def test_where_all_have_handed_in_nothing_is_said_of_it(quota_book):
    assert behind(quota_book, ["counted"] * 3, [0, 0, 2]) == "2 chi bộ, trong đó 2 chi bộ chưa kết nạp người nào"
