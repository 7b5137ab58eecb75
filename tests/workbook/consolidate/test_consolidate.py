"""Judged rows → the committee's tables: who is counted, where, once, and what is set aside."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from validation.regulation import load
from validation.vocabulary import Stage, Verdict
from validation.workdays import calendar_of
from workbook.assess import Law, assess
from workbook.book import Book
from workbook.committee import Branch, Committee, CountedBy
from workbook.consolidate import consolidate
from workbook.incoming.inbox import Opened
from workbook.incoming.raw import Question, RawTable
from workbook.incoming.versions import choose
from workbook.states import State

AS_OF = date(2026, 11, 22)
ONE, TWO = Branch("01", "Chi bộ thôn Một", quota=2), Branch("02", "Chi bộ thôn Hai")
IDS = ("099099000011", "099099000022", "099099000033")
NAMES = ("Nguyễn Văn Thử", "Trần Thị Mẫu", "Lê Văn Giả")


def committee(*branches: Branch, **settings: object) -> Committee:
    return Committee("Đảng ủy xã Thử", year=2026, branches=branches or (ONE, TWO), **settings)


def file(
    name: str, rows: Sequence[Mapping[str, object]], title: str = ONE.name, units: Sequence[str] = (), day: int = 1
) -> Opened:
    columns = {
        column: [row.get(column, "") for row in rows] for column in dict.fromkeys(c for row in rows for c in row)
    }
    table = RawTable(
        sheet="Sổ",
        title=(title,),
        columns=columns,
        rows=list(range(3, 3 + len(rows))),
        groups=[""] * len(rows),
        units=list(units) or [""] * len(rows),
        letters={column: chr(65 + at) for at, column in enumerate(columns)},
        set_aside={"title": 1, "header": 1},
    )
    return Opened(name, Path(name), (table,), sha256=name, modified_at=datetime(2026, 10, day, tzinfo=UTC))


def person(number: int = 0, **cells: object) -> dict[str, object]:
    return {"full_name": NAMES[number], "citizen_id": IDS[number], "birth_on": "05/09/1999", **cells}


def book(*files: Opened, described: Committee | None = None, as_of: date = AS_OF) -> Book:
    described = described or committee()
    submissions = choose(files, described)
    counted = {one.opened.file for one in submissions if one.state is State.COUNTED}
    tables = [(at, table) for at, one in enumerate(files) if one.file in counted for table in one.tables]
    law = Law(load(), calendar_of(), as_of)
    return consolidate(assess(tables, law), files, submissions, described, law)


def line(made: Book, branch: Branch = ONE) -> Mapping[str, object]:
    return made.branches.set_index("name").loc[branch.name]


def counts(made: Book) -> dict[str, int]:
    return made.reconciliation.set_index("item")["count"].to_dict()


def test_the_same_person_twice_in_a_file_is_counted_once_where_furthest_on():
    made = book(file("a.xlsx", [person(), person(certificate_on="02/03/2026")]))
    assert len(made.people) == 1
    assert line(made)[Stage.CERTIFIED] == 1
    assert counts(made)["Người ghi hai lần trong cùng tệp"] == 1


def test_the_same_line_twice_without_a_number_is_counted_once_and_namesakes_are_not():
    same = {"full_name": NAMES[0], "birth_on": "05/09/1999", "residence": "thôn Một"}
    assert len(book(file("a.xlsx", [same, {**same, "number": "2"}])).people) == 1
    namesakes = book(file("a.xlsx", [same, {**same, "residence": "thôn Hai"}]))
    assert len(namesakes.people) == 2
    assert "duplicate.person" in set(namesakes.findings["code"])


def test_two_people_of_one_name_whose_births_cannot_be_read_are_two_people():
    pupils = [
        {"full_name": NAMES[0], "birth_on": born, "residence": "thôn Một"} for born in ("5/9/98", "7/11/97", "7/11/97")
    ]
    assert len(book(file("a.xlsx", pupils)).people) == 3


def test_a_number_too_short_to_be_an_identity_makes_nobody_a_double():
    rows = [person(citizen_id="0", residence="thôn Một"), person(citizen_id="0", residence="thôn Hai")]
    assert len(book(file("a.xlsx", rows)).people) == 2


def test_a_file_of_two_branches_loses_only_the_rows_of_the_branch_that_has_a_newer_one():
    both = file("chung.xlsx", [person(0), person(1)], title="Danh sách", units=[ONE.name, TWO.name], day=1)
    newer = file("moi.xlsx", [person(2)], title=TWO.name, day=9)
    made = book(both, newer)
    assert dict(zip(made.people["branch"], made.people["full_name"], strict=True)) == {
        ONE.name: NAMES[0],
        TWO.name: NAMES[2],
    }
    sums = made.reconciliation.groupby("role")["count"].sum()
    assert sums["read"] == sums["counted"] + sums["aside"]


@pytest.mark.parametrize(("ceremony", "counted"), [("30/09/2026", 1), ("01/10/2026", 0), ("31/12/2025", 0)])
def test_an_admission_counts_for_the_year_up_to_the_day_told_of(ceremony, counted):
    made = book(file("a.xlsx", [person(ceremony_on=ceremony)]), as_of=date(2026, 9, 30))
    assert line(made)["admitted"] == counted


def test_an_admission_counts_by_the_day_the_committee_chose():
    row = person(decided_on="28/12/2025", ceremony_on="05/01/2026")
    by_ceremony, by_decision = (
        book(file("a.xlsx", [row]), described=committee(counted_by=how))
        for how in (CountedBy.CEREMONY, CountedBy.DECISION)
    )
    assert (line(by_ceremony)["admitted"], line(by_decision)["admitted"]) == (1, 0)


@pytest.mark.parametrize("ceremony", ["2026", "5/2026", "31/02/2026"])
def test_a_row_with_an_error_still_counts_by_what_can_be_read_of_it(ceremony):
    made = book(file("a.xlsx", [person(ceremony_on=ceremony)]))
    assert line(made)["admitted"] == 1


def test_the_errors_within_a_number_stand_beside_it():
    made = book(
        file("a.xlsx", [person(ceremony_on="31/02/2026"), person(1, ceremony_on="03/03/2026", decided_on="01/03/2026")])
    )
    assert (line(made)["admitted"], line(made)["admitted_with_errors"]) == (2, 1)


def test_those_who_left_are_counted_apart():
    made = book(file("a.xlsx", [person(status="Chuyển đi", certificate_on="02/03/2026"), person(1)]))
    assert (line(made)["left"], line(made)[Stage.CERTIFIED], line(made)[Stage.SYMPATHIZER]) == (1, 0, 1)


def test_a_branch_without_a_quota_has_no_percentage_and_no_rank():
    made = book(file("a.xlsx", [person(ceremony_on="03/03/2026")], title=TWO.name))
    assert line(made, TWO)["percent"] is None
    assert line(made, TWO)["rank"] == 0


def test_a_branch_that_sent_nothing_is_on_the_board():
    made = book(file("a.xlsx", [person()]))
    assert made.submissions.set_index("branch").loc[TWO.name, "state"] == State.MISSING


@pytest.mark.parametrize(
    ("branch", "shown"),
    [
        (Branch("03", "Chi bộ cũ", valid_to=date(2025, 12, 31)), False),
        (Branch("03", "Chi bộ cũ", valid_to=date(2026, 3, 1)), True),
        (Branch("03", "Chi bộ mới", valid_from=date(2026, 11, 22)), True),
        (Branch("03", "Chi bộ mới", valid_from=date(2026, 11, 23)), False),
    ],
    ids=["ended last year", "ended this year", "begins today", "begins tomorrow"],
)
def test_a_branch_is_shown_while_it_stands_in_the_year(branch, shown):
    made = book(file("a.xlsx", [person()]), described=committee(ONE, branch))
    assert (branch.name in set(made.branches["name"])) is shown


def test_nobody_is_late_for_an_act_whose_column_the_sheet_lacks_and_the_sheet_is_asked_once():
    rows = [person(at, branch_resolved_on="02/03/2026") for at in range(3)]
    made = book(file("a.xlsx", rows))
    assert made.overdue.empty
    asked = made.findings.query("code == 'column.absent'")
    assert len(asked) == 1
    assert "Ngày quyết định kết nạp (3)" in asked["message"].iat[0]


def test_a_paper_lapses_whether_or_not_the_sheet_has_a_column_for_its_use():
    made = book(file("a.xlsx", [person(certificate_on="01/10/2020", certificate_number="1/GCN")]))
    assert "lapsed_certificate" in set(made.findings["code"])
    assert list(made.overdue["tier"]) == ["Quá hạn"]


def test_a_heading_that_was_asked_about_is_not_told_again_as_unknown():
    own = file("a.xlsx", [person()])
    vague = Question("heading.ambiguous", "C2", detail={"heading": "Ngày QĐ", "candidates": "…"})
    table = replace(own.tables[0], extra={"Ngày QĐ": [date(2026, 3, 4)]}, questions=(vague,))
    made = book(replace(own, tables=(table,)))
    assert not made.findings["code"].str.startswith("columns.").any()


def test_a_register_marked_by_our_own_buttons_comes_back_without_questions():
    own = file("a.xlsx", [person()])
    table = replace(own.tables[0], extra={"Kết quả kiểm tra": ["HỢP LỆ"], "Chi tiết lỗi": [""]})
    made = book(replace(own, tables=(table,), hidden=(("_songuon", 4),)))
    codes = set(made.findings["code"])
    assert not codes & {"columns.unknown", "sheet.hidden"}


def test_somebody_waiting_too_long_is_overdue_with_the_arithmetic():
    waiting = person(branch_resolved_on="02/03/2026", decided_on="")
    late = book(file("a.xlsx", [waiting])).overdue.iloc[0]
    assert (late["step"], late["counted_from"], late["term"]) == (
        "Cấp có thẩm quyền quyết định kết nạp",
        "Ngày nghị quyết chi bộ",
        "45 ngày làm việc",
    )
    assert late["tier"] == "Quá hạn"
    assert late["days_late"] > 0


def test_somebody_whom_a_missing_column_keeps_from_being_judged_is_not_called_valid():
    probationer = {"full_name": NAMES[0], "ceremony_on": "03/03/2026", "decided_on": "01/03/2026"}
    made = book(file("a.xlsx", [probationer]))
    assert made.people["verdict"].iat[0] == Verdict.WARNED
    assert "Sổ không có cột: Ngày, tháng, năm sinh" in made.people["detail"].iat[0]


def test_a_certificate_under_way_asks_for_no_column_that_is_not_due():
    made = book(
        file("a.xlsx", [person(certificate_on="01/10/2025", certificate_number="1/GCN", sympathizer_on="01/08/2025")])
    )
    assert not made.findings["message"].str.contains("Ngày nghị quyết chi bộ").any()


def test_a_query_that_is_explained_in_writing_is_a_note_and_an_error_stays_an_error():
    asked = {"citizen_id": "099099000011", "full_name": "Thử", "birth_on": "31/02/1999"}
    for reason, levels in (("", {"query", "error"}), ("tên trong giấy khai sinh chỉ có một chữ", {"error", "note"})):
        found = book(file("a.xlsx", [{**asked, "explanation": reason}])).findings.query("row >= 0")
        assert set(map(str, found.loc[found["column"].isin(["full_name", "birth_on"]), "level"])) == levels


def test_columns_of_the_branch_s_own_are_kept_as_a_person_would_read_them_and_listed():
    own = file("a.xlsx", [person()])
    table = replace(own.tables[0], extra={"Lớp": [10.0], "Ngày họp": [date(2026, 3, 4)], "Trống": [""]})
    asked = {"columns.unknown": "Lớp, Trống", "columns.unread_days": "Ngày họp"}
    made = book(replace(own, tables=(table,)))
    assert made.people["extra"].iat[0] == "Lớp: 10; Ngày họp: 04/03/2026"
    for code, columns in asked.items():
        assert made.findings.loc[made.findings["code"] == code, "message"].iat[0].endswith(f": {columns}.")


def test_a_committee_without_reminders_still_lists_what_is_late():
    waiting = person(branch_resolved_on="02/03/2026", decided_on="")
    made = book(file("a.xlsx", [waiting]), described=committee(reminders=()))
    assert list(made.overdue["tier"]) == ["Quá hạn"]


def test_the_board_shows_the_time_of_viet_nam():
    late_at_night = replace(file("a.xlsx", [person()]), written_at=datetime(2026, 11, 20, 18, 30, tzinfo=UTC))
    made = book(late_at_night)
    assert made.submissions.set_index("file").loc["a.xlsx", "received_at"] == pd.Timestamp(2026, 11, 21, 1, 30)


def test_an_identifier_typed_into_another_column_is_masked_too():
    made = book(file("a.xlsx", [person(sex="099099000011")]))
    told = made.findings.query("code == 'list.sex'")
    assert list(told["value"]) == ["099******011"]
    assert "099099000011" not in told["message"].iat[0]


def test_identifiers_are_masked_where_findings_are_listed():
    made = book(file("a.xlsx", [person(citizen_id="9909900012")]))
    told = made.findings.query("column == 'citizen_id'")
    assert set(told["value"]) == {"990****012"}


def test_an_inbox_without_any_register_is_an_empty_book_that_balances():
    made = book()
    sums = made.reconciliation.groupby("role")["count"].sum()
    assert (sums["read"], sums["counted"], len(made.people)) == (0, 0, 0)
    assert list(made.submissions["state"]) == [State.MISSING, State.MISSING]
