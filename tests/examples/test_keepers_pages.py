"""The pages for who installs and who keeps: what they name is there, and every line of the doctor is explained."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from macros_py.addin.doctor import outcomes

HOUSE = Path(__file__).parents[2]
PAGES = ["CONTRIBUTING.md", "examples/README.md", "docs/install.md", "docs/keeping/README.md"]
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_NAMED = re.compile(r"`((?:validation|workbook|macros_py|tests|docs|examples)/[\w./-]+)`")
#: Made by the examples themselves.
_NOT_YET = {"validation/regulations/2027-02-01-qd-999.toml"}
_STATES = {"good": "tốt", "look": "cần xem", "broken": "hỏng"}
OUTCOMES = [(check, outcome) for check, found in outcomes().items() for outcome in found]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_somewhere(page):
    path = HOUSE / page
    targets = [unquote(target).partition("#")[0] for target in _LINK.findall(path.read_text("utf-8"))]
    assert [target for target in targets if target and not (path.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_is_there(page):
    named = set(_NAMED.findall((HOUSE / page).read_text("utf-8"))) - _NOT_YET
    assert sorted(one for one in named if not (HOUSE / one).exists()) == []


@pytest.fixture(scope="module")
def explained() -> list[tuple[str, str]]:
    """The table of install.md: how a line begins, as a pattern (… differs from machine to machine), and its state."""
    lines = (HOUSE / "docs" / "install.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if line.startswith('| "')]
    return [(re.escape(row[1].strip('"')).replace("…", ".*"), row[2]) for row in rows]


@pytest.mark.parametrize(("check", "outcome"), OUTCOMES)
def test_every_line_of_the_doctor_is_explained_once_with_its_state(check, outcome, explained):
    said = outcomes()[check][outcome]
    assert [state for begins, state in explained if re.match(begins, said["text"])] == [_STATES[said["state"]]]


def test_no_line_is_explained_that_the_doctor_never_says(explained):
    texts = [outcomes()[check][outcome]["text"] for check, outcome in OUTCOMES]
    assert [begins for begins, _ in explained if not any(re.match(begins, text) for text in texts)] == []
