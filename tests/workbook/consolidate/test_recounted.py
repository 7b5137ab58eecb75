"""One person on two lines, month after month: neither the order of files nor an answer makes anybody come or go."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from validation.regulation import load
from validation.workdays import calendar_of
from workbook.assess import Law, assess
from workbook.book import Book
from workbook.committee import Branch, Committee
from workbook.consolidate import consolidate
from workbook.incoming.inbox import Opened
from workbook.incoming.previous import Previous
from workbook.incoming.raw import RawTable
from workbook.incoming.versions import choose
from workbook.matching.rulings import answered
from workbook.states import State

ONE, TWO = "Chi bộ thôn Một", "Chi bộ thôn Hai"
JUNE, JULY = Law(load(), calendar_of(), date(2026, 6, 30)), Law(load(), calendar_of(), date(2026, 7, 31))
COMMITTEE = Committee("Đảng ủy xã Thử", year=2026, branches=(Branch("01", ONE, quota=2), Branch("02", TWO, quota=1)))
WHO = {"full_name": "Nguyễn Đức Thử", "birth_on": "05/09/1999", "citizen_id": "099099412345", "sex": "Nam"}
BARE = {**WHO, "full_name": "Nguyen Duc Thu"}
NAMESAKE = {**WHO, "citizen_id": "", "certificate_on": "20/06/2025"}
OTHER = {"full_name": "Lê Văn Mẫu", "birth_on": "01/02/1998", "citizen_id": "099098467890", "sex": "Nam"}
AWAY = {"status": "Chuyển đi", "status_changed_on": "05/07/2026", "moved_to": TWO}
HERE = {"status": "Chuyển đến", "status_changed_on": "06/07/2026"}
ADMITTED = {"branch_resolved_on": "02/02/2026", "decided_on": "02/03/2026", "ceremony_on": "10/03/2026"}
HERE_IT_IS = "Là một người; tính ở {}"

Lines = Sequence[Mapping[str, object]]


def register(branch: str, rows: Lines, day: int) -> Opened:
    names = dict.fromkeys(name for row in rows for name in row)
    table = RawTable(
        sheet="Sổ",
        title=(branch,),
        columns={name: [row.get(name, "") for row in rows] for name in names},
        rows=list(range(3, 3 + len(rows))),
        groups=[""] * len(rows),
        units=[""] * len(rows),
        letters={"full_name": "B"},
    )
    name = f"{branch}.xlsx"
    return Opened(name, Path(name), (table,), sha256=name, modified_at=datetime(2026, 6, day, tzinfo=UTC))


def book(
    one: Lines,
    two: Lines,
    law: Law = JULY,
    days: tuple[int, int] = (1, 2),
    previous: Previous | None = None,
    said: str = "",
) -> Book:
    """The book of two registers; `said` is the answer to the first group of the previous book."""
    decisions = answered([(previous.answers[0][0], said)]) if previous and said else ()
    told, files = replace(COMMITTEE, decisions=decisions), [register(ONE, one, days[0]), register(TWO, two, days[1])]
    submissions = choose(files, told)
    counted = {each.opened.file for each in submissions if each.state is State.COUNTED}
    tables = [(at, table) for at, each in enumerate(files) if each.file in counted for table in each.tables]
    return consolidate(assess(tables, law), files, submissions, told, law, previous)


def june(one: Lines, two: Lines, days: tuple[int, int] = (1, 2)) -> Previous:
    """What the book of June says; its only answer is blank, so that the code of its first group is at hand."""
    made = book(one, two, JUNE, days)
    groups = tuple((code, "") for code in made.doubles["code"])
    listed = made.branches[["name", "admitted"]].astype({"admitted": "Int64"})
    return Previous(made.committee.name, 2026, JUNE.as_of, made.people, listed, frozenset((ONE, TWO)), groups)


def told(made: Book) -> list[tuple[str, ...]]:
    return [tuple(line) for line in made.changes[["change", "branch", "name", "before", "now"]].to_numpy()]


@pytest.mark.parametrize("lines", [([WHO], [BARE]), ([BARE, OTHER], [WHO]), ([WHO, WHO], [WHO])])
def test_who_is_counted_where_before_stays_there_whichever_file_is_newer(lines):
    before = june(*lines, days=(2, 1))
    now = book(*lines, days=(1, 2), previous=before)
    assert now.people["branch"].tolist() == before.people["branch"].tolist()
    assert now.changes.empty


def test_a_line_that_overtakes_the_one_counted_before_is_one_line_of_changes():
    now = book([WHO], [{**BARE, "certificate_on": "20/06/2026"}], previous=june([WHO], [BARE], days=(2, 1)))
    assert now.people["branch"].tolist() == [TWO]
    assert told(now) == [
        ("Sang giai đoạn mới", ONE, "Nguyễn Đức Thử", "Nguồn", "Đã có giấy chứng nhận"),
        ("Tính ở dòng khác của cùng một người", TWO, "Nguyen Duc Thu", ONE, TWO),
    ]


def test_a_line_that_became_a_double_has_not_vanished_and_nobody_has_moved():
    unknown = {**WHO, "citizen_id": ""}
    before = june([unknown], [WHO])
    assert len(before.people) == 2
    now = book([WHO], [WHO], previous=before)
    assert [line[0] for line in told(now) if line[0] != "Bỏ nội dung đã báo"] == ["Tính ở dòng khác của cùng một người"]


def test_moving_is_still_moving():
    now = book([{**WHO, **AWAY}], [{**WHO, **HERE}], previous=june([WHO], []))
    assert told(now) == [("Chuyển chi bộ", TWO, "Nguyễn Đức Thử", ONE, TWO)]


ANSWERS = {
    "the other line of one person": (
        [WHO],
        [BARE],
        HERE_IT_IS.format(TWO),
        [("Tính lại theo quyết định", TWO, "Nguyen Duc Thu", ONE, TWO)],
    ),
    "two are one": (
        [NAMESAKE],
        [WHO],
        HERE_IT_IS.format(TWO),
        [("Tính lại theo quyết định", TWO, "Nguyễn Đức Thử", ONE, f"Không tính, đã tính ở {TWO}")],
    ),
    "one is two": (
        [WHO],
        [BARE],
        "Là hai người khác nhau",
        [("Tính lại theo quyết định", TWO, "Nguyen Duc Thu", "", "Tính riêng")],
    ),
    "one is two, and the one not so far on": (
        [WHO],
        [{**BARE, "certificate_on": "20/06/2025"}],
        "Là hai người khác nhau",
        [("Tính lại theo quyết định", ONE, "Nguyễn Đức Thử", "", "Tính riêng")],
    ),
    "where the person is counted anyway": ([WHO], [BARE], HERE_IT_IS.format(ONE), []),
    "of somebody who moved, the branch left behind": (
        [{**WHO, **ADMITTED, **AWAY}],
        [{**WHO, **ADMITTED, **HERE}],
        HERE_IT_IS.format(ONE),
        [],
    ),
    "two that were asked about are two": ([NAMESAKE], [WHO], "Là hai người khác nhau", []),
}


@pytest.mark.parametrize(("one", "two", "said", "changes"), ANSWERS.values(), ids=list(ANSWERS))
def test_an_answer_is_one_line_of_changes_or_none(one, two, said, changes):
    before = june(one, two, days=(2, 1))
    assert [line for line in told(book(one, two, days=(2, 1), previous=before, said=said)) if line[2]] == changes


def test_an_answer_given_long_ago_is_not_told_again():
    before = june([WHO], [BARE])
    said = HERE_IT_IS.format(TWO)
    after = book([WHO], [BARE], previous=before, said=said)
    again = replace(before, people=after.people)
    assert book([WHO], [BARE], previous=again, said=said).changes.empty


def test_two_people_of_one_file_are_not_asked_about_again_once_a_person_said_so():
    namesakes = [{**WHO, "citizen_id": "", "residence": f"thôn {at}"} for at in ("Mây", "Gió")]
    before = june(namesakes, [])
    asked = pd.Series(book(namesakes, []).findings.query("code == 'duplicate.person'")["level"].tolist())
    said = book(namesakes, [], previous=before, said="Là hai người khác nhau").findings
    kept = said.query("code == 'duplicate.person'")
    assert (asked == "query").all()
    assert kept["level"].tolist() == ["note"] * len(asked)
    assert set(kept["reason"]) == {"Là hai người khác nhau"}
