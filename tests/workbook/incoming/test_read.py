"""A file comes in as it is, whatever it is called; what cannot be read says why in one sentence; nothing is changed."""

import pickle
import struct
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from workbook import errors
from workbook.incoming.inbox import jobs, open_file
from workbook.incoming.lift import lift
from workbook.incoming.ooxml import MOST_CELLS
from workbook.incoming.raw import RawTable
from workbook.incoming.read import EXTENSIONS, _unscramble, read
from workbook.messages import sentence

HOSTILE = Path(__file__).parents[4] / "shared" / "hostile"

REGISTER = """
| CHI BỘ THÔN MỘT | | | |
| | | | |
| STT | Họ và tên | Ngày sinh | Dân tộc |
| #1 | Vi Thị Thử | @1998-09-05 | Kinh |
| #2 | Lò Văn Mẫu | 12/3/1997 | Tày |
"""


@pytest.fixture
def hostile():
    """A file that crashes or fools readers, by part of its name."""
    if not HOSTILE.is_dir():
        pytest.skip("the hostile files do not stand beside this repository")

    def find(part: str) -> Path:
        return next(path for path in sorted(HOSTILE.iterdir()) if part in path.name)

    return find


def _refusal(path: Path) -> errors.WorkbookError:
    with pytest.raises(errors.UnreadableWorkbook) as refused:
        read(path)
    return refused.value


# What is read


def test_cells_come_as_what_they_are_at_their_true_address(book):
    table = """
    | | | | |
    | | | | |
    | | | Họ và tên | Ngày sinh |
    | | | Vi Thị Thử | @1998-09-05 |
    """
    (grid,) = read(book.file(table)).grids

    assert grid.rows[2][2:] == ["Họ và tên", "Ngày sinh"]
    assert grid.rows[3][2:] == ["Vi Thị Thử", date(1998, 9, 5)]
    assert {len(row) for row in grid.rows} == {4}


def test_ghost_lines_below_the_table_are_gone(book):
    path = book.file(REGISTER)
    made = openpyxl.load_workbook(path)
    made.active.cell(300, 2).number_format = "@"
    made.active.cell(200, 1).value = "   "
    made.save(path)

    (grid,) = read(path).grids
    assert len(grid.rows) == 5


def test_merged_cells_are_known(book):
    (grid,) = read(book.file("| Ngày sinh | < |\n| Nam | Nữ |")).grids
    assert grid.merges == ((0, 0, 0, 1),)


def test_hidden_sheets_are_counted_and_not_read(book):
    paper = read(book.file(REGISTER, hidden={"2022": REGISTER, "Trống": "| |"}))

    assert [grid.sheet for grid in paper.grids] == ["Sổ theo dõi"]
    assert paper.hidden == (("2022", 4), ("Trống", 0))


def test_chart_sheets_are_no_sheets(book):
    path = book.file(REGISTER)
    made = openpyxl.load_workbook(path)
    made.create_chartsheet("Biểu đồ")
    made.save(path)
    assert len(read(path).grids) == 1


def test_the_paper_knows_its_branch_its_time_and_its_fingerprint(book):
    path = book.file(REGISTER, properties={"songuon.branch": "Chi bộ thôn Một", "khác": "x"})
    made = openpyxl.load_workbook(path)
    made.properties.modified = datetime(2026, 3, 1, 8, 0)  # noqa: DTZ001 openpyxl writes it as UTC
    made.save(path)
    paper = read(path)

    assert paper.branch_hint == "Chi bộ thôn Một"
    assert paper.written_at is not None
    assert paper.written_at.tzinfo == UTC
    assert paper.modified_at.timestamp() == pytest.approx(path.stat().st_mtime)
    assert paper.size == path.stat().st_size
    assert len(paper.sha256) == 64


def test_a_file_that_records_nothing_of_itself_is_read_all_the_same(book, tmp_path):
    bare = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(book.file(REGISTER)) as full, zipfile.ZipFile(bare, "w") as thin:
        for part in full.namelist():
            if not part.startswith("docProps/"):
                thin.writestr(part, full.read(part))
    paper = read(bare)

    assert (paper.written_at, paper.branch_hint) == (None, "")
    assert paper.grids


def test_a_wrong_dimension_hides_no_line(book, tmp_path):
    lying = tmp_path / "lying.xlsx"
    with zipfile.ZipFile(book.file(REGISTER)) as true, zipfile.ZipFile(lying, "w") as false:
        for part in true.namelist():
            false.writestr(part, true.read(part).replace(b'<dimension ref="A1:D5"', b'<dimension ref="A1"'))
    assert len(read(lying).grids[0].rows) == 5


