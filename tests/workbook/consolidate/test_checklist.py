"""What to look at before a branch resolves: the register's own days, and between which days each condition holds."""

from datetime import date

import pandas as pd
import pytest

from validation.regulation import load
from validation.workdays import calendar_of
from workbook.assess import Law, assess
from workbook.consolidate.checklist import checklists
from workbook.incoming.raw import RawTable

RULEBOOK, CALENDAR = load(), calendar_of()
AS_OF = date(2026, 11, 22)
READY = {
    "full_name": "Nguyễn Văn Thử",
    "birth_on": "05/09/1999",
    "helper_assigned_on": "01/12/2025",
    "certificate_on": "15/01/2026",
    "dossier_opened_on": "02/02/2026",
    "applied_on": "02/03/2026",
    "vetting_result_on": "21/04/2026",
    "union_resolved_on": "04/05/2026",
    "residence_opinion_on": "",
    "branch_resolved_on": "",
    "status": "",
}


def lists(*people, branch="Chi bộ thôn Một", as_of=AS_OF, order=None):
    table = RawTable(
        sheet="Sổ",
        title=(),
        columns={name: [cells[name] for cells in people] for name in READY},
        rows=list(range(3, 3 + len(people))),
        groups=[""] * len(people),
        units=[""] * len(people),
        letters={name: chr(65 + at) for at, name in enumerate(READY)},
    )
    law = Law(RULEBOOK, CALENDAR, as_of)
    whose = pd.Series(branch, index=order or range(len(people)))
    return checklists(assess([(0, table)], law), whose, ["so.xlsx"], law, (90,))


def one(as_of=AS_OF, **cells):
    (made,) = lists({**READY, **cells}, as_of=as_of)
    return made


def condition(made, start):
    (said,) = (text for text in made.conditions if text.startswith(start))
    return said


def test_a_list_says_whose_it_is_and_where_the_line_stands():
    made = one()
    assert (made.name, made.born, made.branch, made.file, made.place) == (
        "Nguyễn Văn Thử",
        "05/09/1999",
        "Chi bộ thôn Một",
        "so.xlsx",
        "Sổ!A3",
    )


def test_a_paper_is_seen_only_where_the_register_shows_it():
    papers = {line.form or line.title: (line.seen, line.day) for line in one().papers}
    assert papers["1-KNĐ"] == (True, "02/03/2026")
    assert papers["2-KNĐ"] == papers["3-KNĐ"] == papers["5-KNĐ"] == (False, "")


@pytest.mark.parametrize(("as_of", "seen"), [(date(2027, 3, 2), True), (date(2027, 3, 3), False)])
def test_what_must_be_made_anew_is_not_ticked(as_of, seen):
    union = next(line for line in one(as_of).papers if line.form.startswith("4-KNĐ"))
    assert (union.seen, union.day) == (seen, "04/05/2026")


def test_what_cannot_be_read_stands_as_it_was_written_and_is_not_ticked():
    opinion = one(residence_opinion_on="tháng năm").papers[-1]
    assert (opinion.seen, opinion.day) == (False, "tháng năm")


def test_each_condition_says_between_which_days_it_holds_and_where_it_is_stated():
    """Eighteen and sixty years, sixty, twelve and twelve months; of 17 members summoned 12 are two thirds."""
    made = one()
    assert "từ 05/09/2017 đến hết 05/09/2059. 208-QĐ/TW 26/07/2026" in condition(made, "Đủ 18")
    assert "chậm nhất 15/01/2031" in condition(made, "Giấy chứng nhận")
    assert "chậm nhất 02/03/2027" in condition(made, "Hồ sơ lập chưa quá 12 tháng")
    assert "đủ từ 01/12/2026" in condition(made, "Đảng viên giới thiệu")
    assert "2/3 đảng viên chính thức được triệu tập tán thành (triệu tập 17 thì cần 12)" in condition(made, "Ít nhất")
    assert "06-HD/TW 09/06/2025" in condition(made, "Hồ sơ lập")
    unread = one(applied_on="", vetting_result_on="", union_resolved_on="")
    assert "tạm theo vì chưa đối chiếu văn bản gốc 01-HD/TW 19/05/2026" in condition(unread, "Hồ sơ lập")


def test_the_end_of_a_paper_is_cited_from_the_rules_its_clock_follows():
    """As the sheets of papers and of what is late cite it: by the day it began, not by the day of judgement."""
    old = one(certificate_on="30/11/2021")
    assert "chậm nhất 30/11/2026. 01-HD/TW 28/09/2021" in condition(old, "Giấy chứng nhận")
    assert "01-HD/TW 19/05/2026" in condition(one(certificate_on=""), "Giấy chứng nhận")


@pytest.mark.parametrize("cell", ["", "1999", "9/1999", "31/02/1999"])
def test_a_condition_whose_days_nobody_can_tell_says_so(cell):
    made = one(birth_on=cell, helper_assigned_on=cell, certificate_on="")
    assert "sổ chưa ghi đủ ngày sinh" in condition(made, "Đủ 18")
    assert "sổ chưa ghi đủ ngày phân công" in condition(made, "Đảng viên giới thiệu")
    assert "sổ chưa đủ để tính" in condition(made, "Giấy chứng nhận")


def test_before_any_rule_is_known_nothing_is_stated():
    assert one(date(2015, 1, 5), applied_on="02/12/2014").conditions == ()


@pytest.mark.parametrize(
    "cells",
    [
        {"branch_resolved_on": "02/11/2026"},
        {"status": "Chuyển đi"},
        dict.fromkeys(("dossier_opened_on", "applied_on", "vetting_result_on", "union_resolved_on"), ""),
    ],
    ids=["resolved", "left", "certified only"],
)
def test_whom_the_branch_is_not_next_to_resolve_on_has_no_list(cells):
    assert lists({**READY, **cells}) == ()


def test_lists_keep_the_order_they_are_asked_for():
    other = {**READY, "full_name": "Trần Thị Mẫu"}
    assert [made.name for made in lists(READY, other, order=[1, 0])] == ["Trần Thị Mẫu", "Nguyễn Văn Thử"]


def test_an_identifier_typed_in_the_place_of_a_name_is_masked():
    assert one(full_name="099099000011").name == "099******011"
