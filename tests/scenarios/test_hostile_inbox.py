"""Hostile and locked files in the inbox of a whole run: the shell ends as it should, and nobody else's numbers move."""

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import msoffcrypto
import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from macros_py.cli import verbs
from workbook import run
from workbook.demo.inbox import make
from workbook.incoming import guard
from workbook.incoming.committee_book import read_committee
from workbook.incoming.inbox import jobs, open_all

AS_OF = date(2026, 11, 22)
PROJECT = Path(__file__).parents[2]
HOSTILE = PROJECT.parent / "shared" / "hostile"
SECRET = "mật-Khẩu 9"


@pytest.fixture(scope="module", autouse=True)
def no_child_stays():
    yield
    guard.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make(tmp_path_factory.mktemp("demo") / "xa", AS_OF, branches=4)


@pytest.fixture
def hostile():
    if not HOSTILE.is_dir():
        pytest.skip("the hostile files do not stand beside this repository")
    return HOSTILE


def in_a_process(*words):
    command = [sys.executable, "-m", "macros_py", *map(str, words), "--as-of", AS_OF.isoformat()]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=False, cwd=PROJECT)


def assert_only_sentences(done):
    assert not [word for word in ("Traceback", "panicked", "Error", "Exception") if word in done.stderr]
    assert "Traceback" not in done.stdout


def test_a_check_of_nothing_but_hostile_files_ends_with_findings(hostile):
    done = in_a_process("check", hostile)
    assert done.returncode == 1
    assert_only_sentences(done)


def test_a_book_of_nothing_but_hostile_files_is_made_and_names_every_one(songuon, hostile, made, tmp_path):
    out = tmp_path / "so.xlsx"
    done = songuon("consolidate", hostile, "--committee", made.committee_book, "--out", out, "--as-of", AS_OF)

    assert done.returncode == 1
    assert_only_sentences(done)
    shown = {str(cell) for row in openpyxl.load_workbook(out)["Tình hình nộp"].values for cell in row}
    assert {path.name for path in hostile.iterdir()} <= shown


def test_three_hostile_files_leave_every_figure_of_the_quota_book_as_it_was(hostile, made, tmp_path):
    inbox = tmp_path / "nhan"
    shutil.copytree(made.inbox, inbox)
    committee, _ = read_committee(made.committee_book)
    before = run.book_of(inbox, committee, AS_OF)
    for part in ("oleloop", "Simple.xlsb", "xmlbomb"):
        (source,) = hostile.glob(f"*{part}*")
        shutil.copy(source, inbox / f"aa-{source.name}")
    after = run.book_of(inbox, committee, AS_OF)

    for name in ("branches", "people", "overdue", "findings"):
        pd.testing.assert_frame_equal(_others(getattr(after, name)), _others(getattr(before, name)))
    numbers, counted = dict(after.headline), dict(before.headline)
    assert {item for item in counted if numbers[item] != counted[item]} == {"Tình hình nộp"}  # which counts files too
    assert len(after.submissions) == len(before.submissions) + 3
    pd.testing.assert_frame_equal(_others(after.submissions), _others(before.submissions))


def _others(frame):
    """Without the lines of the hostile files."""
    kept = frame[~frame["file"].str.startswith("aa-")] if "file" in frame else frame
    return kept.reset_index(drop=True)


@pytest.fixture
def locked(made, tmp_path):
    """The inbox with one register of two behind a password, and that register's name."""
    inbox = tmp_path / "nhan"
    shutil.copytree(made.inbox, inbox)
    plain = next(one.path for one in open_all(jobs([inbox])) if one.persons and one.path.suffix == ".xlsx")
    content = plain.read_bytes()
    with (tmp_path / "plain.xlsx").open("w+b") as source, plain.open("wb") as out:
        source.write(content)
        source.seek(0)
        msoffcrypto.OfficeFile(source).encrypt(SECRET, out)
    return inbox, plain


def test_a_book_takes_over_a_locked_register_for_which_the_list_has_a_password(songuon, locked, made, tmp_path):
    inbox, register = locked
    known = tmp_path / "mat-khau.csv"
    known.write_text(f"{register.name};{SECRET}\n", "utf-8")
    words = ["consolidate", inbox, "--committee", made.committee_book, "--as-of", AS_OF, "--out"]
    without = songuon(*words, tmp_path / "khong.xlsx")
    done = songuon(*words, tmp_path / "co.xlsx", "--password-file", known)

    assert (without.returncode, done.returncode) == (1, 1)
    assert SECRET not in done.stdout + done.stderr
    assert register.name in without.stderr + _text(tmp_path / "khong.xlsx")
    assert "có mật khẩu" in _text(tmp_path / "khong.xlsx")
    assert "có mật khẩu" not in _text(tmp_path / "co.xlsx")
    assert SECRET not in _text(tmp_path / "co.xlsx")


def _text(path):
    """Everything that stands in the cells of a book."""
    book = openpyxl.load_workbook(path, read_only=True)
    return "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None)


def test_a_password_is_typed_unseen_where_the_list_is_a_dash(locked):
    _, register = locked
    words = ["check", str(register), "--password-file", "-", "--as-of", AS_OF.isoformat()]
    right = CliRunner().invoke(verbs, words, input=f"{SECRET}\n")
    wrong = CliRunner().invoke(verbs, words, input="sai rồi\n")

    assert "1 tệp" in right.stdout
    assert SECRET not in right.stdout + right.stderr
    assert "sai rồi" not in wrong.stdout + wrong.stderr
    assert "mật khẩu" in wrong.stderr
