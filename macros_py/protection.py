"""Whether a sheet or a book is protected; xlwings has no word for it."""

import sys
from typing import Any

from macros_py.bulk import Sheet


def is_locked(sheet: Sheet) -> bool:
    """Whether the cells of a sheet may not be written on."""
    return _says(sheet, "ProtectContents", "protect_contents")


def is_sealed(book: Any) -> bool:
    """Whether sheets of an xlwings book can neither be added nor taken away."""
    return _says(book, "ProtectStructure", "protect_structure")


def _says(what: Any, on_windows: str, on_mac: str) -> bool:
    """LibreOffice's engine says it, Excel is asked directly."""
    if hasattr(what.impl, "protected"):
        return bool(what.impl.protected)
    if sys.platform == "darwin":
        return bool(getattr(what.api, on_mac).get())
    return bool(getattr(what.api, on_windows))
