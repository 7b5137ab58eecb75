"""How papers stand: the last day counts, blank is not there, and what no register holds is never said to be there."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validation import stages
from validation.deadlines import clocks
from validation.dossier import Cell, PaperState, Standpoint, next_papers, steps_told
from validation.papers import papers
from validation.regulation import assemble, load
from validation.vocabulary import Stage, Step
from validation.workdays import calendar_of

RULEBOOK, CALENDAR = load(), calendar_of()
AS_OF = date(2026, 11, 22)
WITHIN = 90
COLUMNS = [paper.column for paper in papers() if paper.column]
FOUR = {"vetting", "member_introduction", "union_introduction", "opinions"}

#: Everything a branch looks at, with dates of one year; the dossier is drawn up on the day of the application.
READY = {
    "sympathizer_on": "2025-10-01",
    "certificate_number": "12/GCN",
    "certificate_on": "2026-01-15",
    "dossier_opened_on": "2026-02-02",
    "applied_on": "2026-03-02",
    "vetting_sent_on": "2026-03-10",
    "vetting_result_on": "2026-04-21",
    "union_resolved_on": "2026-05-04",
    "residence_opinion_on": "2026-05-12",
}
DOSSIER_ENDS = date(2027, 3, 2)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def ask(register):
    """The papers of people, each given by their cells; `cells` overrides what their sheet has for a column."""

    def papers_of(*people, as_of=AS_OF, cells=None, rulebook=RULEBOOK, within=WITHIN):
        typed = register(*people)
        filled = typed[COLUMNS].notna() | (typed[[f"{column}_year" for column in COLUMNS]] != 0).to_numpy()
        has = filled.map(lambda there: Cell.WRITTEN if there else Cell.BLANK).assign(**(cells or {}))
        stage = stages.assign(typed, as_of).mask(stages.left(typed), "")
        return next_papers(
            typed, stage, clocks(typed, rulebook, CALENDAR, as_of), has, Standpoint(rulebook, as_of, within)
        )

    return papers_of


@pytest.fixture(scope="module")
def state(ask):
    """Paper → state, of one person."""

    def states(person, **asked):
        return ask(person, **asked).set_index("paper")["state"].to_dict()

    return states


def test_before_the_branch_resolves_every_paper_of_the_dossier_is_asked_for(ask):
    stand = ask(READY)
    assert set(stand["step"]) == {Step.RESOLVE_BRANCH}
    assert stand["paper"].tolist() == [
        "certificate",
        "dossier_permission",
        "application",
        "personal_history",
        "vetting",
        "member_introduction",
        "union_introduction",
        "opinions",
    ]


@pytest.mark.parametrize(
    ("cells", "step", "listed"),
    [
        ({"sympathizer_on": "2026-01-05"}, Step.CERTIFY_COURSE, ["sympathizer_resolution", "certificate"]),
        ({"certificate_on": "2026-01-15"}, Step.OPEN_DOSSIER, ["certificate"]),
        (
            {**READY, "branch_resolved_on": "2026-10-01"},
            Step.DECIDE_ADMISSION,
            ["branch_resolution", "division_report", "committee_resolution"],
        ),
        ({"decided_on": "2026-11-02"}, Step.HOLD_CEREMONY, ["admission_decision"]),
        (
            {"ceremony_on": "2026-01-05"},
            Step.RESOLVE_RECOGNITION,
            [
                "member_record",
                "member_sheet",
                "new_member_certificate",
                "self_review",
                "helper_review",
                "recognition_opinions",
            ],
        ),
        (
            {"ceremony_on": "2025-10-01", "recognition_resolved_on": "2026-10-12"},
            Step.DECIDE_RECOGNITION,
            ["recognition_resolution", "recognition_division_report", "recognition_committee_resolution"],
        ),
    ],
)
def test_each_next_step_asks_for_its_own_papers(ask, cells, step, listed):
    stand = ask(cells)
    assert set(stand["step"]) == {step}
    assert stand["paper"].tolist() == listed


@pytest.mark.parametrize("cells", [{**READY, "status": "moved_out"}, {"recognized_on": "2026-10-12"}])
def test_who_left_or_is_an_official_member_has_no_papers_to_follow(ask, cells):
    assert ask(cells).empty


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2031, 1, 15) - 91 * DAY, PaperState.THERE),
        (date(2031, 1, 15) - 90 * DAY, PaperState.LAPSING),
        (date(2031, 1, 15), PaperState.LAPSING),
        (date(2031, 1, 16), PaperState.REDO),
    ],
)
def test_a_certificate_is_good_through_its_sixtieth_month(ask, as_of, expected):
    """Issued on 15/01/2026: the branch may consider it through 15/01/2031."""
    stand = ask({"certificate_on": "2026-01-15"}, as_of=as_of)
    assert stand["state"].tolist() == [expected]
    assert stand["lapses_on"].tolist() == [pd.Timestamp(2031, 1, 15)]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (DOSSIER_ENDS - 91 * DAY, PaperState.THERE),
        (DOSSIER_ENDS - 90 * DAY, PaperState.LAPSING),
        (DOSSIER_ENDS - DAY, PaperState.LAPSING),
        (DOSSIER_ENDS, PaperState.LAPSING),
        (DOSSIER_ENDS + DAY, PaperState.REDO),
    ],
)
def test_a_dossier_is_good_through_its_twelfth_month(state, as_of, expected):
    """Drawn up from 02/03/2026 on, the day of its earliest paper."""
    stand = state(READY, as_of=as_of)
    assert {stand[paper] for paper in FOUR - {"member_introduction"}} == {expected}


def test_after_twelve_months_exactly_the_four_papers_are_made_anew(state):
    stand = state(READY, as_of=DOSSIER_ENDS + DAY)
    assert {paper for paper, how in stand.items() if how == PaperState.REDO} == FOUR
    assert (stand["application"], stand["personal_history"]) == (PaperState.THERE, PaperState.UNRECORDED)


def test_the_months_come_from_the_rulebook(ask):
    """The same dossier under a made-up rulebook of six months."""
    central = [
        replace(
            law,
            deadlines=tuple(replace(one, count=6) if one.key == "dossier_validity" else one for one in law.deadlines),
        )
        for law in RULEBOOK.central
    ]
    stand = ask(READY, rulebook=assemble(central)).set_index("paper")
    assert stand.loc["opinions", "lapses_on"] == pd.Timestamp(2026, 9, 2)
    assert stand.loc["opinions", "state"] == PaperState.REDO


@pytest.mark.parametrize(
    ("opinion", "expected"),
    [(DOSSIER_ENDS, PaperState.REDO), (DOSSIER_ENDS + DAY, PaperState.THERE)],
    ids=["on the last day", "the day after"],
)
def test_a_paper_dated_after_the_dossier_lapsed_is_the_one_made_anew(ask, opinion, expected):
    made_anew = {**READY, "residence_opinion_on": opinion.isoformat()}
    stand = ask(made_anew, as_of=DOSSIER_ENDS + 30 * DAY).set_index("paper").loc["opinions"]
    assert stand["state"] == expected
    assert pd.isna(stand["lapses_on"]) == (expected == PaperState.THERE)


def test_of_a_paper_known_only_by_its_year_nobody_can_tell_whether_it_is_the_new_one(state):
    partly = {**READY, "union_resolved_on": 2027}
    assert state(partly, as_of=DOSSIER_ENDS)["union_introduction"] == PaperState.LAPSING
    assert state(partly, as_of=DOSSIER_ENDS + DAY)["union_introduction"] == PaperState.UNCLEAR


@pytest.mark.parametrize(
    "cells",
    [
        {"certificate_number": "12/GCN"},
        {"certificate_on": 2025},
        {"certificate_on": "2015-03-02"},
    ],
    ids=["a number alone", "a year alone", "older than the rules known"],
)
def test_a_certificate_whose_last_day_nobody_can_tell_is_not_said_to_be_good(state, cells):
    assert state(cells)["certificate"] == PaperState.UNCLEAR


@pytest.mark.parametrize("column", ["applied_on", "union_resolved_on", "residence_opinion_on"])
@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Cell.BLANK, PaperState.MISSING),
        (Cell.WRITTEN, PaperState.UNCLEAR),
        (Cell.ABSENT, PaperState.UNRECORDED),
    ],
)
def test_what_the_register_does_not_show_is_never_there(state, column, cell, expected):
    paper = next(one.key for one in papers() if one.column == column)
    assert state({**READY, column: None}, cells={column: cell})[paper] == expected


def test_a_day_that_has_not_come_shows_no_paper(state):
    assert state({**READY, "residence_opinion_on": "2026-11-23"})["opinions"] == PaperState.UNCLEAR
    assert state({**READY, "residence_opinion_on": "2026-11-22"})["opinions"] == PaperState.THERE


def test_a_missing_paper_of_a_lapsed_dossier_is_missing_and_has_no_last_day(ask):
    stand = ask({**READY, "residence_opinion_on": None}, as_of=DOSSIER_ENDS + DAY).set_index("paper").loc["opinions"]
    assert stand["state"] == PaperState.MISSING
    assert pd.isna(stand["lapses_on"])


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.OFFICIAL])
def test_a_paper_that_no_register_holds_is_never_there(ask, person, stage):
    stand = ask(person(stage))
    silent = {paper.key for paper in papers() if paper.column is None}
    assert not (stand["paper"].isin(silent) & (stand["state"] == PaperState.THERE)).any()


def test_a_paper_is_awaited_on_the_soonest_day_of_itself_and_of_the_step(ask):
    """45 working days from 02/02/2026 are 13/04/2026 and 30 from 06/01 are 23/02, Tet in both, 10/01 worked."""
    decision = ask({"branch_resolved_on": "2026-02-02"}, as_of=date(2026, 3, 1))
    assert set(decision["due_on"]) == {pd.Timestamp(2026, 4, 13)}
    over = ask({"ceremony_on": "2025-01-06"}, as_of=date(2026, 1, 6))
    assert set(over["due_on"]) == {pd.Timestamp(2026, 2, 23)}
    begun = ask({"ceremony_on": "2026-01-06"}, as_of=date(2026, 1, 7)).set_index("paper")["due_on"]
    assert begun["member_record"] == pd.Timestamp(2026, 2, 23)
    assert begun.drop(["member_record", "member_sheet"]).gt(pd.Timestamp(2027, 1, 6)).all()


@pytest.mark.parametrize(("as_of", "early"), [(date(2027, 1, 4), True), (date(2027, 1, 5), False)])
def test_a_member_reviews_oneself_only_when_probation_is_over(ask, as_of, early):
    stand = ask({"ceremony_on": "2026-01-05"}, as_of=as_of).set_index("paper")["not_before"]
    assert stand.drop("self_review").isna().all()
    assert (stand["self_review"] == pd.Timestamp(2027, 1, 5)) is early or (pd.isna(stand["self_review"]) and not early)


@pytest.mark.parametrize(("born", "expected"), [("2009-03-02", PaperState.LAPSING), ("2009-03-03", PaperState.REDO)])
def test_a_paper_that_ends_before_the_branch_may_resolve_must_be_made_anew(state, born, expected):
    """Of age on 02/03/2027, the last day of the dossier, or on the day after it."""
    assert state({**READY, "birth_on": born}, as_of=DOSSIER_ENDS - DAY)["opinions"] == expected


def test_months_with_the_helper_that_are_to_be_confirmed_end_no_paper(state):
    """Helped since the day after the dossier began: no column tells since when the introducer was there."""
    helped = {**READY, "helper_assigned_on": "2026-03-03"}
    assert state(helped, as_of=DOSSIER_ENDS - DAY)["opinions"] == PaperState.LAPSING


@pytest.mark.parametrize(
    ("born", "due_on"),
    [("1966-12-21", date(2026, 12, 21)), ("1967-03-02", DOSSIER_ENDS), ("1966-11-21", DOSSIER_ENDS)],
    ids=["sixty before the dossier ends", "sixty on its last day", "past sixty already"],
)
def test_a_branch_must_resolve_before_the_dossier_ends_and_the_person_is_too_old(ask, born, due_on):
    stand = ask({**READY, "birth_on": born}).set_index("paper")
    outgrown = due_on != DOSSIER_ENDS
    assert stand.loc["opinions", "due_on"] == pd.Timestamp(due_on)
    assert set(stand["outgrown_on"].notna()) == {outgrown}


@pytest.mark.parametrize(("born", "told"), [("1967-02-20", True), ("1967-02-21", False)])
def test_without_a_dossier_the_sixtieth_birthday_is_awaited_once_it_is_near(ask, born, told):
    """Ninety days from 22/11/2026 end on 20/02/2027."""
    stand = ask({"certificate_on": "2026-01-15", "birth_on": born})
    assert stand["outgrown_on"].notna().tolist() == [told]


def test_a_certificate_to_be_earned_or_earned_again_is_the_step_ahead(ask):
    lapsed = ask({**READY, "certificate_on": "2020-01-15"})
    assert dict(zip(lapsed["paper"], steps_told(lapsed), strict=True)) == {
        "certificate": Step.CERTIFY_COURSE,
        **dict.fromkeys(set(lapsed["paper"]) - {"certificate"}, Step.RESOLVE_BRANCH),
    }
    assert set(steps_told(ask(READY))) == {Step.RESOLVE_BRANCH}


@settings(max_examples=15, deadline=None)
@given(days=st.integers(0, 2200), later=st.integers(1, 400))
def test_time_never_mends_a_paper(state, days, later):
    """While nobody writes anything, a paper goes from there to lapsing to be made anew, and never back."""
    order = [PaperState.THERE, PaperState.LAPSING, PaperState.REDO]
    early = date(2026, 5, 12) + timedelta(days=days)
    now, then = (state(READY, as_of=day) for day in (early, early + timedelta(days=later)))
    for paper in ("certificate", "vetting", "union_introduction", "opinions"):
        assert order.index(then[paper]) >= order.index(now[paper])
