"""Who can still make it: oracles worked out by hand, and what must hold of everybody.

Days due: 45 working days from resolution to decision, 30 from there to the ceremony; until 25/07/2026 from receiving
the decision, since then from issuing it.
"""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validation import stages
from validation.durations import Lesson
from validation.forecast import Doubt, Gap, Hope, Horizon, Outlook, forecast, on_schedule
from validation.forecast_chain import ACTS
from validation.regulation import load
from validation.triggers import DOSSIER_PAPERS
from validation.vocabulary import LEFT, Stage, Status
from validation.workdays import calendar_of

RULEBOOK, CALENDAR = load(), calendar_of()
AS_OF, UNTIL = "2026-09-01", "2026-12-31"
SURE, POSSIBLE, IMPOSSIBLE = Outlook
NOTHING = dict.fromkeys(ACTS, Lesson(0, 0))
# Nobody here dates the sending of the dossier.
TENS = {**dict.fromkeys(ACTS, Lesson(9, 9, usual=10, most=14)), "dossier_sent_on": Lesson(0, 0)}

#: A person whom nothing keeps from being admitted but the acts still to do.
FREE = {"birth_on": "1998-05-09", "helper_assigned_on": "2024-06-10", "sympathizer_on": "2024-06-10"}

#: The same with what must lie behind a resolution, good for one from 01/12/2025 to 03/11/2026.
READY_TO_RESOLVE = {
    **FREE,
    "certificate_on": "2024-08-15",
    "applied_on": "2025-11-03",
    "vetting_result_on": "2025-12-01",
    "votes_for": 12,
    "members_summoned": 17,
}


@pytest.fixture
def told(register):
    """The forecast of people, a line each."""

    def tell(*people, as_of=AS_OF, until=UNTIL, learnt=NOTHING, counted_by="ceremony_on"):
        horizon = Horizon(RULEBOOK, CALENDAR, date.fromisoformat(as_of), date.fromisoformat(until), counted_by)
        frame = register(*people)
        return forecast(frame, horizon, learnt, pd.DataFrame(False, index=frame.index, columns=list(ACTS))).people

    return tell


@pytest.mark.parametrize(
    ("person", "outlook", "earliest"),
    [
        pytest.param({}, POSSIBLE, AS_OF, id="no law says how long the acts take: today"),
        pytest.param({"birth_on": "2008-12-31"}, POSSIBLE, "2026-12-31", id="eighteen on the last day"),
        pytest.param({"birth_on": "2009-01-01"}, IMPOSSIBLE, "2027-01-01", id="eighteen a day too late"),
        pytest.param({"birth_on": 2008}, POSSIBLE, AS_OF, id="born in 2008, perhaps of age on New Year's Day"),
        pytest.param({"birth_on": 2009}, IMPOSSIBLE, "2027-01-01", id="born in 2009, on no day of it of age in 2026"),
        pytest.param({"birth_on": "1098-05-09"}, POSSIBLE, AS_OF, id="a slip of the pen says nothing of the age"),
        # The law counts the months together, which may have begun before the helper was assigned.
        pytest.param({"helper_assigned_on": "2025-12-31"}, POSSIBLE, AS_OF, id="twelve months helped on the last day"),
        pytest.param({"helper_assigned_on": "2026-01-01"}, POSSIBLE, AS_OF, id="twelve months helped a day too late"),
        pytest.param({"helper_assigned_on": None}, POSSIBLE, AS_OF, id="nobody knows since when helped"),
        pytest.param(
            {"helper_assigned_on": "2026-08-01", "status": Status.MOVED_IN}, POSSIBLE, AS_OF, id="moved in: no months"
        ),
        pytest.param(
            {"birth_on": "2008-10-05", "helper_assigned_on": "2025-11-20"},
            POSSIBLE,
            "2026-10-05",
            id="of two waits only the age is law",
        ),
        pytest.param({"birth_on": "1966-01-01"}, POSSIBLE, AS_OF, id="past sixty: a higher body may agree"),
        pytest.param({"certificate_on": "2021-08-15"}, POSSIBLE, AS_OF, id="lapsed on 15/08/2026: to be learnt again"),
        # August from the 11th 15, with Saturday the 22nd for Monday the 31st; September 20, from the 3rd on; October
        # 10, to the 14th. From the 15th: October 12, November 18, to the 26th, without the 24th.
        pytest.param({"branch_resolved_on": "2026-08-10"}, SURE, AS_OF, id="resolved in August: by 26/11"),
        # 45 working days ended on 28/07, before today.
        pytest.param({"branch_resolved_on": "2026-05-26"}, POSSIBLE, AS_OF, id="the decision is overdue"),
        pytest.param({"branch_resolved_on": 2026}, POSSIBLE, AS_OF, id="a resolution of unknown day promises nothing"),
        # August from the 4th 20, with Saturday the 22nd for Monday the 31st; September 10, from the 3rd on.
        pytest.param(
            {"branch_resolved_on": "2026-06-15", "decided_on": "2026-08-03"}, SURE, AS_OF, id="decided: by 16/09"
        ),
        pytest.param(
            {"birth_on": "2008-08-11", "branch_resolved_on": "2026-08-10"}, POSSIBLE, AS_OF, id="resolved under age"
        ),
        pytest.param(
            {"birth_on": "2008-08-10", "branch_resolved_on": "2026-08-10"}, SURE, AS_OF, id="resolved on the birthday"
        ),
    ],
)
def test_an_oracle_by_hand(told, person, outlook, earliest):
    base = READY_TO_RESOLVE if "branch_resolved_on" in person else FREE
    made = told({**base, **person}).iloc[0]

    assert (made["outlook"], f"{made['earliest_on']:%Y-%m-%d}") == (outlook, earliest)


