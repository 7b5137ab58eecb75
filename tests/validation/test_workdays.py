"""Working days and months; the dates beside each case were worked out by hand from the announced calendars."""

from datetime import date, timedelta

import holidays
import numpy as np
import pandas as pd
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from validation.regulation import load
from validation.workdays import FIRST_YEAR, LAST_YEAR, add_months, calendar_of, checked_through, shipped_overrides


def days(*texts):
    return pd.Series(pd.to_datetime(list(texts)), dtype="datetime64[us]")


@pytest.fixture(scope="module")
def calendar():
    return calendar_of()


ORACLES = [
    pytest.param("2026-02-02", 45, "2026-04-13", "2026-04-06", id="over Tết 2026"),
    pytest.param("2026-02-02", 60, "2026-05-07", "2026-04-27", id="over Tết, Giỗ Tổ and the May days"),
    pytest.param("2025-07-01", 45, "2025-09-04", "2025-09-02", id="over Quốc khánh 2025"),
    pytest.param("2025-01-06", 30, "2025-02-24", "2025-02-17", id="over Tết 2025"),
    pytest.param("2026-10-20", 45, "2026-12-23", "2026-12-22", id="over the new holiday of 24/11"),
]


@pytest.mark.parametrize(("start", "count", "due", "naive"), ORACLES)
def test_a_term_of_working_days_ends_on_the_known_day(calendar, start, count, due, naive):
    assert calendar.add(days(start), count).tolist() == days(due).tolist()


@pytest.mark.parametrize(("start", "count", "due", "naive"), ORACLES)
def test_counting_monday_to_friday_gives_another_and_wrong_day(calendar, start, count, due, naive):
    assert np.busday_offset(start, count, roll="backward") == np.datetime64(naive)
    assert calendar.add(days(start), count)[0] != pd.Timestamp(naive)


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        ("2024-04-29", "2024-05-04"),
        ("2025-05-02", "2025-04-26"),
        ("2026-01-02", "2026-01-10"),
        ("2026-08-31", "2026-08-22"),
    ],
)
def test_an_announced_swap_is_known(calendar, off, worked):
    assert not calendar.is_working(date.fromisoformat(off))
    assert calendar.is_working(date.fromisoformat(worked))


def test_the_trigger_day_is_day_zero(calendar):
    friday, monday = "2025-03-07", "2025-03-10"
    assert calendar.add(days(friday, friday), pd.Series([0, 1])).tolist() == days(friday, monday).tolist()


def test_a_day_off_starts_a_term_like_the_working_day_before_it(calendar):
    friday, saturday, sunday = "2025-03-07", "2025-03-08", "2025-03-09"
    assert calendar.add(days(friday, saturday, sunday), 1).nunique() == 1


def test_counting_back_undoes_counting_forth(calendar):
    start = pd.Series(calendar.days[6000:6300]).astype("datetime64[us]")
    assert calendar.add(calendar.add(start, 45), -45).tolist() == start.tolist()


def test_between_counts_the_days_that_add_walked(calendar):
    start = pd.Series(pd.date_range("2025-01-01", "2026-12-31", unit="us"))
    for count in (1, 30, 45):
        assert (calendar.between(start, calendar.add(start, count)) == count).all()


def test_nothing_lies_between_a_day_and_an_earlier_or_missing_one(calendar):
    assert calendar.between(days("2026-03-10", None, "2026-03-10"), days("2026-03-02", "2026-03-02", None)).eq(0).all()


def test_a_missing_day_or_count_stays_missing(calendar):
    assert calendar.add(days("2026-03-02", None), pd.Series([np.nan, 5])).isna().all()


def test_a_day_beyond_the_known_years_has_no_answer(calendar):
    assert calendar.add(days(f"{FIRST_YEAR - 1}-06-01", f"{LAST_YEAR}-12-30", f"{LAST_YEAR + 1}-01-01"), 5).isna().all()
    with pytest.raises(ValueError, match=str(LAST_YEAR)):
        calendar.is_working(date(LAST_YEAR + 1, 1, 1))


