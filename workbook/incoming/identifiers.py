"""Identity and card numbers, and counts: digits that must arrive as they were typed.

Zeros lost at the front are not put back here: how long a number must be is for the law to say.
"""

import re

from workbook import text
from workbook.incoming.cells import BLANK, Reading, is_blank

# A spreadsheet keeps fifteen digits; what is longer has been rounded.
_EXACT = 10**15

# "1.1E+09" read back as 1100000000: the running number of an identity number is never all zeros.
_ROUNDED = 10**6

_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?e\+?[0-9]+")
_DIGITS = re.compile(r"[0-9]+(?:[ .-][0-9]+)*")
_COUNT = re.compile(r"([0-9]{1,6})(?:[.,]0+)?")
_DAMAGED, _ILLEGIBLE, _NO_COUNT = (
    Reading(fault="id.scientific"),
    Reading(fault="id.unreadable"),
    Reading(fault="count.unreadable"),
)


def read_identifier(value: object) -> Reading:
    """The digits of an identifier, without the blanks, dots and hyphens that group them.

    Faults: `id.scientific` where digits are lost for good, `id.unreadable` where there are not only digits.
    """
    if is_blank(value):
        return BLANK
    if isinstance(value, str):
        return _of_text(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _ILLEGIBLE
    return _of_number(value)


def read_count(value: object) -> Reading:
    """A whole number, not negative, of at most six digits; else `count.unreadable`."""
    if is_blank(value):
        return BLANK
    if isinstance(value, str):
        found = _COUNT.fullmatch(text.clean(value))
        return Reading(int(found[1])) if found else _NO_COUNT
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 10**6:
        return _NO_COUNT
    return Reading(int(value)) if value == int(value) else _NO_COUNT


def _of_number(number: float) -> Reading:
    if not 0 < number < float("inf"):
        return _ILLEGIBLE
    if number >= _EXACT or number % _ROUNDED == 0:
        return _DAMAGED
    return Reading(str(int(number))) if number == int(number) else _ILLEGIBLE


def _of_text(typed: str) -> Reading:
    cleaned = text.clean(typed).lower().strip("'\u2019`").removesuffix(".0")
    if _SCIENTIFIC.fullmatch(cleaned):
        return _DAMAGED
    # A line break parts two numbers; joined they would be a third.
    if "\n" in typed.strip() or not _DIGITS.fullmatch(cleaned):
        return _ILLEGIBLE
    return Reading(re.sub("[^0-9]", "", cleaned))
