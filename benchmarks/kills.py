"""Whether a consolidation that is killed at any moment harms anything.

    python -m benchmarks.kills [--times 200] [--branches 6] [--seed 1]

Makes a small inbox, consolidates it once to know the book and the time it takes, and then starts the same command again
and again and kills it (SIGKILL; on Windows TerminateProcess) at a random moment. Half of the moments lie within the few
milliseconds in which the book is written: from the moment on that anything appears in the folder. Every fifth time an
older book stands at the target. After each kill the target must be absent, the older book or the whole new one, byte
for byte, and the inbox what it was.
"""

import argparse
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import openpyxl

from benchmarks.registers import AS_OF
from workbook.demo.inbox import Made, make

OLD = b"an older book"


@dataclass(frozen=True, slots=True)
class Trial:
    """An inbox with the book that comes of it, and how many seconds that takes."""

    made: Made
    out: Path
    book: bytes
    seconds: float
    before: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill so many runs and print what was found; 1 where anything was harmed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--branches", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="so-nguon-kills-") as folder:
        trial = prepared(Path(folder), asked.branches)
        print(f"A run takes {trial.seconds:.1f} s and reads {asked.branches} branches. {asked.times} kills:")
        found = Counter(kills(trial, asked.times, asked.seed))
        rests = last_run(trial)
    for what, count in sorted(found.items()):
        print(f"| {what} | {count} |")
    print(f"Temporary files left after the next whole run: {rests}")
    harmed = sum(count for what, count in found.items() if what.startswith("HARMED"))
    return 1 if harmed or rests else 0


def prepared(folder: Path, branches: int) -> Trial:
    """The inbox, and the book of one run that nobody disturbs; raises where that book does not open or does not tie."""
    made = make(folder / "demo", AS_OF, branches=branches)
    out = folder / "out" / "so.xlsx"
    out.parent.mkdir()
    before, started = digest(made.inbox), time.monotonic()
    said = subprocess.run(command(made, out), capture_output=True, text=True, encoding="utf-8", check=False)
    seconds = time.monotonic() - started
    if not out.exists() or not ties(out):
        raise RuntimeError(f"the undisturbed run made no book that ties; exit code {said.returncode}")
    book = out.read_bytes()
    out.unlink()
    return Trial(made, out, book, seconds, before)


def command(made: Made, out: Path) -> list[str]:
    given = ["consolidate", made.inbox, "--committee", made.committee_book, "--out", out]
    options = ["--as-of", AS_OF.isoformat(), "--workers", 1]
    return [sys.executable, "-m", "macros_py", *map(str, given + options)]


def ties(out: Path) -> bool:
    """Whether the sheet of reconciliation says that lines read = persons counted + lines set aside."""
    cells = [cell for row in openpyxl.load_workbook(out, data_only=True)["Đối chiếu"].iter_rows() for cell in row]
    return any(cell.value == "Khớp" for cell in cells) and not any(cell.value == "LỆCH" for cell in cells)


def kills(trial: Trial, times: int, seed: int) -> Iterator[str]:
    """What stood at the target after each kill, or what was HARMED."""
    rng = Random(seed)
    for number in range(times):
        old = number % 5 == 4
        late = rng.random() < 0.5
        trial.out.write_bytes(OLD) if old else trial.out.unlink(missing_ok=True)
        ended = killed(trial, rng.uniform(0, 0.02) if late else rng.uniform(0, trial.seconds), writing=late and not old)
        when = "finished first" if not ended else "killed while it wrote" if late and not old else "killed"
        yield f"{found(trial, old=old)}, {when}"
    trial.out.unlink(missing_ok=True)


def killed(trial: Trial, seconds: float, *, writing: bool) -> bool:
    """Start a run and kill it after so many seconds, counted from the moment it begins `writing` or from its start.

    False where it was quicker.
    """
    nowhere = subprocess.DEVNULL
    before = len(list(trial.out.parent.iterdir()))
    run = subprocess.Popen(command(trial.made, trial.out), stdout=nowhere, stderr=nowhere)
    try:
        while writing and run.poll() is None and len(list(trial.out.parent.iterdir())) == before:
            time.sleep(0.0005)
        with suppress(subprocess.TimeoutExpired):
            run.wait(seconds)
            return False
        run.kill()
        return True
    finally:
        run.kill()
        run.wait()


def found(trial: Trial, *, old: bool) -> str:
    if digest(trial.made.inbox) != trial.before:
        return "HARMED inbox"
    if not trial.out.exists():
        return "HARMED older book is gone" if old else "absent"
    content = trial.out.read_bytes()
    if old:
        return "older book" if content == OLD else "HARMED older book"
    return "whole new book" if content == trial.book else "HARMED new book"


def last_run(trial: Trial) -> int:
    """How many temporary files are left after one more whole run; it must make the same book."""
    subprocess.run(command(trial.made, trial.out), capture_output=True, check=False)
    if trial.out.read_bytes() != trial.book:
        raise RuntimeError("the run after the kills made another book")
    return sum(path != trial.out for path in trial.out.parent.iterdir())


def digest(inbox: Path) -> str:
    """Of names and contents of all files."""
    told = sha256()
    for path in sorted(inbox.rglob("*")):
        if path.is_file():
            told.update(str(path.relative_to(inbox)).encode() + b"\0" + sha256(path.read_bytes()).digest())
    return told.hexdigest()


if __name__ == "__main__":
    raise SystemExit(main())
