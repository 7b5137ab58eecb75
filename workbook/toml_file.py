"""Words and lists that are data: TOML files beside the modules that use them."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def toml_file(package: str, name: str) -> dict[str, Any]:
    """The file `name` beside the modules of a package ("workbook.incoming"), read once; nobody changes it.

    Raises FileNotFoundError, or TOMLDecodeError: either is a fault of ours.
    """
    return tomllib.loads((files(package) / name).read_text("utf-8"))
