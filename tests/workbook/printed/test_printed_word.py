"""What a Word document says outside its running text is read too: text boxes, notes below the text and behind it."""

from pathlib import Path

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from workbook.errors import Damaged, TooLarge
from workbook.printed.check import findings
from workbook.printed.paper import read_paper

WRONG, RIGHT = "Kết nạp 48/204 đảng viên, đạt 24,5%.", "Kết nạp 48/204 đảng viên, đạt 23,53%."
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHAPES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def drawn(content: str) -> str:
    """A text box as Word keeps it: once for itself, once more for programs of before."""
    box = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )


def old(content: str) -> str:
    return f"<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"


@pytest.fixture
def report(tmp_path: Path):
    """`report(shape, notes)`: a document of one paragraph with a shape in it, and parts of notes by kind."""

    def make(shape: str = "", notes: dict[str, str] | None = None) -> Path:
        document = docx.Document()
        document.add_paragraph("Báo cáo tháng.")
        if shape:
            document.element.body.insert(1, parse_xml(f"<w:p {nsdecls('w')} {_SHAPES}><w:r>{shape}</w:r></w:p>"))
        for kind, content in (notes or {}).items():
            blob = f"<w:{kind} {nsdecls('w')}>{content}</w:{kind}>".encode()
            part = Part(PackURI(f"/word/{kind}.xml"), f"{_OFFICE}.{kind}+xml", blob, document.part.package)
            document.part.relate_to(part, f"{_RELATIONS}/{kind}")
        document.save(tmp_path / "bao-cao.docx")
        return tmp_path / "bao-cao.docx"

    return make


def found(path: Path) -> list[tuple[str, str]]:
    return [(one["sheet"], one["code"]) for one in findings(read_paper(path), path.name)]


def test_a_wrong_percentage_in_a_text_box_is_found_once(report):
    assert found(report(drawn(paragraph(WRONG)))) == [("Khung chữ 1", "printed.wrong")]


def test_a_text_box_of_an_older_program_is_read_too(report):
    assert found(report(old(paragraph(WRONG)))) == [("Khung chữ 1", "printed.wrong")]


def test_a_right_percentage_in_a_text_box_is_no_finding(report):
    assert found(report(drawn(paragraph(RIGHT)))) == []


def test_a_box_within_a_box_says_its_text_once(report):
    inner = f"<w:p><w:r>{old(paragraph(WRONG))}</w:r></w:p>"
    assert found(report(drawn(paragraph("Khung ngoài.") + inner))) == [("Khung chữ 2", "printed.wrong")]


def test_a_table_in_a_text_box_is_a_table_of_the_report(report):
    rows = [("Chi bộ", "Chỉ tiêu", "Kết nạp", "Tỷ lệ (%)"), ("Thôn Một", "4", "3", "80"), ("Thôn Hai", "2", "1", "50")]
    lines = "".join(f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    table = f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * 4}</w:tblGrid>{lines}</w:tbl><w:p/>"
    assert found(report(drawn(table))) == [("Bảng 1", "printed.wrong")]


@pytest.mark.parametrize(
    ("kind", "one", "place"),
    [("footnotes", "footnote", "Chú thích cuối trang 1"), ("endnotes", "endnote", "Chú thích cuối văn bản 1")],
)
def test_a_wrong_percentage_in_a_note_is_found_with_its_number(report, kind, one, place):
    line = f'<w:{one} w:type="separator" w:id="-1">{paragraph("")}</w:{one}>'
    note = f'<w:{one} w:id="1">{paragraph(WRONG)}</w:{one}>'
    assert found(report(notes={kind: line + note})) == [(place, "printed.wrong")]


def test_notes_that_cannot_be_read_make_the_document_a_damaged_one(report):
    with pytest.raises(Damaged):
        read_paper(report(notes={"footnotes": "<w:footnote>"}))


def test_a_document_that_would_unpack_to_a_gigabyte_is_refused_by_name(bomb, tmp_path):
    with pytest.raises(TooLarge):
        read_paper(bomb(tmp_path / "bom.docx"))