@pytest.mark.parametrize(
    ("resolved", "outlook", "kept"),
    [
        # 17 September + 45 = 18 November; 19 November + 30 = 31 December, the 24th of November being a holiday.
        pytest.param("2026-09-16", SURE, "2026-12-31", id="the last day for the law's own terms"),
        pytest.param("2026-09-17", POSSIBLE, None, id="a day later they must be cut short"),
    ],
)
def test_the_last_safe_resolution_is_the_last_sure_one(told, resolved, outlook, kept):
    made = told({**READY_TO_RESOLVE, "branch_resolved_on": resolved}, as_of="2026-09-20").iloc[0]

    assert (made["outlook"], made["kept_on"]) == (outlook, pd.Timestamp(kept))


@pytest.mark.parametrize(("resolved", "outlook"), [("2025-12-08", SURE), ("2025-12-09", POSSIBLE)])
def test_the_same_to_the_decision_before_the_lunar_new_year(told, resolved, outlook):
    """From 09/12/2025: December 17, January 21 with the 10th, February 7, to the 10th."""
    resolution = {**READY_TO_RESOLVE, "branch_resolved_on": resolved}
    made = told(resolution, as_of="2025-12-15", until="2026-02-10", counted_by="decided_on")

    assert made["outlook"].tolist() == [outlook]


@pytest.mark.parametrize(("received", "outlook"), [("2026-02-10", SURE), ("2026-02-11", POSSIBLE)])
def test_the_same_from_receiving_the_decision_over_the_lunar_new_year(told, received, outlook):
    """From 11/02/2026: 3 working days to the 13th, the New Year from the 16th to the 20th, then 5, and March's 22."""
    resolved = {**READY_TO_RESOLVE, "branch_resolved_on": "2025-12-08"}
    decided = {**resolved, "decided_on": "2026-02-05", "decision_received_on": received}
    made = told(decided, as_of="2026-02-12", until="2026-03-31")

    assert made["outlook"].tolist() == [outlook]


@pytest.mark.parametrize(
    ("person", "as_of"),
    [
        ({"branch_resolved_on": "2025-12-08"}, "2025-12-15"),
        ({"branch_resolved_on": "2025-12-08", "decided_on": "2026-02-05"}, "2026-02-12"),
    ],
)
def test_a_term_that_starts_on_a_day_nobody_knows_yet_makes_nobody_sure(told, person, as_of):
    """Until 25/07/2026 the ceremony was due 30 working days after receiving the decision, not after issuing it."""
    made = told({**READY_TO_RESOLVE, **person}, as_of=as_of, until="2026-03-31").iloc[0]

    assert (made["outlook"], made["unreceived"], pd.isna(made["kept_on"])) == (POSSIBLE, True, True)


def test_a_decision_issued_under_the_new_rule_starts_the_term_itself(told):
    resolved = {**READY_TO_RESOLVE, "branch_resolved_on": "2026-06-15"}
    old, new = ({**resolved, "decided_on": day} for day in ("2026-07-24", "2026-07-27"))
    made = told(old, new, as_of="2026-08-03")

    assert made["outlook"].tolist() == [POSSIBLE, SURE]
    assert made["unreceived"].tolist() == [True, False]


