"""The worksheet functions: what they answer is what the law says and what plain formulas show; they never raise."""

import io
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import get_type_hints

import openpyxl
import pandas as pd
import pytest
from xlwings.conversion import accessors

from macros_py import functions
from macros_py.functions import HAN_XU_LY, SO_NGAY_QUA_HAN, TRANG_THAI
from validation import stages
from validation.deadlines import clocks
from validation.regulation import load
from validation.vocabulary import Stage, Step
from validation.workdays import calendar_of
from workbook.incoming.normalise import normalise
from workbook.incoming.raw import RawTable, stack
from workbook.labels import label
from workbook.layout import HEADING, REGISTER, REGISTER_SHEET
from workbook.outgoing import template
from workbook.outgoing.overdue_formula import Row, late, spells, step_name
from workbook.outgoing.register_clock import FIRST as CLOCKS
from workbook.outgoing.register_template import FIRST, cells
from workbook.phrases import keys, phrase

SENTENCES = {phrase(key, names="", heading="") for key in keys() if key.startswith("function.")}

#: Deadline, the day its clock starts, and the register cell that starts it where that is another day. Around Tết of
#: 2025 (late January) and of 2026 (mid February), days worked in exchange, and changes of the rules.
AROUND_TET = [
    ("admission_decision", date(2024, 12, 2), {"branch_resolved_on": date(2024, 12, 2)}),
    ("admission_decision", date(2025, 12, 12), {"branch_resolved_on": date(2025, 12, 12)}),
    ("admission_decision", date(2026, 2, 15), {"branch_resolved_on": date(2026, 2, 15)}),
    ("ceremony", date(2025, 1, 24), {"decision_received_on": date(2025, 1, 24)}),
    ("ceremony", date(2026, 1, 5), {"decision_received_on": date(2026, 1, 5)}),
    ("ceremony", date(2026, 2, 13), {"decision_received_on": date(2026, 2, 13)}),
    ("member_record", date(2026, 2, 2), {"ceremony_on": date(2026, 2, 2)}),
    ("recognition_resolution", date(2026, 1, 20), {"ceremony_on": date(2025, 1, 20)}),
    ("recognition_resolution", date(2025, 2, 28), {"ceremony_on": date(2024, 2, 29)}),
    ("recognition_decision", date(2026, 1, 19), {"recognition_resolved_on": date(2026, 1, 19)}),
    ("vetting_reply", date(2026, 2, 10), {"vetting_sent_on": date(2026, 2, 10)}),
    ("certificate_validity", date(2021, 2, 17), {"certificate_on": date(2021, 2, 17)}),
    ("dossier_validity", date(2025, 2, 17), {"vetting_sent_on": date(2025, 2, 17)}),
]


def typed(**row: object) -> pd.DataFrame:
    table = RawTable("", (), {name: [value] for name, value in row.items()}, [1], [""], [""], {})
    return normalise(stack([(0, table)]))[0]


# --- the law ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "starts", "row"), AROUND_TET)
def test_day_due_and_days_late_are_those_of_the_clock_of_the_register(key, starts, row):
    as_of = date(2026, 11, 22)
    running = clocks(typed(**row), load(), calendar_of(), as_of).set_index("key").loc[key]

    assert running["started_on"] == pd.Timestamp(starts)
    assert HAN_XU_LY(key, starts) == running["due_on"].to_pydatetime()
    assert SO_NGAY_QUA_HAN(key, starts, as_of) == -running["days_left"] > 0


def test_thirty_working_days_over_tet_are_counted_by_hand():
    """After Monday 12/1/2026: 14 in January, 10 up to 13/2, none in the week of Tết, 5 from 23/2, the last on 2/3."""
    due = HAN_XU_LY("ceremony", "12/01/2026")

    assert due == pd.Timestamp(2026, 3, 2)
    assert SO_NGAY_QUA_HAN("ceremony", "12/01/2026", due) == 0
    assert SO_NGAY_QUA_HAN("ceremony", "12/01/2026", "05/03/2026") == 3


@pytest.mark.parametrize("name", ["ceremony", "hold_ceremony", label(Step.HOLD_CEREMONY), "TỔ CHỨC  LỄ KẾT NẠP"])
@pytest.mark.parametrize("day", [pd.Timestamp(2026, 1, 28), 46050.0, "28/01/2026", "28.1.2026"])
def test_a_step_may_be_named_and_a_day_typed_as_clerks_do(name, day):
    assert HAN_XU_LY(name, day) == HAN_XU_LY("ceremony", date(2026, 1, 28))


def test_without_a_last_day_it_is_counted_to_today(monkeypatch):
    monkeypatch.setattr(functions, "today", lambda: date(2026, 6, 1))

    assert SO_NGAY_QUA_HAN("ceremony", "28/01/2026") == SO_NGAY_QUA_HAN("ceremony", "28/01/2026", "01/06/2026") > 0


