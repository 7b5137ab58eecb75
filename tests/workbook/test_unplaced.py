"""Registers of no known branch, files in which no register is found, files taken out: told, and held against nobody."""

from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from workbook import run
from workbook.committee import Branch, Committee, Decision, DecisionKind
from workbook.layout import HEADING
from workbook.outgoing import upward_words
from workbook.outgoing.template import write_committee
from workbook.states import State

DAY = date(2026, 11, 22)
MAY, SCHOOL, POLICE, HILL = "Chi bộ thôn Mây", "Chi bộ Trường THCS Suối Mây", "Chi bộ Công an xã", "Chi bộ thôn Đồi"
_NAMES = ("Lê Thị Thử", "Trần Văn Mẫu", "Phạm Thị Giả", "Vũ Văn Ví")


def register(path: Path, title: str, people: int = 4) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2026, 11, 2, 9, tzinfo=UTC).replace(tzinfo=None)})
        sheet = book.add_worksheet("Sổ")
        sheet.write_string(0, 0, title)
        columns = ("number", "full_name", "birth_on", "residence", "sympathizer_on")
        sheet.write_row(2, 0, [HEADING[name] for name in columns])
        for at in range(people):
            sheet.write_row(3 + at, 0, [at + 1, _NAMES[at], f"0{at + 1}/09/1998", "", ""])


