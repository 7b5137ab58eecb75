"""Made-up people are lawful, plausible and the same every time."""

import dataclasses
import re
from datetime import date, timedelta
from random import Random

import numpy as np
import pandas as pd
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from validation.deadlines import clocks, overdue
from validation.regulation import load
from validation.schemas import validate
from validation.stages import assign
from validation.vocabulary import CODE_COLUMNS, DATE_COLUMNS, Level, Sex, Stage
from validation.vocabulary import LEFT as LEFT_STATUSES
from validation.workdays import calendar_of
from workbook.codes import label, match
from workbook.demo.people import LEFT, Person, admitted, people, person
from workbook.demo.procedure import STEPS
from workbook.incoming.normalise import normalise
from workbook.incoming.raw import RawTable, stack
from workbook.layout import HEADING

AS_OF = date(2026, 11, 22)
STANDINGS = [*Stage, LEFT]

days = st.dates(date(2018, 1, 1), date(2030, 12, 31))
seeds = st.integers(0, 2**32)


def months_before(day: date, months: int) -> date:
    return day - relativedelta(months=months)


def weekdays(first: date, last: date) -> int:
    """Monday to Friday after `first` up to `last`: never fewer than the working days."""
    return int(np.busday_count(first + timedelta(days=1), last + timedelta(days=1)))


@pytest.fixture(scope="module")
def crowd() -> list[Person]:
    return people(7, 3000, AS_OF)


def test_a_person_has_a_field_for_every_register_column() -> None:
    fields = {field.name for field in dataclasses.fields(Person)}
    assert fields == {*HEADING, "standing"}


def test_the_same_seed_makes_the_same_people() -> None:
    assert people(3, 50, AS_OF) == people(3, 50, AS_OF)
    assert people(3, 50, AS_OF) != people(4, 50, AS_OF)


def test_no_two_people_share_an_identity_number(crowd: list[Person]) -> None:
    more = people(8, 3000, AS_OF, first=3000)
    assert len({one.citizen_id for one in (*crowd, *more)}) == 6000


def test_every_identity_number_is_of_the_made_up_province_and_agrees_with_sex_and_birth(crowd: list[Person]) -> None:
    for one in crowd:
        assert re.fullmatch(r"099\d{9}", one.citizen_id)
        century, woman = divmod(int(one.citizen_id[3]), 2)
        assert 1900 + 100 * century == one.birth_on.year // 100 * 100
        assert woman == (one.sex == label(Sex.FEMALE))
        assert one.citizen_id[4:6] == f"{one.birth_on:%y}"


def test_codes_are_labels_of_the_register(crowd: list[Person]) -> None:
    for column, codes in CODE_COLUMNS.items():
        typed = {getattr(one, column) for one in crowd}
        assert typed <= {label(code) for code in codes}
        assert None not in {match(codes, text) for text in typed}


def test_every_standing_occurs_and_only_those_asked_for(crowd: list[Person]) -> None:
    assert {one.standing for one in crowd} == set(STANDINGS)
    assert {one.standing for one in people(1, 60, AS_OF, {Stage.DOSSIER: 1, LEFT: 2})} == {Stage.DOSSIER, LEFT}


@pytest.mark.parametrize(
    ("stage", "reached", "not_yet"),
    [
        (Stage.SYMPATHIZER, "sympathizer_on", "certificate_on"),
        (Stage.CERTIFIED, "certificate_on", "dossier_opened_on"),
        (Stage.DOSSIER, "dossier_opened_on", "branch_resolved_on"),
        (Stage.AWAITING_DECISION, "branch_resolved_on", "decided_on"),
        (Stage.AWAITING_CEREMONY, "decided_on", "ceremony_on"),
        (Stage.PROBATIONARY, "ceremony_on", "recognized_on"),
        (Stage.OFFICIAL, "recognized_on", "status_changed_on"),
    ],
)
def test_a_stage_shows_in_the_dates(stage: Stage, reached: str, not_yet: str) -> None:
    for one in people(5, 200, AS_OF, {stage: 1}):
        assert getattr(one, reached) is not None
        assert getattr(one, not_yet) is None


@settings(max_examples=60, deadline=None)
@given(seed=seeds, as_of=days, standing=st.sampled_from(STANDINGS))
def test_steps_follow_each_other_and_nothing_lies_in_the_future(seed: int, as_of: date, standing: str) -> None:
    one = person(Random(seed), standing, as_of)
    taken = [day for step in STEPS if (day := getattr(one, step)) is not None]
    assert taken == sorted(taken)
    assert all(getattr(one, column) <= as_of for column in DATE_COLUMNS if getattr(one, column) is not None)


@settings(max_examples=60, deadline=None)
@given(seed=seeds, as_of=days, standing=st.sampled_from([s for s in STANDINGS if s != LEFT]))
def test_no_term_is_missed(seed: int, as_of: date, standing: str) -> None:
    one = person(Random(seed), standing, as_of)
    if one.vetting_sent_on:
        assert weekdays(one.vetting_sent_on, one.vetting_result_on or as_of) <= 30
    if one.branch_resolved_on:
        assert weekdays(one.branch_resolved_on, one.decided_on or as_of) <= 45
    if one.decided_on:
        assert weekdays(one.decided_on, one.ceremony_on or as_of) <= 30
    if one.ceremony_on and one.member_record_on:
        assert weekdays(one.ceremony_on, one.member_record_on) <= 30
    if one.recognition_resolved_on:
        assert weekdays(one.recognition_resolved_on, one.recognized_on or as_of) <= 30


