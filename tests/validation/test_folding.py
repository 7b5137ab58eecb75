"""One cause, one message: every contradiction is told at one of its days, and a typo is told once."""

from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validation import findings
from validation.folding import YIELDS
from validation.regulation import load
from validation.rules.order import MUST_PAIRS, USUAL_PAIRS
from validation.rules.table import RULES
from validation.schemas import validate
from validation.vocabulary import DATE_COLUMNS, Level, Stage, year_of

RULEBOOK = load()
AS_OF = date(2026, 11, 22)
ALL_PAIRS = [*MUST_PAIRS, *USUAL_PAIRS]


@pytest.fixture(scope="module")
def judge(register):
    def ask(*people, unreadable=None):
        return validate(register(*people), RULEBOOK, AS_OF, unreadable)

    return ask


def days(cells):
    return {name: cell for name, cell in cells.items() if name in DATE_COLUMNS and cell is not None}


def codes(found):
    return found["code"].tolist()


# Every ordered pair


@pytest.fixture(scope="module")
def planted(judge, person):
    """Findings of people with nothing but two days, in the wrong order: one person for each pair."""
    day = date(2024, 5, 10)
    nobody = dict.fromkeys(person())
    return judge(*({**nobody, early: str(day), late: str(day - timedelta(days=1))} for early, late in ALL_PAIRS))


@pytest.mark.parametrize("place", range(len(ALL_PAIRS)), ids=lambda place: "-".join(ALL_PAIRS[place]))
def test_two_days_in_the_wrong_order_are_told_once_at_one_of_them(planted, place):
    early, late = ALL_PAIRS[place]
    kind = "order" if place < len(MUST_PAIRS) else "sequence"
    told = planted[(planted["row"] == place) & planted["code"].str.startswith(("order.", "sequence."))]
    assert told["code"].tolist() in ([f"{kind}.{early}"], [f"{kind}.{late}"])
    assert [*told["column"], *told.iloc[0]["detail"]["others"]] in ([early, late], [late, early])


@pytest.fixture(scope="module")
def swept(judge, person):
    """Findings of sound people in whom one day of each pair was pushed past the other: two people for each pair."""
    sound = person()
    pairs = [(early, late) for early, late in MUST_PAIRS if late in sound and early in sound]
    pushed = [
        {**sound, "file": 2 * place + side, moved: str(date.fromisoformat(sound[other]) + step)}
        for place, (early, late) in enumerate(pairs)
        for side, (moved, other, step) in enumerate(
            [(early, late, timedelta(days=1)), (late, early, timedelta(days=-1))]
        )
    ]
    moved = [name for early, late in pairs for name in (early, late)]
    return moved, judge(*pushed)


def test_one_day_pushed_past_many_others_is_one_finding_at_that_day_or_its_only_rival(swept):
    moved, found = swept
    told = found[found["level"] == Level.ERROR].groupby("row")
    assert sorted(told.groups) == list(range(len(moved)))
    for row, lines in told:
        assert len(lines) == 1
        blamed, others = lines.iloc[0]["column"], lines.iloc[0]["detail"].get("others", ())
        assert blamed == moved[row] or others == (moved[row],)


# One typo

SHIFTS = (-100, -30, -20, -10, -9, -5, -3, -2, -1, 1, 2, 3, 5, 9, 10, 20, 30, 100)


@pytest.mark.parametrize("stage", Stage)
def test_one_wrong_year_is_at_most_one_finding(judge, person, stage):
    sound = person(stage)
    typos = [
        {**sound, name: (pd.Timestamp(day) + pd.DateOffset(years=shift)).strftime("%Y-%m-%d")}
        for name, day in days(sound).items()
        for shift in SHIFTS
    ]
    found = judge(*({**typo, "file": file} for file, typo in enumerate(typos)))
    assert found["row"].is_unique


@pytest.mark.parametrize("stage", [Stage.AWAITING_DECISION, Stage.OFFICIAL])
def test_day_and_month_swapped_is_at_most_one_finding(judge, person, stage):
    sound = person(stage)
    parts = {name: day.split("-") for name, day in days(sound).items()}
    swapped = [{**sound, name: f"{y}-{d}-{m}"} for name, (y, m, d) in parts.items() if int(d) <= 12]
    assert judge(*({**one, "file": file} for file, one in enumerate(swapped)))["row"].is_unique


@pytest.mark.parametrize("place", range(12))
def test_one_wrong_digit_of_the_id_is_at_most_one_finding_and_no_note_apart(judge, person, place):
    right = person()["citizen_id"]
    digits = [right[:place] + digit + right[place + 1 :] for digit in "0123456789" if digit != right[place]]
    found = judge(*(person(citizen_id=number, file=file) for file, number in enumerate(digits)))
    assert found.groupby("row").size().tolist() == [1] * 9


# Who is blamed


def test_the_day_in_most_contradictions_is_blamed_and_the_others_are_named(judge, person):
    found = judge(person(ceremony_on="2020-09-10"))
    assert codes(found) == ["order.ceremony_on"]
    assert found.iloc[0]["detail"]["others"] == (
        "sympathizer_on", "certificate_on", "dossier_opened_on", "applied_on", "vetting_sent_on",
        "vetting_result_on", "union_resolved_on", "residence_opinion_on", "branch_resolved_on",
        "committee_resolved_on", "dossier_sent_on", "decided_on", "decision_received_on",
    )  # fmt: skip


