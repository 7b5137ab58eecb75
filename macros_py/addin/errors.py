"""Why the add-in could not be put in place: one Vietnamese sentence each, from `words_vi.toml`."""

from typing import Any

from workbook.toml_file import toml_file


class AddinError(Exception):
    """Nothing was changed; `str()` is the sentence to show. `code` is a key of [errors] in `words_vi.toml`."""

    def __init__(self, code: str, **detail: object) -> None:
        super().__init__(words()["errors"][code].format_map(detail))
        self.code = code


def words() -> dict[str, Any]:
    """Every text of the add-in that is no button and no check, by section."""
    return toml_file("macros_py.addin", "words_vi.toml")
