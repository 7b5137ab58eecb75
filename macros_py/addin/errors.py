"""Why the add-in could not be put in place: one Vietnamese sentence each, from `words_vi.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


class AddinError(Exception):
    """Nothing was changed; `str()` is the sentence to show. `code` is a key of [errors] in `words_vi.toml`."""

    def __init__(self, code: str, **detail: object) -> None:
        super().__init__(words()["errors"][code].format_map(detail))
        self.code = code


@cache
def words() -> dict[str, Any]:
    """Every text of the add-in that is no button and no check, by section."""
    return tomllib.loads(files("macros_py.addin").joinpath("words_vi.toml").read_text("utf-8"))
