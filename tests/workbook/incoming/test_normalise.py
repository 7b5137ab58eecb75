"""Typed rows: every value as legible, every row kept, every doubt a finding."""

from datetime import date, datetime, time

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from validation.vocabulary import (
    CODE_COLUMNS,
    COUNT_COLUMNS,
    DATE_COLUMNS,
    TEXT_COLUMNS,
    Level,
    TargetGroup,
    year_of,
)
from workbook import codes
from workbook.incoming.normalise import LEVELS, normalise
from workbook.incoming.raw import RawTable, Stacked, stack
from workbook.layout import HEADING
from workbook.messages import catalogue

MOST = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def sheet(columns: dict[str, list[object]]) -> RawTable:
    count = len(next(iter(columns.values())))
    blank = [""] * count
    return RawTable("Sổ", (), columns, list(range(5, 5 + count)), blank, blank, dict.fromkeys(HEADING, "A"))


def stacked(*sheets: dict[str, list[object]]) -> Stacked:
    return stack([(number, sheet(columns)) for number, columns in enumerate(sheets)])


def read(column: str, *cells: object) -> tuple[list[object], list[tuple[int, str]]]:
    """One column of one sheet: its typed values (None where NA) and its findings as (row, code)."""
    typed, found = normalise(stacked({column: list(cells)}))
    values = [None if pd.isna(value) else value for value in typed[column]]
    return values, list(zip(found["row"], found["code"], strict=True))


def test_the_typed_frame_is_as_the_contract_says():
    typed, found = normalise(stacked({"full_name": ["HOÀNG  THỊ THUÝ"]}, {"full_name": ["Đặng Văn Mẫu"]}))

    assert typed[["file", "table", "row"]].to_numpy().tolist() == [[0, 0, 5], [1, 1, 5]]
    assert list(typed["full_name"]) == ["HOÀNG THỊ THUÝ", "Đặng Văn Mẫu"]
    assert list(typed["name_key"]) == ["hoàng thị thúy", "đặng văn mẫu"]
    assert found.empty


def test_every_column_has_the_type_the_law_expects():
    typed, _ = normalise(stacked({name: [""] for name in HEADING}))

    want = {
        **dict.fromkeys(("file", "table", "row"), "int64"),
        **dict.fromkeys(("name_key", "target_groups", *TEXT_COLUMNS, *CODE_COLUMNS), "str"),
        **dict.fromkeys(COUNT_COLUMNS, "Int64"),
        **dict.fromkeys(DATE_COLUMNS, "datetime64[us]"),
        **{year_of(column): "int16" for column in DATE_COLUMNS},
    }
    assert {name: str(dtype) for name, dtype in typed.dtypes.items()} == want


@pytest.mark.parametrize("column", ["birth_on", "sex", "citizen_id", "votes_for", "position", "full_name"])
def test_a_broken_formula_is_told_and_says_nothing(column):
    assert read(column, "#REF!") == ([None], [(0, "cell.error")])


def test_no_rows_in_are_no_rows_out():
    typed, found = normalise(stack([]))

    assert (len(typed), len(found)) == (0, 0)


@pytest.mark.parametrize(
    ("cell", "want"),
    [
        ("001 099 000 001", "001099000001"),
        ("001.099.000.001", "001099000001"),
        ("001099000001.0", "001099000001"),
        ("'001099000001", "001099000001"),
        (1099000001.0, "1099000001"),
        (99200000001, "99200000001"),
        ("12.345678", "12345678"),
    ],
)
def test_an_identifier_keeps_its_digits_and_gains_none(cell, want):
    assert read("citizen_id", cell) == ([want], [])


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.099E+09", "id.scientific"),
        ("1,1E+11", "id.scientific"),
        (1.1e11, "id.scientific"),
        (1.2345678901234567e17, "id.scientific"),
        ("09920000000l", "id.unreadable"),
        ("012345678\n099200000001", "id.unreadable"),
        (99200000001.5, "id.unreadable"),
        (-5, "id.unreadable"),
        (float("inf"), "id.unreadable"),
        (True, "id.unreadable"),
        (date(2026, 3, 4), "id.unreadable"),
    ],
)
def test_an_identifier_that_lost_digits_is_never_used(cell, code):
    assert read("citizen_id", cell) == ([None], [(0, code)])


