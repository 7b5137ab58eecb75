"""Which of a person's lines counts, and what people have said about it."""

import pytest

from workbook.committee import Decision, DecisionKind
from workbook.matching import Bond, DoubleKind
from workbook.matching.rulings import Ruling, answered, group_code, ruling, rulings

ONE, TWO, THREE = "Chi bộ thôn Một", "Chi bộ thôn Hai", "Chi bộ thôn Ba"
WHO = {"full_name": "Nguyễn Thị Thử", "birth_on": "05/09/1999", "citizen_id": "099199412345"}
OTHER = {**WHO, "branch": TWO}
AWAY = {"status": "Chuyển đi", "status_changed_on": "01/06/2026"}
HERE = {"status": "Chuyển đến", "status_changed_on": "05/06/2026"}
FURTHER = {"certificate_on": "20/06/2025"}

LINES = {
    "moved here beats followed": ([WHO, {**OTHER, **HERE}], 1),
    "followed beats moved away, however far on": ([{**WHO, **AWAY, **FURTHER}, OTHER], 1),
    "of two who left the latest": ([{**WHO, **AWAY}, {**OTHER, **AWAY, "status_changed_on": "01/07/2026"}], 1),
    "the one furthest on": ([WHO, {**OTHER, **FURTHER}], 1),
    "the newest file": ([WHO, {**OTHER, "received_at": "2026-11-05"}], 1),
    "the one counted before, whichever file is newer": (
        [{**WHO, "counted_before": True}, {**OTHER, "received_at": "2026-11-05"}],
        0,
    ),
    "the one furthest on beats the one counted before": ([{**WHO, "counted_before": True}, {**OTHER, **FURTHER}], 1),
    "the first": ([WHO, OTHER], 0),
    "moved twice": (
        [{**WHO, **AWAY}, {**OTHER, **AWAY, "status_changed_on": "01/09/2026"}, {**WHO, "branch": THREE}],
        2,
    ),
    "of two moved here the latest": ([{**WHO, **HERE}, {**OTHER, **HERE, "status_changed_on": "01/07/2026"}], 1),
}


@pytest.mark.parametrize(("lines", "counts"), LINES.values(), ids=list(LINES))
def test_one_line_counts_by_the_stated_rule(match, lines, counts):
    assert set(match(*lines).stands_for) == {counts}


KINDS = {
    "two of one branch": ([WHO, WHO], DoubleKind.TWICE),
    "two branches, nobody moved": ([WHO, OTHER], DoubleKind.TWICE),
    "moved away": ([{**WHO, **AWAY}, OTHER], DoubleKind.MOVED),
    "moved here": ([WHO, {**OTHER, **HERE}], DoubleKind.MOVED),
    "a place moved to": ([{**WHO, "moved_to": "thôn Hai"}, OTHER], DoubleKind.MOVED),
    "a new helper after the last step": (
        [{**WHO, **FURTHER}, {**OTHER, **FURTHER, "helper_assigned_on": "01/07/2026"}],
        DoubleKind.MOVED,
    ),
    "the same helper as before": (
        [
            {**WHO, **FURTHER, "helper_assigned_on": "01/03/2025"},
            {**OTHER, **FURTHER, "helper_assigned_on": "01/03/2025"},
        ],
        DoubleKind.TWICE,
    ),
    "moved within the branch": ([{**WHO, **AWAY}, WHO], DoubleKind.TWICE),
}


@pytest.mark.parametrize(("lines", "kind"), KINDS.values(), ids=list(KINDS))
def test_moving_is_told_from_counting_twice(match, lines, kind):
    assert list(match(*lines).kinds) == [kind]


# --- What people say -----------------------------------------------------------------------------------------------


def decided(match, lines, answer):
    """The lines matched again once the first pair has been given an answer."""
    first = match(*lines)
    one, other = first.pairs.loc[0, ["one", "other"]]
    code = group_code([first.codes[one], first.codes[other]])
    return match(*lines, decisions=answered([(code, answer)]))


NAMESAKE = {**OTHER, "citizen_id": ""}


