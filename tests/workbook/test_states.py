"""What became of a file is a code inside and a word on the sheet; a word of an earlier day is still read."""

from dataclasses import replace
from datetime import date

import openpyxl
import pandas as pd
import pytest

from workbook import phrases, run
from workbook.committee import Branch, Committee
from workbook.consolidate.branch_changes import town
from workbook.incoming.lower.book import parse
from workbook.incoming.lower.previous import read_previous_upper
from workbook.incoming.previous import read_previous
from workbook.incoming.read import read
from workbook.messages import sentence
from workbook.outgoing.template import write_committee
from workbook.outgoing.upward import write_upward
from workbook.outgoing.write import write_book
from workbook.report.facts import Period
from workbook.rolled_up import rollup_inbox
from workbook.states import State, Stated, restated, state_label, stated
from workbook.toml_file import toml_file
from workbook.written_report import written

DAY = date(2026, 11, 22)
HEIR = "Chi bộ thôn Mây 1"


@pytest.fixture
def renamed(monkeypatch):
    """`renamed(state, word, former)`: from here on the word for a state is another, as whoever keeps this may do."""

    def change(state: State, word: str, former: list[str]) -> None:
        sections = toml_file("workbook", "phrases_vi.toml")
        monkeypatch.setitem(sections["state"], str(state), word)
        monkeypatch.setitem(sections["former_states"], str(state), former)
        phrases._phrases.cache_clear()

    yield change
    phrases._phrases.cache_clear()


@pytest.fixture(autouse=True)
def as_it_was():
    yield
    phrases._phrases.cache_clear()


@pytest.fixture
def old_book(quota_book, tmp_path):
    """A quota book as today's words have it: one branch has not handed in."""
    board = quota_book.submissions.copy()
    board.loc[1, ["state", "file"]] = [State.MISSING, ""]
    lines = quota_book.branches.assign(remark=["", "Chưa nộp", ""], missing=[False, True, False])
    write_book(replace(quota_book, submissions=board, branches=lines), tmp_path / "truoc.xlsx")
    return tmp_path / "truoc.xlsx"


def reworded(path, before, now):
    """A clerk, or another program, has written another word over each state of the board that says `before`."""
    made = openpyxl.load_workbook(path, data_only=True)
    for row in made["Tình hình nộp"].iter_rows():
        for cell in row:
            if cell.value == before:
                cell.value = now
    made.save(path)


@pytest.mark.parametrize("state", State)
def test_each_word_leads_back_to_its_state(state):
    heir = HEIR if state is State.MERGED else ""
    assert stated(state_label(state, heir)) == Stated(state, heir)
    assert stated(f" {state_label(state, heir).upper()} ").state is state


def test_no_word_stands_for_two_states_and_every_former_one_for_one():
    former = phrases.formerly("state")
    assert set(former) <= set(State)
    words = [state_label(state, HEIR) for state in State] + [word for words in former.values() for word in words]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("text", ["", "Đã gọi điện", "Đã sáp nhập vào", "counted"])
def test_what_is_no_word_of_ours_is_no_state(text):
    assert stated(text) is None


def test_a_book_written_before_a_word_was_changed_is_read_as_it_was_meant(renamed, old_book, quota_book):
    whole = read_previous(old_book)
    renamed(State.COUNTED, "Đã nhận", ["Được tính"])
    renamed(State.MISSING, "Chưa gửi", ["Chưa nộp"])

    previous = read_previous(old_book)
    assert previous.handed_in == whole.handed_in == set(quota_book.branches["name"][[0, 2]])
    pd.testing.assert_frame_equal(previous.board, whole.board)
    assert previous.questions == ()
    assert town(quota_book, previous).spoke == previous.handed_in

    assert parse(read(old_book, quota_book=True).grids).silent == 1
    report, doubts = written(old_book, [], Period.MONTH, None, named=False)
    assert report
    assert doubts == ()


