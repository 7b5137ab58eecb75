"""The words of `printed_vi.toml`, as comparison keys."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from workbook.text import key
from workbook.toml_file import toml_file


@cache
def keys(section: str) -> Mapping[str, tuple[str, ...]]:
    """Name → the words that mean it, longest first."""
    table = _toml()[section]
    return {name: tuple(sorted(map(key, words), key=len, reverse=True)) for name, words in table.items()}


def said(section: str, name: str) -> str:
    """A text of the file, as it is."""
    return str(_toml()[section][name])


def kind_said(kind: str) -> str:
    """What a denominator of some kind is called; any kind without a name is "another number"."""
    kinds = _toml()["kinds"]
    return str(kinds.get(kind, kinds["other"]))


def named(shown: str, section: str) -> str:
    """The name whose words a text ends with, the longest words first; "" for none."""
    compared = key(shown)
    fits = [(word, name) for name, words in keys(section).items() for word in words if _ends(compared, word)]
    return max(fits, key=lambda fit: len(fit[0]))[1] if fits else ""


def has(shown: str, section: str, name: str) -> bool:
    """Whether a text has one of the words of a name."""
    compared = key(shown)
    return any(word in compared for word in keys(section)[name])


def starts(shown: str, section: str, name: str) -> bool:
    """Whether a text begins with one of the words of a name, as a whole word."""
    compared = key(shown)
    behind = (compared.removeprefix(word) for word in keys(section)[name] if compared.startswith(word))
    return any(not rest[:1].isalnum() for rest in behind)


def _ends(compared: str, word: str) -> bool:
    """Whether a text ends with a word, not with a longer one that ends alike."""
    return compared.endswith(word) and not compared.removesuffix(word)[-1:].isalnum()


def _toml() -> dict[str, dict[str, Any]]:
    return toml_file("workbook.printed", "printed_vi.toml")