def test_two_people_stay_two_and_are_not_asked_about_again(match):
    again = decided(match, [WHO, OTHER], "Là hai người khác nhau")
    assert list(again.pairs["bond"]) == [Bond.PARTED]
    assert list(again.stands_for) == [0, 1]


def test_one_person_is_one_although_nothing_but_name_and_birth_agree(match):
    again = decided(match, [WHO, NAMESAKE], "Là một người")
    assert list(again.pairs["bond"]) == [Bond.CERTAIN]
    assert list(again.stands_for) == [0, 0]


def test_the_branch_that_a_person_chose_counts(match):
    again = decided(match, [WHO, NAMESAKE], f"là một người; tính ở  {TWO.upper()}")
    assert list(again.stands_for) == [1, 1]


def test_a_branch_that_says_moved_away_cannot_be_chosen_while_another_has_the_person(match):
    lines = [{**WHO, **AWAY}, {**OTHER, **HERE}]
    assert list(decided(match, lines, f"Là một người; tính ở {ONE}").stands_for) == [1, 1]
    both_away = [{**WHO, **AWAY}, {**OTHER, **AWAY, "status_changed_on": "01/07/2026"}]
    assert list(decided(match, both_away, f"Là một người; tính ở {ONE}").stands_for) == [0, 0]


def test_one_person_may_be_said_of_lines_that_no_rule_compares(match):
    stranger = {"full_name": "Lê Văn Khác", "birth_on": "01/01/1980", "branch": TWO}
    codes = match(WHO, stranger).codes
    said = Decision(DecisionKind.PERSON, group_code(codes), "Là một người")
    assert list(match(WHO, stranger, decisions=[said]).stands_for) == [0, 0]


def test_parting_two_of_three_asks_again_about_the_third(match):
    three = [WHO, OTHER, {**WHO, "branch": THREE}]
    codes = match(*three).codes
    said = Decision(DecisionKind.PERSON, group_code([codes[0], codes[1]]), "Là hai người khác nhau")
    again = match(*three, decisions=[said])
    assert list(again.stands_for) == [0, 1, 2]
    assert sorted(again.pairs["bond"]) == [Bond.ASKED, Bond.ASKED, Bond.PARTED]


def test_the_code_of_a_line_needs_no_number_and_outlives_a_new_one(match):
    before, after = match(WHO, OTHER).codes, match({**WHO, "citizen_id": ""}, {**OTHER, **HERE}).codes
    assert list(before) == list(after)
    assert before[0] != before[1]
    assert not any(letter in "AEIOUY0123456789" for code in before for letter in code)


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("Là một người", Ruling(("BCDFGH", "JKLMNP"), same=True)),
        ("LÀ  MỘT NGƯỜI", Ruling(("BCDFGH", "JKLMNP"), same=True)),
        ("Là một người; tính ở Chi bộ A, B", Ruling(("BCDFGH", "JKLMNP"), same=True, branch="Chi bộ A, B")),
        ("Là hai người khác nhau", Ruling(("BCDFGH", "JKLMNP"), same=False)),
        ("chưa rõ", None),
        ("", None),
    ],
)
def test_an_answer_is_understood_or_passed_over(answer, wanted):
    assert ruling("bcdfgh - JKLMNP", answer) == wanted


def test_a_decision_reads_back_as_it_was_answered():
    code = "BCDFGH-JKLMNP"
    for answer in ("Là một người", "Là một người; tính ở Chi bộ thôn Hai", "Là hai người khác nhau"):
        assert [one.content for one in answered([(code, answer)])] == [answer]
        assert rulings(answered([(code, answer)]))[0].content == answer


def test_of_several_answers_the_last_holds_but_one_person_does_not_unsay_the_branch():
    code, at = "BCDFGH-JKLMNP", "Là một người; tính ở Chi bộ thôn Hai"
    assert [one.content for one in answered([(code, at), (code, "Là một người")])] == [at]
    assert [one.content for one in answered([(code, at), (code, "Là hai người khác nhau")])] == [
        "Là hai người khác nhau"
    ]
    assert answered([(code, ""), ("1", "Là một người"), (code, "để xem")]) == ()
