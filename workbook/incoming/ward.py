"""What a guarded child does: it keeps within its limits, says nothing, and catches everything.

What it sends is pickled here, under those limits, and not by pebble, whose children share one lock while they pickle.
"""

import ctypes
import faulthandler
import gc
import os
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

from workbook.errors import Damaged, TooLarge, Unforeseen, WorkbookError

#: No further call is begun after so many seconds: whoever is slow has its time for itself.
_PATIENCE = 1.0
#: So many objects come and go with a small file; to look for dead circles after each would cost a tenth.
_OBJECTS = 50_000
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def serve(function: Callable[..., object], calls: Sequence[tuple[object, ...]]) -> bytes:
    """The outcomes of the first calls, of all unless they are slow, pickled; of none where they could not be."""
    began, outcomes = time.monotonic(), []
    for arguments in calls:
        outcomes.append(_called(function, arguments))
        if time.monotonic() - began > _PATIENCE:
            break
    try:
        return pickle.dumps(outcomes, pickle.HIGHEST_PROTOCOL)
    except BaseException as error:
        return pickle.dumps([_reason(error)] if len(calls) == 1 else [])


def settle(memory: int) -> None:
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
    gc.set_threshold(_OBJECTS)
    with Path(os.devnull).open("wb") as nothing:
        os.dup2(nothing.fileno(), 2)


def _called(function: Callable[..., object], arguments: tuple[object, ...]) -> object:
    """Here alone everything is caught: a panic of the Rust reader is no Exception."""
    try:
        return function(*arguments)
    except BaseException as error:
        return _reason(error)


def _reason(error: BaseException) -> WorkbookError:
    """A fault of ours is told by its type and place, never by its message, which may quote a cell."""
    if isinstance(error, WorkbookError):
        return error.alone()
    if isinstance(error, MemoryError):
        return TooLarge("file.too_large")
    if type(error).__name__ == "PanicException":
        return Damaged("file.damaged")
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return Unforeseen("file.unforeseen", {"fault": f"{type(error).__name__}, {place}"})
