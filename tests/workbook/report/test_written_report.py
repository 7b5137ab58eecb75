"""The written report says what the book holds and nothing else; every number leads to its cell."""

from datetime import date
from io import BytesIO

import docx
import openpyxl
import pytest

from workbook.errors import NotAWorkbook, Unreachable
from workbook.outgoing import report_template
from workbook.outgoing.save import save_new
from workbook.outgoing.write import write_book
from workbook.printed.check import findings
from workbook.printed.paper import read_paper
from workbook.report.facts import Period
from workbook.written_report import written


def texts(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs]


def said(content: bytes) -> str:
    return "\n".join(texts(content))


@pytest.fixture
def report(books):
    """`report(...)` is the document on the later book."""

    def make(*earlier, period=Period.MONTH, template=None, named=False):
        return written(books.book, earlier, period, template, named=named)

    return make


@pytest.mark.parametrize("period", list(Period))
@pytest.mark.parametrize("named", [False, True])
def test_every_number_leads_to_a_cell_that_holds_it(report, books, untraced, tmp_path, period, named):
    made, doubts = report(books.before, period=period, named=named)
    out = tmp_path / "bao-cao.docx"
    save_new(made, out)
    assert doubts == ()
    assert untraced(out, books.book, books.before) == []


def test_a_walk_from_a_number_that_was_altered_ends_nowhere(report, books, untraced, tmp_path):
    """The walk can fail: one number of one sentence is changed."""
    document = docx.Document(BytesIO(report()[0]))
    sentence = next(one for one in document.paragraphs if "chỉ tiêu năm (" in one.text)
    sentence.runs[0].text = sentence.text.replace("/37)", "/38)")
    document.save(tmp_path / "sai.docx")
    assert untraced(tmp_path / "sai.docx", books.book) != []


def test_its_own_percentages_pass_the_check_of_printed_reports(report, books, tmp_path):
    save_new(report(books.before)[0], tmp_path / "bao-cao.docx")
    assert findings(read_paper(tmp_path / "bao-cao.docx"), "bao-cao.docx") == []


def test_the_layout_is_that_of_party_documents(report):
    document = docx.Document(BytesIO(report()[0]))
    page = document.sections[0]
    left, right = (cell.text.splitlines() for cell in document.tables[0].rows[0].cells)
    assert [round(side.cm, 1) for side in (page.left_margin, page.right_margin, page.top_margin)] == [3, 2, 2]
    assert (document.styles["Normal"].font.name, document.styles["Normal"].font.size.pt) == ("Times New Roman", 14)
    assert left == ["TỈNH ỦY SÔNG MƠ", "ĐẢNG ỦY XÃ SUỐI HẠC", "*", "Số ……-BC/ĐU"]
    assert right[0] == "ĐẢNG CỘNG SẢN VIỆT NAM"
    assert "T/M ĐẢNG ỦY" in document.tables[2].rows[0].cells[1].text


@pytest.mark.parametrize(
    ("period", "subject"),
    [
        (Period.MONTH, "công tác kết nạp đảng viên tháng 11 năm 2026"),
        (Period.QUARTER, "công tác kết nạp đảng viên quý IV năm 2026"),
        (Period.YEAR, "công tác kết nạp đảng viên năm 2026"),
    ],
)
def test_the_period_is_that_of_the_books_day(report, period, subject):
    assert subject in texts(report(period=period)[0])


def test_who_exceeded_who_met_who_has_none_is_said_by_facts(report, books):
    rows = list(openpyxl.load_workbook(books.book, data_only=True)["Tổng hợp"].iter_rows(values_only=True))
    remark = next(row.index("Ghi chú") for row in rows if "Ghi chú" in row)
    known = [row for row in rows if isinstance(row[0], int | float)]
    branches = [(row[1], row[3], row[4]) for row in known if row[remark] != "Chưa nộp"]
    missing = {row[1] for row in known if row[remark] == "Chưa nộp" and row[3]}
    lines = texts(report()[0])
    over = next(line for line in lines if "vượt chỉ tiêu:" in line)
    behind = next(line for line in lines if "chưa đạt chỉ tiêu" in line)
    none = next(line for line in lines if "chưa kết nạp đảng viên nào:" in line)
    silent = next(line for line in lines if "chưa nộp sổ, chưa có số:" in line)
    assert {name for name, _, _ in branches if name in over} == {name for name, quota, done in branches if done > quota}
    assert {name for name, _, _ in branches if name in behind} == {
        name for name, quota, done in branches if done < quota
    }
    assert {name for name, _, _ in branches if name in none} == {name for name, _, done in branches if not done}
    assert missing == {row[1] for row in known if row[1] in silent} != set()


