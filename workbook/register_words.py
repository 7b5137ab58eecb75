"""The words of the blank register: `register_vi.toml`, one value per section."""

from typing import Any

from workbook.toml_file import toml_file


def word(section: str, name: str, /, **parts: object) -> str:
    """One text with its {placeholders} filled; KeyError where either is unknown."""
    return str(_words()[section][name]).format_map(parts)


def described(column: str) -> tuple[str, str]:
    """What a register column is for, and an example ("" where the list of its values says enough)."""
    what, example = _words()["column"][column]
    return str(what), str(example)


def _words() -> dict[str, Any]:
    return toml_file("workbook", "register_vi.toml")