def test_an_error_cell_shows_what_the_clerk_sees_instead_of_a_blank(tmp_path):
    path = tmp_path / "errors.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("Sổ")
        sheet.write("A1", "Họ và tên")
        sheet.write_formula("A2", "=B9", None, "#REF!")
        made.add_worksheet("Khác").write_formula("C3", "=NA()", None, "#N/A")
    first, second = read(path).grids

    assert first.rows == [["Họ và tên"], ["#REF!"]]
    assert second.rows[2] == ["", "", "#N/A"]


@pytest.mark.libreoffice
@pytest.mark.parametrize(("kind", "suffix"), [("xls:MS Excel 97", ".xls"), ("ods", ".ods")])
def test_an_error_cell_is_seen_in_the_other_formats_too(soffice, tmp_path, kind, suffix):
    path = tmp_path / "errors.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("Bìa").write("A1", "Sổ theo dõi")
        sheet = made.add_worksheet("Sổ")
        sheet.write_row("A2", ["STT", "Họ và tên", "Ngày sinh"])
        sheet.write_formula("C4", "=1/0", None, "#DIV/0!")
        sheet.write_formula("A6", "=NA()", None, "#N/A")
        sheet.write_formula("B6", "=TRUE()", None, True)
    other = soffice(path, kind)
    assert other.suffix == suffix
    cover, grid = read(other).grids

    assert cover.rows == [["Sổ theo dõi"]]
    assert grid.rows[3] == ["", "", "#DIV/0!"]
    assert grid.rows[5] == ["#N/A", True, ""]


def test_a_formula_that_nobody_calculated_is_no_silent_blank(book):
    path = book.file("""
    | STT | Họ và tên  | Ngày sinh          | Dân tộc |
    | #1  | Vi Thị Thử | =DATE(1998,9,5)    | Kinh    |
    | #2  | Lò Văn Mẫu | =DATE(1997,3,1)    | =D2     |
    """)
    (question,) = lift(read(path).grids[0]).questions

    assert (question.code, question.cell, question.detail) == ("cell.uncalculated", "C2", {"count": 3})
    assert "công thức" in sentence(question.code, {"cell": question.cell, **question.detail}).message


@pytest.mark.libreoffice
def test_a_formula_whose_value_is_an_empty_text_is_calculated(book, soffice):
    path = book.file("""
    | STT | Họ và tên  | Ngày sinh | Dân tộc    |
    | #1  | Vi Thị Thử | 5/9/1998  | =IF(A2=1,"","x") |
    """)
    (grid,) = read(soffice(path, "xlsx")).grids
    assert (grid.rows[1][3], grid.questions) == ("", ())


def test_an_xlsx_named_xls_is_read_by_what_it_is(book):
    assert read(book.file(REGISTER, name="so.xls")).grids[0].rows[3][1] == "Vi Thị Thử"


def test_a_macro_workbook_is_read(book):
    assert ".xlsm" in EXTENSIONS
    assert read(book.file(REGISTER, name="so.xlsm")).grids


@pytest.mark.libreoffice
@pytest.mark.parametrize(("kind", "suffix"), [("xls:MS Excel 97", ".xls"), ("ods", ".ods"), ("xlsx", ".xlsx")])
def test_every_format_gives_the_same_persons(book, soffice, kind, suffix):
    table = """
    | STT | Họ và tên | < | Ngày sinh | < | Dân tộc |
    | ^ | ^ | ^ | Nam | Nữ | ^ |
    | #1 | Vi Thị | Thử | | @1998-09-05 | Kinh |
    | #2 | Lò Văn | Mẫu | 12/3/1997 | | Tày |
    """
    path = soffice(book.file(table, hidden={"cũ": REGISTER}, properties={"songuon.branch": "Thôn Một"}), kind)
    assert path.suffix == suffix
    paper = read(path)
    lifted = lift(paper.grids[0])

    assert isinstance(lifted, RawTable)
    assert lifted.columns["full_name"] == ["Vi Thị Thử", "Lò Văn Mẫu"]
    assert lifted.columns["birth_on"] == [date(1998, 9, 5), "12/3/1997"]
    assert lifted.columns["sex"] == ["Nữ", "Nam"]
    assert lifted.rows == [3, 4]
    assert paper.hidden == (("cũ", 4),)
    assert paper.branch_hint == ("" if suffix == ".xls" else "Thôn Một")


@pytest.mark.libreoffice
def test_the_older_format_and_the_open_format_tell_when_they_were_written(book, soffice):
    path = book.file(REGISTER)
    for kind in ("xls:MS Excel 97", "ods"):
        moment = read(soffice(path, kind)).written_at
        assert moment is not None
        assert moment.tzinfo is not None


def test_a_binary_workbook_is_read(tmp_path):
    path = tmp_path / "so.xlsb"
    _write_xlsb(path, [["STT", "Họ và tên"], ["", "Vi Thị Thử"]])
    assert read(path).grids[0].rows == [["STT", "Họ và tên"], ["", "Vi Thị Thử"]]


