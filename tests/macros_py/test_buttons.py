"""Every button on paper: what is marked, what is told, and what comes back."""

import ast
import inspect
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from copy import deepcopy
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from macros_py import buttons, crash, running
from macros_py.actions import table
from macros_py.buttons import press
from macros_py.desk import Refused
from macros_py.paper import PaperDesk, PaperSheet
from workbook.demo.inbox import Made, make
from workbook.incoming.inbox import jobs, open_all
from workbook.outgoing import lists, marks
from workbook.outgoing.journal import Kind

DAY = date(2026, 11, 22)
HEADINGS = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Ngày nhận quyết định", "Ngày lễ kết nạp"]
SHEET = "Sổ theo dõi"
ERROR = "#FFC7CE"


def person(number: int, name: str, born: object, *rest: object) -> list[object]:
    return [float(number), name, born, "Nữ", "Kinh", *rest, *[""] * (2 - len(rest))]


@pytest.fixture
def paper() -> PaperSheet:
    """Two made-up persons under a title: the first was born on a day there is not."""
    rows = [
        ["DANH SÁCH CẢM TÌNH ĐẢNG"],
        list(HEADINGS),
        person(1, "Lê Thị Thử", "31/02/2000"),
        person(2, "Trần Thị Giả", pd.Timestamp(1999, 9, 5)),
    ]
    return PaperSheet(rows)


@pytest.fixture
def desk(paper) -> PaperDesk:
    return PaperDesk({SHEET: paper}, DAY)


def test_a_cell_with_an_error_is_coloured_noted_listed_and_told(desk, paper):
    press("check", desk)
    assert paper.fills[3, 3] == ERROR
    assert "31/02/2000" in paper.notes[3, 3]
    assert "Cách sửa:" in paper.notes[3, 3]
    assert [paper.rows[line][7] for line in (1, 2, 3)] == ["Kết quả kiểm tra", "KHÔNG HỢP LỆ", "CÓ CẢNH BÁO"]
    assert "31/02/2000" in paper.rows[2][8]
    listed = desk.sheets["Lỗi"].rows
    assert listed[0] == ["STT", "Mức", "Ô", "Cột", "Giá trị", "Nội dung", "Cách sửa"]
    assert listed[1][1:3] == ["Lỗi", "C3"]
    assert desk.said[-1].startswith("Đã kiểm tra 2 người: 1 lỗi")
    assert not desk.told


def test_checking_twice_changes_nothing_more(desk):
    press("check", desk)
    once = deepcopy((desk.sheets, desk.journal))
    press("check", desk)
    assert (desk.sheets, desk.journal) == once


def test_a_corrected_cell_loses_its_mark_at_the_next_check(desk, paper):
    press("check", desk)
    paper.rows[2][2] = pd.Timestamp(2000, 2, 28)
    press("check", desk)
    assert (3, 3) not in paper.fills
    assert (3, 3) not in paper.notes
    assert "KHÔNG HỢP LỆ" not in [row[7] for row in paper.rows if len(row) > 7]


@pytest.mark.parametrize("tag", ["check", "overdue"])
def test_where_there_are_too_many_notes_the_clerk_is_told_where_the_rest_stands(desk, paper, tag, monkeypatch):
    monkeypatch.setattr(marks, "MOST_NOTES", 1)
    desk.day = date(2026, 7, 20)
    paper.rows[2][5] = pd.Timestamp(2026, 6, 20)
    paper.rows[3][5] = pd.Timestamp(2026, 3, 2)
    paper.rows[3][2] = "32/13/1999"
    press(tag, desk)
    assert len(paper.notes) == 1
    assert "Chỉ 1 ô gấp nhất có ghi chú" in desk.said[-1]
    monkeypatch.undo()
    press(tag, desk)
    assert "Chỉ 1 ô" not in desk.said[-1]


@pytest.mark.parametrize("tags", [["check"], ["overdue"], ["check", "overdue", "check"]], ids="+".join)
def test_clearing_puts_the_book_back(desk, paper, tags):
    paper.fills = {(3, 3): "#00FF00", (4, 2): "#123456"}
    paper.notes = {(3, 3): "Hỏi lại chi bộ", (4, 4): "Ghi của tôi"}
    before = deepcopy((list(desk.sheets), paper.square(), paper.fills, paper.notes, paper.merges))
    for tag in [*tags, "clear"]:
        press(tag, desk)
    assert (list(desk.sheets), paper.square(), paper.fills, paper.notes, paper.merges) == before
    assert not desk.journal
    assert desk.said[-1].startswith(f'Đã bỏ đánh dấu ở trang "{SHEET}"')