@pytest.mark.parametrize(
    ("person", "doubt"),
    [
        ({"votes_for": 11, "members_summoned": 17}, Doubt.VOTES),
        ({"votes_for": 18, "members_summoned": 17}, Doubt.VOTES),
        ({"votes_for": 0, "members_summoned": 0}, Doubt.VOTES),
        ({"birth_on": "2008-08-11"}, Doubt.UNDER_AGE),
        ({"birth_on": 2009}, Doubt.UNDER_AGE),
        ({"birth_on": "1966-08-09"}, Doubt.OVER_AGE),
        ({"certificate_on": "2021-08-09"}, Doubt.CERTIFICATE),
        ({"applied_on": "2025-08-09"}, Doubt.DOSSIER),
        ({"decided_on": "2026-08-07"}, Doubt.ORDER),
        ({"certificate_on": "2026-08-11"}, Doubt.ORDER),
        ({"vetting_result_on": "2026-08-11"}, Doubt.ORDER),
        ({"decided_on": "2026-08-20", "decision_received_on": "2026-08-19"}, Doubt.ORDER),
        ({"branch_resolved_on": None, "decided_on": "2026-08-20"}, Doubt.MISSING),
        ({"applied_on": None}, Doubt.MISSING),
        ({"vetting_result_on": None}, Doubt.MISSING),
    ],
)
def test_a_resolution_that_the_register_speaks_against_makes_nobody_sure(told, person, doubt):
    made = told({**READY_TO_RESOLVE, "branch_resolved_on": "2026-08-10", **person}).iloc[0]

    assert [one for one in Doubt if made[one]] == [doubt]
    assert (made["outlook"], pd.isna(made["kept_on"])) == (POSSIBLE, True)


@pytest.mark.parametrize(
    "person",
    [
        {"votes_for": 12, "members_summoned": 17},
        {"votes_for": None, "members_summoned": None},
        {"birth_on": "1966-08-10"},
        {"certificate_on": "2021-08-10"},
        {"applied_on": "2025-08-10"},
        {"applied_on": "2025-08-09", "union_resolved_on": "2026-08-10", "residence_opinion_on": "2026-08-10"},
        {"union_resolved_on": None, "residence_opinion_on": None, "certificate_number": None, "vetting_sent_on": None},
        {"birth_on": 2007},
        {"birth_on": 1967},
        {"birth_on": "1966-08-09", "explanation": "Đã có văn bản đồng ý"},
    ],
)
def test_a_resolution_within_every_bound_is_sure(told, person):
    made = told({**READY_TO_RESOLVE, "branch_resolved_on": "2026-08-10", **person}).iloc[0]

    assert (made["outlook"], made["kept_on"]) == (SURE, pd.Timestamp("2026-11-26"))


@pytest.mark.parametrize(
    ("person", "unknown"),
    [
        ({"birth_on": None}, "unknown_birth"),
        ({"birth_on": 2008}, "unknown_birth"),
        ({"birth_on": 1966}, "unknown_birth"),
        ({"birth_on": "1098-05-09"}, "unknown_birth"),
        ({"certificate_on": None}, "unknown_certificate"),
        ({"certificate_on": None, "certificate_number": "12/GCN"}, "unknown_certificate"),
        ({"certificate_on": 2024}, "unknown_certificate"),
    ],
)
@pytest.mark.parametrize("decided", [{}, {"decided_on": "2026-08-20"}])
def test_a_condition_of_the_resolution_that_cannot_be_tested_makes_nobody_sure(told, person, unknown, decided):
    made = told({**READY_TO_RESOLVE, "branch_resolved_on": "2026-08-10", **decided, **person}).iloc[0]

    assert [name for name in ("unknown_birth", "unknown_certificate") if made[name]] == [unknown]
    assert (made["outlook"], pd.isna(made["kept_on"])) == (POSSIBLE, True)


def test_votes_that_nobody_wrote_down_are_told_and_doubt_nothing(told):
    resolved = {**READY_TO_RESOLVE, "branch_resolved_on": "2026-08-10"}
    made = told(resolved, {**resolved, "votes_for": None}, {**resolved, "members_summoned": None}, FREE)

    assert made["uncounted"].tolist() == [False, True, True, False]
    assert made["outlook"].tolist() == [SURE, SURE, SURE, POSSIBLE]


def test_no_reason_makes_good_what_is_an_error(told):
    resolved = {
        **READY_TO_RESOLVE,
        "branch_resolved_on": "2026-08-10",
        "certificate_on": "2021-08-09",
        "explanation": "Đã báo cáo",
    }

    assert told(resolved)["outlook"].tolist() == [POSSIBLE]


def test_the_months_with_the_helper_are_told_and_hold_nobody_up(told):
    made = told({**FREE, "helper_assigned_on": "2026-03-01"}, {**FREE, "helper_assigned_on": "2025-08-31"})

    assert made["together_on"].dropna().to_dict() == {0: pd.Timestamp("2027-03-01")}
    assert made["outlook"].tolist() == [POSSIBLE, POSSIBLE]


def test_where_the_terms_end_beyond_the_day_aimed_at_that_day_is_told(told):
    """Resolved on 17/09: decided by 19/11, celebrated by the 4th of January, the 1st being a holiday."""
    made = told({**READY_TO_RESOLVE, "branch_resolved_on": "2026-09-17"}, as_of="2026-09-20").iloc[0]

    assert (made["outlook"], made["late_on"]) == (POSSIBLE, pd.Timestamp("2027-01-04"))


