"""The package of a workbook looked at before any reader unpacks it: what no clerk's program ever writes is refused."""

import zipfile
import zlib
from collections import Counter
from xml.etree.ElementTree import ParseError

from workbook.errors import Damaged, Protected, TooLarge

#: A workbook of two hundred sheets, each with its notes and drawings, has fewer than two thousand.
_PARTS = 5_000
#: Unpacked, the whole package; a register of a thousand persons is below 5 MB.
_UNPACKED = 1 << 30
#: Sheets of blank cells come down to a fortieth; the most that public collections have is 437 times, of few bytes.
_RATIO, _WORTH_A_LOOK = 200, 100 << 20
#: A document type stands before the first element.
_HEAD = 4096
_ENCIPHERED = 1  # general purpose bit flag
#: How a part that cannot be unpacked fails: by its checksum, packing or end, or is packed in a way nobody knows.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError)
#: How a part fails that is no XML, or in letters that nobody knows; a document type, which we refuse, is a ValueError.
NO_XML = (ParseError, LookupError, ValueError)


def inspect(package: zipfile.ZipFile, size: int) -> None:
    """Raises TooLarge, Protected or Damaged; `size` is that of the file. Nothing but the heads of parts is unpacked."""
    parts = package.infolist()
    if len(parts) > _PARTS:
        raise TooLarge("file.many_parts", {"count": len(parts)})
    if any(part.flag_bits & _ENCIPHERED for part in parts):
        raise Protected("file.protected")
    if max(Counter(part.filename.lower() for part in parts).values(), default=0) > 1:
        raise Damaged("file.twin_parts")  # every reader would show another sheet
    _refuse_bomb(sum(part.file_size for part in parts), size)
    if any(_has_type(package, part) for part in parts if part.filename.endswith((".xml", ".rels"))):
        raise Damaged("file.entities")
    if b"encryption-data" in _manifest(package):
        raise Protected("file.protected")


def _refuse_bomb(unpacked: int, size: int) -> None:
    if unpacked > _WORTH_A_LOOK and unpacked > _RATIO * size:
        raise TooLarge("file.bomb", {"times": unpacked // size})
    if unpacked > _UNPACKED:
        raise TooLarge("file.too_large")


def _has_type(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part declares a document type, in which entities could breed or fetch; in whatever width of letters."""
    try:
        with package.open(part) as opened:
            return b"<!DOCTYPE" in opened.read(_HEAD).replace(b"\0", b"")
    except ValueError as error:  # it stands before the beginning of the file, or its name is no text
        raise Damaged("file.damaged") from error


def _manifest(package: zipfile.ZipFile) -> bytes:
    """The list of parts of an OpenDocument workbook; it tells of each how it is enciphered."""
    name = "META-INF/manifest.xml"
    return package.read(name) if name in package.NameToInfo else b""
