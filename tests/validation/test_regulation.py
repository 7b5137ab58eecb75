"""What the rulebook says on a day, and which files it refuses."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import validation
from validation.regulation import (
    Reading,
    RegulationError,
    Series,
    Source,
    Unit,
    UnknownOverlayError,
    assemble,
    load,
    overlay_names,
)
from validation.regulation_files import read

FOLDER = Path(validation.__file__).parent / "regulations"
CENTRAL = load().central
BY_ID = {law.id: law for law in load(overlay_names()).regulations}


@pytest.fixture(scope="module")
def rulebook():
    return load()


def standing(rulebook, key, day):
    """The parts of a deadline that a clerk is told: count, stating document, the one it is inherited in."""
    applied = rulebook.deadline(key, date.fromisoformat(day))
    inherited = applied.inherited_in.id if applied.inherited_in else ""
    return applied.deadline.count, applied.regulation.id, inherited


# The timeline


def test_the_listing_is_the_timeline():
    listed = [read(file).id for file in sorted(FOLDER.glob("*.toml"))]
    assert listed == [law.id for law in CENTRAL]
    assert len(listed) == 13


def test_every_document_the_rules_rest_on_is_there():
    in_force = {(law.id, law.in_force_from.isoformat()) for law in CENTRAL}
    assert in_force == {
        ("29-QĐ/TW 25/07/2016", "2016-07-25"),
        ("24-QĐ/TW 30/07/2021", "2021-07-30"),
        ("232-QĐ/TW 20/01/2025", "2025-01-20"),
        ("294-QĐ/TW 26/05/2025", "2025-07-01"),
        ("20-QĐ/TW 08/04/2026", "2026-04-08"),
        ("208-QĐ/TW 26/07/2026", "2026-07-26"),
        ("01-HD/TW 20/09/2016", "2016-09-20"),
        ("01-HD/TW 28/09/2021", "2021-09-28"),
        ("06-HD/TW 09/06/2025", "2025-06-09"),
        ("01-HD/TW 19/05/2026", "2026-05-19"),
        ("09-HD/BTCTW 05/06/2017", "2017-06-05"),
        ("12-HD/BTCTW 18/01/2022", "2022-01-18"),
        ("38-HD/BTCTW 29/09/2025", "2025-09-29"),
    }


@pytest.mark.parametrize("law", CENTRAL, ids=lambda law: law.id)
def test_an_id_is_number_and_date(law):
    assert re.fullmatch(r"\d+-(QĐ|HD)/(TW|BTCTW) " + law.signed_on.strftime("%d/%m/%Y"), law.id)


@pytest.mark.parametrize("law", BY_ID.values(), ids=lambda law: law.id)
def test_every_number_is_cited_from_its_own_document(law):
    source = law.title if law.series is Series.OVERLAY else law.id
    assert all(said.cite.startswith(source) for said in law.provisions)


@pytest.mark.parametrize("law", BY_ID.values(), ids=lambda law: law.id)
def test_nothing_is_called_read_in_a_text_that_was_not_seen(law):
    if law.read is Reading.UNSEEN:
        assert all(said.source is not Source.READ for said in law.provisions)
        assert law.in_force_assumed


@pytest.mark.parametrize("law", [law for law in CENTRAL if law.read is Reading.READ], ids=lambda law: law.id)
def test_a_document_read_in_full_restates_every_number_of_its_predecessor(law):
    before = BY_ID.get(law.replaces)
    kept = {said.key for said in before.provisions} if before else set()
    assert kept <= {said.key for said in law.provisions}


@pytest.mark.parametrize("paper", ["certificate", "dossier"])
def test_a_papers_validity_is_one_statement_as_deadline_and_as_condition(paper):
    """The same number, clause and certainty in every period; the files hold it once."""
    stated = 0
    for law in CENTRAL:
        periods = [(one.count, one.cite, one.source) for one in law.deadlines if one.key == f"{paper}_validity"]
        conditions = [(one.value, one.cite, one.source) for one in law.conditions if one.key == f"{paper}_months"]
        assert periods == conditions
        stated += len(periods)
    assert stated >= 3
    assert not any(f'key = "{paper}_months"' in file.read_text("utf-8") for file in FOLDER.rglob("*.toml"))


@pytest.mark.parametrize("day", ["2018-01-01", "2024-01-01", "2025-07-01", "2026-11-22"])
@pytest.mark.parametrize("paper", ["certificate", "dossier"])
def test_on_every_day_the_deadline_and_the_condition_come_from_one_document(rulebook, paper, day):
    on = date.fromisoformat(day)
    period, condition = rulebook.deadline(f"{paper}_validity", on), rulebook.condition(f"{paper}_months", on)
    assert (period.regulation, period.inherited_in) == (condition.regulation, condition.inherited_in)
    assert (period.deadline.count, period.deadline.cite) == (condition.condition.value, condition.condition.cite)


def test_who_need_not_be_together_for_so_long_is_stated_by_the_day(rulebook):
    """06-HD/TW of 09/06/2025 for those who move; a replaced introducer is no status of a register."""
    assert rulebook.exempt("together_months", date(2025, 6, 8)) == ()
    assert rulebook.exempt("together_months", date(2025, 6, 9)) == ("moved_in",)
    said = {one.exemption.key: one for one in rulebook.exemptions("together_months", date(2026, 11, 22))}
    assert {key: (one.exemption.cite, one.inherited_in.id) for key, one in said.items()} == {
        "together_moved_in": ("06-HD/TW 09/06/2025, điểm 3.9", "01-HD/TW 19/05/2026"),
        "together_replacement": ("294-QĐ/TW 26/05/2025, điểm 3.2.2", "208-QĐ/TW 26/07/2026"),
    }
    assert rulebook.exemptions("age_min_years", date(2026, 11, 22)) == ()


def test_every_exemption_is_from_a_condition_that_some_document_states():
    conditions = {one.key for law in BY_ID.values() for one in law.conditions}
    assert all(one.condition in conditions for law in BY_ID.values() for one in law.exemptions)


def test_one_code_speaks_for_one_deadline():
    pairs = {(said.code, said.key) for law in BY_ID.values() for said in law.deadlines}
    assert len({code for code, _ in pairs}) == len({key for _, key in pairs}) == len(pairs)


# What is in force on a day


@pytest.mark.parametrize(
    ("day", "count", "extension"),
    [
        pytest.param("2016-07-25", 60, 30, id="first day of 29"),
        pytest.param("2025-06-16", 60, 30, id="under 232"),
        pytest.param("2025-06-30", 60, 30, id="last day of 232"),
        pytest.param("2025-07-01", 45, 15, id="first day of 294"),
    ],
)
def test_the_term_of_the_decision_changes_with_the_day(rulebook, day, count, extension):
    applied = rulebook.deadline("admission_decision", date.fromisoformat(day))
    assert (applied.deadline.count, applied.extension) == (count, extension)


def test_before_the_first_document_there_is_no_deadline(rulebook):
    assert rulebook.deadline("admission_decision", date(2016, 7, 24)) is None
    assert rulebook.deadline("member_record", date(2025, 9, 28)) is None
    assert rulebook.condition("age_min_years", date(2016, 7, 24)) is None


@pytest.mark.parametrize(
    ("key", "day", "expected"),
    [
        ("admission_decision", "2026-04-07", (45, "294-QĐ/TW 26/05/2025", "")),
        ("admission_decision", "2026-04-08", (45, "294-QĐ/TW 26/05/2025", "20-QĐ/TW 08/04/2026")),
        ("admission_decision", "2026-07-26", (45, "294-QĐ/TW 26/05/2025", "208-QĐ/TW 26/07/2026")),
        ("dossier_validity", "2026-05-19", (12, "06-HD/TW 09/06/2025", "01-HD/TW 19/05/2026")),
        ("vetting_reply", "2026-05-19", (30, "06-HD/TW 09/06/2025", "01-HD/TW 19/05/2026")),
        ("certificate_validity", "2026-05-19", (60, "01-HD/TW 19/05/2026", "")),
        ("ceremony", "2026-07-26", (30, "208-QĐ/TW 26/07/2026", "")),
        ("member_record", "2026-07-26", (30, "38-HD/BTCTW 29/09/2025", "")),
    ],
)
def test_a_number_not_seen_in_the_newer_document_is_inherited_and_says_so(rulebook, key, day, expected):
    assert standing(rulebook, key, day) == expected


def test_what_was_not_seen_is_not_stated():
    assert BY_ID["20-QĐ/TW 08/04/2026"].provisions == ()
    assert [said.key for said in BY_ID["208-QĐ/TW 26/07/2026"].deadlines] == ["ceremony"]
    assert [said.key for said in BY_ID["01-HD/TW 19/05/2026"].deadlines] == ["certificate_validity"]


def test_an_extension_may_come_from_an_older_document_than_the_count(rulebook):
    applied = rulebook.deadline("admission_decision", date(2025, 6, 16))
    assert applied.regulation.id == "232-QĐ/TW 20/01/2025"
    assert applied.extension_of.id == "24-QĐ/TW 30/07/2021"


def test_a_deadline_without_extension_names_none(rulebook):
    applied = rulebook.deadline("ceremony", date(2025, 8, 1))
    assert (applied.extension, applied.extension_of) == (0, None)


def test_208_counts_the_ceremony_from_issuing_and_294_from_receiving(rulebook):
    assert rulebook.deadline("ceremony", date(2026, 7, 25)).deadline.triggers == ("decision_received_on", "decided_on")
    assert rulebook.deadline("ceremony", date(2026, 7, 26)).deadline.triggers == ("decided_on",)


@pytest.mark.parametrize("key", load(overlay_names()).keys)
def test_the_eras_of_a_deadline_follow_each_other_without_a_gap(key):
    rulebook = load(overlay_names())
    eras = rulebook.eras(key)
    assert [era.end for era in eras] == [*(era.start for era in eras[1:]), None]
    assert all(rulebook.deadline(key, era.start) == era.applied for era in eras)
    assert all(before.applied != after.applied for before, after in pairwise(eras))


def test_keys_stand_in_the_order_of_the_procedure(rulebook):
    assert rulebook.keys == (
        "vetting_reply",
        "certificate_validity",
        "dossier_validity",
        "admission_decision",
        "ceremony",
        "member_record",
        "recognition_resolution",
        "recognition_decision",
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("age_min_years", 18),
        ("age_max_years", 60),
        ("certificate_months", 60),
        ("dossier_months", 12),
        ("together_months", 12),
        ("probation_months", 12),
        ("vote_numerator", 2),
        ("vote_denominator", 3),
        ("failed_votes_max", 3),
    ],
)
def test_a_condition_has_its_known_value_today(rulebook, key, value):
    assert rulebook.condition(key, date(2026, 11, 22)).condition.value == value


def test_a_condition_says_where_it_is_inherited(rulebook):
    found = rulebook.condition("dossier_months", date(2026, 11, 22))
    assert (found.regulation.id, found.inherited_in.id) == ("06-HD/TW 09/06/2025", "01-HD/TW 19/05/2026")


def test_numbers_answer_a_whole_column_at_once(rulebook):
    asked = pd.Series(pd.to_datetime(["2016-07-24", "2016-07-25", None, "2026-11-22"])).set_axis([9, 8, 7, 6])
    found = rulebook.numbers("probation_months", asked)
    assert found.index.tolist() == [9, 8, 7, 6]
    np.testing.assert_array_equal(found, [np.nan, 12, np.nan, 12])


def test_numbers_change_on_the_day_a_document_comes_into_force():
    law = BY_ID["29-QĐ/TW 25/07/2016"]
    longer = tuple(replace(said, value=24) if said.key == "probation_months" else said for said in law.conditions)
    later = replace(law, id="x", replaces=law.id, in_force_from=date(2020, 1, 1), conditions=longer)
    asked = pd.Series(pd.to_datetime(["2019-12-31", "2020-01-01"]))
    assert assemble([later, law]).numbers("probation_months", asked).tolist() == [12, 24]


def test_cites_and_sources_answer_a_whole_column_at_once(rulebook):
    asked = pd.Series(pd.to_datetime(["2016-07-24", "2016-07-25", None, "2025-07-01"])).set_axis([9, 8, 7, 6])
    cites, sources = rulebook.cites("together_months", asked), rulebook.sources("together_months", asked)
    assert cites.index.tolist() == sources.index.tolist() == [9, 8, 7, 6]
    assert cites.tolist() == ["", "29-QĐ/TW 25/07/2016", "", "294-QĐ/TW 26/05/2025, điểm 3.2.1"]
    assert sources.tolist() == ["", "recalled", "", "read"]
    assert cites.dtype == sources.dtype == "str"


def test_an_unknown_condition_is_our_mistake(rulebook):
    with pytest.raises(KeyError, match="no_such_number"):
        rulebook.numbers("no_such_number", pd.Series([], dtype="datetime64[us]"))


def test_terms_without_a_clock_are_kept_as_facts():
    guide = {term.key: term for term in BY_ID["06-HD/TW 09/06/2025"].terms}
    assert guide["vetting_reply_abroad"].count == 90
    local = BY_ID["HD/BTCTU Hà Nội 11/2025"].terms
    assert [term.key for term in local if term.doubtful] == ["recognition_decision_local"]


# Overlays


def test_an_overlay_adds_its_own_deadlines_from_its_day_on():
    hanoi = load(["ha-noi"])
    assert hanoi.deadline("committee_resolution", date(2025, 11, 29)) is None
    assert standing(hanoi, "committee_resolution", "2025-11-30") == (25, "HD/BTCTU Hà Nội 11/2025", "")
    assert standing(hanoi, "dossier_dispatch", "2026-11-22")[0] == 5
    assert "committee_resolution" not in load().keys


def test_an_overlay_leaves_the_central_numbers_alone():
    assert load(["ha-noi"]).deadline("ceremony", date(2026, 8, 3)) == load().deadline("ceremony", date(2026, 8, 3))


def test_an_unknown_overlay_names_those_there_are():
    with pytest.raises(UnknownOverlayError, match=r"sao-hoa.*ha-noi"):
        load(["ha-noi", "sao-hoa"])


def test_the_rules_are_read_once():
    assert load() is load([]) is load(())


def overlay(count, **changes):
    """A made-up overlay that restates the central term of the admission decision."""
    central = load().deadline("admission_decision", date(2025, 12, 1)).deadline
    return replace(
        BY_ID["HD/BTCTU Hà Nội 11/2025"], deadlines=(replace(central, count=count, cite="x", **changes),), terms=()
    )


def test_of_a_central_number_and_an_overlays_the_tighter_one_stands():
    tighter = assemble(CENTRAL, [overlay(40)])
    assert tighter.deadline("admission_decision", date(2025, 11, 29)).deadline.count == 45
    assert tighter.deadline("admission_decision", date(2025, 11, 30)).deadline.count == 40


def test_a_central_number_that_becomes_tighter_later_stands_over_the_overlay():
    law = BY_ID["208-QĐ/TW 26/07/2026"]
    strict = replace(overlay(20, extension=None).deadlines[0], cite=law.id)
    central = [*(other for other in CENTRAL if other != law), replace(law, deadlines=(*law.deadlines, strict))]
    tighter = assemble(central, [overlay(40)])
    assert tighter.deadline("admission_decision", date(2026, 7, 25)).deadline.count == 40
    assert tighter.deadline("admission_decision", date(2026, 7, 26)).deadline.count == 20


@pytest.mark.parametrize(
    "local",
    [
        pytest.param(overlay(46), id="a longer term"),
        pytest.param(overlay(40, extension=16), id="a longer extension"),
        pytest.param(overlay(2, unit="calendar_months"), id="another unit"),
        pytest.param(overlay(40, counted_from="decided_on"), id="another trigger"),
    ],
)
def test_an_overlay_that_loosens_is_refused(local):
    with pytest.raises(RegulationError, match=r"Hà Nội.*admission_decision.*294"):
        assemble(CENTRAL, [local])


@pytest.mark.parametrize(
    "change",
    [{"unit": Unit.CALENDAR_MONTHS, "count": 1}, {"counted_from": "decided_on"}],
    ids=["another unit", "another trigger"],
)
def test_an_overlay_that_a_later_central_document_can_no_longer_be_compared_with_is_refused(change):
    law = BY_ID["208-QĐ/TW 26/07/2026"]
    anew = replace(overlay(20).deadlines[0], cite=law.id, **change)
    central = [*(other for other in CENTRAL if other != law), replace(law, deadlines=(*law.deadlines, anew))]
    with pytest.raises(RegulationError, match=r"Hà Nội.*admission_decision.*208"):
        assemble(central, [overlay(40)])


def test_an_overlay_whose_extension_a_later_central_document_narrows_is_refused():
    law = BY_ID["208-QĐ/TW 26/07/2026"]
    anew = replace(overlay(45, extension=5).deadlines[0], cite=law.id)
    central = [*(other for other in CENTRAL if other != law), replace(law, deadlines=(*law.deadlines, anew))]
    with pytest.raises(RegulationError, match=r"Hà Nội.*admission_decision.*208"):
        assemble(central, [overlay(40, extension=15)])


def test_an_overlay_may_not_restate_a_condition():
    with pytest.raises(RegulationError, match="age_min_years"):
        assemble(CENTRAL, [replace(overlay(40), conditions=BY_ID["29-QĐ/TW 25/07/2016"].conditions)])


# Files that are refused

FILE = "2025-07-01-qd-294.toml"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param('read = "read"', 'read = "guessed"', "read: ", id="an unknown reading"),
        pytest.param('title = "', 'titel = "', "titel: ", id="an unknown field"),
        pytest.param("extension = 15", "extention = 15", "admission_decision, extention", id="a misspelt field"),
        pytest.param('"decide_admission"', '"decide"', "deadline admission_decision, step", id="an unknown step"),
        pytest.param('"working_days"', '"days"', "deadline admission_decision, unit", id="an unknown unit"),
        pytest.param('done = "decided_on"', 'done = "decided"', "admission_decision, done", id="an unknown column"),
        pytest.param('"probation_ends_on"', '"ends_on"', "resolution, counted_from", id="an unknown trigger"),
        pytest.param('unit = "working_days"', 'unit = "working_days"\ncondition = "age"', "condition", id="no period"),
        pytest.param("count = 45", "count = 0", "deadline admission_decision, count", id="no days"),
        pytest.param("count = 45", 'count = "45"', "deadline admission_decision, count", id="a number as text"),
        pytest.param("value = 18", "value = 18.5", "condition age_min_years, value", id="half a year"),
        pytest.param('key = "ceremony"', 'key = "admission_decision"', "twice: admission_decision", id="a key twice"),
        pytest.param("in_force_from = 2025-07-01", "in_force_from = 2025-07-02", "2025-07-02-qd", id="a wrong name"),
        pytest.param('slug = "qd-294"', "slug = qd-294", "line 2", id="no TOML"),
    ],
)
def test_a_faulty_file_is_refused_with_its_name_and_the_key(tmp_path, old, new, says):
    text = (FOLDER / FILE).read_text("utf-8")
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(RegulationError) as refusal:
        read(tmp_path / FILE)
    assert str(refusal.value).startswith(FILE)
    assert says in str(refusal.value)


def test_two_documents_of_one_id_are_refused():
    with pytest.raises(RegulationError, match=CENTRAL[0].id):
        assemble([*CENTRAL, CENTRAL[0]])


def test_a_gap_in_a_line_of_documents_is_refused():
    with pytest.raises(RegulationError, match=r"294.*replaces"):
        assemble([law for law in CENTRAL if not law.id.startswith("232")])


def test_a_number_stated_in_two_lines_is_refused():
    guide, rules = BY_ID["06-HD/TW 09/06/2025"], BY_ID["294-QĐ/TW 26/05/2025"]
    mixed = replace(guide, conditions=(*guide.conditions, rules.conditions[0]))
    with pytest.raises(RegulationError, match=rules.conditions[0].key):
        assemble([mixed if law == guide else law for law in CENTRAL])
