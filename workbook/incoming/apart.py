"""Files opened in a process of their own that outlives the call: what a foreign worker does with its shard.

Whoever carries our work may be a daemon, which may start no children, or run many threads, which must not be copied;
so may we while others carry it. So one plain interpreter is started a thread, and that one guards itself as ever: a
file that never ends or eats the memory costs its own line there too. It is spoken to through its pipes and ends with
them.
"""

import os
import pickle
import subprocess
import sys
import threading
import weakref
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from workbook import discretion
from workbook.incoming.inbox import Job, Opened, open_all

_COMMAND = ("-m", "workbook.incoming.apart")

#: Seconds for the process to end by itself.
_PATIENCE = 10

_ours = threading.local()


class _Reader:
    """A reading process, and the two pipes to it."""

    def __init__(self) -> None:
        known = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        self._process = subprocess.Popen(
            [sys.executable, *_COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": known},
        )
        self.end = weakref.finalize(self, _end, self._process)

    def open(self, todo: Sequence[Job], workers: int) -> list[Opened]:
        """What `open_all` returns there. Raises OSError, EOFError or UnpicklingError where the process is gone."""
        asked, told = self._process.stdin, self._process.stdout
        assert asked
        assert told
        pickle.dump((list(todo), workers), asked)
        asked.flush()
        opened: list[Opened] = pickle.load(told)
        return opened


def open_apart(todo: Sequence[Job], workers: int = 1) -> list[Opened]:
    """`open_all` in the reading process of this thread, which is kept for the next call.

    Raises ChildProcessError where that process is lost.
    """
    reader: _Reader = getattr(_ours, "reader", None) or _Reader()
    _ours.reader = reader
    try:
        return reader.open(todo, workers)
    except (OSError, EOFError, pickle.UnpicklingError):
        close()
        raise ChildProcessError from None


def close() -> None:
    """End the reading process of this thread; the next call starts a new one."""
    reader: _Reader | None = _ours.__dict__.pop("reader", None)
    if reader:
        reader.end()


def _end(process: "subprocess.Popen[bytes]") -> None:
    assert process.stdin
    assert process.stdout
    with suppress(OSError):  # gone already
        pickle.dump(None, process.stdin)
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            pipe.close()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _main() -> None:
    """Open what is asked for until the pipe ends; whatever else is printed here goes to standard error."""
    discretion.install()
    asked, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):  # whoever is stopped with us says so
        while (asking := pickle.load(asked)) is not None:
            pickle.dump(open_all(*asking), told)
            told.flush()


if __name__ == "__main__":
    _main()