@pytest.mark.parametrize(
    ("person", "as_of", "known"),
    [
        ({"branch_resolved_on": "2026-02-02"}, "2026-09-01", True),
        ({"branch_resolved_on": "2026-02-02", "decided_on": "2026-03-02"}, "2026-09-01", False),
        ({"certificate_on": "2025-05-05", "vetting_sent_on": "2026-06-01"}, "2026-09-01", False),
    ],
)
def test_a_term_that_is_over_is_the_laws_own_only_from_the_day_the_law_names(told, person, as_of, known):
    made = told({**FREE, **person}, as_of=as_of).iloc[0]

    assert pd.notna(made["overdue_on"])
    assert made["overdue_from_known"] == known


def test_a_leap_day_makes_of_age_on_the_last_of_february(told):
    made = told({**FREE, "birth_on": "2008-02-29"}, as_of="2026-02-02")

    assert made["earliest_on"].tolist() == made["of_age_on"].tolist() == [pd.Timestamp("2026-02-28")]


def test_another_day_aimed_at_changes_who_makes_it(told):
    people = [{**READY_TO_RESOLVE, "branch_resolved_on": "2026-08-10"}, {**FREE, "birth_on": "2008-12-15"}]

    assert told(*people, until="2026-11-26")["outlook"].tolist() == [SURE, IMPOSSIBLE]
    assert told(*people, until="2026-11-25")["outlook"].tolist() == [POSSIBLE, IMPOSSIBLE]
    assert told(*people)["outlook"].tolist() == [SURE, POSSIBLE]


def test_a_day_already_past_is_too_late_for_everybody(told, person):
    waiting = [person(stage) for stage in list(Stage)[:5]]

    assert set(told(*waiting, as_of="2027-02-01")["outlook"]) == {IMPOSSIBLE}


@pytest.mark.parametrize(
    ("person", "unknown"),
    [
        ({"birth_on": 2000}, "unknown_birth"),
        ({"birth_on": None}, "unknown_birth"),
        ({"birth_on": "1098-05-09"}, "unknown_birth"),
        ({"helper_assigned_on": 2024}, "unknown_helper"),
        ({"certificate_number": "12/GCN"}, "unknown_certificate"),
        ({"certificate_on": 2025}, "unknown_certificate"),
        ({"branch_resolved_on": 2026}, "undated"),
        ({"branch_resolved_on": "2026-08-10", "decided_on": 2026}, "undated"),
    ],
)
def test_what_the_register_does_not_tell_is_said_and_promises_nothing(told, person, unknown):
    base = READY_TO_RESOLVE if "branch_resolved_on" in person else FREE
    made = told({**base, **person}).iloc[0]

    assert [name for name in ("unknown_birth", "unknown_helper", "unknown_certificate", "undated") if made[name]] == [
        unknown
    ]
    assert made["outlook"] == POSSIBLE


@pytest.mark.parametrize(
    ("person", "lapsed", "day", "following"),
    [
        ({"certificate_on": "2021-08-31"}, "lapsed_certificate_on", "2026-08-31", "certificate_on"),
        ({"certificate_on": "2021-09-01"}, "lapsed_certificate_on", None, "dossier_opened_on"),
        (
            {"certificate_on": "2024-08-15", "applied_on": "2025-08-31", "union_resolved_on": "2025-09-20",
             "vetting_result_on": "2025-10-20", "residence_opinion_on": "2025-10-25"},
            "lapsed_dossier_on", "2026-08-31", "union_resolved_on",
        ),
        (
            {"certificate_on": "2024-08-15", "applied_on": "2025-09-01", "union_resolved_on": "2025-09-20",
             "vetting_result_on": "2025-10-20", "residence_opinion_on": "2025-10-25"},
            "lapsed_dossier_on", None, "branch_resolved_on",
        ),
        ({"birth_on": "1966-08-31"}, "too_old_on", "2026-08-31", "certificate_on"),
    ],
)  # fmt: skip
def test_what_has_lapsed_must_be_done_anew_and_its_last_day_still_counts(told, person, lapsed, day, following):
    made = told({**FREE, **person}).iloc[0]

    assert made[lapsed] == pd.Timestamp(day) if day else pd.isna(made[lapsed])
    assert made["next"] == following


def test_papers_that_lapse_while_a_birthday_is_awaited_are_lapsed(told):
    made = told({**FREE, "birth_on": "2008-12-01", "certificate_on": "2021-11-30"}).iloc[0]

    assert made["lapsed_certificate_on"] == pd.Timestamp("2026-11-30")


