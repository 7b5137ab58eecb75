"""The words of the blank register: `register_vi.toml`, one value per section."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def word(section: str, name: str, /, **parts: object) -> str:
    """One text with its {placeholders} filled; KeyError where either is unknown."""
    return str(_words()[section][name]).format_map(parts)


def described(column: str) -> tuple[str, str]:
    """What a register column is for, and an example ("" where the list of its values says enough)."""
    what, example = _words()["column"][column]
    return str(what), str(example)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("workbook").joinpath("register_vi.toml").read_text(encoding="utf-8"))
