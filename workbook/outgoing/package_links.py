"""Parts added to a package: what they are, and which part they belong to."""

import posixpath
import zipfile
from collections.abc import Mapping
from itertools import count

from lxml import etree

from workbook.outgoing.package import FIRST_MOMENT, Package, parse, serialised, targets

_TYPES_PART = "[Content_Types].xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_parts(package: Package, contents: Mapping[str, bytes]) -> Package:
    """The package with these parts, put in the place of those of the same name or at the end."""
    known = set(package.names)
    kept = package.replaced({name: content for name, content in contents.items() if name in known})
    added = tuple((_entry(name), content) for name, content in contents.items() if name not in known)
    return Package((*kept.parts, *added))


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, FIRST_MOMENT)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def linked(package: Package, source: str, kind: str) -> dict[str, str]:
    """Relationship id → part, for the relations of a part to parts of a kind ("comments", "vmlDrawing", "styles")."""
    if _relations_part(source) not in package.names:
        return {}
    return dict(targets(package, source, f"/{kind}"))


def added(package: Package, source: str, kind: str, pattern: str, content: bytes) -> tuple[Package, str]:
    """The package with a new part that belongs to `source`, and the id of the relationship.

    `pattern` makes the name of the part, "xl/comments{}.xml"; what it is has to be declared beside.
    """
    taken = {name.lower() for name in package.names}
    name = next(one for number in count(1) if (one := pattern.format(number)).lower() not in taken)
    relations = _relations_part(source)
    root = (
        parse(package.part(relations))
        if relations in package.names
        else etree.Element(f"{{{_RELATIONSHIPS}}}Relationships", nsmap={None: _RELATIONSHIPS})
    )
    used = {one.get("Id") for one in root}
    link = next(one for number in count(1) if (one := f"rId{number}") not in used)
    said = {"Id": link, "Type": f"{_OFFICE}/{kind}", "Target": f"/{name}"}
    etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", said)
    return with_parts(package, {name: content, relations: serialised(root)}), link


def _relations_part(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def declared(package: Package, part: str, content_type: str) -> Package:
    """The package with what one part is."""
    return _declared(package, "Override", "PartName", f"/{part}", content_type)


def declared_extension(package: Package, extension: str, content_type: str) -> Package:
    """The package with what every part of an extension is, unless it says so already."""
    return _declared(package, "Default", "Extension", extension, content_type)


def _declared(package: Package, tag: str, attribute: str, value: str, content_type: str) -> Package:
    root = parse(package.part(_TYPES_PART))
    known = {one.get(attribute, "").lower() for one in root.iterfind(f"{{{_TYPES}}}{tag}")}
    if value.lower() in known:
        return package
    said = etree.Element(f"{{{_TYPES}}}{tag}", {attribute: value, "ContentType": content_type})
    if tag == "Default":
        root.insert(0, said)
    else:
        root.append(said)
    return with_parts(package, {_TYPES_PART: serialised(root)})
