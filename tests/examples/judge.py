"""Judge the case files: `python tests/examples/judge.py` prints what the rules of this very tree say of each, as JSON.

A case is a made-up person (`cases/person.toml`, with some cells changed), the day of judgement, and what has to come
of it: the verdict, the findings as "column: code", and the day on which each clock is due.
"""

import json
import tomllib
from pathlib import Path

from validation.regulation import load
from validation.workdays import calendar_of
from workbook.assess import Assessment, Law, assess
from workbook.incoming.raw import RawTable
from workbook.layout import HEADING

CASES = Path(__file__).parent / "cases"
PERSON = "person.toml"


def main() -> None:
    """Print every case by name with what comes of it."""
    person = read(CASES / PERSON)["cells"]
    told = {path.stem: judged(read(path), person) for path in sorted(CASES.glob("*.toml")) if path.name != PERSON}
    print(json.dumps(told, ensure_ascii=False, indent=1))


def read(path: Path) -> dict:
    return tomllib.loads(path.read_text("utf-8"))


def judged(case: dict, person: dict) -> dict:
    """What the law says of one case, in the words of its file."""
    cells = {name: [""] for name in HEADING} | {name: [text] for name, text in (person | case["cells"]).items()}
    letters = dict.fromkeys(cells, "A")
    table = RawTable("Sổ theo dõi", (), cells, rows=[5], groups=[""], units=[""], letters=letters)
    return told(assess([(0, table)], Law(load(), calendar_of(), case["as_of"])))


def told(made: Assessment) -> dict:
    clocks = zip(made.clocks["key"], made.clocks["due_on"], strict=True)
    found = zip(made.findings["column"], made.findings["code"], strict=True)
    return {
        "verdict": str(made.verdicts.iloc[0]),
        "findings": sorted(f"{column}: {code}" for column, code in found),
        "due": {key: day.date().isoformat() for key, day in clocks},
    }


if __name__ == "__main__":
    main()
