"""One column for the number and the day of a paper, "145/GCN-TTCT, 20/6/2025": two columns of the register.

It is taken apart only where its heading says that it holds both and every filled cell does, the number first.
"""

import re
from collections.abc import Sequence
from functools import cache

from workbook.incoming.cells import as_text, is_blank
from workbook.incoming.dates import read_date
from workbook.incoming.vocabulary import words
from workbook.text import key

#: The numbers and the days of a column, one of each per person, "" where its cell is blank.
Parts = tuple[list[object], list[object]]

_DAY = r"[0-9]{1,2}\s*(?P<sign>[/.-])\s*[0-9]{1,2}\s*(?P=sign)\s*[0-9]{4}"
_ANY_DAY = re.compile(rf"(?<![0-9]){_DAY}(?![0-9])")
_AROUND = " ,;()[]\n\t"


def apart(cells: Sequence[object]) -> Parts | None:
    """The parts of every cell; None where one of them does not say both, or all are blank."""
    said = [None if is_blank(cell) else _split(cell) for cell in cells]
    if not any(said) or any(part is None and not is_blank(cell) for part, cell in zip(said, cells, strict=True)):
        return None
    return [part[0] if part else "" for part in said], [part[1] if part else "" for part in said]


def is_a_day(cell: object) -> bool:
    """Whether a cell is a full day and nothing else."""
    return read_date(cell).precision == "day"


def holds_a_day(cell: object) -> bool:
    """Whether a cell is a day, or a text with a day in it."""
    return is_a_day(cell) or (isinstance(cell, str) and _ANY_DAY.search(cell) is not None)


def _split(cell: object) -> tuple[str, str] | None:
    """The number and the day of one cell; None where it does not end with its only day, or has no number before it."""
    found = _both().fullmatch(as_text(cell).strip(_AROUND)) if isinstance(cell, str) else None
    if found is None or _ANY_DAY.search(found["number"]) or not is_a_day(found["day"]):
        return None
    return found["number"].strip(_AROUND), found["day"]


@cache
def _both() -> re.Pattern[str]:
    """A number (with a digit), something between that is neither's own, a day."""
    said = words()["number_and_day"]
    number, day = ("|".join(map(re.escape, map(key, said[name]))) for name in ("number", "day"))
    before = rf"(?:(?:{number})\b\s*[:.]?\s*)?"
    between = rf"(?:\s*[,;(\[]\s*|\s+(?:[-\u2013]\s+)?)(?:(?:{day})\b\s*:?\s*)?"
    return re.compile(rf"{before}(?P<number>\S*[0-9].*?){between}(?P<day>{_DAY})", re.IGNORECASE | re.DOTALL)
