"""How the cost grows with the number of files: of reading them, and of the whole way with what the cache saves.

    python -m benchmarks.scale [--files 250 500 1000 2000] [--different 300]
    python -m benchmarks.scale --whole [--files 600 2000] [--rounds 3]
                               [--rows 40] [--workers 2] [--dask ADDRESS]

Reading: registers are made up, `--different` of them in every layout of the demo, then each again and again with other
bytes (a comment at the end of the package), for a reader does the same work on them, and to invent 20,000 would take an
hour. Every size is read whole; the slope is the cost of one more file by least squares. What is read is held until a
size is done: so many MB a file.

The whole way: `songuon consolidate` in fresh processes, on registers that are all different, without the cache, with an
empty one, again with nothing changed, and again after one file has changed. Every book is opened and its people are
counted. Each way prints one Markdown table. With a cluster the processor time is that of this machine alone: the
cluster's own is not counted, so look at the clock.
"""

import argparse
import os
import shutil
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import linear_regression
from tempfile import TemporaryDirectory

from benchmarks.costs import Cost, of_call, of_command, peak, spread
from benchmarks.registers import AS_OF, cached
from benchmarks.timing import machine
from benchmarks.truth import hold_book, hold_readings
from macros_py.cluster import cluster
from workbook.demo.inbox import COMMITTEE_BOOK, INBOX
from workbook.incoming import guard
from workbook.incoming.inbox import Opened, jobs
from workbook.incoming.shards import opened

_WITHOUT, _COLD = "without the cache", "cold: filling the cache"
_SAME, _CHANGED = "again, nothing changed", "again, one file changed"
_COMMAND = (sys.executable, "-m", "macros_py", "consolidate")
#: A consolidation that has something to tell says so by its status.
_DONE = (0, 1)

Round = Mapping[str, Cost]


def main() -> None:
    options = _options()
    print(f"registers of {options.rows} people × 46 columns,")
    print(f"{machine(options.workers)}{', through Dask' if options.dask else ''}\n")
    if options.whole:
        _consolidating(options)
    else:
        _reading(options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, nargs="+", help="sizes of the inbox")
    parser.add_argument("--rows", type=int, default=40, help="people per register")
    parser.add_argument("--different", type=int, default=300, help="registers invented to read; others are like them")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes to read with")
    parser.add_argument("--dask", metavar="ADDRESS", help="let a cluster read")
    parser.add_argument("--whole", action="store_true", help="the whole way instead, cold and warm")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of the whole way")
    options = parser.parse_args()
    options.files = options.files or ([600, 2000] if options.whole else [250, 500, 1000, 2000])
    return options


def _reading(options: argparse.Namespace) -> None:
    """Every size read once."""
    source = cached(options.different, options.rows)
    print("| files | reading, s | processor, s | ms a file | MB held at most |\n|---|---|---|---|---|", flush=True)
    took = [_read(source, count, options) for count in options.files]
    if len(took) > 1:
        slope, start = linear_regression(options.files, took)
        print(f"\none more file: {slope * 1e3:.1f} ms; to begin with: {start:.1f} s")


def _read(source: Path, count: int, options: argparse.Namespace) -> float:
    """Seconds to read so many files, with the start of the children."""
    with TemporaryDirectory() as folder:
        inbox = Path(folder) / INBOX
        multiply(source / INBOX, inbox, count)
        todo = jobs([inbox])
        with cluster(options.dask, inbox) as executor:
            read: list[Opened] = []
            took = of_call(lambda: read.extend(opened(todo, options.workers, executor=executor)))
        guard.close()
        hold_readings(read, count, count * options.rows)
    cells = (f"{took.wall:.1f}", f"{took.processor:.1f}", f"{took.wall / count * 1e3:.1f}", f"{peak():.0f}")
    print(f"| {count} | {' | '.join(cells)} |", flush=True)
    return took.wall


def multiply(source: Path, inbox: Path, count: int) -> None:
    """So many files of which no two have the same bytes."""
    inbox.mkdir(parents=True)
    originals = sorted(source.iterdir())
    for number in range(count):
        original = originals[number % len(originals)]
        copy = inbox / f"{number // len(originals):03} {original.name}"
        shutil.copyfile(original, copy)
        touch(copy, number)


def touch(path: Path, number: int) -> None:
    """Other bytes for the same workbook."""
    with zipfile.ZipFile(path, "a") as package:
        package.comment = str(number).encode()


def _consolidating(options: argparse.Namespace) -> None:
    """The whole way, all sizes in every round; then what a file costs among the most beside one among the fewest."""
    print(f"{options.rounds} rounds; ratios are of processor times of the same round\n", flush=True)
    runs = [{count: _whole(count, options) for count in options.files} for _ in range(options.rounds)]
    lines = [
        "| files | | processor, s | clock, s | processor, ms a file | × without | × cold |",
        "|---|---|---|---|---|---|---|",
    ]
    for count in options.files:
        lines += _lines(count, [run[count] for run in runs])
    print("\n".join(lines))
    if len(options.files) > 1:
        print(f"\n{_growth(min(options.files), max(options.files), runs)}")


def _growth(least: int, most: int, runs: Sequence[Mapping[int, Round]]) -> str:
    """What a file costs among the most beside one among the fewest; the start of the program weighs more on those."""
    pairs = [(run[least][_WITHOUT].processor, run[most][_WITHOUT].processor) for run in runs]
    times = spread([(many / most) / (few / least) for few, many in pairs])
    more = spread([(many - few) / (most - least) * 1e3 for few, many in pairs], ".1f")
    return (
        f"without the cache one of {most:,} files takes {times} × the processor time of one of {least:,}; "
        f"one file more: {more} ms"
    )


def _whole(count: int, options: argparse.Namespace) -> Round:
    """One round of a size: the ways in the order in which a committee would come to them."""
    source = cached(count, options.rows)
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shutil.copytree(source, folder, dirs_exist_ok=True)
        told = [folder / INBOX, "--committee", folder / COMMITTEE_BOOK, "--as-of", AS_OF.isoformat()]
        told += ["--workers", options.workers, *(("--dask", options.dask) if options.dask else ())]

        def consolidated(name: str, *more: str) -> Cost:
            out = folder / f"{name}.xlsx"
            cost = of_command(*_COMMAND, *told, "--out", out, *more, accepted=_DONE)
            hold_book(out, count, count * options.rows)
            return cost

        took = {_WITHOUT: consolidated("without", "--no-cache")}
        took[_COLD], took[_SAME] = consolidated("cold"), consolidated("same")
        touch(min((folder / INBOX).iterdir()), count)
        return {**took, _CHANGED: consolidated("changed")}


def _lines(count: int, runs: Sequence[Round]) -> list[str]:
    """The lines of one size; ratios are of the processor times of the same round."""
    lines = []
    for name in runs[0]:
        cells = (
            f"{count:,}",
            name,
            spread([run[name].processor for run in runs], ".1f"),
            spread([run[name].wall for run in runs], ".1f"),
            spread([run[name].processor / count * 1e3 for run in runs], ".1f"),
            *(spread([run[name].processor / run[other].processor for run in runs]) for other in (_WITHOUT, _COLD)),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return lines


if __name__ == "__main__":
    main()
