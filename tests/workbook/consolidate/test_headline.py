"""What a leader reads first says no more than is known."""

from datetime import date

import pandas as pd

from workbook.committee import Committee
from workbook.consolidate.headline import headline
from workbook.outgoing import upward_words


def told_of(quota_book, states, admitted, quotas=2, sure=()):
    """The headline of three branches with a quota of two each; `sure`: the branches of those who are."""
    lines = quota_book.branches.assign(quota=quotas, admitted=admitted)
    board = pd.DataFrame({"branch": lines["name"], "state": states})
    board = board.reindex(columns=quota_book.submissions.columns)
    ahead = pd.DataFrame({"branch": list(sure), "outlook": "sure", "hope": ""}, dtype="str")
    return dict(headline(Committee("Đảng ủy xã", year=2026), lines, board, ahead, date(2026, 11, 22)))


def behind(quota_book, states, admitted):
    """The headline's words on who is behind."""
    return told_of(quota_book, states, admitted)["Chưa đạt chỉ tiêu"]


def test_a_branch_that_has_not_handed_in_is_not_said_to_have_admitted_nobody(quota_book):
    assert behind(quota_book, ["counted", "missing", "counted"], [0, 0, 1]) == (
        "3 chi bộ, trong đó 1 chi bộ chưa kết nạp người nào, 1 chi bộ chưa nộp sổ nên chưa có số"
    )


def test_where_all_have_handed_in_nothing_is_said_of_it(quota_book):
    assert behind(quota_book, ["counted"] * 3, [0, 0, 2]) == "2 chi bộ, trong đó 2 chi bộ chưa kết nạp người nào"


def test_the_branches_furthest_behind_are_named_with_what_they_have_and_the_silent_are_not(quota_book):
    may, star, less = quota_book.branches["name"]
    told = told_of(quota_book, ["counted"] * 3, [1, 0, 0], quotas=[4, 1, 3])
    assert told["Xa chỉ tiêu nhất"] == f"{less} 0/3; {star} 0/1; {may} 1/4"
    assert told_of(quota_book, ["counted", "missing", "counted"], [1, 0, 2])["Xa chỉ tiêu nhất"] == f"{may} 1/2"
    assert "Xa chỉ tiêu nhất" not in told_of(quota_book, ["counted"] * 3, [2, 2, 2])


def test_beside_the_forecast_stands_what_is_lacking_with_all_who_are_sure(quota_book):
    may, star, _ = quota_book.branches["name"]
    told = told_of(quota_book, ["counted"] * 3, [0, 0, 5], sure=[may, star, star, star])
    assert told["Dự báo đến 31/12/2026"].endswith("; tính cả người chắc chắn kịp vẫn còn thiếu 1 người ở 1 chi bộ")
    assert "còn thiếu" not in told_of(quota_book, ["counted"] * 3, [2, 2, 5])["Dự báo đến 31/12/2026"]


def test_those_lines_may_go_to_the_level_above_with_the_names_of_branches_and_no_other(quota_book):
    told = told_of(quota_book, ["counted"] * 3, [1, 0, 0], quotas=[4, 1, 3])
    names = quota_book.branches["name"].tolist()
    assert [title for title, said in told.items() if not upward_words.headline(title, said, names)] == []
    assert not upward_words.headline("Xa chỉ tiêu nhất", "Lê Văn Thử 0/3", names)
