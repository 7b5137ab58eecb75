"""What each file of a folder costs: seconds and the most memory that its guarded child held beyond a child at rest.

    python -m benchmarks.hostile FOLDER

Each file is opened by a child of its own. Prints a Markdown table. Not on Windows, which counts memory otherwise.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from workbook.errors import WorkbookError
from workbook.incoming import guard
from workbook.incoming.inbox import Job, jobs, open_file


def main(arguments: Sequence[str]) -> None:
    print("| file | outcome | seconds | MB |\n|---|---|---|---|")
    for job in jobs(map(Path, arguments)):
        began = time.perf_counter()
        try:
            outcome, most = guard.guarded(measured, job)
        except WorkbookError as error:
            outcome, most = error.code, float("nan")
        print(f"| `{job.file}` | {outcome} | {time.perf_counter() - began:.2f} | {most:.0f} |")
        guard.close()


def measured(job: Job) -> tuple[str, float]:
    """What became of a file, and how many MB this process held more at its most than before."""
    import resource

    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    opened = open_file(job)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return opened.error.code if opened.error else f"{opened.lines} lines", (most - before) / unit


if __name__ == "__main__":
    main(sys.argv[1:])
