"""Whatever command a page names, in a fence of any kind, an indented line or a sentence, is there to be typed.

`test_guide.py` types what a clerk is told to type. Here nothing is run: every verb is a verb, every option an option.
"""

import ast
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from macros_py.cli import verbs

HOUSE = Path(__file__).parents[2]
_ROOMS = [HOUSE / name for name in ("validation", "workbook", "macros_py")]
_ROOT = [HOUSE / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "examples/README.md")]
PAGES = sorted([*_ROOT, *(HOUSE / "docs").rglob("*.md")])

_FENCE = re.compile(r"^ *```\w*\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_INDENTED = re.compile(r"^ {4,}(\S.*)$", re.MULTILINE)
_INLINE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_COMMENT = re.compile(r"\s#.*$", re.MULTILINE)
#: What ends a command: another one, or a sentence about it.
_PARTED = re.compile(r"\s*(?:&&|\||;|>|\n)\s*")
_OPTION = re.compile(r"--[\w-]+")
_SCRIPT = re.compile(r"(?:benchmarks|docs|examples|tests)/[\w/-]+\.py")

#: Options of other programs that stand alone in a sentence.
_OF_OTHERS = {"--wb": "what xlwings hands to the program", "--from_xl": "likewise"}

#: What lies in a folder of this house, wherever a piece of code names it; what the examples make is not yet there.
_PATH = re.compile(
    r"(?<![\w./~-])(?:\.ci|benchmarks|docs|examples|macros_py|tests|validation|workbook)/[\w./*-]*[\w*/]"
)
#: A piece that is a path as a whole.
_WHOLE = re.compile(r"\.?[\w-]+(?:/[\w.*-]+)+/?")
_NOT_HERE = {
    "validation/regulations/2027-02-01-qd-999.toml": "made by an example",
    "so-nguon-demo/so-chi-tieu.xlsx": "made by the demo",
    ".songuon/songuon.log": "made by the program, in the user's folder",
    ".songuon/tong-hop-lan-cuoi.json": "likewise",
    "docProps/core.xml": "a part of every Office file",
}


def told_on(page: Path) -> list[str]:
    """The lines of all fences, the indented lines and the pieces within sentences that a page shows as typed."""
    text = page.read_text("utf-8")
    rest = _FENCE.sub("", text)
    fenced = [line.strip() for block in _FENCE.findall(text) for line in _COMMENT.sub("", block).splitlines()]
    inline = [" ".join(piece.split()) for piece in _INLINE.findall(rest)]
    return [one for one in (*fenced, *_INDENTED.findall(rest), *inline) if one]


def commands_on(page: Path) -> Iterator[list[str]]:
    """The words of every command, `$` and whatever stands before the program taken off."""
    for line in told_on(page):
        for command in _PARTED.split(line.removeprefix("$ ")):
            try:
                yield shlex.split(command)
            except ValueError:  # an apostrophe or a quotation mark of a sentence
                yield command.split()


def ours(words: list[str]) -> list[str] | None:
    """The words that follow our own program; None where it is not called."""
    at = next(
        (at for at, word in enumerate(words) if word == "songuon" or word.endswith(("/songuon", "\\songuon"))), None
    )
    return None if at is None else words[at + 1 :]


def wrong_with(words: list[str]) -> list[str]:
    """What of a call of ours the program does not know."""
    verb: click.Command = verbs
    while isinstance(verb, click.Group) and words and re.fullmatch(r"[a-z][\w-]*", words[0]):
        if words[0] not in verb.commands:
            return [words[0]]
        verb, words = verb.commands[words[0]], words[1:]
    known = {"--help", *(option for one in verb.params for option in one.opts)}
    return [option for word in words for option in _OPTION.findall(word) if option not in known]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(HOUSE).as_posix())
def test_every_command_of_ours_that_a_page_names_has_that_verb_and_those_options(page):
    called = [words for command in commands_on(page) if (words := ours(command))]
    assert [wrong for words in called for wrong in wrong_with(words)] == []


