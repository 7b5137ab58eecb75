"""Which two lines are one person, which are asked about, which are two people."""

import pytest

from workbook.matching import Bond

ONE, TWO, THREE = "Chi bộ thôn Một", "Chi bộ thôn Hai", "Chi bộ thôn Ba"
WHO = {
    "full_name": "Nguyễn Thị Thử",
    "birth_on": "05/09/1999",
    "sex": "Nữ",
    "citizen_id": "099199412345",
    "native_place": "xã Suối Hạc, tỉnh Sông Mơ",
    "residence": "thôn Đồi Mây, xã Suối Hạc, tỉnh Sông Mơ",
    "youth_union_on": "26/03/2015",
    "sympathizer_on": "02/02/2025",
    "certificate_number": "017/GCN-2025",
    "certificate_on": "20/06/2025",
}
BARE = {name: WHO[name] for name in ("full_name", "birth_on", "citizen_id")}


def bond(match, *lines, **how):
    """What holds between the first two lines, None for nothing."""
    pairs = match(*lines, **how).pairs
    found = pairs[(pairs["one"] == 0) & (pairs["other"] == 1)]
    return Bond(found["bond"].iat[0]) if len(found) else None


CERTAIN_ALONE = {
    "the same number and name": {},
    "a name in capitals": {"full_name": "NGUYỄN THỊ THỬ"},
    "a name without marks": {"full_name": "Nguyen Thi Thu"},
    "a name with another tone": {"full_name": "Nguyễn Thị Thứ"},
    "a slip in the name": {"full_name": "Nguyễn Thịi Thử"},
    "a middle word left out": {"full_name": "Nguyễn Thử"},
    "another birth altogether": {"birth_on": "01/01/1988"},
    "no birth at all": {"birth_on": ""},
    "day and month exchanged": {"birth_on": "09/05/1999"},
    "a lost zero": {"citizen_id": 99199412345.0},
    "a wrong digit": {"citizen_id": "099199412845"},
    "two digits exchanged": {"citizen_id": "099199412435"},
    "a digit left out": {"citizen_id": "09919941245"},
}


@pytest.mark.parametrize("change", CERTAIN_ALONE.values(), ids=list(CERTAIN_ALONE))
def test_a_number_and_a_name_are_enough_and_survive_one_slip(match, change):
    assert bond(match, BARE, {**BARE, **change, "branch": TWO}) is Bond.CERTAIN


WITH_FACTS = {
    "no number": {"citizen_id": ""},
    "no number, no marks": {"citizen_id": "", "full_name": "nguyen thi thu"},
    "no number, day and month exchanged": {"citizen_id": "", "birth_on": "09/05/1999"},
    "no number, only the year": {"citizen_id": "", "birth_on": "1999"},
    "a wrong digit, a slip, another day": {
        "citizen_id": "099199412845",
        "full_name": "Nguyyễn Thị Thử",
        "birth_on": "06/09/1999",
    },
    "no number, a slip in the given name, but one certificate": {"citizen_id": "", "full_name": "Nguyễn Thị Thửu"},
    "the number of a card before 2016": {"citizen_id": "099412345"},
    "a shorter place": {"citizen_id": "", "native_place": "Suối Hạc, Sông Mơ"},
}


@pytest.mark.parametrize("change", WITH_FACTS.values(), ids=list(WITH_FACTS))
def test_without_a_number_further_facts_make_it_certain(match, change):
    assert bond(match, WHO, {**WHO, **change, "branch": TWO}) is Bond.CERTAIN


@pytest.mark.parametrize("change", [{"citizen_id": ""}, {"citizen_id": "", "birth_on": "09/05/1999"}])
def test_name_and_birth_alone_are_only_asked_about(match, change):
    assert bond(match, BARE, {**BARE, **change, "branch": TWO}) is Bond.ASKED


OTHERS = {
    "another number": ({"citizen_id": "099199867530"}, None),
    "another number, but one certificate": (
        {"citizen_id": "099199867530", "certificate_number": "017/GCN-2025", "certificate_on": "20/06/2025"},
        Bond.ASKED,
    ),
    "no number, other facts": (
        {"citizen_id": "", "sympathizer_on": "05/05/2024", "youth_union_on": "19/05/2016"},
        Bond.ASKED,
    ),
}


