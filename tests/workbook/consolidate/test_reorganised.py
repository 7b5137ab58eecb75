"""Branches that merge, end and begin within the year, from files to the book: nobody is lost, nothing counts twice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from workbook.book import Book
from workbook.committee import Branch, Committee, Decision, DecisionKind
from workbook.incoming.committee_book import read_committee
from workbook.layout import HEADING
from workbook.outgoing.template import write_committee
from workbook.run import book_of
from workbook.states import labels

MARCH, JUNE, SEPTEMBER = date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)
A, B, C = "Chi bộ thôn Mây", "Chi bộ thôn Suối", "Chi bộ thôn Đồi"
COLUMNS = ("full_name", "birth_on", "citizen_id", "residence", "sympathizer_on", "certificate_on", "decided_on",
           "ceremony_on", "recognized_on", "status")  # fmt: skip

#: Two branches; the first ended with June and was taken in by the second.
APART = (Branch("01", A, quota=3, members=20), Branch("02", B, quota=2, members=30))
MERGED = (replace(APART[0], valid_to=JUNE, merged_into=B), APART[1])

#: Branch and day of the file → its people.
Registers = Mapping[tuple[str, date], Sequence[Mapping[str, object]]]
Consolidate = Callable[..., Book]


def person(number: int, **cells: object) -> dict[str, object]:
    """One of ten made-up persons, known by a number of their own."""
    names = ("Lê Thị Thử", "Trần Văn Mẫu", "Phạm Thị Giả", "Vũ Văn Ví", "Đỗ Thị Dụ", "Hồ Văn Tạm", "Lý Thị Nháp")
    born = {"birth_on": f"{number + 1:02}/09/1998", "citizen_id": f"0991980000{number}1"}
    return {"full_name": names[number], **born, "residence": f"Xóm {number}", "sympathizer_on": "10/06/2024", **cells}


def held(number: int, day: str) -> dict[str, object]:
    return person(number, certificate_on="15/08/2024", decided_on="15/01/2026", ceremony_on=day)


@pytest.fixture
def consolidate(tmp_path: Path) -> Consolidate:
    """The book of some registers, written to files and read again."""

    def make(registers: Registers, branches: Sequence[Branch], as_of: date, *decisions: Decision) -> Book:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        for number, ((branch, day), people) in enumerate(registers.items()):
            write(folder / "nhan" / f"{number}.xlsx", branch, day, people)
        committee = Committee("Đảng ủy xã Thử", year=2026, branches=tuple(branches), decisions=decisions)
        write_committee(folder / "so-cap-uy.xlsx", committee)
        described, questions = read_committee(folder / "so-cap-uy.xlsx")
        assert questions == ()
        return book_of(folder / "nhan", described, as_of)

    return make


def write(path: Path, title: str, day: date, people: Sequence[Mapping[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(day.year, day.month, day.day, 9, tzinfo=UTC).replace(tzinfo=None)})
        sheet = book.add_worksheet("Sổ")
        sheet.write_string(0, 0, title.upper())
        sheet.write_row(2, 0, [HEADING[name] for name in COLUMNS])
        for row, cells in enumerate(people, start=3):
            sheet.write_row(row, 0, [cells.get(name, "") for name in COLUMNS])


def line(book: Book, branch: str) -> dict[str, object]:
    return book.branches.set_index("name").loc[branch].to_dict()


def admitted(book: Book) -> dict[str, int]:
    return dict(zip(book.branches["name"], book.branches["admitted"], strict=True))


def homes(book: Book) -> dict[str, str]:
    return dict(zip(book.people["full_name"], book.people["branch"], strict=True))


def board(book: Book) -> dict[str, str]:
    return dict(zip(book.submissions["branch"], labels(book.submissions), strict=True))


def said(book: Book, label: str) -> str:
    return dict(book.headline)[label]


OLD: Registers = {
    (A, date(2026, 5, 29)): [held(0, "10/03/2026"), person(1), person(2)],
    (B, date(2026, 5, 29)): [held(3, "12/03/2026"), person(4)],
}
NEW = (B, date(2026, 7, 15))


# --- A merger ------------------------------------------------------------------------------------------------------


def test_until_the_heir_has_reported_the_last_register_stands(consolidate):
    before, after = consolidate(OLD, APART, JUNE), consolidate(OLD, MERGED, date(2026, 7, 10))
    assert homes(after) == homes(before)
    assert admitted(after) == admitted(before) == {A: 1, B: 1}
    assert line(after, A)["quota"] == 3
    assert "merged.unshown" not in set(after.findings["code"])


def test_the_day_told_of_decides_whether_a_merger_has_happened(consolidate):
    """A book of an earlier day, made later from the committee book as it is now, is the book of that day."""
    before, replayed = consolidate(OLD, APART, JUNE), consolidate(OLD, MERGED, JUNE)
    assert replayed.branches.equals(before.branches)
    assert board(replayed) == board(before)


def test_people_stand_with_the_heir_and_the_admission_stays_with_their_branch(consolidate):
    people = [held(0, "10/03/2026"), person(1), person(2), held(3, "12/03/2026"), person(4)]
    book = consolidate({**OLD, NEW: people}, MERGED, date(2026, 7, 31))
    assert set(homes(book).values()) == {B}
    assert admitted(book) == {A: 1, B: 1}
    assert (book.branches["quota"].sum(), len(book.people)) == (5, 5)
    assert (
        dict(zip(book.reconciliation["item"], book.reconciliation["count"], strict=True))[
            "Người đã chuyển chi bộ, tính ở nơi đang sinh hoạt"
        ]
        == 3
    )


@pytest.mark.parametrize(("day", "credited"), [("30/06/2026", {A: 2, B: 1}), ("01/07/2026", {A: 1, B: 2})])
def test_an_admission_only_the_heir_tells_of_is_whose_the_person_was_that_day(consolidate, day, credited):
    people = [held(0, "10/03/2026"), held(1, day), person(2), held(3, "12/03/2026")]
    book = consolidate({**OLD, NEW: people}, MERGED, date(2026, 7, 31))
    assert admitted(book) == credited


def test_an_heir_that_knows_less_of_somebody_still_counts_them(consolidate):
    """The furthest stage that any line shows is the person's, but a branch that is no more has nobody."""
    book = consolidate({**OLD, NEW: [person(0), person(1), person(2)]}, MERGED, date(2026, 7, 31))
    assert homes(book)["Lê Thị Thử"] == B
    assert admitted(book)[A] == 1