def test_nothing_is_late_before_it_has_begun_or_where_nothing_has():
    assert SO_NGAY_QUA_HAN("ceremony", "28/01/2026", "01/01/2026") == 0
    assert SO_NGAY_QUA_HAN("ceremony", None, "01/01/2026") == 0
    assert HAN_XU_LY("ceremony", None) == ""


# --- the stage ----------------------------------------------------------------------------------------------------

DAYS = {"certificate_on": "5/2/2025", "applied_on": "3/2025", "branch_resolved_on": "4/7/2025",
        "decided_on": "26/8/2025", "ceremony_on": "10/9/2025", "recognized_on": "12/10/2026"}  # fmt: skip


@pytest.mark.parametrize("known", range(1, len(DAYS) + 1))
def test_the_stage_is_the_one_the_law_assigns(known):
    row = dict(list(DAYS.items())[:known])
    shown = TRANG_THAI([[HEADING[name] for name in row], list(row.values())], "22/11/2026")

    assert shown == label(Stage(stages.assign(typed(**row), date(2026, 11, 22)).iat[0]))
    assert shown == label(list(Stage)[known])


def test_a_day_to_come_moves_nobody_and_a_blank_row_is_nobody():
    rows = [["Họ và tên", "Ngày lễ kết nạp"], ["Lê Thị Thử", "10/9/2025"]]

    assert TRANG_THAI(rows, "10/9/2025") == label(Stage.PROBATIONARY)
    assert TRANG_THAI(rows, "9/9/2025") == label(Stage.SYMPATHIZER)
    assert TRANG_THAI([rows[0], [None, None]], "9/9/2025") == ""


# --- wrong input --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "step", "day"),
    [
        ("no_day", "ceremony", "2026"),
        ("no_day", "ceremony", "31/02/2026"),
        ("no_step", "lễ", "28/01/2026"),
        ("no_step", None, "28/01/2026"),
        ("no_step", 7.0, "28/01/2026"),
        ("no_deadline", "ceremony", "28/01/2010"),
        ("no_deadline", "recognition_resolution", "29/02/2024"),  # no probation ends then, whenever it began
        ("no_calendar", "ceremony", "30/12/2050"),
    ],
)
def test_wrong_input_is_answered_in_one_short_sentence(key, step, day):
    assert HAN_XU_LY(step, day) == SO_NGAY_QUA_HAN(step, day, "01/01/2051") == phrase(f"function.{key}")


def test_a_step_of_several_deadlines_asks_which_and_then_knows():
    asked = HAN_XU_LY("resolve_branch", "28/01/2026")
    lapse = phrase("clock.lapsed_dossier")

    assert lapse in asked
    assert phrase("clock.lapsed_certificate") in asked
    assert HAN_XU_LY(lapse, "28/01/2026") == pd.Timestamp(2027, 1, 28)


@pytest.mark.parametrize(
    ("key", "rows"),
    [
        ("two_rows", [["Ngày lễ kết nạp"]]),
        ("two_rows", [["Ngày lễ kết nạp"], ["10/9/2025"], ["11/9/2025"]]),
        ("no_dates", [["Họ và tên", None], ["Lê Thị Thử", "10/9/2025"]]),
        ("twice", [["Ngày lễ kết nạp"] * 2, ["10/9/2025"] * 2]),
        ("unreadable", [["Ngày lễ kết nạp"], ["x"]]),
    ],
)
def test_a_range_that_is_no_person_is_answered_in_one_short_sentence(key, rows):
    assert TRANG_THAI(rows, "22/11/2026") == phrase(f"function.{key}", heading="Ngày lễ kết nạp")


def test_a_wrong_last_day_is_answered_too():
    said = phrase("function.no_day")
    assert SO_NGAY_QUA_HAN("ceremony", "28/01/2026", "2026") == said
    assert TRANG_THAI([["Ngày lễ kết nạp"], ["10/9/2025"]], "2026") == said


def test_sentences_are_short():
    assert max(map(len, SENTENCES)) <= 80


# --- Excel, and plain formulas ------------------------------------------------------------------------------------


@pytest.mark.parametrize("function", [HAN_XU_LY, SO_NGAY_QUA_HAN, TRANG_THAI], ids=lambda one: one.__name__)
def test_xlwings_can_convert_every_argument_and_answer(function):
    """It takes type hints for converters, and fails in the cell where it knows none of that name."""
    assert set(get_type_hints(function).values()) <= set(accessors)


