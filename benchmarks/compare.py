"""Times the product against the usual script on the same registers, taking turns, each run a process of its own.

    python -m benchmarks.compare [--files 300] [--rows 40] [--rounds 3] [--workers 1]

Prints one Markdown table. Ratios of paired runs are what to compare; seconds belong to the machine.
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.registers import AS_OF, cached
from workbook.demo.inbox import COMMITTEE_BOOK, INBOX

_HERE = Path(__file__).parent


def main() -> None:
    options = _options()
    folder = cached(options.files, options.rows)
    with TemporaryDirectory() as out:
        pairs = [_pair(folder, Path(out), turn, options.workers) for turn in range(options.rounds)]
    print(f"{options.files} registers × {options.rows} people × 46 columns, {options.rounds} paired runs,")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {options.workers} reading process(es)\n")
    print(_table(pairs))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=300, help="how many registers")
    parser.add_argument("--rows", type=int, default=40, help="people per register")
    parser.add_argument("--rounds", type=int, default=3, help="paired runs")
    parser.add_argument("--workers", type=int, default=1, help="processes the product reads with")
    return parser.parse_args()


def _pair(folder: Path, out: Path, turn: int, workers: int) -> tuple[float, float]:
    """Seconds of the product and of the usual script, one after the other."""
    inbox, committee = folder / INBOX, folder / COMMITTEE_BOOK
    ours = _seconds("our_script.py", inbox, committee, out / f"ours-{turn}.xlsx", AS_OF.isoformat(), workers)
    usual = _seconds("usual_script.py", inbox, out / f"usual-{turn}.xlsx")
    return ours, usual


def _seconds(script: str, *arguments: object) -> float:
    start = time.perf_counter()
    done = subprocess.run([sys.executable, _HERE / script, *map(str, arguments)], check=False)
    if done.returncode:
        sys.exit(f"{script} failed with status {done.returncode}")
    return time.perf_counter() - start


def _table(pairs: list[tuple[float, float]]) -> str:
    ours, usual = zip(*pairs, strict=True)
    ratios = [slow / quick for quick, slow in pairs]
    spread = f"{min(ratios):.2f}–{max(ratios):.2f}"
    return "\n".join(
        (
            "| | seconds, median | times as fast as the usual script, median (least–most) |",
            "|---|---|---|",
            f"| Sổ Nguồn: reads, judges, times, consolidates | {median(ours):.1f} | {median(ratios):.2f} ({spread}) |",
            f"| usual script: reads, counts | {median(usual):.1f} | 1 |",
        )
    )


if __name__ == "__main__":
    main()
