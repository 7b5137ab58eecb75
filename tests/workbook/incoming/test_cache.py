"""What is kept of reading: the same as reading, for nobody else's eyes, and never in the way."""

import gzip
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from hashlib import file_digest
from pathlib import Path

import msoffcrypto
import pytest

from workbook.demo.inbox import make
from workbook.errors import CannotWrite
from workbook.incoming import cache
from workbook.incoming.cache import Cache, clear, through
from workbook.incoming.inbox import Job, Opened, jobs, open_all
from workbook.incoming.passwords import Passwords
from workbook.incoming.unlocking import Password

AS_OF = date(2026, 11, 22)
SECRET = "mat-khau-thu"

links = pytest.mark.skipif(os.name != "posix", reason="links need a right of their own on Windows")


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


def test_the_rules_change_with_every_byte_of_a_module_its_name_and_every_version(tmp_path, monkeypatch):
    first, second = tmp_path / "mot.py", tmp_path / "hai.toml"
    first.write_bytes(b"doc = 1")
    second.write_bytes(b"tu = 1")
    monkeypatch.setattr(cache, "_sources", lambda: sorted(tmp_path.iterdir()))
    told = [cache.rules.__wrapped__()]
    first.write_bytes(b"doc = 2")
    told.append(cache.rules.__wrapped__())
    second.rename(tmp_path / "ba.toml")
    told.append(cache.rules.__wrapped__())
    for library in cache._READERS:
        monkeypatch.setattr(cache, "version", lambda name, newer=library: "new" if name == newer else "old")
        told.append(cache.rules.__wrapped__())
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("name", ["so-theo-doi.xls", "~$so.xlsx"])
def test_the_same_content_under_a_name_that_says_another_thing_is_read_by_itself(inbox, kept, name):
    Reader(kept, inbox)
    shutil.copyfile(next(job.path for job in jobs([inbox]) if job.path.suffix == ".xlsx"), inbox / name)
    again = Reader(kept, inbox)
    assert name in again.read
    assert said(again.files) == said(open_all(jobs([inbox])))


def test_equal_texts_are_held_once_whether_read_or_kept(inbox, kept):
    for reader in (Reader(kept, inbox), Reader(kept, inbox)):
        values = [
            one for file in reader.files for table in file.tables for column in table.columns.values() for one in column
        ]
        texts = [one for one in values if type(one) is str]
        assert len({id(one) for one in texts}) == len(set(texts)) < len(texts)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda entry: entry.write_bytes(b""),
        lambda entry: entry.write_bytes(entry.read_bytes()[:-9]),
        lambda entry: entry.write_bytes(b"\x00" * 100),
        lambda entry: entry.write_bytes(gzip.compress(b"[1]")),
        lambda entry: entry.write_bytes(gzip.compress(b'{"dict": []}')),
        lambda entry: entry.write_bytes(entry.read_bytes()[:60] + b"~" + entry.read_bytes()[61:]),
        lambda entry: entry.write_bytes(gzip.compress(b'{"tuple":[' * 100_000)),
        lambda entry: entry.write_bytes(gzip.compress(gzip.decompress(entry.read_bytes()) + b" " * (64 << 20), 1)),
    ],
    ids=["blank", "cut short", "zeros", "something else", "nothing", "one byte wrong", "too deep", "too long"],
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
    (kept.folder / before[0].parent.name / "so-nguon-a1b2_c3d.tmp").write_bytes(b"of a killed run")
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
    shelf = entries(kept)[0].parent
    strange = {kept.folder / "của tôi.txt", kept.folder / "nháp.tmp", shelf / "nháp.tmp", shelf / "sao lưu.json.gz"}
    for one in strange:
        one.write_text("ở lại")
    through(kept, [], lambda todo, _told: open_all(todo))
    assert strange <= set(kept.folder.rglob("*"))

    Reader(kept, inbox)
    assert clear(kept.folder.parent) == count > 0
    assert {path for path in kept.folder.rglob("*") if path.is_file()} == strange

    for one in strange:
        one.unlink()
    Reader(kept, inbox)
    clear(kept.folder.parent)
    assert not kept.folder.exists()
    assert clear(kept.folder.parent) == 0


@links
def test_a_linked_folder_is_neither_written_to_nor_cleared(inbox, kept, tmp_path):
    elsewhere = tmp_path / "nơi khác"
    elsewhere.mkdir()
    kept.folder.symlink_to(elsewhere, target_is_directory=True)

    files = Reader(kept, inbox).files

    assert said(files) == said(open_all(jobs([inbox])))
    assert list(elsewhere.iterdir()) == []
    through(Cache(elsewhere), jobs([inbox]), lambda todo, _told: open_all(todo))
    before = sorted(elsewhere.rglob("*"))
    with pytest.raises(CannotWrite):
        clear(kept.folder.parent)
    assert sorted(elsewhere.rglob("*")) == before != []


@links
def test_a_linked_folder_within_is_neither_written_to_nor_cleared(inbox, kept, tmp_path):
    Reader(kept, inbox)
    shelf = entries(kept)[0].parent
    elsewhere = shelf.rename(tmp_path / "nơi khác")
    shelf.symlink_to(elsewhere, target_is_directory=True)
    before = {path: path.stat().st_mtime_ns for path in elsewhere.iterdir()}
    for file in inbox.rglob("*.xlsx"):
        file.unlink()

    Reader(kept, inbox)
    clear(kept.folder.parent)

    assert {path: path.stat().st_mtime_ns for path in elsewhere.iterdir()} == before != {}


def test_what_cannot_be_cleared_is_said_and_the_rest_is_cleared(inbox, kept):
    Reader(kept, inbox)
    stays = entries(kept)[0]
    stays.unlink()
    stays.mkdir()  # no system lets it be deleted as a file
    with pytest.raises(CannotWrite) as refused:
        clear(kept.folder.parent)
    assert (refused.value.code, entries(kept)) == ("cache.stays", [stays])


@pytest.mark.parametrize(("name", "size"), [("so.xlsx", (200 << 20) + 1), ("so.iso", 10)])
def test_what_no_reader_takes_is_not_even_looked_for(kept, tmp_path, name, size):
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.truncate(size)
        stream.flush()
    with path.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    kept.make()
    kept.keep(Job(name, path), Opened(name, path, sha256=digest))
    assert entries(kept) != []
    assert kept.look(Job(name, path)) is None


@links
def test_a_file_that_leads_out_of_the_inbox_is_named_and_not_opened(inbox, kept, tmp_path):
    outside = tmp_path / "ngoài.xlsx"
    inside = next(one.path for one in open_all(jobs([inbox])) if one.tables and one.path.suffix == ".xlsx")
    shutil.copyfile(inside, outside)
    (inbox / "lối ra.xlsx").symlink_to(outside)
    (inbox / "lối vào.xlsx").symlink_to(inside)
    through(kept, jobs([outside]), lambda todo, _told: open_all(todo))

    files = {one.file: one for one in Reader(kept, inbox).files}

    assert files["lối ra.xlsx"].error.code == "file.outside"
    assert "lối vào.xlsx" not in files  # it is there under its own name
    (named,) = open_all(jobs([inbox / "lối ra.xlsx"]))
    assert named.error is None  # who names it himself means it


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
