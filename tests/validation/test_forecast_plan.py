"""Counting back: the last safe day of every act, over New Year, holidays and days worked in exchange."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validation.durations import Lesson
from validation.forecast import forecast
from validation.forecast_chain import ACTS, Horizon
from validation.forecast_plan import Basis, latest_start
from validation.regulation import load
from validation.workdays import calendar_of

CALENDAR = calendar_of()
NOTHING = dict.fromkeys(ACTS, Lesson(0, 0))


@pytest.fixture
def planned(register):
    """The plan of one person as act → (last safe day, basis)."""

    def plan(person, as_of, until, learnt=NOTHING, counted_by="ceremony_on", **where):
        people = register({"helper_assigned_on": "2023-01-05", "birth_on": "1998-05-09", **person})
        overlays, blind = where.get("overlays", ()), where.get("blind", ())
        horizon = Horizon(load(overlays), CALENDAR, date.fromisoformat(as_of), date.fromisoformat(until), counted_by)
        made = forecast(people, horizon, learnt, pd.DataFrame([{column: column in blind for column in ACTS}]))
        days, basis = made.plan.days.iloc[0].dropna(), made.plan.basis.iloc[0]
        return {column: (f"{day:%Y-%m-%d}", basis[column]) for column, day in days.items()}

    return plan


@pytest.mark.parametrize(
    ("end", "count", "start"),
    [
        # December has 23 working days, November's last 7 are 19, 20, 23, 25, 26, 27, 30: the 24th is a holiday.
        pytest.param("2026-12-31", 30, "2026-11-18", id="over the day of culture"),
        # March has 22; before them 23 to 27 and 11, 12, 13 February: 16 to 20 is the New Year.
        pytest.param("2026-03-31", 30, "2026-02-10", id="over the lunar New Year"),
        # 2 to 10 February 7; January 21 with Saturday the 10th, worked for Friday the 2nd; December's last 17.
        pytest.param("2026-02-10", 45, "2025-12-08", id="over a day worked in exchange"),
        # 3 to 16 September 10, without the 1st and 2nd; August 20 from the 4th, with Saturday 22 for Monday 31.
        pytest.param("2026-09-16", 30, "2026-08-03", id="over the National Day"),
        # Saturday and Sunday are over when Friday is.
        pytest.param("2026-03-15", 1, "2026-03-12", id="to a Sunday"),
        # From Friday, Saturday or Sunday the first working day is Monday.
        pytest.param("2026-03-16", 1, "2026-03-15", id="to a Monday"),
    ],
)
def test_the_last_day_from_which_a_term_is_over_in_time(end, count, start):
    assert latest_start(CALENDAR, pd.Series(pd.to_datetime([end])), count).tolist() == [pd.Timestamp(start)]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.dates(date(2020, 1, 1), date(2030, 12, 31)), min_size=1, max_size=50), st.integers(1, 90))
def test_a_term_from_that_day_is_kept_and_from_the_next_it_is_not(ends, count):
    days = pd.Series(pd.to_datetime(ends)).astype("datetime64[us]")
    starts = latest_start(CALENDAR, days, count)

    assert (CALENDAR.add(starts, count) <= days).all()
    assert (CALENDAR.add(starts + pd.Timedelta(days=1), count) > days).all()


def test_from_a_certificate_the_law_alone_counts_back(planned):
    """45 working days before 18/11: 13 of November, 22 of October, the last 10 of September, from the 17th on."""
    made = planned({"certificate_on": "2026-01-15"}, "2026-06-01", "2026-12-31")

    assert made == {
        "dossier_opened_on": ("2026-08-03", Basis.NONE),
        "applied_on": ("2026-08-03", Basis.NONE),
        "vetting_sent_on": ("2026-08-03", Basis.PROVISIONAL),
        "vetting_result_on": ("2026-09-16", Basis.NONE),
        "union_resolved_on": ("2026-09-16", Basis.NONE),
        "residence_opinion_on": ("2026-09-16", Basis.NONE),
        "branch_resolved_on": ("2026-09-16", Basis.LAW),
        "committee_resolved_on": ("2026-11-18", Basis.NONE),
        "dossier_sent_on": ("2026-11-18", Basis.NONE),
        "decided_on": ("2026-11-18", Basis.PROVISIONAL),
        "ceremony_on": ("2026-12-31", Basis.TARGET),
    }


def test_a_term_is_the_laws_own_only_where_it_starts_on_the_day_the_law_names(planned):
    """The ceremony: since 26/07/2026 from issuing the decision. The reply to a vetting: from the request's arrival."""
    before, after = (
        planned({"certificate_on": "2026-01-15"}, as_of, "2026-12-31") for as_of in ("2026-07-25", "2026-07-26")
    )

    assert [one["decided_on"][1] for one in (before, after)] == [Basis.PROVISIONAL, Basis.LAW]
    assert [one["vetting_sent_on"][1] for one in (before, after)] == [Basis.PROVISIONAL, Basis.PROVISIONAL]


