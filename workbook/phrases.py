"""Short texts of the books and the shell that are no finding: `phrases_vi.toml`, by dotted key."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _phrases() -> dict[str, str]:
    sections = tomllib.loads(files("workbook").joinpath("phrases_vi.toml").read_text("utf-8"))
    return {f"{section}.{name}": text for section, texts in sections.items() for name, text in texts.items()}


def phrase(key: str, /, **parts: object) -> str:
    """The phrase `key` ("section.name") with its {placeholders} filled; KeyError where either is unknown."""
    return _phrases()[key].format_map(parts)


def keys() -> frozenset[str]:
    """Every phrase there is; a house test holds them against their use."""
    return frozenset(_phrases())
