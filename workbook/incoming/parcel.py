"""The package of a workbook looked at before any reader unpacks it: what no clerk's program ever writes is refused."""

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError, ParserCreate

from workbook.errors import Damaged, Protected, TooLarge

#: A workbook of two hundred sheets, each with its notes and drawings, has fewer than two thousand.
_PARTS = 5_000
#: Unpacked, the whole package; a register of a thousand persons is below 5 MB.
_UNPACKED = 1 << 30
#: Sheets of blank cells come down to a fortieth; the most that public collections have is 437 times, of few bytes.
_RATIO, _WORTH_A_LOOK = 200, 100 << 20
#: What readers take in whole; a thousand notes, or all the formats that an application allows, are below 20 MB.
_AT_ONCE, _WHOLE = 64 << 20, ("styles", "comments", "vmldrawing", "threadedcomment")
#: A document type stands before the first element; nothing that takes longer to begin is a part of a workbook.
_BLOCK, _BLOCKS = 4096, 256
_TYPE = "<!DOCTYPE"
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
    if any(part.file_size > _AT_ONCE and _is_whole(part.filename) for part in parts):
        raise TooLarge("file.too_large")
    if any(_has_type(package, part) for part in parts if part.filename.endswith((".xml", ".rels"))):
        raise Damaged("file.entities")
    if b"encryption-data" in _manifest(package):
        raise Protected("file.protected")


def _refuse_bomb(unpacked: int, size: int) -> None:
    if unpacked > _WORTH_A_LOOK and unpacked > _RATIO * size:
        raise TooLarge("file.bomb", {"times": unpacked // size})
    if unpacked > _UNPACKED:
        raise TooLarge("file.too_large")


def _is_whole(name: str) -> bool:
    return name.lower().rpartition("/")[2].startswith(_WHOLE)


def _has_type(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part declares a document type, in which entities could breed or fetch; in whatever width of letters."""
    try:
        with package.open(part) as opened:
            return _declares(iter(lambda: opened.read(_BLOCK), b""))
    except ValueError as error:  # it stands before the beginning of the file, or its name is no text
        raise Damaged("file.damaged") from error


def _declares(blocks: Iterator[bytes]) -> bool:
    """Whether a document type comes before the first element, however long the comments before it are."""
    begun: list[str] = []
    parser = ParserCreate()

    def begin(name: str, _attributes: object) -> None:
        begun.append(name)
        parser.StartElementHandler = None  # the others do not matter, and each would cost a call

    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = lambda *_: begun.append(_TYPE)
    for block in islice(blocks, _BLOCKS):
        if _TYPE in block.replace(b"\0", b"").decode("latin-1"):  # in letters that the parser may not know
            return True
        try:
            parser.Parse(block)
        except (ExpatError, LookupError):  # no XML, or letters nobody knows: whoever reads it says so
            return _TYPE in begun
        if begun:
            return _TYPE in begun
    if next(blocks, b""):
        raise Damaged("file.damaged")
    return False


def _manifest(package: zipfile.ZipFile) -> bytes:
    """The list of parts of an OpenDocument workbook; it tells of each how it is enciphered."""
    name = "META-INF/manifest.xml"
    return package.read(name) if name in package.NameToInfo else b""
