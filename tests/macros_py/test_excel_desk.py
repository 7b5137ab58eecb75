"""The buttons on a live LibreOffice, through xlwings, on made-up registers as messy as real ones."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
import xlwings as xw
from pyopenvba.apps.excel import ExcelApplication

from macros_py import buttons, dialogue, last_run
from macros_py.addin import build
from macros_py.attach import open_desk
from macros_py.buttons import press
from macros_py.engines.bridge import load_uno, properties, struct
from macros_py.engines.libreoffice import undo
from macros_py.excel import XlDesk
from macros_py.ledger import NAME as JOURNAL
from validation.vocabulary import Level
from workbook.checking import check
from workbook.demo.inbox import make
from workbook.given import committee_at, law_of
from workbook.labels import label
from workbook.open_sheet import judge

pytestmark = pytest.mark.libreoffice

DAY = date(2026, 11, 22)
ERROR, GREEN = (255, 199, 206), (0, 255, 0)
LEAST_MARKS = 10

# Of a cell: what cannot be compared across the bridge, or is only a name that the office makes up.
_NO_VALUES = {"Validation", "ValidationLocal", "ValidationXML", "ConditionalFormat", "ConditionalFormatLocal",
              "ConditionalFormatXML", "ChartColumnAsLabel", "ChartRowAsLabel", "Size", "Position", "AbsoluteName",
              "NumberingRules", "UserDefinedAttributes", "FormatID"}  # fmt: skip


@pytest.fixture(scope="module")
def inbox(tmp_path_factory) -> list[Path]:
    """Made-up registers in eight layouts, with every mess planted."""
    made = make(tmp_path_factory.mktemp("demo"), DAY, branches=8)
    return sorted(path for path in made.inbox.rglob("*.xlsx") if not path.name.startswith("~"))


@pytest.fixture(scope="module")
def messy(inbox) -> Path:
    """The register with the most to say about its cells."""
    checked = check(inbox, DAY)
    counts = checked.found[checked.found["cell"] != ""].groupby("file").size()
    name = counts.idxmax()
    return next(one.path for one in checked.files if one.file == name)


@pytest.fixture
def register(tmp_path) -> Path:
    """Two persons under a title; a fill, a note, a list, a filter and widths of the clerk's own."""
    path = tmp_path / "Sổ hồ sơ 2026 (a=b).xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("Sổ theo dõi")
        day = made.add_format({"num_format": "dd/mm/yyyy", "border": 1})
        text = made.add_format({"num_format": "@", "bg_color": "#00FF00"})
        sheet.merge_range("A1:F1", "DANH SÁCH CẢM TÌNH ĐẢNG", made.add_format({"bold": True}))
        sheet.write_row("A2", ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số định danh cá nhân"])
        for at, name in enumerate(["Lê Thị Thử", "Trần Thị Giả", "Vũ Văn Mẫu"], start=2):
            sheet.write_row(at, 0, [at - 1, name])
            sheet.write_datetime(at, 2, date(1999, 9, at), day)
            sheet.write_row(at, 3, ["Nữ", "Kinh"])
            sheet.write_string(at, 5, f"09919900000{at}", text)
        sheet.write_string("C3", "31/02/2000", made.add_format({"bg_color": "#00FF00"}))
        sheet.write_string("C4", "32/01/1999")
        sheet.write_comment("C4", "Hỏi lại chi bộ", {"author": "Cán bộ"})
        sheet.data_validation("D3:D9", {"validate": "list", "source": ["Nam", "Nữ"]})
        sheet.conditional_format("E3:E9", {"type": "text", "criteria": "containing", "value": "Mường",
                                           "format": made.add_format({"bold": True})})  # fmt: skip
        sheet.data_validation("C3:C9", {"validate": "date", "criteria": ">", "value": date(1930, 1, 1),
                                        "input_title": "Ngày sinh", "input_message": "Gõ đủ ngày",
                                        "error_title": "Sai", "error_message": "Gõ lại"})  # fmt: skip
        sheet.autofilter("A2:F5")
        sheet.filter_column("D", "x == Nữ")
        sheet.freeze_panes(2, 2)
        sheet.set_column("H:H", 3.5)
        sheet.set_column("G:G", 21)
        sheet.set_row(3, 40)
        sheet.set_selection("D4")
    return path


def opened(app: xw.App, path: Path) -> XlDesk:
    return XlDesk(app, app.books.open(path), DAY)


def dump(book: xw.Book) -> dict[str, object]:
    """Everything there is to say of every cell, line and column of every sheet, as the office itself says it."""
    found: dict[str, object] = {"sheets": book.sheet_names}
    for sheet in book.sheets:
        uno, last, title = sheet.impl.uno, sheet.used_range.last_cell, sheet.name
        rows, columns = last.row + 2, last.column + 4
        names = tuple(
            one.Name for one in uno.getCellByPosition(0, 0).PropertySetInfo.Properties if one.Name not in _NO_VALUES
        )
        formulas = uno.getCellRangeByPosition(0, 0, columns - 1, rows - 1).FormulaArray
        cell_at = uno.getCellByPosition  # looked up once: every word over the bridge takes its time
        for row in range(rows):
            for column in range(columns):
                values = cell_at(column, row).getPropertyValues(names)
                looks = dict(zip(names, map(repr, values), strict=True))
                looks["CellStyle"] = looks["CellStyle"] if looks["CellStyle"] != "''" else "'Default'"
                found[title, row, column] = formulas[row][column], looks
            line = uno.Rows.getByIndex(row)
            found[title, "row", row] = line.Height, line.OptimalHeight, line.IsVisible
        for column in range(columns):
            strip = uno.Columns.getByIndex(column)
            found[title, "column", column] = strip.Width, strip.IsVisible
        found[sheet.name, "notes"] = [(one.location.address, one.text, one.author) for one in sheet.notes]
        found[sheet.name, "merged"] = sheet.used_range.impl.merged_areas()
        found[sheet.name, "validations"] = validations(uno)
        filtered = sheet.impl.filter_range
        found[sheet.name, "filter"] = filtered and (filtered.address, filtered.autofilter.criteria)
        found[sheet.name, "rules"] = rules(uno)
    window = book.impl.uno.CurrentController
    found["frozen"] = window.hasFrozenPanes(), window.SplitRow, window.SplitColumn
    found["selection"] = book.selection.address, book.sheets.active.name
    return found


def validations(sheet) -> dict[str, list[object]]:
    """What may be typed where, with all formulas and messages: rule → cells."""
    names = ("Type", "ErrorAlertStyle", "ShowList", "IgnoreBlankCells", "ShowInputMessage", "InputTitle",
             "InputMessage", "ShowErrorMessage", "ErrorTitle", "ErrorMessage")  # fmt: skip
    groups, found = sheet.UniqueCellFormatRanges, {}
    for group in (groups.getByIndex(number) for number in range(groups.Count)):
        rule = group.Validation
        if rule.Type.value != "ANY":
            texts = rule.getFormula1(), rule.getFormula2(), repr(rule.getOperator())
            said = repr((texts, [repr(getattr(rule, name)) for name in names]))
            boxes = [(a.StartRow, a.EndRow, a.StartColumn, a.EndColumn) for a in group.RangeAddresses]
            cells = [(r, c) for top, last, left, right in boxes for r in range(top, last + 1)
                     for c in range(left, right + 1)]  # fmt: skip
            found[said] = sorted([*found.get(said, []), *cells])
    return found


def rules(sheet) -> list[object]:
    """The conditional formats: where, what is compared, and the style it comes to."""
    return [
        (one.Range.RangeAddressesAsString, [
            (entry.Operator, entry.Formula1, entry.Formula2, entry.StyleName)
            for entry in (one.getByIndex(number) for number in range(one.Count))
        ])
        for one in sheet.ConditionalFormats.ConditionalFormats
    ]  # fmt: skip


def differences(before: dict[str, object], after: dict[str, object]) -> list[object]:
    return [key for key in before | after if before.get(key) != after.get(key)]


# --- a day's work


def test_a_messy_register_is_checked_walked_mended_checked_again_and_cleared(app, messy):
    desk = opened(app, messy)
    before, sheet = dump(desk.book), desk.book.sheets.active
    press("check", desk)
    assert not app.impl.alerts
    marks = [one for one in desk.kept() if one.kind == "note"]
    assert len(marks) >= LEAST_MARKS
    press("next_error", desk)
    where = desk.cursor()[1]
    assert sheet.range(where).color
    assert sheet.range(where).note.text
    said, value = sheet.range(where).note.text, sheet.range(where).value
    assert str(sheet.range(where).address.replace("$", "")) in said
    sheet.range(where).clear_contents()
    press("check", desk)
    note = sheet.range(where).note
    assert note is None or note.text != said, "what was said of the old content is said no more"
    sheet.range(where).value = value
    press("clear", desk)
    assert JOURNAL not in desk.book.sheet_names
    assert [key for key in undone(before, dump(desk.book)) if key[1:] != (where[0] - 1, where[1] - 1)] == []


def test_a_corrected_cell_loses_its_mark(app, register):
    desk = opened(app, register)
    sheet = desk.book.sheets[0]
    press("check", desk)
    assert sheet["C3"].color == ERROR
    assert "31/02/2000" in sheet["C3"].note.text
    sheet["C3"].value = pd.Timestamp(2000, 2, 28)
    press("check", desk)
    assert sheet["C3"].color == GREEN, "the clerk's own fill is back"
    assert sheet["C3"].note is None
    assert sheet["C4"].color == ERROR
    assert sheet["C4"].note.text == "Hỏi lại chi bộ"


def test_after_marking_and_clearing_every_property_of_every_cell_is_as_before(app, register):
    desk = opened(app, register)
    before = dump(desk.book)
    for tag in ("check", "check", "overdue", "check", "clear"):
        press(tag, desk)
    assert not app.impl.alerts
    assert differences(before, dump(desk.book)) == []


def test_the_dump_sees_changed_rules_filters_and_panes(app, register):
    """A restore test is worth what its eyes are worth."""
    desk = opened(app, register)
    before, sheet = dump(desk.book), desk.book.sheets[0]
    sheet["D3:D9"].data_validation.set_list(["X", "Y"])
    sheet["E3:E9"].conditional_formats.clear()
    desk.book.impl.uno.CurrentController.freezeAtPosition(1, 1)
    told = {key[-1] if isinstance(key, tuple) else key for key in differences(before, dump(desk.book))}
    assert {"validations", "rules", "frozen"} <= told


def test_a_messy_register_comes_back_too(app, messy):
    desk = opened(app, messy)
    before = dump(desk.book)
    press("check", desk)
    marked = dump(desk.book)
    assert len(differences(before, marked)) > LEAST_MARKS
    press("clear", desk)
    assert differences(before, dump(desk.book)) == []


def test_checking_twice_changes_nothing_more(app, messy):
    desk = opened(app, messy)
    press("check", desk)
    once = dump(desk.book)
    press("check", desk)
    assert differences(once, dump(desk.book)) == []


# --- what clerks do to marked sheets


def test_marks_survive_saving_and_opening_again(app, register, tmp_path):
    desk = opened(app, register)
    before = desk.book.sheets[0]["A1:F9"].value
    press("check", desk)
    desk.book.save(tmp_path / "lại.xlsx")
    desk.book.close()
    again = opened(app, tmp_path / "lại.xlsx")
    assert not again.book.sheets[JOURNAL].visible
    press("clear", again)
    sheet = again.book.sheets[0]
    assert again.book.sheet_names == ["Sổ theo dõi"]
    assert sheet["A1:F9"].value == before
    assert (sheet["C3"].color, sheet["C4"].color, sheet["C3"].note) == (GREEN, None, None)
    assert sheet.used_range.last_cell.address == "$F$5"


def test_marks_are_found_again_after_rows_are_inserted_and_the_sheet_is_renamed(app, register):
    desk = opened(app, register)
    sheet = desk.book.sheets[0]
    press("check", desk)
    sheet.impl.uno.Rows.insertByIndex(2, 2)
    sheet.name = "Bà Tâm's sổ"
    assert sheet["C5"].color == ERROR
    press("clear", desk)
    assert (sheet["C5"].color, sheet["C6"].color) == (GREEN, None)
    assert [one.location.address for one in sheet.notes] == ["$C$6"]
    assert sheet["G2:H9"].value == [[None, None]] * 8


def test_marks_of_deleted_rows_are_forgotten(app, register):
    desk = opened(app, register)
    sheet = desk.book.sheets[0]
    press("check", desk)
    sheet.impl.uno.Rows.removeByIndex(2, 1)
    press("check", desk)
    press("clear", desk)
    assert desk.book.sheet_names == ["Sổ theo dõi"]
    assert [one.text for one in sheet.notes] == ["Hỏi lại chi bộ"]


def sort_lines(sheet: xw.Sheet, last: str = "F", formats: bool = True) -> None:
    """What a clerk does: number the persons anew and sort by the number, so that all three change places."""
    sheet["A3:A5"].value = [[2], [3], [1]]
    by_number = load_uno().Any(
        "[]com.sun.star.table.TableSortField", (struct("table.TableSortField", Field=0, IsAscending=True),)
    )
    wishes = properties(SortFields=by_number, ContainsHeader=False, BindFormatsToContent=formats)
    sheet[f"A3:{last}5"].impl.api.sort(wishes)
    assert sheet["B3:B5"].value == ["Vũ Văn Mẫu", "Lê Thị Thử", "Trần Thị Giả"]


@pytest.mark.parametrize("formats", [True, False], ids=["with their formats", "formats stay"])
@pytest.mark.parametrize("last", ["F", "H"], ids=["without our columns", "with our columns"])
@pytest.mark.parametrize("tags", [["clear"], ["check", "clear"], ["overdue", "check", "clear"]], ids="+".join)
def test_marks_follow_when_a_clerk_sorts_the_lines(app, register, tmp_path, tags, last, formats):
    plain = opened(app, Path(shutil.copy(register, tmp_path / "khác.xlsx")))
    sort_lines(plain.book.sheets[0], "F", formats)
    desk = opened(app, register)
    press("check", desk)
    sort_lines(desk.book.sheets[0], last, formats)
    for tag in tags:
        press(tag, desk)
    assert not app.impl.alerts
    assert differences(dump(plain.book), dump(desk.book)) == []


def test_a_cell_corrected_after_sorting_loses_its_mark_and_gets_the_clerks_fill_back(app, register):
    desk = opened(app, register)
    sheet = desk.book.sheets[0]
    press("check", desk)
    sort_lines(sheet)
    assert sheet["C4"].note.text.startswith("Lỗi")
    sheet["C4"].value = pd.Timestamp(2000, 2, 28)
    press("next_error", desk)
    assert desk.cursor()[1] == (5, 3)
    press("check", desk)
    assert (sheet["C4"].color, sheet["C4"].note) == (GREEN, None)
    assert (sheet["C5"].color, sheet["C5"].note.text) == (ERROR, "Hỏi lại chi bộ")
    assert sheet["C3"].color is None
    press("clear", desk)
    assert [sheet[cell].color for cell in ("C3", "C4", "C5")] == [None, GREEN, None]


@pytest.mark.parametrize("file", ["register", "messy"])
@pytest.mark.parametrize("tag", ["check", "overdue"])
def test_one_press_is_one_step_to_undo(app, request, file, tag):
    """The whole book, also where hundreds of cells, notes and links are written: sheets, cells, rules, view."""
    desk = opened(app, request.getfixturevalue(file))
    before = dump(desk.book)
    press(tag, desk)
    assert undo(desk.book) == buttons.title(tag)
    assert undone(before, dump(desk.book)) == []


def undone(before: dict[str, object], after: dict[str, object]) -> list[object]:
    """What undoing has not brought back. The office goes to what was undone, and fits rows that fit themselves."""
    return [key for key in differences(before, after)
            if key != "selection" and not (key[1] == "row" and before[key][1] and after[key][1])]  # fmt: skip


def test_a_reason_is_one_step_to_undo(app, register, monkeypatch):
    desk = opened(app, register)
    sheet = desk.book.sheets[0]
    sheet["G2"].value, sheet["B4"].value, sheet["C4"].value = "Giải trình", "Giả", pd.Timestamp(1999, 9, 5)
    sheet["B4"].select()
    before = dump(desk.book)
    monkeypatch.setattr(dialogue, "ask", lambda question, before: "chi bộ đã xét")
    press("explain", desk)
    assert sheet["G4"].value == "chi bộ đã xét"
    assert undo(desk.book) == "Giải trình"
    assert undone(before, dump(desk.book)) == []


def test_the_view_comes_back_also_where_a_step_breaks_off(app, register):
    desk = opened(app, register)
    desk.book.sheets[0]["E4"].select()

    def break_off() -> None:
        with desk.step("Thử"):
            desk.book.sheets.add("Trang khác")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert desk.cursor() == ("Sổ theo dõi", (4, 5))


def test_filtered_rows_are_judged_and_counted(app, register):
    desk = opened(app, register)
    desk.book.sheets[0].impl.range("A3").row_hidden = True
    press("check", desk)
    assert desk.book.sheets[0]["C3"].color == ERROR
    assert "Có 1 người ở dòng đang ẩn" in app.status_bar


def test_a_protected_sheet_is_told_and_left_alone(app, register):
    desk = opened(app, register)
    desk.book.sheets[0].impl.uno.protect("")
    press("check", desk)
    (alert,) = app.impl.alerts
    assert "đang được bảo vệ" in alert.prompt
    assert desk.book.sheet_names == ["Sổ theo dõi"]


def test_a_book_that_was_closed_meanwhile_is_told(app, register):
    app.books.add()
    desk = opened(app, register)
    desk.book.close()
    press("check", desk)
    (alert,) = app.impl.alerts
    assert alert.prompt.startswith("Sổ đã đóng")


def test_the_sheet_of_errors_leads_to_the_cells(app, register):
    desk = opened(app, register)
    press("check", desk)
    listed = desk.book.sheets["Lỗi"]
    assert [listed[row, 2].hyperlink for row in (1, 2)] == ["#'Sổ theo dõi'!C3", "#'Sổ theo dõi'!C4"]
    assert listed["A1:G1"].value[2] == "Ô"
    assert desk.book.sheets.active.name == "Sổ theo dõi"


def test_the_lines_of_the_sheet_of_errors_are_as_high_as_their_texts(app, register):
    """Though the rows of the register keep their heights meanwhile."""
    desk = opened(app, register)
    press("check", desk)
    rows = desk.book.sheets["Lỗi"].impl.uno.Rows
    assert rows.getByIndex(1).Height > 2 * rows.getByIndex(100).Height


def test_formulas_that_show_nothing_are_not_written_over(app, register):
    desk = opened(app, register)
    sheet = desk.book.sheets[0]
    sheet["G3:G5"].formula = '=IF(B3="","thiếu tên","")'
    before = dump(desk.book)
    for tag in ("check", "check", "clear"):
        press(tag, desk)
    assert not app.impl.alerts
    assert differences(before, dump(desk.book)) == []


def test_a_column_inserted_between_ours_and_words_written_into_them_stay(app, register):
    desk = opened(app, register)
    sheet = desk.book.sheets[0]
    press("check", desk)
    sheet.impl.uno.Columns.insertByIndex(7, 1)
    sheet["H2:H3"].value = [["Ghi chú của tôi"], ["đã gọi điện"]]
    sheet["I4"].value = "đã hỏi chi bộ"
    sheet.book.sheets["Lỗi"]["I2"].value = "xong"
    press("check", desk)
    press("clear", desk)
    assert not app.impl.alerts
    assert sheet["G2:K5"].value == [
        [None, "Ghi chú của tôi", None, None, None],
        [None, "đã gọi điện", None, None, None],
        [None, None, "đã hỏi chi bộ", None, None],
        [None] * 5,
    ]
    assert desk.book.sheet_names == ["Sổ theo dõi", "Lỗi"]
    assert desk.book.sheets["Lỗi"]["I2"].value == "xong"


def test_copied_cells_and_a_copied_sheet_are_cleared(app, register):
    desk = opened(app, register)
    sheet = desk.book.sheets[0]
    before = dump(desk.book)
    press("check", desk)
    cells = sheet.impl.uno
    cells.copyRange(cells.getCellRangeByName("C9").CellAddress, cells.getCellRangeByName("C3").RangeAddress)
    desk.book.impl.uno.Sheets.copyByName(sheet.name, "Bản sao", 1)
    assert (sheet["C9"].color, sheet["C9"].note.text) == (ERROR, sheet["C3"].note.text)
    press("clear", desk)
    assert not app.impl.alerts
    copy = desk.book.sheets["Bản sao"]
    assert [copy[cell].color for cell in ("C3", "C4", "C9", "G2", "H2")] == [None, ERROR, None, None, None]
    assert [one.text for one in copy.notes] == ["Hỏi lại chi bộ"]
    assert copy["G2:H5"].value == [[None, None]] * 4
    copy.delete()
    sheet["C9"].value = None
    after = dump(desk.book)
    strange = [key for key in differences(before, after) if key[1:] not in ((8, 2), ("validations",))]
    assert strange == []
    assert sheet["C9"].color is None


# --- the other buttons


def test_a_reason_is_written_as_text_into_its_own_column(app, register, monkeypatch):
    desk = opened(app, register)
    sheet = desk.book.sheets[0]
    sheet["G2"].value, sheet["B4"].value, sheet["C4"].value = "Giải trình", "Giả", pd.Timestamp(1999, 9, 5)
    sheet["B4"].select()
    monkeypatch.setattr(dialogue, "ask", lambda question, before: "=chi bộ đã xét")
    press("explain", desk)
    assert not app.impl.alerts
    assert (sheet["G4"].value, sheet["G4"].number_format) == ("=chi bộ đã xét", "@")


def test_lists_lost_by_pasting_come_back(app, register):
    desk = opened(app, register)
    sheet = desk.book.sheets[0]
    press("restore_lists", desk)
    assert "Giới tính" not in app.status_bar.partition("Chưa")[0]
    sheet["D4"].data_validation.delete()
    press("restore_lists", desk)
    assert "Giới tính" in app.status_bar.partition("Chưa")[0]
    assert sheet["D4"].data_validation.impl.source == "Nam,Nữ"


def test_a_new_register_opens_with_its_long_lists_restorable(app, register, monkeypatch, tmp_path):
    monkeypatch.setattr(dialogue, "new_file", lambda title, name: tmp_path / "mới" / name)
    (tmp_path / "mới").mkdir()
    press("new_register", XlDesk(app, None, DAY))
    assert not app.impl.alerts
    book = app.books["so-theo-doi.xlsx"]
    sheet = book.sheets["Sổ theo dõi"]
    desk = XlDesk(app, book, DAY)
    header = next(at for at, row in enumerate(desk.sheet().rows, start=1) if "Dân tộc" in row)
    column = desk.sheet().rows[header - 1].index("Dân tộc") + 1
    name = desk.sheet().rows[header - 1].index("Họ và tên") + 1
    sheet.range((header + 1, name)).value = [["Lê Thị Thử", date(1999, 9, 5)], ["Vũ Văn Mẫu", date(1998, 9, 5)]]
    sheet.range((header + 1, column)).data_validation.delete()
    press("restore_lists", desk)
    assert not app.impl.alerts
    assert "Dân tộc" in app.status_bar
    assert "Danh mục" in sheet.range((header + 1, column)).data_validation.impl.source


def test_the_committee_book_gets_its_figures_and_gives_them_back(app, monkeypatch, tmp_path):
    made = make(tmp_path, DAY, branches=3)
    monkeypatch.setattr(dialogue, "folder", lambda title: made.inbox)
    app.impl.answer = "yes"
    desk = opened(app, made.committee_book)
    sheet = desk.book.sheets["Chi bộ"]
    before = sheet.used_range.value
    press("consolidate", desk)
    asked, told = (one.prompt for one in app.impl.alerts)
    assert asked == "Tổng hợp đọc bản đã lưu của sổ cấp ủy này. Lưu sổ rồi tổng hợp?"
    assert told.endswith("so-chi-tieu.xlsx")
    assert not app.status_bar
    result = XlDesk(app, app.books["so-chi-tieu.xlsx"], DAY)
    press("consolidate", result)
    assert app.impl.alerts[-1].prompt.startswith("Sổ đang mở không phải sổ cấp ủy")
    assert "so-chi-tieu.xlsx" in [book.name for book in app.books]
    cells = [value for row in sheet.used_range.value for value in row]
    assert "Đã kết nạp" in cells
    assert sheet.used_range.value != before
    press("clear", desk)
    assert sheet.used_range.value == before


# --- one line for closed files and open sheets


def test_an_open_sheet_is_judged_as_the_closed_file_is(app, inbox):
    compared = 0
    for path in inbox[:6]:
        closed = check([path], DAY)
        if closed.files[0].error or len(closed.files[0].tables) != 1 or closed.files[0].others:
            continue
        desk = opened(app, path)
        live = judge(desk.sheet(), law_of(None, DAY))
        told = closed.found[closed.found["code"] != "sheet.hidden"]  # of which an open sheet knows nothing
        assert live.found[["cell", "code", "message"]].values.tolist() == (
            told[["cell", "code", "message"]].values.tolist()
        )
        compared += 1
    assert compared >= 2


def test_beside_an_open_committee_book_a_register_is_judged_by_its_law(app, tmp_path):
    made = make(tmp_path, DAY, branches=8)
    path = next(one.path for one in check([made.inbox], DAY).files if len(one.tables) == 1 and not one.others)
    desk = opened(app, path)
    press("check", desk)
    assert app.status_bar.endswith("Xét theo quy định Trung ương, vì chưa biết sổ cấp ủy nào.")
    app.books.open(made.committee_book)
    desk.book.activate()
    press("check", desk)
    assert app.status_bar.endswith(f"Xét theo quy định của {made.committee.name}.")
    assert f"Xét theo quy định của {made.committee.name}." in desk.book.sheets["Lỗi"].used_range.rows[-1].value
    assert not app.impl.alerts


def test_what_is_explained_in_the_committee_book_is_known_to_the_button_as_to_the_command_line(app, tmp_path):
    """Also where only the book last consolidated is known, as it was saved."""
    made = make(tmp_path, DAY, branches=8)
    before = check([made.inbox], DAY, committee_at(made.committee_book))
    alone = {one.file: one.path for one in before.files if len(one.tables) == 1 and not one.others}
    file, code = next((one.file, one.memory) for one in before.found.itertuples() if one.memory and one.file in alone)
    book = openpyxl.load_workbook(made.committee_book)
    book["Quyết định"].append(["Giải trình", code, "Đã đối chiếu bản gốc"])
    book.save(made.committee_book)
    closed = check([alone[file]], DAY, committee_at(made.committee_book)).found
    assert "Đã đối chiếu bản gốc" in set(closed["reason"])
    desk = opened(app, alone[file])
    committee = app.books.open(made.committee_book)
    desk.book.activate()
    press("check", desk)
    beside = listed(desk)
    committee.close()
    last_run.keep(made.committee_book, made.inbox)
    press("check", desk)
    assert not app.impl.alerts
    told = closed[closed["code"] != "sheet.hidden"]
    levels = told["level"].map({level: label(level) for level in Level})
    assert listed(desk) == beside == list(zip(levels, told["cell"], told["message"], strict=True))


def listed(desk: XlDesk) -> list[tuple[object, ...]]:
    """The lines of the sheet "Lỗi" without its headings and its last line: level, cell, sentence."""
    return [(line[1], line[2], line[5]) for line in desk.sheet("Lỗi").rows[1:-1]]


# --- what goes back to the branch


@pytest.fixture
def away(monkeypatch, tmp_path) -> Path:
    """Where the clerk wants the slips."""
    (tmp_path / "trả").mkdir()
    monkeypatch.setattr(dialogue, "folder", lambda title: tmp_path / "trả")
    return tmp_path / "trả"


def test_the_open_register_goes_back_marked_with_a_letter_and_stays_as_it_is(app, register, away, soffice):
    file, book = register.read_bytes(), opened(app, register)
    before = dump(book.book)
    app.impl.answer = "yes"
    press("return_slips", book)
    _, told = (one.prompt for one in app.impl.alerts)
    assert told.startswith("Đã ghi 1 phiếu trả lại và 1 bản sao đánh dấu")
    assert told.endswith("Xét theo quy định Trung ương, vì chưa biết sổ cấp ủy nào.")
    folder = away / f"{register.stem}-phieu-tra-lai"
    copy, letter = folder / f"{register.stem}-danh-dau.xlsx", folder / f"{register.stem}-phieu-tra-lai.docx"
    assert {*folder.iterdir()} == {copy, letter}
    assert register.read_bytes() == file, "nobody had changed it, so nobody wrote it"
    assert differences(before, dump(book.book)) == []
    sheet = app.books.open(copy).sheets[0]
    assert (sheet["C3"].color, sheet["C4"].note.text) == (ERROR, "Hỏi lại chi bộ")
    assert "31/02/2000" in sheet["C3"].note.text
    assert soffice(letter, "pdf").stat().st_size > 0


def test_what_was_typed_since_it_was_saved_goes_back_too(app, register, away):
    desk = opened(app, register)
    desk.book.sheets[0]["B5"].value = "Vũ Văn Mẫu Mới"
    app.impl.answer = "yes"
    press("return_slips", desk)
    assert app.impl.alerts[-1].prompt.startswith("Đã ghi 1 phiếu trả lại")
    (copy,) = away.rglob("*.xlsx")
    assert openpyxl.load_workbook(copy).worksheets[0]["B5"].value == "Vũ Văn Mẫu Mới"
    assert not app.status_bar


def test_failed_formulas_are_told_of_an_open_sheet_as_of_the_closed_file(app, register):
    book = openpyxl.load_workbook(register)
    for cell, formula in {"C3": "=#REF!", "D4": "=1/0", "E5": "=NA()", "F3": "=#REF!&1"}.items():
        book.active[cell] = formula
    book.save(register)
    desk = opened(app, register)
    desk.book.save()  # with what the formulas came to, which a closed file must hold
    closed = check([register], DAY).found
    live = judge(desk.sheet(), law_of(None, DAY)).found
    assert set(live.loc[live["code"] == "cell.error", "cell"]) == {"C3", "D4", "E5", "F3"}
    assert live[["cell", "code", "message"]].values.tolist() == closed[["cell", "code", "message"]].values.tolist()


# --- the way in


def test_a_book_with_an_equals_sign_in_its_name_is_found(app, office, register):
    opened(app, register)
    app.books.add()
    for name in (register.name, str(register), register.as_uri()):
        assert open_desk(["--from_xl=1", "--hwnd=7", f"--wb={name}"]).book.name == register.name


def test_the_command_line_of_the_extension_checks_the_open_book(app, office, register):
    """Another process, as the toolbar starts it: through the office's pipe, with the book's address."""
    desk = opened(app, register)
    lines = [place.read_bytes().split(b"\0") for place in Path("/proc").glob(f"{office.pid}/cmdline")]
    pipe = next(word.decode() for line in lines for word in line if word.startswith(b"--accept=pipe"))
    name = pipe.partition("name=")[2].partition(";")[0]
    command = ["-P", "-m", "macros_py", "check", f"--libreoffice={name}", f"--wb={register.as_uri()}"]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert desk.book.sheets[0]["C3"].color == ERROR
    assert "Lỗi" in desk.book.sheet_names


@pytest.fixture
def attached(office, tmp_path) -> dict[str, str]:
    """Surroundings in which every Python finds this office running, as on Windows it finds Excel."""
    place = tmp_path / "attached"
    place.mkdir()
    code = f"from macros_py.engines.libreoffice import Office, install\ninstall(Office.connect({office.pipe!r}))\n"
    (place / "sitecustomize.py").write_text(code, "utf-8")
    return {**os.environ, "PYTHONPATH": str(place), "SONGUON_HOME": str(tmp_path), "DISPLAY": ""}


def words_of(line: str) -> list[str]:
    """A command line parted as programs on Windows part it: a quote counts unless a backslash is before it."""
    parted = re.findall(r'(?:[^\s"]|"(?:\\"|[^"])*")+', line)
    return [re.sub(r'(\\)?"', lambda quote: '"' if quote[1] else "", word) for word in parted]


def our_macros_line(book: str, place: Path) -> str:
    """What our add-in makes, run by an interpreter of VBA, which knows no window handles and takes it for the book."""
    source = build.macro().replace("Application.Hwnd", "132456")
    addin = (place / book).with_suffix(".xlam")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "macro", lambda: source)
        addin.write_bytes(build.xlam(Path(sys.executable)))
    made: str = ExcelApplication.open(addin).run("CommandLine", "check")
    return made.replace(addin.name, book)