def test_an_optional_act_that_nobody_here_does_is_not_asked_for(told):
    resolved = {**FREE, "branch_resolved_on": 2026}  # of no day, so that no term runs
    never = {**TENS, "committee_resolved_on": Lesson(0, 0)}

    assert told(resolved, learnt=NOTHING)["next"].tolist() == ["committee_resolved_on"]
    assert told(resolved, learnt=TENS)["next"].tolist() == ["committee_resolved_on"]
    signed = {**resolved, "committee_resolved_on": "2026-08-20"}
    assert told(signed, learnt=TENS)["next"].tolist() == ["decided_on"]
    assert told(signed, learnt=NOTHING)["next"].tolist() == ["dossier_sent_on"]
    assert told(resolved, learnt=never)["next"].tolist() == ["decided_on"]


@pytest.mark.parametrize(
    ("person", "likely"),
    [
        # Ten days each for ten acts from 25/08: 7 of them passed already.
        pytest.param({"certificate_on": "2026-08-25"}, "2026-12-03", id="ten acts to go"),
        # The first is late by experience: it takes until today, the other nine their ten days.
        pytest.param({"certificate_on": "2026-03-01"}, "2026-11-30", id="what is late is done today"),
        pytest.param({"branch_resolved_on": "2026-08-28"}, "2026-09-27", id="three acts to go"),
        # The resolution waits for the birthday on 20/12, three acts follow.
        pytest.param({"birth_on": "2008-12-20", "applied_on": "2026-08-25"}, "2027-01-19", id="not before the law"),
        pytest.param({"certificate_on": "2021-09-20"}, None, id="lapses on the way: nothing was learnt of that"),
    ],
)
def test_the_likely_day_is_what_it_usually_takes(told, person, likely):
    if "certificate_on" not in person:
        person = {**person, "certificate_on": "2025-05-05"}
    made = told({**FREE, **person}, learnt=TENS).iloc[0]

    assert made["likely_on"] == pd.Timestamp(likely) if likely else pd.isna(made["likely_on"])


@pytest.mark.parametrize("column", ["decided_on", "ceremony_on"])
def test_without_enough_cases_of_an_act_there_is_no_likely_day(told, column):
    few = {**TENS, column: Lesson(9, 7)}

    assert told({**FREE, "branch_resolved_on": "2026-08-28"}, learnt=few)["likely_on"].isna().all()


CERTIFIED = {**FREE, "certificate_on": "2025-05-05"}
READY = {
    **CERTIFIED, "dossier_opened_on": "2026-01-10", "applied_on": "2026-01-15", "vetting_sent_on": "2026-03-02",
    "vetting_result_on": "2026-04-02", "union_resolved_on": "2026-05-05", "residence_opinion_on": "2026-05-06",
}  # fmt: skip


@pytest.mark.parametrize(
    ("person", "learnt", "hope"),
    [
        ({"certificate_on": "2026-08-25"}, TENS, Hope.LIKELY),
        ({"certificate_on": "2026-08-25"}, {**TENS, "decided_on": Lesson(9, 9, usual=60, most=90)}, Hope.UNLIKELY),
        ({"certificate_on": "2026-08-25"}, NOTHING, Hope.PASSED),
        ({"certificate_on": "2021-08-15"}, TENS, Hope.PASSED),
        ({**READY_TO_RESOLVE, "branch_resolved_on": "2026-08-10"}, TENS, ""),
        ({"birth_on": "2009-01-01"}, TENS, ""),
    ],
)
def test_experience_gives_hope_to_those_alone_whom_the_law_leaves_open(told, person, learnt, hope):
    assert told({**CERTIFIED, **person}, learnt=learnt)["hope"].tolist() == [hope]


@pytest.mark.parametrize(("as_of", "hope"), [("2026-08-03", Hope.UNKNOWN), ("2026-08-04", Hope.PASSED)])
def test_where_nothing_was_learnt_the_last_safe_day_tells_who_is_late_already(told, as_of, hope):
    """30, 45 and 30 working days before 31/12/2026 end on 03/08/2026."""
    assert told(CERTIFIED, as_of=as_of)["hope"].tolist() == [hope]


_DECIDED = {**READY_TO_RESOLVE, "branch_resolved_on": "2026-10-15", "decided_on": "2026-12-25"}


@pytest.mark.parametrize(
    ("person", "eve", "day"),
    [
        pytest.param(CERTIFIED, POSSIBLE, IMPOSSIBLE, id="the branch has not resolved"),
        pytest.param({**_DECIDED, "decided_on": None}, POSSIBLE, IMPOSSIBLE, id="nobody has decided"),
        pytest.param(_DECIDED, POSSIBLE, POSSIBLE, id="only the ceremony is lacking"),
        pytest.param({**_DECIDED, "decided_on": 2026}, POSSIBLE, POSSIBLE, id="decided on a day not told"),
        pytest.param({**_DECIDED, "decided_on": "2026-11-18"}, SURE, SURE, id="the ceremony is due today"),
    ],
)
def test_on_the_day_aimed_at_whoever_waits_for_more_than_the_ceremony_is_too_late(told, person, eve, day):
    on = told(person, as_of="2026-12-31").iloc[0]

    assert told(person, as_of="2026-12-30")["outlook"].tolist() == [eve]
    assert (on["outlook"], on["run_out"]) == (day, day == IMPOSSIBLE)


