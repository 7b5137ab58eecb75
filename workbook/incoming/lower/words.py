"""The sheets and headings that the level above reads: `words_vi.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """One table: the sheet it stands on, English name → heading."""

    sheet: str
    headings: Mapping[str, str]


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("workbook.incoming.lower").joinpath("words_vi.toml").read_text("utf-8"))


@cache
def part(name: str) -> Part:
    """The table of that name; KeyError where there is none."""
    return Part(_words()[name]["sheet"], _words()[name]["headings"])


def word(table: str, name: str) -> str:
    """A single word of a table: "year" of the quota table, "mean" of the composition."""
    return str(_words()[table][name])


def sheets() -> frozenset[str]:
    """The names of all sheets that hold numbers."""
    return frozenset(part(name).sheet for name in _words())
