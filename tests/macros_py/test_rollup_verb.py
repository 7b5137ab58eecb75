"""`songuon rollup` from the shell: what it says, and how it ends."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from macros_py.cli import verbs
from workbook.committee import Branch, Committee
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


def test_a_rolled_up_book_has_a_written_report(province):
    run(province)
    words = ["report", str(province / "so.xlsx"), "--docx", str(province / "bao-cao.docx")]
    assert CliRunner().invoke(verbs, words, standalone_mode=False).return_value == 0
    assert (province / "bao-cao.docx").exists()
