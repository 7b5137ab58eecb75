"""A Word document as its texts and tables: the body, then text boxes, then notes below the text and behind it.

The way in of Word documents, by a guarded child process as that of workbooks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table
from docx.text.paragraph import Paragraph

from workbook.errors import Damaged, NotAWorkbook, TooLarge, Unreachable
from workbook.incoming.guard import guarded
from workbook.incoming.parcel import inspect

#: Notes that are no notes: the lines that separate them from the text.
_SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}

#: No report comes near; a file this long is something else or an accident.
_LONGEST_FILE = 50 << 20


class Kind(StrEnum):
    """Where a text stands; the values are names of places in `printed/printed_vi.toml`."""

    PARAGRAPH = "paragraph"
    BOX = "box"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph; `number` counts from 1 as a reader does: paragraphs that are not empty, boxes, notes."""

    kind: Kind
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class WordPaper:
    """What a Word document says. A table is its rows of texts, a merged cell in each of its places."""

    texts: tuple[Text, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]


def read_word(path: Path) -> WordPaper:
    """Read a document. Raises UnreadableWorkbook; the file is neither changed nor kept open."""
    return guarded(read_word_here, path)


def read_word_here(path: Path) -> WordPaper:
    """The same in this very process, unguarded: what a child does."""
    if path.name.startswith("~$"):
        raise NotAWorkbook("file.lock")
    content = _content(path)
    try:
        with ZipFile(BytesIO(content)) as package:
            inspect(package, len(content))
        return _of(Document(BytesIO(content)))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:  # ill-formed XML is the last
        raise Damaged("printed.unreadable") from error


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LONGEST_FILE:
            raise TooLarge("file.too_large")
        return path.read_bytes()
    except OSError as error:
        raise Unreachable("file.held") from error


def _of(document: Word) -> WordPaper:
    pieces = list(document.iter_inner_content())
    boxes = list(_boxes(document))
    body = [piece.text for piece in pieces if isinstance(piece, Paragraph) and piece.text.strip()]
    texts = [Text(Kind.PARAGRAPH, number, text) for number, text in enumerate(body, start=1)]
    texts += [
        Text(Kind.BOX, number, text) for number, box in enumerate(boxes, start=1) for text in _texts(box, document)
    ]
    texts += [*_notes(document, Kind.FOOTNOTE), *_notes(document, Kind.ENDNOTE)]
    boxed = [Table(element, document) for box in boxes for element in box.findall(qn("w:tbl"))]
    tables = [*(piece for piece in pieces if isinstance(piece, Table)), *boxed]
    return WordPaper(
        tuple(texts), tuple(tuple(tuple(cell.text for cell in row.cells) for row in one.rows) for one in tables)
    )


def _boxes(document: Word) -> Iterator[BaseOxmlElement]:
    """Every text box once: what is kept beside it for older programs says the same again."""
    for box in document.element.body.iter(qn("w:txbxContent")):
        if next(box.iterancestors("{*}Fallback"), None) is None:
            yield box


def _texts(place: BaseOxmlElement, document: Word) -> list[str]:
    """The paragraphs right within a place that are not empty."""
    said = (Paragraph(element, document).text for element in place.findall(qn("w:p")))
    return [text for text in said if text.strip()]


def _notes(document: Word, kind: Kind) -> Iterator[Text]:
    """The notes of a kind, numbered as they are kept, which is as they are shown."""
    name = {Kind.FOOTNOTE: RELATIONSHIP_TYPE.FOOTNOTES, Kind.ENDNOTE: RELATIONSHIP_TYPE.ENDNOTES}[kind]
    parts = (one.target_part for one in document.part.rels.values() if one.reltype == name and not one.is_external)
    for part in parts:
        notes = [note for note in parse_xml(part.blob) if note.get(qn("w:type")) not in _SEPARATORS]
        yield from (Text(kind, at, text) for at, note in enumerate(notes, start=1) for text in _texts(note, document))
