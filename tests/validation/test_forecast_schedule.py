"""Who is on schedule. Days due are 2026's: 45 working days from resolution to decision, 30 from there to ceremony."""

from datetime import date

import pytest

from validation.forecast_schedule import on_schedule
from validation.regulation import load
from validation.vocabulary import LEFT, Stage
from validation.workdays import calendar_of

RULEBOOK, CALENDAR = load(), calendar_of()
AS_OF = date(2026, 9, 1)

#: What must lie behind a resolution, good for one from 01/12/2025 to 03/11/2026.
BEHIND = {
    "birth_on": "1998-05-09",
    "certificate_on": "2024-08-15",
    "applied_on": "2025-11-03",
    "vetting_result_on": "2025-12-01",
}


@pytest.fixture
def answers(register):
    def ask(*people, until=date(2026, 12, 31), counted_by="ceremony_on", as_of=AS_OF):
        frame = register(*({**BEHIND, **cells} for cells in people))
        return on_schedule(frame, RULEBOOK, CALENDAR, as_of, until, counted_by).tolist()

    return ask


@pytest.mark.parametrize(("until", "expected"), [(12, False), (13, True), (14, True)])
def test_a_resolution_counts_when_its_decision_is_due_by_the_day(answers, until, expected):
    """Resolved on 02/02/2026, to be decided by 13/04/2026: 45 working days, Tet among them."""
    resolved = {"branch_resolved_on": "2026-02-02"}
    asked = answers(resolved, until=date(2026, 4, until), counted_by="decided_on", as_of=date(2026, 3, 1))
    assert asked == [expected]


@pytest.mark.parametrize(("until", "expected"), [(15, False), (16, True), (17, True)])
def test_a_decision_counts_when_its_ceremony_is_due_by_the_day(answers, until, expected):
    """Issued on 03/08/2026: the 30th working day is 16/09, as Saturday 22/08 is worked for 31/08."""
    decided = {"branch_resolved_on": "2026-06-15", "decided_on": "2026-08-03"}
    due = answers(decided, until=date(2026, 9, until), as_of=date(2026, 8, 10))
    assert due == [expected]


def test_from_a_resolution_both_deadlines_are_added(answers):
    """45 working days to the decision, then 30 to the ceremony."""
    early, late = {"branch_resolved_on": "2026-08-10"}, {"branch_resolved_on": "2026-10-10"}
    assert answers(early, late, as_of=date(2026, 10, 12)) == [True, False]


def test_a_deadline_let_pass_is_no_schedule(answers):
    undecided = {"branch_resolved_on": "2026-02-02"}
    uncelebrated = {**undecided, "decided_on": "2026-03-02", "decision_received_on": "2026-03-02"}
    assert answers(undecided, uncelebrated) == [False, False]
    assert answers(undecided, counted_by="decided_on", as_of=date(2026, 3, 3)) == [True]
    assert answers(undecided, uncelebrated, as_of=date(2026, 3, 3)) == [False, True]


def test_only_people_who_wait_are_counted(answers, person):
    recent = {"branch_resolved_on": "2026-08-10"}
    waiting = (Stage.AWAITING_DECISION, Stage.AWAITING_CEREMONY)
    rest = [person(stage) for stage in Stage if stage not in waiting]
    assert answers(*rest, recent) == [*[False] * len(rest), True]


@pytest.mark.parametrize("status", sorted(LEFT))
def test_those_who_left_are_not_counted(answers, status):
    assert answers({"branch_resolved_on": "2026-08-10", "status": status}) == [False]


def test_counted_by_the_decision_a_decided_person_is_no_forecast(answers):
    decided = {"branch_resolved_on": "2026-07-01", "decided_on": "2026-08-20"}
    assert answers(decided, counted_by="decided_on") == [False]
    assert answers(decided, counted_by="ceremony_on") == [True]


@pytest.mark.parametrize("resolved", ["2026-08-10", "2026-10-10"])
@pytest.mark.parametrize("ahead", [{"decided_on": "2026-11-01"}, {"ceremony_on": "2026-11-02"}])
def test_an_act_dated_ahead_is_no_promise_and_changes_no_forecast(answers, resolved, ahead):
    waiting = {"branch_resolved_on": resolved}
    expected = answers(waiting, as_of=date(2026, 10, 12))
    assert answers({**waiting, **ahead}, as_of=date(2026, 10, 12)) == expected == [resolved == "2026-08-10"]


def test_a_day_known_only_by_its_year_promises_nothing(answers):
    assert answers({"branch_resolved_on": 2026}, {"branch_resolved_on": "2026-06-15", "decided_on": 2026}) == [
        False,
        False,
    ]


def test_nobody_waiting_is_no_trouble(answers):
    assert answers() == []
    assert answers({"full_name": "Hoàng Thị Thử"}) == [False]


def test_another_way_of_counting_is_refused(answers):
    with pytest.raises(ValueError, match="recognized_on"):
        answers({}, counted_by="recognized_on")