def test_a_clerks_note_is_never_touched_and_our_sentence_is_still_told(desk, paper):
    paper.notes = {(3, 3): "Hỏi lại chi bộ"}
    press("check", desk)
    assert paper.notes == {(3, 3): "Hỏi lại chi bộ"}
    assert paper.fills[3, 3] == ERROR
    assert "31/02/2000" in paper.rows[2][8]


def test_what_a_clerk_paints_or_writes_over_our_marks_is_the_clerks(desk, paper):
    press("check", desk)
    paper.fills[3, 3] = "#00FF00"
    paper.notes[3, 3] = "Đã gọi điện"
    press("clear", desk)
    assert paper.fills == {(3, 3): "#00FF00"}
    assert paper.notes == {(3, 3): "Đã gọi điện"}


def test_the_sheet_of_errors_never_takes_the_place_of_a_clerks_own(desk):
    desk.sheets["lỗi"] = PaperSheet([["của tôi"]])
    press("check", desk)
    press("check", desk)
    assert desk.sheets["lỗi"].rows == [["của tôi"]]
    assert "Lỗi (2)" in desk.sheets
    press("clear", desk)
    assert list(desk.sheets) == [SHEET, "lỗi"]


def test_the_next_error_goes_line_by_line_and_round(desk, paper):
    paper.rows[3][2] = "32/13/1999"
    press("check", desk)
    seen = []
    for _ in range(3):
        press("next_error", desk)
        seen.append(desk.at)
    assert seen == [(3, 3), (4, 3), (3, 3)]


def test_without_marks_the_next_error_says_what_to_press(desk):
    press("next_error", desk)
    assert desk.told == ["Sổ này chưa được kiểm tra. Bấm Kiểm tra trước."]


def test_when_every_mark_is_painted_over_there_is_no_error_left(desk, paper):
    press("check", desk)
    paper.fills = dict.fromkeys(paper.fills, "#00FF00")
    press("next_error", desk)
    assert desk.said[-1].startswith("Không còn lỗi")
    assert desk.at == (1, 1)


def test_from_the_sheet_of_errors_the_next_error_leads_back(desk):
    press("check", desk)
    desk.select("Lỗi", (9, 9))
    press("next_error", desk)
    assert desk.cursor() == (SHEET, (3, 3))


def test_what_is_late_is_coloured_and_listed_soonest_first_with_its_clause(desk, paper):
    desk.day = date(2026, 7, 20)
    paper.rows[2][5] = pd.Timestamp(2026, 6, 20)
    paper.rows[3][5] = pd.Timestamp(2026, 3, 2)
    press("overdue", desk)
    assert paper.fills[4, 6] == "#F4B183"
    assert paper.fills[3, 6] not in ("", "#F4B183")
    assert "Hạn" in paper.notes[4, 6]
    head, *lines, foot = desk.sheets["Quá hạn"].rows
    due = [line[head.index("Hạn")] for line in lines]
    assert due == sorted(due)
    assert all(line[head.index("Căn cứ")] for line in lines)
    assert list(filter(None, foot)) == ["Xét theo quy định Trung ương, vì chưa biết sổ cấp ủy nào."]
    assert "quá hạn" in desk.said[-1]


def test_hidden_rows_are_judged_and_counted(desk, paper):
    paper.hidden = frozenset({1, 3})
    press("check", desk)
    assert paper.fills[3, 3] == ERROR
    assert "Có 1 người ở dòng đang ẩn" in desk.said[-1]


def test_in_merged_cells_the_first_one_carries_the_mark(desk, paper):
    paper.merges = ((2, 2, 3, 2),)
    paper.rows[3][2] = ""
    press("check", desk)
    assert {cell for cell in paper.notes if cell[1] == 3} == {(3, 3)}


def test_a_protected_sheet_is_told_and_left_alone(desk, paper):
    paper.locked = True
    before = deepcopy(paper)
    for tag in ("check", "overdue"):
        press(tag, desk)
    assert paper == before
    assert list(desk.sheets) == [SHEET]
    assert len(desk.told) == 2
    assert all(text.startswith(f'Trang "{SHEET}" đang được bảo vệ') for text in desk.told)