@pytest.mark.parametrize(("change", "wanted"), OTHERS.values(), ids=list(OTHERS))
def test_namesakes_born_the_same_day_are_never_merged(match, change, wanted):
    own = {"certificate_number": "", "certificate_on": "", **change}
    assert bond(match, WHO, {**WHO, **own, "branch": TWO}) is wanted


TWIN = {**WHO, "full_name": "Nguyễn Thị Thu", "citizen_id": "099199412346", "certificate_number": "018/GCN-2025"}


@pytest.mark.parametrize("number", ["099199412346", "099199777888", ""], ids=["next", "own", "none"])
@pytest.mark.parametrize("name", ["Nguyễn Thị Thu", "Nguyễn Thị Thư", "Nguyễn Thị Thúy", "Nguyễn Thị Mẫu"])
@pytest.mark.parametrize("branch", [ONE, TWO])
def test_twins_are_never_merged(match, number, name, branch):
    twin = {**TWIN, "full_name": name, "citizen_id": number, "branch": branch}
    assert bond(match, WHO, twin) is not Bond.CERTAIN


@pytest.mark.parametrize(("step", "wanted"), [(1, Bond.ASKED), (2, Bond.CERTAIN)], ids=["next line", "further on"])
def test_a_number_copied_down_to_a_twin_on_the_next_line_merges_nobody(match, step, wanted):
    assert bond(match, WHO, {**TWIN, "citizen_id": WHO["citizen_id"]}, step=step) is wanted


def test_a_differing_sex_needs_the_number(match):
    man = {**WHO, "sex": "Nam", "branch": TWO}
    assert bond(match, WHO, man) is Bond.CERTAIN
    assert bond(match, WHO, {**man, "citizen_id": ""}) is Bond.ASKED


def test_a_filler_in_place_of_the_number_identifies_nobody(match):
    names = ["Lê Thị Một", "Trần Văn Hai", "Phạm Thị Ba", "Vũ Văn Bốn", "Lê Thị Một"]
    born = ["1/2/1990", "3/4/1991", "5/6/1992", "7/8/1993", "9/10/1994"]
    lines = [
        {"full_name": name, "birth_on": day, "citizen_id": "000000000000"}
        for name, day in zip(names, born, strict=True)
    ]
    assert match(*lines).pairs.empty


def test_a_certificate_number_of_a_whole_course_is_no_paper_of_a_person(match):
    others = [
        {**WHO, "full_name": name, "citizen_id": "", "birth_on": day, "branch": THREE}
        for name, day in (("Lê Văn A", "1/1/1990"), ("Lê Văn B", "2/2/1991"), ("Lê Văn C", "3/3/1992"))
    ]
    slip = {**WHO, "citizen_id": "", "full_name": "Nguyễn Thị Thửu", "branch": TWO}
    assert bond(match, WHO, slip) is Bond.CERTAIN
    found = match(WHO, slip, *others).pairs
    assert set(found["bond"]) == {Bond.ASKED}


def test_a_chain_never_joins_two_different_numbers(match):
    """The line without a number could be either of them: it is asked about, twice."""
    other = {**WHO, "citizen_id": "099199867530", "branch": TWO}
    nameless = {**WHO, "citizen_id": "", "branch": THREE}
    found = match(WHO, other, nameless)
    assert (found.stands_for == found.stands_for.index).all()
    assert list(found.pairs.loc[found.pairs["other"] == 2, "bond"]) == [Bond.ASKED, Bond.ASKED]


def test_what_everybody_of_a_branch_has_in_common_says_nothing_there(match):
    course = {**BARE, "citizen_id": "", "sympathizer_on": "02/02/2025", "certificate_on": "20/06/2025"}
    assert bond(match, course, course) is Bond.ASKED
    assert bond(match, course, {**course, "branch": TWO}) is Bond.CERTAIN


def test_a_day_that_hundreds_share_hides_no_double_and_takes_no_time(match):
    """Clerks who know only the year write the first of January."""
    crowd = [{"full_name": f"Lê Văn {chr(65 + n % 26)}{n}", "birth_on": "01/01/1990"} for n in range(400)]
    one = {**WHO, "birth_on": "01/01/1990", "citizen_id": ""}
    found = match(one, *crowd, {**one, "branch": TWO})
    assert found.stands_for.iloc[401] == 0
