"""Sentences: place, fault, fix, example; every code has one, and every one is sound Vietnamese to fill in."""

import string
import tomllib
import unicodedata
from dataclasses import replace
from datetime import date
from importlib.resources import files
from random import Random

import pandas as pd
import pytest

from validation.dossier import PaperState
from validation.forecast import Hope, Outlook
from validation.forecast_chain import Actor
from validation.regulation import load
from validation.rules.facts import gather
from validation.rules.table import RULES, family
from validation.vocabulary import Level, Sex, Stage, Step, Verdict
from workbook import messages
from workbook.demo.people import person
from workbook.incoming.normalise import normalise
from workbook.incoming.raw import RawTable, stack
from workbook.labels import label
from workbook.layout import HEADING
from workbook.matching import DoubleKind
from workbook.messages import catalogue, level_of, names, sentence

LAW = tomllib.loads((files("workbook") / "messages_vi" / "law.toml").read_text("utf-8"))
CLOCKS = tomllib.loads((files("workbook") / "messages_vi" / "clocks.toml").read_text("utf-8"))
TEXTS = [(code, part, text) for code, template in LAW.items() for part, text in template.items()]


@pytest.fixture
def said(monkeypatch):
    """Fill one made-up template."""

    def fill(context, **template):
        made = {"test": {"fault": "lỗi.", "fix": "Sửa.", **template}}
        monkeypatch.setattr(messages, "catalogue", lambda: made)
        return sentence("test.one", context)

    return fill


# The catalogue


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_a_sentence(code):
    assert sentence(code, {}).message
    assert sentence(code, {}).fix


@pytest.mark.parametrize("code", LAW)
def test_every_sentence_of_the_law_has_a_rule(code):
    assert code in RULES or code in {family(one) for one in RULES}


@pytest.mark.parametrize("code", LAW)
def test_a_sentence_of_the_law_has_fault_and_fix_and_no_level_of_its_own(code):
    assert {"fault", "fix"} <= LAW[code].keys() <= {"fault", "fix", "example"}


@pytest.mark.parametrize(("code", "part", "text"), TEXTS, ids=[f"{code}:{part}" for code, part, _ in TEXTS])
def test_a_text_is_composed_closed_and_well_formed(code, part, text):
    assert text == unicodedata.normalize("NFC", text.strip())
    assert [field for _, field, _, _ in string.Formatter().parse(text) if field == ""] == []
    assert text.count("[") == text.count("]")
    assert text.endswith((".", ".]")) != (part == "example")
    assert part == "fault" or text[:1] == text[:1].upper() or part == "example"


@pytest.mark.parametrize("code", [code for code, one in RULES.items() if one.level is not Level.NOTE])
def test_what_a_clerk_must_act_on_comes_with_an_example_or_the_choices(code):
    template = LAW.get(code, LAW.get(family(code), {}))
    assert template.get("example") or "choices" in names(template)


def test_a_code_no_file_knows_is_our_bug():
    with pytest.raises(KeyError):
        sentence("nonsense.code", {})


def test_two_files_may_not_say_the_same(tmp_path, monkeypatch):
    folder = tmp_path / "messages_vi"
    folder.mkdir()
    for name in ("a.toml", "b.toml"):
        (folder / name).write_text('[order]\nfault = "x"\nfix = "y"\n', "utf-8")
    monkeypatch.setattr(messages, "files", lambda _: tmp_path)
    with pytest.raises(ValueError, match="order"):
        catalogue.__wrapped__()


# Place, fault, fix, example


def test_place_and_fault_are_one_sentence_and_the_fix_ends_with_an_example():
    said = sentence("order.decided_on", {
        "cell": "F12", "column": "decided_on", "value": "02/02/2026",
        "others": ["branch_resolved_on", "birth_on"],
        "branch_resolved_on": date(2026, 3, 2), "birth_on": "09/05/1998",
    })  # fmt: skip
    assert said.message == (
        "Ô F12 (Ngày quyết định kết nạp): ngày 02/02/2026 sai thứ tự so với: "
        "Ngày nghị quyết chi bộ (02/03/2026), Ngày, tháng, năm sinh (09/05/1998)."
    )
    assert said.fix.endswith("Ví dụ: nghị quyết chi bộ 03/02/2026, quyết định kết nạp 26/03/2026.")


def test_others_already_worded_are_taken_as_they_are():
    said = sentence("order.decided_on", {"others": "Ngày nghị quyết chi bộ (02/03/2026)", "value": "02/02/2026"})
    assert "so với: Ngày nghị quyết chi bộ (02/03/2026)." in said.message


