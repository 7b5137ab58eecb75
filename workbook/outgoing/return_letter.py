"""The return slip as a page to print and sign (.docx): whose register, what is to be put right, where, by when."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import PurePosixPath
from textwrap import wrap

from docx import Document
from docx.document import Document as Letter
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from workbook.committee import Committee
from workbook.incoming.container import VIETNAM
from workbook.labels import label
from workbook.outgoing.returned import Cause, ReturnSlip
from workbook.outgoing.styles import FONT
from workbook.percent import whole
from workbook.phrases import phrase

#: A file property wants a moment; a fixed one, so that the same slip is the same bytes.
_CREATED = datetime(2025, 7, 1)  # noqa: DTZ001 - a file property has no zone
_ENTRY = (1980, 1, 1, 0, 0, 0)

_MARGINS = (Cm(2), Cm(2), Cm(3), Cm(1.5))  # top, bottom, left, right, as party offices set them
_HEAD_WIDTHS = (7.0, 9.5)
_WIDTHS = (1.2, 2.8, 9.2, 3.3)  # number, column, what and how, cells; in cm, together the page
_LETTERS_A_CM = 5.4  # of 11 points
_MOST_LINES = 30  # of the table on one page, room to sign left below
_MOST_CELLS = 12  # named of one cause; the rest is told as a count


@dataclass(frozen=True, slots=True)
class _Look:
    """How a line is set; sizes in points."""

    size: float = 13
    bold: bool = False
    italic: bool = False
    underlined: bool = False


_OFFICE, _SUPERIOR = _Look(12, bold=True), _Look(12)
_PARTY, _BOLD, _ITALIC = _Look(bold=True, underlined=True), _Look(bold=True), _Look(italic=True)
_TITLE, _SMALL, _GAP = _Look(15, bold=True), _Look(11), _Look(6)
_HEADING, _REMEDY = _Look(11, bold=True), _Look(11, italic=True)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What goes with a slip: the name of the marked copy, or of the list where the file cannot be marked; "" none."""

    copy: str = ""
    listed: str = ""


def render(slip: ReturnSlip, committee: Committee, as_of: date, enclosed: Enclosure) -> bytes:
    """The slip as the bytes of a .docx file; the same slip gives the same bytes."""
    letter = Document()
    _set_up(letter)
    _head(letter, committee, as_of)
    _address(letter, slip)
    for text in _opening(slip):
        _paragraph(letter, text, ALIGN.JUSTIFY)
    if slip.causes:
        _list(letter, slip.causes, enclosed)
    for text in _closing(slip, committee, as_of, enclosed):
        _paragraph(letter, text, ALIGN.JUSTIFY)
    _foot(letter, slip)
    return _settled(letter)


def _set_up(letter: Letter) -> None:
    """A4 and the one font, for Latin letters and all others."""
    section, style = letter.sections[0], letter.styles["Normal"]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = _MARGINS
    style.font.name, style.font.size = FONT, Pt(13)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    letter.core_properties.author = phrase("slip.author")
    letter.core_properties.title = phrase("slip.title")
    letter.core_properties.created = letter.core_properties.modified = _CREATED


def _head(letter: Letter, committee: Committee, as_of: date) -> None:
    left, right = _columns(letter, _HEAD_WIDTHS)
    if committee.superior:
        _line(left.paragraphs[0], committee.superior.upper(), _SUPERIOR)
    _line(_next(left), committee.name.upper() or phrase("slip.blank"), _OFFICE)
    _line(_next(left), phrase("slip.star"), _SUPERIOR)
    _line(right.paragraphs[0], phrase("slip.party"), _PARTY)
    _line(_next(right), phrase("slip.place", day=as_of.day, month=f"{as_of.month:02d}", year=as_of.year), _ITALIC)
    _line(letter.add_paragraph(), phrase("slip.title"), _TITLE, before=12)


def _next(cell: _Cell) -> Paragraph:
    """The paragraph to write on: the first one while it is blank."""
    first: Paragraph = cell.paragraphs[0]
    return first if not first.text and len(cell.paragraphs) == 1 else cell.add_paragraph()


def _address(letter: Letter, slip: ReturnSlip) -> None:
    _line(letter.add_paragraph(), phrase("slip.to", branch=slip.branch or phrase("slip.blank")), before=6)


def _opening(slip: ReturnSlip) -> Iterator[str]:
    received, name = slip.received_at, PurePosixPath(slip.file).name
    day = f"{received.astimezone(VIETNAM):%d/%m/%Y}" if received else phrase("slip.blank")
    if slip.error:
        yield phrase("slip.unreadable", file=name, fault=slip.error.message)
        yield phrase("slip.remedy", fix=slip.error.fix)
        return
    counts = {"errors": whole(slip.errors), "queries": whole(slip.queries)}
    yield phrase("slip.received", file=name, day=day, persons=whole(slip.persons), **counts)
    yield phrase("slip.asked" if slip.causes else "slip.clean")


def _closing(slip: ReturnSlip, committee: Committee, as_of: date, enclosed: Enclosure) -> Iterator[str]:
    """What is enclosed, and by when an answer is awaited; of a register without faults nothing is."""
    if enclosed.copy:
        yield phrase("slip.copy", file=enclosed.copy)
    if enclosed.listed:
        yield phrase("slip.list", file=enclosed.listed)
    if slip.causes or slip.error:
        yield deadline(committee.submit_by, as_of)


