"""A workbook whose parts XlsxWriter makes and we pack: it deflates them harder than a book is worth.

At its level a third of the writing of a large book went into deflating; at ours half of that is saved and the file is a
sixth larger. XlsxWriter has no public way to choose (decision 0008).
"""

from io import BytesIO, StringIO
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager

_LEVEL = 4
_MADE = (1980, 1, 1, 0, 0, 0)  # the same book gives the same bytes at any hour

#: A part of a package: its content, its name, and whether the content is bytes.
_Part = tuple[BytesIO | StringIO, str, bool]


class BlockBook(Workbook):  # type: ignore[misc]  # - XlsxWriter tells no types
    """A workbook written to a file that is open for bytes; kept in memory until it is closed."""

    def __init__(self, out: IO[bytes], options: dict[str, object]) -> None:
        super().__init__(BytesIO(), {**options, "in_memory": True})  # no person's data in a temporary folder
        self._out = out

    def _get_packager(self) -> Packager:
        return _Unpacked(self._out)


class _Unpacked(Packager):  # type: ignore[misc]  # - XlsxWriter tells no types
    """Packs the parts itself and leaves XlsxWriter none to pack."""

    def __init__(self, out: IO[bytes]) -> None:
        super().__init__()
        self._out = out

    def _create_package(self) -> list[_Part]:
        with ZipFile(self._out, "w", ZIP_DEFLATED) as package:
            for content, name, binary in super()._create_package():
                written = content.getvalue()
                part = ZipInfo(name, _MADE)
                part.compress_type = ZIP_DEFLATED
                package.writestr(part, written if binary else written.encode("utf-8"), compresslevel=_LEVEL)
        return []
