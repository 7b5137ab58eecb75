"""The way back: from a line of the quota book to the file, sheet and cell it was read from."""

import os
from functools import cache
from pathlib import Path

from workbook.outgoing.page import Locate

_LONGEST = 2_000  # a hyperlink holds 2,079 characters


def locate_in(inbox: Path | None, out: Path) -> Locate:
    """Make the finder of hyperlinks for a book at `out` whose sources lie in `inbox`.

    Links are relative, so that book and inbox can move together. What cannot be reached (no inbox known, a file
    inside an archive, a name that a hyperlink cannot spell) has none: "".
    """

    @cache
    def base(file: str) -> str:
        if inbox is None or not file or set(file) & set("#%") or not (inbox / file).is_file():
            return ""
        try:
            return "external:" + os.path.relpath(inbox / file, out.parent)
        except ValueError:  # another drive: nothing is relative to it
            return f"external:{(inbox / file).resolve()}"

    def locate(file: str, sheet: str, cell: str) -> str:
        found = base(file)
        if not found or not sheet:
            return found
        target = "{}#'{}'!{}".format(found, sheet.replace("'", "''"), cell or "A1")
        return target if len(target) <= _LONGEST else found

    return locate
