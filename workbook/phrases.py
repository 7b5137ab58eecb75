"""Short texts of the books and the shell that are no finding: `phrases_vi.toml`, by dotted key."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from string import Formatter

from workbook.toml_file import toml_file

_FORMER = "former_{section}s"


@cache
def _phrases() -> dict[str, str]:
    sections = toml_file("workbook", "phrases_vi.toml")
    former = {_FORMER.format(section=section) for section in sections}
    return {
        f"{section}.{name}": text
        for section, texts in sections.items()
        if section not in former
        for name, text in texts.items()
    }


def phrase(key: str, /, **parts: object) -> str:
    """The phrase `key` ("section.name") with its {placeholders} filled; KeyError where either is unknown."""
    return _phrases()[key].format_map(parts)


def pattern(key: str, gap: str, /, **parts: str) -> str:
    """A regular expression for what `phrase` makes of `key`: each placeholder as `parts` say, else a `gap`."""
    pieces = Formatter().parse(_phrases()[key])
    return "".join(re.escape(text) + (f"(?:{parts.get(name, gap)})" if name else "") for text, name, _, _ in pieces)


def formerly(section: str) -> Mapping[str, Sequence[str]]:
    """The words that phrases of a section had in books written before: name → words, of those that ever changed."""
    words: Mapping[str, Sequence[str]] = toml_file("workbook", "phrases_vi.toml")[_FORMER.format(section=section)]
    return words


def keys() -> frozenset[str]:
    """Every phrase there is; a house test holds them against their use."""
    return frozenset(_phrases())