@pytest.mark.parametrize(
    ("cell", "want"), [(12, 12), (12.0, 12), ("12", 12), (" 12.0 ", 12), (0, 0), ("", None), ("-", None)]
)
def test_a_count_is_a_whole_number(cell, want):
    assert read("votes_for", cell) == ([want], [])


@pytest.mark.parametrize(
    "cell", ["12/15", "mười", 12.5, -1, True, float("inf"), date(2026, 12, 15), "12 phiếu", 10**20]
)
def test_what_is_no_whole_number_is_not_guessed(cell):
    assert read("votes_for", cell) == ([None], [(0, "count.unreadable")])


def test_numbers_in_text_columns_read_as_a_person_sees_them():
    assert read("number", 12.0, 7, "I", 1.5) == (["12", "7", "I", "1.5"], [])


def test_true_and_one_are_different_things_to_have_typed():
    assert read("number", True, 1, 1.0, "1") == (["TRUE", "1", "1", "1"], [])


def test_codes_are_read_and_what_is_in_no_list_stays_as_typed():
    assert read("sex", "Nữ", "NAM", "nu", "x", "") == (["female", "male", "female", "x", None], [])
    assert read("target_groups", "Công nhân; Thợ lặn") == (["worker;Thợ lặn"], [])


def test_a_dash_is_an_empty_cell():
    for column in ("religion", "remark", "applied_on", "citizen_id"):
        assert read(column, "-", " — ", "…") == ([None] * 3, [])


@pytest.mark.parametrize(
    ("day", "suggestion"),
    [
        (date(2026, 12, 9), "9/12"),
        (date(2026, 9, 12), "9/12"),
        (date(2026, 10, 8), "8/10"),
        (date(2026, 12, 12), "12/12"),
        (date(2026, 5, 3), "3/5"),
    ],
)
def test_a_grade_that_became_a_day_is_asked_about(day, suggestion):
    typed, found = normalise(stacked({"schooling": [datetime.combine(day, time())]}))

    assert typed["schooling"].isna().all()
    assert found[["code", "level"]].to_numpy().tolist() == [["schooling.became_date", Level.QUERY]]
    assert found["detail"].tolist() == [{"suggestion": suggestion}]


def test_a_paper_number_that_became_a_day_is_asked_about():
    assert read("decision_number", date(2026, 2, 1)) == (["01/02/2026"], [(0, "number.became_date")])


@pytest.mark.parametrize("name", ["NguyÔn V¨n MÉu", "TrÇn ThÞ Thö", "Nguyeãn Vaên Maãu", "§Æng V¨n MÉu"])
def test_text_of_an_old_font_is_kept_and_asked_about(name):
    assert read("full_name", name) == ([name], [(0, "text.legacy_font")])


@pytest.mark.parametrize("name", ["Nguyễn Thị Xoài", "Hoàng Ngoã", "ĐẶNG THUÝ LOÃN", "H’Wâm Êban", "Lò Thị Uyển"])
def test_vietnamese_names_are_not_taken_for_an_old_font(name):
    assert read("full_name", name) == ([name], [])


