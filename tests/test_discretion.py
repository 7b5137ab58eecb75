"""No name and no identity number in a log, a warning, an exception or on standard error; made-up people throughout."""

import logging
import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner

from macros_py import crash
from macros_py.apology import apology
from macros_py.cli import verbs
from workbook import discretion
from workbook.committee import Branch, Committee
from workbook.errors import WorkbookError
from workbook.outgoing.template import write_committee

AS_OF = "2026-11-22"
NAMES = ("Quách Thị Tuyết Vân Mẫu", "Thạch Văn Huyền Bí Thử", "Lò Thị Mai Hoa Giả")
IDS = ("099199000017", "099 199 000 025", "123456789")


@pytest.fixture
def masked(monkeypatch):
    """The filter installed anew, and taken out afterwards."""
    before, shown, hook = logging.getLogRecordFactory(), warnings.formatwarning, sys.excepthook
    monkeypatch.setattr(discretion, "_known", set())
    logging.setLogRecordFactory(logging.LogRecord)
    discretion.install()
    discretion.know(NAMES)
    yield
    logging.captureWarnings(False)
    logging.setLogRecordFactory(before)
    warnings.formatwarning, sys.excepthook = shown, hook


def leaks(text: str) -> list[str]:
    return [one for one in (*NAMES, *IDS, *(one.replace(" ", "") for one in IDS)) if one in text]


@pytest.mark.parametrize("secret", [*NAMES, *IDS, "099xxxxxx017", "0991*****017"])
def test_no_record_of_any_library_holds_a_name_or_a_number(masked, caplog, secret):
    logging.getLogger("some.library").warning("cell %s cannot be read", secret)
    assert secret not in caplog.text
    assert "cannot be read" in caplog.text


def test_a_traceback_in_a_record_says_where_and_not_what(masked, caplog):
    try:
        raise ValueError(NAMES[0])
    except ValueError:
        logging.getLogger("some.library").exception("reading %s failed", NAMES[1])
    assert leaks(caplog.text) == []
    assert "ValueError" in caplog.text


def test_a_record_whose_words_do_not_fit_is_masked_all_the_same(masked, caplog):
    logging.getLogger("some.library").log(logging.WARNING, *("%d of %s", NAMES[0]))
    assert leaks(caplog.text) == []


def test_days_and_counts_stay_as_they_are(masked, caplog):
    logging.getLogger("ours").warning("row 1234 of 22/11/2026, 55321 bytes")
    assert "row 1234 of 22/11/2026, 55321 bytes" in caplog.text


SPEAKS = """
import logging, sys, warnings
from workbook import discretion
discretion.install()
discretion.know([sys.argv[1]])
warnings.warn("value " + sys.argv[1])
logging.warning("value %s", sys.argv[2])
raise ValueError(sys.argv[1])
"""


