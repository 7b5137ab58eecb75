"""What is late is a finding of its own only where the days it rests on are not in dispute themselves."""

from datetime import date, timedelta

import pandas as pd
import pytest

from validation import findings, stages
from validation.deadlines import clocks
from validation.lateness import YIELDS, explain
from validation.regulation import load, overlay_names
from validation.rules.table import RULES
from validation.schemas import validate
from validation.vocabulary import DATE_COLUMNS, Level, Stage
from validation.workdays import calendar_of

RULEBOOK = load(overlay_names())
CALENDAR = calendar_of()
AS_OF = date(2026, 11, 22)
SHIFTS = (-30, -10, -5, -3, -2, -1, 1, 2, 3, 5, 10)

LATE = {"branch_resolved_on": "2026-01-05", "decided_on": "2026-06-01"}


def late_of(frame, told, as_of=AS_OF):
    return explain(clocks(frame, RULEBOOK, CALENDAR, as_of), stages.assign(frame, as_of), told)


@pytest.fixture
def late(register):
    """Late findings about people, given other findings by (column, code, level, detail) on the first of them."""

    def ask(*people, told=()):
        return late_of(register(*people), findings.frame((0, *one) for one in told))["code"].tolist()

    return ask


@pytest.fixture(scope="module")
def everything(register):
    """All that is told of people, judged and late alike."""

    def ask(people, as_of):
        frame = register(*people)
        judged = validate(frame, RULEBOOK, as_of)
        return findings.join(judged, late_of(frame, judged, as_of))

    return ask


def test_an_act_after_its_day_is_told_at_its_cell_with_the_arithmetic_and_the_clause(register):
    (found,) = late_of(register(LATE), findings.frame()).to_dict("records")
    assert (found["row"], found["column"], found["code"]) == (0, "decided_on", "late_admission_decision")
    assert found["level"] is Level.QUERY
    assert found["detail"]["count"] == 45
    assert (found["detail"]["cite"], found["detail"]["source"]) == ("294-QĐ/TW 26/05/2025, điểm 4.3.1", "read")


def test_an_act_dated_ahead_is_not_late_yet(late):
    assert late({**LATE, "decided_on": "2026-12-01"}) == []


@pytest.mark.parametrize("column", LATE)
@pytest.mark.parametrize(
    "told",
    [
        ("order.{}", Level.ERROR, {"others": ()}),
        ("sequence.{}", Level.QUERY, {"others": ()}),
        ("future.{}", Level.ERROR, {}),
        ("date.unreadable", Level.ERROR, {}),
        ("dates.swapped", Level.QUERY, {}),
    ],
    ids=lambda told: told[0],
)
def test_a_day_in_dispute_makes_nobody_late(late, column, told):
    code, level, detail = told
    assert late(LATE, told=[(column, code.format(column), level, detail)]) == []


def test_a_day_that_another_is_said_to_contradict_is_in_dispute_too(late):
    assert late(LATE, told=[("applied_on", "order.applied_on", Level.ERROR, {"others": ("decided_on",)})]) == []


@pytest.mark.parametrize(
    "told",
    [
        ("votes_for", "votes.two_thirds", Level.ERROR, {}),
        ("branch_resolved_on", "age.under", Level.ERROR, {}),
        ("decided_on", "ditto.used", Level.NOTE, {}),
        ("birth_on", "date.unreadable", Level.ERROR, {}),
    ],
    ids=lambda told: told[1],
)
def test_another_fault_of_the_row_leaves_the_lateness_told(late, told):
    assert late(LATE, told=[told]) == ["late_admission_decision"]


def test_what_is_told_of_one_person_leaves_the_next_alone(late):
    assert late(LATE, LATE, told=[("decided_on", "date.unreadable", Level.ERROR, {})]) == ["late_admission_decision"]


def test_a_late_recognition_rests_on_the_ceremony_it_is_counted_from(late):
    slow = {"ceremony_on": "2024-03-01", "recognition_resolved_on": "2026-03-02"}
    assert late(slow) == ["late_recognition_resolution"]
    assert late(slow, told=[("ceremony_on", "order.ceremony_on", Level.ERROR, {"others": ()})]) == []


def test_a_paper_does_not_lapse_for_a_resolution_whose_day_could_not_be_read(late):
    old = {"certificate_on": "2019-03-01"}
    assert late(old) == ["lapsed_certificate"]
    assert late(old, told=[("branch_resolved_on", "date.unreadable", Level.ERROR, {})]) == []


def test_a_reply_late_enough_to_make_the_dossier_lapse_is_told_by_the_dossier(late):
    slow = {"vetting_sent_on": "2024-03-01", "vetting_result_on": "2025-06-02", "branch_resolved_on": "2025-07-07"}
    assert late(slow) == ["late_vetting_reply"]
    assert late(slow, told=[("branch_resolved_on", "dossier.expired", Level.QUERY, {})]) == []


def test_whatever_yields_and_what_it_yields_to_exist():
    assert YIELDS.keys() <= {deadline.code for law in RULEBOOK.regulations for deadline in law.deadlines}
    assert set(YIELDS.values()) <= RULES.keys()


@pytest.mark.parametrize("stage", Stage)
def test_one_wrong_year_is_at_most_one_finding_lateness_included(everything, person, stage):
    sound = person(stage)
    days = {name: pd.Timestamp(cell) for name, cell in sound.items() if name in DATE_COLUMNS}
    as_of = (max(days.values()) + timedelta(days=3)).date()
    typos = [
        {**sound, "file": file, name: f"{day + pd.DateOffset(years=shift):%Y-%m-%d}"}
        for file, (name, day, shift) in enumerate((name, day, shift) for name, day in days.items() for shift in SHIFTS)
    ]
    assert everything([sound], as_of).empty
    assert everything(typos, as_of)["row"].is_unique