def test_a_sheet_without_a_register_is_told(desk):
    desk.sheets["Trang khác"] = PaperSheet([["Công văn số 1"], ["Kính gửi"]])
    desk.front = "Trang khác"
    press("check", desk)
    (told,) = desk.told
    assert "Trang khác" in told
    assert "không thấy bảng nào" in told


def test_a_fault_of_ours_becomes_an_apology_without_anybodys_data(desk, monkeypatch, tmp_path):
    def fail() -> None:
        raise ZeroDivisionError("Lê Thị Thử")

    monkeypatch.setattr(crash, "LOG", tmp_path / "songuon.log")
    monkeypatch.setattr(desk, "sheet", fail)
    press("check", desk)
    (told,) = desk.told
    assert "Xin lỗi" in told
    assert str(tmp_path / "songuon.log") in told
    assert "Thử" not in told + (tmp_path / "songuon.log").read_text("utf-8")


def test_marks_broken_off_half_way_can_be_taken_back(desk, paper, monkeypatch, tmp_path):
    monkeypatch.setattr(crash, "LOG", tmp_path / "songuon.log")
    before = deepcopy((paper.square(), paper.fills, paper.notes))
    whole = PaperDesk.change

    def half(sheet, edits):
        whole(desk, sheet, edits)
        raise ZeroDivisionError

    monkeypatch.setattr(desk, "change", half)
    press("check", desk)
    assert paper.fills
    monkeypatch.undo()
    press("clear", desk)
    assert (paper.square(), paper.fills, paper.notes) == before


# --- lines that a clerk has sorted


def sort_lines(paper: PaperSheet, order: Sequence[int]) -> None:
    """The lines from the third on, in another order, with their fills and notes, as applications sort."""
    to = {old: new for new, old in enumerate(order, start=3)}
    paper.rows[2:] = [paper.rows[old - 1] for old in order]
    paper.fills = {(to.get(row, row), column): fill for (row, column), fill in paper.fills.items()}
    paper.notes = {(to.get(row, row), column): note for (row, column), note in paper.notes.items()}


@pytest.fixture
def three(paper) -> PaperSheet:
    """Three persons, all born on days there are not; the first one's cell is green, the second has a clerk's note."""
    paper.rows[3][2] = "32/01/1999"
    paper.rows.append(person(3, "Vũ Văn Mẫu", "31/02/2000"))
    paper.fills, paper.notes = {(3, 3): "#00FF00"}, {(4, 3): "Hỏi lại chi bộ"}
    return paper


@pytest.mark.parametrize("order", [(4, 5, 3), (5, 4, 3), (3, 5, 4)], ids=str)
def test_marks_follow_their_persons(desk, three, order):
    press("check", desk)
    sort_lines(three, order)
    press("clear", desk)
    assert three.fills == {(order.index(3) + 3, 3): "#00FF00"}
    assert three.notes == {(order.index(4) + 3, 3): "Hỏi lại chi bộ"}
    assert "không trả được" not in desk.said[-1]


def test_a_person_who_was_corrected_and_sorted_is_told_by_the_birth_or_by_our_note(desk, three):
    three.rows[4][2] = "30/02/2001"  # so that no two notes are alike
    press("check", desk)
    sort_lines(three, (5, 3, 4))
    three.rows[3][1] = "Lê Thị Thử Nghiệm"
    three.rows[2][2] = pd.Timestamp(2001, 2, 28)
    press("check", desk)
    assert (4, 3) in three.notes
    assert (3, 3) not in three.notes
    press("clear", desk)
    assert three.fills == {(4, 3): "#00FF00"}
    assert three.notes == {(5, 3): "Hỏi lại chi bộ"}


def test_who_cannot_be_told_apart_gets_nobodys_fill_and_the_clerk_is_told(desk, three):
    """Two born and late alike, both renamed and sorted: nothing says whose the green cell was."""
    desk.day = date(2026, 7, 20)
    for row in three.rows[2:]:
        row[2], row[5] = pd.Timestamp(1999, 9, 5), pd.Timestamp(2026, 3, 2)
    three.fills = {(3, 6): "#00FF00"}
    press("overdue", desk)
    assert three.notes[3, 6] == three.notes[5, 6]
    sort_lines(three, (4, 5, 3))
    three.rows[3][1], three.rows[4][1] = "Đỗ Thị Mẫu", "Đỗ Thị Thử"
    press("clear", desk)
    assert three.fills == {}
    assert three.notes == {(3, 3): "Hỏi lại chi bộ"}
    assert "có 1 ô không trả được màu cũ" in desk.said[-1]


