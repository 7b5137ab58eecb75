"""What a rolled-up book lacks, and says that it lacks; books that are locked; files that name somebody."""

import re
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from workbook.committee import Branch
from workbook.errors import NotAWorkbook
from workbook.incoming.passwords import Passwords
from workbook.incoming.unlocking import Password
from workbook.outgoing.upward import write_upward
from workbook.outgoing.write import write_book
from workbook.rolled_up import rollup_inbox
from workbook.states import State

MAY, SUOI, KHE = "Đảng ủy xã Mây", "Đảng ủy xã Suối", "Đảng ủy xã Khe"
SECRET = "mat-khau-thu-9"


def branch(name, quota=None, **more):
    return Branch("", name, quota=quota, **more)


@pytest.fixture
def gappy(quota_book, inbox):
    """`gappy(name)` puts a commune's book into the inbox of which one branch of three handed in nothing."""

    def put(name):
        board = quota_book.submissions.copy()
        board.loc[0, ["state", "file"]] = [State.MISSING, ""]
        about = replace(quota_book.committee, name=name)
        write_book(replace(quota_book, committee=about, submissions=board), inbox / f"{name}.xlsx")

    return put


def headline(book):
    return dict(book.base.headline)


# --- what is missing below


def test_a_line_says_how_many_of_its_branches_handed_in_nothing(gappy, commune, province, values, tmp_path):
    gappy(MAY)
    commune(SUOI)
    book = province(branch(MAY, 4), branch(SUOI, 4), branch(KHE, 4))
    assert book.base.branches["remark"].tolist() == ["1/3 chi bộ chưa nộp sổ", "", "Chưa nộp"]
    table = values(tmp_path / "tinh.xlsx", "Tổng hợp")
    assert table["Chi bộ chưa nộp sổ"].tolist()[:4] == [1, 0, None, 1]


def test_the_share_of_the_year_says_whose_figures_it_lacks_and_that_their_quota_is_in_it(gappy, commune, province):
    gappy(MAY)
    commune(SUOI)
    book = province(branch(MAY, 4), branch(SUOI, 4), branch(KHE, 10))
    assert headline(book)["Kết nạp năm 2026"] == (
        "8/18 = 44,44% (chưa có số của 1 cấp ủy chưa nộp sổ, 10 chỉ tiêu của cấp ủy ấy vẫn ở trong tổng; "
        "chưa có số của 1 chi bộ chưa nộp sổ ở 1 cấp ủy)"
    )


def test_a_complete_rollup_reserves_nothing(commune, province):
    commune(MAY)
    book = province(branch(MAY, 5))
    assert headline(book)["Kết nạp năm 2026"] == "4/5 = 80%"
    assert headline(book)["Còn thiếu"] == "1"


def test_what_is_lacking_adds_up_to_the_quota_without_the_admissions(commune, province):
    commune(MAY)
    commune(SUOI)
    book = province(branch(MAY, 9), branch(SUOI, 3), branch(KHE, 10))
    assert headline(book)["Còn thiếu"] == (
        "5 ở các cấp ủy đã nộp sổ (22 − 8 = 14: cộng 10 chỉ tiêu của cấp ủy chưa có số, trừ 1 người ngoài chỉ tiêu)"
    )


def test_what_is_missing_below_goes_on_to_the_third_level(gappy, province, inbox, tmp_path):
    gappy(MAY)
    province(branch(MAY, 5), branch(KHE, 2))
    for path in inbox.iterdir():
        path.unlink()
    (tmp_path / "tinh.xlsx").rename(inbox / "tinh.xlsx")
    top = province(branch("Đảng bộ tỉnh Thử Nghiệm", 7), name="Trung ương Thử", out="tren.xlsx")
    assert top.base.branches["silent"].tolist() == [1]
    assert top.base.branches["remark"].tolist() == ["1/2 cấp ủy chưa nộp sổ; 1 chi bộ chưa nộp sổ"]


# --- the board


def test_the_board_asks_who_is_silent_late_or_incomplete_in_words_to_be_sent(gappy, commune, province):
    gappy(MAY)
    commune(SUOI, as_of=date(2026, 10, 31))
    book = province(
        branch(MAY, 4), branch(SUOI, 4), branch(KHE, 4), closing_on=date(2026, 11, 22), submit_by=date(2026, 11, 25)
    )
    board = book.base.submissions
    told = dict(zip(board["branch"] + "|" + board["state"], board["reminder"], strict=True))
    assert "Đến ngày 22/11/2026, Đảng bộ tỉnh Thử Nghiệm chưa nhận được sổ chỉ tiêu" in told[f"{KHE}|missing"]
    assert "chậm nhất ngày 25/11/2026" in told[f"{KHE}|missing"]
    assert "Sai kỳ" in told[f"{SUOI}|missing"]
    assert told[f"{SUOI}|wrong_period"] == ""
    assert "1 chi bộ chưa nộp sổ" in told[f"{MAY}|counted"]
    assert all("chi bộ nộp" not in text for text in told.values())