def test_the_same_where_the_decision_counts(told):
    made = told(CERTIFIED, {**_DECIDED, "decided_on": None}, as_of="2026-12-31", counted_by="decided_on")

    assert made["outlook"].tolist() == [IMPOSSIBLE, POSSIBLE]


def test_whom_the_law_keeps_out_is_not_said_to_be_too_late_only_for_the_day(told):
    under_age = {**CERTIFIED, "birth_on": "2009-01-01"}

    assert told(under_age, as_of="2026-12-31")["run_out"].tolist() == [False]
    assert not told(CERTIFIED, as_of="2027-01-01")["run_out"].any()


@pytest.mark.parametrize(
    ("person", "learnt", "slipped"),
    [
        pytest.param(CERTIFIED, NOTHING, True, id="nothing was learnt of the act"),
        pytest.param({**CERTIFIED, "certificate_on": "2026-08-25"}, TENS, True, id="experience had it sooner"),
        pytest.param(
            {**CERTIFIED, "applied_on": "2026-05-25", "vetting_sent_on": "2026-06-01"},
            NOTHING, False, id="a term from a day that stands in",
        ),
        pytest.param({**READY_TO_RESOLVE, "branch_resolved_on": "2026-05-26"}, NOTHING, False, id="a term of the law"),
        pytest.param({**READY_TO_RESOLVE, "branch_resolved_on": "2026-05-26"}, TENS, True, id="an act before it"),
        pytest.param(
            {"vetting_result_on": "2026-08-28", "applied_on": "2026-08-28", "residence_opinion_on": "2026-08-28",
             "union_resolved_on": "2026-08-28", "sympathizer_on": "2026-08-28", "certificate_on": "2026-08-28"},
            NOTHING, False, id="the resolution, a day to come",
        ),
    ],
)  # fmt: skip
def test_a_last_safe_day_that_no_law_sets_is_missed_by_nobody(told, person, learnt, slipped):
    assert told({**FREE, **person}, learnt=learnt)["slipped"].tolist() == [slipped]


@pytest.mark.parametrize(("entered", "slipped"), [("2026-09-16", False), ("2026-09-17", True)])
def test_nobody_has_missed_a_day_before_the_register_knew_of_them(told, entered, slipped):
    """To be decided and celebrated within their terms by 31/12/2026 the branch was to resolve by 16/09."""
    acts = ("certificate_on", "applied_on", "vetting_result_on", "union_resolved_on", "residence_opinion_on")
    person = {**FREE, "sympathizer_on": entered, **dict.fromkeys(acts, entered)}
    made = told(person, as_of="2026-10-01").iloc[0]

    assert (made["next"], made["act_by"]) == ("branch_resolved_on", pd.Timestamp("2026-09-16"))
    assert made["slipped"] == slipped


@pytest.mark.parametrize(
    ("person", "learnt", "gap"),
    [
        ({}, TENS, ""),
        ({}, {**TENS, "applied_on": Lesson(9, 7)}, Gap.FEW),
        ({"certificate_on": "2021-08-15"}, TENS, Gap.REDONE),
        ({"certificate_on": "2021-09-20"}, TENS, Gap.LAPSES),
        ({"birth_on": "1966-08-15"}, TENS, Gap.OUTGROWN),
        ({"birth_on": "1966-09-20"}, TENS, Gap.OUTGROWN),
    ],
)
def test_why_no_likely_day_can_be_told_is_told(told, person, learnt, gap):
    made = told({**CERTIFIED, **person}, learnt=learnt).iloc[0]

    assert (made["gap"], pd.isna(made["likely_on"])) == (gap, gap != "")


@pytest.mark.parametrize(
    ("person", "by", "why"),
    [
        ({"certificate_on": "2022-01-10"}, "2027-01-10", "lapsed_certificate_on"),
        ({**READY, "certificate_on": "2022-01-20"}, "2027-01-15", "lapsed_dossier_on"),
        ({**READY, "birth_on": "1966-12-21"}, "2026-12-21", "too_old_on"),
        ({"branch_resolved_on": "2026-08-10", "birth_on": "1966-12-21"}, None, ""),
    ],
)
def test_what_ends_first_bounds_the_resolution_and_is_named(told, person, by, why):
    made = told({**FREE, **person}).iloc[0]

    assert made["ends_first"] == why
    assert made["resolve_by"] == pd.Timestamp(by) if by else pd.isna(made["resolve_by"])