def test_whom_the_heir_does_not_show_is_counted_and_asked_about(consolidate):
    book = consolidate({**OLD, NEW: [held(0, "10/03/2026"), person(1)]}, MERGED, date(2026, 7, 31))
    assert homes(book)["Phạm Thị Giả"] == A
    asked = book.findings.query("code == 'merged.unshown'")
    assert asked[["branch", "cell", "value"]].to_numpy().tolist() == [[A, "A6", "Phạm Thị Giả"]]
    assert f"sổ của {B} nhận ngày 15/07/2026 chưa có người này" in asked["message"].iat[0]
    assert asked["memory"].iat[0]


def test_who_has_left_or_is_an_official_member_need_not_be_shown(consolidate):
    old = [person(1, status="Đưa ra khỏi danh sách"), {**held(0, "10/03/2025"), "recognized_on": "20/03/2026"}]
    book = consolidate({(A, date(2026, 5, 29)): old, NEW: [person(4)]}, MERGED, date(2026, 7, 31))
    assert "merged.unshown" not in set(book.findings["code"])
    assert len(book.people) == 3


def test_a_question_about_somebody_not_shown_can_be_explained_for_good(consolidate):
    new = {**OLD, NEW: [held(0, "10/03/2026"), person(1)]}
    code = consolidate(new, MERGED, date(2026, 7, 31)).findings.query("code == 'merged.unshown'")["memory"].iat[0]
    reason = Decision(DecisionKind.EXPLAIN, code, "Chuyển công tác, chờ giấy")
    told = consolidate(new, MERGED, date(2026, 7, 31), reason).findings.query("code == 'merged.unshown'").iloc[0]
    assert (told["level"], told["reason"]) == ("note", "Chuyển công tác, chờ giấy")
    assert told["message"].endswith("Đã giải trình: Chuyển công tác, chờ giấy.")


def test_a_branch_that_is_no_more_is_not_asked_for_a_register(consolidate):
    only = {NEW: [person(4)]}
    book = consolidate(only, MERGED, date(2026, 7, 31))
    assert board(book) == {A: f"Đã sáp nhập vào {B}", B: "Được tính"}
    assert said(book, "Tình hình nộp").startswith("1/1 chi bộ đã nộp")
    assert board(consolidate(only, APART, date(2026, 7, 31)))[A] == "Chưa nộp"


def test_a_branch_that_ended_without_an_heir_says_so(consolidate):
    book = consolidate({NEW: [person(4)]}, (replace(APART[0], valid_to=JUNE), APART[1]), date(2026, 7, 31))
    assert board(book)[A] == "Đã thôi hoạt động"


def test_the_board_says_of_a_last_register_that_it_is_one(consolidate):
    book = consolidate(OLD, MERGED, date(2026, 7, 31))
    assert board(book) == {A: "Được tính", B: "Được tính"}
    assert book.submissions["remark"].iat[0].startswith(f"Đã sáp nhập vào {B}; đây là sổ cuối")


def test_branches_and_members_are_those_of_the_day(consolidate):
    book = consolidate(OLD, MERGED, date(2026, 7, 31))
    assert said(book, "Số chi bộ").startswith("1 (đầu kỳ 2")
    assert line(book, A)["members"] == 0
    assert book.branches["members"].sum() == 30


def test_a_register_that_came_after_the_end_is_asked_about_until_a_person_says_whose_it_is(consolidate):
    late = {(A, date(2026, 7, 8)): [person(1)]}
    book = consolidate(late, MERGED, date(2026, 7, 31))
    asked = book.findings.query("code == 'merged.late_register'")
    assert asked[["file", "branch", "level"]].to_numpy().tolist() == [["0.xlsx", A, "query"]]
    assert homes(book) == {"Trần Văn Mẫu": A}
    for branch in (A, B):
        settled = consolidate(late, MERGED, date(2026, 7, 31), Decision(DecisionKind.ASSIGN, "0.xlsx", branch))
        assert "merged.late_register" not in set(settled.findings["code"])
        assert homes(settled) == {"Trần Văn Mẫu": branch}


@pytest.mark.parametrize(("day", "state"), [(JUNE, "Chưa rõ chi bộ"), (date(2026, 7, 1), "Được tính")])
def test_an_heir_may_name_in_its_title_whom_it_took_in(consolidate, day, state):
    book = consolidate({(f"{B} (sáp nhập từ {A})", day): [person(1)]}, MERGED, date(2026, 7, 31))
    assert state in board(book).values()
    assert len(book.people) == (state == "Được tính")


# --- A chain -------------------------------------------------------------------------------------------------------

CHAIN = (
    Branch("01", A, quota=1, valid_to=MARCH, merged_into=B),
    Branch("02", B, quota=1, valid_to=JUNE, merged_into=C),
    Branch("03", C, quota=1),
)
FIRST = {(A, date(2026, 3, 20)): [held(0, "10/03/2026"), person(1), person(2)]}
SECOND = {(B, date(2026, 6, 20)): [held(0, "10/03/2026"), held(1, "20/05/2026"), person(2)]}
THIRD = {(C, date(2026, 9, 20)): [held(0, "10/03/2026"), held(1, "20/05/2026"), held(2, "15/08/2026")]}


@pytest.mark.parametrize(
    ("registers", "home"),
    [({**FIRST, **SECOND}, B), ({**FIRST, **SECOND, **THIRD}, C), ({**THIRD, **SECOND, **FIRST}, C)],
    ids=["the second has reported", "all have reported", "in another order"],
)
def test_in_a_chain_people_stand_with_the_last_and_each_admission_with_the_branch_of_its_day(
    consolidate, registers, home
):
    book = consolidate(registers, CHAIN, SEPTEMBER)
    assert set(homes(book).values()) == {home}
    assert len(book.people) == 3
    assert admitted(book) == {A: 1, B: 1, C: int(home == C)}


def test_the_last_of_a_chain_may_be_the_only_one_to_tell_of_all(consolidate):
    """The registers of the first two were of a time before anybody was admitted."""
    early = {(A, date(2026, 3, 1)): [person(0), person(1), person(2)], (B, date(2026, 4, 1)): [person(1), person(2)]}
    assert admitted(consolidate({**early, **THIRD}, CHAIN, SEPTEMBER)) == {A: 1, B: 1, C: 1}


# --- A branch that begins ------------------------------------------------------------------------------------------

SPLIT = (Branch("01", A, quota=3), Branch("04", C, quota=1, valid_from=date(2026, 7, 1)))
SHARED = {(A, date(2026, 6, 20)): [held(0, "10/03/2026"), person(1), person(2)]}


def test_a_branch_split_off_has_its_people_and_what_they_did_before_is_the_old_branch_s(consolidate):
    book = consolidate(
        {**SHARED, (C, date(2026, 8, 1)): [held(0, "10/03/2026"), held(1, "20/07/2026")]}, SPLIT, date(2026, 8, 31)
    )
    assert homes(book) == {"Lê Thị Thử": C, "Trần Văn Mẫu": C, "Phạm Thị Giả": A}
    assert admitted(book) == {A: 1, C: 1}


def test_a_branch_is_not_asked_before_it_begins(consolidate):
    assert C not in board(consolidate(SHARED, SPLIT, JUNE))
    assert board(consolidate(SHARED, SPLIT, date(2026, 7, 1)))[C] == "Chưa nộp"
    assert said(consolidate(SHARED, SPLIT, JUNE), "Tình hình nộp").startswith("1/1 chi bộ đã nộp")
