"""What was explained once: known again under its code, for that one query, whoever wrote the reason down."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from validation.regulation import load
from validation.vocabulary import Level, Verdict
from validation.workdays import calendar_of
from workbook.assess import Law, assess
from workbook.committee import Branch, Committee, Decision, DecisionKind
from workbook.incoming.raw import RawTable
from workbook.memory import recalled
from workbook.query_codes import explanations, is_query_code

LAW = Law(load(), calendar_of(), date(2026, 11, 22))
ONE = Branch("01", "Chi bộ thôn Một")
COMMITTEE = Committee("Đảng ủy xã Thử", year=2026, branches=(ONE, Branch("02", "Chi bộ thôn Hai")))

#: Two things are asked: a name of one word, and where the person moved to.
ASKED = {"full_name": "Thử", "birth_on": "05/09/1999", "citizen_id": "099099000011", "sex": "Nam",
         "status": "Chuyển đi", "status_changed_on": "02/03/2026", "moved_to": ""}  # fmt: skip
NAME, PLACE = "name.single_word", "status.destination"


def judged(*people, branch=ONE.name, committee=COMMITTEE):
    table = RawTable(
        sheet="Sổ",
        title=(),
        columns={name: [cells.get(name, "") for cells in people] for name in {**ASKED, "explanation": ""}},
        rows=list(range(3, 3 + len(people))),
        groups=[""] * len(people),
        units=[""] * len(people),
        letters={"full_name": "B"},
    )
    made = assess([(0, table)], LAW)
    return recalled(made, pd.Series(branch, index=range(len(people))), committee, LAW.as_of)


def codes(made):
    """Rule → code of the query, for those that have one."""
    found = made.findings
    return {code: detail["memory"] for code, detail in zip(found["code"], found["detail"], strict=True)
            if "memory" in detail}  # fmt: skip


def levels(made):
    return dict(zip(made.findings["code"], made.findings["level"], strict=True))


def told(code, reason="lũ cuốn cầu", committee=COMMITTEE):
    return replace(committee, decisions=(*committee.decisions, Decision(DecisionKind.EXPLAIN, code, reason)))


def test_every_query_has_a_code_of_its_own_and_errors_and_notes_have_none():
    made = judged({**ASKED, "sex": "nam hay nữ"})
    assert {NAME, PLACE} <= codes(made).keys()
    assert len(set(codes(made).values())) == len(codes(made))
    assert all(map(is_query_code, codes(made).values()))
    assert {levels(made)[code] for code in codes(made)} == {Level.QUERY}
    assert Level.ERROR in levels(made).values()


def test_a_code_names_nobody_and_does_not_change_with_the_line_or_the_other_cells():
    alone, among = judged(ASKED), judged({"full_name": "Trần Thị Mẫu"}, {**ASKED, "moved_to": "", "sex": "Nữ"})
    assert codes(alone)[NAME] == codes(among)[NAME]
    assert codes(judged({**ASKED, "full_name": "THỬ"}))[NAME] == codes(alone)[NAME]


@pytest.mark.parametrize(
    "other",
    [{"full_name": "Mẫu"}, {"birth_on": "06/09/1999"}, {"birth_on": "1999"}],
    ids=["name", "day of birth", "only the year"],
)
def test_somebody_else_has_another_code(other):
    assert codes(judged({**ASKED, **other}))[NAME] != codes(judged(ASKED))[NAME]


def test_another_branch_has_another_code():
    assert codes(judged(ASKED, branch="Chi bộ thôn Hai"))[NAME] != codes(judged(ASKED))[NAME]


def test_a_query_that_was_explained_is_a_note_and_what_else_is_asked_stays():
    code = codes(judged(ASKED))[NAME]
    made = judged(ASKED, committee=told(code))
    assert (levels(made)[NAME], levels(made)[PLACE]) == (Level.NOTE, Level.QUERY)
    detail = made.findings.set_index("code").at[NAME, "detail"]
    assert (detail["reason"], detail["memory"]) == ("lũ cuốn cầu", code)


def test_a_person_of_whom_everything_is_explained_is_valid():
    asked = judged(ASKED)
    assert asked.verdicts.tolist() == [Verdict.WARNED]
    committee = COMMITTEE
    for code in codes(asked).values():
        committee = told(code, committee=committee)
    assert judged(ASKED, committee=committee).verdicts.tolist() == [Verdict.VALID]


def test_what_the_register_explains_itself_needs_no_code():
    made = judged({**ASKED, "explanation": "tên khai sinh một chữ"})
    assert codes(made) == {}
    assert made.findings.set_index("code").at[NAME, "detail"]["reason"] == "tên khai sinh một chữ"


def test_lines_that_nothing_but_the_name_could_tell_apart_have_no_code():
    namesakes = judged({**ASKED, "birth_on": ""}, {**ASKED, "birth_on": "", "citizen_id": "099099000022"})
    assert NAME not in codes(namesakes)
    assert NAME in codes(judged({**ASKED, "birth_on": ""}))


def test_lines_of_no_known_branch_and_without_a_name_have_no_code():
    assert codes(judged(ASKED, branch="")) == {}
    assert codes(judged({**ASKED, "full_name": ""})) == {}


def test_a_branch_by_a_new_name_remembers():
    code = codes(judged(ASKED))[NAME]
    renamed = Branch("01", "Chi bộ thôn Một mở rộng", (ONE.name,))
    made = judged(ASKED, branch=renamed.name, committee=told(code, committee=replace(COMMITTEE, branches=(renamed,))))
    assert levels(made)[NAME] == Level.NOTE


def test_branches_that_merged_remember_for_each_other():
    code = codes(judged(ASKED))[NAME]
    first = replace(ONE, valid_to=date(2026, 3, 31), merged_into="Chi bộ thôn Hai")
    second = Branch("02", "Chi bộ thôn Hai", valid_to=date(2026, 6, 30), merged_into="Chi bộ thôn Ba")
    town = replace(COMMITTEE, branches=(first, second, Branch("03", "Chi bộ thôn Ba")))
    for branch in ("Chi bộ thôn Ba", "Chi bộ thôn Hai"):
        assert levels(judged(ASKED, branch=branch, committee=told(code, committee=town)))[NAME] == Level.NOTE
    assert levels(judged(ASKED, branch="Chi bộ thôn Tư", committee=told(code, committee=town)))[NAME] == Level.QUERY


def test_reasons_typed_beside_codes_become_decisions_and_the_last_one_holds():
    pairs = [("BCDFG-HJKLM", "lũ"), ("bcdfg - hjklm", "lũ cuốn cầu"), ("BCDFG-HJKLN", " "), ("", "lũ"), ("F12", "lũ")]
    assert explanations(pairs) == (Decision(DecisionKind.EXPLAIN, "BCDFG-HJKLM", "lũ cuốn cầu"),)


def test_what_the_committee_book_says_comes_after_the_previous_book_and_holds():
    code = codes(judged(ASKED))[NAME]
    earlier = explanations([(code, "lý do cũ")])
    committee = replace(COMMITTEE, decisions=(*earlier, Decision(DecisionKind.EXPLAIN, code, "lý do mới")))
    made = judged(ASKED, committee=committee)
    assert made.findings.set_index("code").at[NAME, "detail"]["reason"] == "lý do mới"
