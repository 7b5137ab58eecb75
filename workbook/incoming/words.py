"""The words of `cells_vi.toml`: what stands in a cell around a value, or instead of one."""

from functools import cache

from workbook import text
from workbook.toml_file import toml_file


@cache
def words(section: str, name: str) -> tuple[str, ...]:
    """The comparison keys of one list of words, longest first, so that they can be tried in order."""
    said = toml_file("workbook", "cells_vi.toml")[section][name]
    return tuple(sorted(map(text.key, said), key=len, reverse=True))
