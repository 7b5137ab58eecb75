"""A long action that a second press of its button stops: the two presses are two processes and share a file."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from zlib import crc32

from macros_py import crash
from macros_py.desk import Refused

#: An action that has not been heard of for so long, in seconds, was ended from outside.
_SILENCE = 60


@contextmanager
def once(label: str) -> Iterator[Callable[[], bool]]:
    """Run an action once at a time; yields whether to go on. Refused where it runs already: it is stopped."""
    mark = crash.LOG.parent / f"dang-chay-{crc32(label.encode()):08x}"
    if mark.exists() and time.time() - mark.stat().st_mtime < _SILENCE:
        mark.unlink()
        raise Refused("button.stopping")
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()

    def go_on() -> bool:
        if not mark.exists():
            return False
        mark.touch()
        return True

    try:
        yield go_on
    finally:
        mark.unlink(missing_ok=True)
