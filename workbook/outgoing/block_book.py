"""A workbook that XlsxWriter makes and we pack, part by part as its text comes: no sheet is ever held as one text.

XlsxWriter makes the text of all parts first, which for 80,000 persons is half a gigabyte, and deflates them harder than
a book is worth: a third of all writing went there. At our level half of that is saved, and the file is a sixth larger;
the rest is done by a thread beside the one that makes the text, for zlib lets others work meanwhile.
There is no public way to choose either (decision 0008).
"""

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing
from io import BufferedWriter, BytesIO, RawIOBase, StringIO, TextIOWrapper
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager

_LEVEL = 4
#: Bytes that are deflated at once: long work against the handing over, little to hold.
_PIECE = 1 << 20


class BlockBook(Workbook):  # type: ignore[misc]  # - XlsxWriter tells no types
    """A workbook that is packed once its sheets are filled; the same book gives the same bytes."""

    def __init__(self, options: dict[str, object]) -> None:
        super().__init__(_Nowhere(), {**options, "in_memory": True})  # no person's data in a temporary folder
        self._packing: _Packing | None = None

    def pack(self, out: IO[bytes]) -> None:
        """Write the book into a file that is open for bytes. Raises what the file raises; RuntimeError when packed."""
        if self._packing:
            raise RuntimeError("a book is packed once: its blocks are let go while they are written")
        self._packing = _Packing(out)
        self._store_workbook()  # `close` would hide whether a disk is full or a folder shut

    def _get_packager(self) -> Packager | None:
        return self._packing


class _Nowhere(BytesIO):
    """Where XlsxWriter believes it packs. Never closed: its own package says so on the console when a run fails."""

    def close(self) -> None:
        pass


class _Packing(Packager):  # type: ignore[misc]  # - XlsxWriter tells no types
    """Packs each part while it is made, and leaves XlsxWriter none to pack."""

    def __init__(self, out: IO[bytes]) -> None:
        super().__init__()
        self._out = out
        self._part: _Part | None = None

    def _create_package(self) -> list[object]:
        with (
            ThreadPoolExecutor(1) as self._beside,
            ZipFile(self._out, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as self._package,
        ):
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
        packed = self._package.open(xml_filename, "w", force_zip64=True)  # nobody knows how long a part will be
        self._part = _Part(_Deflating(packed, self._beside))
        return self._part

    def _end_part(self) -> None:
        if self._part:
            self._part.end()


class _Part(StringIO):
    """A text of XlsxWriter's, which takes no other kind; all that is written goes on into the package at once."""

    def __init__(self, packed: "_Deflating") -> None:
        super().__init__()
        self._packed = TextIOWrapper(BufferedWriter(packed, _PIECE), "utf-8", newline="")
        self.write = self._packed.write  # type: ignore[method-assign]  # - called for every row: not through another call

    def end(self) -> None:
        self._packed.close()


class _Deflating(RawIOBase):
    """A part of a package that is written by another thread, a piece behind; what goes wrong there is raised here."""

    def __init__(self, part: IO[bytes], beside: Executor) -> None:
        self._part, self._beside = part, beside
        self._running: Future[int] | None = None

    def writable(self) -> bool:
        """It is for nothing else."""
        return True

    def write(self, piece: Any) -> int:
        """Hand a piece over as soon as the one before is packed."""
        self._wait()
        content = bytes(piece)  # the buffer is filled again meanwhile
        self._running = self._beside.submit(self._part.write, content)
        return len(content)

    def close(self) -> None:
        """Pack what is left; the part is closed whatever went wrong."""
        try:
            with closing(self._part):
                self._wait()
        finally:  # else whoever comes next would find a stream that is neither open nor closed, and say only that
            super().close()

    def _wait(self) -> None:
        running, self._running = self._running, None
        if running:
            running.result()