def test_no_sentence_of_the_composition_answers_two_questions(report):
    """Who is of no sex and who is in no union are told apart: each share is of its own question."""
    lines = texts(report()[0])
    first = next(line for line in lines if "đảng viên mới kết nạp có" in line)
    heads = ("Về Đoàn TNCS Hồ Chí Minh: ", "Về dân tộc: ", "Về tôn giáo: ")
    beside = [next(line for line in lines if line.startswith(head)) for head in heads]
    assert not [word for word in ("Đoàn", "dân tộc", "tôn giáo") if word in first]
    assert ["Đoàn" in line.removeprefix(head) for line, head in zip(beside, heads, strict=True)] == [True, False, False]


def test_the_month_before_is_compared_with(report, books):
    text = said(report(books.before)[0])
    assert "So với sổ tính đến ngày 31/10/2026 (28 đảng viên), kết nạp thêm 1 đảng viên." in text


def test_without_names_nobody_is_named(report, books):
    late = openpyxl.load_workbook(books.book, data_only=True)["Quá hạn"]
    people = openpyxl.load_workbook(books.book, data_only=True)["Dữ liệu"]
    names = {row[2] for row in people.iter_rows(min_row=2, values_only=True) if row[2]}
    overdue = {row[2] for row in late.iter_rows(values_only=True) if isinstance(row[8], int)}
    nameless, naming = report()[0], said(report(named=True)[0])
    tables = docx.Document(BytesIO(nameless)).tables
    text = "\n".join([said(nameless), *(cell.text for table in tables for row in table.rows for cell in row.cells)])
    assert not [name for name in names if name in text]
    assert overdue
    assert all(name in naming for name in overdue)


def test_the_same_book_gives_the_same_bytes(report):
    assert report()[0] == report()[0]


def test_a_book_to_compare_with_that_is_no_earlier_is_asked_about_and_left_out(report, books):
    made, doubts = report(books.book)
    assert [doubt.question.code for doubt in doubts] == ["report.earlier_later"]
    assert "So với sổ tính đến" not in said(made)


def test_a_book_of_another_committee_is_asked_about_and_left_out(report, quota_book, tmp_path):
    from dataclasses import replace

    write_book(replace(quota_book, as_of=date(2026, 6, 30)), tmp_path / "khac.xlsx")
    made, doubts = report(tmp_path / "khac.xlsx")
    assert [doubt.question.code for doubt in doubts] == ["report.earlier_other"]
    assert "So với sổ tính đến" not in said(made)


def test_a_book_of_last_year_on_the_same_day_is_the_same_period(quota_book, tmp_path):
    from dataclasses import replace

    last = replace(quota_book.committee, year=2025)
    write_book(replace(quota_book, committee=last, as_of=date(2025, 11, 22)), tmp_path / "nam-truoc.xlsx")
    write_book(quota_book, tmp_path / "so.xlsx")
    made, _ = written(tmp_path / "so.xlsx", [tmp_path / "nam-truoc.xlsx"], Period.YEAR, None, named=False)
    assert "Cùng kỳ năm trước (sổ tính đến ngày 22/11/2025) kết nạp 4 đảng viên; năm nay bằng 100% cùng kỳ." in said(
        made
    )


