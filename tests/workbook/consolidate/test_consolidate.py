"""Judged rows → the committee's tables: who is counted, where, once, and what is set aside."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from validation.regulation import load
from validation.vocabulary import Stage
from validation.workdays import calendar_of
from workbook.assess import Law, assess
from workbook.book import Book
from workbook.committee import Branch, Committee, CountedBy
from workbook.consolidate import consolidate
from workbook.incoming.inbox import Opened
from workbook.incoming.raw import RawTable
from workbook.incoming.versions import State, choose

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
def test_an_admission_counts_for_the_year_up_to_the_closing_day(ceremony, counted):
    described = committee(closing_on=date(2026, 9, 30))
    made = book(file("a.xlsx", [person(ceremony_on=ceremony)]), described=described)
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
    assert made.submissions.set_index("branch").loc[TWO.name, "state"] == "Chưa nộp"


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


def test_identifiers_are_masked_where_findings_are_listed():
    made = book(file("a.xlsx", [person(citizen_id="9909900012")]))
    told = made.findings.query("column == 'citizen_id'")
    assert set(told["value"]) == {"990****012"}


def test_an_inbox_without_any_register_is_an_empty_book_that_balances():
    made = book()
    sums = made.reconciliation.groupby("role")["count"].sum()
    assert (sums["read"], sums["counted"], len(made.people)) == (0, 0, 0)
    assert list(made.submissions["state"]) == ["Chưa nộp", "Chưa nộp"]