def test_who_is_sure_has_only_the_days_of_the_law_and_need_not_hurry(told):
    """Resolved on 16/09: 45 working days end on 18/11. What usually comes before is past, and binds nobody."""
    slow = {**TENS, "decided_on": Lesson(9, 9, usual=40, most=80)}
    resolved = {**READY_TO_RESOLVE, "branch_resolved_on": "2026-09-16"}
    made = told(resolved, as_of="2026-10-31", learnt=slow).iloc[0]

    assert (made["outlook"], made["act_by"]) == (SURE, pd.Timestamp("2026-11-18"))
    assert (made["next"], made["hurried"]) == ("decided_on", False)
    assert made["late_on"] is pd.NaT


@pytest.mark.parametrize(
    ("person", "learnt", "following", "by"),
    [
        # 45 working days from 16/09 end on 18/11; from 26/05 on 28/07, before today.
        pytest.param({"branch_resolved_on": "2026-09-16"}, NOTHING, "decided_on", "2026-11-18", id="sure"),
        pytest.param(
            {"branch_resolved_on": "2026-09-16", "votes_for": 11}, NOTHING, "decided_on", "2026-11-18", id="doubtful"
        ),
        pytest.param({"branch_resolved_on": "2026-05-26"}, NOTHING, "decided_on", "2026-07-28", id="overdue"),
        # Ten days usual, fourteen most: the committee has until 04/11.
        pytest.param(
            {"branch_resolved_on": "2026-09-16", "votes_for": 11},
            TENS,
            "committee_resolved_on",
            "2026-11-04",
            id="experience leaves the committee a day of its own",
        ),
    ],
)
def test_a_day_that_the_law_sets_is_told_with_the_act_it_is_set_for(told, person, learnt, following, by):
    made = told({**READY_TO_RESOLVE, **person}, as_of="2026-10-01", learnt=learnt).iloc[0]

    assert (made["next"], made["act_by"]) == (following, pd.Timestamp(by))


def test_where_the_plan_asks_for_more_than_the_term_that_runs_its_end_is_told(told):
    """Sent on 14/09: by 26/10, thirty working days; to resolve by 16/09 for New Year's Eve it was to come by then."""
    sent = {**FREE, "certificate_on": "2026-01-15", "applied_on": "2026-03-01", "vetting_sent_on": "2026-09-14"}
    made = told(sent, as_of="2026-10-01").iloc[0]
    early = told({**sent, "vetting_sent_on": "2026-06-01"}, as_of="2026-06-15").iloc[0]

    assert (made["next"], made["act_by"]) == ("vetting_result_on", pd.Timestamp("2026-09-16"))
    assert made["term_on"] == pd.Timestamp("2026-10-26")
    assert pd.isna(early["term_on"])


def test_papers_made_anew_after_the_dossier_lapsed_are_not_asked_for_again(told):
    lapsed = {**READY, "applied_on": "2025-08-15", "union_resolved_on": "2025-09-20"}

    assert told({**lapsed, "residence_opinion_on": "2025-09-21"})["next"].tolist() == ["union_resolved_on"]
    renewed = {**lapsed, "union_resolved_on": "2026-08-20", "residence_opinion_on": "2026-08-21"}
    assert told(renewed)["next"].tolist() == ["branch_resolved_on"]


def test_the_time_of_an_act_seldom_dated_lies_within_the_next(told):
    seldom = {**TENS, "committee_resolved_on": Lesson(3, 3)}
    made = told({**FREE, "branch_resolved_on": "2026-08-28"}, learnt=seldom)

    assert made["likely_on"].tolist() == [pd.Timestamp("2026-09-17")]


def test_an_act_dated_ahead_is_no_promise(told):
    ahead = {"certificate_on": "2026-10-01", "branch_resolved_on": "2026-10-01", "decided_on": "2026-11-01"}

    assert told({**FREE, **ahead}).equals(told(FREE))


def test_counted_by_the_decision_the_decided_are_on_the_way_no_more(told, person):
    people = [person(Stage.AWAITING_DECISION), person(Stage.AWAITING_CEREMONY)]

    assert told(*people, counted_by="decided_on").index.tolist() == [0]
    assert told(*people).index.tolist() == [0, 1]


@pytest.mark.parametrize("status", sorted(LEFT))
def test_those_who_left_are_not_forecast(told, status):
    assert told({**FREE, "status": status}).empty


def test_nobody_on_the_way_is_no_trouble(told, person):
    assert told().empty
    assert told(person(Stage.OFFICIAL)).empty


_DAYS = st.dates(date(2021, 1, 1), date.fromisoformat(AS_OF))
_MAYBE = st.one_of(st.none(), _DAYS.map(str), st.integers(2021, 2026))
_ACTS = [column for column in ACTS if column != "ceremony_on"]


#: Few drawn at random are on schedule; these are, unless their age or their papers speak against it.
_RECENT = {
    "branch_resolved_on": "2026-08-10",
    "decided_on": None,
    "certificate_on": "2024-08-15",
    **dict.fromkeys(DOSSIER_PAPERS),
}