class TestDays:
    def test_a_partial_day_is_a_question_except_for_birth(self):
        assert read("applied_on", "9/2020") == ([None], [(0, "date.partial")])
        assert read("birth_on", "1998") == ([None], [])

    def test_the_year_of_a_day_known_in_part_is_kept(self):
        typed, _ = normalise(stacked({"birth_on": ["1998", "31/02/1999", "05/09/2000", "", "x"]}))

        assert typed["birth_on_year"].tolist() == [1998, 1999, 2000, 0, 0]

    def test_a_course_period_is_a_question_where_a_course_is_meant_and_a_fault_elsewhere(self):
        assert read("certificate_on", "09/9/2022 - 18/9/2022") == ([None], [(0, "date.range_text")])
        assert read("decided_on", "09/9/2022 - 18/9/2022") == ([None], [(0, "date.unreadable")])

    def test_a_tick_where_a_day_is_needed_is_a_question(self):
        assert read("youth_union_on", "x", True) == ([None, None], [(0, "date.tick"), (1, "date.tick")])


class TestAsAbove:
    def test_a_mark_takes_the_cell_above_and_says_so(self):
        typed, found = normalise(stacked({"ethnicity": ["Tày", "nt", "-nt-", "Kinh", "//"]}))

        assert typed["ethnicity"].tolist() == ["tay", "tay", "tay", "kinh", "kinh"]
        assert found["row"].tolist() == [1, 2, 4]
        assert set(found["code"]) == {"ditto.used"}
        assert found["detail"].tolist() == [{"taken": "Tày"}, {"taken": "Tày"}, {"taken": "Kinh"}]

    @pytest.mark.parametrize("mark", ["nt", "NT", "n.t", "-nt-", "//", "-//-", "″", '"', "''", "như trên", "Như trên."])
    def test_every_usual_mark_is_known(self, mark):
        assert read("applied_on", "05/09/2025", mark) == ([pd.Timestamp(2025, 9, 5)] * 2, [(1, "ditto.used")])

    def test_a_mark_never_reaches_over_to_another_sheet(self):
        typed, found = normalise(stacked({"religion": ["Không"]}, {"religion": ["nt"]}))

        assert typed["religion"].isna().tolist() == [False, True]
        assert found[["row", "code"]].to_numpy().tolist() == [[1, "ditto.nothing"]]

    def test_a_mark_under_an_empty_cell_takes_nothing(self):
        assert read("residence", "Xã Mây Trắng", "", "nt", "nt") == (
            ["Xã Mây Trắng", None, None, None],
            [(2, "ditto.nothing"), (3, "ditto.nothing")],
        )

    @pytest.mark.parametrize("column", ["full_name", "birth_on", "citizen_id", "card_number"])
    def test_what_is_a_persons_own_is_never_taken_from_another(self, column):
        assert read(column, "099200000001", "nt")[1][-1] == (1, "ditto.own")


class TestBareNumbers:
    """A cell that lost its date format shows a number; the spreadsheet means a day, and whoever looks sees none."""

    def test_they_are_the_days_they_count_and_one_note_a_column_says_so(self):
        typed, found = normalise(stacked({"ceremony_on": ["15/3/2022", 45000, 45010.5, date(2023, 5, 1)]}))

        assert typed["ceremony_on"].dt.date.tolist()[1:] == [date(2023, 3, 15), date(2023, 3, 25), date(2023, 5, 1)]
        assert found[["row", "code", "level"]].to_numpy().tolist() == [[1, "dates.serial", Level.NOTE]]
        assert found["detail"].tolist() == [{"count": 2, "day": date(2023, 3, 15)}]

    def test_each_sheet_and_column_speaks_for_itself(self):
        numbers = {"applied_on": [45000, 45000], "birth_on": [30198, ""]}
        _, found = normalise(stacked(numbers, {"applied_on": ["1/2/2025", 45001]}))

        assert sorted(zip(found["row"], found["column"], strict=True)) == [
            (0, "applied_on"), (0, "birth_on"), (3, "applied_on"),
        ]  # fmt: skip

    @pytest.mark.parametrize("cell", [date(2023, 3, 15), "15/03/2023", ""])
    def test_a_day_that_shows_as_one_needs_no_note(self, cell):
        assert read("ceremony_on", cell)[1] == []


