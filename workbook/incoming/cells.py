"""One cell → what it says, in the simplest case: blank, or text.

A reader never raises and never repairs: what it cannot read is a fault, named by a code.
"""

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time

import pandas as pd

from workbook import text
from workbook.days import format_day

# A dash or dots alone say "nothing here" as plainly as an empty cell.
_NOTHING = re.compile(r"[-\s._\u2013\u2014\u2026]*")

# Letters that appear only where text typed for an old font is shown in a Unicode one: TCVN3 puts its
# vowels on symbols and foreign letters, VNI writes each accent as a second letter after its vowel.
_FOREIGN = (
    r"[\u00a7-\u00aa\u00ac\u00ae\u00b5\u00b6\u00b8\u00b9\u00bc\u00be\u00c6\u00c7\u00cb\u00ce\u00cf\u00d1\u00d6"
    r"\u00d8\u00de\u00df\u00e4-\u00e7\u00eb\u00ee\u00ef\u00f1\u00f6\u00f8\u00fb\u00fc\u00fe]"
)
_OLD_FONT = re.compile(rf"[^\W\d_]{_FOREIGN}|{_FOREIGN}[^\W\d_]|[ae][\u00e0-\u00e3\u00e8-\u00ea]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: `value` is None where blank or illegible, `fault` a code, `suggestion` for a person."""

    value: str | int | None = None
    fault: str = ""
    suggestion: str = ""


BLANK = Reading()


def is_blank(value: object) -> bool:
    """Whether a cell says nothing: empty, a missing number, invisible characters, or a dash."""
    if isinstance(value, str):
        return not value[:1].isalnum() and _NOTHING.fullmatch(text.clean(value)) is not None
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value))


def as_text(value: object) -> str:
    """A cell as the text a clerk sees: 12.0 as "12", a day as dd/mm/yyyy."""
    if isinstance(value, str):
        return text.clean(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return format_day(value) if value.time() == time() else f"{format_day(value)} {value:%H:%M}"
    return format_day(value) if isinstance(value, date) else str(value)


def text_or_blank(value: object) -> str:
    """A cell as the text a clerk sees; "" where it says nothing."""
    return "" if is_blank(value) else as_text(value)


def read_text(value: object) -> Reading:
    """Free text. Text from an old font is kept as it is, with a question."""
    if is_blank(value):
        return BLANK
    shown = as_text(value)
    return Reading(shown, "text.legacy_font" if _OLD_FONT.search(shown) else "")


def read_number(value: object) -> Reading:
    """The number of a paper, like "12/QĐ": text that a spreadsheet may have taken for a day."""
    became_date = isinstance(value, date) and not is_blank(value)
    return Reading(as_text(value), "number.became_date") if became_date else read_text(value)
