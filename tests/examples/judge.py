"""Judge people by the rules of this very tree: `python tests/examples/judge.py` prints what comes of each, as JSON.

`cases`: the case files. Each is a made-up person (`cases/person.toml`, with some cells changed), the day of judgement,
and what has to come of it: the verdict, the findings as "column: code", and the day on which each clock is due.
`crowd`: a few hundred people drawn by lot, half of them with a blank where something should stand, judged on two days.
"""

import json
import tomllib
from datetime import date
from pathlib import Path
from random import Random

from validation.regulation import load
from validation.vocabulary import Stage
from validation.workdays import calendar_of
from workbook.assess import Assessment, Law, assess
from workbook.demo.people import person
from workbook.incoming.raw import RawTable
from workbook.layout import HEADING

CASES = Path(__file__).parent / "cases"
PERSON = "person.toml"
DRAWN_ON = date(2026, 11, 22)
JUDGED_ON = (DRAWN_ON, date(2027, 12, 1))


def main() -> None:
    """Print every case by name, and the crowd one after the other, with what comes of them."""
    sound = read(CASES / PERSON)["cells"]
    cases = {path.stem: read(path) for path in sorted(CASES.glob("*.toml")) if path.name != PERSON}
    told = {name: judged([sound | case["cells"]], case["as_of"])[0] for name, case in cases.items()}
    crowd = [one for day in JUDGED_ON for one in judged(drawn(Random(8)), day)]
    print(json.dumps({"cases": told, "crowd": crowd}, ensure_ascii=False, indent=1))


def read(path: Path) -> dict:
    return tomllib.loads(path.read_text("utf-8"))


def drawn(rng: Random, at_each_stage: int = 30) -> list[dict[str, object]]:
    people = [person(rng, stage, DRAWN_ON, serial=n) for stage in Stage for n in range(at_each_stage)]
    cells = [{name: getattr(one, name) or "" for name in HEADING} for one in people]
    return [one | {rng.choice(list(HEADING)): ""} if rng.random() < 0.5 else one for one in cells]


def judged(people: list[dict[str, object]], as_of: date) -> list[dict]:
    """What the law says of each, in the words of a case file."""
    cells = {name: [one.get(name, "") for one in people] for name in HEADING}
    rows, blank = list(range(5, 5 + len(people))), [""] * len(people)
    table = RawTable("Sổ theo dõi", (), cells, rows, blank, blank, dict.fromkeys(cells, "A"))
    made = assess([(0, table)], Law(load(), calendar_of(), as_of))
    return [told(made, row) for row in range(len(people))]


def told(made: Assessment, row: int) -> dict:
    found = made.findings[made.findings["row"] == row]
    clocks = made.clocks[made.clocks["row"] == row]
    return {
        "verdict": str(made.verdicts[row]),
        "findings": sorted(f"{one.column}: {one.code}" for one in found.itertuples()),
        "due": {clock.key: clock.due_on.date().isoformat() for clock in clocks.itertuples()},
    }


if __name__ == "__main__":
    main()
