"""What clerks do to a marked book, on paper: nothing of theirs is lost, nothing of ours is left, and all is told."""

from copy import deepcopy
from datetime import date

import pandas as pd
import pytest

from macros_py import crash, dialogue
from macros_py.buttons import press
from macros_py.desk import Refused
from macros_py.paper import PaperDesk, PaperSheet
from workbook.committee import Branch, Committee
from workbook.outgoing.journal import Kind
from workbook.outgoing.template import write_committee

SHEET, ERROR, HEAD = "Sổ theo dõi", "#FFC7CE", "#DDE6F0"


@pytest.fixture
def paper() -> PaperSheet:
    """Two made-up persons under a title, born on days there are not. Our columns will be H and I."""
    headings = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Ngày nhận quyết định", "Ngày lễ kết nạp"]
    first = [1.0, "Lê Thị Thử", "31/02/2000", "Nữ", "Kinh", "", ""]
    second = [2.0, "Trần Thị Giả", "32/01/1999", "Nữ", "Kinh", "", ""]
    return PaperSheet([["DANH SÁCH CẢM TÌNH ĐẢNG"], headings, first, second])


@pytest.fixture
def desk(paper) -> PaperDesk:
    return PaperDesk({SHEET: paper}, date(2026, 11, 22))


def seen(desk: PaperDesk) -> dict[str, object]:
    return {name: (one.square(), one.fills, one.notes) for name, one in desk.sheets.items()}


# --- beside the table, between and in our columns, beside the list


def test_a_column_of_formulas_that_show_nothing_is_the_clerks(desk, paper):
    paper.formulas = ((3, 8, 4, 8),)
    press("check", desk)
    assert paper.rows[1][8:10] == ["Kết quả kiểm tra", "Chi tiết lỗi"]
    assert paper.rows[2][7] == ""
    press("check", desk)
    assert paper.rows[1][8:10] == ["Kết quả kiểm tra", "Chi tiết lỗi"]


def test_what_a_clerk_writes_into_our_columns_stays(desk, paper):
    press("check", desk)
    paper.rows[2][8] = "ĐÃ HỎI CHI BỘ"
    for tag in ("check", "check"):
        press(tag, desk)
        assert paper.rows[2][7:9] == ["KHÔNG HỢP LỆ", "ĐÃ HỎI CHI BỘ"]
        assert "32/01/1999" in paper.rows[3][8]
    press("clear", desk)
    assert paper.square()[2][7:] == ["", "ĐÃ HỎI CHI BỘ"]
    assert paper.square()[3][7:] == ["", ""]


def test_a_formula_of_the_clerk_in_our_columns_is_not_written_over(desk, paper):
    press("check", desk)
    before = paper.rows[2][8]
    paper.rows[2][8], paper.formulas = "", ((3, 9, 3, 9),)
    press("check", desk)
    assert paper.rows[2][8] == ""
    assert before


def test_every_result_column_is_kept_by_itself(desk):
    press("check", desk)
    kept = [one.area for one in desk.journal if one.kind is Kind.RESULTS]
    assert kept == [(2, 8, 4, 8), (2, 9, 4, 9)]


def test_a_list_on_which_a_clerk_has_written_is_left_to_the_clerk(desk):
    press("check", desk)
    desk.sheets["Lỗi"].rows[1].append("đã gọi điện")
    mine = deepcopy(desk.sheets["Lỗi"].rows)
    press("check", desk)
    assert desk.sheets["Lỗi"].rows == mine
    assert "Lỗi (2)" in desk.sheets
    press("clear", desk)
    assert list(desk.sheets) == [SHEET, "Lỗi"]
    assert desk.sheets["Lỗi"].rows == mine


def test_clearing_tells_of_a_list_that_stays(desk):
    press("check", desk)
    desk.sheets["Lỗi"].rows[1].append("đã gọi điện")
    press("clear", desk)
    assert "Lỗi" in desk.sheets
    assert 'Trang "Lỗi" có điều được ghi thêm nên để lại' in desk.said[-1]


def test_a_sorted_and_shortened_list_is_still_ours(desk):
    press("check", desk)
    rows = desk.sheets["Lỗi"].rows
    rows[1:] = rows[:1:-1]
    press("check", desk)
    assert list(desk.sheets) == [SHEET, "Lỗi"]
    press("clear", desk)
    assert list(desk.sheets) == [SHEET]


# --- copies


def test_a_copied_cell_does_not_keep_its_mark(desk, paper):
    press("check", desk)
    paper.rows.append([3.0, "Vũ Văn Mẫu", pd.Timestamp(1998, 9, 5), "Nữ", "Kinh", "", ""])
    paper.fills[5, 4], paper.notes[5, 4] = paper.fills[3, 3], paper.notes[3, 3]
    desk.sheets["Nháp"] = PaperSheet([["x"]], fills={(1, 1): ERROR}, notes={(1, 1): paper.notes[4, 3]})
    press("check", desk)
    assert (5, 4) not in paper.fills
    assert (5, 4) not in paper.notes
    press("clear", desk)
    assert not paper.fills | desk.sheets["Nháp"].fills
    assert not paper.notes | desk.sheets["Nháp"].notes


