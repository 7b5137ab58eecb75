"""What was explained once of a sheet or a file: known again next month, by whatever name the file comes, on every way.

Real registers: one without a column that its people need, with a heading nobody can place, and a hidden sheet of an
earlier year; one that holds no register at all.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from validation.vocabulary import Level
from workbook import given
from workbook.checking import check
from workbook.committee import Branch, Committee, Decision, DecisionKind
from workbook.incoming.previous import read_previous
from workbook.incoming.raw import Question
from workbook.incoming.read import read
from workbook.open_sheet import OpenSheet, judge
from workbook.outgoing.write import write_book
from workbook.phrases import phrase
from workbook.query_codes import explanations, is_query_code
from workbook.run import book_of
from workbook.sheet_memory import about
from workbook.slips import write_slips

AS_OF = date(2026, 11, 22)
ONE, TWO = Branch("01", "Chi bộ thôn Một"), Branch("02", "Chi bộ thôn Hai")
COMMITTEE = Committee("Đảng ủy xã Thử", year=2026, branches=(ONE, TWO))
REASON = "Sổ cũ giữ để tra cứu"

REGISTER = """
| Chi bộ thôn Một |               |             |             |                                  |             |
| STT             | Họ và tên     | Ngày sinh   | Giới tính   | Ngày cấp giấy chứng nhận         | Nghị quyết  |
| #1              | Lê Thị Thử    | @1999-05-09 | Nữ          | @2026-03-02                      | @2026-03-05 |
{more}"""
MORE = "| #2 | Lê Văn Mẫu | @1998-05-09 | Nam | @2026-03-02 | @2026-03-06 |"
WRONG = "| #2 | Lê Văn Mẫu | 31/02/1998 | Nam | @2026-03-02 | @2026-03-06 |"
OLD = "| Họ và tên |\n| Trần Thị Mẫu |"


@pytest.fixture
def inbox(book, tmp_path):
    """`inbox("so.xlsx", more)`: a folder of its own with a register of that name, and a file without any."""

    def fill(name: str, more: str = "") -> Path:
        folder = tmp_path / Path(name).stem
        folder.mkdir()
        for path in (
            book.file(REGISTER.format(more=more), name, hidden={"2024": OLD + "\n" + more}),
            book.file("| Danh sách trống |", f"Chi bo thon Hai {name}"),
        ):
            path.rename(folder / path.name)
        return folder

    return fill


def of_sheets(found):
    """Code → line, of what concerns a sheet or a file as a whole and had to be explained at first."""
    lines = found[found["code"].isin(["column.absent", "sheet.hidden", "sheet.nothing_read", "heading.ambiguous"])]
    return lines.drop_duplicates("code").set_index("code")


def answered(path: Path, level: str = "Cần giải trình") -> Path:
    """The quota book with a reason typed beside every line of a level, as a clerk saves it."""
    opened = openpyxl.load_workbook(path)
    sheet = opened["Lỗi"]
    top = next(row for row in sheet.iter_rows() if row[0].value == "STT")
    place = {cell.value: cell.column for cell in top}
    for row in sheet.iter_rows(min_row=top[0].row + 1):
        if row[place["Mức"] - 1].value == level:
            sheet.cell(row[0].row, place["Giải trình"], REASON)
    opened.save(path)
    return path


@pytest.fixture
def explained(inbox, tmp_path):
    """The first month's book with every query answered, and what was asked then."""
    first = book_of(inbox("thang-10.xlsx"), COMMITTEE, date(2026, 10, 22))
    out = tmp_path / "so-chi-tieu.xlsx"
    write_book(first, out)
    return answered(out), first


def test_questions_about_sheets_have_codes_where_the_branch_is_known(explained):
    asked = of_sheets(explained[1].findings)

    assert {"column.absent", "sheet.hidden", "sheet.nothing_read", "heading.ambiguous"} <= {*asked.index}
    assert set(asked["level"]) == {Level.QUERY}
    assert asked["memory"].map(is_query_code).all()
    assert asked["memory"].is_unique


def test_next_month_under_another_name_they_are_notes_with_the_reason(explained, inbox):
    before = read_previous(explained[0])
    book = book_of(inbox("so-moi.xlsx", MORE), COMMITTEE, AS_OF, previous=before)
    told = of_sheets(book.findings)

    assert before.questions == ()
    assert set(told["level"]) == {Level.NOTE}
    assert set(told["reason"]) == {REASON}
    assert told["message"].str.endswith(f"Đã giải trình: {REASON}.").all()


def test_a_branch_whose_sheets_are_explained_is_not_reminded_of_them(explained, inbox):
    again = book_of(inbox("so-moi.xlsx"), COMMITTEE, AS_OF, previous=read_previous(explained[0]))
    line = again.submissions.set_index("branch").loc[ONE.name]

    assert (line["queries"], phrase("remind.queries", count=1) in line["reminder"]) == (0, False)


