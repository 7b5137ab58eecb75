"""Rules on trial: they only note, for a stated time, and keep no other rule from speaking."""

from datetime import date

import pytest

from validation import findings, stages
from validation.deadlines import clocks
from validation.lateness import explain
from validation.regulation import load
from validation.rules.table import RULES
from validation.rules.trial import TrialError, read, shipped
from validation.schemas import validate
from validation.vocabulary import Level, Stage
from validation.workdays import calendar_of

RULEBOOK = load()
LAST_DAY = date(2026, 12, 31)
TRIAL = '["{code}"]\nuntil = 2026-12-31\nwhy = "to see how many registers it concerns"\n'


def trial(*codes):
    return read("".join(TRIAL.format(code=code) for code in codes))


@pytest.fixture
def judge(register):
    """(code, level, detail) of every finding on made-up people."""

    def ask(*people, as_of=LAST_DAY, trials=None):
        found = validate(register(*people), RULEBOOK, as_of, trials=trials)
        return {code: (level, detail) for code, level, detail in found[["code", "level", "detail"]].to_numpy()}

    return ask


@pytest.mark.parametrize(
    ("changes", "code"), [({"votes_for": 18}, "votes.more_than_summoned"), ({"full_name": "Thử"}, "name.single_word")]
)
def test_a_rule_on_trial_only_notes_until_the_day_and_then_has_its_own_level(judge, person, changes, code):
    someone = person(**changes)
    level, detail = judge(someone, trials=trial(code))[code]
    assert (level, detail["trial_until"]) == (Level.NOTE, LAST_DAY)
    level, detail = judge(someone, as_of=date(2027, 1, 1), trials=trial(code))[code]
    assert level == RULES[code].level != Level.NOTE
    assert "trial_until" not in detail


def test_other_rules_keep_their_level(judge, person):
    someone = person(votes_for=18, full_name="Thử")
    found = judge(someone, trials=trial("name.single_word"))
    assert found["votes.more_than_summoned"][0] == Level.ERROR


def test_what_would_be_folded_into_a_rule_on_trial_is_told_beside_it(judge, person):
    """Too young to be admitted: the number's year of birth would say nothing more, unless that rule is only tried."""
    young = person(Stage.AWAITING_DECISION, birth_on="2010-05-09")
    assert "id.birth_year" not in judge(young)
    found = judge(young, trials=trial("age.under"))
    assert found["age.under"][0] == Level.NOTE
    assert found["id.birth_year"][0] == RULES["id.birth_year"].level


def test_a_trial_of_an_order_leaves_the_other_orders_as_they_are(judge, person):
    someone = person(decided_on="2025-06-26", applied_on="2025-12-01")
    plain = judge(someone)
    tried = judge(someone, trials=trial("order.decided_on"))
    assert plain["order.decided_on"][0] == Level.ERROR
    assert tried["order.decided_on"][0] == Level.NOTE
    assert tried["order.applied_on"][0] == plain["order.applied_on"][0] == Level.ERROR


def test_what_is_on_trial_makes_no_late_act_moot(register, person):
    frame = register(person(Stage.PROBATIONARY, ceremony_on="2025-12-20", member_record_on="2025-12-25"))
    late = clocks(frame, RULEBOOK, calendar_of(), LAST_DAY)
    said = [(0, "ceremony_on", "order.ceremony_on", Level.ERROR, {})]
    told = findings.frame(said)
    stage = stages.assign(frame, LAST_DAY)
    assert "late_ceremony" not in set(explain(late, stage, told)["code"])
    tried = findings.tried(told, trial("order.ceremony_on"))
    assert "late_ceremony" in set(explain(late, stage, tried)["code"])


def test_the_shipped_trials_name_rules_there_are():
    assert shipped().keys() <= RULES.keys()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (TRIAL.format(code="votes.none_such"), "no such rule"),
        ('["votes.undated"]\nuntil = 2026-12-31\n', "`why`"),
        ('["votes.undated"]\nuntil = 2026-12-31\nwhy = " "\n', "`why`"),
        ('["votes.undated"]\nwhy = "w"\n', "`until`"),
        ('["votes.undated"]\nuntil = "soon"\nwhy = "w"\n', "is a day"),
        ('["votes.undated"]\nuntil = 2026-12-31T00:00:00\nwhy = "w"\n', "is a day"),
        ('"votes.undated" = 2026-12-31\n', "`until`"),
    ],
)
def test_a_trial_that_cannot_be_meant_is_refused(text, fault):
    with pytest.raises(TrialError, match=fault):
        read(text)