@settings(max_examples=60, deadline=None)
@given(seed=seeds, as_of=days)
def test_whoever_is_official_came_lawfully(seed: int, as_of: date) -> None:
    one = person(Random(seed), Stage.OFFICIAL, as_of)
    on = {step: getattr(one, step) for step in STEPS}
    assert None not in on.values()
    resolved = on["branch_resolved_on"]
    assert one.birth_on + relativedelta(years=18) <= on["sympathizer_on"]
    assert one.birth_on + relativedelta(years=60) > resolved
    assert on["helper_assigned_on"] <= months_before(resolved, 12)
    assert on["certificate_on"] > months_before(resolved, 60)
    assert on["dossier_opened_on"] > months_before(resolved, 12)
    twelve_months = on["ceremony_on"] + relativedelta(months=12)
    assert 0 < weekdays(twelve_months, on["recognition_resolved_on"]) <= 30
    assert on["ceremony_on"] < on["new_member_certificate_on"] < on["recognition_resolved_on"]


def test_votes_are_at_least_two_thirds_of_those_summoned(crowd: list[Person]) -> None:
    voted = [one for one in crowd if one.members_summoned is not None]
    assert voted
    for one in voted:
        assert one.votes_for is not None
        assert 2 * one.members_summoned <= 3 * one.votes_for <= 3 * one.members_summoned


def test_cards_carry_the_identity_number_since_september_2025_and_eight_digits_before(crowd: list[Person]) -> None:
    new = {
        one.card_number == one.citizen_id
        for one in crowd
        if one.recognized_on and one.recognized_on >= date(2025, 9, 2)
    }
    old = {len(one.card_number) for one in crowd if one.recognized_on and one.recognized_on < date(2025, 9, 2)}
    assert (new, old) == ({True}, {8})
    assert not any(one.card_number for one in crowd if not one.recognized_on)


def test_whoever_left_says_how_and_when(crowd: list[Person]) -> None:
    statuses = {label(status) for status in LEFT_STATUSES}
    gone = [one for one in crowd if one.standing == LEFT]
    assert {one.status for one in gone} == statuses
    assert all(one.status_changed_on for one in gone)
    assert not any(one.ceremony_on and one.ceremony_on.year == AS_OF.year for one in gone)


@pytest.mark.parametrize(
    ("ceremony_on", "standing"),
    [
        (date(2026, 1, 3), Stage.PROBATIONARY),
        (date(2025, 11, 10), Stage.PROBATIONARY),
        (date(2024, 5, 19), Stage.OFFICIAL),
    ],
)
def test_an_admission_can_be_asked_for_on_a_day(ceremony_on: date, standing: Stage) -> None:
    made = [admitted(Random(seed), ceremony_on, AS_OF) for seed in range(50)]
    assert {one.ceremony_on for one in made} == {ceremony_on}
    assert {one.standing for one in made} == {standing}
    assert all(one.decided_on and weekdays(one.decided_on, ceremony_on) <= 30 for one in made)


def _typed(crowd: list[Person]) -> pd.DataFrame:
    """The people as the straight line would read them from the template."""
    lines = len(crowd)
    columns = {name: ["" if getattr(one, name) is None else getattr(one, name) for one in crowd] for name in HEADING}
    table = RawTable("A", (), columns, [*range(2, lines + 2)], [""] * lines, [""] * lines, dict.fromkeys(HEADING, "A"))
    return normalise(stack([(0, table)]))[0]


@pytest.mark.parametrize("as_of", [AS_OF, date(2026, 3, 1), date(2025, 9, 3), date(2024, 2, 29), date(2021, 1, 4)])
def test_the_law_finds_no_error_and_nothing_late(as_of: date) -> None:
    crowd = people(11, 600, as_of)
    typed = _typed(crowd)
    found = validate(typed, load(), as_of)
    assert set(found["level"]) <= {Level.NOTE}
    assert overdue(clocks(typed, load(), calendar_of(), as_of)).empty
    assert [stage for stage, one in zip(assign(typed, as_of), crowd, strict=True) if one.standing != LEFT] == [
        one.standing for one in crowd if one.standing != LEFT
    ]


def test_the_law_does_find_what_is_spoilt_on_purpose() -> None:
    one = person(Random(1), Stage.AWAITING_DECISION, AS_OF)
    spoilt = dataclasses.replace(one, votes_for=1, members_summoned=30)
    assert Level.ERROR in set(validate(_typed([spoilt]), load(), AS_OF)["level"])


def test_columns_can_be_fixed_and_the_identity_number_follows() -> None:
    one = person(Random(1), Stage.CERTIFIED, AS_OF, sex=label(Sex.FEMALE), birth_on=date(2001, 4, 5), religion="x")
    assert (one.sex, one.birth_on, one.religion) == (label(Sex.FEMALE), date(2001, 4, 5), "x")
    assert one.citizen_id.startswith("099301")
