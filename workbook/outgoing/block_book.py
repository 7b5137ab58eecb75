"""A workbook that XlsxWriter makes and we pack, part by part as its text comes: no sheet is ever held as one text.

XlsxWriter makes the text of all parts first, which for 80,000 persons is half a gigabyte, and deflates them harder than
a book is worth: a third of all writing went there. At our level half of that is saved, and the file is a sixth larger.
There is no public way to choose either (decision 0008).
"""

from io import BytesIO, StringIO, TextIOWrapper
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager

_LEVEL = 4


class BlockBook(Workbook):  # type: ignore[misc]  # - XlsxWriter tells no types
    """A workbook written to a file that is open for bytes, when it is closed; the same book gives the same bytes."""

    def __init__(self, out: IO[bytes], options: dict[str, object]) -> None:
        super().__init__(BytesIO(), {**options, "in_memory": True})  # no person's data in a temporary folder
        self._out = out

    def _get_packager(self) -> Packager:
        return _Packing(self._out)


class _Packing(Packager):  # type: ignore[misc]  # - XlsxWriter tells no types
    """Packs each part while it is made, and leaves XlsxWriter none to pack."""

    def __init__(self, out: IO[bytes]) -> None:
        super().__init__()
        self._out = out
        self._part: _Part | None = None

    def _create_package(self) -> list[object]:
        with ZipFile(self._out, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as self._package:
            try:
                pictures = super()._create_package()
            finally:
                self._end_part()  # a package with a part still open cannot be closed, and would hide what went wrong
            for content, name, _ in pictures:
                with self._package.open(name, "w") as part:
                    part.write(content.getvalue())
        return []

    def _filename(self, xml_filename: str) -> StringIO:
        """What the next part is to be written into; one is whole before the next begins."""
        self._end_part()
        self._part = _Part(self._package, xml_filename)
        return self._part

    def _end_part(self) -> None:
        if self._part:
            self._part.end()


class _Part(StringIO):
    """A text of XlsxWriter's, which takes no other kind; all that is written goes on into the package at once."""

    def __init__(self, package: ZipFile, name: str) -> None:
        super().__init__()
        self._packed = TextIOWrapper(package.open(name, "w"), "utf-8", newline="")
        self.write = self._packed.write  # type: ignore[method-assign]  # - called for every row: not through another call

    def end(self) -> None:
        self._packed.close()
