"""The pages for who installs and who keeps: what they name is there, and every line of the doctor is explained.

Links and commands of all pages are looked at in tests/docs, which calls what is run.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from macros_py.actions import table
from macros_py.addin.doctor import outcomes
from validation.vocabulary import Stage, Step
from workbook.layout import Kind
from workbook.outgoing.write import SHEETS

HOUSE = Path(__file__).parents[2]
_DOCS = HOUSE / "docs"
#: For who keeps, installs or judges the program; the clerk's guide is tests/docs/test_guide.py's.
_KEEPERS = [*_DOCS.glob("*.md"), *(_DOCS / "keeping").glob("*.md"), *(_DOCS / "decisions").glob("*.md")]
PAGES = [
    *("README.md", "CONTRIBUTING.md", "SECURITY.md", "examples/README.md"),
    *sorted(page.relative_to(HOUSE).as_posix() for page in _KEEPERS),
]
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


@pytest.mark.parametrize("picture", sorted((_DOCS / "pictures").glob("*.png")), ids=lambda picture: picture.stem)
def test_every_picture_is_shown_or_linked_by_a_page(picture):
    pages = [HOUSE / "README.md", *_DOCS.rglob("*.md")]
    assert any(f"pictures/{picture.name})" in page.read_text("utf-8") for page in pages)


# --- names of the code


_FENCE = re.compile(r"^ *```.*?^ *```$", re.DOTALL | re.MULTILINE)
_PIECE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_WORD = re.compile(r"\w+")
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
#: Words that only code is written in: with an underscore or a point, with a capital inside, in capitals.
_CODED = re.compile(r"\w*_\w*|.*\w\.\w.*|.*[a-z][A-Z].*|[A-Z][A-Z\d]+")
_FILE = re.compile(r"[\w-]+\.(?:py|toml|md|patch|cmd|txt|csv)")
#: A name, and the module in which the page says it stands: "`SHEETS` in `…`", "`_WHO` (`…`)".
_STANDS = re.compile(
    r"`(\w+)`(?: and its `(\w+)`)? ?(?:in|of|\() ?`((?:validation|workbook|macros_py|tests)/[\w./]+\.py)`"
)
_WRITTEN_IN = {".py", ".toml", ".bas", ".xml", ".vbs", ".patch", ".cmd"}
#: Names of others, and why a page names them.
_OF_OTHERS = {
    "ms_ovba": "a library that was looked at and not taken",
    "ms_cfb": "likewise",
    "ms_ovba_compression": "likewise",
    "VSTACK": "a function of Excel",
    "DASK_DISTRIBUTED__WORKER__MEMORY__SPILL": "a setting of Dask",
}
#: Pages whose pieces are names of other people's files.
_FILES_OF_OTHERS = re.compile(r"(?:ClosedXML|ExcelDataReader|PhpSpreadsheet|POI|XlsxWriter|calamine) .*\.xls[xb]?")


@cache
def house_files() -> tuple[Path, ...]:
    """All that the house is written in, without these tests: they may name what is not there."""
    folders = ("validation", "workbook", "macros_py", "tests", "benchmarks", "docs", "examples")
    found = [path for folder in folders for path in (HOUSE / folder).rglob("*") if "__pycache__" not in path.parts]
    return (*found, *HOUSE.glob("*.*"))


@cache
def words_of_the_code() -> frozenset[str]:
    unread = {Path(__file__), HOUSE / "tests" / "docs" / "test_named_commands.py"}
    written = (path for path in house_files() if path.suffix in _WRITTEN_IN and path not in unread)
    return frozenset(word for path in written for word in _WORD.findall(path.read_text("utf-8")))


def names_in(text: str) -> Iterator[str]:
    """What in backticks looks like a name of the code; paths and what is typed are looked at elsewhere."""
    for piece in _PIECE.findall(_FENCE.sub("", text)):
        said = piece if not re.search(r"^[…<]|--\w|[/$\\]|songuon|^\W*\w+-\w", piece) else ""
        if not (_FILES_OF_OTHERS.fullmatch(said) or _FILE.fullmatch(said)):
            yield from (name for name in _DOTTED.findall(said) if _CODED.fullmatch(name))


def is_known(name: str) -> bool:
    return words_of_the_code().issuperset(name.split("."))


@pytest.mark.parametrize("page", PAGES)
def test_every_name_of_the_code_that_a_page_names_is_there(page):
    named = set(names_in((HOUSE / page).read_text("utf-8"))) - _OF_OTHERS.keys()
    assert sorted(name for name in named if not is_known(name)) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_module_that_a_page_names_is_there(page):
    pieces = _PIECE.findall(_FENCE.sub("", (HOUSE / page).read_text("utf-8")))
    files = {path.name for path in house_files()}
    assert sorted({piece for piece in pieces if _FILE.fullmatch(piece)} - files) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_name_stands_in_the_module_in_which_the_page_says_it_stands(page):
    for *names, module in _STANDS.findall(" ".join((HOUSE / page).read_text("utf-8").split())):
        assert set(filter(None, names)) <= set(_WORD.findall((HOUSE / module).read_text("utf-8")))


@pytest.mark.parametrize("wrong", ["`SHIETS`", "`_WHOM`", "`credited_of`", "`file.damagd`", "`SheetParts`"])
def test_a_name_that_does_not_exist_is_seen(wrong):
    (name,) = names_in(f"as {wrong} says")
    assert not is_known(name)


# --- counts


_NUMBERS = dict(zip(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"], range(1, 11), strict=True))
_NUMBERS |= {f"mười {word}": 10 + number for word, number in _NUMBERS.items() if number < 10}
_BUTTONS = re.compile(rf"({'|'.join(sorted(_NUMBERS, key=len, reverse=True))}|\d+) nút\b", re.IGNORECASE)
_ENGLISH = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def counted(words: str) -> int:
    return int(words) if words.isdigit() else _NUMBERS[words.lower()]


def test_every_page_says_how_many_buttons_there_are():
    pages = [HOUSE / "README.md", *_DOCS.rglob("*.md")]
    told = [counted(words) for page in pages for words in _BUTTONS.findall(page.read_text("utf-8"))]
    assert len(told) >= 4
    assert set(told) == {len(table().actions)}


def test_the_readme_names_all_buttons_and_says_how_many_sheets_there_are():
    said = " ".join((HOUSE / "README.md").read_text("utf-8").split())
    found = re.search(r"nút \(([^)]*)\)", said)
    assert found is not None
    assert found[1].split(", ") == [action.label for action in table().actions]
    sheets = re.search(r"Sổ chỉ tiêu có ([\w ]+?) trang, ([\w ]+?) khi có `--previous`", said)
    assert sheets is not None
    assert [counted(words) for words in sheets.groups()] == [len(SHEETS) - 1, len(SHEETS)]


def test_the_glossary_says_how_many_stages_and_steps_there_are():
    said = " ".join((_DOCS / "glossary.md").read_text("utf-8").split())
    assert f"one of {_ENGLISH[len(Stage)]} places" in said
    assert f"one of the {len(Step)} acts" in said


def test_the_keeper_is_told_of_every_kind_of_column():
    (part,) = re.findall(
        r"^## A column$(.*?)^## ", (_DOCS / "keeping" / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    assert set(re.findall(r"^\| `([A-Z]+)` \|", part, re.MULTILINE)) == set(Kind.__members__)


# --- the doctor


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
