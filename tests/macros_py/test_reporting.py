"""`songuon report` and `songuon check` of a printed report, from the shell."""

import os
import shutil
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner, Result

from macros_py import pdf, soffice
from macros_py.cli import verbs
from workbook.errors import CannotWrite, WorkbookError

AS_OF = date(2026, 11, 22)


def songuon(*words: object) -> Result:
    return CliRunner().invoke(verbs, [str(word) for word in words], standalone_mode=False)


@pytest.fixture
def book(quota_book_file, tmp_path) -> Path:
    (tmp_path / "so.xlsx").write_bytes(quota_book_file)
    return tmp_path / "so.xlsx"


def test_a_report_is_written_and_its_place_told(book, tmp_path):
    done = songuon("report", book, "--docx", tmp_path / "bao-cao.docx")
    assert (done.return_value, done.exception) == (0, None)
    assert str(tmp_path / "bao-cao.docx") in done.output
    assert docx.Document(str(tmp_path / "bao-cao.docx")).tables


def test_nothing_is_written_over(book, tmp_path):
    (tmp_path / "bao-cao.docx").write_text("của tôi")
    done = songuon("report", book, "--docx", tmp_path / "bao-cao.docx")
    assert isinstance(done.exception, CannotWrite)
    assert (tmp_path / "bao-cao.docx").read_text() == "của tôi"


@pytest.mark.parametrize(
    ("option", "name", "code"),
    [("--docx", "bao-cao.pdf", "report.not_docx"), ("--pdf", "bao-cao.docx", "report.not_pdf")],
)
def test_a_file_is_not_called_what_it_is_not(book, tmp_path, option, name, code):
    done = songuon("report", book, option, tmp_path / name)
    assert isinstance(done.exception, CannotWrite)
    assert done.exception.code == code
    assert not (tmp_path / name).exists()


def test_a_part_that_the_layout_lacks_is_told_without_a_sheet(book, tmp_path):
    songuon("template", "report", tmp_path / "mau.docx")
    document = docx.Document(str(tmp_path / "mau.docx"))
    opening = next(one for one in document.paragraphs if "mo_dau" in one.text)
    opening._element.getparent().remove(opening._element)
    document.save(str(tmp_path / "mau.docx"))
    done = songuon("report", book, "--docx", tmp_path / "bao-cao.docx", "--template", tmp_path / "mau.docx")
    assert done.return_value == 1
    assert "mau.docx: " in done.stderr
    assert "trang :" not in done.stderr


def test_help_names_all_that_a_quota_book_becomes():
    assert all(option in songuon("--help").output for option in ("--docx", "--upward", "--fill"))


def test_a_bomb_among_the_files_costs_its_own_line_and_no_other(wrong, tmp_path):
    import zipfile

    (tmp_path / "nhan").mkdir()
    wrong.rename(tmp_path / "nhan" / "bao-cao.docx")
    with (
        zipfile.ZipFile(tmp_path / "nhan" / "bao-cao.docx") as whole,
        zipfile.ZipFile(tmp_path / "nhan" / "bom.docx", "w", zipfile.ZIP_DEFLATED) as bomb,
    ):
        for name in whole.namelist():
            bomb.writestr(name, whole.read(name) + b" " * (150 << 20 if name == "word/document.xml" else 0))
    done = check(tmp_path / "nhan")
    assert (done.return_value, done.exception) == (1, None)
    assert "48 trên 204 là 23,5%" in done.output
    assert "bom.docx" in done.stderr


def test_a_report_needs_a_place_to_go(book):
    assert songuon("report", book).exception is not None


def test_a_book_that_is_none_is_refused(tmp_path):
    openpyxl.Workbook().save(tmp_path / "khac.xlsx")
    done = songuon("report", tmp_path / "khac.xlsx", "--docx", tmp_path / "bao-cao.docx")
    assert isinstance(done.exception, WorkbookError)
    assert done.exception.code == "quota_book.foreign"
    assert not (tmp_path / "bao-cao.docx").exists()


def test_an_earlier_book_that_is_none_is_asked_about(book, tmp_path):
    done = songuon("report", book, "--docx", tmp_path / "bao-cao.docx", "--previous", book)
    assert done.return_value == 1
    assert "không trước ngày" in done.stderr


def test_the_clerk_can_have_the_layout_and_use_it(book, tmp_path):
    assert songuon("template", "report", tmp_path / "mau.docx").return_value == 0
    words = ["--docx", tmp_path / "bao-cao.docx", "--template", tmp_path / "mau.docx"]
    assert songuon("report", book, *words).return_value == 0


