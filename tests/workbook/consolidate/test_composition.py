"""Whom a committee admitted: counted by hand beside the product's own count."""

from decimal import Decimal

import pandas as pd
import pytest

from validation.vocabulary import Ethnicity, Religion, TargetGroup
from workbook.composition import Role
from workbook.consolidate.composition import composition, lines_of
from workbook.consolidate.composition_keys import labels_of, line_keys
from workbook.consolidate.months import months
from workbook.consolidate.traits import full_years, traits
from workbook.text import key

DAY = pd.Timestamp


def person(**more):
    """A person admitted in 2026 for the branch "A"; everything else unknown."""
    blank = {"union_member": pd.NA, "minority": pd.NA, "religious": pd.NA, "age": pd.NA, "groups": "", "sex": pd.NA}
    return {**blank, "schooling": pd.NA, "qualification": pd.NA, "admitted_in": 2026, "credited_to": "A", **more}


def people(*persons):
    return pd.DataFrame([person(**one) for one in persons]).astype(
        {"union_member": "boolean", "minority": "boolean", "religious": "boolean", "age": "Int64", "groups": "str"}
    )


def figures(made):
    """(block, label) → total and branch figures."""
    block, found = "", {}
    for line in made.lines:
        block = line.label if line.role is Role.BLOCK else block
        if line.role is not Role.BLOCK:
            found[block, line.label] = (line.total, *line.by_branch)
    return found


def test_each_person_counts_once_in_a_block_and_the_rest_is_said_to_be_unknown():
    made = figures(
        composition(people({"sex": "Nam"}, {"sex": "Nữ"}, {"sex": "Nữ", "credited_to": "B"}, {}), ["A", "B"], 2026)
    )
    assert made["Giới tính", "Nam"] == (1, 1, 0)
    assert made["Giới tính", "Nữ"] == (2, 1, 1)
    assert made["Giới tính", "Chưa rõ (sổ để trống hoặc không đọc được)"] == (1, 1, 0)
    assert made["", "Tổng số kết nạp trong năm"] == (4, 3, 1)


def test_what_no_register_says_is_unknown_and_not_no():
    made = figures(
        composition(
            people({}, {"religious": False, "minority": True}, {"religious": True, "union_member": True}), ["A"], 2026
        )
    )
    assert {label: counts[0] for (block, label), counts in made.items() if block == "Tôn giáo"} == {
        "Người theo tôn giáo": 1,
        "Người không theo tôn giáo": 1,
        "Chưa rõ tôn giáo (sổ để trống hoặc không đọc được)": 1,
    }
    assert [counts[0] for (block, _), counts in made.items() if block == "Dân tộc"] == [1, 0, 2]
    assert [counts[0] for (block, _), counts in made.items() if block == "Đoàn TNCS Hồ Chí Minh"] == [1, 2]


def test_every_line_has_a_name_of_its_own_and_the_old_block_still_leads_to_it():
    counted = [line for line in lines_of(2026) if line.role is not Role.BLOCK]
    assert len(labels_of(2026)) == len(counted)
    for line, name in (("Người theo tôn giáo", "religious"), ("Đoàn viên TNCS Hồ Chí Minh", "union_member")):
        assert line_keys(2026)[key("Đoàn viên, dân tộc, tôn giáo"), key(line)] == name


def test_only_the_year_counted_is_counted():
    made = figures(
        composition(people({"sex": "Nam"}, {"sex": "Nam", "admitted_in": 2025}, {"admitted_in": 0}), ["A"], 2026)
    )
    assert made["", "Tổng số kết nạp trong năm"] == (1, 1)
    assert made["Giới tính", "Nam"] == (1, 1)


def test_somebody_of_two_target_groups_counts_in_both():
    made = figures(
        composition(people({"groups": "|Công nhân|Quân nhân xuất ngũ|"}, {"groups": "|Công nhân|"}), ["A"], 2026)
    )
    block = "Đối tượng (một người có thể thuộc nhiều nhóm)"
    assert made[block, "Công nhân"] == (2, 2)
    assert made[block, "Quân nhân xuất ngũ"] == (1, 1)
    assert made[block, "Quân đội, công an"] == (0, 0)


