"""Waiting for an application that is busy: so many times for one call, and so long for all calls together.

xlwings asks Excel again whenever it refuses a call, without a pause, and compares how often it has asked with a number
of its own. That number is replaced by one that waits when it is compared.
"""

import time
from typing import Any

#: Excel's words for "not now": the call was rejected, ask later; a cell is being typed in.
_REFUSALS = (-2147418111, -2147417846, -2146777998)  # no set: an error may hold anything
_BEHIND_AN_ERROR = -2147352567  # DISP_E_EXCEPTION: the true word is the last one of the third part

_PAUSE = 0.05  # seconds between two attempts


class Patience(int):
    """A number of attempts at one call; `seconds` is what all waiting between attempts may come to."""

    _left: float

    def __new__(cls, attempts: int, seconds: float) -> "Patience":
        """So many attempts at a call."""
        made = super().__new__(cls, attempts)
        made._left = seconds
        return made

    def __gt__(self, attempts: int) -> bool:
        """Whether to try once more after so many attempts; waits first."""
        if not super().__gt__(attempts) or self._left <= 0:
            return False
        self._left -= _PAUSE
        time.sleep(_PAUSE)
        return True


def is_busy(error: BaseException) -> bool:
    """Whether an error of the application only says that it has no time now."""
    parts: tuple[Any, ...] = (*error.args, None, None, None)
    number, behind = parts[0], parts[2]
    if number == _BEHIND_AN_ERROR and isinstance(behind, tuple) and behind:
        number = behind[-1]
    return type(error).__name__ == "ExcelBusyError" or number in _REFUSALS