def deadline(submit_by: date | None, as_of: date) -> str:
    """By when a register shall come again, in a sentence."""
    if submit_by is None:
        return phrase("slip.by_blank", day=phrase("slip.blank"))
    return phrase("slip.by" if submit_by >= as_of else "slip.by_past", day=f"{submit_by:%d/%m/%Y}")


# --- the list


def _list(letter: Letter, causes: Sequence[Cause], enclosed: Enclosure) -> None:
    """As many causes as the page holds; how many more there are, and where."""
    shown = _fitting(causes)
    table = _table(letter, _WIDTHS, 1 + len(shown))
    headings = ("slip.number", "slip.column", "slip.fault", "slip.cells")
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        _line(cell.paragraphs[0], phrase(heading), _HEADING)
    for number, (row, cause) in enumerate(zip(table.rows[1:], shown, strict=True), start=1):
        _fill(row.cells, number, cause)
    rest = causes[len(shown) :]
    if rest:
        place = phrase("slip.rest_copy" if enclosed.copy else "slip.rest_list")
        cells = sum(cause.count for cause in rest)
        _paragraph(letter, phrase("slip.rest", count=len(rest), cells=whole(cells), place=place), ALIGN.JUSTIFY)


def _fitting(causes: Sequence[Cause]) -> Sequence[Cause]:
    """The causes from the first on that fit on one page, at least one."""
    taken = 0
    for number, cause in enumerate(causes):
        taken += _lines(cause)
        if taken > _MOST_LINES:
            return causes[: max(number, 1)]
    return causes


def _lines(cause: Cause) -> int:
    texts = (cause.heading, *_sentences(cause), _places(cause))
    widths = (_WIDTHS[1], _WIDTHS[2], _WIDTHS[2], _WIDTHS[3])
    column, fault, fix, cells = (
        len(wrap(text, int((width - 0.4) * _LETTERS_A_CM))) or 1 for text, width in zip(texts, widths, strict=True)
    )
    return max(column, fault + fix, cells)


def _sentences(cause: Cause) -> tuple[str, str]:
    return f"{label(cause.level)}: {cause.said.message}", phrase("shell.fix", fix=cause.said.fix)


def _places(cause: Cause) -> str:
    """Cell after cell, the first of them; of a fault of a whole sheet there is none."""
    more = len(cause.cells) - _MOST_CELLS
    told = ", ".join(cause.cells[:_MOST_CELLS])
    return phrase("slip.more_cells", cells=told, count=more) if more > 0 else told or phrase("slip.whole")


def _fill(cells: Sequence[_Cell], number: int, cause: Cause) -> None:
    fault, fix = _sentences(cause)
    _line(cells[0].paragraphs[0], str(number), _SMALL)
    _line(cells[1].paragraphs[0], cause.heading, _SMALL, ALIGN.LEFT)
    _line(cells[2].paragraphs[0], fault, _SMALL, ALIGN.LEFT)
    _line(cells[2].add_paragraph(), fix, _REMEDY, ALIGN.LEFT)
    _line(cells[3].paragraphs[0], _places(cause), _SMALL, ALIGN.LEFT)


# --- the page


def _foot(letter: Letter, slip: ReturnSlip) -> None:
    _line(letter.add_paragraph(), "", _GAP)
    left, right = _columns(letter, _HEAD_WIDTHS)
    copies = (phrase("slip.copies"), phrase("slip.copy_branch", branch=slip.branch or phrase("slip.blank")))
    for text in (*copies, phrase("slip.copy_file")):
        _line(_next(left), text, _SMALL, ALIGN.LEFT)
    _line(right.paragraphs[0], phrase("slip.checker"), _BOLD)
    _line(_next(right), phrase("slip.sign"), _ITALIC)


def _columns(letter: Letter, widths: Sequence[float]) -> tuple[_Cell, ...]:
    """Two columns without lines."""
    return tuple(_table(letter, widths, 1, lined=False).rows[0].cells)


def _table(letter: Letter, widths: Sequence[float], rows: int, *, lined: bool = True) -> Table:
    table: Table = letter.add_table(rows, len(widths))
    table.autofit = False
    if lined:
        table.style = "Table Grid"
        _repeat(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    return table


def _repeat(table: Table) -> None:
    """Let the headings stand on every page, should there be a second one."""
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def _paragraph(letter: Letter, text: str, align: ALIGN) -> None:
    paragraph = letter.add_paragraph()
    _line(paragraph, text, align=align, before=6)
    paragraph.paragraph_format.first_line_indent = Cm(1)


def _line(
    paragraph: Paragraph, text: str, look: _Look = _Look(), align: ALIGN = ALIGN.CENTER, before: float = 0
) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic, run.underline, run.font.size = look.bold, look.italic, look.underlined, Pt(look.size)
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(before / 2), 1.0


def _settled(letter: Letter) -> bytes:
    """The file with a fixed time on every part."""
    written, settled = BytesIO(), BytesIO()
    letter.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, _ENTRY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts.read(name))
    return settled.getvalue()
