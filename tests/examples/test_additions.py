"""What `docs/keeping` tells the keeper is tried: each of examples/additions is made to a copy of the house.

The house itself is not touched: the copy lies in a temporary folder, and what is run there is a process of its own.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
ADDITIONS = HOUSE / "examples" / "additions"
ROOMS = ("validation", "workbook", "macros_py")
KEEP = "from pathlib import Path; from workbook.outgoing.template import keep; keep(Path('workbook/templates'))"
#: All that is made from the source, and a demo with every layout of a branch.
ANEW = f"""{KEEP}
import runpy, sys
from datetime import date
from workbook.demo.inbox import make
from workbook.demo.layouts import layouts
runpy.run_path("examples/make.py")["main"]()
make(Path(sys.argv[1]), date(2026, 11, 22), branches=len(layouts()))
"""
SENTENCES = "every_code_has_a_sentence or every_sentence_has_a_code"


@dataclass(frozen=True)
class Addition:
    """`tests`: what of the suite speaks of it, as files and an expression."""

    tests: tuple[str, ...]
    words: str


RULES = "tests/validation/test_rules.py"
REGULATION = "tests/validation/test_regulation.py"
DEADLINES = "tests/validation/test_deadlines.py"
TEMPLATE = "tests/workbook/outgoing/test_template.py"
SHEETS = "tests/workbook/outgoing/test_sheets.py"
UPWARD = "tests/workbook/outgoing/test_upward.py"
HELPERS = "tests/workbook/outgoing/test_helpers_sheet.py"
HEADINGS = "tests/workbook/incoming/test_headings.py"
PEOPLE = "tests/workbook/demo/test_people.py"
EXAMPLES = "tests/examples/test_workbooks.py"

MADE = {
    "rule": Addition((RULES, "tests/workbook/test_messages.py"), "same_day or has_both_cases"),
    "column": Addition(
        (TEMPLATE, SHEETS, UPWARD, HEADINGS, PEOPLE, EXAMPLES),
        "stay_in_sight or one_person_typed or kept_books or lead_back or contract or second_helper"
        " or every_register_column or no_other",
    ),
    "regulation": Addition((REGULATION, DEADLINES), "course or timeline or every_document or 999 or order_of"),
    "sheet": Addition((HELPERS, SHEETS), "on_the_way or order_of_the_contract or purge_leaves"),
}


def copy_of_the_house(parent: Path) -> Path:
    """The rooms, their tests and the examples."""
    copy = parent / "house"
    unwanted = shutil.ignore_patterns("__pycache__", "test_additions.py")
    for folder in (*ROOMS, "tests", "examples"):
        shutil.copytree(HOUSE / folder, copy / folder, ignore=unwanted)
    for file in ("pyproject.toml", "README.md", "CHANGELOG.md"):
        shutil.copy(HOUSE / file, copy)
    return copy


@pytest.fixture
def house(tmp_path) -> Path:
    """A copy to oneself."""
    return copy_of_the_house(tmp_path)


def apply(name: str, house: Path, *options: str) -> str:
    """Make the addition in the copy, whatever has moved around it meanwhile; what git says."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("git, which applies the examples, is not installed")
    command = [git, "apply", "-C1", *options, str(ADDITIONS / f"{name}.patch")]
    environment = os.environ | {"GIT_CEILING_DIRECTORIES": str(house.parent)}
    done = subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def touched(name: str, house: Path) -> list[str]:
    """The files that an addition changes or makes."""
    return [line.split("\t")[2] for line in apply(name, house, "--numstat").splitlines()]


