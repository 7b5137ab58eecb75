"""A Word document as bytes: the same document gives the same bytes, and no name of a machine or a moment in it."""

import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import IO

from docx.document import Document

from workbook.outgoing.legible import one_ending
from workbook.outgoing.package import FIRST_MOMENT

_LONGEST = 255  # letters of a property
_CREATED = datetime(2025, 7, 1, tzinfo=UTC)


def content(save: Callable[[IO[bytes]], None]) -> bytes:
    """What `save` writes, with every part of the package dated alike."""
    written, buffer = BytesIO(), BytesIO()
    save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for part in parts.infolist():
            package.writestr(zipfile.ZipInfo(part.filename, FIRST_MOMENT), parts.read(part), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def describe(document: Document, title: str, author: str = "") -> None:
    """Say in the document's properties whose it is, and nothing of who wrote it when."""
    said = document.core_properties
    author = one_ending(author)[:_LONGEST]
    said.title, said.author, said.last_modified_by, said.comments = title, author, author, ""
    said.created = said.modified = _CREATED
    said.revision = 1