def test_a_clerks_note_that_begins_like_ours_stays(desk, paper):
    press("check", desk)
    paper.notes[4, 2] = "Lỗi: hỏi lại\nCách sửa: gọi chi bộ"
    press("clear", desk)
    assert paper.notes == {(4, 2): "Lỗi: hỏi lại\nCách sửa: gọi chi bộ"}


@pytest.mark.parametrize("first", [[], ["clear"], ["check", "clear"]], ids="+".join)
def test_a_copied_sheet_is_known_by_what_stands_on_it(desk, paper, first):
    before = deepcopy((paper.square(), paper.fills, paper.notes))
    press("check", desk)
    desk.sheets["Bản sao"] = copy = deepcopy(paper)
    for tag in first:
        desk.front = SHEET
        press(tag, desk)
    desk.front = "Bản sao"
    press("check", desk)
    assert copy.rows[1][7:] == ["Kết quả kiểm tra", "Chi tiết lỗi"]
    press("clear", desk)
    assert (copy.square(), copy.fills, copy.notes) == before
    assert list(desk.sheets) == [SHEET, "Bản sao"]


def test_a_copied_sheet_is_cleared_without_having_been_checked(desk, paper):
    before = deepcopy((paper.square(), paper.fills, paper.notes))
    press("check", desk)
    desk.sheets["Bản sao"] = copy = deepcopy(paper)
    press("clear", desk)
    assert (copy.square(), copy.fills, copy.notes) == before
    assert 'Đã bỏ đánh dấu ở trang "Bản sao"' in desk.said[-1]


def test_clearing_a_book_without_marks_says_so(desk):
    before = deepcopy(seen(desk))
    press("clear", desk)
    assert desk.said == ["Sổ này không có đánh dấu nào."]
    assert seen(desk) == before


def test_clearing_names_what_was_put_back(desk):
    press("check", desk)
    press("clear", desk)
    assert f'Đã bỏ đánh dấu ở trang "{SHEET}": trả lại ' in desk.said[-1]
    assert 'Đã bỏ trang "Lỗi".' in desk.said[-1]


# --- the next error


def test_marks_on_hidden_lines_are_passed_over_and_counted_aloud(desk, paper):
    press("check", desk)
    paper.hidden = frozenset({3})
    for _ in range(2):
        press("next_error", desk)
        assert desk.at[0] == 4
        assert "dòng đang ẩn" in desk.said[-1]
    paper.hidden = frozenset({3, 4})
    press("next_error", desk)
    assert desk.said[-1].startswith("Còn ")


def test_fills_are_asked_once_however_many_marks_are_painted_over(desk, paper):
    press("check", desk)
    paper.fills = dict.fromkeys(paper.fills, "#00FF00")
    desk.asked.clear()
    press("next_error", desk)
    assert desk.asked["fills"] == 1
    assert desk.said[-1].startswith("Không còn lỗi")


def test_that_no_error_is_left_is_said_of_a_checked_sheet_only(desk, paper):
    for row in (2, 3):
        paper.rows[row][2] = pd.Timestamp(1999, 9, 5)
    press("overdue", desk)
    press("next_error", desk)
    assert desk.said[-1].startswith("Không còn việc quá hạn")
    desk.sheets[SHEET] = PaperSheet([["x"]])
    press("next_error", desk)
    assert desk.said[-1].startswith("Không còn việc quá hạn")
    desk.journal = []
    press("next_error", desk)
    assert desk.told == ["Sổ này chưa được kiểm tra. Bấm Kiểm tra trước."]


# --- whatever happens


class Broken(PaperDesk):
    """A desk of which nothing works any more, neither telling nor explaining."""

    def sheet(self, name: str = ""):
        raise ValueError({"unhashable": []}, [], ([],))

    tell = explain = names = sheet


def test_press_never_raises_and_the_clerk_reads_it_in_our_own_box(monkeypatch, paper):
    told: list[str] = []
    monkeypatch.setattr(dialogue, "tell", told.append)
    press("check", Broken({SHEET: paper}, date(2026, 11, 22)))
    assert len(told) == 1
    assert "Xin lỗi" in told[0]
    assert crash.LOG.read_text("utf-8").count("ValueError") == 3


def test_press_never_raises_even_where_nothing_can_be_told(monkeypatch, paper):
    def fail(sentence: str) -> None:
        raise OSError

    monkeypatch.setattr(dialogue, "tell", fail)
    press("check", Broken({SHEET: paper}, date(2026, 11, 22)))
    assert "OSError" in crash.LOG.read_text("utf-8")


