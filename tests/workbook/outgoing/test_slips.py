"""Return slips on files with rich content: what is marked, and that every other part stays byte for byte."""

import base64
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from pyopenvba import ExcelFile

from workbook.checking import check
from workbook.layout import JOURNAL_SHEET
from workbook.outgoing import slip_journal
from workbook.outgoing.journal import Kept, Kind
from workbook.outgoing.marks import FILLS, PALETTE
from workbook.outgoing.package import open_package
from workbook.outgoing.slip_styles import Styles
from workbook.slips import write_slips

AS_OF = date(2026, 11, 22)
SHEET = "Sổ theo dõi"
HEADINGS = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số định danh cá nhân", "Ngày lễ kết nạp")
PEOPLE = (
    (1, "Lê Thị Thử", "31/02/2000", "Nam/Nữ", "Kinh", "099000000001x", ""),
    (2, "Trần Thị Giả", "05/09/1999", "Nữ", "Kinh", "", "05/01/2027"),
    (3, "Vũ Văn Mẫu", "", "Nam", "Kinh", "", ""),
)
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SPREADSHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RED = FILLS["error"]

#: The parts that marking may change or add, beside the sheet itself.
INTENDED = re.compile(
    r"\[Content_Types\]\.xml|xl/styles\.xml|xl/worksheets/_rels/sheet1\.xml\.rels|xl/comments[^/]*\.xml"
    r"|xl/comments/comment\d+\.xml|xl/drawings/vmlDrawing\d+\.vml|xl/drawings/commentsDrawing\d+\.vml"
    r"|xl/worksheets/sheet1\.xml"
)


# --- the files


