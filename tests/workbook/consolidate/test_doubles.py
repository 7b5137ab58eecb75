"""One person on several lines: counted once, admitted once, and the clerk's word holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from validation.regulation import load
from validation.vocabulary import Stage
from validation.workdays import calendar_of
from workbook.assess import Law, assess
from workbook.committee import Branch, Committee, Decision
from workbook.consolidate.doubles import doubles
from workbook.consolidate.people import people, roll
from workbook.consolidate.reconcile import reconcile
from workbook.consolidate.tally import tally
from workbook.incoming.inbox import Opened
from workbook.incoming.raw import RawTable
from workbook.incoming.versions import choose
from workbook.matching import DoubleKind
from workbook.matching.rulings import answered
from workbook.states import State

ONE, TWO = "Chi bộ thôn Một", "Chi bộ thôn Hai"
COMMITTEE = Committee("Đảng ủy xã Thử", year=2026, branches=(Branch("01", ONE, quota=2), Branch("02", TWO, quota=1)))
LAW = Law(load(), calendar_of(), date(2026, 11, 22))

WHO = {"full_name": "Nguyễn Thị Thử", "birth_on": "05/09/1999", "citizen_id": "099199412345", "sex": "Nữ"}
ADMITTED = {
    "certificate_on": "20/06/2025",
    "branch_resolved_on": "02/02/2026",
    "decided_on": "02/03/2026",
    "ceremony_on": "10/03/2026",
}
AWAY = {"status": "Chuyển đi", "status_changed_on": "01/06/2026", "moved_to": "thôn Hai"}
HERE = {"status": "Chuyển đến", "status_changed_on": "05/06/2026"}


@dataclass(frozen=True)
class Made:
    """What became of two registers."""

    people: pd.DataFrame
    sheet: pd.DataFrame
    reconciliation: pd.DataFrame

    @property
    def aside(self) -> dict[str, int]:
        lines = self.reconciliation.query("role == 'aside'")
        return dict(zip(lines["item"], lines["count"], strict=True))


def file(branch: str, rows: Sequence[Mapping[str, object]], day: int = 1) -> Opened:
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
    name = f"{branch} {day}.xlsx"
    return Opened(name, Path(name), (table,), sha256=name, modified_at=datetime(2026, 10, day, tzinfo=UTC))


def make(*files: Opened, decisions: Sequence[Decision] = ()) -> Made:
    told = replace(COMMITTEE, decisions=tuple(decisions))
    submissions = choose(files, COMMITTEE)
    counted = {one.opened.file for one in submissions if one.state is State.COUNTED}
    tables = [(at, table) for at, one in enumerate(files) if one.file in counted for table in one.tables]
    assessment = assess(tables, LAW)
    who = roll(assessment, submissions, {one.file: at for at, one in enumerate(files)}, told, LAW.as_of)
    persons = people(assessment, who, COMMITTEE, LAW)
    lines = reconcile(files, submissions, who, tally(persons, COMMITTEE, LAW.as_of))
    return Made(persons, doubles(assessment, who, persons, files), lines)


def two(one: Mapping[str, object], other: Mapping[str, object], **how: Sequence[Decision]) -> Made:
    """One line in each branch."""
    return make(file(ONE, [one]), file(TWO, [other]), **how)


# --- The admission -------------------------------------------------------------------------------------------------

WAYS = {
    "the new branch copied the days": ({**ADMITTED, **AWAY}, {**ADMITTED, **HERE}, ONE),
    "the new branch knows only the person": ({**ADMITTED, **AWAY}, HERE, ONE),
    "the old branch forgot to write that they left": (ADMITTED, {**ADMITTED, **HERE}, ONE),
    "the ceremony was held after the move": ({**AWAY, "status_changed_on": "05/03/2026"}, {**ADMITTED, **HERE}, TWO),
    "both wrote down a ceremony after the move": (
        {**ADMITTED, **AWAY, "status_changed_on": "05/03/2026"},
        {**ADMITTED, **HERE},
        TWO,
    ),
    "counted twice, the first line counts": (ADMITTED, ADMITTED, ONE),
    "counted twice, only the other holds the day": ({"certificate_on": "20/06/2025"}, ADMITTED, TWO),
}


@pytest.mark.parametrize(("one", "other", "credited"), WAYS.values(), ids=list(WAYS))
def test_somebody_on_two_lines_is_admitted_once_for_the_branch_of_the_ceremony(one, other, credited):
    made = two({**WHO, **one}, {**WHO, **other})
    assert list(made.people["admitted_in"]) == [2026]
    assert list(made.people["credited_to"]) == [credited]
    assert list(made.people["stage"]) == [Stage.PROBATIONARY]
    assert credited in made.sheet["admission"].iat[0]
    assert "2026" in made.sheet["admission"].iat[0]


MOVES = {
    "both wrote the move down": ({**ADMITTED, **AWAY}, {**ADMITTED, **HERE}),
    "the new branch knows only the person": ({**ADMITTED, **AWAY}, HERE),
    "the old branch forgot to write that they left": (ADMITTED, {**ADMITTED, **HERE}),
    "the old branch wrote only the place": ({**ADMITTED, "moved_to": "thôn Hai"}, ADMITTED),
    "the new branch assigned a helper": (ADMITTED, {**ADMITTED, "helper_assigned_on": "02/07/2026"}),
    "counted twice": (ADMITTED, ADMITTED),
}


@pytest.mark.parametrize("lines", MOVES.values(), ids=list(MOVES))
@pytest.mark.parametrize("turned", [False, True], ids=["here", "there"])
def test_the_branch_that_a_person_chose_keeps_its_admission_and_nobody_leaves(lines, turned):
    files = [file(branch, [{**WHO, **line}]) for branch, line in zip((ONE, TWO), lines, strict=True)]
    files = files[::-1] if turned else files
    before = make(*files)
    code = before.sheet["code"].iat[0]
    for chosen in (ONE, TWO):
        made = make(*files, decisions=answered([(code, f"Là một người; tính ở {chosen}")]))
        assert list(made.people["stage"]) == [Stage.PROBATIONARY]
        held_it = chosen if before.sheet["kind"].iat[0] == DoubleKind.TWICE else ONE
        assert list(made.people["credited_to"]) == [held_it]


def test_a_line_that_says_moved_away_is_not_where_somebody_stands_whatever_was_chosen():
    lines = {**WHO, **ADMITTED, **AWAY}, {**WHO, **ADMITTED, **HERE}
    code = two(*lines).sheet["code"].iat[0]
    made = two(*lines, decisions=answered([(code, f"Là một người; tính ở {ONE}")]))
    assert (list(made.people["branch"]), list(made.people["credited_to"])) == ([TWO], [ONE])
    assert f"sổ của {ONE} ghi người này đã chuyển đi" in made.sheet["remark"].iat[0]


def test_who_moved_stands_in_the_new_branch():
    made = two({**WHO, **ADMITTED, **AWAY}, {**WHO, **ADMITTED, **HERE})
    assert list(made.people["branch"]) == [TWO]
    assert list(made.sheet["counts"]) == ["Tính", f"Không tính, đã tính ở {TWO}"]


def test_what_the_counted_line_lacks_is_asked_of_its_branch():
    made = two({**WHO, **ADMITTED, **AWAY}, {**WHO, **HERE})
    remark = made.sheet["remark"].iat[0]
    assert "Ngày lễ kết nạp" in remark
    assert f"Đề nghị {TWO} bổ sung" in remark


def test_who_left_for_another_committee_is_still_counted_where_they_left():
    made = make(file(ONE, [{**WHO, **ADMITTED, **AWAY}]))
    assert (list(made.people["stage"]), list(made.people["credited_to"])) == ([""], [ONE])
    assert made.sheet.empty


# --- The lines -----------------------------------------------------------------------------------------------------


def test_every_line_is_counted_or_set_aside_for_a_reason_of_its_own():
    second = {**WHO, "full_name": "Lê Văn Mẫu", "citizen_id": "099099412345", "sex": "Nam"}
    third = {**WHO, "full_name": "Trần Văn Giả", "citizen_id": "099099467890", "sex": "Nam"}
    made = make(file(ONE, [{**WHO, **AWAY}, second]), file(TWO, [{**WHO, **HERE}, second, third, third]))
    assert {item: count for item, count in made.aside.items() if item.startswith("Người")} == {
        "Người đã chuyển chi bộ, tính ở nơi đang sinh hoạt": 1,
        "Người ghi hai lần trong cùng tệp": 1,
        "Người ghi ở hai chi bộ, tính một lần": 1,
    }
    sums = made.reconciliation.groupby("role")["count"].sum()
    assert sums["read"] == sums["counted"] + sums["aside"] == 6
    assert sums["counted"] == sums["tallied"] == 3


def test_a_line_of_a_branch_with_a_newer_file_makes_nobody_a_double():
    made = make(file(ONE, [WHO]), file(ONE, [WHO], day=9), file(TWO, []))
    assert (len(made.people), len(made.sheet)) == (1, 0)


def test_a_pair_that_is_asked_about_counts_as_two_and_says_so():
    made = two({**WHO, "citizen_id": ""}, WHO)
    assert len(made.people) == 2
    assert list(made.sheet["kind"]) == ["asked", "asked"]
    assert set(made.sheet["counts"]) == {"Đang tính riêng, chờ quyết định"}
    assert made.sheet["reasons"].iat[0] == "cùng họ tên; cùng ngày sinh"


def test_a_second_mention_in_the_same_pair_of_persons_is_not_asked_about_again():
    made = make(file(ONE, [{**WHO, "citizen_id": ""}]), file(TWO, [WHO, WHO]))
    assert list(made.sheet.groupby("group")["kind"].first()) == ["asked", "twice"]


@pytest.mark.parametrize(
    ("lines", "answer", "persons"),
    [
        ((WHO, WHO), "Là hai người khác nhau", [ONE, TWO]),
        (({**WHO, "citizen_id": ""}, WHO), "Là một người", [ONE]),
        (({**WHO, "citizen_id": ""}, WHO), f"Là một người; tính ở {TWO}", [TWO]),
        (({**WHO, "citizen_id": ""}, WHO), "Là hai người khác nhau", [ONE, TWO]),
    ],
)
def test_an_answer_on_the_sheet_holds_next_time_and_stands_on_the_next_sheet(lines, answer, persons):
    code = two(*lines).sheet["code"].iat[0]
    again = two(*lines, decisions=answered([(code, answer)]))
    assert list(again.people["branch"]) == persons
    assert (again.sheet["code"].iat[0], list(again.sheet["decision"])) == (code, [answer, ""])
    assert set(again.sheet["kind"]) == ({"parted"} if len(persons) == 2 else {"twice"})


def test_the_sheet_shows_no_number():
    made = two({**WHO, **AWAY}, {**WHO, **HERE})
    assert "099199412345" not in made.sheet.astype(str).to_csv()


def test_a_birth_known_in_part_is_shown_as_it_was_typed():
    made = two(WHO, {**WHO, "birth_on": "9/1999"})
    assert list(made.sheet["birth_on"]) == [pd.Timestamp(1999, 9, 5), "9/1999"]


def test_without_doubles_the_sheet_is_empty_and_has_its_columns():
    made = make(file(ONE, [WHO]))
    assert made.sheet.empty
    assert {"group", "kind", "decision", "code"} <= set(made.sheet.columns)
