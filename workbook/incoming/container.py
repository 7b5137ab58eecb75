"""What a file really is, whatever its name says, and what its container tells before any cell is read."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from xml.etree.ElementTree import Element

import olefile
from defusedxml.ElementTree import fromstring

from workbook.errors import Damaged, NotAWorkbook, Protected, WorkbookError
from workbook.incoming.parcel import BROKEN, NO_XML, inspect
from workbook.incoming.summary import saved_at
from workbook.layout import OUR_PROPERTIES

#: OpenDocument writes local time without a zone; clerks live in this one.
VIETNAM = timezone(timedelta(hours=7))

_ZIP = b"PK\x03\x04"
#: The first bytes of a workbook of the older kind, and of any that has a password to open.
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"%PDF", "file.pdf"),
    (b"\x89PNG", "file.picture"),
    (b"\xff\xd8\xff", "file.picture"),
    (b"GIF8", "file.picture"),
    (b"BM", "file.picture"),
    (b"RIFF", "file.picture"),
    (b"II*\0", "file.picture"),
    (b"MM\0*", "file.picture"),
    (b"Rar!\x1a\x07", "file.archive"),
    (b"7z\xbc\xaf\x27\x1c", "file.archive"),
    (b"\x1f\x8b", "file.archive"),
    (b"{\\rtf", "file.document"),
)
#: What a workbook is by its inside → the endings that fit it, the usual one first.
_ENDINGS = {"xl/workbook.bin": (".xlsb",), "content.xml": (".ods",), "": (".xlsx", ".xlsm")}
_OLDER = (".xls",)
#: What somebody packed who sends several registers in one file.
_REGISTERS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


@dataclass(frozen=True)
class Container:
    """The wrapping of a workbook: its parts (None for the older kind), and what it records of itself.

    `endings` are those that fit what it is, the usual one first.
    """

    package: zipfile.ZipFile | None = None
    written_at: datetime | None = None
    marks: Mapping[str, str] = field(default_factory=dict)
    endings: tuple[str, ...] = _OLDER


def unwrap(data: bytes) -> Container:
    """Recognise the container; raises UnreadableWorkbook before a reader is let near."""
    if data.startswith(_ZIP):
        return _zipped(data)
    if data.startswith(COMPOUND):
        return _compound(data)
    raise NotAWorkbook(_foreign(data))


def _foreign(data: bytes) -> str:
    """The code of what the file is instead."""
    start = data[:64].replace(b"\xef\xbb\xbf", b"").lstrip()
    if not start:
        return "file.empty"
    if start.startswith(b"<"):
        return "file.web_page"
    if data[4:8] == b"ftyp":  # what iPhones take photographs in
        return "file.picture"
    return next((code for magic, code in _FOREIGN if start.startswith(magic)), "file.not_a_workbook")


def _zipped(data: bytes) -> Container:
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Damaged("file.damaged") from error
    names = [name.lower() for name in package.namelist()]
    if not any(name.startswith("xl/") or name == "content.xml" for name in names):
        raise NotAWorkbook(_packed(names))
    inspect(package, len(data))
    endings = next(fit for part, fit in _ENDINGS.items() if not part or part in names)
    return Container(package, *(_meta(package) if "meta.xml" in names else _properties(package)), endings)


def _packed(names: Iterable[str]) -> str:
    """The code of what a package is that holds no workbook of its own."""
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return "file.document"
    return "file.archive" if any(name.endswith(_REGISTERS) for name in names) else "file.not_a_workbook"


def _properties(package: zipfile.ZipFile) -> tuple[datetime | None, dict[str, str]]:
    """When it was last saved, and our own properties, of an Office workbook."""
    core, custom = _part(package, "docProps/core.xml"), _part(package, "docProps/custom.xml")
    saved = core.findtext("{*}modified") if core is not None else None
    return _moment(saved), _marks(custom)


def _meta(package: zipfile.ZipFile) -> tuple[datetime | None, dict[str, str]]:
    """The same of an OpenDocument workbook."""
    meta = _part(package, "meta.xml")
    if meta is None:
        return None, {}
    return _moment(meta.findtext(".//{http://purl.org/dc/elements/1.1/}date")), _marks(meta)


def _marks(properties: Element | None) -> dict[str, str]:
    """The custom properties that we set ourselves, by name; both formats hold the name in an attribute."""
    elements = properties.iter() if properties is not None else ()
    named = ((next(iter(OUR_PROPERTIES & set(one.attrib.values())), ""), one) for one in elements)
    return {name: "".join(one.itertext()).strip() for name, one in named if name}


def _part(package: zipfile.ZipFile, name: str) -> Element | None:
    """A part as XML; None where it is absent or illegible, for no property is worth a refusal."""
    if name not in package.NameToInfo:
        return None
    try:
        root: Element = fromstring(package.read(name))
    except (*NO_XML, *BROKEN):
        return None
    return root


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def _compound(data: bytes) -> Container:
    """Walk the sector chains before the real reader does: a chain in a circle would eat all memory there."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            _refuse_foreign(compound)
            saved = saved_at(compound)
    except WorkbookError:
        raise
    except (OSError, ValueError, IndexError, TypeError, AttributeError) as error:
        raise Damaged("file.damaged") from error
    return Container(None, saved)


def _refuse_foreign(compound: olefile.OleFileIO) -> None:
    if compound.exists("EncryptedPackage"):
        raise Protected("file.protected")
    if compound.exists("WordDocument"):
        raise NotAWorkbook("file.document")
    stream = next((name for name in ("Workbook", "Book") if compound.exists(name)), None)
    if stream is None:
        raise Damaged("file.damaged")
    compound.openstream(stream)
