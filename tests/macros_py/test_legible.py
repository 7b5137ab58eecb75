"""What is told about a file cannot command a terminal, whatever the file is called."""

import re
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from macros_py import dialogue
from macros_py.cli import verbs
from workbook.outgoing.write import write_book

ROOM = Path(__file__).parents[2] / "macros_py"
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
TITLE = "\x1b]0;x\x07\n\u202e"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such name can be given there")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a name that a terminal would take for an order."""
    made = tmp_path / f"{TITLE}thu-muc"
    made.mkdir()
    return made


def told(*words: object) -> str:
    done = CliRunner().invoke(verbs, [str(word) for word in words], standalone_mode=False)
    assert done.exception is None
    return done.output


@pytest.mark.parametrize(
    ("verb", "name"),
    [
        (["template", "register"], "so.xlsx"),
        (["template", "committee"], "cap-uy.xlsx"),
        (["template", "report"], "mau.docx"),
        (["install", "--oxt"], "so-nguon.oxt"),
    ],
    ids=["register", "committee", "report", "extension"],
)
def test_where_a_file_was_written_is_told_in_one_legible_line(folder, verb, name):
    said = told(*verb, folder / name)
    assert name in said
    assert not CONTROLS.findall(said)
    assert len(said.splitlines()) == 1


def test_a_form_and_the_mapping_drafted_for_it_are_told_legibly(folder):
    book = openpyxl.Workbook()
    for line in (["Biểu số 9"], ["", "Số"], ["Kết nạp", ""]):
        book.active.append(line)
    book.save(folder / f"{TITLE}bieu.xlsx")
    said = told("template", "map", folder / f"{TITLE}bieu.xlsx")
    assert "bieu.toml" in said
    assert not CONTROLS.findall(said)


def test_what_is_made_from_a_quota_book_is_told_legibly(quota_book, folder):
    write_book(quota_book, folder / "so.xlsx")
    said = told("report", folder / "so.xlsx", "--docx", folder / "a.docx", "--upward", folder / "a.xlsx")
    assert "a.docx" in said
    assert "a.xlsx" in said
    assert not CONTROLS.findall(said)


def test_a_box_that_no_screen_can_show_is_legible_on_the_terminal(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "tkinter", None)
    dialogue.tell(f"Một câu\n{TITLE}câu hai")
    said = capsys.readouterr().err
    assert said.splitlines() == ["Một câu", "]0;x", "câu hai"]
    assert not CONTROLS.findall(said)


def test_one_module_speaks_to_the_terminal():
    """What it is handed is `Legible` by type, so that mypy finds whatever is not."""
    speaking = [
        path.name
        for path in sorted(ROOM.rglob("*.py"))
        if re.search(r"click\.(secho|echo)\(|\bprint\(|std(out|err)\.write\(", path.read_text("utf-8"))
    ]
    assert speaking == ["dialogue.py", "shell.py"]