def _write_xlsb(path: Path, rows: list[list[str]]) -> None:
    """The smallest binary workbook: no office suite here writes one."""

    def record(kind: int, data: bytes = b"") -> bytes:
        head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return head + bytes([len(data)]) + data

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    sheet = record(0x81) + record(0x94, struct.pack("<4I", 0, len(rows) - 1, 0, len(rows[0]) - 1)) + record(0x91)
    for number, row in enumerate(rows):
        sheet += record(0x00, struct.pack("<I", number) + bytes(13))
        for column, text in enumerate(row):
            sheet += record(0x06, struct.pack("<II", column, 0) + wide(text)) if text else b""
    sheet += record(0x92) + record(0x82)
    of_book = (0x83, b""), (0x8F, b""), (0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide("Sổ"))
    book = b"".join(record(*one) for one in (*of_book, (0x90, b""), (0x9D, b""), (0x84, b"")))
    office = "http://schemas.openxmlformats.org"
    link = f'Id="rId1" Type="{office}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"'
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", f'<Types xmlns="{office}/package/2006/content-types"/>')
        package.writestr("xl/workbook.bin", book)
        package.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship {link}/></Relationships>',
        )
        package.writestr("xl/worksheets/sheet1.bin", sheet)


def test_text_with_a_nul_in_every_letter_is_repaired_and_told():
    torn = "Vi Thị Thử".encode("utf-16-le").decode("cp1252")
    rows: list[list[object]] = [["STT", "lành"], [1.0, torn], [2.0, "x\0"]]
    (question,) = _unscramble(rows)

    assert rows == [["STT", "lành"], [1.0, "Vi Thị Thử"], [2.0, "x"]]
    assert (question.code, question.cell, question.detail) == ("text.nul", "B2", {"count": 2})


def test_nothing_is_asked_of_whole_text():
    assert _unscramble([["Vi Thị Thử", 1.0]]) == []


# What is not


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"\xef\xbb\xbf  ", "file.empty"),
        (b"%PDF-1.7\n", "file.pdf"),
        (b"\x89PNG\r\n\x1a\n", "file.picture"),
        (b"\xff\xd8\xff\xe0", "file.picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "file.picture"),
        (b"II*\0\x08", "file.picture"),
        (b"Rar!\x1a\x07\x01\0", "file.archive"),
        (b"7z\xbc\xaf\x27\x1c", "file.archive"),
        (b"<html><table><tr><td>STT</td></tr></table></html>", "file.web_page"),
        (b"\xef\xbb\xbf" * 3 + b"\n<table>", "file.web_page"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "file.web_page"),
        (b"{\\rtf1}", "file.document"),
        (b"STT;Ho ten\n1;Thu", "file.not_a_workbook"),
        (b"PK\x03\x04" + bytes(40), "file.damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "file.damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file.damaged"),
    ],
)
def test_what_is_no_workbook_says_what_it_is(tmp_path, content, code):
    path = tmp_path / "so.xls"
    path.write_bytes(content)
    refusal = _refusal(path)

    assert refusal.code == code
    assert sentence(refusal.code, refusal.detail).message


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("word/document.xml", "file.document"),
        ("chi bo 1/so.XLSX", "file.archive"),
        ("a.txt", "file.not_a_workbook"),
    ],
)
def test_a_package_of_something_else_is_refused(tmp_path, part, code):
    path = tmp_path / "so.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(part, "x")
    assert _refusal(path).code == code


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("so.zip", "Giải nén"),
        ("so.RAR", "Giải nén"),
        ("so.7z", "Giải nén"),
        ("IMG_1.JPG", "gõ vào sổ mẫu"),
        ("so.jpeg", "gõ vào sổ mẫu"),
        ("so.png", "gõ vào sổ mẫu"),
        ("IMG_2.heic", "gõ vào sổ mẫu"),
        ("so.pdf", "gõ vào sổ mẫu"),
        ("so.doc", "Chép bảng sang Excel"),
        ("so.csv", "lưu thành Excel Workbook"),
        ("so", "lưu thành Excel Workbook"),
    ],
)
def test_what_people_send_instead_gets_the_cure_that_fits_it(book, name, cure):
    path = book.file(REGISTER)
    opened = open_file(*jobs([path.rename(path.with_name(name))]))

    assert opened.error
    said = sentence(opened.error.code, opened.error.detail)
    assert cure in said.fix
    assert ("chương trình đã tạo ra nó" in said.fix) is (opened.error.code == "file.not_a_workbook")


def test_the_guide_names_every_kind_of_file_that_is_read_and_what_to_do_with_the_usual_others():
    guide = Path(__file__).parents[3] / "docs" / "huong-dan" / "1-nhan-tep.md"
    named = guide.read_text("utf-8")

    assert [
        one for one in (*EXTENSIONS, ".zip", ".rar", ".7z", ".jpg", ".png", ".heic", ".pdf") if f"`{one}`" not in named
    ] == []


