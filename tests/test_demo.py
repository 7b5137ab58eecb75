"""The demo, whole: what the quota book says of a messy inbox is what its maker knows to be true."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from shutil import copy, copytree

import pandas as pd
import pytest

from validation.dossier import PaperState
from validation.vocabulary import Level, Stage
from workbook import given, run
from workbook.book import Book
from workbook.demo.inbox import Made, make
from workbook.incoming.quota_book import read_quota_book
from workbook.matching import DoubleKind
from workbook.outgoing.form.mapping import People, shipped
from workbook.outgoing.form.values import people_of, values_of

AS_OF = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Demo:
    made: Made
    book: Book
    path: Path
    before: dict[Path, str]


def digests(folder: Path) -> dict[Path, str]:
    return {path: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    made = make(folder, AS_OF)
    before = digests(made.inbox)
    out = folder / "so-chi-tieu.xlsx"
    book, questions = run.consolidate_inbox(made.inbox, made.committee_book, out, AS_OF, workers=2)
    assert questions == ()
    return Demo(made, book, out, before)


def test_every_branch_is_counted_as_it_truly_stands(demo):
    got = {
        line["name"]: ({stage: int(line[stage]) for stage in Stage}, int(line["left"]), int(line["admitted"]))
        for _, line in demo.book.branches.iterrows()
    }
    want = {
        one.branch: ({stage: one.stages.get(stage, 0) for stage in Stage}, one.left, one.admitted)
        for one in demo.made.branches
    }
    assert got == want


def test_every_value_that_our_mappings_of_forms_name_is_in_the_book(demo):
    book = read_quota_book(demo.path)
    assert {one.value for form in shipped() for one in form.cells if one.value} <= values_of(book).keys()
    names = {name for form in shipped() for one in form.rows for name in one.columns.values() if name}
    assert names - {"counter"} <= set(people_of(book, tuple(People)).columns)


def test_the_inbox_holds_at_least_twelve_layouts(demo):
    assert len({sent.layout for sent in demo.made.files if sent.layout}) >= 12


def test_the_rows_balance(demo):
    sums = demo.book.reconciliation.groupby("role")["count"].sum()
    assert sums["read"] == sums["counted"] + sums["aside"]
    assert sums["counted"] == sums["tallied"] == len(demo.book.people)


def test_the_file_that_should_count_is_the_one_that_counts(demo):
    counted = demo.book.submissions.query("state == 'counted'")
    assert set(counted["file"]) == {sent.file for sent in demo.made.files if sent.counts}


def test_no_source_file_is_changed(demo):
    assert digests(demo.made.inbox) == demo.before


def test_no_identifier_stands_in_full_outside_the_data_sheet(demo):
    ids = {str(number) for number in demo.book.people["citizen_id"].dropna() if len(str(number)) == 12}
    for frame in (demo.book.findings, demo.book.overdue, demo.book.submissions, demo.book.reconciliation):
        shown = " ".join(map(str, frame.astype(object).to_numpy().ravel()))
        assert not [number for number in ids if number in shown]


#: Messes of a cell that a person must be told of, at that very cell. The others are read as what they mean:
#: the test of the truth above proves that they change no figure.
TOLD_AT_THE_CELL = frozenset(
    {"impossible_day", "two_digit_year", "future_day", "few_votes", "wrong_sex_in_id", "lost_zeros", "course_range",
     "schooling_as_date", "misspelt_code", "unknown_code", "expired_certificate", "ditto_marks", "error_cell",
     "year_only", "month_and_year"}
)  # fmt: skip
LATE_AT_THE_CELL = frozenset({"late_decision", "late_ceremony", "late_recognition"})


def planted(demo: Demo, messes: frozenset[str]) -> dict[tuple[str, str], str]:
    found = {(one.file, one.cell): one.mess for one in demo.made.planted if one.mess in messes}
    assert set(found.values()) == messes
    return found


def test_every_mess_that_a_person_must_know_of_is_told_at_its_cell(demo):
    told = set(zip(demo.book.findings["file"], demo.book.findings["cell"], strict=True))
    assert {place: mess for place, mess in planted(demo, TOLD_AT_THE_CELL).items() if place not in told} == {}


def test_who_is_late_is_on_the_sheet_of_what_is_late(demo):
    late = demo.book.overdue.query("days_late > 0")
    shown = set(zip(late["file"], late["cell"], strict=True))
    assert {place: mess for place, mess in planted(demo, LATE_AT_THE_CELL).items() if place not in shown} == {}


#: What is to be made of two lines that are alike, by how they came about.
ALIKE = {
    "moved_on": DoubleKind.MOVED,
    "listed_by_two": DoubleKind.TWICE,
    "looks_the_same": DoubleKind.ASKED,
    "told_apart": DoubleKind.PARTED,
}


def test_lines_that_are_alike_are_told_for_what_they_are(demo):
    told = demo.book.doubles.set_index(["file", "cell"])["kind"].to_dict()
    spots = {(one.file, one.cell): ALIKE[one.mess] for one in demo.made.planted if one.mess in ALIKE}
    assert {place: told.get(place) for place in spots} == spots
    assert set(told.values()) == set(DoubleKind)


def test_an_answer_of_the_committee_stands_beside_the_lines_it_is_about(demo):
    doubles = demo.book.doubles
    parted = doubles.loc[doubles["kind"] == DoubleKind.PARTED, "decision"]
    assert [one for one in parted if one] == [demo.made.committee.decisions[-1].content]


def test_who_moved_here_has_no_paper_to_make_anew_for_want_of_months_with_the_helper(demo):
    """Their dossier ends before twelve months with the new helper do; only the old branch says that they moved."""
    doubles, dossier = demo.book.doubles, demo.book.dossier
    papers = dossier[dossier["name"].isin(doubles.loc[doubles["kind"] == DoubleKind.MOVED, "name"])]
    assert {"there"} < set(papers["state"])
    assert PaperState.REDO not in set(papers["state"])


def test_a_heading_that_may_mean_two_columns_is_asked_about(demo):
    asked = demo.book.findings.query("code == 'heading.ambiguous'")
    vague = [one.file for one in demo.made.planted if one.mess == "ambiguous_heading"]
    assert asked["file"].tolist() == vague


def test_a_column_that_excel_has_swapped_is_one_finding(demo):
    assert demo.book.findings["code"].tolist().count("dates.swapped") == 1


def test_a_quota_book_left_in_the_inbox_is_told_apart_and_changes_no_figure(demo, tmp_path):
    """Its data sheet looks like a register of every branch, newer than all."""
    inbox = tmp_path / "nhan"
    copytree(demo.made.inbox, inbox)
    copy(demo.path, inbox / "so-chi-tieu.xlsx")
    again = run.book_of(inbox, demo.made.committee, AS_OF)
    pd.testing.assert_frame_equal(again.branches, demo.book.branches)
    state = again.submissions.set_index("file").loc["so-chi-tieu.xlsx"]
    assert state["state"] == "unreadable"
    assert "sổ chỉ tiêu" in state["remark"]


@pytest.mark.libreoffice
def test_libreoffice_recalculates_every_number_to_what_was_written(demo, disagreements):
    assert disagreements(demo.path) == []


def test_the_book_is_the_same_whatever_the_order_of_the_files(demo, tmp_path):
    committee = given.committee_at(demo.made.committee_book)
    again = run.book_of(demo.made.inbox, committee, AS_OF, workers=1)
    for name in ("people", "branches", "findings", "submissions"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(demo.book, name))


def test_levels_are_of_the_law(demo):
    assert set(demo.book.findings["level"]) <= set(Level)