def test_of_two_alike_the_later_step_is_blamed(judge):
    assert "order.decided_on" in codes(judge({"branch_resolved_on": "2026-03-02", "decided_on": "2026-02-02"}))


def test_of_two_alike_the_one_that_breaks_another_rule_too_is_blamed(judge, person):
    """Born in 2018: too young for the resolution, and after joining the youth union."""
    assert codes(judge(person(birth_on="2018-05-09"))) == ["order.birth_on"]


def test_two_separate_typos_are_two_findings(judge, person):
    found = judge(person(certificate_on="2026-01-15", recognized_on="2024-10-12"))
    assert sorted(codes(found)) == ["order.certificate_on", "order.recognized_on"]


# A cell known to be wrong accuses nobody else


def test_a_day_in_the_future_is_not_also_out_of_order(judge, person):
    assert codes(judge(person(certificate_on="2027-08-15"))) == ["future.certificate_on"]


def test_an_unreadable_cell_is_not_called_blank(judge, person):
    gone = person(Stage.AWAITING_DECISION, applied_on=None, votes_for=None)
    unreadable = findings.frame(
        [
            (0, "applied_on", "date.unreadable", Level.ERROR, {}),
            (0, "votes_for", "count.unreadable", Level.ERROR, {}),
        ]
    )
    assert codes(judge(gone)) == ["blank.applied_on", "votes.lonely"]
    assert judge(gone, unreadable=unreadable).empty


def test_a_cell_that_was_read_with_a_question_is_still_judged(judge, person):
    asked = findings.frame([(0, "certificate_on", "dates.swapped", Level.QUERY, {})])
    assert codes(judge(person(certificate_on="2026-01-15"), unreadable=asked)) == ["order.certificate_on"]


def test_findings_about_a_whole_sheet_spoil_no_cell(judge, person):
    sheet = findings.frame([(-1, "", "sheet.hidden", Level.QUERY, {}), (7, "applied_on", "x.y", Level.NOTE, {})])
    gone = person(Stage.AWAITING_DECISION, applied_on=None)
    assert codes(judge(gone, unreadable=sheet)) == ["blank.applied_on"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"birth_on": "2012-05-09"}, ["age.under"]),
        ({"citizen_id": "099199000123"}, ["id.birth_year"]),
        ({"full_name": "2"}, ["name.digits"]),
        ({"ceremony_on": "2024-01-01"}, ["order.ceremony_on"]),
    ],
)
def test_what_follows_from_another_fault_is_not_told(judge, person, changes, told):
    assert codes(judge(person(**{"youth_union_on": None, **changes}))) == told


def test_the_same_id_and_the_same_person_are_one_finding_each(judge, person):
    assert codes(judge(person(), person())) == ["duplicate.id", "duplicate.id"]


def test_every_rule_that_yields_exists_and_so_does_every_rule_it_yields_to():
    families = {code.partition(".")[0] for code in RULES}
    assert YIELDS.keys() <= RULES.keys()
    assert {name for stronger in YIELDS.values() for name in stronger} <= RULES.keys() | families


# Properties

SOME = st.dates(date(2019, 1, 1), date(2026, 11, 22)).map(str)
PEOPLE = st.lists(
    st.dictionaries(st.sampled_from(DATE_COLUMNS), SOME | st.integers(2019, 2026), max_size=8), min_size=1, max_size=12
)


@given(PEOPLE)
@settings(max_examples=10, deadline=None)
def test_every_contradiction_is_told_at_one_of_its_days_and_no_other_is(register, judge, people):
    frame, found = register(*people), judge(*people)
    told = found[found["code"].str.startswith("order.")]
    pairs = {
        (row, frozenset((column, other)))
        for row, column, detail in zip(told["row"], told["column"], told["detail"], strict=True)
        for other in detail["others"]
    }
    broken = {
        (row, frozenset((early, late)))
        for row in frame.index
        for early, late in MUST_PAIRS
        if reversed_for_sure(frame.loc[row], early, late)
    }
    assert pairs == broken


def reversed_for_sure(row, early, late):
    """Whether the last day the later cell allows is before the first day the earlier one allows."""
    return latest(row, late) < earliest(row, early)


def earliest(row, column):
    year = row[year_of(column)]
    return row[column] if pd.notna(row[column]) else pd.Timestamp(year, 1, 1) if year else pd.Timestamp.min


def latest(row, column):
    year = row[year_of(column)]
    return row[column] if pd.notna(row[column]) else pd.Timestamp(year, 12, 31) if year else pd.Timestamp.max


@given(PEOPLE, st.randoms())
@settings(max_examples=10, deadline=None)
def test_the_order_of_rows_never_changes_a_finding(register, person, people, chance):
    rows = [{**person(), **dict.fromkeys(DATE_COLUMNS), **cells, "row": line} for line, cells in enumerate(people)]
    frame = register(*rows)
    shuffled = frame.sample(frac=1, random_state=chance.randrange(1000))
    assert told_of(validate(frame, RULEBOOK, AS_OF)) == told_of(validate(shuffled, RULEBOOK, AS_OF))


def told_of(found):
    return sorted(zip(found["row"], found["code"], found["column"], found["detail"].map(str), strict=True))


def test_findings_come_in_row_order(judge, person):
    found = judge(*(person(file=file, votes_for=11, sex=None) for file in range(4)))
    assert all(before <= after for before, after in pairwise(found["row"]))
