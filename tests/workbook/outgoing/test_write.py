"""The quota book becomes a file whole or not at all, and never in the place of another."""

import errno
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pandas as pd
import pytest

from workbook.errors import CannotWrite
from workbook.messages import sentence
from workbook.outgoing.block_book import BlockBook
from workbook.outgoing.block_sheet import BlockSheet
from workbook.outgoing.links import locate_in
from workbook.outgoing.save import save_new
from workbook.outgoing.styles import WORKBOOK_OPTIONS
from workbook.outgoing.write import render, write_book


def test_the_book_is_the_only_thing_that_appears(quota_book, tmp_path):
    write_book(quota_book, tmp_path / "so.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["so.xlsx"]


def test_a_file_that_stands_there_is_never_touched(quota_book, tmp_path):
    out = tmp_path / "so.xlsx"
    out.write_bytes(b"the clerk's own")
    with pytest.raises(CannotWrite) as caught:
        write_book(quota_book, out)
    assert caught.value.code == "write.exists"
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("so.xlsx", b"the clerk's own")]


def test_a_file_that_appears_meanwhile_is_never_touched(tmp_path):
    out = tmp_path / "so.xlsx"
    out.write_bytes(b"another run's")
    with pytest.raises(CannotWrite):
        save_new(b"ours", out)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("so.xlsx", b"another run's")]


@pytest.mark.parametrize("folder", ["missing", "file.txt"])
def test_a_folder_that_is_none_is_one_sentence(quota_book, tmp_path, folder):
    (tmp_path / "file.txt").write_text("no folder")
    with pytest.raises(CannotWrite) as caught:
        write_book(quota_book, tmp_path / folder / "so.xlsx")
    assert caught.value.code == "write.refused"


def test_nothing_is_left_of_a_book_that_fails_half_way(quota_book, tmp_path):
    stranger = replace(quota_book, people=quota_book.people.assign(branch="Chi bộ lạ"))
    with pytest.raises(ValueError, match="does not show"):
        write_book(stranger, tmp_path / "so.xlsx")
    assert not list(tmp_path.iterdir())


FULL = """
import pickle, resource, signal, sys
from pathlib import Path
from workbook.errors import CannotWrite
from workbook.outgoing.write import write_book
book = pickle.loads(sys.stdin.buffer.read())
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    write_book(book, Path(sys.argv[1]))
except CannotWrite as error:
    print(error.code)
"""


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX systems")
@pytest.mark.parametrize("room", [0, 500, 4_096, 10_000, 20_000, 30_000], ids="room for {} bytes".format)
def test_a_disk_that_gets_full_while_a_book_is_packed_is_one_sentence_and_nothing_is_left(quota_book, tmp_path, room):
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / "so.xlsx"), str(room)],
        input=pickle.dumps(quota_book),
        capture_output=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == (b"write.full\n", b"")
    assert list(tmp_path.iterdir()) == []


class Full(BytesIO):
    """A file that refuses its n-th write, and every later one or only that one."""

    def __init__(self, refused, *, once):
        super().__init__()
        self._refused, self._once, self._writes = refused, once, 0

    def write(self, content):
        self._writes += 1
        if self._writes == self._refused or (self._writes > self._refused and not self._once):
            raise OSError(errno.ENOSPC, "full")
        return super().write(content)


@pytest.fixture
def block_book(monkeypatch):
    """A book of two sheets whose parts are handed to the disk in small pieces."""
    monkeypatch.setattr("workbook.outgoing.block_book._PIECE", 2_000)

    def make():
        made = BlockBook(WORKBOOK_OPTIONS)
        for _ in range(2):
            values = pd.Series([f"{at:x}" * 7 for at in range(2_000)])
            made.add_worksheet(worksheet_class=BlockSheet).write_block(0, [(values, made.add_format())])
        return made

    return make


@pytest.mark.parametrize("once", [False, True])
def test_wherever_a_disk_refuses_that_it_is_full_is_what_is_raised(block_book, once):
    whole = Full(0, once=True)
    block_book().pack(whole)
    for refused in range(1, whole._writes + 1, 3):
        with pytest.raises(OSError, match="full") as caught:
            block_book().pack(Full(refused, once=once))
        assert caught.value.errno == errno.ENOSPC


def test_a_book_is_packed_once(block_book):
    made = block_book()
    made.pack(BytesIO())
    with pytest.raises(RuntimeError, match="once"):
        made.pack(BytesIO())


def test_a_part_may_be_longer_than_two_gigabytes(block_book, monkeypatch):
    whole = BytesIO()
    monkeypatch.setattr("zipfile.ZIP64_LIMIT", 3_000)
    block_book().pack(whole)
    assert ZipFile(whole).testzip() is None


def test_the_same_book_gives_the_same_bytes(quota_book, tmp_path):
    locate = locate_in(None, tmp_path / "so.xlsx")
    assert render(quota_book, locate) == render(quota_book, locate)


@pytest.mark.parametrize("code", ["write.exists", "write.refused"])
def test_every_refusal_has_its_sentence(code):
    said = sentence(code, {"path": "so.xlsx"})
    assert "so.xlsx" in said.message
    assert said.fix


@pytest.mark.parametrize(
    "file",
    [
        "..\\\\a.xlsx",
        "mailto:a.xlsx",
        "\\\\\\\\may\\\\a.xlsx",
        "a\n.xlsx",
        "a\u2028.xlsx",
        "../ngoai.xlsx",
        "/etc/hostname",
    ],
    ids=["a path of Windows", "a scheme", "a server", "a line end", "another line end", "a folder above", "the root"],
)
def test_a_name_that_leads_out_of_the_inbox_has_no_hyperlink(tmp_path, file):
    inbox = tmp_path / "nhan"
    inbox.mkdir()
    (tmp_path / "ngoai.xlsx").write_bytes(b"")
    if "/" not in file:
        (inbox / file).write_bytes(b"")
    assert locate_in(inbox, inbox / "so.xlsx")(file, "Sổ", "A1") == ""


@pytest.mark.parametrize("file", ["missing.xlsx", "a#b.xlsx", "50%.xlsx", ""])
def test_what_a_hyperlink_cannot_reach_has_none(tmp_path, file):
    for name in ("a#b.xlsx", "50%.xlsx"):
        (tmp_path / name).write_bytes(b"")
    assert locate_in(tmp_path, tmp_path / "so.xlsx")(file, "Sổ", "A1") == ""


def test_a_sheet_name_with_a_quote_is_still_found(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"")
    assert locate_in(tmp_path, tmp_path / "so.xlsx")("a.xlsx", "Sổ 'mới'", "F12") == "external:a.xlsx#'Sổ ''mới'''!F12"