def test_without_xlwings_only_these_functions_are_missing():
    code = (
        "import sys; sys.modules['xlwings'] = None\n"
        "import macros_py.cli\n"
        "try:\n    import macros_py.functions\nexcept ImportError:\n    print('missing')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "missing"


@pytest.mark.libreoffice
def test_plain_formulas_of_the_template_call_late_what_the_function_does(soffice, tmp_path: Path):
    """On the day due, the day before and after it, and a fortnight on."""
    book = openpyxl.load_workbook(io.BytesIO(template.register("Chi bộ thôn Nà Ổi")))
    sheet, asked = book[REGISTER_SHEET], book.create_sheet("T")
    expected = []
    for row, (key, starts, days) in enumerate(AROUND_TET, start=FIRST):
        for column, day in days.items():
            sheet[cells(row)[column].replace("$", "")].value = day
        for by in (-1, 0, 1, 14):
            as_of = HAN_XU_LY(key, starts) + timedelta(days=by)
            expected.append(SO_NGAY_QUA_HAN(key, starts, as_of) > 0)
            place = Row(cells(row), 12, f"DATE({as_of.year},{as_of.month},{as_of.day})")
            shown = [late(spell, place)[1:] for spell in spells(load()) if spell.deadline.key == key]
            formula = ",".join(f"IFERROR({one},FALSE)" for one in shown).replace("$", f"'{REGISTER_SHEET}'!$")
            asked.cell(len(expected), 1).value = f"=OR({formula})"
    book.save(tmp_path / "tinh.xlsx")

    answers = openpyxl.load_workbook(soffice(tmp_path / "tinh.xlsx", "xlsx"), data_only=True)["T"]

    assert [answers.cell(at, 1).value for at in range(1, len(expected) + 1)] == expected
    assert expected == [False, False, True, True] * len(AROUND_TET)


#: Made-up lines of a register: one at each stage, and one whose last day has not come by the days they are asked for.
LINES = [
    {"certificate_number": "45/GCN"},
    *({days[-1]: date(2021, 3, 2)} for days in stages.REACHED_BY.values()),
    {"applied_on": date(2021, 3, 2), "ceremony_on": date(2040, 3, 2)},
    {"applied_on": date(2040, 3, 2)},
]


@pytest.mark.libreoffice
def test_the_sheet_of_clocks_in_the_template_says_what_the_functions_say(soffice, tmp_path: Path):
    """Day due, days late on the days around it, and the stage, in the blank register itself, as a clerk would ask."""
    book = openpyxl.load_workbook(io.BytesIO(template.register("Chi bộ thôn Nà Ổi")))
    sheet, asked, names = book[REGISTER_SHEET], book["Tính hạn"], [column.name for column in REGISTER]
    expected, lines = [], [*LINES, {}, {}, {}, {}]
    for at, ((key, starts, _), line) in enumerate(zip(AROUND_TET, lines, strict=True)):
        due = HAN_XU_LY(key, starts)
        until = due + timedelta(days=(-1, 0, 1, 14)[at % 4])
        for name, value in line.items():
            sheet.cell(FIRST + at + 1, names.index(name) + 1).value = value
        question = (step_name(load().eras(key)[-1].applied.deadline), starts, until, None, None, FIRST + at + 1)
        for place, value in enumerate(question, start=1):
            asked.cell(CLOCKS + at + 1, place).value = value or asked.cell(CLOCKS + at + 1, place).value
        person = [[HEADING[name] for name in line], list(line.values())] if line else [["Ngày lễ kết nạp"], [None]]
        expected.append((due, SO_NGAY_QUA_HAN(key, starts, until), TRANG_THAI(person, until) if line else None))
    book.save(tmp_path / "han.xlsx")

    read = openpyxl.load_workbook(soffice(tmp_path / "han.xlsx", "xlsx"), data_only=True)["Tính hạn"]

    said = [tuple(read.cell(CLOCKS + at + 1, place).value for place in (4, 5, 7)) for at in range(len(expected))]
    assert [(due, late) for due, late, _ in said] == [(due, late) for due, late, _ in expected]
    assert [stage for _, _, stage in said[: len(LINES)]] == [stage for _, _, stage in expected[: len(LINES)]]
    assert len({stage for _, _, stage in expected[: len(LINES)]}) == len(Stage)


@pytest.mark.libreoffice
def test_a_blank_question_is_answered_with_nothing_and_a_wrong_one_in_a_word(soffice, tmp_path: Path):
    book = openpyxl.load_workbook(io.BytesIO(template.register()))
    book["Tính hạn"].cell(CLOCKS + 1, 1).value, book["Tính hạn"].cell(CLOCKS + 1, 2).value = "lễ", date(2026, 1, 28)
    book.save(tmp_path / "han.xlsx")
    read = openpyxl.load_workbook(soffice(tmp_path / "han.xlsx", "xlsx"), data_only=True)["Tính hạn"]
    assert [read.cell(CLOCKS + 1, place).value or "" for place in (4, 5, 7)] == ["Không có thời hạn", "", ""]
    assert [read.cell(CLOCKS + 2, place).value or "" for place in (4, 5, 7)] == ["", "", ""]
