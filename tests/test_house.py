"""Tests about the house itself: direction, tools, languages, catalogues, sizes."""

import ast
import importlib
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
ROOMS = ("validation", "workbook", "macros_py")
SOURCES = sorted(path for room in ROOMS for path in (HOUSE / room).rglob("*.py"))

#: Where Vietnamese may stand in code: headings and sheet titles. Sentences live in TOML.
VIETNAMESE = ("workbook/layout.py", "workbook/outgoing/sheets/", "workbook/demo/")


def relative(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@pytest.mark.parametrize(
    "tool",
    [
        pytest.param(["ruff", "check", "."], id="ruff"),
        pytest.param(["ruff", "format", "--check", "."], id="format"),
        pytest.param(["mypy"], id="mypy"),
        pytest.param(["importlinter.cli"], id="import contracts"),
    ],
)
def test_the_tools_are_content(tool):
    command = (
        ["-c", "from importlinter.cli import lint_imports_command as run; run()"] if "." in tool[0] else ["-m", *tool]
    )
    done = subprocess.run([sys.executable, *command], cwd=HOUSE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_stranger_shares_a_room():
    """The rooms' names exist on the public index; another owner would merge with ours without a word."""
    owners = importlib.metadata.packages_distributions()
    for room in ROOMS:
        assert set(owners.get(room, ())) <= {"so-nguon"}
        assert Path(importlib.import_module(room).__file__).parent == HOUSE / room


def test_there_is_no_package_under_tests():
    """An `__init__.py` there would shadow the real package of the same name."""
    assert not list((HOUSE / "tests").rglob("__init__.py"))


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_a_module_says_what_it_is_for(path):
    assert ast.get_docstring(tree(path))


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_a_module_is_one_thing(path):
    assert len(path.read_text("utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_a_function_fits_a_screen(path):
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 40
    ]
    assert not long


def test_nine_functions_in_ten_have_at_most_twenty_five_lines():
    lengths = sorted(
        node.end_lineno - node.lineno + 1
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef)
    )
    assert lengths[len(lengths) * 9 // 10] <= 25


@pytest.mark.parametrize("path", [p for p in SOURCES if not relative(p).startswith(VIETNAMESE)], ids=relative)
def test_vietnamese_stands_only_where_people_read_it(path):
    module = tree(path)
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    after_names = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    foreign = [
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documentation | after_names
        and any("\u00c0" <= letter <= "\u1ef9" and letter.isalpha() for letter in node.value)
    ]
    assert not foreign


def imported(path: Path) -> set[str]:
    return imported_by(tree(path))


@cache
def imported_by(module: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_an_import_is_seen_however_it_is_written():
    """`from xlwings import pro` and `import xlwings.pro` are one thing."""
    for line in ("from xlwings import pro", "import xlwings.pro", "from xlwings.pro import reports"):
        assert any(name.startswith("xlwings.pro") for name in imported_by(ast.parse(line)))


DOORS = {
    "xlwings": ("macros_py/excel.py", "macros_py/attach.py", "macros_py/engines/", "macros_py/functions.py"),
    "pandera": ("validation/",),
    "distributed": ("macros_py/cluster.py",),
    "python_calamine": ("workbook/incoming/read.py",),
    "openpyxl": ("workbook/incoming/", "workbook/outgoing/", "workbook/demo/"),
    "xlsxwriter": ("workbook/outgoing/", "workbook/demo/"),
    "docx": ("workbook/outgoing/word_", "workbook/outgoing/report.py", "workbook/incoming/word.py"),
    "docxtpl": ("workbook/outgoing/report.py",),
    "lxml": (
        *("workbook/outgoing/package.py", "workbook/outgoing/package_links.py", "workbook/outgoing/sheet_part.py"),
        *("workbook/outgoing/slip_", "workbook/outgoing/form", "workbook/outgoing/report"),
    ),
    "msoffcrypto": ("workbook/incoming/unlocking.py", "workbook/outgoing/locking.py"),
}


@pytest.mark.parametrize("door", DOORS)
def test_only_the_doorkeeper_speaks_to(door):
    strangers = [
        relative(path)
        for path in SOURCES
        if any(name.split(".")[0] == door for name in imported(path)) and not relative(path).startswith(DOORS[door])
    ]
    assert not strangers


def test_nothing_imports_the_paid_part_of_xlwings():
    assert not [relative(path) for path in SOURCES if any(name.startswith("xlwings.pro") for name in imported(path))]


def test_every_suppression_says_why():
    bare = [
        f"{relative(path)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if ("# noqa" in line or "type: ignore" in line) and " - " not in line.split("#", 1)[1]
    ]
    assert not bare


def test_every_phrase_is_used_and_every_used_phrase_exists():
    from workbook import phrases

    text = "\n".join(path.read_text("utf-8") for path in SOURCES)
    used_families = ("state.", "aside.", "clock.")
    unused = [key for key in sorted(phrases.keys()) if not key.startswith(used_families) and key not in text]
    assert not unused
    assert sorted(said_phrases() - phrases.keys()) == []


def said_phrases() -> set[str]:
    """Keys that the code asks a phrase for, or refuses with, as far as they stand there in full."""
    calls = (node for path in SOURCES for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    first = (call.args[0] for call in calls if call.args and name_of(call.func) in ("phrase", "Refused"))
    return {node.value for node in first if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_versions_are_pinned_for_every_direct_dependency():
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
    pinned = {pin.split("==")[0] for pin in project["tool"]["uv"]["constraint-dependencies"]}
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[><=\[]", line)[0] for line in wanted}
    assert {name for name in names if not name.startswith("types-")} <= pinned


def test_the_readme_commands_do_their_own_set_up():
    readme = (HOUSE / "README.md").read_text("utf-8")
    for mark in ("demo command", "test command"):
        command = readme.split(f"<!-- {mark} -->\n")[1].splitlines()[0]
        assert command.startswith("    python3 -m venv .venv && ")


@cache
def said_codes() -> set[str]:
    """Every code that the rooms may ask a sentence for, wherever it is named."""
    from validation.regulation import load, overlay_names
    from validation.rules.table import RULES
    from workbook.incoming.normalise import LEVELS

    rulebook = load(tuple(overlay_names()))
    deadlines = {one.code for regulation in rulebook.regulations for one in regulation.deadlines}
    return set(RULES) | set(LEVELS) | deadlines | spoken_codes()


def spoken_codes() -> set[str]:
    """First arguments of questions and errors, as they stand in the code."""
    from workbook import errors

    speakers = {"Question", "ask"} | {name for name, value in vars(errors).items() if isinstance(value, type)}
    calls = (node for path in SOURCES for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    first = (call.args[0] for call in calls if call.args and name_of(call.func) in speakers)
    return {node.value for node in first if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_every_code_has_a_sentence_with_fault_and_fix():
    from workbook.messages import catalogue

    said = catalogue()
    mute = [code for code in sorted(said_codes()) if code not in said and code.partition(".")[0] not in said]
    assert not mute
    assert not [code for code, words in said.items() if not words.get("fault") or not words.get("fix")]


def test_every_sentence_has_a_code():
    from workbook.messages import catalogue

    families = {code.partition(".")[0] for code in said_codes()}
    text = "\n".join(path.read_text("utf-8") for path in SOURCES)
    known = said_codes() | families
    assert not [code for code in catalogue() if code not in known and f'"{code}"' not in text]