def test_a_reminder_stands_on_the_board_and_is_not_printed(commune, province, values, tmp_path):
    commune(MAY)
    province(branch(MAY, 4), branch(KHE, 4))
    board = values(tmp_path / "tinh.xlsx", "Tình hình nộp")
    assert board["Lời nhắc"].iloc[1].startswith(f"Kính gửi {KHE}!")
    sheet = openpyxl.load_workbook(tmp_path / "tinh.xlsx")["Tình hình nộp"]
    last = re.search(r":\$([A-Z]+)", str(sheet.print_area))
    assert last
    heading = next(cell for cell in sheet[1] if cell.value == "Lời nhắc")
    assert openpyxl.utils.column_index_from_string(last[1]) < heading.column


# --- words


def test_no_heading_calls_a_committee_a_branch(commune, province, tmp_path):
    commune(MAY)
    before = province(branch(MAY, 4), out="truoc.xlsx")
    assert before.base.branches["name"].tolist() == [MAY]
    province(branch(MAY, 4), previous="truoc.xlsx", persons=False)
    sheets = openpyxl.load_workbook(tmp_path / "tinh.xlsx")
    headings = {sheet.title for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value == "Chi bộ"}
    assert headings == set()
    of_units = {sheet.title for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value == "Cấp ủy"}
    assert of_units == {"Tổng hợp", "Tiến độ", "Quá hạn", "Dự báo", "Tình hình nộp", "Biến động", "Lỗi"}


# --- the door


def test_a_book_made_with_a_password_is_read_with_it(commune, province, inbox, tmp_path):
    commune(MAY).rename(tmp_path / "day-du.xlsx")
    write_upward(tmp_path / "day-du.xlsx", inbox / "so-lieu.xlsx", password=SECRET)
    shut = province(branch(MAY, 4), out="1.xlsx")
    assert shut.base.findings["code"].tolist() == ["file.protected"]
    for at, known in enumerate((Passwords({"so-lieu.xlsx": Password(SECRET)}), Passwords(of_others=Password(SECRET)))):
        out = tmp_path / f"{at}-mo.xlsx"
        opened, _ = rollup_inbox(inbox, tmp_path / "so-tinh.xlsx", out, date(2026, 12, 1), passwords=known)
        assert opened.base.branches["admitted"].tolist() == [4]
        with zipfile.ZipFile(out) as package:
            assert not [name for name in package.namelist() if SECRET.encode() in package.read(name)]


def test_a_wrong_password_is_asked_about_and_not_shown(commune, province, inbox, tmp_path):
    commune(MAY).rename(tmp_path / "day-du.xlsx")
    write_upward(tmp_path / "day-du.xlsx", inbox / "so-lieu.xlsx", password=SECRET)
    province(branch(MAY, 4))
    wrong = Passwords(of_others=Password("khac-han-9"))
    book, _ = rollup_inbox(inbox, tmp_path / "so-tinh.xlsx", tmp_path / "x.xlsx", date(2026, 12, 1), passwords=wrong)
    assert book.base.findings["code"].tolist() == ["file.wrong_password"]
    assert "khac-han-9" not in book.base.findings.to_string()


# --- names of files


def test_no_file_is_named_unless_persons_are_asked_for(commune, province, inbox, tmp_path):
    commune(MAY, "Nguyễn Thị Đặt Tên.xlsx")
    (inbox / "Trần Văn Ảnh.xlsx").write_bytes(b"\x89PNG\r\n")
    book = province(branch(MAY, 9), persons=False)
    with zipfile.ZipFile(tmp_path / "tinh.xlsx") as package:
        text = "".join(package.read(name).decode("utf-8", "ignore") for name in package.namelist())
    assert "Đặt Tên" not in text
    assert "Ảnh.xlsx" not in text
    assert set(book.base.submissions["file"]) == {"tệp số 1", "tệp số 2"}
    assert book.called == {"tệp số 1": "Nguyễn Thị Đặt Tên.xlsx", "tệp số 2": "Trần Văn Ảnh.xlsx"}
    province(branch(MAY, 9), persons=True, out="co-ten.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "co-ten.xlsx")["Tình hình nộp"]
    assert "Nguyễn Thị Đặt Tên.xlsx" in {cell.value for row in sheet.iter_rows() for cell in row}


# --- no way up but by rolling up again


def test_a_rolled_up_book_handed_up_as_counts_is_told_that_it_is_one_already(commune, province, tmp_path):
    commune(MAY)
    province(branch(MAY, 4))
    with pytest.raises(NotAWorkbook) as told:
        write_upward(tmp_path / "tinh.xlsx", tmp_path / "len.xlsx")
    assert told.value.code == "upward.counts_already"
    assert not (tmp_path / "len.xlsx").exists()


# --- ties


@pytest.mark.parametrize(
    ("sheet", "heading"), [("Tổng hợp", "Chỉ tiêu"), ("Tổng hợp", "Dự bị"), ("Dự báo", "Chắc chắn kịp")]
)
def test_every_total_that_a_leader_reads_is_held_against_the_book_below(commune, province, tampered, sheet, heading):
    def raise_total(book):
        page = book[sheet]
        row = next(cell.row for line in page.iter_rows() for cell in line if cell.value == "Tổng số")
        row = page.max_row if sheet == "Tiến độ" else row
        column = next(cell.column for line in page.iter_rows() for cell in line if cell.value == heading)
        page.cell(row, column).value = 77

    tampered(commune(MAY), raise_total)
    assert province(branch(MAY, 4)).untied == (MAY,)
