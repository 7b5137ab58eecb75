"""Times the product against three other ways on the same registers, all of them in every round, each run a process.

    python -m benchmarks.compare [--files 600] [--rows 40] [--rounds 5] [--workers 2] [--dask]

Prints one Markdown table. Ratios of runs of the same round are what to compare; seconds belong to the machine.
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.registers import AS_OF, cached
from workbook.demo.inbox import COMMITTEE_BOOK, INBOX

_HERE = Path(__file__).parent
_SIDES = {
    "floor": "reads every cell in as many processes, writes the rows once",
    "ours": "Sổ Nguồn: guards, reads, judges, times, matches, writes every sheet and chart",
    "good": "the good script: calamine and XlsxWriter, judges nothing",
    "usual": "the usual script: pandas and openpyxl, judges nothing",
}
Seconds = dict[str, float]


def main() -> None:
    options = _options()
    folder = cached(options.files, options.rows)
    with TemporaryDirectory() as out, _carrier(options) as carrier:
        runs = [_round(folder, Path(out), turn, options.workers, carrier) for turn in range(options.rounds)]
    print(f"{options.files} registers × {options.rows} people × 46 columns, {options.rounds} rounds,")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {options.workers} reading processes\n")
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

    with LocalCluster(n_workers=options.workers, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


def _round(folder: Path, out: Path, turn: int, workers: int, carrier: str) -> Seconds:
    """Seconds of every way, one after the other; who begins changes from round to round."""
    inbox, committee = folder / INBOX, folder / COMMITTEE_BOOK
    files = {name: out / f"{name}-{turn}.xlsx" for name in _SIDES}
    arguments: dict[str, tuple[object, ...]] = {
        "floor": (inbox, files["floor"], workers),
        "ours": (inbox, committee, files["ours"], AS_OF.isoformat(), workers, carrier),
        "good": (inbox, files["good"]),
        "usual": (inbox, files["usual"]),
    }
    order = deque(_SIDES)
    order.rotate(turn)
    return {name: _seconds(f"{name}_script.py", *arguments[name]) for name in order}


def _seconds(script: str, *arguments: object) -> float:
    start = time.perf_counter()
    done = subprocess.run([sys.executable, _HERE / script, *map(str, arguments)], check=False)
    if done.returncode:
        sys.exit(f"{script} failed with status {done.returncode}")
    return time.perf_counter() - start


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