def test_who_is_in_none_of_the_target_groups_is_said_to_be_unknown_once():
    persons = people(
        {"groups": "|Công nhân|Quân nhân xuất ngũ|"}, {"groups": "|Khác|"}, {}, {}, {"credited_to": "B"},
        {"groups": "|Nông dân|", "credited_to": "B"},
    )  # fmt: skip
    made = composition(persons, ["A", "B"], 2026)
    (rest,) = [line for line in made.lines if line.role is Role.NOWHERE]
    assert (rest.label, rest.total, rest.by_branch) == (
        "Chưa rõ đối tượng (sổ để trống hoặc không đọc được)",
        3,
        (2, 1),
    )
    block = "Đối tượng (một người có thể thuộc nhiều nhóm)"
    assert line_keys(2026)[key(block), key(rest.label)] == "groups.unknown"


@pytest.mark.parametrize(
    ("age", "band"), [(30, "Từ 18 đến 30 tuổi"), (31, "Từ 31 đến 35 tuổi"), (61, "Từ 61 tuổi trở lên")]
)
def test_age_bands_are_those_of_the_form_of_2021(age, band):
    made = figures(composition(people({"age": age}), ["A"], 2026))
    assert [label for (block, label), counts in made.items() if block == "Tuổi khi kết nạp" and counts[0] == 1] == [
        band
    ]


def test_a_year_before_2021_has_the_bands_of_2012():
    made = composition(people({"age": 35, "admitted_in": 2019}), ["A"], 2019)
    assert figures(made)["Tuổi khi kết nạp", "Từ 31 đến 40 tuổi"] == (1, 1)
    assert "2012" in made.form


def test_the_mean_age_is_of_those_whose_age_is_known_and_halves_go_up():
    made = figures(
        composition(
            people({"age": 20}, {"age": 21}, {"age": 21}, {"age": 21}, {}, {"credited_to": "B"}), ["A", "B"], 2026
        )
    )
    assert made["Tuổi khi kết nạp", "Tuổi bình quân"] == (Decimal("20.8"), Decimal("20.8"), None)


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("2008-06-15", "2026-06-14", 17),
        ("2008-06-15", "2026-06-15", 18),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
    ],
)
def test_a_year_is_full_on_the_birthday(born, on, years):
    assert full_years(pd.Series([DAY(born)]), pd.Series([DAY(on)])).tolist() == [years]


def test_an_unknown_day_gives_no_age():
    assert full_years(pd.Series([pd.NaT, DAY("2030-01-01")]), pd.Series([DAY("2026-01-01")] * 2)).isna().all()


def test_blank_is_neither_yes_nor_no_and_a_known_group_is_barred():
    typed = pd.DataFrame(
        {
            "ethnicity": [Ethnicity.KINH, Ethnicity.TAY, "người lạ", None],
            "religion": [Religion.NONE, Religion.BUDDHIST, "?", None],
            "target_groups": [f"{TargetGroup.WORKER};gì đó", "gì đó", None, TargetGroup.OTHER],
            "youth_union_on_year": [2015, 0, 0, 0],
            "birth_on": pd.NaT,
        }
    )
    made = traits(typed, pd.Series([pd.NaT] * 4, dtype="datetime64[us]"))
    assert made["minority"].tolist() == [False, True, pd.NA, pd.NA]
    assert made["religious"].tolist() == [False, True, pd.NA, pd.NA]
    assert made["union_member"].tolist() == [True, pd.NA, pd.NA, pd.NA]
    assert made["groups"].tolist() == ["|Công nhân|", "", "", "|Khác|"]


def test_months_add_up_beside_an_even_plan_and_the_year_before():
    days = pd.to_datetime(pd.Series(["2026-01-31", "2026-03-01", "2025-12-31", None]))
    made = months(pd.DataFrame({"admitted_in": [2026, 2026, 2025, 2026], "admitted_on": days}), 24.0, 2026)
    assert made["admitted"].tolist() == [1, 1, *[2] * 10]
    assert made["before"].tolist() == [*[0] * 11, 1]
    assert made["planned"].tolist() == [2.0 * month for month in range(1, 13)]
