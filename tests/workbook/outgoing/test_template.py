"""The blank books, opened as a stranger would: headings, lists, rules, notes, colours, print."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from validation.deadlines import clocks, overdue
from validation.provisions import Nature, Unit
from validation.regulation import load
from validation.vocabulary import CODE_COLUMNS, TargetGroup
from validation.workdays import calendar_of
from workbook import codes
from workbook.committee import Branch, Committee
from workbook.committee_layout import BRANCHES, DECISIONS, HOLIDAYS, SETTINGS
from workbook.errors import CannotWrite
from workbook.incoming.grid import letter
from workbook.incoming.inbox import Job, open_file
from workbook.incoming.normalise import normalise
from workbook.incoming.raw import stack
from workbook.layout import HEADING, REGISTER, REGISTER_SHEET, Kind
from workbook.outgoing import template
from workbook.outgoing.overdue_formula import Row, late, spells
from workbook.outgoing.register_template import FIRST, HEADINGS, LAST, cells
from workbook.outgoing.styles import ROW_HEIGHT

TEMPLATES = Path(template.__file__).parents[1] / "templates"
LETTER = {column.name: letter(place) for place, column in enumerate(REGISTER)}
LISTS, CLOCK = "Danh mục", "Tính hạn"

PERSON = {
    "number": 1,
    "full_name": "Lò Thị Mẫu",
    "birth_on": date(2001, 9, 5),
    "sex": "Nữ",
    "citizen_id": "099301000123",
    "ethnicity": "Thái",
    "religion": "Không",
    "target_groups": "Công nhân; Quân nhân xuất ngũ",
    "sympathizer_on": date(2025, 1, 12),
    "branch_resolved_on": date(2025, 8, 8),
    "votes_for": 15,
    "members_summoned": 17,
}


@pytest.fixture(scope="module")
def register() -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(template.register("Chi bộ thôn Nà Ổi")))[REGISTER_SHEET]


@pytest.fixture(scope="module")
def rules(register: Worksheet) -> dict[str, object]:
    """Register column → its native rule."""
    by_letter = {str(rule.sqref).split(":")[0].rstrip("0123456789"): rule for rule in _prepared(register)}
    return {name: by_letter[place] for name, place in LETTER.items() if place in by_letter}


@pytest.fixture
def filled(tmp_path: Path) -> Callable[..., Path]:
    """A register for persons given by column, saved by another program than ours."""

    def fill(*people: dict[str, object]) -> Path:
        book = openpyxl.load_workbook(io.BytesIO(template.register("Chi bộ thôn Nà Ổi")))
        for row, person in enumerate(people, start=FIRST + 1):
            for name, value in person.items():
                book[REGISTER_SHEET][f"{LETTER[name]}{row}"].value = value
        book.save(tmp_path / "so.xlsx")
        return tmp_path / "so.xlsx"

    return fill


def _prepared(sheet: Worksheet) -> list[object]:
    rows = f"{FIRST + 1}:"
    return [rule for rule in sheet.data_validations.dataValidation if rows in str(rule.sqref).replace("$", "")[1:]]


def _named(sheet: Worksheet, name: str) -> list[object]:
    """The values a defined name stands for."""
    ((title, area),) = sheet.parent.defined_names[name].destinations
    return [cell.value for row in sheet.parent[title][area] for cell in row if cell.value is not None]


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


# --- The register -----------------------------------------------------------------------------------------------


def test_the_register_has_the_contract_headings_in_order(register: Worksheet) -> None:
    headings = [cell.value for cell in register[HEADINGS + 1]]

    assert headings == [column.heading for column in REGISTER]


def test_name_and_headings_stay_in_sight_and_are_repeated_in_print(register: Worksheet) -> None:
    assert register.freeze_panes == "C8"
    assert (register.print_title_cols, register.print_title_rows) == ("$A:$B", "$7:$7")
    assert register.auto_filter.ref == f"A7:{LETTER[REGISTER[-1].name]}507"


def test_the_register_prints_on_a4_across_with_page_numbers(register: Worksheet) -> None:
    setup = register.page_setup
    assert (setup.orientation, int(setup.paperSize)) == ("landscape", 9)
    assert (setup.fitToWidth, setup.fitToHeight, register.sheet_properties.pageSetUpPr.fitToPage) == (4, 0, True)
    assert register.oddFooter.center.text == "Trang &P/&N"


def test_five_hundred_rows_are_prepared_and_hold_nothing(register: Worksheet) -> None:
    assert LAST - FIRST + 1 == 500
    assert [cell.value for row in register.iter_rows(min_row=FIRST + 1) for cell in row if cell.value is not None] == []


@pytest.mark.parametrize("row", [FIRST + 1, LAST + 1])
def test_days_look_like_days_and_identifiers_stay_text(register: Worksheet, row: int) -> None:
    formats = {name: register[f"{place}{row}"].number_format for name, place in LETTER.items()}

    assert {formats[column.name] for column in REGISTER if column.kind is Kind.DATE} == {"dd/mm/yyyy"}
    assert {formats[column.name] for column in REGISTER if column.kind is Kind.DIGITS} == {"@"}
    assert formats["schooling"] == "@"  # "8/10" typed there would become a day


@pytest.mark.parametrize("name", CODE_COLUMNS)
def test_a_drop_down_offers_exactly_the_labels_that_are_understood(register: Worksheet, rules, name: str) -> None:
    offered = _named(register, rules[name].formula1)

    assert rules[name].type == "list"
    assert offered == codes.labels(CODE_COLUMNS[name])
    assert [codes.match(CODE_COLUMNS[name], label) for label in offered] == list(CODE_COLUMNS[name])


def test_target_groups_are_offered_but_several_may_be_typed(register: Worksheet, rules) -> None:
    offered = _named(register, rules["target_groups"].formula1)

    assert offered == codes.labels(TargetGroup)
    assert codes.match_groups("; ".join(offered)) == ";".join(TargetGroup)
    assert not rules["target_groups"].showErrorMessage


def test_every_day_must_have_passed_and_lie_after_1930(register: Worksheet, rules) -> None:
    days = {column.name for column in REGISTER if column.kind is Kind.DATE}

    assert {name for name in rules if rules[name].type == "date"} == days
    assert {(rules[name].formula1, rules[name].formula2, rules[name].operator) for name in days} == {
        ("10959", "TODAY()", None)  # "between" is what is meant where no operator is named
    }


def test_a_day_of_which_only_the_year_is_known_is_warned_about_not_refused(rules) -> None:
    gentle = {name for name in rules if rules[name].errorStyle == "warning"}

    assert gentle == {"birth_on", "youth_union_on"}


def test_every_rule_says_fault_fix_and_example_within_the_limits_of_excel(register: Worksheet) -> None:
    speaking = [rule for rule in register.data_validations.dataValidation if rule.showErrorMessage]

    ruled = [column for column in REGISTER if column.kind in {Kind.DATE, Kind.CODE, Kind.COUNT}]
    assert len(speaking) == len(ruled) + 2  # the identity number, and the cell with the day of the report
    assert all(rule.error.strip() and "ví dụ" in rule.error.lower() for rule in speaking)
    assert max(len(rule.error) for rule in speaking) <= 225
    assert max(len(rule.errorTitle) for rule in speaking) <= 32


@pytest.mark.parametrize("column", REGISTER, ids=lambda column: column.name)
def test_every_heading_has_a_note_with_an_example_or_its_list(register: Worksheet, column) -> None:
    text = register[f"{LETTER[column.name]}{HEADINGS + 1}"].comment.text

    assert "Ví dụ:" in text or "Chọn trong danh sách" in text
    assert "{" not in text


def test_notes_name_the_deadlines_with_the_numbers_of_the_law(register: Worksheet) -> None:
    for key in load().keys:
        deadline = load().eras(key)[-1].applied.deadline
        term = f"{deadline.count} {'ngày làm việc' if deadline.unit is Unit.WORKING_DAYS else 'tháng'}"
        notes = [register[f"{place}{HEADINGS + 1}"].comment.text for place in LETTER.values()]

        assert [text for text in notes if term in text and deadline.cite in text]


def test_the_branch_stands_in_the_title_and_in_a_property(register: Worksheet) -> None:
    properties = {one.name: one.value for one in register.parent.custom_doc_props.props}

    assert register["C2"].value == "CHI BỘ THÔN NÀ ỔI"
    assert properties == {"songuon.branch": "Chi bộ thôn Nà Ổi", "songuon.template": template.VERSION}


@pytest.mark.parametrize(("name", "shown"), [("Nà Ổi", "CHI BỘ NÀ ỔI"), ("=1+1", "CHI BỘ =1+1")])
def test_a_branch_name_is_only_ever_text(name: str, shown: str) -> None:
    cell = openpyxl.load_workbook(io.BytesIO(template.register(name)))[REGISTER_SHEET]["C2"]

    assert (cell.value, cell.data_type) == (shown, "s")


def test_the_sheet_of_lists_is_visible_but_protected(register: Worksheet) -> None:
    lists = register.parent[LISTS]

    assert register.parent.sheetnames == [REGISTER_SHEET, LISTS, CLOCK]
    assert (lists.sheet_state, lists.protection.sheet) == ("visible", True)
    assert HEADING["full_name"] not in [cell.value for row in lists.iter_rows() for cell in row]


def test_days_off_are_those_the_law_counts_by(register: Worksheet) -> None:
    """Every weekday off and every weekend day worked of the years shown, and no other."""
    calendar = calendar_of()
    off = {day.date() for day in _named(register, "SN_days_off")}
    worked = {day.date() for day in _named(register, "SN_worked")}
    span = pd.date_range("2025-01-01", "2034-12-31").date

    assert [
        day for day in span if calendar.is_working(day) != ((day.weekday() < 5 and day not in off) or day in worked)
    ] == []


# --- The colour of what is late -----------------------------------------------------------------------------------


def test_the_colours_are_the_formulas_of_the_law(register: Worksheet) -> None:
    """One per deadline and spell, on the column of the act that is awaited; red for acts, yellow for papers."""
    rulebook = load()
    wanted = {
        (
            f"{LETTER[spell.deadline.done]}{FIRST + 1}:{LETTER[spell.deadline.done]}{LAST + 1}",
            late(spell, Row(cells(), 12))[1:],
        )
        for spell in spells(rulebook)
    }
    found = {
        (str(area.sqref), rule.formula[0])
        for area, listed in register.conditional_formatting._cf_rules.items()
        for rule in listed
    }

    assert wanted <= found
    assert len(found) == len(wanted) + 1  # and the lines around filled rows
    assert {spell.deadline.nature for spell in spells(rulebook)} == set(Nature)


#: One person per clock, with a trigger before Tết, before a day worked in exchange, or across a change of rules.
CLOCKS = {
    "decision over Tet": {"branch_resolved_on": date(2026, 2, 2)},
    "decision under the longer term": {"branch_resolved_on": date(2025, 6, 30)},
    "decision on the first day of the shorter term": {"branch_resolved_on": date(2025, 7, 1)},
    "decision over a day worked in exchange": {"branch_resolved_on": date(2026, 6, 22)},
    "ceremony counted from receiving": {"decided_on": date(2026, 1, 20), "decision_received_on": date(2026, 1, 28)},
    "ceremony while receiving is blank": {"decided_on": date(2026, 1, 20)},
    "ceremony decided before and received after the change": {
        "decided_on": date(2026, 7, 24),
        "decision_received_on": date(2026, 7, 30),
    },
    "ceremony counted from issuing": {"decided_on": date(2026, 7, 27), "decision_received_on": date(2026, 8, 5)},
    "ceremony of a decision whose day is lost": {"decision_received_on": date(2026, 8, 5)},
    "recognition after a leap day": {"ceremony_on": date(2024, 2, 29), "member_record_on": date(2024, 3, 1)},
    "recognition over Tet": {"ceremony_on": date(2025, 1, 15), "member_record_on": date(2025, 1, 20)},
    "decision on recognition": {"recognition_resolved_on": date(2026, 1, 30)},
    "member's record": {"ceremony_on": date(2026, 1, 9)},
    "vetting": {"vetting_sent_on": date(2026, 1, 30)},
    "certificate": {"certificate_on": date(2021, 2, 28)},
    "dossier": {"applied_on": date(2025, 3, 31), "vetting_result_on": date(2025, 3, 1)},
    "nothing started": {"sympathizer_on": date(2020, 1, 1)},
    "already done": {"branch_resolved_on": date(2025, 7, 2), "decided_on": "9/2025", "ceremony_on": date(2025, 9, 10)},
    "went on without it": {"branch_resolved_on": date(2025, 1, 2), "ceremony_on": date(2026, 9, 1)},
    "left": {"branch_resolved_on": date(2025, 7, 2), "status": "Chuyển đi"},
    "came back": {"branch_resolved_on": date(2025, 7, 2), "status": "Chuyển đến"},
    "illegible": {"branch_resolved_on": "chưa rõ"},
}


def _edges(path: Path) -> list[date]:
    """Every day due of these people, with the day before and the day after."""
    opened = open_file(Job("so.xlsx", path))
    typed, _ = normalise(stack([(0, opened.tables[0])]))
    due = clocks(typed, load(), calendar_of(), date(2026, 11, 22))["due_on"].dropna().dt.date.unique()
    return sorted({day + timedelta(days=by) for day in due for by in (-1, 0, 1)})


def _late_by_law(path: Path, today: date) -> set[tuple[int, str]]:
    """(sheet line, column awaited) of every overdue clock."""
    opened = open_file(Job("so.xlsx", path))
    typed, _ = normalise(stack([(0, opened.tables[0])]))
    done = {key: era.applied.deadline.done for key in load().keys for era in load().eras(key)}
    found = overdue(clocks(typed, load(), calendar_of(), today))
    return {(int(typed["row"][row]), done[key]) for row, key in zip(found["row"], found["key"], strict=True)}


@pytest.mark.libreoffice
def test_libreoffice_colours_exactly_what_the_law_calls_overdue(filled, soffice, tmp_path: Path) -> None:
    """On the day before, the day and the day after every day due, Tết and swapped days between."""
    path = filled(*({"full_name": f"Người Thứ {number}", **days} for number, days in enumerate(CLOCKS.values(), 1)))
    book = openpyxl.load_workbook(path)
    edges = _edges(path)
    asked = [
        (row, today, spell) for today in edges for row in range(FIRST, FIRST + len(CLOCKS)) for spell in spells(load())
    ]
    for at, (row, today, spell) in enumerate(asked, start=1):
        on = f"DATE({today.year},{today.month},{today.day})"
        formula = late(spell, Row(cells(row), 12, on)).replace("$", f"'{REGISTER_SHEET}'!$")
        book[LISTS].cell(at, 40).value = f"=IFERROR({formula[1:]},FALSE)"
    book.save(tmp_path / "tinh.xlsx")

    answers = openpyxl.load_workbook(soffice(tmp_path / "tinh.xlsx", "xlsx"), data_only=True)[LISTS]

    shown = {
        (row + 1, spell.deadline.done, today)
        for at, (row, today, spell) in enumerate(asked, 1)
        if answers.cell(at, 40).value
    }
    law = {(row, column, today) for today in edges for row, column in _late_by_law(path, today)}
    assert {column for _, column, _ in law} == {spell.deadline.done for spell in spells(load())}
    assert shown == law


@pytest.mark.libreoffice
def test_twelve_digits_pass_the_rule_of_the_id_column_and_nothing_else_does(rules, soffice, tmp_path: Path) -> None:
    typed = [
        "099301000123",
        "99301000123",
        "0993010001234",
        "09930100012a",
        "0993 0100 012",
        "09930100012.",
        99301000123,
    ]
    book = openpyxl.Workbook()
    for row, value in enumerate(typed, start=1):
        book.active[f"E{row}"].value = value
        rule = rules["citizen_id"].formula1.replace(f"$E{FIRST + 1}", f"$E{row}")
        book.active[f"F{row}"].value = f"=IFERROR({rule},FALSE)"
    book.save(tmp_path / "so.xlsx")

    answers = openpyxl.load_workbook(soffice(tmp_path / "so.xlsx", "xlsx"), data_only=True).active

    assert [bool(answers[f"F{row}"].value) for row in range(1, len(typed) + 1)] == [True, *[False] * (len(typed) - 1)]


# --- Read back ----------------------------------------------------------------------------------------------------


def test_a_blank_register_is_read_as_one_without_persons_and_raises_no_question(tmp_path: Path) -> None:
    template.write_register(tmp_path / "so.xlsx", "Chi bộ thôn Nà Ổi")

    opened = open_file(Job("so.xlsx", tmp_path / "so.xlsx"))

    assert [(table.sheet, len(table.rows), table.questions) for table in opened.tables] == [(REGISTER_SHEET, 0, ())]
    assert (opened.branch_hint, opened.error, opened.hidden) == ("Chi bộ thôn Nà Ổi", None, ())
    assert opened.others == ()  # the sheets beside it are ours: nobody is asked about them


def test_one_person_typed_into_the_register_is_read_as_one_person(filled) -> None:
    (table,) = open_file(Job("so.xlsx", filled(PERSON))).tables
    typed, illegible = normalise(stack([(0, table)]))

    assert (table.rows, table.questions) == ([FIRST + 1], ())
    assert table.cell(0, "branch_resolved_on") == f"{LETTER['branch_resolved_on']}{FIRST + 1}"
    assert illegible.empty
    assert typed["citizen_id"].tolist() == ["099301000123"]
    assert typed["target_groups"].tolist() == ["worker;discharged_soldier"]
    assert typed["branch_resolved_on"].tolist() == [pd.Timestamp(2025, 8, 8)]


# --- The committee book -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def committee_book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(template.committee_book(Committee(""))))


def test_the_committee_book_has_the_contract_sheets_and_headings(committee_book: openpyxl.Workbook) -> None:
    headings = {sheet.title: [cell.value for cell in sheet[1]] for sheet in committee_book}

    assert list(headings) == ["Cấu hình", "Chi bộ", "Ngày nghỉ", "Quyết định"]
    assert headings["Cấu hình"][:2] == ["Mục", "Giá trị"]
    assert headings["Chi bộ"][:11] == [
        *("Mã", "Chi bộ", "Tên khác", "Loại hình", "Số đảng viên", "Chỉ tiêu năm", "Chỉ tiêu nhiệm kỳ"),
        *("Người theo dõi", "Hiệu lực từ", "Hiệu lực đến", "Sáp nhập vào"),
    ]
    assert headings["Ngày nghỉ"] == ["Ngày", "Loại", "Căn cứ"]
    assert headings["Quyết định"] == ["Loại", "Đối tượng", "Nội dung", "Người quyết định", "Ngày", "Ghi chú"]


def test_the_committee_book_has_the_contract_items_and_their_usual_values(committee_book: openpyxl.Workbook) -> None:
    items = {row[0].value: row[1].value for row in committee_book["Cấu hình"].iter_rows(min_row=2)}

    assert list(items)[:9] == [
        *("Tên cấp ủy", "Cấp trên", "Năm", "Ngày chốt", "Đếm kết nạp theo", "Số chữ số thập phân"),
        *("Mốc nhắc (ngày)", "Lớp quy định", "Ngày nộp"),
    ]
    assert {item: value for item, value in items.items() if value is not None} == {
        "Đếm kết nạp theo": "Lễ kết nạp",
        "Số chữ số thập phân": 2,
        "Mốc nhắc (ngày)": "90;60;30;15;7",
    }


@pytest.mark.parametrize(
    ("sheet", "cell", "offered"),
    [
        ("Cấu hình", "B6", '"Lễ kết nạp,Quyết định"'),
        ("Ngày nghỉ", "B2", '"Nghỉ,Làm bù"'),
        ("Quyết định", "A2", '"Rút tệp,Tệp của chi bộ,Tiêu đề cột,Giải trình,Trùng người,Khác"'),
        ("Chi bộ", "K2", "SN_branches"),
    ],
)
def test_the_committee_book_offers_its_lists(
    committee_book: openpyxl.Workbook, sheet: str, cell: str, offered: str
) -> None:
    lists = [rule for rule in committee_book[sheet].data_validations.dataValidation if rule.type == "list"]

    assert [rule.formula1 for rule in lists if cell in rule.sqref] == [offered]


def test_every_rule_and_note_of_the_committee_book_keeps_the_limits_of_excel(committee_book: openpyxl.Workbook) -> None:
    rules = [rule for sheet in committee_book for rule in sheet.data_validations.dataValidation]
    noted = [cell.comment for sheet in (BRANCHES, HOLIDAYS, DECISIONS) for cell in committee_book[sheet.name][1]]

    assert len(rules) == 19
    assert all("ví dụ" in rule.error.lower() and len(rule.error) <= 225 for rule in rules)
    assert all(noted)
    assert all(cell.value for cell in committee_book[SETTINGS.name]["C"])


def test_the_committee_book_prints_across_with_its_headings_on_every_page(committee_book: openpyxl.Workbook) -> None:
    for sheet in committee_book:
        setup = sheet.page_setup
        assert (setup.orientation, setup.fitToWidth or 1, setup.fitToHeight) == ("landscape", 1, 0)
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.oddFooter.center.text == "Trang &P/&N"


# --- As files -----------------------------------------------------------------------------------------------------


def test_nothing_is_ever_written_over(tmp_path: Path) -> None:
    (tmp_path / "so.xlsx").write_bytes(b"somebody's work")

    for write in (template.write_register, template.write_committee):
        with pytest.raises(CannotWrite):
            write(tmp_path / "so.xlsx")

    assert (tmp_path / "so.xlsx").read_bytes() == b"somebody's work"


def test_the_same_book_is_the_same_bytes() -> None:
    committee = Committee("Đảng ủy xã Suối Mây", branches=(Branch("CB01", "Chi bộ thôn Nà Ổi"),))

    assert template.register("Nà Ổi") == template.register("Nà Ổi")
    assert template.committee_book(committee) == template.committee_book(committee)


@pytest.mark.parametrize("kept", sorted(template.KEPT.values()))
def test_the_kept_books_are_what_would_be_built_today(kept: str, tmp_path: Path) -> None:
    """If not, build them anew, in the root of the project:

    python -c "from pathlib import Path; from workbook.outgoing.template import keep; keep(Path('workbook/templates'))"
    """
    template.keep(tmp_path)

    assert _parts((TEMPLATES / kept).read_bytes()) == _parts((tmp_path / kept).read_bytes())


@pytest.mark.libreoffice
@pytest.mark.parametrize("kept", sorted(template.KEPT.values()))
def test_libreoffice_opens_and_prints_the_kept_books(kept: str, soffice) -> None:
    printed = soffice(TEMPLATES / kept, "pdf").read_bytes()

    assert printed.startswith(b"%PDF")
    assert printed.count(b"/Type/Page") > 3


def test_a_long_name_or_note_stands_whole_in_the_committee_book(tmp_path: Path) -> None:
    """LibreOffice does not make the rows of a file higher that say nothing of their height."""
    long = "Chi bộ Công ty trách nhiệm hữu hạn một thành viên May Thử Nghiệm"
    committee = Committee("Đảng ủy xã Thử", year=2026, branches=(Branch("1", long), Branch("2", "Chi bộ Hai")))
    template.write_committee(tmp_path / "so.xlsx", committee)
    rows = openpyxl.load_workbook(tmp_path / "so.xlsx")["Chi bộ"].row_dimensions
    assert (rows[2].height, rows[3].height) == (2 * ROW_HEIGHT, None)  # the second as high as any row
