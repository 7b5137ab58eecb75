"""Every rule: a case that breaks it, and the case next to it that does not."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources import files

import pytest

from validation.regulation import load
from validation.rules.facts import gather
from validation.rules.identity import province_codes
from validation.rules.lists import RULES as LISTS
from validation.rules.order import MUST_PAIRS, USUAL_PAIRS, reversal, reversals
from validation.rules.presence import ASKED
from validation.rules.table import RULES, family
from validation.vocabulary import (
    CODE_COLUMNS,
    COUNT_COLUMNS,
    DATE_COLUMNS,
    LEFT,
    TEXT_COLUMNS,
    Level,
    Stage,
    Status,
)

RULEBOOK = load()
AS_OF = date(2026, 11, 22)

COLUMNS = {*TEXT_COLUMNS, *CODE_COLUMNS, *COUNT_COLUMNS, *DATE_COLUMNS, "target_groups"}

SYMPATHIZER, CERTIFIED, DOSSIER, RESOLVED, DECIDED, PROBATIONARY, OFFICIAL = Stage


@dataclass(frozen=True)
class Case:
    """Changes to a sound person: `fires` breaks the rule, `quiet` only just does not."""

    fires: dict
    quiet: dict = field(default_factory=dict)
    stage: Stage = OFFICIAL
    quiet_stage: Stage | None = None


def blank_case(column, asked):
    """Blank at the first stage it is asked at; and, where there is one, at the stage before."""
    before = list(Stage)[max(list(Stage).index(asked.first) - 1, 0)]
    given = {asked.given: "2026-09-15"} if asked.given else {}
    if asked.first is SYMPATHIZER:
        return Case({column: None}, {}, asked.first)
    return Case({column: None, **given}, {column: None}, asked.first, before)


def order_case(column, pairs):
    early, late = next(pair for pair in pairs if column in pair)
    return Case(
        {early: "2024-05-10", late: "2024-05-09", **blanked({early, late})},
        {early: "2024-05-10", late: "2024-05-10", **blanked({early, late})},
    )


def blanked(kept):
    return {name: None for name in DATE_COLUMNS if name not in kept}


#: Where any day by itself would break something else, only this one is looked at.
GENERATED = {
    **{f"blank.{column}": blank_case(column, asked) for column, asked in ASKED.items()},
    **{f"order.{name}": order_case(name, MUST_PAIRS) for name in DATE_COLUMNS},
    **{f"sequence.{name}": order_case(name, USUAL_PAIRS) for name in sorted({n for pair in USUAL_PAIRS for n in pair})},
    **{f"future.{name}": Case({name: "2026-11-23"}, {name: "2026-11-22"}) for name in DATE_COLUMNS},
    **{f"list.{name}": Case({name: "xyz"}, {name: next(iter(kind)).value}) for name, kind in CODE_COLUMNS.items()},
}

ID = "citizen_id"
RESOLUTION = "branch_resolved_on"

SINGLE = {
    "list.target_groups": Case({"target_groups": "worker;xyz"}, {"target_groups": "worker;other"}),
    "name.digits": Case({"full_name": "Hoàng Thị Thử 2"}, {"full_name": "Hoàng Thị Thử Hai"}),
    "name.single_word": Case({"full_name": "Thử"}, {"full_name": "Y Thử"}),
    "birth.unlikely": Case({"birth_on": "2013-01-01"}, {"birth_on": "2012-12-31"}, SYMPATHIZER),
    "age.under": Case({"birth_on": "2007-07-04"}, {"birth_on": "2007-07-03"}),
    "age.over": Case({"birth_on": "1965-07-02"}, {"birth_on": "1965-07-03"}),
    "age.edge": Case({"birth_on": "2007-07-01"}, {"birth_on": "2007-06-30"}),
    "age.unknown": Case({"birth_on": 1998}, {"birth_on": "1998-01-01"}, RESOLVED),
    "birth.partial": Case({"birth_on": 1998}, {"birth_on": "1998-01-01"}, Stage.SYMPATHIZER),
    "id.length": Case({ID: "0991980001234"}, {ID: "99198000123"}),
    "id.zero_lost": Case({ID: "1198000123"}, {ID: "97198000123"}),
    "id.old_number": Case({ID: "991980001"}, {ID: "099198000123"}),
    "id.province": Case({ID: "097198000123"}, {ID: "096198000123"}),
    "id.sex": Case({ID: "099098000123"}, {ID: "099198000123"}),
    "id.birth_year": Case({ID: "099199000123"}, {ID: "099198000124"}),
    "id.century": Case({ID: "099398000123"}, {ID: "099198000124"}),
    "card.length": Case({"card_number": "1234567"}, {"card_number": "12.345678"}),
    "card.is_not_id": Case({"card_number": "099198000124"}, {"card_number": "12345678"}),
    "card.too_soon": Case({"card_number": "12345678"}, {"card_number": "12345678"}, PROBATIONARY, OFFICIAL),
    "schooling.low": Case({"schooling": "primary"}, {"schooling": "lower_secondary"}, DOSSIER),
    "certificate.expired": Case({"certificate_on": "2020-07-02"}, {"certificate_on": "2020-07-03"}),
    "dossier.expired": Case({"applied_on": "2024-07-02"}, {"applied_on": "2024-07-03"}, RESOLVED),
    "helper.together": Case({"helper_assigned_on": "2024-07-04"}, {"helper_assigned_on": "2024-07-03"}, RESOLVED),
    "helper.self": Case({"helper": "Hoàng Thị Thử"}, {"helper": "Hoàng Thị Mẫu"}),
    "decision.undated": Case({"decided_on": None, "decision_number": "34-QĐ"}, {"decided_on": None}, RESOLVED),
    "probation.early": Case({"recognition_resolved_on": "2026-09-09"}, {"recognition_resolved_on": "2026-09-10"}),
    "probation.cut_short": Case({"recognized_on": "2026-09-09"}, {"recognized_on": "2026-09-10"}),
    "votes.missing": Case(
        {"votes_for": None, "members_summoned": None}, {"votes_for": None, "members_summoned": 17}, RESOLVED
    ),
    "votes.lonely": Case({"votes_for": None}, {"votes_for": None, "members_summoned": None}),
    "votes.impossible": Case({"votes_for": 0, "members_summoned": 0}, {"votes_for": 1, "members_summoned": 1}),
    "votes.more_than_summoned": Case({"votes_for": 18}, {"votes_for": 17}),
    "votes.two_thirds": Case({"votes_for": 11}, {"votes_for": 12}),
    "votes.no_rule": Case({RESOLUTION: "2025-06-08"}, {RESOLUTION: "2025-06-09"}, RESOLVED),
    "votes.undated": Case({"votes_for": 12}, {}, DOSSIER),
    "status.unclear": Case({"status": None, "moved_to": "Xã Khác"}, {"moved_to": "Xã Khác"}),
    "status.date": Case({"status": "deceased"}, {"status": "deceased", "status_changed_on": 2026}),
    "status.destination": Case({"status": "moved_out"}, {"status": "moved_out", "moved_to": "Xã Khác"}),
    "status.contradiction": Case({"status": "refused"}, {"status": "refused"}, DECIDED, RESOLVED),
    "status.struck_without_ceremony": Case({"status": "struck_off"}, {"status": "struck_off"}, DECIDED, PROBATIONARY),
    "status.overtaken": Case(
        {"status": "moved_out", "status_changed_on": "2026-10-11"},
        {"status": "moved_out", "status_changed_on": "2026-10-12"},
    ),
}

#: Rules that compare people take two of them; only the second is changed.
PAIRED = {
    "duplicate.id": Case({"name_key": "x"}, {"name_key": "x", ID: "099198000124"}),
    "duplicate.person": Case({ID: None}, {ID: None, "birth_on": "1998-05-10"}),
}

CASES = {**GENERATED, **SINGLE}


@pytest.fixture(scope="module")
def facts(register, person):
    """The register with its facts for (stage, changes) pairs, each person in a file of their own."""

    def make(*cases):
        people = [person(stage, **{"file": file, **changes}) for file, (stage, changes) in enumerate(cases)]
        return gather(register(*people), RULEBOOK, AS_OF)

    return make


@pytest.fixture(scope="module")
def fires(facts):
    """Who breaks each rule when every rule is given its own culprit: rule → codes of the culprits."""
    return answered(facts(*((case.stage, case.fires) for case in CASES.values())))


@pytest.fixture(scope="module")
def quiet(facts):
    return answered(facts(*((case.quiet_stage or case.stage, case.quiet) for case in CASES.values())))


def answered(rows):
    return {code: dict(zip(CASES, RULES[code].breaks(rows), strict=True)) for code in CASES}


@pytest.fixture(scope="module")
def blank_line(register):
    return gather(register({}), RULEBOOK, AS_OF)


@pytest.fixture(scope="module")
def no_line(register):
    return gather(register(), RULEBOOK, AS_OF)


@pytest.fixture
def broken(facts):
    """Whether people with some changes break one rule, all in one file."""

    def ask(code, *people, stage=OFFICIAL):
        rows = facts(*((stage, {"file": 0, **changes}) for changes in people))
        return RULES[code].breaks(rows).tolist()

    return ask


def test_every_rule_has_both_cases():
    assert CASES.keys() | PAIRED.keys() == RULES.keys()


def test_there_are_many_rules_and_each_has_its_own_name():
    assert len(RULES) >= 40
    assert all(code == one.code for code, one in RULES.items())


@pytest.mark.parametrize("code", CASES)
def test_a_rule_fires(fires, code):
    assert fires[code][code]


@pytest.mark.parametrize("code", CASES)
def test_a_rule_is_quiet_next_to_it(quiet, code):
    assert not quiet[code][code]


@pytest.mark.parametrize("code", PAIRED)
def test_a_rule_about_two_people_fires_on_both_and_on_no_other(broken, code):
    case = PAIRED[code]
    assert broken(code, {}, case.fires, {"name_key": "y", ID: "099198000999"}) == [True, True, False]
    assert broken(code, {}, case.quiet) == [False, False]


@pytest.mark.parametrize("code", RULES)
def test_a_rule_is_silent_on_a_blank_line_unless_it_asks_for_what_is_missing(blank_line, code):
    """No rule accuses anybody on thin data."""
    asked = {f"blank.{name}" for name, one in ASKED.items() if one.first is SYMPATHIZER}
    assert RULES[code].breaks(blank_line).tolist() == [code in asked]


@pytest.mark.parametrize("code", RULES)
def test_a_rule_answers_with_one_boolean_for_each_row(blank_line, no_line, code):
    for rows in (blank_line, no_line):
        mask = RULES[code].breaks(rows)
        assert (mask.dtype, mask.shape) == (bool, (len(rows),))


def test_a_sound_person_breaks_no_rule_at_any_stage(facts):
    rows = facts(*((stage, {}) for stage in Stage))
    assert [code for code, one in RULES.items() if one.breaks(rows).any()] == []


@pytest.mark.parametrize("one", RULES.values(), ids=RULES.keys())
def test_a_rule_is_well_formed(one):
    family, _, name = one.code.partition(".")
    assert family.isidentifier()
    assert name.isidentifier()
    assert one.code == one.code.lower()
    assert one.columns
    assert set(one.columns) <= COLUMNS


@pytest.mark.parametrize("code", ["age.under", "certificate.expired", "helper.together", "votes.two_thirds", "id.sex"])
def test_a_rule_of_the_law_says_where_it_stands(code):
    assert RULES[code].cite or RULES[code].measured


def test_no_rule_cites_both_a_fixed_text_and_the_one_in_force_on_the_day():
    assert [code for code, one in RULES.items() if one.cite and one.measured] == []


@pytest.mark.parametrize("code", [code for code in RULES if RULES[code].measured])
def test_a_rule_is_measured_by_a_number_that_the_rulebook_states(code):
    assert RULEBOOK.condition(RULES[code].measured, AS_OF)


def test_every_rule_that_rests_on_a_number_of_the_rulebook_says_which():
    resting = {code for code in RULES if code.startswith(("age.", "certificate.", "dossier.", "probation."))}
    assert {code for code, one in RULES.items() if one.measured} == resting | {"helper.together", "votes.two_thirds"}


def test_every_cite_belongs_to_a_rule():
    cites = tomllib.loads((files("validation.rules") / "cites.toml").read_text("utf-8"))
    assert cites.keys() <= RULES.keys() | {family(code) for code in RULES}


def test_practice_claims_no_clause():
    assert RULES["name.single_word"].cite == ""
    assert RULES["sequence.applied_on"].cite == ""


# Age, on the day of the resolution


@pytest.mark.parametrize(
    ("resolved", "under", "edge"),
    [
        ("2026-06-01", True, False),
        ("2026-06-14", True, False),
        ("2026-06-15", False, True),
        ("2026-06-16", False, True),
        ("2026-06-30", False, True),
        ("2026-07-01", False, False),
    ],
)
def test_one_is_eighteen_on_the_birthday_and_asked_about_until_the_month_ends(broken, resolved, under, edge):
    born = {"birth_on": "2008-06-15", RESOLUTION: resolved}
    assert broken("age.under", born) == [under]
    assert broken("age.edge", born) == [edge]


@pytest.mark.parametrize(
    ("resolved", "over"), [("2026-06-14", False), ("2026-06-15", False), ("2026-06-16", True), ("2026-07-15", True)]
)
def test_one_is_past_sixty_the_day_after_the_birthday(broken, resolved, over):
    assert broken("age.over", {"birth_on": "1966-06-15", RESOLUTION: resolved}) == [over]


def test_a_child_of_the_29th_of_february_is_eighteen_on_the_28th(broken):
    born = {"birth_on": "2008-02-29"}
    resolved = [{**born, RESOLUTION: day} for day in ("2026-02-27", "2026-02-28")]
    assert broken("age.under", *resolved) == [True, False]


def test_a_year_of_birth_accuses_only_where_no_day_of_it_would_do(broken):
    """Resolved on 03/07/2025: born in 2007 may be of age, born in 2008 may not; a year never proves the age."""
    years = [{"birth_on": year} for year in (2008, 2007, 1990, 1965, 1964)]
    assert broken("age.under", *years, stage=RESOLVED) == [True, False, False, False, False]
    assert broken("age.over", *years, stage=RESOLVED) == [False, False, False, False, True]
    assert broken("age.unknown", *years, stage=RESOLVED) == [False, True, True, True, False]
    assert broken("age.edge", *years, stage=RESOLVED) == [False] * 5


def test_before_the_first_document_nothing_is_measured(broken):
    """Nobody knows the numbers of 1990 here, so nobody is told that they were missed."""
    long_ago = {"birth_on": "1975-01-01", "certificate_on": "1980-01-01", RESOLUTION: "1990-01-01", "votes_for": 1}
    for code in ("age.under", "certificate.expired", "votes.two_thirds"):
        assert broken(code, long_ago) == [False]


# Periods of months


def test_a_certificate_of_five_years_ago_had_lapsed(broken):
    """Issued on 15/01/2020: valid through 15/01/2025."""
    days = ("2025-01-14", "2025-01-15", "2025-01-16", "2025-02-03")
    cases = [{"certificate_on": "2020-01-15", RESOLUTION: day} for day in days]
    assert broken("certificate.expired", *cases) == [False, False, True, True]


def test_a_dossier_starts_with_its_earliest_paper(broken):
    late = {"applied_on": None, "vetting_sent_on": None, "vetting_result_on": None, "union_resolved_on": "2024-07-02"}
    assert broken("dossier.expired", late, {**late, "union_resolved_on": "2024-07-03"}, stage=RESOLVED) == [True, False]


def test_permission_to_open_a_dossier_is_not_its_start(broken):
    assert broken("dossier.expired", {"dossier_opened_on": "2023-01-01"}, stage=RESOLVED) == [False]


def test_people_who_moved_in_need_no_twelve_months_with_their_helper(broken):
    late = {"helper_assigned_on": "2025-01-10"}
    assert broken("helper.together", late, {**late, "status": "moved_in"}, stage=RESOLVED) == [True, False]


def test_the_months_with_the_helper_are_forgiven_by_the_words_of_the_day_of_the_resolution(broken):
    """That who moved in is exempt is stated since 09/06/2025."""
    moved_in = {"helper_assigned_on": "2025-01-10", "status": "moved_in"}
    cases = [{**moved_in, RESOLUTION: day} for day in ("2025-06-08", "2025-06-09")]
    assert broken("helper.together", *cases, stage=RESOLVED) == [True, False]


def test_a_lapsed_dossier_whose_papers_were_made_anew_asks_for_no_explanation(broken):
    """From an application of 01/03/2024 good through 01/03/2025: what the union and the residence said is later."""
    late = {"applied_on": "2024-03-01"}
    cases = [late, {**late, "union_resolved_on": "2025-03-01"}, {**late, "residence_opinion_on": None}]
    assert broken("dossier.expired", *cases, stage=RESOLVED) == [False, True, True]


def test_what_can_only_be_explained_is_not_asked_of_official_members(broken):
    late = {"helper_assigned_on": "2025-01-10", "applied_on": "2024-03-01", "union_resolved_on": "2025-02-05"}
    for code in ("helper.together", "dossier.expired"):
        assert broken(code, late, stage=PROBATIONARY) == [True]
        assert broken(code, late, stage=OFFICIAL) == [False]


def test_probation_from_a_leap_day_ends_on_the_28th(broken):
    begun = {"ceremony_on": "2024-02-29"}
    days = [{**begun, "recognition_resolved_on": day} for day in ("2025-02-27", "2025-02-28")]
    assert broken("probation.early", *days) == [True, False]


def test_an_early_resolution_makes_an_early_recognition_no_second_fault(broken):
    both = {"recognition_resolved_on": "2026-09-01", "recognized_on": "2026-09-05"}
    assert broken("probation.early", both) == [True]
    assert broken("probation.cut_short", both) == [False]


# Votes


def test_two_thirds_are_counted_in_whole_numbers(broken):
    votes = [(summoned, votes) for summoned in range(1, 61) for votes in range(summoned + 1)]
    asked = broken("votes.two_thirds", *({"members_summoned": all_, "votes_for": yes} for all_, yes in votes))
    assert asked == [3 * yes < 2 * all_ for all_, yes in votes]


def test_twelve_of_seventeen_are_enough_and_eleven_are_told_so(register, person):
    """20 official members, 2 elsewhere, 1 exempt and absent."""
    rows = gather(register(person(votes_for=11)), RULEBOOK, AS_OF)
    told = RULES["votes.two_thirds"].tells(rows).to_dict("records")
    assert told == [{"vote_numerator": 2, "vote_denominator": 3, "needed": 12}]


@pytest.mark.parametrize("status", ["refused", "removed"])
def test_a_vote_that_failed_is_rightly_short(broken, status):
    assert broken("votes.two_thirds", {"votes_for": 3, "status": status}, stage=RESOLVED) == [False]


def test_a_vote_before_the_first_document_that_states_the_share_is_said_to_be_unchecked(broken):
    early = {RESOLUTION: "2024-07-03"}
    votes = [early, {**early, "votes_for": None}, {**early, "members_summoned": 0}, {RESOLUTION: 2024}]
    assert broken("votes.no_rule", *votes, stage=RESOLVED) == [True, False, False, False]
    assert broken("votes.no_rule", early, {**early, "status": "moved_out"}, stage=PROBATIONARY) == [True, False]
    assert broken("votes.no_rule", early, stage=OFFICIAL) == [False]
    assert RULES["votes.no_rule"].level is Level.NOTE


def test_a_vote_without_a_day_has_no_rule_to_be_measured_by(broken):
    assert broken("votes.two_thirds", {"votes_for": 3, RESOLUTION: None}) == [False]


# Numbers of people and cards


@pytest.mark.parametrize("number", ["1098000123", "01198000123", "91198000123"])
def test_an_id_that_lost_its_zeros_is_offered_them_and_not_called_too_short(broken, number):
    assert broken("id.zero_lost", {ID: number}) == [True]
    assert broken("id.length", {ID: number}) == [False]


@pytest.mark.parametrize("number", ["98198000123", "12345678", "0991980001234", "09919800O123", "1"])
def test_other_ids_are_of_a_wrong_length(broken, number):
    assert broken("id.length", {ID: number}) == [True]
    assert broken("id.zero_lost", {ID: number}) == [False]


def test_there_are_sixty_three_provinces_and_the_made_up_one():
    codes = province_codes()
    assert len(set(codes)) == 64
    assert all(len(code) == 3 and code.isdigit() for code in codes)
    assert {"001", "079", "096", "099"} <= set(codes)


@pytest.mark.parametrize(
    ("sex", "birth_on", "digits"),
    [
        ("male", "1999-12-31", "099"),
        ("female", "1999-12-31", "199"),
        ("male", "2000-01-01", "200"),
        ("female", "2000-01-01", "300"),
        ("female", 2004, "304"),
    ],
)
def test_the_digits_of_century_sex_and_year_agree(broken, sex, birth_on, digits):
    right = {"sex": sex, "birth_on": birth_on, ID: f"099{digits}000123"}
    for code in ("id.sex", "id.birth_year", "id.century"):
        assert broken(code, right) == [False]


def test_where_one_digit_tells_another_sex_and_century_only_the_sex_is_named(broken):
    wrong = {"sex": "male", "birth_on": "2001-01-01", ID: "099101000123"}
    assert broken("id.sex", wrong) == [True]
    assert broken("id.century", wrong) == [False]


def test_an_unknown_sex_or_birth_contradicts_no_id(broken):
    unknown = {"sex": None, "birth_on": None}
    for code in ("id.sex", "id.birth_year", "id.century"):
        assert broken(code, unknown, {"sex": "xyz", "birth_on": None}) == [False, False]


# Lists, presence, order


def test_a_qualification_is_free_text_and_only_noted():
    levels = {one.code: one.level for one in LISTS}
    assert levels.pop("list.qualification") is Level.NOTE
    assert set(levels.values()) == {Level.ERROR}


@pytest.mark.parametrize("status", sorted(LEFT))
def test_nobody_is_asked_for_papers_after_leaving(facts, status):
    rows = facts((OFFICIAL, {**dict.fromkeys(ASKED), "status": status}))
    assert [code for code in RULES if code.startswith("blank.") and RULES[code].breaks(rows).any()] == []


@pytest.mark.parametrize(
    "column", ["applied_on", "vetting_result_on", "branch_resolved_on", "helper", "certificate_on"]
)
def test_members_are_not_asked_for_the_papers_of_long_ago(broken, column):
    for stage in (PROBATIONARY, OFFICIAL):
        assert broken(f"blank.{column}", {column: None}, stage=stage) == [False]


def test_a_committee_resolution_and_a_request_for_vetting_are_asked_of_nobody():
    assert {"committee_resolved_on", "vetting_sent_on"}.isdisjoint(ASKED)


def test_the_same_day_is_in_order_and_the_day_before_is_not(register):
    day = date(2024, 5, 10)
    pairs = [*MUST_PAIRS, *USUAL_PAIRS]
    people = [{early: str(day), late: str(day + timedelta(days=step))} for early, late in pairs for step in (-1, 0, 1)]
    rows = gather(register(*people), RULEBOOK, AS_OF)
    for place, pair in enumerate(pairs):
        kind = "order" if pair in MUST_PAIRS else "sequence"
        for column in pair:
            asked = RULES[f"{kind}.{column}"].breaks(rows)
            assert asked[3 * place : 3 * place + 3].tolist() == [True, False, False]


def test_years_alone_contradict_each_other_only_where_no_day_of_them_would_do(register):
    people = [
        {"certificate_on": 2024, "branch_resolved_on": 2023},
        {"certificate_on": 2024, "branch_resolved_on": "2023-12-31"},
        {"certificate_on": 2024, "branch_resolved_on": "2024-01-01"},
        {"certificate_on": "2024-12-31", "branch_resolved_on": 2024},
        {"certificate_on": 2024, "branch_resolved_on": None},
    ]
    rows = gather(register(*people), RULEBOOK, AS_OF)
    assert RULES["order.branch_resolved_on"].breaks(rows).tolist() == [True, True, False, False, False]


def test_every_pair_of_days_is_compared_once_for_all_rules_and_blame(register, person):
    told = reversals(register(person()))
    assert not told[[reversal(pair) for pair in (*MUST_PAIRS, *USUAL_PAIRS)]].any(axis=None)


def test_the_procedure_s_order_reaches_from_the_first_step_to_the_last():
    assert ("certificate_on", "recognized_on") in MUST_PAIRS
    assert ("birth_on", "recognized_on") in MUST_PAIRS
    assert not set(MUST_PAIRS) & {(late, early) for early, late in MUST_PAIRS}
    assert not set(USUAL_PAIRS) & {(late, early) for early, late in [*MUST_PAIRS, *USUAL_PAIRS]}


def test_two_who_left_or_stand_in_different_files_are_not_the_same(broken):
    assert broken("duplicate.id", {}, {"file": 1}) == [False, False]
    assert broken("duplicate.id", {}, {"status": "removed"}) == [False, False]
    assert broken("duplicate.id", {"status": Status.MOVED_IN}, {}) == [True, True]


@pytest.fixture
def lines_told(register, person):
    """What each of several people of the same identity number is told, by the line they stand in."""

    def ask(code, *lines):
        rows = gather(register(*(person(row=line, table=table) for table, line in lines)), RULEBOOK, AS_OF)
        return RULES[code].tells(rows)

    return ask


@pytest.mark.parametrize("code", PAIRED)
def test_a_double_is_told_the_lines_of_the_others(lines_told, code):
    told = lines_told(code, (0, 12), (0, 7), (0, 30))
    assert told["lines"].tolist() == [[(0, 7), (0, 30)], [(0, 12), (0, 30)], [(0, 7), (0, 12)]]
    assert told["more"].isna().all()


@pytest.mark.parametrize("code", PAIRED)
def test_of_many_others_five_lines_are_told_and_the_rest_is_counted(lines_told, code):
    told = lines_told(code, *((0, line) for line in range(5, 15)))
    others = [[line for _, line in lines] for lines in told["lines"].iloc[[0, 2, 9]]]
    assert others == [[6, 7, 8, 9, 10], [5, 6, 8, 9, 10], [5, 6, 7, 8, 9]]
    assert told["more"].tolist() == [4] * 10


def test_the_same_line_of_another_sheet_is_another_line(lines_told):
    assert lines_told("duplicate.id", (0, 5), (1, 5))["lines"].tolist() == [[(1, 5)], [(-1, 5)]]


def test_thousands_of_doubles_stay_short(lines_told):
    told = lines_told("duplicate.id", *((0, line) for line in range(3000)))
    assert told["lines"].map(len).max() == 5


@pytest.mark.parametrize(
    ("number", "double"),
    [("099198000123", True), ("991980001", True), ("1", False), ("0991980001", False), ("09919800O123", False)],
)
def test_only_a_number_that_may_be_an_identity_number_is_a_double(broken, number, double):
    assert broken("duplicate.id", {ID: number}, {ID: number, "name_key": "x"}) == [double, double]