def test_of_one_person_on_two_lines_the_marked_one_is_followed(desk, three):
    three.rows.append(person(4, "Lê Thị Thử", pd.Timestamp(1999, 9, 5), "", pd.Timestamp(1998, 1, 1)))
    three.rows[2] = person(1, "Lê Thị Thử", pd.Timestamp(1999, 9, 5), "31/02/2026")
    three.fills = {(3, 6): "#00FF00"}
    press("check", desk)
    assert three.fills[3, 6] == ERROR
    sort_lines(three, (6, 4, 5, 3))
    press("clear", desk)
    assert three.fills == {(6, 6): "#00FF00"}
    assert three.notes == {(4, 3): "Hỏi lại chi bộ"}


def test_a_line_whose_person_and_note_were_changed_in_place_stays_in_place(desk, three):
    press("check", desk)
    three.rows[2][1] = "Lê Thị Thử Nghiệm"
    del three.notes[3, 3]
    press("clear", desk)
    assert three.fills == {(3, 3): "#00FF00"}
    assert three.notes == {(4, 3): "Hỏi lại chi bộ"}


def test_no_name_stands_in_the_journal(desk, three):
    press("check", desk)
    assert any(one.kind is Kind.PERSON for one in desk.journal)
    assert not [one for one in desk.journal if one.kind is Kind.PERSON and "Thử" in one.before + one.after]


def test_two_sheets_of_a_book_are_marked_and_cleared_together(desk, paper):
    desk.sheets["Sổ thứ hai"] = deepcopy(paper)
    before = deepcopy({name: (one.square(), one.fills, one.notes) for name, one in desk.sheets.items()})
    press("check", desk)
    desk.front = "Sổ thứ hai"
    press("check", desk)
    assert {one.sheet for one in desk.journal if one.kind is Kind.FILL} == {SHEET, "Sổ thứ hai"}
    press("clear", desk)
    assert {name: (one.square(), one.fills, one.notes) for name, one in desk.sheets.items()} == before


# --- from the committee book


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Made:
    return make(tmp_path_factory.mktemp("demo"), DAY, branches=4)


@pytest.fixture
def committee(made, tmp_path) -> PaperDesk:
    """The committee book on paper, and the same book as a file."""
    path = Path(shutil.copy(made.committee_book, tmp_path / "so-cap-uy.xlsx"))
    sheet = openpyxl.load_workbook(path)["Chi bộ"]
    rows = [["" if value is None else value for value in row] for row in sheet.iter_rows(values_only=True)]
    return PaperDesk({"Cấu hình": PaperSheet(), "Chi bộ": PaperSheet(rows)}, DAY, path=path)


@pytest.fixture
def of_a_committee(made, desk, paper) -> PaperDesk:
    """A register with a clock that is just in time, and a committee book beside it in which one more day is off."""
    desk.day = date(2026, 7, 20)
    paper.rows[2][5] = pd.Timestamp(2026, 6, 5)
    book = openpyxl.load_workbook(made.committee_book)
    desk.beside = [
        {
            sheet.title: PaperSheet([["" if cell is None else cell for cell in row] for row in sheet.values])
            for sheet in book
        }
    ]
    return desk


def due_of(desk: PaperDesk) -> list[object]:
    press("overdue", desk)
    head, *lines, _foot = desk.sheets["Quá hạn"].rows
    return [line[head.index("Hạn")] for line in lines]


def test_an_open_register_is_judged_by_the_law_of_the_committee_whose_book_is_open(of_a_committee, made):
    desk, (book,) = of_a_committee, of_a_committee.beside
    before = due_of(desk)
    assert f"Xét theo quy định của {made.committee.name}." in desk.said[-1]
    days = book["Ngày nghỉ"].rows
    days[len([row for row in days if any(row)]) :] = [[pd.Timestamp(2026, 7, 1), "Nghỉ", "Ngày lễ của xã"]]
    after = due_of(desk)
    assert len(before) == len(after) == 1
    assert after > before
    desk.beside = []
    assert due_of(desk) == before
    assert desk.said[-1].endswith("Xét theo quy định Trung ương, vì chưa biết sổ cấp ủy nào.")


