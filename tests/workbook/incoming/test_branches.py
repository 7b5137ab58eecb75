"""Which branch a file speaks for."""

from dataclasses import replace
from pathlib import Path

import pytest

from workbook.committee import Branch, Committee, Decision, DecisionKind
from workbook.incoming.branches import Directory, Known, claim
from workbook.incoming.inbox import Opened
from workbook.incoming.raw import RawTable

COMMITTEE = Committee(
    "Đảng ủy xã Thử",
    branches=(
        Branch("01", "Chi bộ thôn 1", ("CB T1",)),
        Branch("02", "Chi bộ thôn 10"),
        Branch("03", "Chi bộ Trường Tiểu học Hoà Bình"),
        Branch("04", "Chi bộ Trường"),
    ),
    decisions=(Decision(DecisionKind.ASSIGN, "la.xlsx", "Chi bộ thôn 10"),),
)


def opened(name: str = "x.xlsx", title: tuple[str, ...] = (), hint: str = "", units: tuple[str, ...] = ("",)) -> Opened:
    table = RawTable(
        sheet="Sheet1",
        title=title,
        columns={"full_name": ["A"] * len(units)},
        rows=list(range(2, 2 + len(units))),
        groups=[""] * len(units),
        units=list(units),
        letters={"full_name": "B"},
    )
    return Opened(name, Path(name), tables=(table,), branch_hint=hint)


def said(file: Opened):
    return claim(file, Directory(COMMITTEE))


def test_a_title_names_the_branch_in_any_case_and_tone_placement():
    assert said(opened(title=("ĐẢNG BỘ XÃ THỬ", "CHI BỘ TRƯỜNG TIỂU HỌC HÒA BÌNH"))).branches == (
        "Chi bộ Trường Tiểu học Hoà Bình",
    )


def test_a_name_inside_a_longer_name_is_not_a_second_branch():
    found = said(opened(title=("Danh sách của Chi bộ thôn 10 năm 2026",)))
    assert (found.branches, found.known) == (("Chi bộ thôn 10",), Known.TITLE)


def test_two_branches_in_the_title_are_a_question():
    found = said(opened(title=("Chi bộ thôn 1", "Chi bộ thôn 10")))
    assert found.branches == ()
    assert found.rivals == ("Chi bộ thôn 1", "Chi bộ thôn 10")


def test_sheets_titled_with_their_own_branches_speak_for_each():
    one, two = opened(title=("Chi bộ thôn 1",)), opened(title=("Chi bộ thôn 10",), units=("", ""))
    untitled = opened()
    found = said(replace(one, tables=one.tables + two.tables + untitled.tables))
    assert found.branches == ("Chi bộ thôn 1", "Chi bộ thôn 10")
    assert found.rows == (["Chi bộ thôn 1"], ["Chi bộ thôn 10"] * 2, [""])


def test_a_sheet_without_a_title_is_of_the_file_s_only_branch():
    titled, untitled = opened(title=("Chi bộ thôn 1",)), opened(units=("", ""))
    assert said(replace(titled, tables=titled.tables + untitled.tables)).rows[1] == ["Chi bộ thôn 1"] * 2


def test_sheets_named_after_branches_are_a_hint():
    tables = [replace(opened().tables[0], sheet=name) for name in ("Chi bo thon 1", "CB T1", "chi bộ thôn 10")]
    found = said(replace(opened("so.xlsx"), tables=tuple(tables)))
    assert (found.known, found.rows) == (Known.NAME, (["Chi bộ thôn 1"], ["Chi bộ thôn 1"], ["Chi bộ thôn 10"]))


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Chi bộ cơ quan UBND xã", "CHI BỘ CƠ QUAN ỦY BAN NHÂN DÂN XÃ"),
        ("Chi bộ Hợp tác xã Chè", "CB HTX Chè"),
        ("Chi bộ TDP 4", "Chi bộ tổ dân phố 4"),
    ],
)
def test_a_name_written_out_and_its_abbreviation_are_one(name, title):
    directory = Directory(Committee("Đảng ủy xã Thử", branches=(Branch("01", name),)))
    assert directory.within(f"Danh sách {title} năm 2026") == {name}
    assert directory.hinted(f"{title} 2026") == {name}


def test_a_number_in_a_title_is_no_branch_code():
    assert said(opened(title=("Số 01-BC/CB",))).branches == ()


def test_the_inside_outranks_the_file_name():
    found = said(opened("chi-bo-thon-1.xlsx", title=("Chi bộ thôn 10",)))
    assert found.branches == ("Chi bộ thôn 10",)


def test_a_silent_file_is_known_by_its_name_as_a_hint():
    found = said(opened("nop/Chi_bo_thon_1.xlsx"))
    assert (found.branches, found.known) == (("Chi bộ thôn 1",), Known.NAME)


def test_the_template_mark_outranks_the_title():
    assert said(opened(title=("Chi bộ thôn 1",), hint="Chi bộ thôn 10")).known is Known.PROPERTY


def test_a_decision_outranks_everything():
    assert said(opened("la.xlsx", title=("Chi bộ thôn 1",))).branches == ("Chi bộ thôn 10",)


def test_rows_naming_their_branch_speak_for_several():
    found = said(opened(units=("Chi bộ thôn 1", "CB T1", "Chi bộ thôn 10", "")))
    assert found.branches == ("Chi bộ thôn 1", "Chi bộ thôn 10")
    assert found.rows == (["Chi bộ thôn 1", "Chi bộ thôn 1", "Chi bộ thôn 10", ""],)


def test_group_lines_name_the_branch_of_the_rows_below_them():
    file = opened(units=("", "", ""))
    groups = ["I. Chi bộ thôn 1", "Khối thôn | II. Chi bộ thôn 10", "Tổ 3"]
    found = said(replace(file, tables=(replace(file.tables[0], groups=groups),)))
    assert found.rows == (["Chi bộ thôn 1", "Chi bộ thôn 10", ""],)


@pytest.mark.parametrize("title", ["", "Danh sách quần chúng ưu tú", "Chi bộ thôn 11"])
def test_nothing_known_is_said_to_be_unknown(title):
    assert said(opened(title=(title,))).known is Known.UNKNOWN