def register(path: Path, dress: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None]) -> Path:
    """A register of three persons, dressed up; a second sheet holds no register."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": True}) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.write_row(0, 0, HEADINGS)
        for row, person in enumerate(PEOPLE, start=1):
            sheet.write_row(row, 0, person)
        book.add_worksheet("Số liệu").write_column(0, 0, [1, 2, 3])
        dress(book, sheet)
    return path


def rewritten(path: Path, edits: Mapping[str, Callable[[str], str]], new: Mapping[str, str]) -> Path:
    """The file with some parts edited as text and others added."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    for name, edit in edits.items():
        parts[name] = edit(parts[name].decode()).encode()
    parts |= {name: text.encode() for name, text in new.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def before(mark: str, text: str) -> Callable[[str], str]:
    return lambda part: part.replace(mark, text + mark, 1)


def override(part: str, kind: str) -> str:
    return f'<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'


def relation(link: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{link}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def chart(path: Path) -> Path:
    def dress(book, sheet):
        drawn = book.add_chart({"type": "column"})
        drawn.add_series({"values": "='Số liệu'!$A$1:$A$3"})
        sheet.insert_chart("I6", drawn)

    return register(path, dress)


def picture(path: Path) -> Path:
    def dress(book, sheet):
        sheet.insert_image("A8", "dau.png", {"image_data": io.BytesIO(PICTURE)})
        sheet.set_header("&L&G", {"image_left": "dau.png", "image_data_left": io.BytesIO(PICTURE)})

    return register(path, dress)


def newer_lists(path: Path) -> Path:
    """A drop-down over another sheet, in the form that Excel keeps beside the old one, and one in the old form."""

    def dress(book, sheet):
        sheet.data_validation("E2:E9", {"validate": "list", "source": ["Kinh", "Tày"]})

    made = (
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1" '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list" '
        "allowBlank=\"1\"><x14:formula1><xm:f>'Số liệu'!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>D2:D9</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    return rewritten(register(path, dress), {"xl/worksheets/sheet1.xml": before("</worksheet>", made)}, {})


def pivot(path: Path) -> Path:
    cache = (
        f'<pivotCacheDefinition {SPREADSHEET} xmlns:r="{OFFICE}" r:id="rId1" refreshOnLoad="1" recordCount="1">'
        '<cacheSource type="worksheet"><worksheetSource ref="A1:A3" sheet="Số liệu"/></cacheSource>'
        '<cacheFields count="1"><cacheField name="1" numFmtId="0"><sharedItems containsNumber="1" minValue="2" '
        'maxValue="3"/></cacheField></cacheFields></pivotCacheDefinition>'
    )
    table = (
        f'<pivotTableDefinition {SPREADSHEET} name="Bảng1" cacheId="7" dataCaption="Giá trị">'
        '<location ref="D1:E3" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
        '<pivotFields count="1"><pivotField dataField="1"/></pivotFields></pivotTableDefinition>'
    )
    rels = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    edits = {
        "xl/workbook.xml": before("</workbook>", '<pivotCaches><pivotCache cacheId="7" r:id="rId77"/></pivotCaches>'),
        "xl/_rels/workbook.xml.rels": before(
            "</Relationships>",
            relation("rId77", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
        ),
        "[Content_Types].xml": before(
            "</Types>",
            override("xl/pivotCache/pivotCacheDefinition1.xml", "spreadsheetml.pivotCacheDefinition")
            + override("xl/pivotCache/pivotCacheRecords1.xml", "spreadsheetml.pivotCacheRecords")
            + override("xl/pivotTables/pivotTable1.xml", "spreadsheetml.pivotTable"),
        ),
    }
    new = {
        "xl/pivotCache/pivotCacheDefinition1.xml": cache,
        "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": f"{rels}"
        f"{relation('rId1', 'pivotCacheRecords', 'pivotCacheRecords1.xml')}</Relationships>",
        "xl/pivotCache/pivotCacheRecords1.xml": f'<pivotCacheRecords {SPREADSHEET} count="1"><r><n v="2"/></r>'
        "</pivotCacheRecords>",
        "xl/pivotTables/pivotTable1.xml": table,
        "xl/pivotTables/_rels/pivotTable1.xml.rels": f"{rels}"
        f"{relation('rId1', 'pivotCacheDefinition', '../pivotCache/pivotCacheDefinition1.xml')}</Relationships>",
        "xl/worksheets/_rels/sheet2.xml.rels": f"{rels}"
        f"{relation('rId1', 'pivotTable', '../pivotTables/pivotTable1.xml')}</Relationships>",
    }
    return rewritten(register(path, lambda book, sheet: None), edits, new)


def macros(path: Path) -> Path:
    """Macros of a real project, and a button that calls one: it is drawn where notes are drawn too."""
    project = path.with_name("vbaProject.bin")
    holder = path.with_name("macro.xlam")
    with ExcelFile.create_new(holder) as book:
        book.set_module("Module1", "Sub In_So()\r\nEnd Sub\r\n")
        book.save()
    with zipfile.ZipFile(holder) as archive:
        project.write_bytes(archive.read("xl/vbaProject.bin"))

    def dress(book, sheet):
        book.add_vba_project(str(project))
        sheet.insert_button("K2", {"macro": "In_So", "caption": "In sổ"})

    return register(path.with_suffix(".xlsm"), dress)


def dressed(path: Path) -> Path:
    """Conditional looks, a table, names, frozen panes, merged cells, a filter, rich text, narrow and hidden columns."""

    def dress(book, sheet):
        bold, fill = book.add_format({"bold": True}), book.add_format({"bg_color": "#00B050", "border": 1})
        sheet.conditional_format("A2:A9", {"type": "data_bar"})
        sheet.conditional_format("D2:D9", {"type": "cell", "criteria": "==", "value": '"Nam"', "format": bold})
        book.define_name("NguoiTheoDoi", "='Sổ theo dõi'!$B$2:$B$4")
        sheet.freeze_panes(1, 2)
        sheet.merge_range("A7:C7", "NGƯỜI LẬP BIỂU", bold)
        sheet.write_rich_string("B8", bold, "Lê", " Thử")
        sheet.write("D2", "Nam/Nữ", fill)
        sheet.set_column("G:G", 30)
        sheet.set_column("H:XFD", None, None, {"hidden": True})
        sheet.set_row(3, 40, fill)

    return register(path, dress)


def table_and_sparks(path: Path) -> Path:
    def dress(book, sheet):
        sheet.add_table(0, 0, 3, 6, {"columns": [{"header": heading} for heading in HEADINGS]})
        sheet.add_sparkline("H6", {"range": "'Số liệu'!A1:A3"})
        sheet.write_url("A9", "https://vi.du/quy-dinh", string="Quy định")

    return register(path, dress)


def noted(path: Path) -> Path:
    """A clerk's own notes, one of them on a cell that is at fault; saved by another program than Excel."""
    plain = openpyxl.load_workbook(register(path, lambda book, sheet: None))
    plain[SHEET]["C2"].comment = Comment("Hỏi lại chi bộ", "Văn phòng")
    plain[SHEET]["G5"].comment = Comment("Ghi chú của tôi", "Văn phòng")
    plain.save(path)
    return path


def talked_about(path: Path) -> Path:
    """A thread of comments, which Excel keeps beside a note of the old kind."""

    def dress(book, sheet):
        sheet.write_comment("C2", "[Threaded comment]\n\nComment:\n    Xem lại", {"author": "tc={1F2E3D4C-0000}"})

    thread = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="C2" dT="2026-10-01T00:00:00.00" personId="{A}" id="{1F2E3D4C-0000}"><text>Xem lại</text>'
        "</threadedComment></ThreadedComments>"
    )
    people = (
        '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<person displayName="Văn phòng" id="{A}" userId="v" providerId="None"/></personList>'
    )
    kinds = "http://schemas.microsoft.com/office/2017/10/relationships"
    made = '<Relationship Id="{}" Type="' + kinds + '/{}" Target="{}"/>'
    types = "".join(
        f'<Override PartName="/{part}" ContentType="application/vnd.ms-excel.{kind}+xml"/>'
        for part, kind in (
            ("xl/threadedComments/threadedComment1.xml", "threadedcomments"),
            ("xl/persons/person.xml", "person"),
        )
    )
    edits = {
        "xl/worksheets/_rels/sheet1.xml.rels": before(
            "</Relationships>", made.format("rId9", "threadedComment", "../threadedComments/threadedComment1.xml")
        ),
        "xl/_rels/workbook.xml.rels": before("</Relationships>", made.format("rId9", "person", "persons/person.xml")),
        "[Content_Types].xml": before("</Types>", types),
    }
    new = {"xl/threadedComments/threadedComment1.xml": thread, "xl/persons/person.xml": people}
    return rewritten(register(path, dress), edits, new)


def locked(path: Path) -> Path:
    """A protected sheet, a hidden one, a protected structure, links to another book and properties of its own."""

    def dress(book, sheet):
        sheet.protect("mat-khau")
        book.add_worksheet("Năm trước").hide()
        book.add_worksheet("Rất kín").very_hidden()
        book.set_custom_property("Đơn vị", "Chi bộ thôn Mây")
        sheet.write_formula("I9", "=1+1", None, 2)

    structure = before("<bookViews>", '<workbookProtection lockStructure="1"/>')
    return rewritten(register(path, dress), {"xl/workbook.xml": structure}, {})


def foreign_hand(path: Path) -> Path:
    """Written by a program that prefixes every name and numbers neither rows nor cells."""
    rows = (HEADINGS, *PEOPLE)
    cells = "".join(
        "<x:row>" + "".join(f'<x:c t="str"><x:v>{value}</x:v></x:c>' for value in row) + "</x:row>" for row in rows
    )
    sheet = f'<x:worksheet xmlns:x="{MAIN[1:-1]}"><x:sheetData>{cells}</x:sheetData></x:worksheet>'
    made = register(path, lambda book, sheet: None)
    return rewritten(made, {}, {"xl/worksheets/sheet1.xml": sheet})


RICH = (
    chart, picture, newer_lists, pivot, macros, dressed, table_and_sparks, noted, talked_about, locked, foreign_hand,
)  # fmt: skip


# --- what becomes of them


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def slip_of(path: Path, folder: Path) -> Path:
    """The marked copy."""
    write_slips(check([path], AS_OF), None, AS_OF, folder)
    (copy,) = folder.glob("*-danh-dau.*")
    return copy


@pytest.fixture(params=RICH, ids=lambda made: made.__name__)
def rich(request, tmp_path) -> tuple[Path, Path]:
    """A register with rich content, and its marked copy."""
    path = request.param(tmp_path / "so.xlsx")
    content = path.read_bytes()
    copy = slip_of(path, tmp_path / "tra-lai")
    assert path.read_bytes() == content
    return path, copy


def sheet_of(path: Path):
    return openpyxl.load_workbook(path)[SHEET]


def looks(cell):
    return cell.font, cell.border, cell.alignment, cell.protection


def painted(path: Path) -> dict[str, str]:
    return {
        cell.coordinate: f"#{cell.fill.fgColor.rgb[2:]}"
        for row in sheet_of(path)
        for cell in row
        if cell.fill.patternType == "solid" and f"#{str(cell.fill.fgColor.rgb)[2:]}" in PALETTE
    }


def notes(path: Path) -> dict[str, str]:
    return {cell.coordinate: cell.comment.text for row in sheet_of(path) for cell in row if cell.comment}


def test_only_the_intended_parts_differ(rich):
    path, copy = rich
    old, new = parts_of(path), parts_of(copy)
    assert list(new)[: len(old)] == list(old)
    changed = {name for name in new if old.get(name) != new[name]}
    assert {"xl/worksheets/sheet1.xml", "xl/styles.xml"} <= changed
    assert not [name for name in changed if not INTENDED.fullmatch(name)]


def test_in_the_sheet_itself_only_cells_widths_the_drawing_of_notes_and_an_unset_page_differ(rich):
    path, copy = rich
    old, new = (etree.fromstring(parts_of(one)["xl/worksheets/sheet1.xml"]) for one in (path, copy))
    touched = {f"{MAIN}{tag}" for tag in ("sheetData", "cols", "dimension", "legacyDrawing")}
    touched |= {f"{MAIN}{tag}" for tag in ("sheetPr", "pageSetup") if old.find(f"{MAIN}{tag}") is None}
    if old.find(f".//{MAIN}pageSetUpPr") is None:
        etree.strip_elements(new, f"{MAIN}pageSetUpPr")
    kept = [etree.tostring(child, method="c14n2") for child in old if child.tag not in touched]
    assert [etree.tostring(child, method="c14n2") for child in new if child.tag not in touched] == kept


def test_the_drawing_of_notes_stands_where_the_order_of_a_sheet_wants_it(rich):
    _, copy = rich
    order = ("sheetData", "sheetProtection", "autoFilter", "mergeCells", "conditionalFormatting", "dataValidations",
             "hyperlinks", "pageMargins", "pageSetup", "headerFooter", "drawing", "legacyDrawing", "legacyDrawingHF",
             "tableParts", "extLst")  # fmt: skip
    sheet = etree.fromstring(parts_of(copy)["xl/worksheets/sheet1.xml"])
    places = [order.index(name) for child in sheet if (name := etree.QName(child).localname) in order]
    assert order.index("legacyDrawing") in places
    assert places == sorted(places)


def test_what_a_branch_typed_and_how_it_looks_stays(rich):
    path, copy = rich
    old, new, marked = sheet_of(path), sheet_of(copy), painted(copy)
    for cell in (cell for row in old for cell in row if cell.has_style or cell.value is not None):
        twin = new[cell.coordinate]
        assert (twin.value, twin.number_format, *map(repr, looks(twin))) == (
            (cell.value, cell.number_format, *map(repr, looks(cell)))
        )
        assert cell.coordinate in marked or repr(twin.fill) == repr(cell.fill)
    assert [str(area) for area in new.merged_cells.ranges] == [str(area) for area in old.merged_cells.ranges]


def test_the_cells_at_fault_are_marked_and_every_person_has_a_result(rich):
    path, copy = rich
    marked, said = painted(copy), notes(copy)
    assert marked["C2"] == marked["D2"] == RED
    assert "Cách sửa:" in said["D2"]
    assert ("Cách sửa:" in said["C2"]) is ("C2" not in notes(path))
    results = next(row for row in sheet_of(copy).iter_cols() if row[0].value == "Kết quả kiểm tra")
    assert [cell.value for cell in results[1:4]] == ["KHÔNG HỢP LỆ"] * 3
    column = openpyxl.utils.get_column_letter(results[0].column)
    assert not sheet_of(copy).column_dimensions[column].hidden


def test_the_clerk_s_own_notes_stay_as_they_are(rich):
    path, copy = rich
    assert {cell: text for cell, text in notes(copy).items() if cell in notes(path)} == notes(path)


def test_each_note_has_one_frame_with_a_number_of_its_own(rich):
    _, copy = rich
    drawings = b"".join(content for name, content in parts_of(copy).items() if name.endswith(".vml"))
    shapes = [found[0] for found in re.finditer(rb"<(\w+):shape\s.*?</\1:shape>", drawings, re.DOTALL)]
    frames = [shape for shape in shapes if b'ObjectType="Note"' in shape]
    places = {tuple(re.findall(rb":(?:Row|Column)>(\d+)<", frame)) for frame in frames}
    assert len(frames) == len(places) == len(notes(copy))
    numbers = [number for shape in shapes for number in re.findall(rb'\b(?:id|spid)="_x0000_s(\d+)"', shape)]
    assert len(set(numbers)) == len(numbers) == len(shapes)


def test_the_same_register_gives_the_same_bytes(rich, tmp_path):
    path, copy = rich
    assert slip_of(path, tmp_path / "lan-nua").read_bytes() == copy.read_bytes()


@pytest.mark.libreoffice
def test_another_application_opens_the_copy_and_shows_the_marks(rich, soffice):
    _, copy = rich
    opened = soffice(copy, "xlsx")
    marked, said = painted(opened), notes(opened)
    assert marked.items() >= painted(copy).items()
    assert {cell for cell in said if "Cách sửa:" in said[cell]} == {
        cell for cell, text in notes(copy).items() if "Cách sửa:" in text
    }


# --- on paper


def told(path: Path):
    """What is said beside the persons, cell by cell."""
    column = next(column for column in sheet_of(path).iter_cols() if column[0].value == "Chi tiết lỗi")
    return [cell for cell in column[1:] if cell.value]


def test_what_is_said_beside_a_person_wraps_and_stays_within_its_column(rich):
    _, copy = rich
    assert len(told(copy)) == 3
    assert all(cell.alignment.wrap_text and cell.font.sz == 9 for cell in told(copy))


def heights(path: Path) -> list[float]:
    """Of the four lines, in points."""
    return [sheet_of(path).row_dimensions[row].height or 15 for row in range(1, 5)]


def test_only_lines_too_low_for_what_is_said_are_made_higher(tmp_path):
    path = register(tmp_path / "so.xlsx", lambda book, sheet: sheet.set_row(3, 200))
    copy = slip_of(path, tmp_path / "tra-lai")
    assert heights(copy)[0] == heights(path)[0]
    assert heights(copy)[1] >= 3 * 9
    assert heights(copy)[3] == heights(path)[3]
    assert heights(slip_of(copy, tmp_path / "lan-nua")) == heights(copy)


def test_a_line_is_made_high_enough_for_what_the_branch_has_typed_too(tmp_path):
    def dress(book, sheet):
        sheet.write(1, 1, "Lê Thị Thử " * 10, book.add_format({"text_wrap": True}))

    assert heights(slip_of(register(tmp_path / "so.xlsx", dress), tmp_path / "tra-lai"))[1] >= 10 * 15


@pytest.mark.libreoffice
def test_no_page_is_printed_for_the_end_of_a_sentence(tmp_path, soffice):
    path = register(tmp_path / "so.xlsx", lambda book, sheet: None)
    before, after = (
        len(re.findall(rb"/Type\s*/Page\b(?!s)", soffice(one, "pdf").read_bytes()))
        for one in (path, slip_of(path, tmp_path / "tra-lai"))
    )
    assert after == before


def test_a_text_that_is_out_of_sight_or_has_merged_room_makes_no_line_higher(tmp_path):
    def dress(book, sheet):
        wraps = book.add_format({"text_wrap": True})
        sheet.write_row(0, 7, ["Nơi ở hiện nay", "Ghi chú"])
        sheet.write(1, 7, "thôn Mây Trắng " * 20, wraps)
        sheet.set_column("H:H", None, None, {"hidden": True})
        sheet.merge_range("I2:I4", "Đã nhắc " * 40, wraps)

    plain = slip_of(register(tmp_path / "so.xlsx", lambda book, sheet: None), tmp_path / "tra-lai")
    copy = slip_of(register(tmp_path / "khac.xlsx", dress), tmp_path / "lan-hai")
    assert heights(copy) == heights(plain)


def setups(path: Path) -> list[tuple[dict[str, str], str]]:
    """How each sheet prints, and whether it is fitted to its pages."""
    sheets = [etree.fromstring(content) for name, content in parts_of(path).items() if "worksheets/sheet" in name]
    return [
        (dict(found.attrib) if (found := sheet.find(f"{MAIN}pageSetup")) is not None else {},
         "".join(one.get("fitToPage", "") for one in sheet.iter(f"{MAIN}pageSetUpPr")))
        for sheet in sheets
    ]  # fmt: skip


def test_where_a_branch_has_not_said_how_its_register_prints_the_copy_fits_few_pages_across(tmp_path):
    path = register(tmp_path / "so.xlsx", lambda book, sheet: sheet.set_column("A:F", 20))
    copy = slip_of(path, tmp_path / "tra-lai")
    (marked, fitted), other = setups(copy)
    assert (marked, fitted) == (
        {"paperSize": "9", "orientation": "landscape", "fitToWidth": "2", "fitToHeight": "0"}, "1",
    )  # fmt: skip
    assert other == setups(path)[1]
    assert setups(slip_of(copy, tmp_path / "lan-nua")) == setups(copy)


def test_every_register_of_a_file_prints_so(tmp_path):
    def dress(book, sheet):
        second = book.add_worksheet("Sổ thứ hai")
        second.write_row(0, 0, HEADINGS)
        for row, person in enumerate(PEOPLE, start=1):
            second.write_row(row, 0, person)

    first, other, second = setups(slip_of(register(tmp_path / "so.xlsx", dress), tmp_path / "tra-lai"))
    assert first == second != other


def test_the_paper_that_a_branch_has_chosen_stays(tmp_path):
    path = register(tmp_path / "so.xlsx", lambda book, sheet: (sheet.set_paper(8), sheet.set_portrait()))
    ((marked, _), _) = setups(slip_of(path, tmp_path / "tra-lai"))
    assert (marked["paperSize"], marked["orientation"], marked["fitToHeight"]) == ("8", "portrait", "0")


@pytest.mark.parametrize("way", [("set_print_scale", 60), ("fit_to_pages", 1, 0), ("set_v_pagebreaks", [3]),
                                 ("print_area", 0, 0, 3, 6)], ids=lambda way: way[0])  # fmt: skip
def test_how_small_and_where_a_branch_prints_its_register_stays(way, tmp_path):
    path = register(tmp_path / "so.xlsx", lambda book, sheet: getattr(sheet, way[0])(*way[1:]))
    assert setups(slip_of(path, tmp_path / "tra-lai")) == setups(path)


# --- marks of an earlier time


def test_a_copy_that_comes_back_corrected_loses_the_marks_that_no_longer_hold(tmp_path):
    first = slip_of(dressed(tmp_path / "so.xlsx"), tmp_path / "tra-lai")
    book = openpyxl.load_workbook(first)
    book[SHEET]["C2"], book[SHEET]["D2"] = "05/09/2000", "Nữ"
    book.save(tmp_path / "nop-lai.xlsx")
    again = slip_of(tmp_path / "nop-lai.xlsx", tmp_path / "lan-hai")
    assert {"C2", "D2"} <= painted(first).keys()
    assert not {"C2", "D2"} & (painted(again).keys() | notes(again).keys())
    assert painted(again)["C4"] == RED
    headings = [cell.value for cell in sheet_of(again)[1]]
    assert headings.count("Kết quả kiểm tra") == 1


def test_a_register_that_was_not_touched_is_marked_the_same_a_second_time(tmp_path):
    first = slip_of(dressed(tmp_path / "so.xlsx"), tmp_path / "tra-lai")
    second = slip_of(first, tmp_path / "lan-hai")
    assert painted(second) == painted(first)
    assert notes(second) == notes(first)
    assert [[cell.value for cell in row] for row in sheet_of(second)] == [
        [cell.value for cell in row] for row in sheet_of(first)
    ]


def test_marks_of_the_buttons_are_taken_on_by_their_journal_and_what_stood_under_them_comes_back(tmp_path):
    """The clerk's green cell was marked with the button, then corrected; the journal comes with the register."""
    path = register(tmp_path / "so.xlsx", lambda book, sheet: book.add_worksheet(JOURNAL_SHEET).very_hidden())
    note = "Lỗi: Ô C3 (Ngày sinh): ngày ghi sai.\nCách sửa: Xem lại."
    kept = [
        Kept(Kind.FILL, SHEET, (3, 3, 3, 3), "#00B050", RED),
        Kept(Kind.NOTE, SHEET, (3, 3, 3, 3), "", note),
        Kept(Kind.SHOWN, SHEET, (1, 8, 1, 8), "", "check"),
    ]
    path.write_bytes(slip_journal.written(open_package(path.read_bytes()), kept).content())
    book = openpyxl.load_workbook(path)
    book[SHEET]["C3"].fill = PatternFill("solid", fgColor=f"FF{RED[1:]}")
    book[SHEET]["C3"].comment = Comment(note, "")
    book.save(path)

    copy = slip_of(path, tmp_path / "tra-lai")
    assert sheet_of(copy)["C3"].fill.fgColor.rgb == "FF00B050"
    assert "C3" not in notes(copy)
    journal = slip_journal.read(open_package(copy.read_bytes()))
    fills = {cell for one in journal if one.kind is Kind.FILL for cell in one.cells}
    assert (2, 4) in fills
    assert (3, 3) not in fills
    assert openpyxl.load_workbook(copy)[JOURNAL_SHEET].sheet_state == "veryHidden"


def test_a_register_without_a_journal_gets_no_sheet(tmp_path):
    copy = slip_of(chart(tmp_path / "so.xlsx"), tmp_path / "tra-lai")
    assert openpyxl.load_workbook(copy).sheetnames == [SHEET, "Số liệu"]


@pytest.mark.parametrize(
    ("colour", "shown"),
    [
        ('<fgColor rgb="FF00B050"/>', "#00B050"),
        ('<fgColor indexed="10"/>', "#FF0000"),
        ('<fgColor theme="4"/>', "#4F81BD"),
        ('<fgColor theme="4" tint="-0.249977111117893"/>', "#376092"),
        ('<fgColor theme="4" tint="0.7999816888943144"/>', "#DCE6F1"),
        ('<fgColor theme="99"/>', ""),
    ],
)
def test_a_fill_is_seen_as_the_clerk_sees_it_however_it_is_named(tmp_path, colour, shown):
    def dress(book, sheet):
        sheet.write("C2", "", book.add_format({"bg_color": "#123456"}))

    path = rewritten(
        register(tmp_path / "so.xlsx", dress),
        {"xl/styles.xml": lambda part: part.replace('<fgColor rgb="FF123456"/>', colour)},
        {},
    )
    seen = Styles(open_package(path.read_bytes())).colour(1)
    pairs = zip(bytes.fromhex(seen[1:]), bytes.fromhex(shown[1:]), strict=True)
    assert all(abs(one - other) <= 1 for one, other in pairs)  # Excel rounds on a coarser scale
