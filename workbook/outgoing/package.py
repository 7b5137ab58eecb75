"""An Office file as its parts: some are put in anew, all others stay byte for byte, in their order.

`openpyxl` writes a whole workbook anew and loses what it does not know (pictures, charts, drop-downs of newer kinds):
whoever fills in or marks somebody else's file goes through here.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from lxml import etree

from workbook.errors import Damaged

#: Signatures over the whole package or over its macros: any change would make them void.
_SIGNATURES = ("_xmlsignatures/", "xl/vbaprojectsignature")
#: The first moment that an archive can hold: what we add is of it, so that the same input gives the same bytes.
FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#: The attribute that leads from an element to another part.
RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: The attribute that keeps the blanks at the ends of a text.
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_STRICT_RELATIONSHIP_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class Checksum:
    """One part of a package: its SHA-256, and whether it is the very part that was received."""

    part: str
    sha256: str
    untouched: bool


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of an Office file, in their order, each with its entry of the archive (name, time, compression)."""

    parts: tuple[tuple[zipfile.ZipInfo, bytes], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The parts' names, in their order."""
        return tuple(info.filename for info, _ in self.parts)

    @property
    def is_signed(self) -> bool:
        """Whether somebody signed the package or its macros."""
        return any(name.lower().startswith(_SIGNATURES) for name in self.names)

    def part(self, name: str) -> bytes:
        """The content of a part; raises Damaged where there is none of that name."""
        for info, content in self.parts:
            if info.filename == name:
                return content
        raise Damaged("file.damaged")

    def replaced(self, contents: Mapping[str, bytes]) -> "Package":
        """The package with other contents of some of its parts; raises Damaged for a part that it does not have."""
        if not contents.keys() <= set(self.names):
            raise Damaged("file.damaged")
        return Package(tuple((info, contents.get(info.filename, content)) for info, content in self.parts))

    def content(self) -> bytes:
        """The package as the bytes of a file; the same parts give the same bytes."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for info, content in self.parts:
                entry = zipfile.ZipInfo(info.filename, info.date_time)
                entry.compress_type, entry.external_attr = info.compress_type, info.external_attr
                archive.writestr(entry, content)
        return buffer.getvalue()


def open_package(data: bytes) -> Package:
    """The parts of an Office file; raises Damaged where the archive cannot be followed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return Package(tuple((info, archive.read(info)) for info in archive.infolist()))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise Damaged("file.damaged") from error


def checksums(before: Package, after: Package) -> tuple[Checksum, ...]:
    """Every part of `after`, held against the same part of `before`."""
    known = {info.filename: content for info, content in before.parts}
    return tuple(
        Checksum(info.filename, sha256(content).hexdigest(), known.get(info.filename) == content)
        for info, content in after.parts
    )


def parse(content: bytes) -> etree._Element:
    """A part as a tree. Raises Damaged for what is no XML, and for a document type: no Office file has one."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Damaged("file.damaged") from error
    if root.getroottree().docinfo.doctype:
        raise Damaged("file.damaged")
    return root


def main_tag(name: str) -> str:
    """The tag of an element of workbooks, sheets, notes and styles."""
    return f"{{{MAIN}}}{name}"


def serialised(root: etree._Element) -> bytes:
    """A tree as a part, declared as Office does."""
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def sheet_parts(package: Package) -> dict[str, str]:
    """Sheet name → the part that holds it, in the order of the tabs."""
    book = workbook_part(package)
    parts = dict(targets(package, book))
    sheets = parse(package.part(book)).iterfind(".//{*}sheets/{*}sheet")
    linked = ((one.get("name", ""), one.get(RELATIONSHIP_ID) or one.get(_STRICT_RELATIONSHIP_ID)) for one in sheets)
    return {name: parts[link] for name, link in linked if link in parts}


def workbook_part(package: Package) -> str:
    """The part that lists the sheets, where the package says it is."""
    for _, target in targets(package, "", "officeDocument"):
        return target
    raise Damaged("file.damaged")


def targets(package: Package, source: str, kind: str = "") -> Iterable[tuple[str, str]]:
    """Relationship id → part, for the relationships of a part ("": of the package) whose type ends in `kind`."""
    folder, name = posixpath.split(source)
    relationships = parse(package.part(posixpath.join(folder, "_rels", f"{name}.rels")))
    for one in relationships:
        if one.get("Type", "").endswith(kind) and one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))
            yield one.get("Id", ""), target.lstrip("/")
