"""Whose book a button judges an open register by, and what people have said in it, on paper."""

import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from macros_py import crash, last_run
from macros_py.buttons import press
from macros_py.paper import PaperDesk, PaperSheet
from workbook.checking import check
from workbook.demo.inbox import Made, make
from workbook.given import committee_at
from workbook.incoming.read import read
from workbook.query_codes import is_query_code

DAY = date(2026, 11, 22)
SHEET, CENTRAL = "Sổ theo dõi", "Xét theo quy định Trung ương, vì chưa biết sổ cấp ủy nào."
HEADINGS = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số định danh cá nhân"]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Made:
    return make(tmp_path_factory.mktemp("demo"), DAY, branches=4)


@pytest.fixture
def branch(made) -> str:
    """The name of a branch of the committee."""
    return made.committee.branches[0].name


@pytest.fixture
def committee_book(made, tmp_path) -> Path:
    """A copy of the committee book, as a file."""
    return Path(shutil.copy(made.committee_book, tmp_path / "so-cap-uy.xlsx"))


@pytest.fixture
def register(branch, tmp_path) -> Path:
    """A register of two made-up persons, the number of one at odds with the sex; nobody has explained why."""
    book = openpyxl.Workbook()
    book.active.title = SHEET
    book.active.append([branch.upper()])
    book.active.append(HEADINGS)
    book.active.append([1, "Lê Thị Thử", "05/09/1999", "Nữ", "Kinh", "099099012347"])
    book.active.append([2, "Trần Văn Giả", "06/10/1998", "Nam", "Kinh", "099098012345"])
    (tmp_path / "nhan").mkdir()
    book.save(tmp_path / "nhan/so.xlsx")
    return tmp_path / "nhan/so.xlsx"


def sheets_of(path: Path) -> dict[str, PaperSheet]:
    """A workbook on paper, as an application shows it."""
    return {grid.sheet: PaperSheet(grid.rows, grid.merges) for grid in read(path, results=True).grids}


@pytest.fixture
def desk(register) -> PaperDesk:
    return PaperDesk(sheets_of(register), DAY, path=register)


def decide(book: Path, kind: str, subject: str, content: str) -> None:
    """Write a line into the sheet of decisions."""
    made = openpyxl.load_workbook(book)
    made["Quyết định"].append([kind, subject, content])
    made.save(book)


def code_of(register: Path, book: Path) -> str:
    """The code of the one query about a person of the register, as the quota book shows it."""
    found = check([register], DAY, committee_at(book)).found
    (code,) = found.loc[(found["memory"] != "") & (found["row"] >= 0), "memory"]
    assert is_query_code(code)
    return code


def asked(desk: PaperDesk) -> list[object]:
    """Check; the cells that the list says have to be explained."""
    press("check", desk)
    assert not desk.told
    return [line[2] for line in desk.sheets["Lỗi"].rows if line[1] == "Cần giải trình" and line[2]]


def foot(desk: PaperDesk) -> str:
    """The last line of the list."""
    (said,) = filter(None, desk.sheets["Lỗi"].rows[-1])
    assert desk.said[-1].endswith(said)
    return said


def test_what_was_explained_in_the_open_committee_book_is_not_asked_again(desk, register, committee_book, made):
    assert asked(desk) == ["F3"]
    assert foot(desk) == CENTRAL
    decide(committee_book, "Giải trình", code_of(register, committee_book), "Đã đối chiếu giấy khai sinh")
    desk.beside = [sheets_of(committee_book)]
    assert asked(desk) == []
    assert foot(desk) == f"Xét theo quy định của {made.committee.name}."
    assert [line[1] for line in desk.sheets["Lỗi"].rows if line[2] == "F3"] == ["Lưu ý"]


def test_a_register_whose_branch_is_not_known_is_told_that_nothing_was_remembered(desk, register, committee_book):
    decide(committee_book, "Giải trình", code_of(register, committee_book), "Đã đối chiếu giấy khai sinh")
    desk.beside = [sheets_of(committee_book)]
    desk.sheets[SHEET].rows[0][0] = "CHI BỘ CHƯA CÓ TÊN"
    assert asked(desk) == ["F3"]
    assert "Không thấy tên chi bộ nào của cấp ủy trong sổ" in foot(desk)


