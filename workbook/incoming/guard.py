"""Files from strange hands are opened in child processes that may neither run on nor eat the machine.

A reader that panics, aborts, overflows its stack or never ends takes its child with it and nothing else: the file gets
a named reason, the child is replaced, the rest goes on. This module alone knows by what means:

* pebble keeps the children and kills the one whose time is up, on Windows, macOS and Linux alike;
* memory is held twice: on Linux the child may not map more than its limit, everywhere the parent looks at what each
  child really holds (psutil) and kills the one that holds too much.

Children are kept for the whole run. Of many files each is handed a few at once, for a message costs more than a small
file; where a child dies over several, each of them is tried again alone, with its full limits. What a child does is in
`ward`.
"""

import atexit
import multiprocessing
import os
import pickle
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.util import Finalize
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

import psutil
from pebble import ProcessExpired, ProcessPool

from workbook.errors import Damaged, TooLarge, TooSlow, WorkbookError
from workbook.incoming.ward import serve, settle

_R = TypeVar("_R")
#: The numbers of the calls that a child was handed at once, and what has become of them.
_Ended = tuple[list[int], Future[bytes]]
_Calls = Mapping[int, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: seconds on the clock, and bytes beyond what its child held before."""

    seconds: float = 60
    memory: int = 2 << 30


LIMITS = Limits()

#: How often the parent looks at the memory of its children, in seconds.
_PULSE = 0.1
#: So many files are handed to a child at once at most; there are at least so many turns for every child.
_AT_ONCE, _TURNS = 8, 4
#: A child that takes longer over several files at once is stopped, in seconds; `ward` begins none after the first.
_SEVERAL = 5.0
#: How a child starts: a copy of ourselves where that is safe, else a new interpreter.
_START = "fork" if sys.platform == "linux" else "spawn"


@dataclass
class _Children:
    """The children of this process; `held` is what each held when first seen, `greedy` who was killed for memory."""

    pool: ProcessPool
    workers: int
    memory: int
    held: dict[int, int] = field(default_factory=dict)
    greedy: set[int] = field(default_factory=set)


_kept: list[_Children] = []


def guarded(function: Callable[..., _R], *arguments: object, limits: Limits | None = None) -> _R:
    """What `function` returns, called in a child process; its WorkbookError, or the one that names how it failed.

    The function must be importable, and its arguments and result picklable.
    """
    ((_, outcome),) = each(function, [arguments], limits=limits)
    if isinstance(outcome, WorkbookError):
        raise outcome
    return outcome


def each(
    function: Callable[..., _R], calls: Sequence[tuple[object, ...]], workers: int = 1, limits: Limits | None = None
) -> Iterator[tuple[int, _R | WorkbookError]]:
    """The number and outcome of every call, as they end. Who stops listening stops the children at once."""
    limits = limits or LIMITS
    waiting = dict(enumerate(calls))
    several = max(1, min(_AT_ONCE, len(calls) // (_TURNS * workers)))
    for size in (several, 1, 1):  # twice alone: a child may die of a neighbour who broke the whole pool
        if waiting:
            for number, outcome in _round(function, dict(waiting), size, workers, limits):
                del waiting[number]
                yield number, outcome
    yield from ((number, Damaged("file.damaged")) for number in waiting)


def close() -> None:
    """End every child; the next call starts new ones."""
    while _kept:
        children = _kept.pop()
        children.pool.stop()
        children.pool.join()


def _round(
    function: Callable[..., _R], waiting: _Calls, size: int, workers: int, limits: Limits
) -> Iterator[tuple[int, _R | WorkbookError]]:
    """Every call once, `size` of them at a time, without those that want another try."""
    numbers = list(waiting)
    parts = [numbers[start : start + size] for start in range(0, len(numbers), size)]
    children = _children(min(workers, len(parts)), limits.memory)
    seconds = limits.seconds if size == 1 else min(limits.seconds, _SEVERAL)
    ended: SimpleQueue[_Ended] = SimpleQueue()
    left = len(parts)
    try:
        for part in parts:
            calls = [waiting[number] for number in part]
            scheduled = children.pool.schedule(serve, (function, calls), timeout=seconds)
            scheduled.add_done_callback(partial(_hear, ended, part))
        for part, future in _listened(ended, children, left, seconds):
            left -= 1
            yield from zip(part, _outcomes(future, children, alone=len(part) == 1), strict=False)
    except RuntimeError:  # the pool broke before it took the call
        return
    finally:
        if left:
            close()


def _hear(ended: "SimpleQueue[_Ended]", part: list[int], future: "Future[bytes]") -> None:
    ended.put((part, future))


def _listened(ended: "SimpleQueue[_Ended]", children: _Children, left: int, seconds: float) -> Iterator[_Ended]:
    """Every ended call; between them the children are watched. A pool in which nothing ends any more is given up."""
    heard = looked = time.monotonic()
    while left and time.monotonic() - heard < 2 * seconds + 10:
        with suppress(Empty):
            one = ended.get(timeout=_PULSE)
            heard, left = time.monotonic(), left - 1
            yield one
        if time.monotonic() - looked >= _PULSE:
            _watch(children)
            looked = time.monotonic()


def _watch(children: _Children) -> None:
    """Kill the child that holds more than it may."""
    for child in multiprocessing.active_children():
        pid = child.pid or 0
        with suppress(psutil.Error):
            held = psutil.Process(pid).memory_info().rss
            if held - children.held.setdefault(pid, held) > children.memory:
                children.greedy.add(pid)
                child.kill()


def _outcomes(future: "Future[bytes]", children: _Children, *, alone: bool) -> list[Any]:
    """What the child sent of the calls it got to, or why it sent nothing; nothing where each must be tried again."""
    try:
        return list(pickle.loads(future.result()))
    except TimeoutError:
        return [TooSlow("file.too_slow")] if alone else []
    except ProcessExpired as death:
        reason = TooLarge("file.too_large") if death.pid in children.greedy else Damaged("file.damaged")
        return [reason] if alone else []
    except (BrokenProcessPool, CancelledError, RuntimeError):
        return []


def _children(workers: int, memory: int) -> _Children:
    """The children of this process, enough of them, started where there are none."""
    if _kept and (_kept[0].workers < workers or _kept[0].memory != memory or not _kept[0].pool.active):
        close()
    if not _kept:
        context = multiprocessing.get_context(_START)
        pool = ProcessPool(workers, initializer=settle, initargs=(memory,), context=context)
        _kept.append(_Children(pool, workers, memory))
        Finalize(None, close, exitpriority=10)  # where we are a child ourselves, atexit is not asked
    return _kept[0]


atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_kept.clear)  # a copy of us has no children yet
