"""What somebody meets who starts: nothing has come, nothing was before, a closing day stands, a word is missing."""

from datetime import UTC, date, datetime
from pathlib import Path

import msoffcrypto
import pytest
import xlsxwriter

from workbook.committee import Branch, Committee
from workbook.layout import HEADING
from workbook.outgoing.template import write_committee, write_register

MAY = "Chi bộ thôn Mây"


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Path:
    """A folder with a committee book, closed in June, and an inbox that is still empty; commands run in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nhan").mkdir()
    branches = (Branch("01", MAY, quota=3, members=20),)
    committee = Committee("Đảng ủy xã Thử", year=2026, closing_on=date(2026, 6, 30), branches=branches)
    write_committee(tmp_path / "so-cap-uy.xlsx", committee)
    return tmp_path


@pytest.fixture
def consolidate(songuon):
    words = ("consolidate", "nhan", "--committee", "so-cap-uy.xlsx", "--out", "so.xlsx", "--workers", 1)
    return lambda *more: songuon(*words, *more)


def late_register(path: Path) -> Path:
    """A register of one person whose ceremony is overdue in November."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2026, 6, 1, 9, tzinfo=UTC).replace(tzinfo=None)})
        sheet = book.add_worksheet("Sổ")
        sheet.write_string(0, 0, MAY)
        cells = {"number": 1, "full_name": "Lê Thị Thử", "birth_on": "02/09/1998", "decided_on": "04/05/2026"}
        sheet.write_row(2, 0, list(HEADING.values()))
        sheet.write_row(3, 0, [cells.get(name, "") for name in HEADING])
    return path


def test_an_inbox_still_empty_gives_a_book_and_one_sentence_that_says_so(consolidate, desk):
    done = consolidate("--as-of", "2026-01-15")
    assert done.returncode == 1
    (told,) = done.stderr.strip().splitlines()
    assert told.startswith("nhan: ")
    assert "chưa có tệp nào" in told
    assert "Chưa nộp" in told
    assert "0/1 chi bộ đã nộp" in done.stdout
    assert (desk / "so.xlsx").exists()


@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        ("2026-06-29", "Tính đến ngày 29/06/2026\n"),
        ("2026-06-30", "Tính đến ngày 30/06/2026\n"),
        ("2026-12-31", "Tính đến ngày 30/06/2026, là Ngày chốt ở trang Cấu hình"),
    ],
    ids=["the day before the closing day", "the closing day", "the end of the year"],
)
def test_the_day_a_book_is_told_of_is_said_and_why_where_the_closing_day_wins(consolidate, desk, as_of, told):
    assert told in consolidate("--as-of", as_of).stdout


def test_a_month_before_that_is_not_there_is_named_and_how_to_do_without(consolidate, desk):
    done = consolidate("--previous", "so-chi-tieu-thang-truoc.xlsx")
    assert done.returncode == 2
    (told,) = done.stderr.strip().splitlines()
    assert "so-chi-tieu-thang-truoc.xlsx" in told
    assert "bỏ --previous" in told
    assert not (desk / "so.xlsx").exists()


def test_a_register_without_anybody_is_told(songuon, consolidate, desk):
    write_register(desk / "nhan" / "may.xlsx", branch=MAY)
    for done in (songuon("check", "nhan", "--workers", 1), consolidate("--as-of", "2026-06-01")):
        assert "may.xlsx: sổ không có người nào" in done.stdout


def test_a_file_in_which_no_register_was_found_is_not_counted_as_one_that_was_read(songuon, desk):
    write_register(desk / "nhan" / "may.xlsx", branch=MAY)
    with xlsxwriter.Workbook(desk / "nhan" / "la.xlsx") as book:
        sheet = book.add_worksheet("Sổ")
        sheet.write_row(0, 0, ["Đoàn viên ưu tú", "Sinh", "Ở"])
        sheet.write_row(1, 0, ["Lê Thị Thử", "02/09/1998", "Xóm 1"])

    done = songuon("check", "nhan", "--workers", 1)

    assert "Đã kiểm tra 2 tệp, 0 người" in done.stdout
    assert "Trong đó 1 tệp không có sổ nào" in done.stdout


def test_what_is_late_in_a_locked_register_is_found_with_its_password(songuon, desk):
    plain = late_register(desk / "goc.xlsx")
    with plain.open("rb") as source, (desk / "nhan" / "may.xlsx").open("wb") as out:
        msoffcrypto.OfficeFile(source).encrypt("mat-khau-thu", out)
    words = ("overdue", "nhan", "--as-of", "2026-11-22", "--workers", 1, "--password-file", "mat-khau.csv")
    (desk / "mat-khau.csv").write_text("Tên tệp,Mật khẩu\nmay,mat-khau-thu\n", "utf-8")
    without = songuon(*words)
    assert without.returncode == 2
    (shut, astray) = without.stderr.strip().splitlines()
    assert "--password-file" in shut
    assert astray.startswith("mat-khau.csv: ")
    assert "1 dòng" in astray
    assert ": may." in astray
    (desk / "mat-khau.csv").write_text("Tên tệp,Mật khẩu\nmay.xlsx,mat-khau-thu\n", "utf-8")
    found = songuon(*words)
    assert found.returncode == 1, found.stderr
    assert found.stderr == ""
    assert "Lê Thị Thử" in found.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("consolidate", "nhan", "--committee", "so-cap-uy.xlsx"), 'Thiếu --out. Gõ "songuon consolidate --help"'),
        (("purge", "so.xlsx"), "Thiếu --until YYYY-MM-DD."),
        (("check",), "Thiếu PATH..."),
        (("chek", "nhan"), 'Không có lệnh "chek"; gần giống là check.'),
        (("nói",), 'Không có lệnh "nói".'),
        (("template", "registr", "a.xlsx"), 'Không có lệnh "registr"; gần giống là register.'),
        (("check", "nhan", "--as-of", "mai"), "Giá trị của --as-of YYYY-MM-DD không đúng."),
        (("check", "nhan", "--workers", "nhiều"), "Giá trị của --workers không đúng."),
        (("report", "so.xlsx"), "Chưa nêu cần làm ra gì: thêm một trong --docx, --pdf, --upward, --fill."),
        (("report", "so.xlsx", "--fill", "bieu.xlsx"), "--fill cần đi cùng --out."),
        (("report", "so.xlsx", "--docx", "a.docx", "--fold", "5"), "--fold chỉ dùng cùng --upward."),
        (("report", "so.xlsx", "--docx", "a.docx", "--map", "a.toml"), "--map chỉ dùng cùng --fill."),
        (("overdue", "nhan", "--names"), "--names chỉ dùng cùng --ics."),
        (("install", "a", "b"), "Lệnh viết chưa đúng."),
    ],
    ids=lambda given: "_".join(given[:2]) if isinstance(given, tuple) else "",
)
def test_a_misuse_says_which_word_is_wrong_in_vietnamese(songuon, desk, words, told):
    done = songuon(*words)
    assert done.returncode == 2
    (said,) = done.stderr.strip().splitlines()
    assert said.startswith(told)
    assert "--help" in said