@pytest.mark.parametrize("fault", ["two of them", "no year"])
def test_no_committee_is_guessed(of_a_committee, fault):
    (book,) = of_a_committee.beside
    if fault == "no year":
        book["Cấu hình"] = PaperSheet([["Mục", "Giá trị"], ["Tên cấp ủy", "Đảng ủy xã Thử"]])
    else:
        of_a_committee.beside *= 2
    press("check", of_a_committee)
    assert "Xét theo quy định Trung ương, vì không dùng được" in of_a_committee.said[-1]
    assert not of_a_committee.told


def test_a_folder_is_consolidated_and_its_figures_stand_beside_the_quotas(committee, made):
    before = deepcopy(committee.sheets["Chi bộ"].square())
    committee.answers = [made.inbox, True]
    press("consolidate", committee)
    (out,) = committee.opened
    (told,) = committee.told
    assert "chi bộ" in told
    assert told.endswith(f"Sổ chỉ tiêu: {out}")
    assert committee.said[-1] == "", "the foot of the window is the application's again"
    assert out.parent == committee.path.parent
    book = openpyxl.load_workbook(out, data_only=True)
    assert "Tổng hợp" in book.sheetnames
    rows = committee.sheets["Chi bộ"].square()
    top = next(at for at, row in enumerate(rows) if row[-3:] == ["Đã kết nạp", "Tỷ lệ (%)", "Quá hạn (người)"])
    names = rows[top].index("Chi bộ")
    admitted = {row[names]: row[-3] for row in rows[top + 1 :] if row[-3] != ""}
    assert admitted == {one.branch: one.admitted for one in made.branches}
    press("clear", committee)
    assert committee.sheets["Chi bộ"].square() == before


def test_what_is_doubtful_in_the_committee_book_is_told_with_the_result(committee, made):
    book = openpyxl.load_workbook(committee.path)
    cells = [cell for row in book["Chi bộ"].iter_rows() for cell in row]
    quota = next(cell for cell in cells if str(cell.value).startswith("Chỉ tiêu"))
    quota.offset(1).value = "mười hai"
    book.save(committee.path)
    committee.answers = [made.inbox, True]
    press("consolidate", committee)
    (told,) = committee.told
    assert "Cần xem lại trong sổ cấp ủy:" in told
    assert "mười hai" in told


def test_progress_is_told_by_the_file(committee, made):
    committee.answers = [made.inbox, True]
    press("consolidate", committee)
    told = [text for text in committee.said if "tệp 1/" in text]
    assert told
    assert told[0].startswith("Tổng hợp: tệp 1/")


def test_a_stopped_run_writes_nothing(committee, made):
    committee.answers, committee.stop_after = [made.inbox, True], 0
    press("consolidate", committee)
    assert committee.told == ["Đã dừng theo yêu cầu; chưa ghi gì."]
    assert not committee.opened
    assert [path.name for path in committee.path.parent.iterdir()] == ["so-cap-uy.xlsx"]


def test_a_stop_does_not_wait_for_files_that_nobody_has_begun_to_read(made, tmp_path):
    register = max(made.inbox.rglob("*.xlsx"), key=lambda path: path.stat().st_size)
    for number in range(160):
        shutil.copy(register, tmp_path / f"{number}.xlsx")

    def stopped(done: int, total: int) -> None:
        raise Refused("shell.stopped")

    def seconds(progress) -> float:
        began = time.monotonic()
        with suppress(Refused):
            open_all(jobs([tmp_path]), 2, progress)
        return time.monotonic() - began

    whole = seconds(None)
    assert seconds(stopped) < whole / 2


@pytest.mark.parametrize("answers", [[None], ["folder", False]], ids=["no folder", "not to be saved"])
def test_who_thinks_better_of_it_gets_nothing(committee, answers):
    committee.answers = answers
    press("consolidate", committee)
    assert not committee.told
    assert not committee.opened


def test_a_book_that_was_never_saved_is_asked_to_be(committee, made):
    committee.answers, committee.path = [made.inbox, True], None
    press("consolidate", committee)
    (told,) = committee.told
    assert told.startswith("Sổ này chưa được lưu trên máy")


