"""The way back: from a line of the quota book to the file, sheet and cell it was read from."""

import os
from functools import cache
from pathlib import Path, PurePosixPath

from workbook.outgoing.legible import one_ending
from workbook.outgoing.page import Locate

_LONGEST = 2_000  # a hyperlink holds 2,079 characters

#: Signs by which a name becomes another address: a fragment, an escape, a scheme, a path of Windows or of a network.
_NO_ADDRESS = set('#%:\\?*"<>|\n\t')


def locate_in(inbox: Path | None, out: Path) -> Locate:
    """Make the finder of hyperlinks for a book at `out` whose sources lie in `inbox`.

    Links are relative, so that book and inbox can move together, and lead nowhere but into the inbox: a branch chooses
    the names of its files. What cannot be reached so (no inbox known, another drive, a file inside an archive, a name
    that a hyperlink cannot spell or that leads elsewhere) has none: "".
    """

    @cache
    def base(file: str) -> str:
        if inbox is None or not _leads_inside(file) or not (inbox / file).is_file():
            return ""
        try:
            return "external:" + os.path.relpath(inbox / file, out.parent)
        except ValueError:  # another drive: nothing is relative to it
            return ""

    def locate(file: str, sheet: str, cell: str) -> str:
        found = base(file)
        if not found or not sheet:
            return found
        target = "{}#'{}'!{}".format(found, sheet.replace("'", "''"), cell or "A1")
        return target if len(target) <= _LONGEST else found

    return locate


def _leads_inside(file: str) -> bool:
    """Whether a name given by others is that of a file in the inbox or in a folder of it, and spelt as it is."""
    path = PurePosixPath(file)
    odd = set(file) & _NO_ADDRESS or one_ending(file) != file
    return bool(file) and not odd and not path.is_absolute() and ".." not in path.parts
