"""What the benchmarks that take times have in common: a stopwatch, and the line that says on what it ran."""

import os
import platform
import time
from collections.abc import Callable


def seconds(run: Callable[[], object]) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def machine(workers: int) -> str:
    """The line of a report that says what the seconds belong to."""
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {workers} reading process(es)"
