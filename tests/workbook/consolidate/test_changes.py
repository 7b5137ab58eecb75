"""What changed between two quota books: one line a cause, nothing missed, nothing invented."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from validation import stages
from validation.vocabulary import DATE_COLUMNS
from workbook.book import Book
from workbook.committee import Branch, Committee
from workbook.consolidate.board import board
from workbook.consolidate.change_lines import Change
from workbook.consolidate.changes import changes
from workbook.incoming.inbox import Opened
from workbook.incoming.normalise import normalise
from workbook.incoming.previous import Previous
from workbook.incoming.raw import RawTable, stack
from workbook.incoming.versions import choose
from workbook.phrases import phrase
from workbook.states import State

JUNE, JULY = date(2026, 6, 30), date(2026, 7, 31)
ONE, TWO, THREE = (Branch(f"0{n}", f"Chi bộ thôn {name}") for n, name in enumerate(("Một", "Hai", "Ba"), start=1))
COLUMNS = (
    "full_name", "birth_on", "citizen_id", "sympathizer_on", "certificate_on", "dossier_opened_on", "vetting_sent_on",
    "branch_resolved_on", "decided_on", "ceremony_on", "member_record_on", "status", "status_changed_on", "moved_to",
)  # fmt: skip

Register = Mapping[Branch, Sequence[Mapping[str, str]]]


def person(number: int = 0, **cells: str) -> dict[str, str]:
    """One of a few made-up persons, considered in 2024."""
    names = ("Nguyễn Văn Thử", "Trần Thị Mẫu", "Lê Văn Giả", "Phạm Thị Ví")
    facts = {"full_name": names[number], "citizen_id": f"0990990000{number}1", "birth_on": f"0{number + 1}/09/1999"}
    return {**facts, "sympathizer_on": f"1{number}/03/2024", **cells}


MEMBER = {
    "certificate_on": "03/03/2025",
    "dossier_opened_on": "03/10/2025",
    "branch_resolved_on": "01/12/2025",
    "decided_on": "05/01/2026",
    "ceremony_on": "20/01/2026",
}


def register(branch: Branch, people: Sequence[Mapping[str, str]]) -> Opened:
    table = RawTable(
        sheet="Sổ",
        title=(branch.name,),
        columns={name: [one.get(name, "") for one in people] for name in COLUMNS},
        rows=list(range(3, 3 + len(people))),
        groups=[""] * len(people),
        units=[""] * len(people),
        letters={name: chr(65 + at) for at, name in enumerate(COLUMNS)},
    )
    file = f"{branch.code}.xlsx"
    return Opened(file, Path(file), (table,), sha256=file, modified_at=datetime(2026, 6, 1, tzinfo=UTC))


def book(registers: Register, as_of: date = JULY, branches: Sequence[Branch] = (ONE, TWO), year: int = 2026) -> Book:
    """The quota book of some registers, in all that changes are told from."""
    committee = Committee("Đảng ủy xã Thử", year=year, branches=tuple(branches))
    files = [register(branch, people) for branch, people in registers.items()]
    people = counted(files, list(registers), as_of)
    admitted = people.loc[people["admitted_in"] == year, "branch"].value_counts()
    names = [one.name for one in branches if (one.valid_from or as_of) <= as_of]
    listed = pd.DataFrame({"name": names, "admitted": [int(admitted.get(name, 0)) for name in names]})
    handed_in = board(choose(files, committee), names, pd.DataFrame(columns=["file", "level"]))
    none = pd.DataFrame()
    return Book(committee, as_of, people, listed, none, none, handed_in, none, ())


def counted(files: Sequence[Opened], branches: Sequence[Branch], as_of: date) -> pd.DataFrame:
    """The frame `people` of all lines; whom consolidation would set aside is counted, as in books of old."""
    stacked = stack([(at, file.tables[0]) for at, file in enumerate(files)])
    typed, _ = normalise(stacked)
    days = {name: typed[name].astype(object).where(typed[name].notna(), stacked.frame[name]) for name in DATE_COLUMNS}
    return stacked.frame.assign(
        **days,
        branch=[branches[at].name for at in stacked.frame["file"]],
        file=[files[at].file for at in stacked.frame["file"]],
        sheet="Sổ",
        stage=stages.assign(typed, as_of).where(~stages.left(typed), ""),
        admitted_in=typed["ceremony_on"].dt.year.fillna(0).astype(int),
    )


def previous(registers: Register, **settings: object) -> Previous:
    """What the book of June says; `incoming/test_previous.py` reads such books from files."""
    june = book(registers, JUNE, **settings)
    spoke = june.submissions.loc[june.submissions["state"] == State.COUNTED, "branch"]
    listed = june.branches[["name", "admitted"]].astype({"admitted": "Int64"})
    return Previous(june.committee.name, june.committee.year, JUNE, june.people, listed, frozenset(spoke))


def against(now: Book, june: Register, **settings: object) -> pd.DataFrame:
    """The changes of the book of July against the one of June."""
    return changes(now, previous(june, **settings))


def told(lines: pd.DataFrame) -> list[tuple[str, ...]]:
    """Kind, branch, name, before and now of every line."""
    return [tuple(line) for line in lines[["change", "branch", "name", "before", "now"]].to_numpy()]


def kinds(lines: pd.DataFrame) -> list[Change]:
    return [next(kind for kind in Change if phrase(kind) == said) for said in lines["change"]]


def test_a_book_of_the_same_registers_has_no_change():
    same = {ONE: [person(), person(1, **MEMBER)], TWO: [person(2, status="Chuyển đi"), person(3, birth_on="9/1998")]}
    assert against(book(same), same).empty


def test_somebody_new_is_one_line_that_leads_to_the_place():
    lines = against(book({ONE: [person(), person(1)], TWO: []}), {ONE: [person()], TWO: []})
    assert told(lines) == [("Mới vào sổ", ONE.name, "Trần Thị Mẫu", "", "Nguồn")]
    assert lines[["file", "sheet", "cell"]].iloc[0].tolist() == ["01.xlsx", "Sổ", "A4"]


def test_a_stage_further_tells_the_days_that_came_with_it_and_not_each_again():
    now = person(certificate_on="03/03/2025", dossier_opened_on="01/07/2026", vetting_sent_on="14/07/2026")
    lines = against(book({ONE: [now], TWO: []}), {ONE: [person(certificate_on="03/03/2025")], TWO: []})
    assert told(lines) == [
        (
            "Sang giai đoạn mới",
            ONE.name,
            "Nguyễn Văn Thử",
            "Đã có giấy chứng nhận",
            "Đang làm hồ sơ (Ngày cho làm hồ sơ: 01/07/2026; Ngày gửi thẩm tra: 14/07/2026)",
        )
    ]


def test_a_stage_that_comes_with_time_alone_is_told_too():
    ahead = {ONE: [person(certificate_on="10/07/2026")], TWO: []}
    lines = against(book(ahead), ahead)
    assert told(lines)[0][3:] == ("Nguồn", "Đã có giấy chứng nhận")


def test_a_stage_back_is_said_as_such_with_the_days_taken_away():
    before = person(**MEMBER, member_record_on="02/02/2026")
    now = {**before, "ceremony_on": "", "member_record_on": ""}
    lines = against(book({ONE: [now], TWO: []}), {ONE: [before], TWO: []})
    assert kinds(lines) == [Change.TOTAL_FEWER, Change.FEWER, Change.BACK]
    assert told(lines)[1][2:] == ("", "1", "0")
    assert told(lines)[2][3:] == (
        "Dự bị (Ngày lễ kết nạp: 20/01/2026; Ngày khai lý lịch đảng viên: 02/02/2026)",
        "Chờ lễ kết nạp (Ngày lễ kết nạp: để trống; Ngày khai lý lịch đảng viên: để trống)",
    )


def test_a_day_altered_after_it_was_reported_stands_beside_its_column():
    before, now = person(**MEMBER), person(**{**MEMBER, "decided_on": "06/01/2026"})
    lines = against(book({ONE: [now], TWO: []}), {ONE: [before], TWO: []})
    assert told(lines)[0][3:] == ("05/01/2026", "06/01/2026")
    assert lines[["change", "column", "cell"]].iloc[0].tolist() == ["Sửa ngày đã báo", "Ngày quyết định kết nạp", "A3"]


def test_with_the_addresses_of_the_register_a_line_leads_to_the_very_cell():
    before, now = person(**MEMBER), person(**{**MEMBER, "decided_on": "06/01/2026"})
    made = book({ONE: [now], TWO: []})
    lines = changes(made, previous({ONE: [before], TWO: []}), lambda row, column: f"{column}@{row}")
    assert lines["cell"].tolist() == ["decided_on@0"]


@pytest.mark.parametrize("typed", ["6/1/2026", "06-01-2026", "ngày 6 tháng 1 năm 2026"])
def test_the_same_day_typed_otherwise_is_no_change(typed):
    before, now = person(**{**MEMBER, "decided_on": "06/01/2026"}), person(**{**MEMBER, "decided_on": typed})
    assert against(book({ONE: [now], TWO: []}), {ONE: [before], TWO: []}).empty


def test_a_day_taken_away_within_a_stage_is_told():
    before = person(**MEMBER, vetting_sent_on="03/11/2025")
    lines = against(book({ONE: [{**before, "vetting_sent_on": ""}], TWO: []}), {ONE: [before], TWO: []})
    assert (kinds(lines), told(lines)[0][3:]) == ([Change.REMOVED], ("03/11/2025", ""))


def test_a_column_that_a_branch_has_given_up_is_one_line():
    before = [person(at, **MEMBER, vetting_sent_on="03/11/2025") for at in range(3)]
    lines = against(book({ONE: [{**one, "vetting_sent_on": ""} for one in before], TWO: []}), {ONE: before, TWO: []})
    assert told(lines) == [("Sổ không còn ghi cột này", ONE.name, "", "3 người", "để trống")]
    assert lines["column"].tolist() == ["Ngày gửi thẩm tra"]


@pytest.mark.parametrize("status", ["Đưa ra khỏi danh sách", "Chuyển đi", "Không được kết nạp", "Xóa tên", "Từ trần"])
def test_somebody_who_left_is_told_with_the_way_and_the_day_and_then_not_again(status):
    gone = person(status=status, status_changed_on="15/07/2026")
    lines = against(book({ONE: [gone], TWO: []}), {ONE: [person()], TWO: []})
    assert told(lines) == [
        ("Ra khỏi danh sách", ONE.name, "Nguyễn Văn Thử", "Nguồn", f"{status}, 15/07/2026"),
    ]


def test_the_line_of_somebody_who_had_left_may_go_without_a_word():
    assert against(book({ONE: [], TWO: []}), {ONE: [person(status="Từ trần")], TWO: []}).empty


def test_a_line_that_is_gone_without_a_reason_is_said_to_be():
    lines = against(book({ONE: [], TWO: []}), {ONE: [person(**MEMBER)], TWO: []})
    assert told(lines)[2] == (
        "Không còn dòng, không ghi lý do", ONE.name, "Nguyễn Văn Thử", "Dự bị", "Không thấy trong sổ của chi bộ",
    )  # fmt: skip
    assert lines["file"].tolist() == ["", "", ""]


def test_coming_back_is_one_line_whatever_becomes_of_the_day_of_leaving():
    gone = person(status="Đưa ra khỏi danh sách", status_changed_on="15/05/2026")
    lines = against(book({ONE: [person()], TWO: []}), {ONE: [gone], TWO: []})
    assert told(lines) == [("Trở lại danh sách", ONE.name, "Nguyễn Văn Thử", "Đưa ra khỏi danh sách", "Nguồn")]


MOVE = ("Chuyển chi bộ", TWO.name, "Nguyễn Văn Thử", ONE.name, TWO.name)
TRACE = person(status="Chuyển đi", status_changed_on="02/07/2026", moved_to="Chi bộ thôn Hai")


@pytest.mark.parametrize("old_line", [[], [TRACE]], ids=["line moved", "old line kept"])
def test_moving_to_another_branch_is_one_line(old_line):
    lines = against(book({ONE: old_line, TWO: [person(status="Chuyển đến")]}), {ONE: [person()], TWO: []})
    assert told(lines) == [MOVE]


def test_a_trace_of_a_move_is_no_change_while_it_stays_and_when_it_goes():
    both = {ONE: [TRACE], TWO: [person()]}
    earlier = previous(both)
    assert changes(book(both), earlier).empty
    assert changes(book({ONE: [], TWO: [person()]}), earlier).empty


def test_somebody_who_had_left_and_comes_to_another_branch_has_moved():
    assert told(against(book({ONE: [TRACE], TWO: [person()]}), {ONE: [TRACE], TWO: []})) == [MOVE]


def test_a_trace_says_nothing_when_the_other_branch_falls_silent():
    lines = against(book({ONE: [TRACE]}), {ONE: [TRACE], TWO: [person(), person(1)]})
    assert kinds(lines) == [Change.SILENT]


def test_a_double_line_that_goes_leads_to_where_the_person_stands():
    assert told(against(book({ONE: [], TWO: [person()]}), {ONE: [person()], TWO: [person()]})) == [MOVE]


@pytest.mark.parametrize(
    ("column", "value", "before", "now"),
    [
        ("full_name", "Nguyễn Văn Thư", "Nguyễn Văn Thử", "Nguyễn Văn Thư"),
        ("birth_on", "02/09/1999", "01/09/1999", "02/09/1999"),
        ("citizen_id", "099099000091", "099******001", "099******091"),
        ("citizen_id", "09909900011", "099******001", "099*****011"),
    ],
)
def test_a_correction_of_who_somebody_is_makes_nobody_new(column, value, before, now):
    lines = against(book({ONE: [person(**{column: value})], TWO: []}), {ONE: [person()], TWO: []})
    assert kinds(lines) == [Change.CORRECTED]
    assert told(lines)[0][3:] == (before, now)


def test_a_number_corrected_in_its_middle_is_said_to_differ():
    lines = against(book({ONE: [person(citizen_id="099098000001")], TWO: []}), {ONE: [person()], TWO: []})
    assert told(lines)[0][3:] == ("099******001", "099******001 (khác ở các số giữa)")


def test_the_same_name_in_capitals_or_with_the_tone_elsewhere_is_no_change():
    before = {ONE: [person(full_name="Lê Thị Hoà")], TWO: []}
    assert against(book({ONE: [person(full_name="LÊ THỊ HÒA")], TWO: []}), before).empty


def test_who_may_be_somebody_else_is_left_to_a_person():
    other = person(citizen_id="099099000099", birth_on="01/01/2001", sympathizer_on="01/07/2026")
    lines = against(book({ONE: [other], TWO: []}), {ONE: [person()], TWO: []})
    assert told(lines) == [
        (
            "Cần xem: có thể là người đã có ở sổ trước",
            ONE.name,
            "Nguyễn Văn Thử",
            "Nguyễn Văn Thử, 01/09/1999, Chi bộ thôn Một, Nguồn",
            "Nguyễn Văn Thử, 01/01/2001, Chi bộ thôn Một, Nguồn",
        )
    ]


def test_a_branch_that_sends_nothing_is_one_line_and_nobody_of_it_is_missed():
    lines = against(book({ONE: [person()]}), {ONE: [person()], TWO: [person(1), person(2)]})
    assert told(lines) == [("Chi bộ chưa có sổ kỳ này", TWO.name, "", "2 người, đã kết nạp 0", "Chưa nộp")]


def test_admissions_of_a_silent_branch_are_said_to_be_missing_from_the_total():
    june = {ONE: [person(**MEMBER), person(3, **MEMBER)], TWO: [person(1, **MEMBER), person(2)]}
    lines = against(book({ONE: [person(**MEMBER), person(3, **MEMBER)]}), june)
    assert told(lines) == [
        ("Tổng số đã kết nạp giảm", "Đảng ủy xã Thử", "", "3", "2"),
        (
            "Chi bộ chưa có sổ kỳ này",
            TWO.name,
            "",
            "2 người, đã kết nạp 1",
            "Chưa nộp; tổng số kỳ này thiếu 1 người đã kết nạp của chi bộ",
        ),
    ]


def test_admissions_of_another_year_are_not_missing_from_this_total():
    lines = against(book({ONE: []}, year=2027), {ONE: [], TWO: [person(**MEMBER)]}, year=2026)
    assert told(lines) == [("Chi bộ chưa có sổ kỳ này", TWO.name, "", "1 người, đã kết nạp 1", "Chưa nộp")]


def test_a_number_that_the_earlier_book_does_not_tell_is_held_against_nobody():
    june = previous({ONE: [person(**MEMBER)], TWO: [person(1)]})
    june.branches["admitted"] = pd.array([pd.NA, 0], dtype="Int64")
    assert kinds(changes(book({ONE: [person(**MEMBER)], TWO: [person(1)]}), june)) == []
    gone = changes(book({TWO: [person(1)]}), june)
    assert told(gone) == [("Chi bộ chưa có sổ kỳ này", ONE.name, "", "1 người", "Chưa nộp")]


def test_a_branch_heard_of_again_is_one_line_and_nobody_of_it_is_new():
    lines = against(book({ONE: [person()], TWO: [person(1), person(2)]}), {ONE: [person()]})
    assert told(lines) == [("Chi bộ chưa có sổ kỳ trước", TWO.name, "", "Chưa nộp", "2 người")]


def test_the_first_person_of_a_branch_that_had_sent_an_empty_register_is_new():
    assert kinds(against(book({ONE: [person()], TWO: []}), {ONE: [], TWO: []})) == [Change.NEW]


def test_a_new_branch_is_told_with_its_people():
    new = replace(THREE, valid_from=date(2026, 7, 1))
    lines = against(book({ONE: [], TWO: [], new: [person()]}, branches=(ONE, TWO, new)), {ONE: [], TWO: []})
    assert kinds(lines) == [Change.BRANCH_NEW, Change.NEW]


MERGED = replace(TWO, valid_to=date(2026, 6, 30), merged_into=ONE.name)
JUNE_OF_TWO = {ONE: [person()], TWO: [person(1, **MEMBER), person(2)]}


def test_a_merger_is_one_line_and_its_people_have_not_moved():
    people = [person(), person(1, **MEMBER), person(2)]
    lines = against(book({ONE: people}, branches=(ONE, MERGED)), JUNE_OF_TWO)
    assert told(lines) == [("Chi bộ sáp nhập", TWO.name, "", "2 người, đã kết nạp 1", ONE.name)]


def test_who_is_lost_in_a_merger_is_asked_of_the_branch_that_took_the_others_in():
    lines = against(book({ONE: [person(), person(1, **MEMBER)]}, branches=(ONE, MERGED)), JUNE_OF_TWO)
    assert [(kind, branch) for kind, branch in zip(kinds(lines), lines["branch"], strict=True)] == [
        (Change.VANISHED, ONE.name),
        (Change.BRANCH_MERGED, TWO.name),
    ]


def test_a_merger_once_told_is_not_told_again():
    june = {ONE: [person(), person(1), person(2)]}
    ended = replace(MERGED, valid_to=date(2026, 5, 31))
    lines = against(book(june, branches=(ONE, ended)), june, branches=(ONE, ended))
    assert lines.empty


def test_a_merger_written_down_late_is_told_when_its_people_have_gone():
    ended = replace(MERGED, valid_to=date(2026, 5, 31))
    people = [person(), person(1, **MEMBER), person(2)]
    assert kinds(against(book({ONE: people}, branches=(ONE, ended)), JUNE_OF_TWO)) == [Change.BRANCH_MERGED]


def test_an_heir_that_was_taken_in_itself_hands_its_people_on():
    middle = replace(TWO, valid_to=date(2026, 6, 30), merged_into=THREE.name)
    first = replace(ONE, valid_to=date(2026, 6, 30), merged_into=TWO.name)
    june = {ONE: [person()], TWO: [person(1)], THREE: []}
    lines = against(
        book({THREE: [person(), person(1)]}, branches=(first, middle, THREE)), june, branches=(ONE, TWO, THREE)
    )
    assert [line[-1] for line in told(lines)] == [THREE.name, THREE.name]


def test_a_branch_that_ends_without_an_heir_takes_its_people_along_in_one_line():
    ended = replace(TWO, valid_to=date(2026, 7, 15))
    lines = against(book({ONE: [person(), person(2)]}, branches=(ONE, ended)), JUNE_OF_TWO)
    assert [line[:2] for line in told(lines)] == [
        ("Tổng số đã kết nạp giảm", "Đảng ủy xã Thử"),
        ("Chuyển chi bộ", ONE.name),
        ("Chi bộ thôi hoạt động", TWO.name),
    ]


def test_a_branch_struck_from_the_committee_book_is_one_line():
    lines = against(book({ONE: [person()]}, branches=(ONE,)), JUNE_OF_TWO)
    assert told(lines) == [
        ("Tổng số đã kết nạp giảm", "Đảng ủy xã Thử", "", "1", "0"),
        (phrase(Change.BRANCH_GONE), TWO.name, "", "2 người, đã kết nạp 1", "Không còn trong sổ cấp ủy"),
    ]


def test_a_branch_by_a_new_name_is_the_same_branch():
    renamed = replace(TWO, name="Chi bộ thôn Hai Mới", aliases=(TWO.name,))
    people = {ONE: [person()], renamed: [person(1, **MEMBER), person(2)]}
    lines = against(book(people, branches=(ONE, renamed)), JUNE_OF_TWO)
    assert told(lines) == [("Chi bộ đổi tên", renamed.name, "", TWO.name, renamed.name)]


def test_a_branch_that_became_another_s_second_name_has_merged():
    heir = replace(ONE, aliases=(TWO.name,))
    lines = against(book({heir: [person(), person(1, **MEMBER), person(2)]}, branches=(heir,)), JUNE_OF_TWO)
    assert [line[0] for line in told(lines)] == [phrase(Change.BRANCH_MERGED)]


def test_admissions_of_another_year_are_not_held_against_this_one():
    june = {ONE: [person(**MEMBER)], TWO: []}
    assert against(book(june, year=2027), june).empty


def test_an_older_book_of_fewer_columns_is_compared_in_what_it_has():
    same = {ONE: [person(**MEMBER), person(1)], TWO: []}
    earlier = previous(same)
    older = replace(earlier, people=earlier.people.drop(columns=["citizen_id", "birth_on", "decided_on", "moved_to"]))
    assert changes(book(same), older).empty


def test_without_its_sheet_of_persons_a_book_is_compared_by_its_branches():
    earlier = replace(previous({ONE: [person(**MEMBER)], TWO: []}), people=None)
    assert kinds(changes(book({ONE: [], TWO: []}), earlier)) == [Change.TOTAL_FEWER, Change.FEWER]
