"""The documents say what is so: every command runs, every link resolves, nothing that can be pressed is left out."""

import importlib
import json
import re
import shlex
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from macros_py.actions import table
from macros_py.cli import verbs
from workbook.messages import catalogue

HOUSE = Path(__file__).parents[2]
GUIDE = HOUSE / "docs" / "huong-dan"
PAGES = sorted(page for page in [HOUSE / "README.md", *(HOUSE / "docs").rglob("*.md")])
MADE = ("thong-bao.md", "lenh.md", "mot-trang.docx")
WRITTEN = [page for page in sorted(GUIDE.glob("*.md")) if page.name not in MADE]

#: The pages of the guide as they are practised: what is done in January comes after the year's end.
_TASKS = [page for page in WRITTEN if page.name[0].isdigit()]
PRACTISED = [*_TASKS[:6], _TASKS[7], _TASKS[6], GUIDE / "khi-co-su-co.md"]

#: For each page what every command said.
Told = dict[str, list[dict[str, object]]]

_BLOCK = re.compile(
    r"^( *)(?:<!-- (?:not run: (?P<why>.*?)|(?P<instead>instead of the command above it)) -->\n *)?"
    r"```sh\n(?P<lines>.*?)^ *```$",
    re.DOTALL | re.MULTILINE,
)
_FENCE = re.compile(r"^ *```.*?^ *```$", re.DOTALL | re.MULTILINE)
_IN_LINE = re.compile(r"`(songuon [^`…]+)`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.*)$", re.MULTILINE)

#: What the README's table names beside its commands needs a person, Excel or a window.
_OF_A_PERSON = {"install", "uninstall", "doctor", "palette"}
#: Said in the same words by every command.
_COMMON = {"--help", "--version", "--workers"}


def relative(page: Path) -> str:
    return page.relative_to(HOUSE).as_posix()


@dataclass(frozen=True)
class Block:
    """Commands in a fence; `why` they are not run here, "" where they are; `instead` of others, they write the same."""

    page: Path
    commands: tuple[str, ...]
    why: str
    instead: bool


def blocks() -> Iterator[Block]:
    for page in PAGES:
        for found in _BLOCK.finditer(page.read_text("utf-8")):
            lines = tuple(line.strip() for line in found["lines"].splitlines() if line.strip())
            yield Block(page, lines, found["why"] or "", bool(found["instead"]))


def in_table(page: Path) -> list[str]:
    """The commands in the cells of the tables of a page, as far as they are whole."""
    rows = "\n".join(line for line in page.read_text("utf-8").splitlines() if line.startswith("|"))
    return [one for one in _IN_LINE.findall(rows) if one.split()[1] not in _OF_A_PERSON]


def of_the_guide() -> dict[str, list[tuple[str, bool]]]:
    """For each page of the guide its commands, in the order in which the pages are practised."""
    to_type = by_page()
    return {page: to_type.pop(page) for page in map(relative, PRACTISED) if page in to_type}


def of_books() -> dict[str, list[tuple[str, bool]]]:
    """The pages of the guide that make quota books of the year."""
    return {
        page: commands
        for page, commands in of_the_guide().items()
        if any(" consolidate " in command for command, _ in commands)
    }


def by_page() -> dict[str, list[tuple[str, bool]]]:
    """For each page its commands, and whether each does what the one above it did, in another way."""
    pages = {"table of README.md": [(command, True) for command in in_table(HOUSE / "README.md")]}
    for block in blocks():
        if not block.why:
            pages.setdefault(relative(block.page), []).extend((command, block.instead) for command in block.commands)
    return {page: commands for page, commands in pages.items() if commands}


