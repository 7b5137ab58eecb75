"""What each stage of one consolidation costs: processor seconds, of children too, and the most memory held until then.

    python -m benchmarks.stages [--files 600] [--rows 40] [--workers 2] [--profile]

Prints one Markdown table. With `--profile` the registers are read in this very process, without guard, and a second
table says what part of the whole each of our modules takes with all that libraries do for it; a profile inflates what
makes many small calls, so its seconds are no measure.
"""

import argparse
import cProfile
import functools
import os
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import workbook
from benchmarks import costs
from benchmarks.registers import AS_OF, cached
from benchmarks.timing import machine
from benchmarks.truth import hold_book
from workbook import counting, run
from workbook.demo.inbox import COMMITTEE_BOOK, INBOX
from workbook.incoming.inbox import Job, Opened, open_file

#: The stages: the module that calls each, by which name.
_STAGES = {
    (run, "opened_by"): "reading",
    (counting, "choose"): "choosing",
    (counting, "assess"): "judging",
    (run, "consolidate"): "consolidating",
    (run, "write_book"): "writing",
}
_HOUSE = Path(workbook.__file__).parents[1]
_ROOMS = ("validation", "workbook", "macros_py")
#: What a library took is handed up to who called it so many times; hardly anything is then still on its way.
_HANDED_UP = 60
#: A module that takes less than this part of the whole has no line of its own.
_SHOWN = 0.01

T = TypeVar("T")
Function = tuple[str, int, str]
Seconds = dict[T, float]


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds of this process and of its children, seconds by the clock; so far, or of one stage."""

    own: float
    children: float
    clock: float

    def __sub__(self, other: "Spent") -> "Spent":
        return Spent(self.own - other.own, self.children - other.children, self.clock - other.clock)

    @property
    def processor(self) -> float:
        """Seconds of all processors."""
        return self.own + self.children


@dataclass(frozen=True, slots=True)
class Stage:
    """What a stage took, and the most memory that was held until its end, in MB."""

    name: str
    spent: Spent
    peak: float


def main() -> None:
    options = _options()
    with ProcessPoolExecutor(1) as elsewhere:  # what inventing registers holds is not ours
        folder = elsewhere.submit(cached, options.files, options.rows).result()
    print(f"{options.files} registers × {options.rows} people × 46 columns, one run in a fresh process, no cache;")
    print(f"{machine(options.workers)}{', profiled' if options.profile else ''}\n")
    profile = cProfile.Profile() if options.profile else None
    print(table(measured(folder, options, profile), options.files))
    if profile:
        print(f"\n{shares(profile)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=600, help="how many registers")
    parser.add_argument("--rows", type=int, default=40, help="people per register")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes that read")
    parser.add_argument("--profile", action="store_true", help="say what part each of our modules takes")
    return parser.parse_args()


def measured(folder: Path, options: argparse.Namespace, profile: cProfile.Profile | None) -> list[Stage]:
    """The stages of one consolidation in their order, what lies between them, and all."""
    stages: list[Stage] = []
    for (caller, name), told in _STAGES.items():
        step = _bare if profile and name == "opened_by" else getattr(caller, name)
        setattr(caller, name, _metered(step, told, stages))
    begun = _so_far()
    with TemporaryDirectory() as out, profile or nullcontext():
        book = Path(out) / "book.xlsx"
        run.consolidate_inbox(folder / INBOX, folder / COMMITTEE_BOOK, book, AS_OF, workers=options.workers)
        whole, peak = _so_far() - begun, costs.peak()
        hold_book(book, options.files, options.files * options.rows)
    between = functools.reduce(Spent.__sub__, (stage.spent for stage in stages), whole)
    return [*stages, Stage("between them: the committee's book, doubts", between, peak), Stage("**all**", whole, peak)]


def _metered(step: Callable[..., Any], name: str, stages: list[Stage]) -> Callable[..., Any]:
    """The same step; what it cost is added to the stages."""

    @functools.wraps(step)
    def metered(*arguments: object, **named: object) -> Any:
        before = _so_far()
        made = step(*arguments, **named)
        stages.append(Stage(name, _so_far() - before, costs.peak()))
        return made

    return metered


def _bare(todo: Sequence[Job], *_carriers: object, **_named: object) -> list[Opened]:
    """Every file read in this process, for a profile sees no other."""
    return list(map(open_file, todo))


def _so_far() -> Spent:
    return Spent(costs.own(), costs.of_children(), time.perf_counter())


def table(stages: Sequence[Stage], files: int) -> str:
    """A line a stage; the shares are of the processor time of the whole."""
    whole = stages[-1].spent.processor
    lines = [
        "| stage | processor, s | of it children | share | ms a file | clock, s | MB at most so far |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in stages:
        cells = (
            one.name,
            f"{one.spent.processor:.2f}",
            f"{one.spent.children:.2f}",
            f"{one.spent.processor / whole:.0%}",
            f"{one.spent.processor / files * 1e3:.1f}",
            f"{one.spent.clock:.2f}",
            f"{one.peak:.0f}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def shares(profile: cProfile.Profile) -> str:
    """A line a module of ours: its part of all seconds, what libraries did for it included."""
    taken = by_module(profile)
    whole = sum(taken.values())
    lines = ["| module | share |", "|---|---|"]
    ranked = sorted(taken.items(), key=itemgetter(1), reverse=True)
    shown = [(name, each) for name, each in ranked if each >= whole * _SHOWN]
    lines += [f"| `{name}` | {each / whole:.1%} |" for name, each in shown]
    less = 1 - sum(each for _, each in shown) / whole
    return "\n".join((*lines, f"| {len(taken) - len(shown)} others, each below {_SHOWN:.0%} | {less:.1%} |"))


def by_module(profile: cProfile.Profile) -> Seconds[str]:
    """Seconds by module of ours; those of a library go to who called it, in parts as the calls took."""
    profile.create_stats()
    calls = profile.stats  # calls but for recursive ones, all calls, own seconds, all seconds, and who called
    moving: Seconds[Function] = {function: told[2] for function, told in calls.items()}
    landed: Seconds[str] = defaultdict(float)
    for _ in range(_HANDED_UP):
        handed: Seconds[Function] = defaultdict(float)
        for function, seconds in moving.items():
            callers = calls[function][4]
            if (module := _module(function)) or not callers:
                landed[module or "elsewhere"] += seconds
                continue
            weights = {caller: told[3] + 1e-9 for caller, told in callers.items()}
            together = sum(weights.values())
            for caller, weight in weights.items():
                handed[caller] += seconds * weight / together
        moving = handed
    landed["elsewhere"] += sum(moving.values())
    return landed


@functools.cache
def _module(function: Function) -> str:
    """The path of a module of ours, "" of any other."""
    path = Path(function[0])
    name = path.relative_to(_HOUSE).as_posix() if path.is_relative_to(_HOUSE) else ""
    return name if name.startswith(_ROOMS) else ""


if __name__ == "__main__":
    main()
