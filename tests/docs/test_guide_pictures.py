"""What the guide shows is what it tells: pictures match the commands above them."""

import importlib
import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

import pytest

HOUSE = Path(__file__).parents[2]
GUIDE = HOUSE / "docs" / "huong-dan"
SCRIPTS = HOUSE / "docs" / "pictures"
TASKS = sorted(page for page in GUIDE.glob("*.md") if page.name[0].isdigit())

_FENCE = re.compile(r"^ *```sh\n(?P<lines>.*?)^ *```$", re.DOTALL | re.MULTILINE)
_WORKED = re.compile(r"^```toml\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def scripts() -> Iterator[dict[str, ModuleType]]:
    """The scripts that make the pictures of shells and of paper, by name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SCRIPTS)
        yield {name: importlib.import_module(name) for name in ("guide_run", "guide_shell", "guide_papers")}


def above(picture: str) -> list[Sequence[str]]:
    """The commands of the fence above the picture, on every page that shows it."""
    told = []
    for page in TASKS:
        before, shown, _ = page.read_text("utf-8").partition(f"](hinh/{picture}.png)")
        if shown:
            told.append(commands(before)[-1])
    return told


def commands(text: str) -> list[Sequence[str]]:
    """The commands of every fence in a text."""
    return [[line.strip() for line in found["lines"].splitlines()] for found in _FENCE.finditer(text)]


def test_the_command_of_a_picture_is_the_one_in_the_fence_above_it(scripts):
    shown = {name: command for name, (command, _, _) in scripts["guide_shell"].SHOWN.items()}
    shown["6-ban-do"] = scripts["guide_shell"].MAPPED
    assert {name: fences for name in shown if not (fences := above(name))} == {}
    assert [(name, fence) for name, command in shown.items() for fence in above(name) if command not in fence] == []


def test_the_papers_that_are_shown_are_written_by_commands_of_the_pages(scripts):
    told = {one for page in TASKS for fence in commands(page.read_text("utf-8")) for one in fence}
    assert [command for command in scripts["guide_papers"].WRITING if command not in told] == []


@pytest.mark.parametrize("picture", sorted((GUIDE / "hinh").glob("*.png")), ids=lambda picture: picture.stem)
def test_a_picture_of_the_guide_is_made_by_a_script(picture):
    named = re.compile(rf'["/]{picture.stem}(?:"|\.png")')
    assert any(named.search(script.read_text("utf-8")) for script in SCRIPTS.glob("guide*.py"))


def test_the_line_of_a_mapping_that_the_page_writes_is_the_one_a_person_writes_on_the_desk(scripts):
    (worked,) = _WORKED.findall((GUIDE / "6-bao-cao.md").read_text("utf-8"))
    line = tomllib.loads(worked)
    assert (line["row"], line["value"]) == scripts["guide_run"].UNKNOWN