def test_a_heading_confirmed_in_the_committee_book_is_understood_by_every_button(desk, committee_book):
    paper = desk.sheets[SHEET]
    paper.rows[1][1] = "Danh tính"
    paper.rows[2][2] = "31/02/2000"
    press("check", desk)
    assert "không thấy bảng nào" in desk.told.pop()
    decide(committee_book, "Tiêu đề cột", "Danh tính", "Họ và tên")
    desk.beside = [sheets_of(committee_book)]
    before = paper.square()
    press("check", desk)
    assert (3, 3) in paper.fills
    paper.rows[2:4] = paper.rows[3:1:-1]
    paper.fills = {(7 - row if row > 2 else row, column): fill for (row, column), fill in paper.fills.items()}
    paper.notes = {(7 - row, column): note for (row, column), note in paper.notes.items()}
    press("next_error", desk)
    assert desk.at == (4, 3)
    press("restore_lists", desk)
    assert (3, 4) in paper.lists
    press("clear", desk)
    assert not desk.told
    assert paper.square() == [*before[:2], *before[:1:-1]]
    assert not paper.fills
    assert not paper.notes


def test_the_book_last_consolidated_is_remembered_until_another_one_is_open(desk, register, committee_book, made):
    decide(committee_book, "Giải trình", code_of(register, committee_book), "Đã đối chiếu giấy khai sinh")
    committee = PaperDesk(sheets_of(committee_book), DAY, path=committee_book, answers=[register.parent, True])
    press("consolidate", committee)
    assert last_run.last() == last_run.LastRun(committee_book, register.parent)
    assert asked(desk) == []
    name = made.committee.name
    assert foot(desk) == (
        f"Xét theo quy định của {name} (bản đã lưu của sổ cấp ủy tổng hợp lần trước, so-cap-uy.xlsx)."
    )
    desk.beside = [sheets_of(made.committee_book)]
    assert asked(desk) == ["F3"], "in the open one nothing is explained"
    assert foot(desk) == f"Xét theo quy định của {name}."


@pytest.mark.parametrize("fault", ["gone", "no committee book"])
def test_a_remembered_book_that_cannot_be_read_is_told_and_the_central_law_holds(desk, committee_book, fault):
    last_run.keep(committee_book, committee_book.parent)
    committee_book.unlink()
    if fault != "gone":
        openpyxl.Workbook().save(committee_book)
    assert asked(desk) == ["F3"]
    assert foot(desk).startswith("Xét theo quy định Trung ương, vì không đọc được sổ cấp ủy tổng hợp lần trước (so-cap")


@pytest.mark.parametrize("kept", ["", "[]", "{}", '{"committee": 1, "inbox": "a"}', "\ufeff{"], ids=repr)
def test_what_is_kept_of_the_last_run_and_makes_no_sense_is_as_if_it_were_not(kept):
    crash.LOG.with_name(last_run.NAME).write_text(kept, "utf-8")
    assert last_run.last() is None