def run_pythons_line(book: str, _place: Path) -> str:
    """What xlwings' own macro makes, filled into its source as installed (`ExecuteWindows` in Main.bas)."""
    folder = Path(importlib.util.find_spec("xlwings").origin).parent
    source = (folder / "addin" / "Main.bas").read_text("utf-8-sig")
    first = re.search(r"^        RunCommand = CondaCmd & PythonInterpreter & (.*)$", source, re.M)[1]
    second = re.search(r"RunCommand & _\n(.*?) & _\n(.*?) & _\n +\" 2> ", source, re.S)
    values = {
        "PYTHONPATH": f"false;C:\\\\So\\\\{book};C:\\\\So\\\\SoNguon.xlam;;;;",
        "PythonCommand": "from macros_py.__main__ import run; run('check')",
        "ActiveWorkbook.Name": book,
        "Application.Path": r"C:\Program Files\Microsoft Office\root\Office16",
        "Application.Name": "Microsoft Excel",
        "Application.Hwnd": "132456",
        "Chr(34)": '"',
    }
    parts = re.findall(r'"((?:[^"]|"")*)"|([\w.]+(?:\(34\))?)', " & ".join([first, *second.groups()]))
    return f'"{sys.executable}"' + "".join(values[name] if name else text.replace('""', '"') for text, name in parts)


