"""Files opened by any `concurrent.futures.Executor`: processes of this machine, threads, a cluster of machines.

Reading is all that travels: it is most of the work, needs nothing but the file, and says of each file the same
wherever it is done. What it says comes back and is judged here, all together.
"""

from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import closing, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue

from workbook.incoming import apart
from workbook.incoming.apart import open_apart
from workbook.incoming.cache import Cache, rules, through
from workbook.incoming.guard import LIMITS
from workbook.incoming.inbox import Job, Opened, Progress, open_all

_Carried = Future[list[Opened]]
#: The number of a shard, and what came of its files.
_Numbered = tuple[int, list[Opened]]

#: A shard is a second or two of work: long against the sending, short against what a lost worker costs.
_MOST_FILES, _MOST_BYTES = 32, 4 << 20

#: Seconds without a single shard come back until the rest is read here. Less than the slowest shard may take: then all
#: who carry would be at files that never end, three each at least; and what is given up too early is but read twice.
PATIENCE = 3 * LIMITS.seconds


def opened(
    todo: Sequence[Job],
    workers: int = 1,
    progress: Progress | None = None,
    *,
    executor: Executor | None = None,
    cache: Cache | None = None,
    patience: float = PATIENCE,
) -> list[Opened]:
    """Open every file, in the order given: by so many processes here, or by an executor; after a look at the cache."""

    def open_rest(rest: Sequence[Job], told: Progress | None) -> list[Opened]:
        if executor is None:
            return open_all(rest, workers, told)
        return open_by(executor, rest, told, workers=workers, patience=patience)

    return through(cache, todo, open_rest, progress) if cache else open_rest(todo, progress)


def open_by(
    executor: Executor,
    todo: Sequence[Job],
    progress: Progress | None = None,
    *,
    workers: int = 1,
    patience: float = PATIENCE,
) -> list[Opened]:
    """Open every file, in the order given, shard by shard wherever the executor puts them.

    The files must be found there under the same paths. Shards that the executor loses, and those that are out when
    nothing has come back for `patience` seconds, are opened at the end by so many processes here.
    """
    parts = list(shards(todo))
    made: dict[int, list[Opened]] = {}

    def keep(numbered: Generator[_Numbered]) -> None:
        with closing(numbered):
            for number, found in numbered:
                made[number] = [replace(one, path=job.path) for one, job in zip(found, parts[number], strict=True)]
                if progress:
                    progress(sum(map(len, made.values())), len(todo))

    keep(_carried(executor, parts, patience))
    keep(_read_here({number: part for number, part in enumerate(parts) if number not in made}, workers))
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
    try:
        return rules(), path.exists()
    except OSError:  # it may not even look
        return rules(), False


def _carried(executor: Executor, parts: Sequence[Sequence[Job]], patience: float) -> Generator[_Numbered]:
    """The number of every shard that comes back, and what came of it; the others are called off."""
    running = {_submitted(executor, part): number for number, part in enumerate(parts)}
    try:
        for future in _ended(running, patience):
            try:
                found = future.result()
            except Exception:  # every executor has its own words for "my worker is gone"; `open_all` fails for nothing
                continue
            yield running[future], found
    finally:
        for future in running:
            future.cancel()


def _ended(running: Collection[_Carried], patience: float) -> Iterator[_Carried]:
    """Every future as it ends, until nothing has ended for so many seconds."""
    ended: SimpleQueue[_Carried] = SimpleQueue()
    for future in running:
        future.add_done_callback(ended.put)
    with suppress(Empty):
        for _ in running:
            yield ended.get(timeout=patience)


def _submitted(executor: Executor, part: Sequence[Job]) -> _Carried:
    try:
        return executor.submit(open_apart, _found_anywhere(part))
    except RuntimeError as error:  # broken before it took the shard
        lost = _Carried()
        lost.set_exception(error)
        return lost


def _read_here(lost: Mapping[int, Sequence[Job]], workers: int) -> Generator[_Numbered]:
    """As `_carried`, and apart too: the executor's threads may run in this process, which must not be copied then."""
    numbers = list(lost)
    try:
        for start in range(0, len(numbers), workers):
            some = numbers[start : start + workers]
            found = iter(_read_apart([job for number in some for job in lost[number]], workers))
            yield from ((number, list(islice(found, len(lost[number])))) for number in some)
    finally:
        apart.close()


def _read_apart(todo: Sequence[Job], workers: int) -> list[Opened]:
    try:
        return open_apart(_found_anywhere(todo), workers)
    except ChildProcessError:  # whoever ended it did not mean the next one
        return open_apart(_found_anywhere(todo), workers)


def _found_anywhere(todo: Sequence[Job]) -> list[Job]:
    return [replace(job, path=job.path.resolve()) for job in todo]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # gone meanwhile; its error says so
