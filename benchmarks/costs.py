"""What work costs: processor time, the clock, memory; children are included, for they do most of the reading.

Not on Windows, which does not say what children that have ended took.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from statistics import median

import psutil


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of all processors and by the clock."""

    processor: float
    wall: float


def of_command(*command: object, accepted: Collection[int] = (0,)) -> Cost:
    """A command in a fresh process, what it prints thrown away; where it fails, so do we, with its last words."""
    before, start = _of_ended(), time.perf_counter()
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, encoding="utf-8", check=False)
    wall = time.perf_counter() - start
    if done.returncode not in accepted:
        sys.exit(f"{command[0]} failed with status {done.returncode}:\n{done.stderr[-2000:]}")
    return Cost(_of_ended() - before, wall)


def of_call(run: Callable[[], object]) -> Cost:
    """A call in this process."""
    before = of_children() + own()  # in this order, for to ask after children takes time too
    start = time.perf_counter()
    run()
    wall = time.perf_counter() - start
    return Cost(own() + of_children() - before, wall)


def own() -> float:
    """Processor seconds of this process so far."""
    return time.process_time()


def of_children() -> float:
    """Processor seconds of all children so far, and of theirs: of those that have ended and of those that live."""
    living = 0.0
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # it has just ended, and is counted the next time
            living += sum(child.cpu_times()[:4])
    return _of_ended() + living


def peak() -> float:
    """The most memory that this process has held so far, in MB; without its children."""
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def spread(values: Sequence[float], form: str = ".2f") -> str:
    """A cell of a table: the median, and from the least to the most where there are several."""
    if len(values) == 1:
        return f"{values[0]:{form}}"
    return f"{median(values):{form}} ({min(values):{form}}–{max(values):{form}})"


def _of_ended() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime
