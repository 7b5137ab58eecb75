"""The words of `cells_vi.toml`: what stands in a cell around a value, or instead of one."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from workbook import text


@cache
def words(section: str, name: str) -> tuple[str, ...]:
    """The comparison keys of one list of words, longest first, so that they can be tried in order."""
    return tuple(sorted(map(text.key, _data()[section][name]), key=len, reverse=True))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("workbook").joinpath("cells_vi.toml").read_text(encoding="utf-8"))