def test_a_box_that_cannot_be_shown_is_one_sentence(desk, paper, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "tkinter", None)
    monkeypatch.setattr(desk, "new_file", dialogue.new_file)
    press("new_register", desk)
    (told,) = desk.told
    assert told.startswith("Máy này không mở được hộp thoại")
    with pytest.raises(Refused):
        dialogue.ask("?")


# --- our own sheets and protected ones


@pytest.mark.parametrize("tag", ["check", "overdue", "explain", "restore_lists"])
@pytest.mark.parametrize("known", [True, False], ids=["in the journal", "unknown"])
def test_on_a_sheet_of_ours_the_clerk_is_sent_back(desk, tag, known):
    press("check", desk)
    if not known:
        desk.journal = []
    desk.front = "Lỗi"
    before = deepcopy(seen(desk))
    press(tag, desk)
    assert desk.told == ["Đây là trang Sổ Nguồn ghi; mở trang sổ rồi bấm lại."]
    assert seen(desk) == before


@pytest.mark.parametrize("tag", ["check", "overdue", "clear"])
@pytest.mark.parametrize("what", ["list", "book"])
def test_a_protected_list_or_book_is_told_and_left_alone(desk, tag, what):
    press("check", desk)
    if what == "list":
        desk.sheets["Lỗi"].locked = True
    else:
        desk.sealed = True
    before = deepcopy(seen(desk))
    press(tag, desk)
    (told,) = desk.told
    assert "bảo vệ" in told
    assert seen(desk) == before


def test_two_marked_sheets_each_keep_their_own_list(desk, paper):
    desk.sheets["Sổ thứ hai"] = deepcopy(paper)
    for front in (SHEET, "Sổ thứ hai", SHEET, "Sổ thứ hai"):
        desk.front = front
        press("check", desk)
    assert list(desk.sheets) == [SHEET, "Sổ thứ hai", "Lỗi", "Lỗi (2)"]
    desk.select("Lỗi (2)", (1, 1))
    press("next_error", desk)
    assert desk.front == "Sổ thứ hai"
    press("clear", desk)
    assert list(desk.sheets) == [SHEET, "Sổ thứ hai"]


def test_overdue_tells_for_how_many_not_every_clock_could_run(desk, paper):
    paper.rows[2][5] = "31/02/2026"
    press("overdue", desk)
    assert "Chưa tính đủ hạn cho" in desk.said[-1]


# --- a reason


def test_a_reason_where_nothing_was_asked_is_refused_and_one_given_is_told(desk, paper):
    paper.rows[1].append("Giải trình")
    paper.rows[2][1:3] = "Thử", pd.Timestamp(1999, 9, 5)
    paper.rows[3][2] = pd.Timestamp(1999, 9, 5)
    paper.rows[3].append("")
    desk.select(SHEET, (4, 1))
    press("explain", desk)
    (told,) = desk.told
    assert told.startswith("Dòng 4 không có điều nào cần giải trình")
    desk.select(SHEET, (3, 1))
    desk.answers = ["tên một chữ"]
    press("explain", desk)
    assert paper.rows[2][7] == "tên một chữ"
    assert desk.said[-1] == "Đã ghi lý do; bấm Kiểm tra lại."


# --- before a committee book is consolidated


@pytest.mark.parametrize("fault", ["a register", "protected", "sealed"])
def test_nothing_is_asked_or_saved_before_the_committee_book_is_looked_at(desk, fault):
    if fault != "a register":
        desk.sheets = {"Cấu hình": PaperSheet(), "Chi bộ": PaperSheet(locked=fault == "protected")}
        desk.sealed = fault == "sealed"
    press("consolidate", desk)
    assert not desk.said, "no folder asked for"
    (told,) = desk.told
    assert ("Mở sổ cấp ủy" if fault == "a register" else "bảo vệ") in told


def test_an_empty_folder_is_told_with_a_book_in_which_nobody_has_handed_in(desk, tmp_path):
    desk.sheets = {"Cấu hình": PaperSheet(), "Chi bộ": PaperSheet([["Chi bộ"], ["Chi bộ thôn Thử"]])}
    (tmp_path / "nhận").mkdir()
    desk.path = tmp_path / "so-cap-uy.xlsx"
    write_committee(desk.path, Committee("Đảng ủy xã Thử", year=2026, branches=(Branch("", "Chi bộ thôn Thử"),)))
    desk.answers = [tmp_path / "nhận", True]
    press("consolidate", desk)
    (told,) = desk.told
    assert "\nnhận: Thư mục này chưa có tệp nào" in told
    assert desk.opened == [tmp_path / "so-chi-tieu.xlsx"]