def test_a_process_of_ours_says_nothing_of_anybody_on_its_way_out():
    done = subprocess.run(
        [sys.executable, "-c", SPEAKS, NAMES[0], IDS[0]], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert leaks(done.stderr) == []
    assert "ValueError" in done.stderr
    assert done.returncode != 0


# Every way out of the shell


@pytest.fixture
def inbox(tmp_path) -> Path:
    """Registers of people whom nobody could overlook, one of them broken, one locked away."""
    folder = tmp_path / "nhan"
    folder.mkdir()
    book = xlsxwriter.Workbook(str(folder / "1.xlsx"))
    sheet = book.add_worksheet("Sổ theo dõi")
    heads = ["STT", "Họ và tên", "Ngày, tháng, năm sinh", "Giới tính", "Số định danh cá nhân", "Ngày xét cảm tình Đảng"]
    for row, line in enumerate([["Chi bộ Một"], heads, *people()]):
        for column, value in enumerate(line):
            sheet.write_string(row, column, value)
    book.close()
    (folder / "hong.xlsx").write_bytes(b"PK\x03\x04" + " ".join(NAMES).encode())
    (folder / "trang.xls").write_text(f"<html>{NAMES[0]} {IDS[0]}</html>", "utf-8")
    return folder


def people():
    for number, (name, one) in enumerate(zip(NAMES, IDS, strict=True), start=1):
        yield [str(number), name, "31/02/1999", "Nam/Nữ", one, "99/99/2026"]


@pytest.fixture
def committee(tmp_path) -> Path:
    path = tmp_path / "cap-uy.xlsx"
    write_committee(path, Committee("Đảng ủy xã Thử", year=2026, branches=(Branch("CB1", "Chi bộ Một", quota=1),)))
    return path


def test_whatever_a_run_complains_of_it_names_nobody(songuon, inbox, committee, tmp_path, monkeypatch):
    out, home = tmp_path / "so.xlsx", tmp_path / "home"
    monkeypatch.setattr(crash, "LOG", home / "songuon.log")
    given = ["--committee", committee, "--as-of", AS_OF, "--workers", 1]
    (tmp_path / "co-san.xlsx").write_bytes(b"")
    complaints = [
        songuon("consolidate", inbox, *given, "--out", out),
        songuon("consolidate", inbox, *given, "--out", out),
        songuon("consolidate", inbox, *given, "--out", tmp_path / "so-2.xlsx", "--previous", inbox / "1.xlsx"),
        songuon("consolidate", inbox, "--committee", inbox / "1.xlsx", "--out", tmp_path / "so-3.xlsx"),
        songuon("check", inbox / "hong.xlsx"),
        songuon("check", inbox / "trang.xls"),
        songuon("report", inbox / "1.xlsx", "--upward", tmp_path / "len.xlsx"),
        songuon("report", out, "--fill", inbox / "1.xlsx", "--out", tmp_path / "bieu.xlsx"),
        songuon("report", out, "--docx", tmp_path / "co-san.xlsx"),
        songuon("rollup", inbox, *given[:4], "--out", tmp_path / "tren.xlsx"),
    ]
    assert [leaks(done.stderr) for done in complaints] == [[]] * len(complaints)
    assert [done.args for done in complaints[1:] if done.returncode == 0] == []
    assert not [path for path in home.rglob("*") if path.is_file() and leaks(path.read_text("utf-8"))]


def test_an_error_of_paper_carries_no_words_of_anybody(inbox, committee, tmp_path):
    for words in (
        ("report", inbox / "1.xlsx", "--upward", tmp_path / "len.xlsx"),
        ("consolidate", inbox, "--committee", inbox / "1.xlsx", "--out", tmp_path / "so.xlsx"),
        ("consolidate", inbox, "--committee", committee, "--out", tmp_path / "x" / "so.xlsx", "--as-of", AS_OF),
    ):
        done = CliRunner().invoke(verbs, [str(one) for one in words], standalone_mode=False)
        assert isinstance(done.exception, WorkbookError)
        assert leaks(repr(done.exception)) == []


FAILS = """
import sys
from workbook import counting
name, sys.argv = sys.argv[1], ["songuon", *sys.argv[2:]]
def assess(*_):
    raise ValueError(name)
counting.assess = assess
from macros_py.cli import main
main()
"""


def test_a_fault_of_ours_in_the_middle_of_the_data_leaves_no_word_of_them(inbox, committee, tmp_path):
    home = tmp_path / "home"
    words = ["check", inbox, "--as-of", AS_OF, "--workers", "1"]
    done = subprocess.run(
        [sys.executable, "-c", FAILS, NAMES[0], *map(str, words)],
        capture_output=True, text=True, encoding="utf-8", check=False, env={**os.environ, "SONGUON_HOME": str(home)},
    )  # fmt: skip
    assert done.returncode == 2
    assert leaks(done.stdout + done.stderr) == []
    log = (home / "songuon.log").read_text("utf-8")
    assert "ValueError" in log
    assert leaks(log) == []


def test_a_button_that_fails_logs_no_word_of_the_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr(crash, "LOG", tmp_path / "songuon.log")
    try:
        raise KeyError(NAMES[0], IDS[0])
    except KeyError as error:
        said = apology(error)
    assert leaks(said + (tmp_path / "songuon.log").read_text("utf-8")) == []


def test_nothing_is_left_of_a_run_but_its_book(inbox, committee, tmp_path):
    """No temporary file, neither beside the book nor in the folder for them; here no kept readings either."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    environment = {
        **os.environ,
        "TMPDIR": str(temporary),
        "TEMP": str(temporary),
        "SONGUON_HOME": str(tmp_path / "home"),
    }
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    words = [
        "consolidate",
        inbox,
        "--committee",
        committee,
        "--as-of",
        AS_OF,
        "--workers",
        2,
        "--no-cache",
        "--out",
        tmp_path / "so.xlsx",
    ]
    subprocess.run(
        [sys.executable, "-m", "macros_py", *map(str, words)], capture_output=True, check=False, env=environment
    )
    after = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert after - before == {tmp_path / "so.xlsx"}
