"""The add-in for Excel (.xlam): an empty one authored by Excel, given our macro, our ribbon and the program to start.

Same interpreter and same versions, same bytes.
"""

import zipfile
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import defusedxml.ElementTree

from macros_py import actions
from macros_py.addin.errors import AddinError, words
from macros_py.addin.package import unzipped, zipped
from macros_py.addin.ribbon import ribbon

_MODULE = "SoNguon"
_CORE = "docProps/core.xml"
_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
# Excel writes this part with the prefix `cp`; some readers look for it.
ET.register_namespace("cp", _PROPERTIES)

_RIBBON = (
    '<Relationship Id="ribbon" Target="customUI/customUI14.xml" '
    'Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"/>'
)


def xlam(python: Path) -> bytes:
    """The add-in that starts `python` (the interpreter without a console), as a package.

    AddinError where xlwings or the writer of macros is not installed.
    """
    title = actions.table().title
    parts = _with_macro(macro())
    edits = {
        "_rels/.rels": ("</Relationships>", f"{_RIBBON}</Relationships>"),
        "xl/worksheets/sheet1.xml": ("<sheetData/>", _cells(str(python), words()["excel"]["blocked"], title)),
    }
    for name, (old, new) in edits.items():
        parts[name] = _replaced(parts[name], old, new)
    parts[_CORE] = _core(title)
    parts["customUI/customUI14.xml"] = ribbon(actions.table())
    return zipped(parts)


def macro() -> str:
    """The source of our one macro module: ASCII, lines ended as VBA ends them."""
    text = files("macros_py.addin").joinpath(f"{_MODULE}.bas").read_text("ascii")
    return "\r\n".join(text.splitlines()) + "\r\n"


def stamp() -> str:
    """The versions an add-in built now belongs to, like "so-nguon 0.1.0, xlwings 0.37.8".

    AddinError where one of them is not installed.
    """
    try:
        return ", ".join(f"{name} {version(name)}" for name in ("so-nguon", "xlwings"))
    except PackageNotFoundError as missing:
        raise AddinError("no_parts", part=missing.name) from missing


def stamp_of(addin: Path) -> str | None:
    """The versions an add-in was built from; None where there is none or it is not ours."""
    try:
        with zipfile.ZipFile(addin) as package:
            return defusedxml.ElementTree.fromstring(package.read(_CORE)).findtext(f"{{{_PROPERTIES}}}version")
    except (OSError, KeyError, zipfile.BadZipFile, ET.ParseError):
        return None


def _with_macro(source: str) -> dict[str, bytes]:
    """The parts of an empty add-in that holds our module; its only code is that source, never compiled here."""
    try:
        from pyopenvba import ExcelFile
    except ImportError as missing:
        raise AddinError("no_parts", part="pyOpenVBA") from missing
    with TemporaryDirectory() as folder:
        path = Path(folder) / "addin.xlam"
        with ExcelFile.create_new(path) as book:
            book.vba_project().rename_module("Module1", _MODULE)
            book.set_module(_MODULE, source)
            book.save()
        return unzipped(path.read_bytes())


def _replaced(part: bytes, old: str, new: str) -> bytes:
    text = part.decode("utf-8")
    if text.count(old) != 1:
        raise ValueError(f"the empty add-in has changed: {old} stands {text.count(old)} times")
    return text.replace(old, new).encode("utf-8")


def _cells(*texts: str) -> str:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{escape(text)}</t></is></c></row>'
        for row, text in enumerate(texts, start=1)
    )
    return f"<sheetData>{rows}</sheetData>"


def _core(title: str) -> bytes:
    root = ET.Element(f"{{{_PROPERTIES}}}coreProperties")
    ET.SubElement(root, "{http://purl.org/dc/elements/1.1/}title").text = title
    ET.SubElement(root, f"{{{_PROPERTIES}}}version").text = stamp()
    written: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written