@pytest.mark.parametrize(
    ("context", "place"),
    [
        ({"cell": "F12", "heading": "Ngày làm đơn"}, "Ô F12 (Ngày làm đơn): lỗi."),
        ({"cell": "F12", "column": "applied_on"}, "Ô F12 (Ngày làm đơn): lỗi."),
        ({"cell": "F12"}, "Ô F12: lỗi."),
        ({"sheet": "Sổ theo dõi"}, 'Trang "Sổ theo dõi": lỗi.'),
        ({"cell": "F12", "sheet": "Sổ theo dõi"}, "Ô F12: lỗi."),
        ({"file": "so.xlsx"}, "Lỗi."),
    ],
)
def test_a_sentence_begins_with_the_nearest_place_known(said, context, place):
    assert said(context).message == place


def test_a_code_s_own_sentence_comes_before_its_family_s():
    own, common = sentence("blank.full_name", {}), sentence("blank.member_record_on", {})
    assert own.message != common.message


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2026, 3, 5), "05/03/2026"),
        (pd.Timestamp("2026-03-05"), "05/03/2026"),
        (pd.NaT, "…"),
        (pd.NA, "…"),
        (float("nan"), "…"),
        (None, "…"),
        ("", "…"),
        (60.0, "60"),
        (2.5, "2,5"),
        (12, "12"),
        ([5, 7], "5, 7"),
        ("{thử}", "{thử}"),
    ],
)
def test_a_value_is_shown_as_a_clerk_writes_it(said, value, shown):
    assert said({"value": value}, fault="{value}").message == shown


def test_what_is_missing_shows_as_an_ellipsis_and_stops_nobody(said):
    assert said({}, fault="ngày {value} và {nothing}.").message == "Ngày … và …."


@pytest.mark.parametrize(
    ("context", "text"),
    [({"suggestion": "Nữ"}, "Không có. Gần nhất: Nữ."), ({"suggestion": ""}, "Không có."), ({}, "Không có.")],
)
def test_a_part_in_brackets_is_left_out_where_its_value_is_unknown(said, context, text):
    assert said(context, fault="không có.[ Gần nhất: {suggestion}.]").message == text


@pytest.mark.parametrize(
    ("context", "text"),
    [
        ({"cite": "24-QĐ/TW", "source": "read"}, "Quá tuổi. Căn cứ: 24-QĐ/TW."),
        ({"cite": "24-QĐ/TW", "source": "cited"}, "Quá tuổi. Căn cứ: 24-QĐ/TW (theo tài liệu dẫn lại)."),
        ({"cite": "24-QĐ/TW", "source": "recalled"}, "Quá tuổi. Căn cứ: 24-QĐ/TW (chưa kiểm chứng)."),
        ({"cite": "24-QĐ/TW"}, "Quá tuổi. Căn cứ: 24-QĐ/TW."),
        ({"cite": "", "source": ""}, "Quá tuổi."),
        ({}, "Quá tuổi."),
    ],
)
def test_the_clause_follows_the_fault_and_says_when_its_text_was_not_read(said, context, text):
    assert said(context, fault="quá tuổi.").message == text


def test_a_sentence_that_names_the_clause_itself_is_not_told_it_twice(said):
    assert said({"cite": "24-QĐ/TW"}, fault="quá tuổi theo {cite}.").message == "Quá tuổi theo 24-QĐ/TW."
    assert said({"cite": "24-QĐ/TW"}, fault="quá tuổi.", fix="Xem {cite}.").message == "Quá tuổi."


def test_doubles_beyond_the_lines_named_are_counted():
    lines = {"lines": [5, 6, 7, 8, 9], "more": 4}
    assert "ở dòng 5, 6, 7, 8, 9 và 4 dòng khác." in sentence("duplicate.id", lines).message
    assert "với dòng 5, 6, 7, 8, 9 và 4 dòng khác." in sentence("duplicate.person", lines).message
    assert "ở dòng 5, 6." in sentence("duplicate.id", {"lines": [5, 6], "more": None}).message


@pytest.mark.parametrize("code", CLOCKS)
def test_a_sentence_about_a_clock_takes_its_numbers_from_the_clock(code):
    told = "".join(CLOCKS[code][part] for part in ("fault", "fix"))
    assert not [letter for letter in told if letter.isdigit()]


@pytest.mark.parametrize("code", [code for code in CLOCKS if code.startswith("late_")])
def test_who_mistyped_a_late_day_is_told_to_correct_it(code):
    assert "nếu gõ nhầm ngày thì sửa lại" in CLOCKS[code]["fix"]


def test_codes_and_stages_are_shown_by_their_labels(said):
    text = "{sex}, {status}, {stage}, {ethnicity}"
    context = {"sex": "female", "status": "moved_out", "stage": "dossier", "ethnicity": "Kihn"}
    assert said(context, fault=text).message == "Nữ, Chuyển đi, Đang làm hồ sơ, Kihn"


def test_a_short_list_is_offered_in_full_and_a_long_one_is_not():
    assert "Nam; Nữ" in sentence("list.sex", {"column": "sex"}).fix
    assert "Công nhân; Nông dân" in sentence("list.target_groups", {"column": "target_groups"}).fix
    assert "Tày;" not in sentence("list.ethnicity", {"column": "ethnicity"}).fix


