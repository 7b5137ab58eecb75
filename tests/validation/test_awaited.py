"""The days that clocks still go by, held against the clocks themselves."""

from datetime import date

import pytest

from validation.awaited import days_awaited
from validation.deadlines import clocks
from validation.provisions import PROBATION_ENDS
from validation.regulation import load
from validation.vocabulary import Stage
from validation.workdays import calendar_of

DAY = date(2026, 11, 22)


@pytest.mark.parametrize("stage", list(Stage))
def test_every_clock_that_is_open_at_a_stage_goes_by_days_awaited_there(register, person, stage):
    running = clocks(register(person(stage)), load(), calendar_of(), DAY)
    still = running[running["open"] & ~running["provisional"]]
    used = {*still["done"], *still["counted_from"].replace(PROBATION_ENDS, "ceremony_on")}
    assert used <= days_awaited(load())[stage]


def test_what_a_later_act_has_closed_is_awaited_no_more():
    awaited = days_awaited(load())
    assert "certificate_on" in awaited[Stage.DOSSIER]
    assert "certificate_on" not in awaited[Stage.AWAITING_DECISION]
    assert "branch_resolved_on" in awaited[Stage.AWAITING_DECISION]
    assert "recognition_resolved_on" in awaited[Stage.PROBATIONARY]
    assert not awaited[Stage.OFFICIAL]
    assert not any("helper_assigned_on" in days for days in awaited.values())