def test_the_lock_file_of_an_open_workbook_is_refused_by_its_name(book):
    path = book.file(REGISTER)
    assert _refusal(path.rename(path.with_name("~$so.xlsx"))).code == "file.lock"


def test_a_file_that_is_gone_or_no_file_is_unreachable(tmp_path):
    assert _refusal(tmp_path / "x.xlsx").code == "file.missing"
    assert _refusal(tmp_path).code == "file.held"


def test_a_workbook_cut_short_in_sending_is_damaged(book):
    path = book.file(REGISTER)
    path.write_bytes(path.read_bytes()[:-200])
    assert _refusal(path).code == "file.damaged"


def test_a_package_with_two_parts_by_one_name_is_refused(book, tmp_path):
    double = tmp_path / "double.xlsx"
    with zipfile.ZipFile(book.file(REGISTER)) as true, zipfile.ZipFile(double, "w") as false:
        for part in true.namelist():
            false.writestr(part, true.read(part))
        false.writestr("xl/worksheets/SHEET1.xml", "<worksheet/>")
    assert _refusal(double).code == "file.twin_parts"


def test_a_bomb_is_refused_before_it_goes_off(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", bytes(1 << 20))
        package.infolist()[0].file_size = 2 << 30  # what it would unpack to
    assert isinstance(_refusal(path), errors.TooLarge)


def test_a_stray_letter_at_the_end_of_the_sheet_is_refused_before_it_is_laid_out(book):
    path = book.file(REGISTER)
    made = openpyxl.load_workbook(path)
    made.active.cell(1_048_576, 46).value = "x"
    made.save(path)
    refusal = _refusal(path)

    assert MOST_CELLS < 1_048_576 * 46
    assert (refusal.code, refusal.detail) == ("file.stray_cell", {"line": 1_048_576})


def test_a_stray_letter_is_seen_behind_a_namespace_prefix_too(book):
    path = book.file(REGISTER)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = next(name for name in parts if name.startswith("xl/worksheets/"))
    far = b'<x:row r="1048576"><x:c r="FZ1048576"><x:v>1</x:v></x:c></x:row></x:sheetData>'
    prefixed = parts[sheet].replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"<x:?", b"<?")
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts[sheet] = prefixed.replace(b'xmlns="' + main, b'xmlns:x="' + main).replace(b"</x:sheetData>", far)
    with zipfile.ZipFile(path, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    assert _refusal(path).code == "file.stray_cell"


def test_a_long_but_narrow_register_is_not_mistaken_for_one(book):
    path = book.file(REGISTER)
    made = openpyxl.load_workbook(path)
    sheet = made.active
    for row in range(6, 13_000):
        sheet.cell(row, 2).number_format = "@"
    sheet.cell(13_000, 4).value = "x"
    made.save(path)
    assert len(read(path).grids[0].rows) == 13_000


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("protected_passtika", "file.protected"),
        ("oleloop", "file.damaged"),  # would eat all memory in the reader
        ("clusterfuzz", "file.damaged"),  # the reader panics
        ("Issue_12556_corrupt", "file.damaged"),  # the reader panics
        ("Simple.xlsb", "file.damaged"),  # the reader panics
        ("xmlbomb", "file.entities"),
        ("SheetsWithoutRelId", "file.damaged"),
        ("utf16be", "file.damaged"),
        ("duplicate-filename", "file.twin_parts"),
        ("51535.xls", "file.stray_cell"),
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence(hostile, part, code):
    assert _refusal(hostile(part)).code == code


@pytest.mark.parametrize(
    ("part", "lines"),
    [
        ("Test10x10000.xlsx", 10_000),  # strict namespace: openpyxl sees no sheet at all
        ("issue.3982", 5),  # declares a million lines
        ("comment03", 1),  # declares all the cells there are
        ("issue_174", 2),
        ("52348", 10),  # declares too few
    ],
)
def test_a_file_that_fools_other_readers_is_read(hostile, part, lines):
    assert len(read(hostile(part)).grids[0].rows) == lines


# What is never done


def test_reading_leaves_the_file_as_it_was(book, hostile):
    good = book.file(REGISTER)
    paths = [good, *(path for path in HOSTILE.iterdir() if path.stat().st_size < 20_000)]
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}
    for path in paths:
        try:
            read(path)
        except errors.UnreadableWorkbook:
            continue
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths} == before


def test_a_refusal_survives_the_way_out_of_a_child_process():
    sent = errors.TooLarge("file.stray_cell", {"line": 9})
    received = pickle.loads(pickle.dumps(sent))

    assert type(received) is errors.TooLarge
    assert (received.code, received.detail) == (sent.code, sent.detail)
