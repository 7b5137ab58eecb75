"""Short texts of the books and the shell that are no finding: `phrases_vi.toml`, by dotted key."""

import re
from functools import cache
from string import Formatter

from workbook.toml_file import toml_file


@cache
def _phrases() -> dict[str, str]:
    sections = toml_file("workbook", "phrases_vi.toml")
    return {f"{section}.{name}": text for section, texts in sections.items() for name, text in texts.items()}


def phrase(key: str, /, **parts: object) -> str:
    """The phrase `key` ("section.name") with its {placeholders} filled; KeyError where either is unknown."""
    return _phrases()[key].format_map(parts)


def pattern(key: str, gap: str, /, **parts: str) -> str:
    """A regular expression for what `phrase` makes of `key`: each placeholder as `parts` say, else a `gap`."""
    pieces = Formatter().parse(_phrases()[key])
    return "".join(re.escape(text) + (f"(?:{parts.get(name, gap)})" if name else "") for text, name, _, _ in pieces)


def keys() -> frozenset[str]:
    """Every phrase there is; a house test holds them against their use."""
    return frozenset(_phrases())