def test_a_code_that_no_rule_grades_is_a_question_unless_its_sentence_says_otherwise(said):
    said({}, level="error")
    assert level_of("test.one") is Level.ERROR
    said({})
    assert level_of("test.one") is Level.QUERY


# What a branch is told

OF_REGISTERS = sorted(
    code
    for name in ("law", "clocks", "typing", "reading", "reorganised", "shell")
    for code in tomllib.loads((files("workbook") / "messages_vi" / f"{name}.toml").read_text("utf-8"))
    if not code.startswith(("inbox.", "path.", "passwords."))
)
COMMITTEE_ONLY = (
    "Quyết định của sổ cấp ủy",
    "Tạo sổ mới",
    "--",
    "ỏi lại chi bộ",
    "từ chi bộ",
    "chạy lại",
    "trang Dữ liệu",
)


@pytest.mark.parametrize("code", OF_REGISTERS)
def test_a_branch_is_told_to_do_only_what_it_can_do_itself(code):
    fix = sentence(code, {}).for_branch().fix
    assert fix
    assert [named for named in COMMITTEE_ONLY if named in fix] == []


def test_a_branch_gets_its_own_fix_and_example_and_else_those_of_everybody(said):
    own = said({}, example="a", branch_fix="Chi bộ sửa.", branch_example="b")
    assert (own.fix, own.for_branch().fix) == ("Sửa. Ví dụ: a.", "Chi bộ sửa. Ví dụ: b.")
    assert said({}, example="a", branch_fix="Chi bộ sửa.").for_branch().fix == "Chi bộ sửa. Ví dụ: a."
    assert said({}, example="a").for_branch().fix == "Sửa. Ví dụ: a."


def test_where_a_register_has_no_column_for_reasons_the_sentence_says_where_to_write_them():
    code = "late_admission_decision"
    assert "vào cột Giải trình; nếu" in sentence(code, {}).fix
    without = sentence(code, {"reasons": messages.place_of_reasons(has_column=False)}).fix
    assert "thêm cột" in without
    assert "Ghi chú" in without


# Labels

LABELLED = (Level, Verdict, Stage, Step, Outlook, Hope, Actor, PaperState, DoubleKind)


@pytest.mark.parametrize(
    "member", [member for kind in LABELLED for member in kind], ids=lambda member: f"{type(member).__name__}.{member}"
)
def test_every_member_of_a_labelled_list_has_a_label(member):
    assert label(member) == label(member).strip() != ""


@pytest.mark.parametrize("kind", LABELLED)
def test_no_two_members_of_a_list_share_a_label(kind):
    assert len({label(member) for member in kind}) == len(kind)


def test_the_labels_file_knows_nothing_that_the_vocabulary_does_not():
    tables = tomllib.loads((files("workbook") / "labels_vi.toml").read_text("utf-8"))
    assert {kind: list(table) for kind, table in tables.items()} == {
        kind.__name__: [member.value for member in kind] for kind in LABELLED
    }


def test_a_code_list_of_the_register_has_its_labels_elsewhere():
    with pytest.raises(KeyError):
        label(Sex.MALE)


@pytest.mark.parametrize("code", RULES)
def test_every_rule_is_told_with_place_fault_fix_and_example(code):
    said = sentence(code, {"cell": "F12", "column": RULES[code].columns[0], "value": "x"})
    assert said.message.startswith(f"Ô F12 ({HEADING[RULES[code].columns[0]]}): ")
    assert "Ví dụ: " in said.fix


@pytest.fixture(scope="module")
def filled():
    """The same person twice, every cell of the register filled, with the facts that the rules compare."""
    member = person(Random(1), Stage.OFFICIAL, date(2026, 11, 22))
    blank = {name: date(2026, 11, 2) if name.endswith("_on") else "x" for name in HEADING if not getattr(member, name)}
    telling = {"citizen_id": "99198000123", "branch_resolved_on": date(2026, 6, 1), "target_groups": "x"}
    cells = {name: [getattr(replace(member, **blank | telling), name)] * 2 for name in HEADING}
    table = RawTable("A", (), cells, [2, 3], [""] * 2, [""] * 2, dict.fromkeys(HEADING, "A"))
    return gather(normalise(stack([(0, table)]))[0], load(), date(2026, 11, 22))


@pytest.mark.parametrize("code", RULES)
def test_the_sentence_of_a_rule_lacks_nothing(filled, code):
    """Where a sentence names something that neither the row nor the finding holds, an ellipsis would show."""
    one = RULES[code]
    column = one.columns[0]
    detail = one.tells(filled).to_dict("records")[0] if one.tells else {"others": [column]}
    value = "" if family(code) == "blank" else "x"
    cells = {name: filled[name].iloc[0] for name in HEADING}
    said = sentence(code, {**cells, **detail, "cell": "F12", "column": column, "value": value})
    assert "…" not in said.message + said.fix
