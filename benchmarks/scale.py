"""How the cost of reading grows with the number of files, and what a second run costs after one file has changed.

    python -m benchmarks.scale [--files 250 500 1000 2000] [--rows 40] [--different 300] [--workers 2] [--whole]
                               [--dask ADDRESS]

Registers are made up: `--different` of them in every layout of the demo, then each again and again with other bytes (a
comment at the end of the package), for a reader does the same work on them, and to invent 20,000 would take an hour.
Every size is read whole; the slope is the cost of one more file by least squares. `--whole` consolidates too, and once
more after one file has changed, with what the cache beside the committee book kept. Prints one Markdown table.
"""

import argparse
import os
import shutil
import zipfile
from pathlib import Path
from statistics import linear_regression
from tempfile import TemporaryDirectory

from benchmarks.registers import AS_OF, cached
from benchmarks.timing import machine, seconds
from macros_py.cluster import cluster
from workbook.demo.inbox import COMMITTEE_BOOK, INBOX
from workbook.incoming import guard
from workbook.incoming.inbox import jobs
from workbook.incoming.shards import opened
from workbook.run import consolidate_inbox


def main() -> None:
    options = _options()
    source = cached(options.different, options.rows)
    print(f"registers of {options.rows} people × 46 columns,")
    print(f"{machine(options.workers)}{', through Dask' if options.dask else ''}\n")
    print("| files | reading, s | ms a file |\n|---|---|---|", flush=True)
    took = [_read(source, count, options) for count in options.files]
    if len(took) > 1:
        slope, start = linear_regression(options.files, took)
        print(f"\none more file: {slope * 1e3:.1f} ms; to begin with: {start:.1f} s")
    if options.whole:
        _consolidated(source, options.files[0], options.workers)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, nargs="+", default=[250, 500, 1000, 2000], help="sizes of the inbox")
    parser.add_argument("--rows", type=int, default=40, help="people per register")
    parser.add_argument("--different", type=int, default=300, help="registers invented; the others are like them")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes to read with")
    parser.add_argument("--dask", metavar="ADDRESS", help="let a cluster read")
    parser.add_argument("--whole", action="store_true", help="consolidate the first size too, cold and warm")
    return parser.parse_args()


def _read(source: Path, count: int, options: argparse.Namespace) -> float:
    """Seconds to read so many files, with the start of the children and their end."""
    with TemporaryDirectory() as folder:
        inbox = Path(folder) / INBOX
        multiply(source / INBOX, inbox, count)
        todo = jobs([inbox])
        with cluster(options.dask, inbox) as executor:
            took = seconds(lambda: opened(todo, options.workers, executor=executor))
        guard.close()
    print(f"| {count} | {took:.1f} | {took / count * 1e3:.1f} |", flush=True)
    return took


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


def _consolidated(source: Path, count: int, workers: int) -> None:
    """The whole way without the cache, with an empty one, and again after one file has changed."""
    with TemporaryDirectory() as folder:
        inbox, committee = Path(folder) / INBOX, Path(folder) / COMMITTEE_BOOK
        multiply(source / INBOX, inbox, count)
        shutil.copyfile(source / COMMITTEE_BOOK, committee)

        def run(name: str, *, cached: bool) -> float:
            out = Path(folder) / f"{name}.xlsx"
            return seconds(lambda: consolidate_inbox(inbox, committee, out, AS_OF, workers=workers, cached=cached))

        without, cold = run("without", cached=False), run("cold", cached=True)
        touch(next(inbox.iterdir()), count)
        warm = run("warm", cached=True)
    print(f"\nconsolidating {count} files: {without:.1f} s without the cache, {cold / without:.2f} of that while")
    print(f"filling it; again after one file has changed: {warm / cold:.2f} of the cold run")


if __name__ == "__main__":
    main()