def test_where_nothing_can_be_kept_the_consolidation_stands(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr(crash, "LOG", tmp_path / "file" / "songuon.log")
    last_run.keep(tmp_path / "a.xlsx", tmp_path)
    assert last_run.last() is None


def test_on_paper_a_register_is_judged_as_its_file_is_with_the_same_committee_book(made):
    """Every register of one sheet: the headings confirmed and the law of the committee hold for both."""
    compared = 0
    committee = committee_at(made.committee_book)
    for path in sorted(made.inbox.rglob("*.xlsx")):
        closed = check([path], DAY, committee)
        if closed.files[0].error or closed.files[0].others or len(closed.files[0].tables) != 1:
            continue
        desk = PaperDesk(sheets_of(path), DAY, beside=[sheets_of(made.committee_book)])
        press("check", desk)
        listed = [(line[2] or "", line[5]) for line in desk.sheets["Lỗi"].rows[1:-1]]
        told = closed.found[closed.found["code"] != "sheet.hidden"]
        assert listed == list(zip(told["cell"], told["message"], strict=True))
        compared += 1
    assert compared >= 3


# --- what goes back to the branch


@pytest.fixture
def away(tmp_path) -> Path:
    """A folder that is not read."""
    (tmp_path / "tra").mkdir()
    return tmp_path / "tra"


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_register_in_front_goes_back_as_a_marked_copy_and_a_letter(desk, register, committee_book, away, made):
    before, paper = register.read_bytes(), desk.sheets[SHEET].square()
    desk.beside = [sheets_of(committee_book)]
    desk.answers = [True, away]
    press("return_slips", desk)
    assert files_in(away) == [
        "so-phieu-tra-lai/so-danh-dau.xlsx",
        "so-phieu-tra-lai/so-phieu-tra-lai.docx",
    ]
    (told,) = desk.told
    assert told.startswith("Đã ghi 1 phiếu trả lại và 1 bản sao đánh dấu")
    assert told.endswith(f"Xét theo quy định của {made.committee.name}.")
    copy = openpyxl.load_workbook(away / "so-phieu-tra-lai/so-danh-dau.xlsx")
    assert copy[SHEET]["F3"].comment
    assert copy.sheetnames == [SHEET]
    assert (register.read_bytes(), desk.sheets[SHEET].square(), desk.journal) == (before, paper, [])
    assert desk.said[-1] == "", "the foot of the window is the application's again"


def test_what_was_explained_does_not_go_back(desk, register, committee_book, away):
    decide(committee_book, "Giải trình", code_of(register, committee_book), "Đã đối chiếu giấy khai sinh")
    last_run.keep(committee_book, register.parent)
    desk.answers = [True, away]
    press("return_slips", desk)
    copy = openpyxl.load_workbook(away / "so-phieu-tra-lai/so-danh-dau.xlsx")[SHEET]
    assert copy["F3"].comment.text.startswith("Lưu ý")


def test_pressing_again_takes_no_files_place(desk, away):
    for _ in range(2):
        desk.answers = [True, away]
        press("return_slips", desk)
    assert {path.parent.name for path in away.rglob("*.docx")} == {"so-phieu-tra-lai", "so-phieu-tra-lai-2"}


def test_a_slip_is_never_put_among_what_is_consolidated(desk, register, committee_book):
    last_run.keep(committee_book, register.parent)
    desk.answers = [True, register.parent]
    press("return_slips", desk)
    (told,) = desk.told
    assert "nằm trong thư mục sổ đang đọc" in told
    assert files_in(register.parent) == ["so.xlsx"]


@pytest.mark.parametrize("answers", [[False], [True, None]], ids=["not to be saved", "no folder"])
def test_who_thinks_better_of_it_gets_no_slip(desk, answers, tmp_path):
    desk.answers = answers
    press("return_slips", desk)
    assert not desk.told
    assert not desk.answers
    assert not list(tmp_path.rglob("*.docx"))


def test_a_register_that_was_never_saved_is_asked_to_be_before_anything_else(desk):
    desk.answers, desk.path = [True], None
    press("return_slips", desk)
    assert desk.told[0].startswith("Sổ này chưa được lưu trên máy")


def test_of_what_is_no_register_nothing_is_asked_and_nothing_goes_back(desk, committee_book):
    desk = PaperDesk(sheets_of(committee_book), DAY, front="Quyết định", path=committee_book)
    press("return_slips", desk)
    (told,) = desk.told
    assert "không thấy bảng nào" in told
    assert not desk.said


def test_a_stopped_slip_writes_nothing(desk, away):
    desk.answers, desk.stop_after = [True, away], 0
    press("return_slips", desk)
    assert desk.told == ["Đã dừng theo yêu cầu; chưa ghi gì."]
    assert not list(away.iterdir())


def test_days_off_of_the_remembered_committee_hold(desk, committee_book):
    """A clock ends one day later where the committee has one more day off."""
    desk.day = date(2026, 7, 20)
    paper = desk.sheets[SHEET]
    paper.rows[1] += ["Ngày nhận quyết định", "Ngày lễ kết nạp"]
    paper.rows[2] += [pd.Timestamp(2026, 6, 5), ""]

    def due() -> object:
        press("overdue", desk)
        head, line, _foot = desk.sheets["Quá hạn"].rows
        return line[head.index("Hạn")]

    before = due()
    book = openpyxl.load_workbook(committee_book)
    book["Ngày nghỉ"].append([date(2026, 7, 1), "Nghỉ", "Ngày lễ của xã"])
    book.save(committee_book)
    last_run.keep(committee_book, committee_book.parent)
    assert due() > before
