"""A Word document as its texts and tables: the body, then text boxes, then notes below the text and behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from workbook.errors import Damaged

#: Notes that are no notes: the lines that separate them from the text.
_SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}


class Kind(StrEnum):
    """Where a text stands; the values are names of places in `printed_vi.toml`."""

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
    """Read a document. Raises Damaged."""
    try:
        document = Document(str(path))
        return _of(document)
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise Damaged("printed.unreadable") from error


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


def _boxes(document: Word) -> Iterator[etree._Element]:
    """Every text box once: what is kept beside it for older programs says the same again."""
    for box in document.element.body.iter(qn("w:txbxContent")):
        if next(box.iterancestors("{*}Fallback"), None) is None:
            yield box


def _texts(place: etree._Element, document: Word) -> list[str]:
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