def run(house: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Python in the copy, on the rooms of the copy."""
    path = os.pathsep.join([str(house), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, *words],
        cwd=house,
        env=os.environ | {"PYTHONPATH": path, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def suite(house: Path, files: tuple[str, ...], words: str) -> subprocess.CompletedProcess[str]:
    return run(house, "-m", "pytest", "-q", "-rp", "-p", "no:cacheprovider", *files, "-k", words)


def judged(house: Path) -> dict:
    done = run(house, "tests/examples/judge.py")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def case_files(house: Path) -> dict[str, dict]:
    paths = sorted((house / "tests" / "examples" / "cases").glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in paths if path.name != "person.toml"}


def expected(case: dict) -> dict:
    due = {key: day.isoformat() for key, day in case["due"].items()}
    return {"verdict": case["verdict"], "findings": case["findings"], "due": due}


def test_every_addition_is_tried():
    assert {path.stem for path in ADDITIONS.glob("*.patch")} == MADE.keys()


@pytest.fixture(scope="module")
def grown(tmp_path_factory) -> Path:
    """One copy with all additions, one after the other."""
    house = copy_of_the_house(tmp_path_factory.mktemp("grown"))
    for name in MADE:
        apply(name, house)
    return house


@pytest.fixture(scope="module")
def built(grown) -> Path:
    """The same, with all made anew that the page says is made anew, and with the demo tried."""
    done = run(grown, "-c", ANEW, str(grown.parent / "demo"))
    assert done.returncode == 0, done.stderr
    return grown


@pytest.fixture(scope="module")
def passed(built) -> list[str]:
    """What of the suite speaks of the additions, and has passed: one run for all, for it starts slowly."""
    files = {path for one in MADE.values() for path in one.tests} | {"tests/test_house.py"}
    words = [f"({one.words})" for one in MADE.values()]
    done = suite(built, tuple(sorted(files)), " or ".join([*words, SENTENCES]))
    assert done.returncode == 0, done.stdout + done.stderr
    return [line.split()[1].partition("::")[0] for line in done.stdout.splitlines() if line.startswith("PASSED ")]


@pytest.mark.parametrize("name", MADE)
def test_an_addition_works_and_the_house_stands(name, passed, house):
    apply(name, house)  # by itself too
    assert {*MADE[name].tests} <= {*passed}
    assert passed.count("tests/test_house.py") >= 2


def test_the_code_of_the_additions_is_as_the_house_wants_it(grown):
    written = {path for name in MADE for path in touched(name, grown) if path.endswith(".py")}
    for verb in (["check"], ["format", "--check"]):
        done = run(grown, "-m", "ruff", *verb, *sorted(written))
        assert done.returncode == 0, done.stdout


def test_an_addition_without_its_sentence_or_its_cases_is_refused(house):
    apply("rule", house, "--exclude=workbook/messages_vi/*", "--exclude=tests/*")
    apply("regulation", house, "--exclude=workbook/messages_vi/*")

    done = suite(house, ("tests/test_house.py", RULES), f"{SENTENCES} or has_both_cases")

    _, *parts = re.split(r"^_+ (test_\w+) _+$", done.stdout, flags=re.MULTILINE)
    refused = dict(zip(parts[::2], parts[1::2], strict=True))
    assert "vetting.same_day" in refused["test_every_rule_has_both_cases"]
    assert all(
        code in refused["test_every_code_has_a_sentence_with_fault_and_fix"]
        for code in ("vetting.same_day", "late_course")
    )


def test_a_column_without_a_word_on_how_to_fill_it_is_refused(house):
    apply("column", house, "--exclude=workbook/register_vi.toml")
    done = run(house, "-c", KEEP)
    assert done.returncode != 0
    assert "second_helper" in done.stderr.splitlines()[-1]


def test_a_new_column_is_read_under_other_peoples_heading_and_a_register_without_it_as_before(grown, tmp_path):
    said = run(grown, "-c", _READS, str(tmp_path))
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout) == [["Lò Văn Mẫu"], [None]]


#: Two registers, one with the new column under a heading of the branch's own and one without it.
_READS = """
import json, sys
from datetime import date
from pathlib import Path
import openpyxl
from workbook.checking import check

def second(heading):
    book = openpyxl.Workbook()
    book.active.append(["STT", "Họ và tên", "Ngày sinh", "Đảng viên giúp đỡ", heading])
    book.active.append([1, "Hoàng Thị Thử", "09/05/1998", "Đặng Văn Mẫu", "Lò Văn Mẫu"])
    path = Path(sys.argv[1]) / f"{len(heading)}.xlsx"
    book.save(path)
    typed = check([path], date(2026, 11, 22)).assessment.typed
    assert typed["helper"].tolist() == ["Đặng Văn Mẫu"]
    return typed["second_helper"].astype(object).where(typed["second_helper"].notna(), None).tolist()

print(json.dumps([second("Người giúp đỡ thứ hai"), second("Ghi chú")], ensure_ascii=False))
"""


@pytest.mark.parametrize("name", case_files(HOUSE))
def test_a_case_comes_to_what_its_file_says(name, verdicts):
    assert verdicts["cases"][name] == expected(case_files(HOUSE)[name])


@pytest.fixture(scope="module")
def verdicts() -> dict:
    """What the house says today."""
    return judged(HOUSE)


def test_a_regulation_that_does_not_exist_yet_is_added_with_data_alone(house, verdicts):
    """And nobody judged before is judged otherwise: neither a case nor one of the crowd."""
    apply("regulation", house)

    now = judged(house)

    assert {path for path in touched("regulation", house) if path.startswith(ROOMS)} == {
        "validation/regulations/2027-02-01-qd-999.toml",
        "workbook/messages_vi/clocks.toml",
    }
    assert {name: now["cases"][name] for name in verdicts["cases"]} == verdicts["cases"]
    assert len(now["crowd"]) == 420
    assert now["crowd"] == verdicts["crowd"]
    added = now["cases"].keys() - verdicts["cases"].keys()
    assert len(added) == 3
    assert all(now["cases"][name] == expected(case_files(house)[name]) for name in added)
