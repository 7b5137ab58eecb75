"""Which clocks run, when they are due, and how late they are; the persons are made up of nothing but dates."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from dateutil.relativedelta import relativedelta

from validation.deadlines import COLUMNS, MAIN_EVENTS, clocks, next_due, overdue
from validation.regulation import DOSSIER_STARTED, PROBATION_ENDS, Unit, load, overlay_names
from validation.vocabulary import CODE_COLUMNS, COUNT_COLUMNS, DATE_COLUMNS, LEFT, TEXT_COLUMNS, Status, year_of
from validation.workdays import calendar_of

RULEBOOK = load(overlay_names())
CALENDAR = calendar_of()
TODAY = date(2026, 11, 22)


def typed(*persons):
    """A typed frame; a date cell is an ISO day, or a bare year where no more is legible."""
    made = {"file": np.zeros(len(persons), "int64"), "table": np.zeros(len(persons), "int64")}
    made["row"] = np.arange(2, 2 + len(persons), dtype="int64")
    for column in ("name_key", "target_groups", *TEXT_COLUMNS, *CODE_COLUMNS):
        made[column] = pd.array([person.get(column) for person in persons], dtype="str")
    for column in COUNT_COLUMNS:
        made[column] = pd.array([person.get(column) for person in persons], dtype="Int64")
    for column in DATE_COLUMNS:
        cells = [person.get(column) for person in persons]
        days = [cell if isinstance(cell, str) else "NaT" for cell in cells]
        made[column] = np.array(days, dtype="datetime64[us]")
        made[year_of(column)] = np.array([int(str(cell or 0)[:4]) for cell in cells], dtype="int16")
    return pd.DataFrame(made)  # at once: a frame that grows by a column is thrice as slow


def run(*persons, as_of=TODAY, rulebook=None):
    return clocks(typed(*persons), rulebook or load(), CALENDAR, as_of)


def clock(key, person, as_of=TODAY, rulebook=None):
    """The one clock of a deadline for one person."""
    found = run(person, as_of=as_of, rulebook=rulebook).query("key == @key")
    assert len(found) == 1
    return found.iloc[0]


def keys_of(found):
    return found["key"].tolist()


# Every deadline of every era, at its edges


def inside(era):
    """A day well inside an era, for the last one shortly after its start."""
    middle = (era.end - era.start) / 2 if era.end else timedelta(days=40)
    return era.start + middle


def person_with(column, day):
    """The least a register must hold for a clock to start that day."""
    if column == DOSSIER_STARTED:
        return {"residence_opinion_on": day.isoformat()}
    if column == PROBATION_ENDS:
        return {"ceremony_on": (day - relativedelta(years=1)).isoformat()}
    return {column: day.isoformat()}


def walked(start, deadline):
    """The due day found the slow way, one day after another."""
    if deadline.unit is Unit.CALENDAR_MONTHS:
        return start + relativedelta(months=deadline.count)
    day, left = start, deadline.count
    while left:
        day += timedelta(days=1)
        left -= CALENDAR.is_working(day)
    return day


EDGES = [
    pytest.param(era, trigger, id=f"{key} {trigger} {era.start}")
    for key in RULEBOOK.keys
    for era in RULEBOOK.eras(key)
    for trigger in era.applied.deadline.triggers
]


@pytest.mark.parametrize(("era", "trigger"), EDGES)
@pytest.mark.parametrize(
    ("shift", "late"),
    [pytest.param(-1, False, id="day before"), pytest.param(0, False, id="day"), pytest.param(1, True, id="day after")],
)
def test_a_clock_is_late_from_the_day_after_its_due_day(era, trigger, shift, late):
    deadline, start = era.applied.deadline, inside(era)
    due = walked(start, deadline)
    found = clock(deadline.key, person_with(trigger, start), due + timedelta(days=shift), RULEBOOK)
    assert (found["started_on"].date(), found["due_on"].date()) == (start, due)
    assert found["open"]
    assert (found["days_late"] > 0) == late
    assert found["days_left"] == -shift
    assert found["regulation"] == era.applied.regulation.id


@pytest.mark.parametrize(("era", "trigger"), EDGES)
@pytest.mark.parametrize(
    ("shift", "late"),
    [pytest.param(-1, False, id="day before"), pytest.param(0, False, id="day"), pytest.param(1, True, id="day after")],
)
def test_an_act_is_late_from_the_day_after_its_due_day(era, trigger, shift, late):
    deadline, start = era.applied.deadline, inside(era)
    done = walked(start, deadline) + timedelta(days=shift)
    person = person_with(trigger, start) | {deadline.done: done.isoformat()}
    found = clock(deadline.key, person, done + timedelta(days=400), RULEBOOK)
    assert not found["open"]
    assert found["done_on"].date() == done
    assert (found["days_late"] > 0) == late
    assert pd.isna(found["days_left"])


# Days known by hand


@pytest.mark.parametrize(
    ("resolved", "count", "due"),
    [
        pytest.param("2025-06-16", 60, "2025-09-10", id="resolved under 232, though decided under 294"),
        pytest.param("2025-07-01", 45, "2025-09-04", id="first day of 294"),
        pytest.param("2026-02-02", 45, "2026-04-13", id="over Tết"),
        pytest.param("2026-10-20", 45, "2026-12-23", id="over 24/11"),
    ],
)
def test_the_decision_is_due_by_the_rules_of_the_day_the_branch_resolved(resolved, count, due):
    found = clock("admission_decision", {"branch_resolved_on": resolved})
    assert (found["count"], found["due_on"]) == (count, pd.Timestamp(due))


def test_recognition_may_begin_when_twelve_months_are_over_and_not_before():
    found = clock("recognition_resolution", {"ceremony_on": "2024-10-10"}, date(2025, 1, 1))
    assert found["not_before"] == found["started_on"] == pd.Timestamp(2025, 10, 10)
    assert found["counted_from"] == PROBATION_ENDS
    assert found["due_on"] == pd.Timestamp(2025, 11, 21)
    assert found["days_late"] == 0


def test_recognition_follows_the_ceremony_and_not_the_decision():
    person = {"decided_on": "2024-08-25", "ceremony_on": "2024-09-15"}
    assert clock("recognition_resolution", person)["not_before"] == pd.Timestamp(2025, 9, 15)


def test_a_probation_from_a_leap_day_ends_on_the_last_of_february():
    assert clock("recognition_resolution", {"ceremony_on": "2024-02-29"})["not_before"] == pd.Timestamp(2025, 2, 28)


def test_only_the_recognition_has_a_day_before_which_it_is_unlawful():
    found = run({"branch_resolved_on": "2026-03-02", "ceremony_on": "2026-05-04"})
    assert found.loc[found["not_before"].notna(), "key"].tolist() == ["recognition_resolution"]


def test_a_certificate_of_sixty_months_had_lapsed_when_the_branch_resolved():
    person = {"certificate_on": "2020-01-15", "branch_resolved_on": "2025-02-03"}
    found = clock("certificate_validity", person)
    assert found["due_on"] == pd.Timestamp(2025, 1, 15)
    assert (found["nature"], found["open"], found["days_late"]) == ("validity", False, 19)


def test_a_term_of_working_days_is_late_by_working_days():
    friday = {"branch_resolved_on": "2026-02-02", "decided_on": "2026-04-24"}
    assert clock("admission_decision", friday)["days_late"] == 9  # due Monday 13/4


def test_a_weekend_after_the_due_day_is_late_by_one():
    found = [
        clock("ceremony", {"decided_on": "2026-09-04"}, date(2026, 10, day)) for day in (16, 17, 18, 19, 20)
    ]  # due Friday 16/10
    assert [each["days_late"] for each in found] == [0, 1, 1, 1, 2]


# The ceremony: from receiving, then from issuing


def test_the_ceremony_counts_from_receiving_the_decision_under_294():
    found = clock("ceremony", {"decided_on": "2025-08-01", "decision_received_on": "2025-08-15"})
    assert found["started_on"] == pd.Timestamp(2025, 8, 15)
    assert (found["counted_from"], found["provisional"]) == ("decision_received_on", False)


@pytest.mark.parametrize("received", [None, 2025, "2027-08-15"], ids=["blank", "only a year", "not yet come"])
def test_without_a_day_of_receiving_it_counts_from_issuing_provisionally(received):
    found = clock("ceremony", {"decided_on": "2025-08-01", "decision_received_on": received})
    assert found["started_on"] == pd.Timestamp(2025, 8, 1)
    assert (found["counted_from"], found["provisional"]) == ("decided_on", True)


def test_the_ceremony_counts_from_issuing_the_decision_under_208():
    found = clock("ceremony", {"decided_on": "2026-08-03", "decision_received_on": "2026-08-17"})
    assert found["started_on"] == pd.Timestamp(2026, 8, 3)
    assert (found["counted_from"], found["provisional"]) == ("decided_on", False)
    assert found["regulation"] == "208-QĐ/TW 26/07/2026"


def test_a_decision_issued_before_208_and_received_after_has_one_clock_by_the_older_rule():
    found = clock("ceremony", {"decided_on": "2026-07-20", "decision_received_on": "2026-07-30"})
    assert found["started_on"] == pd.Timestamp(2026, 7, 30)
    assert (found["regulation"], found["inherited_in"]) == ("294-QĐ/TW 26/05/2025", "20-QĐ/TW 08/04/2026")


def test_under_208_a_day_of_receiving_alone_starts_nothing():
    assert run({"decision_received_on": "2026-08-17"}).empty


# The reply on a person's background: counted from sending, where the law counts from receiving


@pytest.mark.parametrize("sent", ["2016-10-03", "2022-03-01", "2025-07-01", "2026-06-01"])
def test_a_column_that_only_stands_in_for_the_day_the_law_names_makes_a_provisional_clock(sent):
    found = clock("vetting_reply", {"vetting_sent_on": sent})
    assert (found["counted_from"], found["provisional"]) == ("vetting_sent_on", True)


# The dossier


def test_a_dossier_counts_from_its_earliest_paper_and_names_it():
    papers = {"applied_on": "2026-03-10", "union_resolved_on": "2026-03-02", "vetting_sent_on": "2026-03-20"}
    found = clock("dossier_validity", papers)
    assert (found["counted_from"], found["started_on"]) == ("union_resolved_on", pd.Timestamp(2026, 3, 2))
    assert found["due_on"] == pd.Timestamp(2027, 3, 2)


def test_the_permission_to_open_a_dossier_is_not_a_paper_of_it():
    assert run({"dossier_opened_on": "2026-03-02"}).empty


# What a clock tells about its rule


def test_an_inherited_number_names_both_documents():
    found = clock("admission_decision", {"branch_resolved_on": "2026-09-01"})
    assert (found["regulation"], found["inherited_in"]) == ("294-QĐ/TW 26/05/2025", "208-QĐ/TW 26/07/2026")
    assert (found["cite"], found["source"]) == ("294-QĐ/TW 26/05/2025, điểm 4.3.1", "read")


def test_a_number_stated_in_the_newest_document_is_not_called_inherited():
    assert clock("admission_decision", {"branch_resolved_on": "2025-09-01"})["inherited_in"] == ""


def test_an_extension_is_shown_and_does_not_move_the_due_day():
    found = clock("admission_decision", {"branch_resolved_on": "2025-06-16"})
    assert (found["extension"], found["extension_of"]) == (30, "24-QĐ/TW 30/07/2021")
    assert CALENDAR.between(pd.Series([found["started_on"]]), pd.Series([found["due_on"]]))[0] == 60


def test_an_overlay_runs_its_clocks_beside_the_central_ones():
    person = {"branch_resolved_on": "2026-03-02"}
    assert keys_of(run(person)) == ["admission_decision"]
    assert keys_of(run(person, rulebook=RULEBOOK)) == ["dossier_dispatch", "committee_resolution", "admission_decision"]


# What starts no clock, and what closes one


def test_nothing_known_starts_nothing():
    assert run({}, {"full_name": "x"}).empty


def test_a_year_alone_starts_nothing():
    assert run({"branch_resolved_on": 2026}).empty


def test_a_day_that_has_not_come_starts_nothing():
    ahead = {"branch_resolved_on": "2026-11-23", "ceremony_on": "2026-11-23", "certificate_on": "2026-11-23"}
    assert run(ahead).empty
    assert len(run(ahead, as_of=date(2026, 11, 23))) == 4


def test_a_day_before_the_first_regulation_starts_nothing():
    assert run({"branch_resolved_on": "2016-07-24", "ceremony_on": "2016-07-24", "certificate_on": "2016-09-19"}).empty


@pytest.mark.parametrize("status", sorted(LEFT))
def test_who_left_has_no_open_clock(status):
    person = {"certificate_on": "2015-01-01", "applied_on": "2024-01-02", "branch_resolved_on": "2024-05-06"}
    assert run(person)["open"].any()
    found = run(person | {"status": str(status)})
    assert len(found) == len(run(person))
    assert not found["open"].any()
    assert found["days_left"].isna().all()


@pytest.mark.parametrize("status", [None, Status.FOLLOWED, Status.MOVED_IN, "gone fishing"])
def test_who_stays_or_has_an_unknown_status_keeps_the_clocks_open(status):
    assert clock("admission_decision", {"branch_resolved_on": "2024-05-06", "status": status})["open"]


def test_an_act_of_which_only_the_year_is_legible_is_done():
    found = clock("admission_decision", {"branch_resolved_on": "2024-05-06", "decided_on": 2024})
    assert not found["open"]
    assert pd.isna(found["done_on"])
    assert found["days_late"] == 0


@pytest.mark.parametrize("day", ["2026-11-23", 2027], ids=["tomorrow", "next year"])
def test_an_act_that_has_not_come_closes_nothing_and_is_not_late(day):
    found = clock("admission_decision", {"branch_resolved_on": "2026-03-02", "decided_on": day})
    assert found["open"]
    assert pd.isna(found["done_on"])
    assert found["days_late"] == CALENDAR.between(pd.Series([found["due_on"]]), pd.Series([pd.Timestamp(TODAY)]))[0]


@pytest.mark.parametrize("day", ["2026-11-23", 2027], ids=["tomorrow", "next year"])
def test_a_later_act_that_has_not_come_closes_nothing(day):
    assert clock("admission_decision", {"branch_resolved_on": "2026-03-02", "ceremony_on": day})["open"]


def test_an_act_of_today_or_of_some_day_this_year_closes_its_clock():
    for day in ("2026-11-22", 2026):
        assert not clock("admission_decision", {"branch_resolved_on": "2026-03-02", "decided_on": day})["open"]


#: The main act from which on nobody waits for a deadline any more.
CLOSED_FROM = {
    "vetting_reply": "branch_resolved_on",
    "certificate_validity": "branch_resolved_on",
    "dossier_validity": "branch_resolved_on",
    "dossier_dispatch": "committee_resolved_on",
    "committee_resolution": "committee_resolved_on",
    "admission_decision": "decided_on",
    "ceremony": "ceremony_on",
    "member_record": "recognition_resolved_on",
    "recognition_resolution": "recognition_resolved_on",
    "recognition_decision": "recognized_on",
}


@pytest.mark.parametrize("key", RULEBOOK.keys)
def test_the_procedure_going_on_closes_what_was_due_before_and_nothing_else(key):
    started = person_with(RULEBOOK.eras(key)[-1].applied.deadline.triggers[0], date(2026, 10, 12))
    acts = list(MAIN_EVENTS.values())
    found = run(*({act: 2026} | started for act in acts), rulebook=RULEBOOK).query("key == @key")
    still_open = acts[: acts.index(CLOSED_FROM[key])]
    assert [acts[row] for row in found.loc[found["open"], "row"]] == still_open


def test_an_overdue_vetting_is_moot_once_the_branch_has_resolved():
    person = {"vetting_sent_on": "2026-01-05"}
    assert clock("vetting_reply", person)["days_late"] > 0
    found = clock("vetting_reply", person | {"branch_resolved_on": "2026-08-03"})
    assert (found["open"], found["days_late"]) == (False, 0)


# The frame and the lists made from it


def test_no_person_gives_an_empty_frame_of_the_same_shape():
    empty, full = run(), run({"branch_resolved_on": "2026-03-02"})
    assert empty.dtypes.equals(full.dtypes)
    assert list(empty) == list(COLUMNS)
    assert overdue(empty).empty
    assert next_due(empty).empty


def test_a_clock_carries_the_row_id_of_its_person():
    frame = typed({}, {"branch_resolved_on": "2026-03-02"}, {"certificate_on": "2026-03-02"}).set_axis([4, 40, 400])
    assert clocks(frame, load(), CALENDAR, TODAY)["row"].tolist() == [40, 400]


def test_the_order_of_persons_changes_no_clock():
    persons = [{"branch_resolved_on": f"2026-0{month}-02", "applied_on": "2025-09-01"} for month in range(1, 9)]
    frame = typed(*persons)
    turned = clocks(frame.iloc[::-1], load(), CALENDAR, TODAY)
    pd.testing.assert_frame_equal(turned, clocks(frame, load(), CALENDAR, TODAY))


def test_the_clerks_frame_is_left_as_it_was():
    frame = typed({"branch_resolved_on": "2027-03-02", "status": "removed"})
    before = frame.copy()
    clocks(frame, load(), CALENDAR, TODAY)
    pd.testing.assert_frame_equal(frame, before)


WAITING = (
    {"branch_resolved_on": "2026-11-02"},  # due 07/01/2027 or later
    {"decided_on": "2026-09-04"},  # due 16/10/2026
    {"decided_on": "2026-10-20"},  # due 02/12/2026
    {"decided_on": "2026-10-09"},  # due 20/11/2026
)


def test_what_is_overdue_stands_longest_first():
    assert overdue(run(*WAITING))["row"].tolist() == [1, 3]


@pytest.mark.parametrize("day", pd.date_range("2026-10-14", "2026-10-20"), ids=str)
def test_an_open_clock_is_overdue_when_no_day_is_left(day):
    found = run({"decided_on": "2026-09-04"}, as_of=day.date())
    assert len(overdue(found)) == (found["days_left"] < 0).sum()


def test_the_next_day_due_is_the_soonest_of_the_open_clocks():
    person = {"certificate_on": "2024-01-10", "applied_on": "2026-03-02", "vetting_sent_on": "2026-11-02"}
    found = run({}, person, {"ceremony_on": "2020-01-01", "recognized_on": "2021-02-01"})
    assert next_due(found).to_dict() == {1: clock("vetting_reply", person)["due_on"]}
