"""What finished cases teach: how long an act takes beyond all before it, and only where enough of them say so."""

from datetime import date, timedelta

import pytest

from validation.durations import ENOUGH, Lesson, learn
from validation.forecast_chain import ACTS, Horizon
from validation.regulation import load
from validation.workdays import calendar_of

HORIZON = Horizon(load(), calendar_of(), date(2026, 9, 1), date(2026, 12, 31), "ceremony_on")
FIRST = date(2025, 1, 1)


def case(*gaps: int, **changes: object) -> dict[str, object]:
    """A person admitted; one gap in days before every act of the chain, the first since becoming a sympathizer."""
    days, day = {"sympathizer_on": FIRST}, FIRST
    for column, gap in zip(ACTS, gaps, strict=True):
        day = days[column] = day + timedelta(days=gap)
    return {**{column: on.isoformat() for column, on in days.items()}, **changes}


def even(gap: int, **changes: object) -> dict[str, object]:
    return case(*[gap] * len(ACTS), **changes)


def test_an_act_takes_the_days_since_the_one_before(register):
    """Gaps 1 to 8: the median of eight is 4.5, the upper quartile 6.25; both are rounded up to whole days."""
    lessons = learn(register(*map(even, range(1, ENOUGH + 1))), HORIZON)

    assert set(lessons.values()) == {Lesson(dated=8, cases=8, usual=5, most=7)}
    assert list(lessons) == list(ACTS)


def test_seven_cases_teach_nothing(register):
    lessons = learn(register(*[even(10)] * (ENOUGH - 1)), HORIZON)

    assert set(lessons.values()) == {Lesson(dated=7, cases=7)}


def test_acts_done_side_by_side_are_not_counted_twice(register):
    """The union resolved while vetting was under way: it added no day of its own."""
    lessons = learn(register(*[even(10, union_resolved_on="2025-02-01")] * ENOUGH), HORIZON)

    assert (lessons["vetting_result_on"].usual, lessons["union_resolved_on"].usual) == (10, 0)
    assert lessons["residence_opinion_on"].usual == 20


def test_the_time_of_an_act_nobody_dates_lies_within_the_next(register):
    lessons = learn(register(*[even(10, dossier_sent_on=None)] * ENOUGH), HORIZON)

    assert lessons["dossier_sent_on"] == Lesson(dated=0, cases=0)
    assert lessons["decided_on"].usual == 20


def test_a_case_that_skips_an_act_others_date_says_nothing_of_the_next(register):
    """Else the time of two acts would be taken for that of one."""
    short = [even(10, dossier_sent_on=None)] * 20
    lessons = learn(register(*[even(10)] * ENOUGH, *short), HORIZON)

    assert (lessons["decided_on"].cases, lessons["decided_on"].usual) == (ENOUGH, 10)


@pytest.mark.parametrize(
    "impossible",
    [{"decided_on": "2025-02-01"}, {"vetting_result_on": "2025-01-20"}, {"ceremony_on": "2025-03-01"}],
)
def test_a_case_whose_days_cannot_be_in_their_order_teaches_nothing(register, impossible):
    """Else an act before its predecessor would pass for one that takes no day."""
    seven = [even(10)] * (ENOUGH - 1)
    lessons = learn(register(*seven, even(10, **impossible)), HORIZON)
    many = learn(register(*[even(10)] * ENOUGH, *[even(10, **impossible)] * ENOUGH), HORIZON)

    assert set(lessons.values()) == {Lesson(dated=7, cases=7)}
    assert set(many.values()) == {Lesson(dated=8, cases=8, usual=10, most=10)}


@pytest.mark.parametrize("unfinished", [{"ceremony_on": None}, {"ceremony_on": 2025}, {"ceremony_on": "2026-09-02"}])
def test_only_people_admitted_by_the_day_are_cases(register, unfinished):
    lessons = learn(register(*[even(10)] * ENOUGH, even(300, **unfinished)), HORIZON)

    assert {lesson.usual for lesson in lessons.values()} == {10}


def test_a_day_known_only_by_its_year_is_no_date(register):
    lessons = learn(register(*[even(10)] * ENOUGH, even(10, decided_on=2025)), HORIZON)

    assert (lessons["decided_on"].dated, lessons["ceremony_on"].cases) == (ENOUGH, ENOUGH)


def test_nobody_admitted_teaches_nothing(register):
    assert set(learn(register(), HORIZON).values()) == {Lesson(dated=0, cases=0)}
