"""The workbooks of `examples/`: built by the templates, judged as their page says, and everybody in them made up."""

import json
import re
import runpy
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from macros_py.cli import verbs
from workbook.layout import HEADING, REGISTER_SHEET
from workbook.outgoing.register_template import FIRST, HEADINGS

EXAMPLES = Path(__file__).parents[2] / "examples"
PAGE = (EXAMPLES / "README.md").read_text("utf-8")
BOOKS = sorted(path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.rglob("*.xlsx"))
INBOX = "filled/inbox"


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("examples")
    runpy.run_path(str(EXAMPLES / "make.py"))["main"](folder)
    return folder


def typed(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(verbs, list(words), standalone_mode=False)
    assert done.exception is None
    return done.return_value, done.stdout


def shown(path: Path) -> dict[str, dict[str, object]]:
    """Every cell that holds something, with its rules and colours counted, sheet by sheet."""
    return {
        sheet.title: {
            **{cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None},
            "rules": len(sheet.data_validations.dataValidation),
            "colours": len(sheet.conditional_formatting),
        }
        for sheet in openpyxl.load_workbook(path)
    }


@pytest.mark.parametrize("name", BOOKS)
def test_a_workbook_is_the_one_that_would_be_built_today(name, built):
    """Where it is not: .venv/bin/uv run -q python examples/make.py"""
    assert shown(EXAMPLES / name) == shown(built / name)


@pytest.mark.parametrize("name", BOOKS)
def test_a_workbook_is_the_same_bytes_whenever_it_is_built(name, built):
    """No moment of the making stands in it: neither with a part nor among its properties."""
    with zipfile.ZipFile(built / name) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = openpyxl.load_workbook(built / name).properties
    assert properties.created == properties.modified


def test_no_workbook_was_forgotten(built):
    assert sorted(path.relative_to(built).as_posix() for path in built.rglob("*.xlsx")) == BOOKS


def test_a_build_that_fails_leaves_what_was_there(built, tmp_path):
    folder = shutil.copytree(built, tmp_path / "examples")
    before = {path: path.read_bytes() for path in folder.rglob("*.xlsx")}
    make = runpy.run_path(str(EXAMPLES / "make.py"))
    make["FAULTS"][1, "sex"] = object()  # no cell can hold it
    with pytest.raises(ValueError, match="Cannot convert"):
        make["main"](folder)
    assert {path: path.read_bytes() for path in folder.rglob("*.xlsx")} == before


def test_a_filled_register_still_has_the_lists_and_colours_of_the_blank_one():
    blank = shown(EXAMPLES / "blank/so-theo-doi.xlsx")[REGISTER_SHEET]
    for path in (EXAMPLES / INBOX).iterdir():
        filled = shown(path)[REGISTER_SHEET]
        assert (filled["rules"], filled["colours"]) == (blank["rules"], blank["colours"])


@pytest.mark.parametrize("kind", ["register", "committee"])
def test_a_blank_workbook_is_what_the_command_writes(kind, tmp_path):
    out = tmp_path / "blank.xlsx"
    assert typed("template", kind, str(out))[0] == 0
    name = {"register": "so-theo-doi.xlsx", "committee": "so-cap-uy.xlsx"}[kind]
    assert shown(out) == shown(EXAMPLES / "blank" / name)


def check(*paths: str) -> list[dict[str, str]]:
    committee = str(EXAMPLES / "filled" / "so-cap-uy.xlsx")
    words = ["--committee", committee, "--as-of", "2026-11-22", "--format", "json"]
    code, told = typed("check", *(str(EXAMPLES / path) for path in paths), *words)
    found = json.loads(told)
    assert code == (1 if found else 0)
    return found


@pytest.mark.parametrize("path", ["blank/so-theo-doi.xlsx", f"{INBOX}/chi-bo-thon-may-trang.xlsx"])
def test_a_register_without_a_fault_passes(path):
    assert check(path) == []


def test_the_register_with_faults_has_those_of_the_table_and_no_other():
    told = re.findall(r"^\| ([A-Z]+\d+) \| `([\w.]+)` \|", PAGE, re.MULTILINE)
    assert len(told) == 5
    assert [(one["cell"], one["code"]) for one in check(INBOX)] == told


def test_one_person_is_overdue_and_the_quota_book_counts_one_of_three(tmp_path):
    committee = shutil.copy(EXAMPLES / "filled" / "so-cap-uy.xlsx", tmp_path)  # what is read is kept beside it
    common = [str(EXAMPLES / INBOX), "--committee", str(committee), "--as-of", "2026-11-22"]
    assert "\n1 việc quá hạn" in typed("overdue", *common)[1]
    code, told = typed("consolidate", *common, "--out", str(tmp_path / "so.xlsx"))
    assert (code, "1/3 = 33,33%" in told) == (1, True)
    assert (tmp_path / "so.xlsx").is_file()


def test_everybody_is_made_up():
    place = list(HEADING).index("citizen_id") + 1
    for path in (EXAMPLES / INBOX).iterdir():
        sheet = openpyxl.load_workbook(path)[REGISTER_SHEET]
        assert sheet.cell(HEADINGS + 1, place).value == HEADING["citizen_id"]
        numbers = [sheet.cell(FIRST + line, place).value for line in range(1, 8)]
        assert all(str(number).startswith("099") for number in numbers if number)
        assert sum(map(bool, numbers)) >= 5
