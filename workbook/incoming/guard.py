"""Files from strange hands are opened in child processes that may neither run on nor eat the machine.

A reader that panics, aborts, overflows its stack or never ends takes its child with it and nothing else: the file gets
a named reason, the child is replaced, the rest goes on. This module alone knows by what means:

* pebble keeps the children and kills the one whose time is up, on Windows, macOS and Linux alike;
* memory is held twice: on Linux the child may not map more than its limit, everywhere the parent looks at what each
  child really holds (psutil) and kills the one that holds too much.

Children are kept for the whole run. What comes back is pickled inside the child, under its limits, and not by pebble,
whose children share one lock while they pickle.
"""

import atexit
import ctypes
import faulthandler
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.util import Finalize
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

import psutil
from pebble import ProcessExpired, ProcessPool

from workbook.errors import Damaged, TooLarge, TooSlow, Unforeseen, UnreadableWorkbook, WorkbookError

_R = TypeVar("_R")
#: A call by its number, and what has become of it.
_Ended = tuple[int, Future[bytes]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: seconds on the clock, and bytes beyond what its child held before."""

    seconds: float = 60
    memory: int = 2 << 30


LIMITS = Limits()

#: How often the parent looks at the memory of its children, in seconds.
_PULSE = 0.1
#: What has become of a call that died with the whole pool.
_LOST = object()
#: A file whose child died through no fault of its own (a neighbour broke the pool) is tried once more.
_CHANCES = 2
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
#: How a child starts: a copy of ourselves where that is safe (20 ms), else a new interpreter.
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
    for _ in range(_CHANCES):
        for number, outcome in _round(function, waiting, min(workers, len(waiting)), limits):
            if outcome is not _LOST:
                del waiting[number]
                yield number, outcome
        if not waiting:
            return
        close()
    yield from ((number, Damaged("file.damaged")) for number in waiting)


def close() -> None:
    """End every child; the next call starts new ones."""
    while _kept:
        children = _kept.pop()
        children.pool.stop()
        children.pool.join()


def _round(
    function: Callable[..., _R], waiting: dict[int, tuple[object, ...]], workers: int, limits: Limits
) -> Iterator[tuple[int, Any]]:
    """Every call once; _LOST for one that died with the whole pool."""
    children = _children(workers, limits.memory)
    ended: SimpleQueue[_Ended] = SimpleQueue()
    left = len(waiting)
    try:
        for number, arguments in list(waiting.items()):
            scheduled = children.pool.schedule(_shielded, (function, arguments), timeout=limits.seconds)
            scheduled.add_done_callback(partial(_hear, ended, number))
        for number, future in _listened(ended, children, left, limits.seconds):
            left -= 1
            yield number, _outcome(future, children)
    except RuntimeError:  # the pool broke before it took the call
        return
    finally:
        if left:
            close()


def _hear(ended: "SimpleQueue[_Ended]", number: int, future: "Future[bytes]") -> None:
    ended.put((number, future))


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


def _outcome(future: "Future[bytes]", children: _Children) -> Any:
    """What the child sent, or why it sent nothing; _LOST where the whole pool broke."""
    try:
        return pickle.loads(future.result())
    except TimeoutError:
        return TooSlow("file.too_slow")
    except ProcessExpired as death:
        return TooLarge("file.too_large") if death.pid in children.greedy else Damaged("file.damaged")
    except (BrokenProcessPool, CancelledError, RuntimeError):
        return _LOST


def _children(workers: int, memory: int) -> _Children:
    """The children of this process, enough of them, started where there are none."""
    if _kept and (_kept[0].workers < workers or _kept[0].memory != memory or not _kept[0].pool.active):
        close()
    if not _kept:
        context = multiprocessing.get_context(_START)
        pool = ProcessPool(workers, initializer=_settle, initargs=(memory,), context=context)
        _kept.append(_Children(pool, workers, memory))
        Finalize(None, close, exitpriority=10)  # where we are a child ourselves, atexit is not asked
    return _kept[0]


# --- in the child


def _shielded(function: Callable[..., object], arguments: tuple[object, ...]) -> bytes:
    """The outcome, pickled. Here alone everything is caught: a panic of the Rust reader is no Exception."""
    try:
        return pickle.dumps(function(*arguments), pickle.HIGHEST_PROTOCOL)
    except WorkbookError as error:
        return pickle.dumps(error)
    except MemoryError:
        return pickle.dumps(TooLarge("file.too_large"))
    except BaseException as error:
        return pickle.dumps(_unforeseen(error))


def _unforeseen(error: BaseException) -> UnreadableWorkbook:
    """A fault of ours: its type and place are told, never its message, which may quote a cell."""
    if type(error).__name__ == "PanicException":
        return Damaged("file.damaged")
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return Unforeseen("file.unforeseen", {"fault": f"{type(error).__name__}, {place}"})


def _settle(memory: int) -> None:
    """Set the limits of a new child, and be quiet: what a dying reader says on standard error may quote a cell."""
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(0x0001 | 0x0002)  # no box that waits for a click when we crash
    else:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # ends a reader at once that never comes back to Python
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a picture of the memory would hold persons
        if sys.platform == "linux":
            most = psutil.Process().memory_info().vms + memory
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # whoever kills us kills a busy child too
    faulthandler.disable()
    gc.freeze()  # what was there before the first file is not looked through again
    with Path(os.devnull).open("wb") as nothing:
        os.dup2(nothing.fileno(), 2)


atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_kept.clear)  # a copy of us has no children yet
