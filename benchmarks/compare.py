"""Times the product against three other ways on the same registers, all of them in every round, each run a process.

    python -m benchmarks.compare [--files 600] [--rows 40] [--rounds 5] [--workers 2] [--dask]

After every round each file that was written is opened and its people are counted; one that lacks somebody ends all.
Prints one Markdown table. Ratios of runs of the same round are what to compare; seconds belong to the machine.
"""

import argparse
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.registers import AS_OF, cached, layouts_among
from benchmarks.timing import machine
from benchmarks.truth import hold_book, hold_rows
from workbook.demo.inbox import COMMITTEE_BOOK, INBOX
from workbook.messages import catalogue

_HERE = Path(__file__).parent
#: What the product says where a cluster was given files that it did not bring back.
_LOST = catalogue()["cluster.lost"]["fix"]
_SIDES = {
    "floor": "the floor: reads every cell in as many processes, packs the rows as text",
    "turbo": "the floor with xlsxturbo for a writer",
    "ours": "Sổ Nguồn: guards, reads, judges, times, matches, writes every sheet and chart",
    "good": "the good script: calamine in as many processes and XlsxWriter, judges nothing",
    "usual": "the usual script: pandas and openpyxl in one process, judges nothing",
}
Seconds = dict[str, float]


def main() -> None:
    options = _options()
    folder = cached(options.files, options.rows)
    with TemporaryDirectory() as out, _carrier(options) as carrier:
        runs = [_round(folder, Path(out), turn, options, carrier) for turn in range(options.rounds)]
    print(f"{options.files} registers × {options.rows} people × 46 columns in {layouts_among(options.files)} layouts,")
    print(f"{options.rounds} rounds, ours without its cache{', read by a local Dask cluster' if carrier else ''};")
    print(f"{machine(options.workers)}\n")
    print(table(runs))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=600, help="how many registers")
    parser.add_argument("--rows", type=int, default=40, help="people per register")
    parser.add_argument("--rounds", type=int, default=5, help="rounds; every way runs once in each")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes that read")
    parser.add_argument("--dask", action="store_true", help="let a local Dask cluster carry our reading")
    return parser.parse_args()


@contextmanager
def _carrier(options: argparse.Namespace) -> Iterator[str]:
    """The address of a cluster of our own, "" where the product reads in processes of its own."""
    if not options.dask:
        yield ""
        return
    from distributed import LocalCluster

    with LocalCluster(n_workers=options.workers, threads_per_worker=1, dashboard_address=":0") as cluster:
        yield cluster.scheduler_address


def _round(folder: Path, out: Path, turn: int, options: argparse.Namespace, carrier: str) -> Seconds:
    """Seconds of every way, one after the other; who begins changes from round to round. Then all are looked into."""
    inbox, committee, workers = folder / INBOX, folder / COMMITTEE_BOOK, options.workers
    files = {name: out / f"{name}-{turn}.xlsx" for name in _SIDES}
    arguments: dict[str, tuple[object, ...]] = {
        "floor": (inbox, files["floor"], workers),
        "turbo": (inbox, files["turbo"], workers),
        "ours": (inbox, committee, files["ours"], AS_OF.isoformat(), workers, carrier),
        "good": (inbox, files["good"], workers),
        "usual": (inbox, files["usual"]),
    }
    order = deque(_SIDES)
    order.rotate(turn)
    took = {name: _seconds(f"{name}_script.py", *arguments[name]) for name in order}
    people = options.files * options.rows
    hold_book(files["ours"], options.files, people)
    for name in _SIDES.keys() - {"ours"}:
        hold_rows(files[name], people)
    return took


def _seconds(script: str, *arguments: object) -> float:
    start = time.perf_counter()
    words = [sys.executable, _HERE / script, *map(str, arguments)]
    done = subprocess.run(words, stderr=subprocess.PIPE, text=True, check=False)
    took = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{script} failed with status {done.returncode}\n{done.stderr}")
    if _LOST in done.stderr:
        sys.exit(f"{script}: the cluster did not read everything; its time says nothing\n{done.stderr}")
    return took


def table(runs: Sequence[Seconds]) -> str:
    """A line per way: the median of its seconds, and of what it takes beside the floor and beside us."""
    lines = ["| | seconds | × floor | × ours |", "|---|---|---|---|"]
    for name, told in _SIDES.items():
        beside = [" | ".join(_ratio(runs, name, other) for other in ("floor", "ours"))]
        lines.append(f"| {told} | {median(run[name] for run in runs):.1f} | {beside[0]} |")
    return "\n".join(lines)


def _ratio(runs: Sequence[Seconds], name: str, other: str) -> str:
    ratios = [run[name] / run[other] for run in runs]
    return f"{median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"


if __name__ == "__main__":
    main()
