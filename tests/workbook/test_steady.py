"""An inbox that does not stand still while it is read: noticed, told in one sentence, nothing mixed."""

import os
from datetime import date
from hashlib import sha256

import openpyxl
import pytest

from workbook import run
from workbook.demo.inbox import make
from workbook.incoming.read import LONGEST_FILE
from workbook.messages import sentence
from workbook.steady import listed, moved

AS_OF = date(2026, 11, 22)


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "nhan"
    for name in ("a.xlsx", "xa/b.xlsx"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    return folder


def digests(inbox):
    return {file: sha256((inbox / file).read_bytes()).hexdigest() for file in listed(inbox)}


def told(before, inbox, read):
    return [(question.code, question.detail["files"]) for _, question in moved(before, inbox, read)]


def test_an_inbox_that_stands_still_asks_nothing(inbox):
    assert told(listed(inbox), inbox, digests(inbox)) == []


@pytest.mark.parametrize(
    ("change", "code", "file"),
    [
        (lambda inbox: (inbox / "c.xlsx").write_bytes(b"new"), "inbox.came", "c.xlsx"),
        (lambda inbox: (inbox / "a.xlsx").unlink(), "inbox.went", "a.xlsx"),
        (lambda inbox: (inbox / "xa/b.xlsx").write_bytes(b"grown and grown"), "inbox.written", "xa/b.xlsx"),
    ],
    ids=["a file that came", "a file that went", "a file that grew"],
)
def test_what_happens_meanwhile_is_told_in_a_sentence_that_names_the_file(inbox, change, code, file):
    before, read = listed(inbox), digests(inbox)
    change(inbox)
    assert told(before, inbox, read) == [(code, file)]
    ((_, question),) = moved(before, inbox, read)
    assert file in sentence(code, question.detail).message


def test_a_file_that_is_replaced_before_it_is_read_is_read_as_it_is_then(inbox):
    before = listed(inbox)
    (inbox / "a.xlsx").write_bytes(b"another of another length")
    assert told(before, inbox, digests(inbox)) == []


def test_a_file_that_is_only_touched_has_not_changed(inbox):
    before, read = listed(inbox), digests(inbox)
    os.utime(inbox / "a.xlsx", (1, 1))
    assert told(before, inbox, read) == []


def test_a_touched_file_longer_than_any_register_is_told_unread(inbox):
    with (inbox / "a.xlsx").open("r+b") as stream:
        stream.truncate(LONGEST_FILE + 1)
    before, read = listed(inbox), digests(inbox)
    os.utime(inbox / "a.xlsx", (1, 1))
    assert told(before, inbox, read) == [("inbox.written", "a.xlsx")]


def test_many_files_are_one_sentence(inbox):
    before, read = listed(inbox), digests(inbox)
    for number in range(30):
        (inbox / f"{number}.xlsx").write_bytes(b"")
    ((_, question),) = moved(before, inbox, read)
    assert question.detail["count"] == 30
    assert len(sentence(question.code, question.detail).message) < 200


def test_a_run_tells_what_changed_and_its_book_holds_the_version_that_was_read(tmp_path, monkeypatch):
    made = make(tmp_path / "demo", AS_OF, branches=4)
    first = next(path for path in sorted(made.inbox.rglob("*.xlsx")) if path.is_file())
    was, finished = sha256(first.read_bytes()).hexdigest(), run.consolidate

    def consolidate(*arguments):
        first.write_bytes(b"half a file")
        (made.inbox / "den-sau.xlsx").write_bytes(b"")
        return finished(*arguments)

    monkeypatch.setattr(run, "consolidate", consolidate)
    out = tmp_path / "so.xlsx"
    _, doubts = run.consolidate_inbox(made.inbox, made.committee_book, out, AS_OF)

    assert [one.question.code for one in doubts if one.file == made.inbox.name] == ["inbox.came", "inbox.written"]
    board = openpyxl.load_workbook(out)["Tình hình nộp"]
    digests = {cell.value for row in board.iter_rows() for cell in row}
    assert was in digests
    assert "den-sau.xlsx" not in digests