def test_a_second_press_stops_the_first(monkeypatch, tmp_path):
    monkeypatch.setattr(crash, "LOG", tmp_path / "songuon.log")
    with running.once("Tổng hợp") as go_on:
        assert go_on()
        with pytest.raises(Refused) as refused, running.once("Tổng hợp"):
            pass
        assert refused.value.sentence.startswith("Đã yêu cầu dừng")
        assert not go_on()
    with running.once("Tổng hợp") as go_on:
        assert go_on()
    assert not list(tmp_path.iterdir())


# --- a reason, a new register


def test_a_reason_is_written_once_and_the_query_is_not_asked_again(desk, paper):
    paper.rows[1].append("Giải trình")
    paper.rows[3][1] = "Giả"
    press("check", desk)
    queries = [line for line in desk.sheets["Lỗi"].rows if line[1] == "Cần giải trình" and str(line[2]).endswith("4")]
    assert queries
    desk.select(SHEET, (4, 3))
    desk.answers = ["Có nguyện vọng và đủ điều kiện"]
    press("explain", desk)
    assert paper.rows[3][7] == "Có nguyện vọng và đủ điều kiện"
    press("check", desk)
    again = [line for line in desk.sheets["Lỗi"].rows if line[1] == "Cần giải trình" and str(line[2]).endswith("4")]
    assert not again
    press("clear", desk)
    assert paper.rows[3][7] == "Có nguyện vọng và đủ điều kiện"


def test_a_reason_needs_a_persons_line_and_a_column(desk, paper):
    desk.select(SHEET, (3, 3))
    press("explain", desk)
    paper.rows[1].append("Giải trình")
    desk.select(SHEET, (1, 1))
    press("explain", desk)
    assert len(desk.told) == 2
    assert all("Giải trình" in text for text in desk.told)


def test_a_new_register_is_written_and_opened_and_takes_no_files_place(desk, tmp_path):
    for name in ("so-theo-doi.xlsx", "so-theo-doi-2.xlsx"):
        desk.answers = [tmp_path]
        press("new_register", desk)
        assert desk.opened[-1] == tmp_path / name
        assert "Sổ theo dõi" in openpyxl.load_workbook(tmp_path / name).sheetnames


def test_lists_lost_by_pasting_come_back_once(desk, paper):
    press("restore_lists", desk)
    assert paper.lists == dict.fromkeys([(3, 4), (4, 4)], ("Nam", "Nữ"))
    assert "Giới tính" in desk.said[-1]
    assert "Dân tộc" in desk.said[-1].partition("Chưa đặt được")[2], "too long to stand in a rule"
    press("restore_lists", desk)
    assert desk.said[-1].startswith("Chưa đặt được"), "what is still lacking, and nothing that contradicts it"
    assert "bấm Tạo sổ mới" in desk.said[-1]
    paper.lists |= dict.fromkeys([(3, 5), (4, 5)], ("của tôi",))
    press("restore_lists", desk)
    assert desk.said[-1] == "Không cột nào mất danh sách chọn."
    assert paper.lists[3, 5] == ("của tôi",)


def test_only_cells_of_persons_that_have_no_list_get_one(desk, paper):
    paper.rows += [[], ["Cộng: 2 người"], [], person(3, "Vũ Văn Mẫu", pd.Timestamp(1998, 9, 5))]
    paper.lists = {(3, 4): ("của tôi",)}
    press("restore_lists", desk)
    assert paper.lists == {(3, 4): ("của tôi",), (4, 4): ("Nam", "Nữ"), (8, 4): ("Nam", "Nữ")}


def test_a_long_list_is_taken_from_the_sheet_of_lists(desk, paper):
    desk.sheets[lists.SHEET] = PaperSheet([["Danh mục"], [], ["Giới tính", "Dân tộc"], ["Nam", "Kinh"]])
    press("restore_lists", desk)
    assert "Chưa đặt được" not in desk.said[-1]
    assert paper.lists[3, 5][0] == "Kinh"


def test_every_button_of_the_ribbon_has_a_function_of_at_most_ten_lines():
    assert set(buttons.BUTTONS) == {action.tag for action in table().actions}
    for function in buttons.BUTTONS.values():
        (made,) = ast.parse(inspect.getsource(function)).body
        _docstring, first, *_ = made.body
        assert made.end_lineno - first.lineno < 10, function.__name__