def test_a_column_lacking_more_or_another_hidden_sheet_is_another_question(explained, inbox, book):
    folder = inbox("so-moi.xlsx")
    hidden = {"2023": OLD}
    book.file(REGISTER.format(more="").replace("Giới tính", "Ghi chú"), "a.xlsx", hidden=hidden).rename(
        folder / "so-moi.xlsx"
    )
    told = of_sheets(book_of(folder, COMMITTEE, AS_OF, previous=read_previous(explained[0])).findings)

    assert told.loc[["column.absent", "sheet.hidden"], "level"].tolist() == [Level.QUERY, Level.QUERY]
    assert told.at["heading.ambiguous", "level"] == Level.NOTE


@pytest.fixture
def remembering(explained):
    """The committee with the reasons copied into its own book, as the guide says."""
    said = explanations(read_previous(explained[0]).reasons)
    assert {one.kind for one in said} == {DecisionKind.EXPLAIN}
    return replace(COMMITTEE, decisions=said)


def test_what_the_committee_book_explains_holds_in_check_and_on_the_slips(remembering, inbox, tmp_path):
    folder = inbox("so-moi.xlsx")
    checked = check([folder / "so-moi.xlsx"], AS_OF, remembering)
    write_slips(checked, remembering, AS_OF, tmp_path / "phieu")

    assert set(of_sheets(checked.found)["level"]) == {Level.NOTE}
    assert set(of_sheets(check([folder / "so-moi.xlsx"], AS_OF).found)["memory"]) == {""}  # of no committee
    letters = [*(tmp_path / "phieu").rglob("*.docx")]

    assert len(letters) == 1
    assert "2024" not in _text(letters[0])


def _text(path: Path) -> str:
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_what_the_committee_book_explains_holds_for_the_sheet_that_is_open(remembering, inbox):
    path = inbox("so-moi.xlsx") / "so-moi.xlsx"
    rows = next(grid.rows for grid in read(path, results=True).grids if grid.sheet == "Sổ theo dõi")
    law = given.law_of(remembering, AS_OF)
    found = judge(OpenSheet(path.name, "Sổ theo dõi", rows), law, committee=remembering).found

    assert of_sheets(found)["level"].to_dict() == {"heading.ambiguous": Level.NOTE, "column.absent": Level.NOTE}


def test_a_reason_that_cannot_be_remembered_is_told(inbox, tmp_path):
    """Of no branch: no code. What was read is told once, however many reasons there are."""
    strangers = replace(COMMITTEE, branches=(Branch("09", "Chi bộ trường Ví Dụ"),))
    out = tmp_path / "so-chi-tieu.xlsx"
    write_book(book_of(inbox("thang-10.xlsx"), strangers, AS_OF), out)
    told = read_previous(answered(out)).questions

    assert [(sheet, question.code) for sheet, question in told] == [("Lỗi", "previous.unremembered")]
    assert int(str(told[0][1].detail["count"])) > 0


def test_so_is_one_beside_an_error_for_no_reason_makes_it_good(inbox, tmp_path):
    book, out = book_of(inbox("thang-10.xlsx", WRONG), COMMITTEE, AS_OF), tmp_path / "so-chi-tieu.xlsx"
    write_book(book, out)
    ((_, question),) = read_previous(answered(out, "Lỗi")).questions

    assert question.code == "previous.unremembered"
    assert question.detail["count"] == (book.findings["level"] == Level.ERROR).sum() > 0


def test_what_a_question_only_counts_is_no_part_of_its_code_where_it_is_about_the_building_of_a_sheet():
    def lacking(*columns: str) -> str:
        return about("Sổ", Question("column.absent", detail={"columns": [*columns]}))

    def loose(count: int) -> str:
        return about("Sổ", Question("rows.loose", detail={"count": count, "lines": [30]}))

    assert lacking("Giới tính (3)") == lacking("Giới tính (12)") != lacking("Dân tộc (3)")
    assert about("2024", Question("sheet.hidden", detail={"count": 3})) == about("2024", Question("sheet.hidden"))
    assert loose(1) != loose(2)


def test_branches_that_share_a_sheet_are_asked_together(book, tmp_path):
    shared = """
    | STT | Họ và tên    | Ngày sinh   | Giới tính | Chi bộ          | Nghị quyết  |
    | #1  | Lê Thị Thử   | @1999-05-09 | Nữ        | Chi bộ thôn Một | @2026-03-05 |
    | #2  | Trần Văn Mẫu | @1999-05-09 | Nam       | Chi bộ thôn Hai | @2026-03-05 |
    """
    folder = tmp_path / "chung"
    folder.mkdir()
    book.file(shared, "chung.xlsx").rename(folder / "chung.xlsx")
    asked = of_sheets(book_of(folder, COMMITTEE, AS_OF).findings)
    code = asked.at["heading.ambiguous", "memory"]
    told = replace(COMMITTEE, decisions=(Decision(DecisionKind.EXPLAIN, code, REASON),))

    assert of_sheets(book_of(folder, told, AS_OF).findings).at["heading.ambiguous", "level"] == Level.NOTE