@pytest.mark.parametrize("line_of", [our_macros_line, run_pythons_line])
def test_the_very_command_line_of_excel_checks_the_book_it_names(app, register, attached, line_of, tmp_path):
    """Not the book in front; and Excel has its own way of quoting, which `Book.caller()` cuts off at "=" in a name."""
    desk = opened(app, register)
    decoy = app.books.add()
    words = words_of(line_of(register.name, tmp_path))
    assert f"--wb={register.name}" in words
    assert {"--from_xl=1", "--hwnd=132456"} <= set(words)
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False, env=attached)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert desk.book.sheets[0]["C3"].color == ERROR
    assert "Lỗi" in desk.book.sheet_names
    assert len(decoy.sheets) == 1


def test_an_office_that_is_not_there_is_told_and_leaves_no_traceback(office, tmp_path):
    command = ["-P", "-m", "macros_py", "check", "--libreoffice=songuon-nobody", "--wb=a.xlsx"]
    home = {**os.environ, "SONGUON_HOME": str(tmp_path), "DISPLAY": ""}
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, timeout=60, check=False, env=home)
    assert done.stderr.startswith("Sổ đã đóng")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("part", ["pandas", "click", "xlwings"])
def test_a_broken_installation_is_told_and_logged(part, tmp_path):
    """Whatever is missing: no terminal is there to show a traceback."""
    (tmp_path / "sitecustomize.py").write_text(f"import sys\nsys.modules[{part!r}] = None\n", "utf-8")
    home = {**os.environ, "PYTHONPATH": str(tmp_path), "SONGUON_HOME": str(tmp_path), "DISPLAY": ""}
    command = [sys.executable, "-P", "-m", "macros_py", "check", "--libreoffice=songuon", "--wb=a.xlsx"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=home)
    assert done.stderr.startswith("Bản cài Sổ Nguồn trên máy này thiếu")
    assert "Traceback" not in done.stderr
    assert "ModuleNotFoundError" in (tmp_path / "songuon.log").read_text("utf-8")


