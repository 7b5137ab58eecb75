"""The schema: every rule is in it, findings stand where their rule says, and our own bugs are not shown to clerks."""

from datetime import date

import pandas as pd
import pytest

from validation import findings, schemas
from validation.regulation import load
from validation.rules.rule import Rule
from validation.rules.table import RULES
from validation.schemas import REGISTER, schema, validate
from validation.vocabulary import Level, Stage

RULEBOOK = load()
AS_OF = date(2026, 11, 22)


def test_every_rule_is_one_check_of_the_schema():
    assert [check.name for check in REGISTER.checks] == list(RULES)


def test_sound_people_have_no_findings(register, person):
    found = validate(register(*(person(stage, file=place) for place, stage in enumerate(Stage))), RULEBOOK, AS_OF)
    assert found.empty
    assert tuple(found.columns) == findings.COLUMNS


def test_a_finding_stands_on_the_first_cell_of_its_rule_with_its_level_and_what_to_tell(register, person):
    frame = register(person(), person(file=1, certificate_on="2020-07-02"), index=[40, 41])
    (found,) = validate(frame, RULEBOOK, AS_OF).to_dict("records")
    told = {
        "certificate_months": 60,
        "certificate_ends_on": pd.Timestamp("2025-07-02"),
        "cite": "06-HD/TW 09/06/2025, điểm 5.4b",
        "source": "read",
    }
    assert found == {
        "row": 41,
        "column": "certificate_on",
        "code": "certificate.expired",
        "level": Level.ERROR,
        "detail": told,
    }


@pytest.mark.parametrize(
    ("changes", "cite", "source"),
    [
        ({"birth_on": "2005-05-09"}, "29-QĐ/TW 25/07/2016", "read"),
        ({"birth_on": "2007-05-09", "branch_resolved_on": "2025-02-03"}, "232-QĐ/TW 20/01/2025", "cited"),
        ({"certificate_on": "2010-05-09", "sympathizer_on": None}, "01-HD/TW 20/09/2016", "recalled"),
    ],
)
def test_a_number_is_cited_from_the_document_of_the_day_it_is_measured_at(register, changes, cite, source):
    sheet = register({"birth_on": "1990-05-09", "sex": "male", "branch_resolved_on": "2019-02-03", **changes})
    told = validate(sheet, RULEBOOK, AS_OF).set_index("code")["detail"]
    (found,) = [told[code] for code in ("age.under", "certificate.expired") if code in told.index]
    assert (found["cite"], found["source"]) == (cite, source)


def test_other_rules_carry_the_clause_they_have_and_practice_carries_none(register, person):
    frame = register(person(Stage.DOSSIER, schooling="primary", helper_assigned_on=None, full_name="Thử"))
    told = validate(frame, RULEBOOK, AS_OF).set_index("code")["detail"]
    assert told["schooling.low"] == {"cite": "06-HD/TW 09/06/2025, điểm 1.2", "source": "read"}
    assert told["name.single_word"] == {}


def test_a_vote_that_cannot_be_checked_beside_an_impossible_one_is_not_told(register, person):
    early = {"branch_resolved_on": "2025-06-08", "votes_for": 20, "helper_assigned_on": "2024-06-07"}
    found = validate(register(person(Stage.AWAITING_DECISION, **early)), RULEBOOK, AS_OF)
    assert found["code"].tolist() == ["votes.more_than_summoned"]


def test_an_empty_register_has_no_findings(register):
    assert validate(register(), RULEBOOK, AS_OF).empty


def test_the_register_is_not_changed_by_judging_it(register, person):
    frame = register(person(votes_for=11), person(sex=None))
    before = frame.copy(deep=True)

    validate(frame, RULEBOOK, AS_OF)

    pd.testing.assert_frame_equal(frame, before)


def test_another_day_is_judged_by_that_day(register, person):
    frame = register(person())
    early = validate(frame, RULEBOOK, date(2026, 10, 11))
    assert early["code"].tolist() == ["future.recognized_on"]


@pytest.mark.parametrize(
    ("column", "spoil"),
    [
        ("remark", lambda frame: frame.assign(remark=1.5)),
        ("votes_for", lambda frame: frame.assign(votes_for=frame["votes_for"].astype("float64"))),
        ("moved_to", lambda frame: frame.assign(moved_to=frame["moved_to"].astype(object))),
        ("occupation", lambda frame: frame.drop(columns="occupation")),
    ],
)
def test_a_frame_that_is_not_typed_is_our_bug(register, person, column, spoil):
    with pytest.raises(TypeError, match=column):
        validate(spoil(register(person())), RULEBOOK, AS_OF)


def test_a_rule_that_cannot_run_comes_through_as_itself_and_quotes_nobody(register, person, monkeypatch):
    def trip(rows):
        return rows["no_such_fact"]

    one = Rule("test.trip", Level.ERROR, ("sex",), trip)
    monkeypatch.setattr(schemas, "RULES", {**RULES, one.code: one})
    monkeypatch.setattr(schemas, "REGISTER", schema([one]))

    with pytest.raises(KeyError, match="no_such_fact") as raised:
        validate(register(person()), RULEBOOK, AS_OF)

    assert "Hoàng" not in str(raised.value)
