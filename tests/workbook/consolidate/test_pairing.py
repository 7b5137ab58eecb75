"""Who of one book is who in the next: by what agrees, by what contradicts, and never by chance."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.consolidate.pairing import STORY, elsewhere, pair
from workbook.text import bare, key

DAY, OTHER_DAY = "05/03/2025", "06/03/2025"
ID, OTHER_ID = "099099000011", "099099000022"
NAME, ALIKE, UNLIKE = "Lê Thị Hòa", "Lê Thị Hoa", "Trần Văn Đá"
BORN, OTHER_BORN = "05/09/1999", "06/09/1999"


def person(name=NAME, number="", born="", home="Một", **days):
    facts = {"name_key": key(name), "bare": bare(name), "id": number, "birth": born, "home": home, "branch": home}
    return {**facts, **dict.fromkeys(STORY, ""), **days}


def frame(*people, start=0):
    columns = list(person())
    return pd.DataFrame(people, columns=columns, index=range(start, start + len(people)), dtype=object)


def verdict(before, now):
    made = pair(frame(before), frame(now, start=100))
    if len(made.same):
        return "same"
    return "unsure" if len(made.unsure) else "other"


SAME_DAY, ANOTHER_DAY = {"sympathizer_on": DAY}, {"sympathizer_on": OTHER_DAY}
TOLD, FURTHER = {"sympathizer_on": DAY}, {"sympathizer_on": DAY, "certificate_on": OTHER_DAY}


@pytest.mark.parametrize(
    ("before", "now", "wanted"),
    [
        pytest.param(person(NAME, ID, BORN), person(NAME, ID, BORN, "Hai"), "same", id="all agree, another branch"),
        pytest.param(person(NAME, ID), person(NAME, ID, BORN, "Hai"), "same", id="number and name, birth unknown"),
        pytest.param(person(NAME, "", BORN), person(NAME, ID, BORN, "Hai"), "same", id="name and birth"),
        pytest.param(person(NAME, ID, BORN), person(NAME, OTHER_ID, BORN), "same", id="number corrected"),
        pytest.param(person(NAME, ID, BORN), person(UNLIKE, ID, BORN), "same", id="name corrected"),
        pytest.param(person(NAME, ID, BORN), person(NAME, ID, OTHER_BORN), "same", id="birth corrected"),
        pytest.param(
            person(NAME, ID, BORN, **TOLD),
            person(NAME, OTHER_ID, BORN, "Hai", **FURTHER),
            "same",
            id="moved, corrected",
        ),
        pytest.param(
            person(NAME, ID, BORN, **TOLD),
            person(NAME, OTHER_ID, BORN, "Hai", **ANOTHER_DAY),
            "unsure",
            id="another number, branch and story",
        ),
        pytest.param(person(), person(**TOLD), "same", id="only the name, one branch"),
        pytest.param(person(), person(NAME, home="Hai", **TOLD), "other", id="only the name, two branches"),
        pytest.param(
            person(NAME, "", BORN, **TOLD), person(NAME, "", OTHER_BORN, **FURTHER), "same", id="name and story"
        ),
        pytest.param(
            person(NAME, "", BORN, **TOLD), person(NAME, "", OTHER_BORN, **ANOTHER_DAY), "unsure", id="name, no story"
        ),
        pytest.param(
            person(NAME, ID, BORN, **TOLD), person(NAME, OTHER_ID, OTHER_BORN, **TOLD), "unsure", id="two contradict"
        ),
        pytest.param(
            person(NAME, "", BORN, **TOLD), person(ALIKE, "", BORN, **FURTHER), "same", id="respelled, born, story"
        ),
        pytest.param(person(NAME, "", BORN), person(ALIKE, "", BORN), "other", id="respelled, born, no story"),
        pytest.param(person(NAME, "", BORN, **TOLD), person(UNLIKE, "", BORN, **TOLD), "other", id="twins"),
        pytest.param(person(NAME, ID), person(UNLIKE, ID, home="Hai"), "unsure", id="only the number"),
    ],
)
def test_two_lines_are_one_person_by_the_rule(before, now, wanted):
    assert verdict(before, now) == wanted
    assert verdict(now, before) == wanted


def test_what_fits_two_lines_is_left_to_a_person():
    made = pair(frame(person(**TOLD), person(**ANOTHER_DAY)), frame(person(certificate_on=DAY), start=100))
    assert made.same.empty
    assert set(map(tuple, made.unsure.to_numpy())) == {(0, 100), (1, 100)}
    assert (len(made.gone), len(made.come)) == (0, 0)


def test_of_two_namesakes_the_unchanged_one_is_known_and_so_is_the_other():
    before = frame(person(**TOLD), person(**ANOTHER_DAY))
    now = frame(person(**ANOTHER_DAY), person(**FURTHER), start=100)
    assert set(map(tuple, pair(before, now).same.to_numpy())) == {(0, 101), (1, 100)}


def test_lines_that_say_the_very_same_are_matched_one_to_one():
    made = pair(frame(person(), person(), person()), frame(person(), person(), start=100))
    assert (len(made.same), list(made.gone), made.unsure.empty) == (2, [2], True)


def test_a_column_that_the_earlier_book_lacks_contradicts_nothing():
    before = frame(person(NAME, "", BORN)).drop(columns=["certificate_on", "sympathizer_on"])
    assert len(pair(before, frame(person(NAME, "", BORN, **FURTHER), start=100)).same) == 1


def test_somebody_stands_elsewhere_by_number_and_name_or_by_name_and_birth():
    rows = frame(person(NAME, ID), person(NAME, "", BORN), person(NAME, OTHER_ID, BORN), person(UNLIKE, ID))
    others = frame(person(NAME, ID, BORN, "Hai"), start=100)
    assert elsewhere(rows, others).tolist() == ["Hai", "Hai", "", ""]


PEOPLE = st.lists(
    st.builds(
        person,
        name=st.sampled_from([NAME, ALIKE, UNLIKE]),
        number=st.sampled_from(["", ID, OTHER_ID]),
        born=st.sampled_from(["", BORN, OTHER_BORN]),
        home=st.sampled_from(["Một", "Hai"]),
        sympathizer_on=st.sampled_from(["", DAY, OTHER_DAY]),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=30)
@given(PEOPLE, PEOPLE)
def test_everybody_is_accounted_for_once(before, now):
    made = pair(frame(*before), frame(*now, start=100))
    for side, people, left in (("before", before, made.gone), ("now", now, made.come)):
        settled = made.same[side].tolist()
        assert len(settled) == len(set(settled))
        apart = [set(settled), set(made.unsure[side]), set(left)]
        assert sum(map(len, apart)) == len(set().union(*apart)) == len(people)


@settings(deadline=None, max_examples=20)
@given(PEOPLE, st.randoms(use_true_random=False))
def test_a_book_held_against_itself_knows_everybody_in_whatever_order(people, rng):
    shuffled = rng.sample(people, k=len(people))
    made = pair(frame(*people), frame(*shuffled, start=100))
    assert len(made.same) == len(people)