def test_an_unknown_book_means_the_one_in_front_and_none_at_all_is_told(app, register):
    desk = opened(app, register)
    assert open_desk(["--wb=khác.xlsx"]).book.name == register.name
    desk.book.close()
    press("check", open_desk(["--wb=khác.xlsx"]))
    (alert,) = app.impl.alerts
    assert alert.prompt.startswith("Không thấy sổ nào đang mở")


# --- size


def test_the_calls_of_a_check_do_not_grow_with_the_register(app, office, tmp_path, capsys):
    def calls(rows: int, errors: int) -> tuple[int, float]:
        path = tmp_path / f"{rows}.xlsx"
        with xlsxwriter.Workbook(path) as made:
            sheet = made.add_worksheet("Sổ")
            sheet.write_row(0, 0, ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc"])
            for row in range(1, rows + 1):
                wrong = row % (rows // errors) == 0
                born = "31/02/2000" if wrong else "05/09/1999"
                sheet.write_row(row, 0, [row, f"Lê Thị {_spelt(row)}", born, "Nữ", "Kinh"])
        desk = opened(app, path)
        before, began = office.calls.total, time.monotonic()
        buttons.check(desk)
        spent = office.calls.total - before, time.monotonic() - began
        assert len([one for one in desk.kept() if one.kind == "note"]) >= errors
        buttons.clear(desk)
        desk.book.close()
        return spent

    calls(10, 1)
    small, _ = calls(50, 5)
    large, seconds = calls(5_000, 500)
    with capsys.disabled():
        print(f"\n[check of 5,000 rows, 500 marks: {large} calls, of 50 rows, 5 marks: {small}; {seconds:.1f} s]")
    assert large - small <= 60


def _spelt(number: int) -> str:
    """A made-up given name for a number: no two alike."""
    syllables = ("Ba", "Ca", "Da", "Ga", "Ha", "Ka", "La", "Ma", "Na", "Pa")
    return " ".join(syllables[int(digit)] for digit in str(number))
