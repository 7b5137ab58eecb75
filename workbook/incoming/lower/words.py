"""The sheets and headings that the level above reads: `words_vi.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from workbook.toml_file import toml_file


@dataclass(frozen=True, slots=True)
class Part:
    """One table: the sheet it stands on, English name → heading."""

    sheet: str
    headings: Mapping[str, str]


def _words() -> dict[str, Any]:
    return toml_file("workbook.incoming.lower", "words_vi.toml")


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