def script_of(words: list[str]) -> tuple[Path, list[str]] | None:
    """The script of ours that a command starts, and what it is given."""
    for at, word in enumerate(words):
        if word == "-m" and words[at + 1 :][:1] and words[at + 1].startswith("benchmarks."):
            return HOUSE / (words[at + 1].replace(".", "/") + ".py"), words[at + 2 :]
        if _SCRIPT.fullmatch(word) and "python" in Path(words[at - 1]).name:
            return HOUSE / word, words[at + 1 :]
    return None


@cache
def options_of(script: Path) -> frozenset[str]:
    """The options that a script hands to its parser; raises OSError where there is no such script."""
    text = script.read_text("utf-8")
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    given = (word.value for call in calls for word in call.args if isinstance(word, ast.Constant))
    assert "__main__" in text, "nothing to start"
    return frozenset(word for word in given if isinstance(word, str) and _OPTION.fullmatch(word))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(HOUSE).as_posix())
def test_every_script_of_ours_that_a_page_starts_is_there_and_knows_its_options(page):
    for command in commands_on(page):
        if started := script_of(command):
            script, words = started
            assert script.exists(), f"{script} is not there"
            assert {word for word in words if word.startswith("--")} <= options_of(script)


def every_option() -> set[str]:
    """All options of the program, of its verbs and of its scripts."""
    found, groups = {"--help"}, [verbs]
    while groups:
        group = groups.pop()
        groups += [verb for verb in group.commands.values() if isinstance(verb, click.Group)]
        for verb in (group, *group.commands.values()):
            found |= {option for one in verb.params for option in (*one.opts, *one.secondary_opts)}
    scripts = {started[0] for page in PAGES for command in commands_on(page) if (started := script_of(command))}
    return found.union(*(options_of(script) for script in scripts if script.exists()))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(HOUSE).as_posix())
def test_an_option_that_stands_alone_in_a_sentence_is_one_of_ours(page):
    alone = [words[0] for words in commands_on(page) if words and words[0].startswith("--")]
    named = {option for word in alone for option in _OPTION.findall(word)}
    assert sorted(named - every_option() - _OF_OTHERS.keys()) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(HOUSE).as_posix())
def test_every_path_of_the_house_that_a_page_names_is_there(page):
    pieces = told_on(page)
    named = {path for piece in pieces for path in _PATH.findall(piece)} | set(filter(_WHOLE.fullmatch, pieces))
    assert sorted(path for path in named - _NOT_HERE.keys() if not is_there(path, page)) == []


def is_there(path: str, page: Path) -> bool:
    """In the house, in one of its rooms, or beside the page."""
    return any(any(folder.glob(path)) for folder in (HOUSE, *_ROOMS, page.parent))


def test_the_pages_name_commands_in_every_way_that_is_looked_at():
    """Where one of these lists is empty, the tests above look at nothing."""
    texts = [page.read_text("utf-8") for page in PAGES]
    assert sum("```console" in text for text in texts) >= 3
    assert sum(bool(ours(words)) for page in PAGES for words in commands_on(page)) >= 140
    assert sum(script_of(words) is not None for page in PAGES for words in commands_on(page)) >= 15


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("songuon instal --oxxt so.oxt", ["instal"]),
        ("~/so-nguon/bin/songuon install --oxxt so.oxt", ["--oxxt"]),
        ("songuon purge so.xlsx --untill 2025-12-31", ["--untill"]),
        (".venv/bin/uv run -q songuon template regster so.xlsx", ["regster"]),
        ("songuon template map bieu.xlsx ban-do.toml", []),
        ("songuon --version", []),
    ],
)
def test_a_command_that_does_not_exist_is_seen(written, wrong):
    words = ours(shlex.split(written))
    assert words is not None
    assert wrong_with(words) == wrong
