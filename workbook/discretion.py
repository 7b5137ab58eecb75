"""What no log may hold: identity numbers, and the names of the people who are being read.

We log nothing of anybody's ourselves; the libraries beneath us warn with the value of a cell, and a traceback quotes
it. So every record of every library is masked where it is made, before any handler sees it.
"""

import logging
import re
import sys
import traceback
import warnings
from collections.abc import Callable, Iterable
from typing import Any

#: Identity numbers old and new, card and telephone numbers, parted by blanks and points or not, already masked or not.
_NUMBER = re.compile(r"(?<!\d)\d(?:[ .]?[\dxX*]){7,}")
_MASK = "***"

#: A shorter name is a word of the language too; it would be found in half of all sentences.
_SHORTEST = 5

_known: set[str] = set()


def know(names: Iterable[object]) -> None:
    """From now on these names are masked wherever they would be logged; kept in memory only, by this process."""
    _known.update(name.strip() for name in names if isinstance(name, str) and len(name.strip()) >= _SHORTEST)


def discreet(text: str) -> str:
    """The text without identity numbers and without the names that are known."""
    shown = _NUMBER.sub(_MASK, text)
    for name in _known:
        if name in shown:
            shown = shown.replace(name, _MASK)
    return shown


def install() -> None:
    """Mask every record of `logging` and every warning from now on, and let no traceback quote what it is about."""
    made = logging.getLogRecordFactory()
    if isinstance(made, _Discreet):
        return
    logging.setLogRecordFactory(_Discreet(made))
    logging.captureWarnings(True)
    warnings.formatwarning = _warned
    sys.excepthook = _bare


class _Discreet:
    """A maker of records over another one, which has nothing but the words masked."""

    def __init__(self, made: Callable[..., logging.LogRecord]) -> None:
        self._made = made

    def __call__(self, *arguments: Any, **named: Any) -> logging.LogRecord:
        """The record, without names and numbers, and without the words of an error."""
        one = self._made(*arguments, **named)
        one.msg, one.args = discreet(_message(one)), ()
        if one.exc_info:
            one.msg, one.exc_info = f"{one.msg} ({_where(one.exc_info[1])})", None
        return one


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):  # words and values that do not fit: what they were meant to say is theirs
        return str(record.msg)


def _warned(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, line: str | None = None
) -> str:
    """A warning without its line of code, which may quote a value."""
    del line
    return f"{filename}:{lineno}: {category.__name__}: {message}"


def _where(error: BaseException | None) -> str:
    """Of an error only what it is and where it happened; its words may quote a cell."""
    if error is None:
        return ""
    frames = traceback.extract_tb(error.__traceback__)
    return " ".join([type(error).__name__, *(f"{frame.name}:{frame.lineno}" for frame in frames[-3:])])


def _bare(kind: type[BaseException], error: BaseException, _trace: Any) -> None:
    """The very last door, for what no other has caught."""
    sys.stderr.write(f"{kind.__name__}: {_where(error)}\n")
