"""What is kept of reading: the same as reading, for nobody else's eyes, and never in the way."""

import gzip
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import msoffcrypto
import pytest

from workbook.demo.inbox import make
from workbook.incoming import cache
from workbook.incoming.cache import Cache, clear, through
from workbook.incoming.inbox import jobs, open_all
from workbook.incoming.passwords import Passwords
from workbook.incoming.unlocking import Password

AS_OF = date(2026, 11, 22)
SECRET = "mat-khau-thu"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make(tmp_path_factory.mktemp("demo"), AS_OF, branches=6)


@pytest.fixture
def inbox(made, tmp_path):
    return Path(shutil.copytree(made.inbox, tmp_path / "nhan"))


@pytest.fixture
def kept(tmp_path):
    return Cache(tmp_path / cache.FOLDER)


class Reader:
    """Reads what it is asked for, and remembers what that was."""

    def __init__(self, kept, *inboxes, **given):
        self.read = []
        self.todo = jobs(inboxes, **given)
        self.files = through(kept, self.todo, self._read)

    def _read(self, todo, _told):
        self.read = [job.file for job in todo]
        return open_all(todo)


def said(files):
    """What is said of the files, errors by what they say, for two errors are never equal."""
    return [(one.error and one.error.args, replace(one, error=None)) for one in files]


def columns(reader):
    """Every value with its kind: 1, 1.0 and True are equal, but not the same."""
    return repr([table.columns for one in reader.files for table in one.tables])


def entries(kept):
    return sorted(kept.folder.glob("??/*"))


def test_what_is_kept_is_what_would_be_read(inbox, kept):
    first = Reader(kept, inbox)
    again = Reader(kept, inbox)

    shut = [one.file for one in first.files if one.error]
    assert again.read == shut != []
    assert said(again.files) == said(first.files) == said(open_all(first.todo))
    assert columns(again) == columns(first) != ""


def test_only_the_file_that_changed_is_read_again(inbox, kept):
    first = Reader(kept, inbox)
    known = [one.file for one in first.files if not one.error]
    content = (inbox / known[1]).read_bytes()
    (inbox / known[0]).write_bytes(content)

    again = Reader(kept, inbox)

    assert known[0] not in again.read  # its new content is known from another file
    os.utime(inbox / known[2], (0, 0))
    assert known[2] not in Reader(kept, inbox).read
    again = Reader(kept, inbox)
    assert said(again.files) == said(open_all(again.todo))


def test_progress_counts_what_is_kept(inbox, kept):
    told = []
    todo = jobs([inbox])
    through(kept, todo, lambda rest, say: open_all(rest, 1, say), lambda *said: told.append(said))
    assert told[-1] == (len(todo), len(todo))


def test_a_heading_explained_meanwhile_is_asked_anew(inbox, kept):
    Reader(kept, inbox)
    assert len(Reader(kept, inbox, confirmed={"ghi chu khac": "explanation"}).read) == len(jobs([inbox]))


def test_another_release_reads_anew(inbox, kept, monkeypatch):
    Reader(kept, inbox)
    monkeypatch.setattr(cache, "rules", lambda: "of another release")
    assert len(Reader(kept, inbox).read) == len(jobs([inbox]))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda entry: entry.write_bytes(b""),
        lambda entry: entry.write_bytes(entry.read_bytes()[:-9]),
        lambda entry: entry.write_bytes(b"\x00" * 100),
        lambda entry: entry.write_bytes(gzip.compress(b"[1]")),
        lambda entry: entry.write_bytes(gzip.compress(b'{"dict": []}')),
        lambda entry: entry.write_bytes(entry.read_bytes()[:60] + b"~" + entry.read_bytes()[61:]),
    ],
    ids=["blank", "cut short", "zeros", "something else", "nothing", "one byte wrong"],
)
def test_a_damaged_entry_is_read_anew_and_written_anew(inbox, kept, spoil):
    first = Reader(kept, inbox)
    whole = {entry: entry.read_bytes() for entry in entries(kept)}
    for entry in whole:
        spoil(entry)

    again = Reader(kept, inbox)

    assert len(again.read) == len(again.todo)
    assert said(again.files) == said(first.files)
    assert {entry: entry.read_bytes() for entry in entries(kept)} == whole


