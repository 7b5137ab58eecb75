"""What it costs to begin: our command beside the bare import of its libraries, then one register once all is loaded.

    python -m benchmarks.start [--rounds 5]

Everything is done once in each round, the commands in fresh processes, the registers (40 people, one of every layout of
the demo) in this one; a first round only warms up and is not counted. Prints one Markdown table of medians with the
least and the most; the ratios are of processor times of the same round.
"""

import argparse
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.costs import Cost, of_call, of_command, spread
from benchmarks.registers import ALL_LAYOUTS, AS_OF, cached
from benchmarks.timing import machine
from benchmarks.truth import hold_readings
from workbook.assess import Law, assess
from workbook.checking import check
from workbook.demo.inbox import INBOX
from workbook.garbage import seldom_collected
from workbook.given import law_of
from workbook.incoming.inbox import Job, Opened, jobs, open_file

_ROWS = 40
_BARE = "bare import of pandas and pandera.pandas"
#: A command that finds faults in a register says so by its status.
_DONE = (0, 1)

Round = Mapping[str, Cost]


def main() -> None:
    rounds = _options().rounds
    todo = jobs([cached(ALL_LAYOUTS, _ROWS) / INBOX])
    opened, law, command = [open_file(job) for job in todo], law_of(None, AS_OF), _command()
    hold_readings(opened, ALL_LAYOUTS, ALL_LAYOUTS * _ROWS)
    runs = [{**_fresh(command, todo[0]), **_loaded(todo, opened, law)} for _ in range(rounds + 1)][1:]
    print(f"{rounds} rounds, registers of {_ROWS} people × 46 columns in {len(todo)} layouts,")
    print(f"{machine(1)}\n")
    print(table(runs))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="rounds that count; everything runs once in each")
    return parser.parse_args()


def _command() -> str:
    """The command as it is installed beside this interpreter."""
    return shutil.which("songuon", path=Path(sys.executable).parent) or sys.exit("songuon is not installed here")


def _fresh(command: str, job: Job) -> Round:
    """Each in a process of its own."""
    told = ("check", job.path, "--as-of", AS_OF.isoformat(), "--workers", 1)
    return {
        _BARE: of_command(sys.executable, "-c", "import pandas, pandera.pandas"),
        "`songuon --help`": of_command(command, "--help"),
        "`songuon check` of one register": of_command(command, *told, accepted=_DONE),
    }


def _loaded(todo: Sequence[Job], opened: Sequence[Opened], law: Law) -> Round:
    """One register in this process, the median of all layouts."""
    judging = [_judging(one, law) for one in opened]
    checking = [partial(check, [job.path], AS_OF) for job in todo]
    return {
        "one register judged, once loaded": _middle(list(map(of_call, judging))),
        "one register read and judged, once loaded": _middle(list(map(of_call, checking))),
    }


def _judging(opened: Opened, law: Law) -> Callable[[], object]:
    """What `check` does with a register that it has read, at the pace that `check` sets."""
    return seldom_collected()(partial(assess, [(0, table) for table in opened.tables], law))


def _middle(costs: Sequence[Cost]) -> Cost:
    return Cost(median(one.processor for one in costs), median(one.wall for one in costs))


def table(runs: Sequence[Round]) -> str:
    """A line for everything that was done."""
    lines = ["| | processor, ms | clock, ms | × the bare import |", "|---|---|---|---|"]
    for name in runs[0]:
        processor = spread([run[name].processor * 1e3 for run in runs], ".0f")
        wall = spread([run[name].wall * 1e3 for run in runs], ".0f")
        ratio = spread([run[name].processor / run[_BARE].processor for run in runs])
        lines.append(f"| {name} | {processor} | {wall} | {ratio} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