def test_a_sheet_that_is_gone_is_asked_about_and_its_section_says_so(books, tmp_path):
    workbook = openpyxl.load_workbook(books.book, data_only=True)
    del workbook["Cơ cấu"]
    workbook.save(tmp_path / "thieu.xlsx")
    made, doubts = written(tmp_path / "thieu.xlsx", [], Period.MONTH, None, named=False)
    assert [(doubt.sheet, doubt.question.code) for doubt in doubts] == [("Cơ cấu", "quota_book.sheet_missing")]
    assert "Sổ chỉ tiêu không có số liệu của phần này." in texts(made)


def test_a_small_book_without_quotas_says_only_what_it_holds(quota_book, untraced, tmp_path):
    from dataclasses import replace

    nothing = quota_book.branches.assign(quota=float("nan"), percent=None, lacking=float("nan"), rank=0)
    write_book(replace(quota_book, branches=nothing), tmp_path / "so.xlsx")
    made, _ = written(tmp_path / "so.xlsx", [], Period.MONTH, None, named=True)
    save_new(made, tmp_path / "bao-cao.docx")
    assert "sổ không ghi chỉ tiêu năm" in said(made)
    assert "vượt chỉ tiêu" not in said(made)
    assert untraced(tmp_path / "bao-cao.docx", tmp_path / "so.xlsx") == []


def test_a_clerks_template_is_used(report, tmp_path):
    document = docx.Document(BytesIO(report_template.build()))
    next(one for one in document.paragraphs if one.text == "BÁO CÁO").runs[0].text = "BÁO CÁO NHANH"
    document.save(tmp_path / "mau.docx")
    lines = texts(report(template=tmp_path / "mau.docx")[0])
    assert "BÁO CÁO NHANH" in lines
    assert "công tác kết nạp đảng viên tháng 11 năm 2026" in lines


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("{{ khong_co }}", "report.template_place"),
        ("{{ cap_uy", "report.template_words"),
        ("{{ cap_uy.__class__.__mro__ }}", "report.template_words"),
        ("{%p for cau in ket_qua %}", "report.template_words"),
        ("{{ mo_dau }", "report.template_words"),
        ("{ mo_dau }}", "report.template_words"),
        ("{{ mo dau }}", "report.template_words"),
        ("{% for cau in ket_qua %} {{ cau.khong_co }} {% endfor %}", "report.template_place"),
    ],
)
def test_a_template_with_a_wrong_place_is_refused_in_one_sentence(report, tmp_path, words, code):
    document = docx.Document(BytesIO(report_template.build()))
    document.add_paragraph(words)
    document.save(tmp_path / "mau.docx")
    with pytest.raises(NotAWorkbook) as refused:
        report(template=tmp_path / "mau.docx")
    assert (refused.value.code, refused.value.detail["file"]) == (code, "mau.docx")
    told = str(refused.value.detail.get("paragraph", refused.value.detail.get("places")))
    assert told in (words, "khong_co")


def test_what_is_no_word_document_is_no_template(report, tmp_path):
    (tmp_path / "mau.docx").write_text("x")
    with pytest.raises(NotAWorkbook) as refused:
        report(template=tmp_path / "mau.docx")
    assert refused.value.code == "report.template_unreadable"
    with pytest.raises(Unreachable):
        report(template=tmp_path / "khong-co.docx")


def test_signs_in_a_name_stay_text(quota_book, tmp_path):
    """The committee of the small book has an ampersand, a branch is called what a formula or a tag could be."""
    write_book(quota_book, tmp_path / "so.xlsx")
    made, _ = written(tmp_path / "so.xlsx", [], Period.MONTH, None, named=False)
    document = docx.Document(BytesIO(made))
    assert "ĐẢNG ỦY XÃ ĐỒI & CỎ" in document.tables[0].rows[0].cells[0].text
    assert '<>"Suối" ~ Chi bộ?' in [row.cells[1].text for row in document.tables[1].rows]


@pytest.mark.libreoffice
def test_libreoffice_prints_it(report, soffice, tmp_path):
    save_new(report()[0], tmp_path / "bao-cao.docx")
    printed = soffice(tmp_path / "bao-cao.docx", "pdf").read_bytes()
    assert printed.startswith(b"%PDF")
