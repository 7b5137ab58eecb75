"""Where a person stands: the furthest day that is legible and has come."""

from datetime import date

import pytest

from validation import stages
from validation.stages import REACHED_BY
from validation.vocabulary import LEFT, Stage, Status

AS_OF = date(2026, 11, 22)

DAYS = [(column, stage) for stage, columns in REACHED_BY.items() for column in columns]


def stage_of(frame):
    return stages.assign(frame, AS_OF).tolist()


@pytest.mark.parametrize(("column", "stage"), DAYS)
def test_each_day_carries_to_its_stage(register, column, stage):
    assert stage_of(register({column: "2026-03-15"})) == [stage]


@pytest.mark.parametrize(("column", "stage"), DAYS)
def test_a_year_alone_says_that_the_step_was_taken(register, column, stage):
    assert stage_of(register({column: 2026})) == [stage]


@pytest.mark.parametrize("column", [column for column, _ in DAYS])
def test_a_day_that_has_not_come_moves_nobody(register, column):
    people = register({column: "2026-11-23"}, {column: 2027}, {column: "2026-11-22"})

    assert stage_of(people)[:2] == [Stage.SYMPATHIZER, Stage.SYMPATHIZER]
    assert stage_of(people)[2] != Stage.SYMPATHIZER


def test_a_certificate_number_counts_like_its_day(register):
    assert stage_of(register({"certificate_number": "12/GCN"})) == [Stage.CERTIFIED]


def test_nothing_but_a_name_is_a_sympathizer(register):
    assert stage_of(register({"full_name": "Hoàng Thị Thử"})) == [Stage.SYMPATHIZER]


def test_the_furthest_day_wins_whatever_is_blank_before_it(register):
    assert stage_of(register({"certificate_on": "2024-03-15", "ceremony_on": "2025-04-10"})) == [Stage.PROBATIONARY]


def test_every_stage_has_a_sound_person_who_stands_there(register, person):
    assert stage_of(register(*map(person, Stage))) == list(Stage)


def test_those_who_left_are_known_by_their_status(register):
    people = register(*({"status": status} for status in (*Status, None)))

    assert stages.left(people).tolist() == [status in LEFT for status in (*Status, None)]


def test_an_empty_register_has_no_stages(register):
    assert stage_of(register()) == []
    assert stages.left(register()).tolist() == []