def test_the_counts_for_the_level_above_are_in_the_words_of_today(renamed, old_book, tmp_path):
    renamed(State.COUNTED, "Đã nhận", ["Được tính"])
    made = write_upward(old_book, tmp_path / "so-lieu.xlsx")
    assert made.book.submissions["state"].tolist()[:2] == [State.COUNTED, State.MISSING]
    assert restated("Được tính") == "Đã nhận"
    board = openpyxl.load_workbook(tmp_path / "so-lieu.xlsx")["Tình hình nộp"]
    shown = {cell.value for row in board.iter_rows() for cell in row}
    assert "Đã nhận" in shown
    assert "Được tính" not in shown


def test_a_rolled_up_book_written_before_is_read_as_it_was_meant(renamed, old_book, tmp_path, quota_book):
    (tmp_path / "nhan").mkdir()
    old_book.rename(tmp_path / "nhan" / "xa.xlsx")
    branches = (Branch("", quota_book.committee.name, quota=4), Branch("", "Đảng ủy xã Khe", quota=2))
    write_committee(tmp_path / "tinh.xlsx", Committee("Đảng bộ tỉnh Thử Nghiệm", year=2026, branches=branches))
    made, _ = rollup_inbox(tmp_path / "nhan", tmp_path / "tinh.xlsx", tmp_path / "1.xlsx", DAY)
    renamed(State.COUNTED, "Đã nhận", ["Được tính"])
    previous = read_previous_upper(tmp_path / "1.xlsx")
    assert previous.counted["branch"].tolist() == [quota_book.committee.name]
    assert previous.said.questions == ()
    again, doubts = rollup_inbox(
        tmp_path / "nhan", tmp_path / "tinh.xlsx", tmp_path / "2.xlsx", DAY, previous=tmp_path / "1.xlsx"
    )
    assert again.base.changes is not None
    assert again.base.changes.empty
    assert again.base.branches["admitted"].tolist() == made.base.branches["admitted"].tolist()
    assert [one.question.code for one in doubts] == []


def test_a_state_that_is_no_word_of_ours_is_asked_about_and_makes_nobody_silent(old_book, quota_book):
    reworded(old_book, "Được tính", "Đã nhận")
    previous = read_previous(old_book)
    ((sheet, asked),) = previous.questions
    said = sentence(asked.code, {"cell": asked.cell, **asked.detail})
    assert (sheet, asked.code, asked.detail["count"]) == ("Tình hình nộp", "quota_book.unknown_state", 2)
    assert "Đã nhận" in said.message
    assert "…" not in said.message + said.fix
    assert previous.handed_in == set(quota_book.branches["name"][[0, 2]])


def test_a_blank_state_is_asked_about_too(old_book):
    reworded(old_book, "Chưa nộp", None)
    ((_, asked),) = read_previous(old_book).questions
    assert asked.code == "quota_book.unknown_state"
    assert "trạng thái ở 1 dòng" in sentence(asked.code, {"cell": asked.cell, **asked.detail}).message


def test_an_unknown_word_reaches_the_clerk_who_consolidates_reports_or_rolls_up(old_book, quota_book, tmp_path):
    reworded(old_book, "Được tính", "Đã nhận")
    (tmp_path / "nhan").mkdir()
    write_committee(tmp_path / "xa.xlsx", replace(quota_book.committee, branches=(Branch("", HEIR),)))
    _, doubts = run.consolidate_inbox(
        tmp_path / "nhan", tmp_path / "xa.xlsx", tmp_path / "so.xlsx", date(2026, 11, 30), previous=old_book
    )
    assert "quota_book.unknown_state" in [one.question.code for one in doubts]

    _, doubts = written(old_book, [], Period.MONTH, None, named=False)
    assert [one.question.code for one in doubts] == ["quota_book.unknown_state"]

    old_book.rename(tmp_path / "nhan" / "xa.xlsx")
    above = Committee("Đảng bộ tỉnh Thử Nghiệm", year=2026, branches=(Branch("", quota_book.committee.name, quota=4),))
    write_committee(tmp_path / "tinh.xlsx", above)
    made, _ = rollup_inbox(tmp_path / "nhan", tmp_path / "tinh.xlsx", tmp_path / "tong.xlsx", DAY)
    assert "quota_book.unknown_state" in made.base.findings["code"].tolist()
