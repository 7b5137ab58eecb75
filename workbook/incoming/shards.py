"""Files opened by any `concurrent.futures.Executor`: processes of this machine, threads, a cluster of machines.

Reading is all that travels: it is most of the work, needs nothing but the file, and says of each file the same
wherever it is done. What it says comes back and is judged here, all together.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import replace
from pathlib import Path

from workbook.incoming.apart import open_apart
from workbook.incoming.cache import Cache, rules, through
from workbook.incoming.inbox import Job, Opened, Progress, open_all

#: A shard is a second or two of work: long against the sending, short against what a lost worker costs.
_MOST_FILES, _MOST_BYTES = 32, 4 << 20


def opened(
    todo: Sequence[Job],
    workers: int = 1,
    progress: Progress | None = None,
    *,
    executor: Executor | None = None,
    cache: Cache | None = None,
) -> list[Opened]:
    """Open every file, in the order given: by so many processes here, or by an executor; after a look at the cache."""

    def open_rest(rest: Sequence[Job], told: Progress | None) -> list[Opened]:
        return open_by(executor, rest, told) if executor else open_all(rest, workers, told)

    return through(cache, todo, open_rest, progress) if cache else open_rest(todo, progress)


def open_by(executor: Executor, todo: Sequence[Job], progress: Progress | None = None) -> list[Opened]:
    """Open every file, in the order given, shard by shard wherever the executor puts them.

    The files must be found there under the same paths. A shard that the executor loses is opened here instead.
    """
    parts = list(shards(todo))
    running = {_submitted(executor, part): number for number, part in enumerate(parts)}
    made: dict[int, list[Opened]] = {}
    try:
        for future in as_completed(running):
            part = parts[running[future]]
            made[running[future]] = _given(future, part)
            if progress:
                progress(sum(map(len, made.values())), len(todo))
    finally:
        for future in running:
            future.cancel()
    return [one for number in range(len(parts)) for one in made[number]]


def shards(todo: Sequence[Job], files: int = _MOST_FILES, size: int = _MOST_BYTES) -> Iterator[list[Job]]:
    """The files in their order, in parts of at most so many and, but for a single larger file, so many bytes."""
    part: list[Job] = []
    held = 0
    for job in todo:
        bytes_ = _size(job.path)
        if part and (len(part) == files or held + bytes_ > size):
            yield part
            part, held = [], 0
        part.append(job)
        held += bytes_
    if part:
        yield part


def sight(path: Path) -> tuple[str, bool]:
    """What a worker says of itself: the rules it reads by, and whether it finds the folder."""
    return rules(), path.exists()


def _submitted(executor: Executor, part: Sequence[Job]) -> "Future[list[Opened]]":
    try:
        return executor.submit(open_apart, [replace(job, path=job.path.resolve()) for job in part])
    except RuntimeError as error:  # broken before it took the shard
        lost: Future[list[Opened]] = Future()
        lost.set_exception(error)
        return lost


def _given(future: "Future[list[Opened]]", part: list[Job]) -> list[Opened]:
    """What came of a shard. `open_all` itself fails for nothing: any error is of the way there and back."""
    try:
        found = future.result()
    except Exception:  # every executor has its own words for "my worker is gone"
        found = open_all(part)
    return [replace(one, path=job.path) for one, job in zip(found, part, strict=True)]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # gone meanwhile; its error says so
