"""A made-up province at work for two months: three levels that tie, and nothing asked that was answered before."""

from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from validation.vocabulary import Stage
from workbook.demo.province import live
from workbook.demo.rounds import Told, asked_above, asked_in, play
from workbook.run import book_of
from workbook.states import State

COMMUNES, BRANCHES = 3, 6
DAYS = (date(2026, 5, 31), date(2026, 6, 30))


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    folder = tmp_path_factory.mktemp("tinh")
    return list(play(folder / "so", live(folder / "nhan", DAYS, COMMUNES, BRANCHES)))


def test_every_number_of_a_commune_is_what_its_branches_truly_sent(months):
    for told in months:
        for one in told.month.communes:
            lines = told.books[one.committee.name].branches.set_index("name")
            for truth in one.expected:
                want = {**{str(stage): truth.stages.get(stage, 0) for stage in Stage}, "left": truth.left}
                assert {name: lines.loc[truth.branch, name] for name in want} == want
                assert lines.loc[truth.branch, "admitted"] == truth.admitted


def test_every_number_of_the_province_is_the_sum_of_its_communes(months):
    for told in months:
        upper = told.upper.base.branches.set_index("name")
        progress = told.upper.progress.set_index("name")
        for name, book in told.books.items():
            taken = ["admitted", "expected", "overdue", "errors", "certificates", "probationary"]
            assert upper.loc[name, taken].tolist() == book.branches[taken].sum().tolist()
            assert progress.loc[name, "all"] == book.branches[[str(stage) for stage in Stage]].to_numpy().sum()
        assert told.upper.untied == ()


def test_the_province_shows_what_truly_happened_in_every_branch(months):
    for told in months:
        sheet = openpyxl.load_workbook(told.out, data_only=True)["Tổng hợp"]
        rows = list(sheet.iter_rows(values_only=True))
        heading = next(row for row in rows if "Đã kết nạp" in row)
        total = next(row for row in rows if "Tổng số" in row)
        truth = sum(one.admitted for commune in told.month.communes for one in commune.expected)
        assert total[heading.index("Đã kết nạp")] == truth


def test_both_levels_say_what_became_of_every_file(months):
    want = {State.COUNTED, State.REPLACED, State.WITHDRAWN}
    for told in months:
        for book in told.books.values():
            assert want <= set(book.submissions["state"])
        handed = Counter(told.upper.base.submissions["state"])
        assert handed == {State.COUNTED: COMMUNES, State.REPLACED: 1}
    merged = [(book.submissions["state"] == State.MERGED).sum() for book in months[1].books.values()]
    assert merged == [1] * COMMUNES


def test_a_late_register_is_in_the_book_that_counts(months):
    for told in months:
        one = next(one for one in told.month.communes if one.late)
        waited = one.late[1].relative_to(one.inbox).as_posix()
        board = told.books[one.committee.name].submissions
        assert board.loc[board["file"] == waited, "state"].tolist() == [State.COUNTED]


def test_a_commune_that_was_given_more_than_it_passed_on_is_asked_about(months):
    assert set(months[1].upper.base.findings["code"]) == {"lower.quota_differs", "lower.quota_summed"}


def test_the_second_month_asks_nothing_that_was_answered_in_the_first(months):
    first, second = (told.asked for told in months)
    for name, asked in first.items():
        assert {what for what, _ in asked} == {"double", "id.birth_year"}
        assert not asked & second[name]


def test_the_province_is_not_asked_again_what_it_explained_in_its_book_of_the_month_before(months):
    first, second = (asked_above(told.upper) for told in months)
    assert {code for code, _ in first} == {"lower.quota_differs"}
    assert not first & second
    assert months[1].upper.base.changes is not None
    assert months[0].upper.base.changes is None


def test_without_its_memory_the_second_month_would_ask_again(months):
    one = months[1].month.communes[0]
    forgetful = book_of(one.inbox, one.committee, DAYS[1])
    assert months[0].asked[one.committee.name] <= set(asked_in(forgetful))


def test_the_province_is_the_same_whenever_it_is_made(tmp_path: Path):
    first, second = (next(live(tmp_path / name, DAYS, 1, BRANCHES)) for name in ("a", "b"))
    assert first.communes[0].expected == second.communes[0].expected
    files = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*.xlsx"))
    assert len(files) == BRANCHES + 2
    assert all((tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes() for file in files)