def test_an_entry_under_the_name_of_another_is_not_believed(inbox, kept):
    first = Reader(kept, inbox)
    one, other, *_ = entries(kept)
    shutil.copyfile(one, other)
    assert said(Reader(kept, inbox).files) == said(first.files)


def test_what_no_file_has_any_more_is_not_kept(inbox, kept):
    Reader(kept, inbox)
    before = entries(kept)
    (kept.folder / before[0].parent.name / "draft.tmp").write_bytes(b"of a killed run")
    for file in sorted(inbox.rglob("*.xlsx"))[1:]:
        file.unlink()

    Reader(kept, inbox)

    assert len(entries(kept)) < len(before)
    assert not list(kept.folder.rglob("*.tmp"))


def test_a_file_with_a_password_is_not_kept_nor_is_the_password(tmp_path, made, kept):
    inbox = tmp_path / "khoa"
    inbox.mkdir()
    plain = next(one for one in open_all(jobs([made.inbox])) if one.tables and one.path.suffix == ".xlsx").path
    with plain.open("rb") as source, (inbox / "khoa.xlsx").open("wb") as out:
        msoffcrypto.OfficeFile(source).encrypt(SECRET, out)
    shutil.copyfile(plain, inbox / "mo.xlsx")
    given = Passwords(of_others=Password(SECRET))

    first = Reader(kept, inbox, passwords=given)
    assert [one.error for one in first.files] == [None, None]

    assert len(entries(kept)) == 1
    assert Reader(kept, inbox, passwords=given).read == ["khoa.xlsx"]
    assert SECRET.encode() not in gzip.decompress(entries(kept)[0].read_bytes())


@pytest.mark.skipif(os.name != "posix", reason="rights of the file system")
def test_only_the_owner_may_look(inbox, kept):
    Reader(kept, inbox)
    assert {path.stat().st_mode & 0o777 for path in (kept.folder, *kept.folder.glob("??"))} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in (*entries(kept), kept.folder / "README.txt")} == {0o600}


def test_a_word_lies_beside_that_it_may_be_deleted(inbox, kept):
    Reader(kept, inbox)
    assert "Xóa cả thư mục này lúc nào cũng được" in (kept.folder / "README.txt").read_text("utf-8-sig")


@pytest.mark.parametrize("in_the_way", [lambda folder: folder.write_bytes(b""), lambda folder: None])
def test_a_folder_that_takes_nothing_in_stops_no_run(inbox, tmp_path, in_the_way):
    nowhere = tmp_path / "gone" / cache.FOLDER if in_the_way(tmp_path / "file") is None else tmp_path / "file"
    assert said(Reader(Cache(nowhere), inbox).files) == said(open_all(jobs([inbox])))


def test_clearing_takes_ours_away_and_nothing_else(inbox, kept):
    Reader(kept, inbox)
    count = len(entries(kept))
    strange = kept.folder / "của tôi.txt"
    strange.write_text("ở lại")

    assert clear(kept.folder.parent) == count > 0
    assert [path.name for path in kept.folder.rglob("*")] == [strange.name]

    strange.unlink()
    Reader(kept, inbox)
    clear(kept.folder.parent)
    assert not kept.folder.exists()
    assert clear(kept.folder.parent) == 0


def test_the_rules_hold_every_module_that_reading_loads():
    """Whatever a reading process imports of ours decides, or may one day decide, how a file is read."""
    code = """
import sys
import workbook.incoming.inbox
for name, module in list(sys.modules.items()):
    if name.split(".")[0] in ("workbook", "validation"):
        print(module.__file__)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {Path(line).resolve() for line in done.stdout.splitlines()}
    assert len(loaded) > 20
    assert loaded <= {path.resolve() for path in cache._sources()}
