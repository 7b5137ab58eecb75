"""The invented words of the demo, read once from `words_vi.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """A TOML file of this folder as a dictionary; loaded once, not to be changed."""
    return tomllib.loads(files("workbook.demo").joinpath(name).read_text(encoding="utf-8"))


def words() -> dict[str, Any]:
    """Everything in `words_vi.toml`."""
    return load("words_vi.toml")
