"""Pieces of a Word document as party offices set them: paragraphs, tables, the page with its margins and number."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx import Document
from docx.document import Document as _Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from workbook.outgoing.legible import one_ending

Paper = _Document
Cell = _Cell

FONT = "Times New Roman"
SIZE = 14  # points of the body, by the guidance on party documents (36-HD/VPTW of 2018, seen in a copy)

LEFT, CENTRE, JUSTIFIED = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_MARGINS = {"left": 3.0, "top": 2.0, "bottom": 2.0}  # centimetres
_RIGHT, FIRST_LINE = 2.0, 1.27


@dataclass(frozen=True, slots=True)
class Type:
    """How a line is set. `space`: points above and below."""

    align: WD_ALIGN_PARAGRAPH = CENTRE
    size: float = SIZE
    bold: bool = False
    italic: bool = False
    underline: bool = False
    indent: float = 0  # of the first line, in centimetres
    space: tuple[float, float] = (0, 0)
    keep: bool = False  # on the page of what follows


BODY = Type(JUSTIFIED, indent=FIRST_LINE, space=(3, 3))


def page(size: float = SIZE, right: float = _RIGHT) -> Paper:
    """A blank document: A4 with the margins of party documents, the font, the page number above all pages but one.

    `size` of the body in points, `right` margin in centimetres.
    """
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for side, width in {**_MARGINS, "right": right}.items():
        setattr(section, f"{side}_margin", Cm(width))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(size)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    _field(number.add_run(), "PAGE")
    return document


def _field(run: Run, code: str) -> None:
    """A field that the word processor works out, such as the page number."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)


def line(place: Paper | Cell, text: str, look: Type = BODY) -> Paragraph:
    """Add a paragraph. A cell begins with an empty one, which is used first."""
    first = place.paragraphs[0] if isinstance(place, Cell) and not place.text and len(place.paragraphs) == 1 else None
    paragraph = first or place.add_paragraph()
    paragraph.alignment = look.align
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(look.space[0]), Pt(look.space[1])
    shape.keep_with_next = look.keep or None
    shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    shape.first_line_indent = Cm(look.indent) if look.indent else None
    run = paragraph.add_run(one_ending(text))
    run.bold, run.italic, run.underline, run.font.size = look.bold, look.italic, look.underline, Pt(look.size)
    return paragraph


def table(document: Paper, widths: Sequence[float], *, ruled: bool) -> Table:
    """An empty table of one row, columns as wide as given in centimetres; `ruled` with lines."""
    made: Table = document.add_table(rows=1, cols=len(widths), style="Table Grid" if ruled else None)
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    return made


def columns(document: Paper, widths: Sequence[float]) -> tuple[Cell, ...]:
    """Columns of text beside each other, without lines: a letter head, the signatures."""
    cells = tuple(table(document, widths, ruled=False).rows[0].cells)
    for cell, width in zip(cells, widths, strict=True):
        cell.width = Cm(width)
    return cells


def fill(made: Table, row: int, texts: Sequence[str], looks: Sequence[Type]) -> None:
    """Fill a row, which is added where it is the next; each text in its column's look."""
    cells = made.rows[row].cells if row < len(made.rows) else made.add_row().cells
    for cell, column, text, look in zip(cells, made.columns, texts, looks, strict=True):
        cell.width = column.width
        line(cell, text, look)


def loop(made: Table, start: str, texts: Sequence[str], looks: Sequence[Type], end: str) -> None:
    """Rows that the template engine repeats: its opening tag, the row itself, its closing tag."""
    for tags in (start, end):
        row = len(made.rows)
        fill(made, row, [tags, *[""] * (len(texts) - 1)], [Type(LEFT)] * len(texts))
        if tags == start:
            fill(made, row + 1, texts, looks)


def repeat_heading(made: Table) -> None:
    """Show the first row again on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(mark)
