"""Words of strangers on the clerk's terminal: a cell or a file's name may hold what a terminal takes for orders."""

import json
import re
from collections.abc import Iterable
from typing import NewType

#: Controls that part words, all others (ESC begins an order), and the marks that turn the direction of writing, with
#: which a name can be shown as another (Unicode TR 36).
_PARTING = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
_DIRECTION = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN = re.compile(rf"[\x00-\x1f\x7f-\x9f{_DIRECTION}]")
_UNSEEN_IN_JSON = re.compile(rf"[\x7f-\x9f\u2028\u2029{_DIRECTION}]")

#: A text that a terminal may show: made by the functions below and by nothing else.
Legible = NewType("Legible", str)


def legible(text: str) -> Legible:
    """The text as one line of what can be seen."""
    return Legible(_UNSEEN.sub("", _PARTING.sub(" ", text)))


def in_lines(lines: Iterable[str]) -> Legible:
    """Lines as one text: no line can forge another."""
    return Legible("\n".join(map(legible, lines)))


def legible_json(value: object) -> Legible:
    """A value as JSON, which a person may look at too: what cannot be seen is escaped, so nothing is lost."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return Legible(_UNSEEN_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text))