NATIVE = (date(2026, 4, 4), date(2026, 3, 4), date(2026, 7, 12), date(2025, 1, 2))
TYPED = ("25/03/2026", "13/04/2026", "31/01/2025")


class TestSwappedColumns:
    def test_the_signature_of_american_settings_is_one_question_with_both_readings(self):
        typed, found = normalise(stacked({"applied_on": [*TYPED, *NATIVE]}))

        assert typed["applied_on"].dt.date.tolist()[3:] == list(NATIVE)
        assert found[["row", "code", "level"]].to_numpy().tolist() == [[4, "dates.swapped", Level.QUERY]]
        assert found["detail"].tolist() == [{"count": 3, "day": date(2026, 3, 4), "suggestion": date(2026, 4, 3)}]

    @pytest.mark.parametrize(
        "cells",
        [
            [*TYPED, *NATIVE, date(2026, 4, 13)],
            [*TYPED, *NATIVE, "05/09/2025"],
            [*TYPED, *NATIVE[:2]],
            [*TYPED[:2], *NATIVE],
            NATIVE,
            TYPED,
        ],
        ids=[
            "a true day after the 12th",
            "a text before the 13th",
            "few true days",
            "few texts",
            "no text",
            "no true day",
        ],
    )
    def test_a_column_that_speaks_against_it_is_left_alone(self, cells):
        assert read("applied_on", *cells)[1] == []

    def test_each_sheet_speaks_for_itself(self):
        _, found = normalise(stacked({"applied_on": list(TYPED)}, {"applied_on": list(NATIVE)}))

        assert found.empty


def test_every_code_has_its_level_and_its_sentence():
    assert LEVELS.keys() <= catalogue().keys()


cells = st.one_of(
    st.just(""),
    st.text(max_size=12),
    st.sampled_from(
        ["nt", "//", "x", "5/9/1998", "9/12", "Kinh", "Công nhân; Nông dân", "1.1E+11", "09/9/2022 - 18/9/2022"]
    ),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
sheets = st.lists(
    st.integers(1, 4).flatmap(
        lambda count: st.dictionaries(
            st.sampled_from(list(HEADING)), st.lists(cells, min_size=count, max_size=count), min_size=1, max_size=8
        )
    ),
    min_size=1,
    max_size=3,
)


@MOST
@given(sheets)
def test_whatever_stands_in_the_cells_no_row_is_lost_and_no_finding_points_nowhere(columns):
    raw = stacked(*columns)

    typed, found = normalise(raw)

    assert typed.index.equals(raw.frame.index)
    assert set(found["row"]) <= set(typed.index)
    assert set(found["column"]) <= set(HEADING)
    assert [LEVELS[code] for code in found["code"]] == found["level"].tolist()


@MOST
@given(sheets)
def test_reading_what_was_read_changes_nothing(columns):
    once, _ = normalise(stacked(*columns))

    twice, _ = normalise(written_out(once))

    pd.testing.assert_frame_equal(twice, once)


def written_out(typed: pd.DataFrame) -> Stacked:
    """Typed rows as a clerk would type them: labels for codes, the year where only that is known."""
    columns = {name: [_written(name, row) for _, row in typed.iterrows()] for name in HEADING}
    tables = [
        (int(rows["file"].iloc[0]), sheet({name: [columns[name][row] for row in rows.index] for name in HEADING}))
        for _, rows in typed.groupby("table")
    ]
    return stack(tables)


def _written(name: str, row: "pd.Series[object]") -> object:
    value = row[name]
    if name in DATE_COLUMNS:
        year = row[year_of(name)]
        return value.to_pydatetime() if not pd.isna(value) else int(year) or ""
    if pd.isna(value):
        return ""
    if name == "target_groups":
        return ";".join(_labelled(TargetGroup, piece) for piece in value.split(";"))
    return _labelled(CODE_COLUMNS[name], value) if name in CODE_COLUMNS else value


def _labelled(enum, value: str) -> str:
    return codes.label(enum(value)) if value in set(enum) else value
