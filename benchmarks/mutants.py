"""Thousands of damaged workbooks, each opened and judged as the product would: none may hang it, stop it or fail us.

    python -m benchmarks.mutants [--count 10000] [--seed 1] [--workers 2] [--keep FOLDER]

Good registers in every layout of the demo (.xlsx, .xlsm, and .xls and .ods where LibreOffice is installed) are damaged
(`mutations.py`), opened by guarded children with a short limit, and what was read of them is judged. Prints what became
of them. A child that had to be stopped, a fault of ours and an error of the judgement are failures: each is told by its
number, kept with `--keep`, and the exit code is 1.
"""

import argparse
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.mutations import mutated, with_macros
from benchmarks.registers import AS_OF, make
from validation.regulation import load
from validation.workdays import calendar_of
from workbook.assess import Law, assess
from workbook.demo.inbox import INBOX
from workbook.demo.layouts import layouts
from workbook.incoming import guard
from workbook.incoming.guard import Limits
from workbook.incoming.inbox import Job, Opened, open_file
from workbook.located import located
from workbook.messages import sentence

#: Parts of the outcomes that mean the product did not hold.
FAILURES = ("file.too_slow", "file.unforeseen", "not judged")
#: A good register of eight persons is read in a hundredth of a second.
LIMITS = Limits(seconds=10, memory=1 << 30)
_BATCH = 250
Convert = Callable[[Sequence[Path], str], None]


@dataclass(frozen=True, slots=True)
class Good:
    """An undamaged workbook and what is read of it."""

    path: Path
    data: bytes
    opened: Opened


@dataclass(frozen=True, slots=True)
class Mutant:
    """One damaged workbook: how it was made, and what became of it."""

    number: int
    damage: str
    path: Path
    good: Good
    outcome: str = ""

    @property
    def failed(self) -> bool:
        return any(failure in self.outcome for failure in FAILURES)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the counts by outcome; 1 where anything failed."""
    asked = _options(arguments)
    found: list[Mutant] = []
    with TemporaryDirectory(prefix="so-nguon-mutants-") as folder:
        good = good_books(Path(folder), office=libre_office())
        print(f"{asked.count} mutants of {len(good)} workbooks, seed {asked.seed}, {asked.workers} reading process(es)")
        began = time.monotonic()
        for mutant in trials(good, asked.count, asked.seed, asked.workers):
            found.append(mutant)
            if mutant.failed:
                print(f"FAILED {mutant.path.name}: {mutant.outcome}, {mutant.damage}", flush=True)
                if asked.keep:
                    shutil.copy(mutant.path, asked.keep)
        seconds = time.monotonic() - began
    print(f"{seconds:.0f} s, {60 * asked.count / seconds:.0f} a minute\n\n{table(found)}")
    return 1 if any(mutant.failed for mutant in found) else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000, help="how many mutants")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other mutants")
    parser.add_argument("--workers", type=int, default=2, help="processes to read with")
    parser.add_argument("--keep", type=Path, help="an existing folder for those that failed")
    return parser.parse_args(arguments)


def good_books(folder: Path, rows: int = 8, office: Convert | None = None) -> list[Good]:
    """A register of every layout in every format that there is a writer for."""
    make(folder, len(layouts()), rows)
    plain = sorted((folder / INBOX).glob("*.xlsx"))
    for path in plain[::4]:
        path.with_suffix(".xlsm").write_bytes(with_macros(path.read_bytes()))
    for ending in ("xls", "ods") if office else ():
        office(plain, ending)
    books = sorted((folder / INBOX).iterdir())
    return [Good(path, path.read_bytes(), open_file(Job(path.name, path))) for path in books]


def libre_office() -> Convert | None:
    """LibreOffice with a profile of its own, where it is installed."""
    program = shutil.which("soffice")
    if program is None:
        return None

    def convert(paths: Sequence[Path], ending: str) -> None:
        with TemporaryDirectory(prefix="so-nguon-profile-") as profile:
            own = f"-env:UserInstallation={Path(profile).as_uri()}"
            given = ["--convert-to", ending, "--outdir", paths[0].parent, *paths]
            subprocess.run([program, own, "--headless", "--norestore", *given], capture_output=True, check=True)

    return convert


def trials(good: Sequence[Good], count: int, seed: int, workers: int) -> Iterator[Mutant]:
    """Every mutant with its outcome; its file is there until the next one is asked for."""
    for start in range(0, count, _BATCH):
        with TemporaryDirectory(prefix="so-nguon-mutants-") as folder:
            numbers = range(start, min(start + _BATCH, count))
            made = [_made(good, number, seed, Path(folder)) for number in numbers]
            calls = [(Job(mutant.path.name, mutant.path),) for mutant in made]
            outcomes = dict(guard.each(open_file, calls, workers, LIMITS))
            opened = [_opened(job, outcomes[number]) for number, (job,) in enumerate(calls)]
            unjudged = _unjudged(opened)
            for mutant, one in zip(made, opened, strict=True):
                yield replace(mutant, outcome=unjudged.get(one.file) or _outcome(mutant.good.opened, one))


def _made(good: Sequence[Good], number: int, seed: int, folder: Path) -> Mutant:
    chance = Random(f"{seed}:{number}")
    one = chance.choice(good)
    damage, data = mutated(one.data, chance)
    path = folder / f"{number:06d}{one.path.suffix}"
    path.write_bytes(data)
    return Mutant(number, damage, path, one)


def _opened(job: Job, outcome: object) -> Opened:
    return outcome if isinstance(outcome, Opened) else Opened(job.file, job.path, error=outcome)


def _outcome(good: Opened, one: Opened) -> str:
    """What a clerk would be told: of every error there must be a sentence."""
    if one.error:
        said = sentence(one.error.code, {"file": one.file, **one.error.detail})
        return f"refused: {one.error.code}" if said.message and said.fix else "not judged: no sentence"
    if _asked(one) - _asked(good):
        return "read, with a question more"
    return "read, the same" if _content(one) == _content(good) else "read, otherwise"


def _asked(one: Opened) -> Counter[str]:
    asked = [*one.questions, *(question for sheet in one.tables for question in sheet.questions)]
    return Counter(question.code for question in asked)


def _content(one: Opened) -> object:
    return [replace(sheet, questions=()) for sheet in one.tables], one.others, one.hidden


def _unjudged(opened: Sequence[Opened]) -> dict[str, str]:
    """What was read is judged, all at once; where that fails, one by one to find out whose fault it is."""
    if _judged(opened) == "":
        return {}
    return {one.file: fault for one in opened if (fault := _judged([one]))}


def _judged(opened: Sequence[Opened]) -> str:
    tables = [(number, table) for number, one in enumerate(opened) for table in one.tables]
    try:
        located(assess(tables, Law(load(), calendar_of(), AS_OF)), opened)
    except Exception as error:  # whatever it is, it is what we look for
        return f"not judged: {type(error).__name__}"
    return ""


def table(found: Sequence[Mutant]) -> str:
    """How many came to which end, by format, as a Markdown table."""
    formats = sorted({mutant.path.suffix for mutant in found})
    counts = Counter((mutant.outcome, mutant.path.suffix) for mutant in found)
    total = Counter(mutant.outcome for mutant in found)
    head = [f"| outcome | {' | '.join(formats)} | all |", "|---" * (len(formats) + 2) + "|"]
    lines = [
        f"| {outcome} | {' | '.join(str(counts[outcome, ending]) for ending in formats)} | {times} |"
        for outcome, times in sorted(total.items())
    ]
    return "\n".join([*head, *lines])


if __name__ == "__main__":
    raise SystemExit(main())
