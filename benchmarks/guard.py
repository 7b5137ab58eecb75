"""What the guard costs: an inbox of good files opened in guarded child processes against the same files opened bare.

    python -m benchmarks.guard [--files 300] [--rows 40] [--rounds 5] [--workers 1]

With one worker the bare run opens the files one after the other in this process; with more, in a pool of the standard
library. Both take turns; the first pair warms up and is not counted. Prints one Markdown table: ratios of paired runs
are what to compare, seconds belong to the machine. Then what the guard adds to the check of a single file.
"""

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from statistics import median

from benchmarks.registers import cached
from benchmarks.timing import machine, seconds
from benchmarks.truth import hold_readings
from workbook.demo.inbox import INBOX
from workbook.incoming import guard
from workbook.incoming.inbox import Job, Opened, jobs, open_all, open_file


def main() -> None:
    options = _options()
    todo = jobs([cached(options.files, options.rows) / INBOX])
    hold_readings(open_all(todo, options.workers), options.files, options.files * options.rows)
    print(f"{options.files} registers × {options.rows} people × 46 columns, {options.rounds} paired runs,")
    print(f"{machine(options.workers)}\n")
    pairs = [_pair(todo, options.workers) for _ in range(options.rounds + 1)][1:]
    print(_table(pairs))
    first, later = zip(*[_single(todo[0]) for _ in range(options.rounds)], strict=True)
    bare = [seconds(lambda: open_file(todo[0])) for _ in first]
    one = ", ".join(
        f"{median(each) * 1e3:.0f} ms {how}"
        for each, how in ((first, "with its child to start"), (later, "by a child that is there"), (bare, "bare"))
    )
    print(f"\none file: {one}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=300, help="how many registers, 600 at most")
    parser.add_argument("--rows", type=int, default=40, help="people per register")
    parser.add_argument("--rounds", type=int, default=5, help="paired runs")
    parser.add_argument("--workers", type=int, default=1, help="processes to read with")
    options = parser.parse_args()
    options.files = min(options.files, 600)
    return options


def _pair(todo: Sequence[Job], workers: int) -> tuple[float, float]:
    """Seconds guarded and bare, one after the other, each with its own start and end."""
    guard.close()
    return seconds(lambda: _guarded(todo, workers)), seconds(lambda: _bare(todo, workers))


def _guarded(todo: Sequence[Job], workers: int) -> None:
    open_all(todo, workers)
    guard.close()


def _bare(todo: Sequence[Job], workers: int) -> list[Opened]:
    if workers == 1:
        return list(map(open_file, todo))
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(open_file, todo))


def _single(job: Job) -> tuple[float, float]:
    """Seconds for one file with a child to start, and with one that is there."""
    guard.close()
    return seconds(lambda: open_all([job])), seconds(lambda: open_all([job]))


def _table(pairs: Sequence[tuple[float, float]]) -> str:
    guarded, bare = zip(*pairs, strict=True)
    ratios = [ours / theirs for ours, theirs in pairs]
    spread = f"{min(ratios):.2f}–{max(ratios):.2f}"
    return "\n".join(
        (
            "| | seconds, median | times the bare run, median (least–most) |",
            "|---|---|---|",
            f"| guarded | {median(guarded):.2f} | {median(ratios):.2f} ({spread}) |",
            f"| bare | {median(bare):.2f} | 1 |",
        )
    )


if __name__ == "__main__":
    main()