def test_the_index_of_the_asker_is_kept(calendar):
    asked = days("2026-03-02", "2026-03-03").set_axis([70, 30])
    assert calendar.add(asked, 5).index.tolist() == [70, 30]
    assert add_months(asked, 12).index.tolist() == [70, 30]


def test_a_clerk_overrules_the_shipped_table_and_the_table_the_library():
    day = date(2026, 1, 2)
    assert holidays.country_holidays("VN").is_working_day(day)
    assert not calendar_of().is_working(day)
    assert calendar_of({day: True}).is_working(day)


def test_a_clerks_day_off_moves_a_due_day(calendar):
    monday = pd.Timestamp("2025-03-10")
    corrected = calendar_of({monday.date(): False})
    assert calendar.add(days("2025-03-07"), 1)[0] == monday
    assert corrected.add(days("2025-03-07"), 1)[0] == monday + timedelta(days=1)


@pytest.mark.parametrize("day", shipped_overrides(), ids=str)
def test_a_shipped_line_is_still_needed(day):
    knows = holidays.country_holidays("VN", years=range(day.year - 1, day.year + 2)).is_working_day(day)
    assert knows != shipped_overrides()[day], f"the library now knows {day}: remove it from workday_overrides.toml"


def test_no_line_is_shipped_for_a_year_not_yet_compared():
    assert max(shipped_overrides()).year <= checked_through()


def test_the_calendar_was_compared_for_the_year_of_the_newest_regulation():
    newest = max(law.in_force_from.year for law in load().central)
    assert newest <= checked_through(), (
        f"Regulations reach {newest}, but the announced days off and swaps were compared only through "
        f"{checked_through()}: compare, add what the library lacks to workday_overrides.toml, raise checked_through."
    )


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        pytest.param("2024-10-10", 12, "2025-10-10", id="a probation"),
        pytest.param("2024-02-29", 12, "2025-02-28", id="a leap day ends on the last of February"),
        pytest.param("2023-02-28", 12, "2024-02-28", id="the last of February stays the 28th"),
        pytest.param("2025-01-31", 12, "2026-01-31", id="a long month"),
        pytest.param("2020-01-15", 60, "2025-01-15", id="a certificate"),
        pytest.param("2025-08-31", 6, "2026-02-28", id="into a short month"),
    ],
)
def test_months_are_calendar_months(start, months, end):
    assert add_months(days(start), months).tolist() == days(end).tolist()


@given(st.lists(st.tuples(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.integers(-900, 900)), min_size=1))
def test_months_are_those_of_dateutil(pairs):
    starts, months = zip(*pairs, strict=True)
    later = add_months(pd.Series(starts).astype("datetime64[us]"), pd.Series(months))
    assert [day.date() for day in later] == [day + relativedelta(months=count) for day, count in pairs]


def test_each_day_may_have_its_own_months():
    later = add_months(days("2024-02-29", "2024-02-29", None, "2024-02-29"), pd.Series([12, 48, 12, np.nan]))
    assert later.isna().tolist() == [False, False, True, True]
    assert later[:2].tolist() == days("2025-02-28", "2028-02-29").tolist()
    assert later.dtype == "datetime64[us]"


def test_many_equal_days_are_all_answered_in_their_order():
    asked = days(*["2024-01-31", "2023-05-05"] * 50)
    assert add_months(asked, 1).tolist() == days(*["2024-02-29", "2023-06-05"] * 50).tolist()


def test_the_library_is_asked_once_and_a_correction_stays_in_its_own_calendar(monkeypatch):
    day = date(2026, 11, 23)
    assert calendar_of().is_working(day)
    monkeypatch.setattr("validation.workdays.holidays", None)
    assert not calendar_of({day: False}).is_working(day)
    assert calendar_of().is_working(day)