def test_a_running_term_from_a_day_that_stands_in_is_provisional(planned):
    """Sent on 01/06/2026: 30 working days end on 10/07, 21 of them in June after the 1st and 8 in July by then."""
    made = planned({"certificate_on": "2026-01-15", "vetting_sent_on": "2026-06-01"}, "2026-06-02", "2026-12-31")

    assert made["vetting_result_on"][1] == Basis.PROVISIONAL


def test_months_to_be_confirmed_draw_the_resolution_later_and_say_so(planned):
    """Helped since 01/11/2025, so for twelve months on 01/11/2026; the terms would ask for 16/09."""
    made = planned({"certificate_on": "2026-01-15", "helper_assigned_on": "2025-11-01"}, "2026-08-01", "2026-12-31")

    assert made["branch_resolved_on"] == ("2026-11-01", Basis.CONFIRM)
    late = planned({"certificate_on": "2026-01-15", "helper_assigned_on": "2026-02-01"}, "2026-08-01", "2026-12-31")
    assert late["branch_resolved_on"] == ("2026-09-16", Basis.LAW)


def test_the_plan_goes_round_the_new_year(planned):
    """Vetting: 6 working days of December, 20 of November, 28 to 31 October 2025."""
    made = planned({"certificate_on": "2024-08-15"}, "2025-10-01", "2026-03-31")

    assert {column: day for column, (day, basis) in made.items() if basis != Basis.NONE} == {
        "vetting_sent_on": "2025-10-27",
        "branch_resolved_on": "2025-12-08",
        "decided_on": "2026-02-10",
        "ceremony_on": "2026-03-31",
    }


def test_where_no_law_sets_a_term_the_upper_quartile_is_left(planned):
    learnt = {column: Lesson(9, 9, usual=10, most=14) for column in ACTS}
    made = planned({"certificate_on": "2026-01-15"}, "2026-06-01", "2026-12-31", learnt)

    assert made["residence_opinion_on"] == ("2026-09-02", Basis.EXPERIENCE)
    assert made["union_resolved_on"] == ("2026-08-19", Basis.EXPERIENCE)
    assert made["dossier_sent_on"] == ("2026-11-04", Basis.EXPERIENCE)
    assert made["committee_resolved_on"] == ("2026-10-21", Basis.EXPERIENCE)
    assert made["branch_resolved_on"] == ("2026-09-16", Basis.LAW)


def test_the_committee_is_never_asked_before_the_branch(planned):
    learnt = {**NOTHING, "decided_on": Lesson(9, 9, usual=80, most=90)}
    made = planned({"certificate_on": "2026-01-15"}, "2026-06-01", "2026-12-31", learnt)

    assert made["branch_resolved_on"] == ("2026-09-16", Basis.LAW)
    assert made["committee_resolved_on"] == ("2026-09-16", Basis.EARLIEST)


