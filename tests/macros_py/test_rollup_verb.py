"""`songuon rollup` from the shell: what it says, and how it ends."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from macros_py.cli import verbs
from workbook.committee import Branch, Committee, Decision, DecisionKind
from workbook.errors import WorkbookError
from workbook.messages import sentence
from workbook.outgoing.template import write_committee
from workbook.outgoing.write import write_book

COMMUNE = "Đảng ủy xã Đồi & Cỏ"


@pytest.fixture
def province(tmp_path: Path, quota_book) -> Path:
    """A folder with one commune's book and the province's committee book."""
    (tmp_path / "nhan").mkdir()
    committee = replace(quota_book.committee, superior="Đảng bộ tỉnh Thử")
    write_book(replace(quota_book, committee=committee), tmp_path / "nhan" / "xa.xlsx")
    write_committee(
        tmp_path / "tinh.xlsx", Committee("Đảng bộ tỉnh Thử", year=2026, branches=(Branch("", COMMUNE, quota=4),))
    )
    return tmp_path


def run(folder: Path, *more: str) -> Result:
    words = ["rollup", str(folder / "nhan"), "--committee", str(folder / "tinh.xlsx"), "--out", str(folder / "so.xlsx")]
    return CliRunner().invoke(verbs, [*words, "--as-of", "2026-12-01", *more], standalone_mode=False)


def test_a_clean_rollup_says_that_all_ties_and_where_the_book_is(province):
    done = run(province)
    assert done.return_value == 0
    assert "Kết nạp năm 2026: 4/4 = 100%" in done.output
    assert "Đối chiếu khớp: 1 sổ" in done.output
    assert str(province / "so.xlsx") in done.output


def test_the_day_a_book_is_told_of_is_said_and_why_where_the_closing_day_wins(province):
    def told(closing_on: date | None) -> str:
        (province / "tinh.xlsx").unlink()
        (province / "so.xlsx").unlink(missing_ok=True)
        branches = (Branch("", COMMUNE, quota=4),)
        committee = Committee("Đảng bộ tỉnh Thử", year=2026, branches=branches, closing_on=closing_on)
        write_committee(province / "tinh.xlsx", committee)
        return run(province).output

    assert "\nTính đến ngày 22/11/2026\n" in told(None)
    assert "\nTính đến ngày 30/11/2026, là Ngày chốt ở trang Cấu hình của sổ cấp ủy; " in told(date(2026, 11, 30))


def test_a_file_that_is_no_quota_book_is_worth_attention(province):
    (province / "nhan" / "anh.xlsx").write_bytes(b"\x89PNG\r\n")
    assert run(province).return_value == 1


def test_names_are_in_the_book_only_where_asked_for(province, quota_book):
    import openpyxl

    def cells(path: Path) -> set[object]:
        return {
            cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows(values_only=True) for cell in row
        }

    names = set(quota_book.overdue["name"])
    run(province)
    assert not names & cells(province / "so.xlsx")
    (province / "so.xlsx").unlink()
    run(province, "--persons")
    assert names <= cells(province / "so.xlsx")


def test_help_says_that_nobody_is_named_by_default():
    said = CliRunner().invoke(verbs, ["rollup", "--help"]).output
    assert "không có tên người nào" in " ".join(said.split())


def test_with_the_book_before_it_says_what_changed(province):
    run(province)
    (province / "so.xlsx").rename(province / "truoc.xlsx")
    done = run(province, "--previous", str(province / "truoc.xlsx"))
    assert done.return_value == 0
    assert "So với sổ tổng hợp kỳ trước: Không có thay đổi" in done.output


def test_a_book_before_that_is_not_there_is_named_and_how_to_do_without(province):
    error = run(province, "--previous", str(province / "truoc.xlsx")).exception
    assert isinstance(error, WorkbookError)
    said = sentence(error.code, error.detail)
    assert "truoc.xlsx" in said.message
    assert "bỏ --previous" in said.fix


def test_a_book_taken_out_that_never_came_is_asked_about(province):
    (province / "tinh.xlsx").unlink()
    taken = (Decision(DecisionKind.WITHDRAW, "xa.xlsx cũ"),)
    branches = (Branch("", COMMUNE, quota=4),)
    write_committee(
        province / "tinh.xlsx", Committee("Đảng bộ tỉnh Thử", year=2026, branches=branches, decisions=taken)
    )
    done = run(province)
    assert done.return_value == 1
    assert 'Ô B2 (Đối tượng): lần này không có tệp nào tên (hoặc mã SHA-256) là "xa.xlsx cũ"' in done.output


def test_a_rolled_up_book_has_a_written_report(province):
    run(province)
    words = ["report", str(province / "so.xlsx"), "--docx", str(province / "bao-cao.docx")]
    assert CliRunner().invoke(verbs, words, standalone_mode=False).return_value == 0
    assert (province / "bao-cao.docx").exists()


def test_a_locked_book_is_opened_with_a_typed_password_that_is_shown_nowhere(province):
    from workbook.outgoing.upward import write_upward

    (province / "nhan" / "xa.xlsx").rename(province / "xa.xlsx")
    write_upward(province / "xa.xlsx", province / "nhan" / "so-lieu.xlsx", password="mat-khau-9")
    assert run(province).return_value == 1
    (province / "so.xlsx").unlink()
    words = ["rollup", province / "nhan", "--committee", province / "tinh.xlsx", "--out", province / "so.xlsx"]
    words = [*map(str, words), "--as-of", "2026-12-01", "--password-file", "-"]
    done = CliRunner().invoke(verbs, words, input="mat-khau-9\n", standalone_mode=False)
    assert done.return_value == 0
    assert "Kết nạp năm 2026: 4/4 = 100%" in done.output
    assert "mat-khau-9" not in done.output


def test_a_file_that_does_not_count_is_named_on_the_screen_and_not_in_the_book(province):
    (province / "nhan" / "anh.xlsx").write_bytes(b"\x89PNG\r\n")
    told = "tệp số 1 trong thư mục nhận là anh.xlsx, không tính vào sổ này (Không phải sổ chỉ tiêu). "
    assert told in run(province).output


def test_a_book_of_another_period_is_told_to_count_for_nothing_and_why(province, quota_book):
    about = replace(quota_book.committee, name=COMMUNE)
    write_book(replace(quota_book, committee=about, as_of=date(2025, 8, 31)), province / "nhan" / "nam-thu.xlsx")
    (line,) = [line for line in run(province).output.splitlines() if "nam-thu.xlsx" in line]
    assert "là nam-thu.xlsx, không tính vào sổ này (Sai kỳ). " in line
    assert "tính đến ngày 31/08/2025, khác tháng với ngày của đợt này (" in line


def test_a_book_that_a_newer_one_replaced_is_told_to_be_replaced(province, quota_book):
    about = replace(quota_book.committee, name=COMMUNE)
    write_book(replace(quota_book, committee=about, as_of=date(2026, 11, 2)), province / "nhan" / "cu.xlsx")
    (line,) = [line for line in run(province).output.splitlines() if "cu.xlsx" in line]
    assert line.endswith("không tính vào sổ này (Bị thay thế). Đã có sổ mới hơn của cấp ủy này.")


def test_a_form_is_filled_from_a_rolled_up_book(province):
    import openpyxl

    run(province)
    form = openpyxl.Workbook()
    for row in (["Biểu số 9"], ["Tiêu chí", "Số"], ["Kết nạp"], ["Dự bị"]):
        form.active.append(row)
    form.save(province / "bieu.xlsx")
    lines = ('stands = ["Biểu số 9"]', "[columns]", '"Số" = "now"')
    cells = [
        f'[[cells]]\nrow = "{row}"\nvalue = "{value}"'
        for row, value in (("Kết nạp", "summary.total.admitted"), ("Dự bị", "summary.total.probationary"))
    ]
    (province / "ban-do.toml").write_text("\n".join([*lines, *cells]), "utf-8")
    words = ["report", province / "so.xlsx", "--fill", province / "bieu.xlsx", "--map", province / "ban-do.toml"]
    words = [*map(str, words), "--out", str(province / "ra.xlsx")]
    assert CliRunner().invoke(verbs, words, standalone_mode=False).return_value == 0
    filled = openpyxl.load_workbook(province / "ra.xlsx").active
    assert [filled["B3"].value, filled["B4"].value] == [4, 4]


def test_counts_of_a_rolled_up_book_are_refused_with_the_true_reason(province):
    from workbook.errors import NotAWorkbook

    run(province)
    words = ["report", str(province / "so.xlsx"), "--upward", str(province / "len.xlsx")]
    done = CliRunner().invoke(verbs, words, standalone_mode=False)
    assert isinstance(done.exception, NotAWorkbook)
    assert done.exception.code == "upward.counts_already"