def shapeless(path: Path, title: str) -> None:
    """A register with a line of text to a person: no table is found in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Sổ")
        for row, text in enumerate([title, "", f"{_NAMES[0]} đã học lớp cảm tình", f"{_NAMES[1]} đang làm hồ sơ"]):
            sheet.write_string(row, 0, text)


@pytest.fixture
def made(tmp_path):
    """`made(*decisions)`: the book of the inbox `nhan`, and its board as the sheet shows it by branch and file."""

    def make(*decisions: Decision, branches: tuple[str, ...] = (MAY, SCHOOL, POLICE, HILL)):
        described = tuple(Branch(str(at), name, quota=2) for at, name in enumerate(branches))
        about = Committee("Đảng ủy xã Thử", year=2026, branches=described, decisions=decisions)
        (tmp_path / "so-cap-uy.xlsx").unlink(missing_ok=True)
        (tmp_path / "so.xlsx").unlink(missing_ok=True)
        write_committee(tmp_path / "so-cap-uy.xlsx", about)
        (tmp_path / "nhan").mkdir(exist_ok=True)
        book, _ = run.consolidate_inbox(tmp_path / "nhan", tmp_path / "so-cap-uy.xlsx", tmp_path / "so.xlsx", DAY)
        return book

    return make


def reminders(book) -> dict[str, str]:
    board = book.submissions
    return dict(zip(board["branch"], board["reminder"], strict=True))


def remarks(book) -> dict[str, str]:
    return dict(zip(book.submissions["file"], book.submissions["remark"], strict=True))


# --- a register that names no branch of the committee book


def test_people_of_no_known_branch_are_told_on_the_front_page_and_on_the_screen(made, tmp_path):
    register(tmp_path / "nhan" / "may.xlsx", MAY)
    register(tmp_path / "nhan" / "truong.xlsx", "CHI BỘ TRƯỜNG THCS")
    book = made()
    told = "1 tệp, 4 người, chưa rõ chi bộ"
    assert dict(book.headline)["Kết nạp năm 2026"].endswith(f"(chưa kể 3 chi bộ chưa nộp sổ; {told})")
    assert dict(book.headline)["Tình hình nộp"] == f"1/4 chi bộ đã nộp; 0 tệp không đọc được; {told}"
    front = openpyxl.load_workbook(tmp_path / "so.xlsx", data_only=True)["Tổng hợp"]
    assert [cell.value for row in front.iter_rows() for cell in row if told in str(cell.value)]


def test_the_letter_to_the_branch_it_may_be_of_waits_and_says_why(made, tmp_path):
    register(tmp_path / "nhan" / "truong.xlsx", "CHI BỘ TRƯỜNG THCS")
    said = reminders(made())
    assert "chưa nhận được" not in said[SCHOOL]
    assert said[SCHOOL].startswith(f"Chưa gửi lời nhắc cho {SCHOOL}: 1 tệp, 4 người, chưa rõ chi bộ (truong.xlsx)")
    assert all("chưa nhận được sổ" in said[name] for name in (MAY, POLICE, HILL)), "it cannot be theirs"


def test_what_is_the_beginning_of_one_branchs_name_is_suggested_as_a_decision(made, tmp_path):
    register(tmp_path / "nhan" / "truong.xlsx", "Chi bộ Trường trung học cơ sở")
    assert remarks(made())["truong.xlsx"].endswith(
        f"Có thể là của {SCHOOL}; nếu đúng thì ghi ở trang Quyết định: "
        f"Loại: Tệp của chi bộ; Đối tượng: truong.xlsx; Nội dung: {SCHOOL}."
    )
    settled = made(Decision(DecisionKind.ASSIGN, "truong.xlsx", SCHOOL))
    assert "Có thể là" not in remarks(settled)["truong.xlsx"]
    assert len(settled.people) == 4


def test_what_is_in_the_names_of_two_branches_is_not_suggested_and_both_letters_wait(made, tmp_path):
    register(tmp_path / "nhan" / "x.xlsx", "Chi bộ thôn")
    book = made()
    assert "Có thể là" not in remarks(book)["x.xlsx"]
    assert [name for name, said in reminders(book).items() if said.startswith("Chưa gửi")] == [MAY, HILL]


@pytest.mark.parametrize("title", ["", "Chi bộ", "Chi bộ Trạm Y tế", "Chi bộ 9"])
def test_a_register_that_is_like_nobodys_may_be_of_every_silent_branch(made, tmp_path, title):
    register(tmp_path / "nhan" / "may.xlsx", MAY)
    register(tmp_path / "nhan" / "7.xlsx", title)
    book = made()
    waiting = [name for name, said in reminders(book).items() if said.startswith("Chưa gửi")]
    assert waiting == [SCHOOL, POLICE, HILL]
    assert "Có thể là" not in remarks(book)["7.xlsx"]


def test_with_nothing_of_nobody_the_lines_for_the_leader_are_as_they_were(made, tmp_path):
    register(tmp_path / "nhan" / "may.xlsx", MAY)
    shown = dict(made().headline)
    assert shown["Kết nạp năm 2026"].endswith("(chưa kể 3 chi bộ chưa nộp sổ)")
    assert shown["Tình hình nộp"] == "1/4 chi bộ đã nộp; 0 tệp không đọc được"


def test_those_lines_may_go_to_the_level_above(made, tmp_path):
    register(tmp_path / "nhan" / "truong.xlsx", "CHI BỘ TRƯỜNG THCS")
    register(tmp_path / "nhan" / "may.xlsx", MAY)
    for branches in ((MAY, SCHOOL), (MAY,)):
        for title, said in made(branches=branches).headline:
            assert upward_words.headline(title, said, branches), title
    assert not upward_words.headline("Tình hình nộp", "1/4 chi bộ đã nộp; 0 tệp không đọc được; hỏi Hoàng Thị Ngoài")


# --- a file in which no register is found


def test_a_file_whose_first_line_names_a_branch_stands_with_that_branch(made, tmp_path):
    shapeless(tmp_path / "nhan" / "so 7.xlsx", "CHI BỘ CÔNG AN XÃ")
    book = made()
    of_police = book.submissions[book.submissions["branch"] == POLICE]
    assert of_police["state"].tolist() == [State.MISSING, State.NO_REGISTER]
    said = of_police["reminder"].tolist()
    assert "Tệp so 7.xlsx của chi bộ không có bảng nào đọc được thành sổ theo dõi" in said[0]
    assert "chưa nhận được" not in said[0]
    assert said[1] == ""


def test_a_file_whose_name_is_in_one_branchs_name_keeps_the_letter_waiting(made, tmp_path):
    shapeless(tmp_path / "nhan" / "cong an.xlsx", "Danh sách theo dõi")
    book = made()
    said = reminders(book)
    assert said[POLICE].startswith(
        f"Chưa gửi lời nhắc cho {POLICE}: 1 tệp chưa đọc được thành sổ theo dõi (cong an.xlsx), có thể là của chi bộ."
    )
    assert "chưa nhận được sổ" in said[MAY]
    assert f"Đối tượng: cong an.xlsx; Nội dung: {POLICE}." in remarks(book)["cong an.xlsx"]


def test_a_shut_file_whose_name_is_in_one_branchs_name_keeps_the_letter_waiting(made, tmp_path):
    (tmp_path / "nhan").mkdir()
    (tmp_path / "nhan" / "thcs suoi may.docx").write_bytes(b"PK")
    said = reminders(made())
    assert [name for name, text in said.items() if text.startswith("Chưa gửi")] == [SCHOOL]
    assert "(thcs suoi may.docx)" in said[SCHOOL]


def test_a_stray_file_that_is_like_nobodys_keeps_no_letter_waiting(made, tmp_path):
    shapeless(tmp_path / "nhan" / "ghi chu.xlsx", "Việc cần làm trong tuần")
    assert not [said for said in reminders(made()).values() if said.startswith("Chưa gửi")]


def test_a_list_of_several_branches_is_of_none_of_them(made, tmp_path):
    shapeless(tmp_path / "nhan" / "lich.xlsx", f"{MAY}, {POLICE}: họp ngày 5")
    board = made().submissions
    assert board.loc[board["file"] == "lich.xlsx", "branch"].tolist() == [""]


# --- a file that a person took out


def test_of_a_file_taken_out_nothing_is_asked_any_more(made, tmp_path):
    shapeless(tmp_path / "nhan" / "dang phi.xlsx", "Đảng phí quý 4")
    register(tmp_path / "nhan" / "nham.xlsx", "Chi bộ Trạm Y tế")
    assert "dang phi.xlsx" in set(made().findings["file"])
    book = made(*(Decision(DecisionKind.WITHDRAW, name) for name in ("dang phi.xlsx", "nham.xlsx")))
    assert book.findings.empty
    board = book.submissions
    assert board.loc[board["file"] != "", "state"].tolist() == [State.WITHDRAWN] * 2
    sheet = openpyxl.load_workbook(tmp_path / "so.xlsx")["Lỗi"]
    assert not [cell for row in sheet.iter_rows() for cell in row if "dang phi" in str(cell.value)]
    assert all("chưa nhận được sổ" in said for name, said in reminders(book).items() if name)


def test_a_shut_file_that_was_taken_out_is_out(made, tmp_path):
    (tmp_path / "nhan").mkdir()
    (tmp_path / "nhan" / "chi bo thon may.xlsx").write_bytes(b"\x89PNG\r\n")
    assert dict(made().headline)["Tình hình nộp"].endswith("1 tệp không đọc được")
    book = made(Decision(DecisionKind.WITHDRAW, "chi bo thon may.xlsx"))
    assert dict(book.headline)["Tình hình nộp"].endswith("0 tệp không đọc được")
    assert "không đọc được" not in reminders(book)[MAY]