def test_a_local_term_of_the_committee_is_kept(planned):
    """In Ha Noi 25 working days after 16/09: 17 to 30 September 10, then 15 of October, to the 21st."""
    made = planned({"certificate_on": "2026-01-15"}, "2026-06-01", "2026-12-31", overlays=("ha-noi",))

    assert made["committee_resolved_on"] == ("2026-10-21", Basis.LAW)
    assert made["dossier_sent_on"] == ("2026-09-23", Basis.LAW)


@pytest.mark.parametrize(("certified", "resolve"), [("2021-09-15", "2026-09-15"), ("2021-09-17", "2026-09-16")])
def test_a_certificate_that_lapses_sooner_draws_the_resolution_nearer(planned, certified, resolve):
    assert planned({"certificate_on": certified}, "2026-06-01", "2026-12-31")["branch_resolved_on"][0] == resolve


def test_a_dossier_that_lapses_sooner_does_too(planned):
    made = planned({"certificate_on": "2025-01-15", "applied_on": "2025-07-20"}, "2026-06-01", "2026-12-31")

    assert made["branch_resolved_on"] == ("2026-07-20", Basis.LAW)
    assert made["residence_opinion_on"] == ("2026-07-20", Basis.NONE)


def test_a_term_that_runs_already_is_the_last_day(planned):
    """Resolved on 02/02/2026: 45 working days end on 13/04, months before the target would ask for it."""
    made = planned({"branch_resolved_on": "2026-02-02"}, "2026-03-01", "2026-12-31")

    assert made["decided_on"] == ("2026-04-13", Basis.LAW)
    assert made["ceremony_on"] == ("2026-12-31", Basis.TARGET)


def test_nothing_is_asked_before_the_law_allows_it(planned):
    """Of age on 01/12: the terms from there are cut short. Before it 20 days of November and 20 to 30 October."""
    made = planned({"birth_on": "2008-12-01", "certificate_on": "2026-01-15"}, "2026-06-01", "2026-12-31")

    assert made["branch_resolved_on"] == made["decided_on"] == ("2026-12-01", Basis.EARLIEST)
    assert made["committee_resolved_on"] == ("2026-12-01", Basis.NONE)
    assert made["vetting_sent_on"] == ("2026-10-19", Basis.PROVISIONAL)


def test_counted_by_the_decision_the_way_ends_there(planned):
    made = planned({"certificate_on": "2026-01-15"}, "2026-06-01", "2026-12-31", counted_by="decided_on")

    assert list(made)[-3:] == ["committee_resolved_on", "dossier_sent_on", "decided_on"]
    assert made["decided_on"] == ("2026-12-31", Basis.TARGET)


def test_what_the_sheet_cannot_tell_of_is_not_asked_but_its_time_is_left(planned):
    learnt = {column: Lesson(9, 9, usual=10, most=14) for column in ACTS}
    person = {"certificate_on": "2026-01-15"}
    seen = planned(person, "2026-06-01", "2026-12-31", learnt)
    blind = planned(person, "2026-06-01", "2026-12-31", learnt, blind=("union_resolved_on", "residence_opinion_on"))

    assert set(seen) - set(blind) == {"union_resolved_on", "residence_opinion_on"}
    assert seen["vetting_result_on"] == blind["vetting_result_on"]


def test_the_plan_of_who_is_sure_rests_on_the_law_alone(planned):
    """Resolved on 16/09, seen on 31/10: decided by 18/11, 45 working days later; no law dates the committee's act."""
    learnt = {column: Lesson(9, 9, usual=10, most=40) for column in ACTS}
    papers = {"certificate_on": "2024-08-15", "applied_on": "2025-11-03", "vetting_result_on": "2025-12-01"}
    resolved = {**papers, "branch_resolved_on": "2026-09-16"}

    assert planned(resolved, "2026-10-31", "2026-12-31", learnt) == {
        "decided_on": ("2026-11-18", Basis.LAW),
        "ceremony_on": ("2026-12-31", Basis.TARGET),
    }
    in_ha_noi = planned(resolved, "2026-10-01", "2026-12-31", learnt, overlays=("ha-noi",))
    assert in_ha_noi["committee_resolved_on"] == ("2026-10-21", Basis.LAW)
