"""Pieces of a Word document as party offices set them: paragraphs, tables, the page with its margins and number."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

FONT = "Times New Roman"
SIZE = 14  # points of the body, by the guidance on party documents (36-HD/VPTW of 2018, seen in a copy)

LEFT, CENTRE, JUSTIFIED = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_MARGINS = {"left": 3.0, "right": 2.0, "top": 2.0, "bottom": 2.0}  # centimetres
_FIRST_LINE = Cm(1.27)


@dataclass(frozen=True, slots=True)
class Type:
    """How a line is set. `space`: points above and below."""

    align: WD_ALIGN_PARAGRAPH = CENTRE
    size: float = SIZE
    bold: bool = False
    italic: bool = False
    underline: bool = False
    indent: bool = False
    space: tuple[float, float] = (0, 0)


BODY = Type(JUSTIFIED, indent=True, space=(3, 3))


def set_page(document: Document) -> None:
    """A4 with the margins of party documents, the font, and the page number above all pages but the first."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for side, width in _MARGINS.items():
        setattr(section, f"{side}_margin", Cm(width))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(SIZE)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    _field(number.add_run(), "PAGE")


def _field(run: Run, code: str) -> None:
    """A field that the word processor works out, such as the page number."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)


def line(place: Document | _Cell, text: str, look: Type = BODY) -> Paragraph:
    """Add a paragraph. A cell begins with an empty one, which is used first."""
    first = place.paragraphs[0] if isinstance(place, _Cell) and not place.text and len(place.paragraphs) == 1 else None
    paragraph = first or place.add_paragraph()
    paragraph.alignment = look.align
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(look.space[0]), Pt(look.space[1])
    shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    shape.first_line_indent = _FIRST_LINE if look.indent else None
    run = paragraph.add_run(text)
    run.bold, run.italic, run.underline, run.font.size = look.bold, look.italic, look.underline, Pt(look.size)
    return paragraph


def table(document: Document, widths: Sequence[float], *, ruled: bool) -> Table:
    """An empty table of one row, columns as wide as given in centimetres; `ruled` with lines."""
    made: Table = document.add_table(rows=1, cols=len(widths), style="Table Grid" if ruled else None)
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    return made


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