def type_them(folder: Path, desks: list[dict[str, list[tuple[str, bool]]]], *today: str) -> Told:
    """What every command said on the desk to practise on, page by page."""
    program = [sys.executable, str(HOUSE / "docs" / "pictures" / "guide_run.py"), str(folder), *today]
    done = subprocess.run(program, input=json.dumps(desks), capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def failed(told: list[dict[str, object]]) -> list[dict[str, object]]:
    return [one for one in told if one["failed"] or one["code"] not in (0, 1)]


@pytest.fixture(scope="module")
def typed(tmp_path_factory) -> Told:
    """The guide on one desk from its first page to its last; every other page on a desk of its own."""
    others = [{page: commands} for page, commands in by_page().items() if page not in of_the_guide()]
    return type_them(tmp_path_factory.mktemp("desk"), [of_the_guide(), *others])


@pytest.mark.parametrize("page", by_page())
def test_every_command_of_a_page_runs_one_after_the_other(typed, page):
    assert failed(typed[page]) == []


@pytest.mark.parametrize("page", of_books())
def test_who_practises_in_a_later_year_meets_no_command_that_fails(typed_later, page):
    assert failed(typed_later[page]) == []


def test_a_quota_book_of_a_later_year_is_still_of_the_year_of_the_pages(typed_later):
    books = [one for told in typed_later.values() for one in told if " consolidate " in str(one["command"])]
    assert len(books) >= 4
    for one in books:
        assert "Tính đến ngày 31/12/2026" in one["output"]
        assert "mà sổ tính đến ngày" not in one["output"]  # of a committee book of another year


@pytest.fixture(scope="module")
def typed_later(tmp_path_factory) -> Told:
    """What the guide tells of books once more, typed in the spring after the year of its pages."""
    return type_them(tmp_path_factory.mktemp("later"), [of_books()], "2027-03-10")


def test_the_line_that_a_person_writes_into_a_mapping_is_filled(typed):
    (filled,) = [one for one in typed["docs/huong-dan/6-bao-cao.md"] if "--map" in one["command"]]
    assert "Số đoàn viên ưu tú được giới thiệu" in filled["output"]  # left blank, and told
    assert "Là công nhân (B7): mới có" in filled["output"]  # put in, and said to be what was counted so far


@pytest.mark.parametrize("block", list(blocks()), ids=lambda block: f"{block.page.stem}: {block.commands[0][:40]}")
def test_every_command_in_a_fence_is_ours_and_has_the_options_it_is_given(block):
    for command in block.commands:
        program, *words = shlex.split(command)
        assert program == "songuon" or block.why
        if program == "songuon":
            verb, rest = called(words)
            known = {option for parameter in verb.params for option in parameter.opts}
            assert {word for word in rest if word.startswith("--")} <= known


def called(words: list[str]) -> tuple[click.Command, list[str]]:
    verb: click.Command = verbs
    while isinstance(verb, click.Group):
        verb, words = verb.commands[words[0]], words[1:]
    return verb, words


@pytest.fixture(scope="module")
def maker():
    """The module that makes the pages which are not written."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(GUIDE)
        yield importlib.import_module("make")


@pytest.mark.parametrize("name", MADE)
def test_a_page_that_is_made_is_the_one_that_is_committed(maker, name):
    """Where it is not: python docs/huong-dan/make.py."""
    assert (GUIDE / name).read_bytes() == maker.pages()[name]


def test_every_message_of_the_catalogue_has_its_place():
    page = (GUIDE / "thong-bao.md").read_text("utf-8")
    assert [code for code in catalogue() if f"### `{code}`\n" not in page] == []


@pytest.mark.parametrize("words", ["songuon", "songuon check", "songuon template register"])
def test_the_help_that_is_shown_is_what_the_program_says(words):
    """As it is typed at a terminal of eighty columns."""
    shown = (GUIDE / "lenh.md").read_text("utf-8")
    program = "import sys; from macros_py.cli import main; sys.argv[0] = 'songuon'; main()"
    command = [sys.executable, "-c", program, *words.split()[1:], "--help"]
    said = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout.strip()
    cores = re.compile(r"default: \d+")
    assert cores.sub("default", said) in cores.sub("default", shown)


@pytest.fixture(scope="module")
def guide() -> str:
    """All that is written, not made, for the clerk."""
    return "\n".join(page.read_text("utf-8") for page in WRITTEN)


@pytest.mark.parametrize("action", table().actions, ids=lambda action: action.tag)
def test_every_button_is_told_of_in_a_task(guide, action):
    assert f"**{action.label}**" in guide


def commands_of(group: click.Group, before: str = "songuon") -> Iterator[tuple[str, click.Command]]:
    for name, verb in group.commands.items():
        if isinstance(verb, click.Group):
            yield from commands_of(verb, f"{before} {name}")
        else:
            yield f"{before} {name}", verb


@pytest.mark.parametrize(
    ("words", "verb"), list(commands_of(verbs)), ids=lambda one: one if isinstance(one, str) else ""
)
def test_every_command_and_option_is_told_of_in_a_task(guide, words, verb):
    assert words in guide
    options = {option for one in verb.params if isinstance(one, click.Option) for option in one.opts} - _COMMON
    assert sorted(option for option in options if option not in guide) == []


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_link_and_picture_of_a_page_is_there(page):
    dead = []
    for target in _LINK.findall(_FENCE.sub("", page.read_text("utf-8"))):
        path, _, part = unquote(target).partition("#")
        if "://" in path:
            continue
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (part and part not in anchors(there)):
            dead.append(target)
    assert dead == []


def anchors(page: Path) -> set[str]:
    """Where links into a page may lead, as the places that show such pages name its headings."""
    headings = _HEADING.findall(_FENCE.sub("", page.read_text("utf-8")))
    kept = ("".join(letter for letter in one.casefold() if letter.isalnum() or letter in " -_") for one in headings)
    return {one.replace(" ", "-") for one in kept}


def pictures() -> list[Path]:
    return sorted((GUIDE / "hinh").glob("*.png"))


@pytest.mark.parametrize("picture", pictures(), ids=lambda picture: picture.stem)
def test_a_picture_of_the_guide_is_small_and_shown(guide, picture):
    width = struct.unpack(">I", picture.read_bytes()[16:20])[0]
    assert width <= 1200
    assert picture.stat().st_size <= 200_000
    assert f"hinh/{picture.name}" in guide


@pytest.mark.parametrize("page", [page for page in WRITTEN if page.name[0].isdigit()], ids=lambda page: page.stem)
def test_every_step_of_a_task_has_a_picture_and_says_what_if_it_looks_different(page):
    steps = re.split(r"^## ", page.read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert len(steps) >= 3
    assert [step.splitlines()[0] for step in steps if "![" not in step or "**Nếu khác:**" not in step] == []


@pytest.mark.libreoffice
def test_the_sheet_to_print_fits_one_page(soffice):
    printed = soffice(GUIDE / "mot-trang.docx", "pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1
