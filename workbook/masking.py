"""What of a cell may be shown outside the data sheet: identifiers keep only their ends, wherever they were typed."""

import re

from workbook.frames import is_blank
from workbook.incoming.cells import as_text
from workbook.layout import BY_NAME, Kind

#: Digits long enough to be an identity, card or telephone number, blanks and points between them or not.
_LONG_NUMBER = re.compile(r"\d(?:[ .]?\d){7,}")


def shown(column: str, value: object) -> str:
    """A cell's value as text for a sentence; in a column of identifiers all of it is masked, elsewhere long numbers."""
    if is_blank(value):
        return ""
    text = as_text(value)
    if column in BY_NAME and BY_NAME[column].kind is Kind.DIGITS:
        return _masked(text)
    return text if hasattr(value, "strftime") else _LONG_NUMBER.sub(lambda found: _masked(found[0]), text)


def _masked(text: str) -> str:
    """First and last three characters; all of a text too short for that is a slip, not an identifier."""
    return text if len(text) <= 6 else f"{text[:3]}{'*' * (len(text) - 6)}{text[-3:]}"