@st.composite
def _people(draw):
    born = st.one_of(st.dates(date(1966, 1, 1), date(2010, 12, 31)).map(str), st.none(), st.integers(1966, 2010))
    drawn = {column: draw(_MAYBE) for column in ("sympathizer_on", "helper_assigned_on", *_ACTS)}
    drawn |= draw(st.sampled_from([{}, {}, _RECENT]))
    status = draw(st.sampled_from([None, "followed", "moved_in", "removed", "moved_out"]))
    return {**drawn, "birth_on": draw(born), "status": status}


#: Few crowds of many: rows are judged side by side, and what takes time is the crowd, not the person.
_CROWD = st.lists(_people(), min_size=20, max_size=40)
_some = settings(max_examples=8, deadline=None)


def _later(person, column):
    """The same person with one act a day later, if that has come: an act still ahead is no act done."""
    day = person.get(column)
    if not isinstance(day, str) or day >= AS_OF:
        return person
    later = date.fromisoformat(day) + timedelta(days=1)
    return person if later in _NEW_LAW else {**person, column: str(later)}


#: A clock that arises on such a day is another clock, shorter than the day before's, or counted from another act.
_NEW_LAW = {law.in_force_from for law in RULEBOOK.regulations}
_ORDER = {str(outlook): place for place, outlook in enumerate(Outlook)}


def _never_better(before, after):
    """The outlook of nobody gets better, nor the last day sooner.

    Not asked of those whose term is over, or whose resolution the register speaks against: a day later it may not be.
    """
    firm = before.index[before["overdue_on"].isna() & ~before[list(Doubt)].any(axis="columns")]
    both = firm.intersection(after.index)
    assert (after.loc[both, "outlook"].map(_ORDER) >= before.loc[both, "outlook"].map(_ORDER)).all()
    kept = pd.DataFrame({"before": before["kept_on"], "after": after["kept_on"]}).loc[both].dropna()
    assert (kept["after"] >= kept["before"]).all()


def _never_earlier(before, after):
    both = before.index.intersection(after.index)
    likely = pd.DataFrame({"before": before["likely_on"], "after": after["likely_on"]}).loc[both].dropna()
    assert (after.loc[both, "earliest_on"] >= before.loc[both, "earliest_on"]).all()
    assert (likely["after"] >= likely["before"]).all()


@_some
@given(crowd=_CROWD)
def test_an_act_a_day_later_never_makes_the_forecast_earlier(register, crowd):
    """Not asked of a paper that lapses the later for it: where the way is broken no likely day is told at all."""
    moved = ["birth_on", "sympathizer_on", "helper_assigned_on", *_ACTS]
    later = [_later(person, column) for column in moved for person in crowd]
    made = _teller(register)([*crowd, *later])

    for start in range(len(crowd), len(crowd) * (len(moved) + 1), len(crowd)):
        shifted = made[made.index.isin(range(start, start + len(crowd)))]
        _never_earlier(made[made.index < len(crowd)], shifted.set_axis(shifted.index - start))
        _never_better(made[made.index < len(crowd)], shifted.set_axis(shifted.index - start))


@_some
@given(crowd=_CROWD)
def test_a_day_passed_with_nothing_done_never_makes_the_forecast_earlier(register, crowd):
    told = _teller(register)
    before, after = told(crowd), told(crowd, as_of="2026-09-02")

    _never_earlier(before, after)
    assert (after["outlook"].map(_ORDER) >= before["outlook"].map(_ORDER)).all()


@_some
@given(crowd=_CROWD, counted_by=st.sampled_from(["ceremony_on", "decided_on"]))
def test_everybody_on_the_way_is_sure_or_possible_or_too_late(register, crowd, counted_by):
    frame, today, until = register(*crowd), date.fromisoformat(AS_OF), date.fromisoformat(UNTIL)
    ahead = list(Stage)[: 5 if counted_by == "ceremony_on" else 4]
    pipeline = stages.assign(frame, today).isin([*map(str, ahead)]) & ~stages.left(frame)
    made = _teller(register)(crowd, counted_by=counted_by)

    assert made["outlook"].value_counts().reindex([*map(str, Outlook)], fill_value=0).sum() == pipeline.sum()
    sure = on_schedule(frame, RULEBOOK, CALENDAR, today, until, counted_by)
    assert made.index[made["outlook"] == SURE].tolist() == frame.index[sure].tolist()
    assert ((made["earliest_on"] > pd.Timestamp(UNTIL)) == (made["outlook"] == IMPOSSIBLE)).all()


def _teller(register):
    def tell(crowd, as_of=AS_OF, counted_by="ceremony_on"):
        horizon = Horizon(RULEBOOK, CALENDAR, date.fromisoformat(as_of), date.fromisoformat(UNTIL), counted_by)
        frame = register(*crowd)
        return forecast(frame, horizon, TENS, pd.DataFrame(False, index=frame.index, columns=list(ACTS))).people

    return tell