def test_without_libreoffice_there_is_no_pdf_but_a_sentence(book, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(soffice, "_ELSEWHERE", ())
    done = songuon("report", book, "--docx", tmp_path / "bao-cao.docx", "--pdf", tmp_path / "bao-cao.pdf")
    assert isinstance(done.exception, CannotWrite)
    assert done.exception.code == "pdf.no_libreoffice"
    assert (tmp_path / "bao-cao.docx").exists()
    assert not (tmp_path / "bao-cao.pdf").exists()


@pytest.mark.skipif(os.name != "posix", reason="a stand-in program is a shell script")
@pytest.mark.parametrize(("script", "code"), [("sleep 60", "pdf.too_long"), ("exit 1", "pdf.failed")])
def test_a_libreoffice_that_hangs_or_fails_is_ended(tmp_path, monkeypatch, script, code):
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(pdf, "_PATIENCE", 1)
    with pytest.raises(CannotWrite) as refused:
        pdf.to_pdf(b"x", tmp_path / "bao-cao.pdf")
    assert refused.value.code == code


@pytest.mark.libreoffice
def test_libreoffice_makes_the_pdf(book, tmp_path):
    required = os.environ.get("SONGUON_REQUIRE_LIBREOFFICE") == "1"  # then its absence is a failure
    if not required and not (shutil.which("soffice") or shutil.which("libreoffice")):
        pytest.skip("LibreOffice (soffice) is not installed")
    done = songuon("report", book, "--pdf", tmp_path / "bao-cao.pdf")
    assert done.return_value == 0, done.exception
    assert (tmp_path / "bao-cao.pdf").read_bytes().startswith(b"%PDF")


def check(*paths: Path) -> Result:
    return songuon("check", *paths, "--as-of", AS_OF.isoformat(), "--workers", 1)


@pytest.fixture
def wrong(tmp_path) -> Path:
    """A Word document with one wrong percentage."""
    document = docx.Document()
    document.add_paragraph("Kết nạp 48/204 đảng viên, đạt 24,5%.")
    document.save(tmp_path / "bao-cao.docx")
    return tmp_path / "bao-cao.docx"


def test_check_names_the_wrong_percentage_of_a_printed_report(wrong):
    done = check(wrong)
    assert done.return_value == 1
    assert "Đoạn 1" in done.output
    assert "48 trên 204 là 23,5%, không phải 24,5%" in done.output
    assert "bao-cao.docx: đã tính lại 1 tỷ lệ." in done.output


def test_check_of_our_own_report_is_clean(book, tmp_path):
    songuon("report", book, "--docx", tmp_path / "bao-cao.docx")
    done = check(tmp_path / "bao-cao.docx")
    assert (done.return_value, done.exception) == (0, None)
    assert "1 tệp, 0 người: 0 lỗi" in done.output


def test_text_is_a_report_only_where_it_is_named(tmp_path):
    (tmp_path / "nhan").mkdir()
    note = tmp_path / "nhan" / "ghi-chu.txt"
    note.write_text("Kết nạp 48/204 đảng viên, đạt 24,5%.", "utf-8")
    assert check(note).return_value == 1
    assert check(tmp_path / "nhan").return_value == 2


def test_a_workbook_with_a_table_of_quotas_and_no_register_is_a_printed_report(tmp_path):
    workbook = openpyxl.Workbook()
    for row in (["Chi bộ", "Chỉ tiêu", "Đã kết nạp", "Tỷ lệ (%)"], ["A", 4, 2, "60"], ["B", 2, 2, "100"]):
        workbook.active.append(row)
    workbook.save(tmp_path / "bao-cao.xlsx")
    done = check(tmp_path / "bao-cao.xlsx")
    assert done.return_value == 1
    assert "Ô D2" in done.output
    assert "1 lỗi" in done.output


def test_a_report_beside_registers_changes_nothing_of_theirs(wrong, tmp_path):
    from workbook.outgoing.template import write_register

    write_register(tmp_path / "so-trang.xlsx", "Chi bộ thôn Thử")
    alone = check(tmp_path / "so-trang.xlsx")
    both = check(tmp_path / "so-trang.xlsx", wrong)
    assert alone.return_value == 0, alone.output
    assert both.return_value == 1
    assert "2 tệp, 0 người: 1 lỗi" in both.output
