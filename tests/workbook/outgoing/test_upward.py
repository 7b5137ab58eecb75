"""The counts for the level above: what is in the file, what is nowhere in it, and how it is locked."""

import io
import zipfile
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

import msoffcrypto
import openpyxl
import pandas as pd
import pytest

from workbook.committee import Branch
from workbook.composition import Role
from workbook.consolidate.composition import composition
from workbook.consolidate.headline import handed_in_rates
from workbook.errors import CannotWrite, NotAWorkbook, Protected
from workbook.incoming.read import read
from workbook.layout import UPWARD_BOOK
from workbook.outgoing.upward import write_upward
from workbook.outgoing.write import write_book
from workbook.phrases import phrase
from workbook.states import State


@pytest.fixture
def source(quota_book_file, tmp_path):
    path = tmp_path / "so-chi-tieu.xlsx"
    path.write_bytes(quota_book_file)
    return path


@pytest.fixture
def made(source, tmp_path):
    out = tmp_path / "so-lieu.xlsx"
    write_upward(source, out)
    return out


def every_part(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode("utf-8") for name in package.namelist()}


def table(sheet, top):
    """Heading → value, a line at a time."""
    rows = list(sheet.iter_rows(min_row=top, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_no_name_and_no_id_of_anybody_is_in_any_part(made, quota_book):
    people = quota_book.people
    helpers = quota_book.branches["watcher"]
    wanted = {*people["full_name"], *people["citizen_id"], *people["remark"], *helpers, *quota_book.submissions["file"]}
    wanted = {text for text in wanted if len(text) > 3}
    parts = every_part(made)
    assert len(wanted) > 20
    assert not [
        (name, number)
        for name, text in parts.items()
        for number, one in enumerate(sorted(wanted))
        if escape(one) in text
    ]


def test_the_sheets_are_those_without_persons(made):
    names = openpyxl.load_workbook(made).sheetnames
    assert names == ["Tổng hợp", "Cơ cấu", "Tiến độ", "Quá hạn", "Dự báo", "Tình hình nộp", "Đối chiếu"]


def test_every_count_is_that_of_the_quota_book(made, quota_book):
    book = openpyxl.load_workbook(made, data_only=True)
    lines = table(book["Tổng hợp"], 8)[:3]
    assert [line["Chi bộ"] for line in lines] == quota_book.branches["name"].tolist()
    assert [line["Đã kết nạp"] for line in lines] == quota_book.branches["admitted"].tolist()
    assert [line["Tỷ lệ (%)"] for line in lines] == [66.67, 100, "—"]
    stages = table(book["Tiến độ"], 1)[:3]
    assert [line["Chính thức"] for line in stages] == quota_book.branches["official"].tolist()
    groups = table(book["Cơ cấu"], 1)
    assert groups[0]["Tổng số"] == 4
    assert [line["Tiêu chí"] for line in groups[:-1]] == [line.label for line in quota_book.composition.lines]


def test_a_committee_with_a_comma_in_its_name_keeps_its_letters(quota_book, tmp_path):
    name = "Đảng ủy các phường Thử, Mẫu"
    write_book(replace(quota_book, committee=replace(quota_book.committee, name=name)), tmp_path / "so.xlsx")
    assert write_upward(tmp_path / "so.xlsx", tmp_path / "so-lieu.xlsx").book.committee.name == name


def test_shares_keep_the_decimals_of_the_committee_where_those_of_all_branches_are_whole(quota_book, tmp_path):
    """3 of 6 and 1 of 1 are whole numbers of per cent, 4 of 7 is not."""
    source, out = tmp_path / "so-chi-tieu.xlsx", tmp_path / "so-lieu.xlsx"
    people = quota_book.people.assign(credited_to=quota_book.branches["name"].iloc[0])
    branches = quota_book.branches.assign(admitted=[3, 1, 0], quota=[6.0, 1.0, float("nan")],
                                          percent=[Decimal(50), Decimal(100), None])  # fmt: skip
    write_book(replace(quota_book, people=people, branches=branches), source)
    write_upward(source, out)
    book = openpyxl.load_workbook(out, data_only=True)
    lines = table(book["Tổng hợp"], 8)[:4]
    assert [line["Tỷ lệ (%)"] for line in lines] == [50, 100, "—", 57.14]
    groups = {line["Tiêu chí"]: line["Tỷ lệ (%)"] for line in table(book["Cơ cấu"], 1)}
    theirs = {
        line["Tiêu chí"]: line["Tỷ lệ (%)"]
        for line in table(openpyxl.load_workbook(source, data_only=True)["Cơ cấu"], 1)
    }
    assert groups == theirs


def test_what_is_late_is_counted_by_branch(made):
    lines = table(openpyxl.load_workbook(made, data_only=True)["Quá hạn"], 1)[:3]
    assert [(line["Việc quá hạn"], line["Việc sắp đến hạn"]) for line in lines] == [(1, 1), (1, 0), (0, 1)]
    assert [line["Quá hạn lâu nhất (ngày)"] for line in lines] == [160, 39, None]


def test_the_level_above_reads_it_without_a_question(made):
    from workbook.incoming.lower.book import parse

    assert not parse(read(made, quota_book=True, counts=True).grids).questions


def test_its_formulas_lead_nowhere_outside_and_come_to_what_is_written(made, disagreements):
    formulas = [
        cell.value
        for sheet in openpyxl.load_workbook(made)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert formulas
    assert not [text for text in formulas if "Dữ liệu" in text]
    assert not disagreements(made)


def test_it_is_a_book_of_ours_that_no_inbox_takes_for_a_register(made):
    assert UPWARD_BOOK in every_part(made)["docProps/custom.xml"]
    with pytest.raises(NotAWorkbook):
        read(made)
    assert read(made, quota_book=True, counts=True).grids


def test_small_groups_of_branches_are_folded_and_totals_are_not(source, tmp_path):
    out = tmp_path / "che.xlsx"
    told = write_upward(source, out, least=3)
    groups = table(openpyxl.load_workbook(out)["Cơ cấu"], 1)
    cells = [value for line in groups[:-1] for value in list(line.values())[3:]]
    assert told.hidden == sum(value in ("<3", "×") for line in groups[:-1] if line["Tiêu chí"] != "Tuổi bình quân"
                              for value in list(line.values())[3:])  # fmt: skip
    assert "<3" in cells or "×" in cells
    shown = [
        value for line in groups[1:-1] if line["Tiêu chí"] != "Tuổi bình quân" for value in list(line.values())[3:]
    ]
    assert not [value for value in shown if value in (1, 2)]
    assert [line["Tổng số"] for line in groups if line["Tiêu chí"] == "Tuổi bình quân"] != ["×"]
    assert "“<3”" in groups[-1]["Tiêu chí"]


def groups_of(path):
    """The lines of the target groups of a book of counts: label → numbers of the branches."""
    lines = list(openpyxl.load_workbook(path)["Cơ cấu"].iter_rows(min_row=2, values_only=True))
    first = next(at for at, line in enumerate(lines) if str(line[0]).startswith("Đối tượng"))
    return {line[0]: list(line[3:]) for line in lines[first + 1 : first + 13]}


def with_groups(book, branches):
    """The book with everybody admitted replaced by persons of the target groups given, branch by branch."""
    someone, names = book.people.iloc[[1]].assign(admitted_in=2026), book.branches["name"].tolist()
    persons = [someone.assign(branch=name, credited_to=name, groups=one)
               for name, many in zip(names, branches, strict=True) for one in many]  # fmt: skip
    people = pd.concat([*persons, book.people[book.people["admitted_in"] != 2026]], ignore_index=True)
    told = composition(people, names, 2026)
    admitted = [len(many) for many in branches]
    return replace(book, people=people, composition=told, branches=book.branches.assign(admitted=admitted))


WORKER, FARMER = "|Công nhân|", "|Nông dân|"


def test_the_few_whose_group_is_unknown_cannot_be_told_from_those_whose_group_is_known(quota_book, tmp_path):
    """5 admitted, 3 workers and nobody else: 2 are unknown, whatever stands in their own line."""
    branches = [[WORKER] * 3 + [""] * 2, [WORKER] * 4 + [FARMER] * 3 + [""] * 4, [WORKER] * 3 + [FARMER] * 4 + [""] * 3]
    source, out = tmp_path / "so.xlsx", tmp_path / "so-lieu.xlsx"
    write_book(with_groups(quota_book, branches), source)
    made = write_upward(source, out, least=3)
    lines = groups_of(out)
    assert lines["Chưa rõ đối tượng (sổ để trống hoặc không đọc được)"][0] in {"<3", "×"}
    assert lines["Công nhân"][0] == "×"
    assert made.open == 0


def test_a_book_from_before_the_groups_had_a_line_for_the_unknown_has_counts_too(quota_book, tmp_path):
    lines = tuple(line for line in quota_book.composition.lines if line.role is not Role.NOWHERE)
    source, out = tmp_path / "so.xlsx", tmp_path / "so-lieu.xlsx"
    write_book(replace(quota_book, composition=replace(quota_book.composition, lines=lines)), source)
    made = write_upward(source, out, least=3)
    assert [line.label for line in made.book.composition.lines] == [line.label for line in lines]


def test_the_same_book_gives_the_same_bytes(made, source, tmp_path):
    again = tmp_path / "again.xlsx"
    write_upward(source, again)
    assert again.read_bytes() == made.read_bytes()


def test_with_a_password_it_opens_with_that_password_only_and_its_sheets_are_locked(source, tmp_path):
    out = tmp_path / "khoa.xlsx"
    write_upward(source, out, password="Mật khẩu 1")
    with pytest.raises(Protected):
        read(out, quota_book=True, counts=True)
    locked = msoffcrypto.OfficeFile(io.BytesIO(out.read_bytes()))
    locked.load_key(password="Mật khẩu 1")
    opened = io.BytesIO()
    locked.decrypt(opened)
    assert all(sheet.protection.sheet for sheet in openpyxl.load_workbook(opened))
    wrong = msoffcrypto.OfficeFile(io.BytesIO(out.read_bytes()))
    wrong.load_key(password="khác")
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        wrong.decrypt(io.BytesIO())


def test_a_branch_may_be_called_after_somebody(quota_book, tmp_path):
    name = "Chi bộ Trường Phạm Thị Mẫu"
    old = quota_book.branches["name"].iloc[0]
    people = quota_book.people.replace({"branch": {old: name}, "credited_to": {old: name}})
    branches = quota_book.branches.replace({"name": {old: name}})
    board = quota_book.submissions.replace({"branch": {old: name}})
    late = quota_book.overdue.replace({"branch": {old: name}})
    book = replace(quota_book, people=people, branches=branches, submissions=board, overdue=late)
    source = tmp_path / "truong.xlsx"
    write_book(book, source)
    assert write_upward(source, tmp_path / "ra.xlsx").book.branches["name"].iloc[0] == name


def test_a_quota_book_without_one_of_its_sheets_is_refused_with_the_sheet(source, tmp_path):
    book = openpyxl.load_workbook(source)
    del book["Tiến độ"]
    book.save(source)
    with pytest.raises(NotAWorkbook) as refused:
        write_upward(source, tmp_path / "ra.xlsx")
    assert refused.value.detail["wanted"] == "Tiến độ"


def test_nothing_is_written_over_another_file(source, made):
    before = made.read_bytes()
    with pytest.raises(CannotWrite):
        write_upward(source, made)
    assert made.read_bytes() == before


def typed(source, sheet, cell, text):
    book = openpyxl.load_workbook(source)
    book[sheet][cell] = text
    book.save(source)


def cell_below(source, sheet, heading, line):
    """The cell of the numbered `line` below a heading."""
    rows = openpyxl.load_workbook(source)[sheet].iter_rows()
    column = next(cell.column_letter for row in rows for cell in row if cell.value == heading)
    numbered = (row[0] for row in openpyxl.load_workbook(source)[sheet].iter_rows() if row[0].value == line)
    return f"{column}{next(numbered).row}"


@pytest.mark.parametrize(
    ("sheet", "heading"),
    [("Tổng hợp", "Ghi chú"), ("Tổng hợp", "Loại hình"), ("Tình hình nộp", "Trạng thái"),
     ("Tình hình nộp", "Phiên bản"), ("Tình hình nộp", "Ghi chú")],
)  # fmt: skip
def test_what_a_clerk_typed_beside_the_counts_stays_at_home(sheet, heading, source, tmp_path):
    typed(source, sheet, cell_below(source, sheet, heading, 1), "Hỏi đ/c Hoàng Thị Ngoài, 0912345678")
    out = tmp_path / "so-lieu.xlsx"
    write_upward(source, out)
    assert not [name for name, text in every_part(out).items() if "Ngoài" in text or "0912345678" in text]


@pytest.mark.parametrize("text", ["Quá hạn: hỏi đ/c Hoàng Thị Ngoài", "Dự báo đến Hoàng Thị Ngoài: 4 người"])
def test_a_line_for_the_leader_passes_only_as_we_word_it(text, source, tmp_path):
    sheet = openpyxl.load_workbook(source)["Tổng hợp"]
    place = next(cell.coordinate for row in sheet.iter_rows(max_row=9) for cell in row
                 if str(cell.value).startswith("Quá hạn: "))  # fmt: skip
    write_upward(source, tmp_path / "truoc.xlsx")
    assert "4 người ở 3 chi bộ" in every_part(tmp_path / "truoc.xlsx")["xl/sharedStrings.xml"]
    typed(source, "Tổng hợp", place, text)
    write_upward(source, tmp_path / "so-lieu.xlsx")
    assert "Ngoài" not in every_part(tmp_path / "so-lieu.xlsx")["xl/sharedStrings.xml"]


def test_a_line_of_the_reconciliation_keeps_its_count_but_not_what_a_clerk_made_of_its_words(source, tmp_path):
    typed(source, "Đối chiếu", "A4", "Hỏi đ/c Hoàng Thị Ngoài")
    write_upward(source, tmp_path / "so-lieu.xlsx")
    lines = table(openpyxl.load_workbook(tmp_path / "so-lieu.xlsx", data_only=True)["Đối chiếu"], 1)
    assert [(line["Mục"], line["Số lượng"]) for line in lines[2:3]] == [(None, 8)]


def test_a_line_of_the_groups_keeps_its_count_but_not_what_a_clerk_made_of_its_label(quota_book, tmp_path):
    source, out = tmp_path / "so-chi-tieu.xlsx", tmp_path / "so-lieu.xlsx"
    lines = list(quota_book.composition.lines)
    lines[3] = replace(lines[3], label="Hỏi đ/c Hoàng Thị Ngoài, 0912345678")
    write_book(replace(quota_book, composition=replace(quota_book.composition, lines=tuple(lines))), source)
    made = write_upward(source, out).book.composition.lines[3]
    assert (made.label, made.total, made.by_branch) == ("", lines[3].total, lines[3].by_branch)
    assert not [name for name, text in every_part(out).items() if "Ngoài" in text or "0912345678" in text]


@pytest.mark.parametrize("due_on", [None, date(2026, 11, 20)])
def test_the_rates_of_handing_in_go_up_with_the_other_lines_for_the_leader(due_on, quota_book, tmp_path):
    branches = tuple(Branch("", name) for name in quota_book.branches["name"])
    committee = replace(quota_book.committee, branches=branches, submit_by=due_on)
    (rates,) = handed_in_rates(committee, quota_book.submissions, quota_book.as_of)
    assert ("đúng hạn" in rates[1]) is bool(due_on)
    write_book(replace(quota_book, headline=(rates,)), tmp_path / "so-chi-tieu.xlsx")
    assert write_upward(tmp_path / "so-chi-tieu.xlsx", tmp_path / "so-lieu.xlsx").book.headline == (rates,)


STATES = [State.MISSING, State.MERGED, State.COUNTED, State.NO_BRANCH]


@pytest.fixture
def untouched(quota_book, tmp_path):
    """A quota book in which every text is one of ours: nothing was typed into it."""
    names = quota_book.branches["name"].tolist()
    remarks = ["Chưa nộp", f"Đã sáp nhập vào {names[0]}", ""]
    book = replace(
        quota_book,
        headline=(("Kết nạp năm 2026", "4/4 = 100%"), ("Quá hạn", "4 người ở 3 chi bộ")),
        branches=quota_book.branches.assign(remark=remarks, missing=[True, False, False]),
        submissions=quota_book.submissions.assign(state=STATES, heir=["", names[0], "", ""]),
        reconciliation=quota_book.reconciliation.assign(item=phrase("reconcile.counted")),
    )
    write_book(book, tmp_path / "nguyen-ban.xlsx")
    return tmp_path / "nguyen-ban.xlsx"


def test_of_a_book_as_we_wrote_it_no_text_is_left_out(untouched, tmp_path):
    assert write_upward(untouched, tmp_path / "so-lieu.xlsx").left_out == 0


@pytest.mark.parametrize(
    ("sheet", "heading"),
    [("Tổng hợp", "Ghi chú"), ("Tình hình nộp", "Chi bộ"), ("Tình hình nộp", "Trạng thái"),
     ("Tình hình nộp", "Phiên bản")],
)  # fmt: skip
def test_a_cell_whose_text_is_left_out_is_counted(sheet, heading, untouched, tmp_path):
    typed(untouched, sheet, cell_below(untouched, sheet, heading, 3), "Hỏi đ/c Hoàng Thị Ngoài, 0912345678")
    assert write_upward(untouched, tmp_path / "so-lieu.xlsx").left_out == 1


@pytest.mark.parametrize(("sheet", "cell"), [("Tổng hợp", "A7"), ("Tổng hợp", "A6"), ("Đối chiếu", "A4")])
def test_a_line_whose_text_is_left_out_is_counted(sheet, cell, untouched, tmp_path):
    typed(untouched, sheet, cell, "Số này hỏi đ/c Hoàng Thị Ngoài")
    assert write_upward(untouched, tmp_path / "so-lieu.xlsx").left_out == 1


def test_the_remark_of_a_silent_or_merged_branch_is_worded_anew(quota_book, tmp_path):
    names = quota_book.branches["name"].tolist()
    board = quota_book.submissions.assign(state=STATES, heir=["", names[0], "", ""])
    source, out = tmp_path / "so-chi-tieu.xlsx", tmp_path / "so-lieu.xlsx"
    write_book(replace(quota_book, submissions=board), source)
    assert write_upward(source, out).book.branches["remark"].tolist() == ["Chưa nộp", f"Đã sáp nhập vào {names[0]}", ""]


@pytest.mark.parametrize(
    ("column", "text", "refused"),
    [("full_name", "Dự Bị", True), ("helper", "Lê Văn Thử; Dự Bị", True), ("helper", "Chưa có", False)],
)
def test_a_file_in_which_somebody_is_named_all_the_same_is_not_made(column, text, refused, quota_book, tmp_path):
    """Only somebody called like a heading of ours gets so far."""
    source, out = tmp_path / "so-chi-tieu.xlsx", tmp_path / "so-lieu.xlsx"
    write_book(replace(quota_book, people=quota_book.people.assign(**{column: text})), source)
    with pytest.raises(CannotWrite) if refused else nullcontext() as told:
        write_upward(source, out)
    assert out.exists() is not refused
    assert not refused or told.value.code == "upward.named"


def test_a_committee_with_nothing_late_nothing_on_the_way_and_nothing_handed_in_has_counts_too(quota_book, tmp_path):
    blank = replace(quota_book, overdue=quota_book.overdue.iloc[:0], submissions=quota_book.submissions.iloc[:0])
    source, out = tmp_path / "so-chi-tieu.xlsx", tmp_path / "so-lieu.xlsx"
    write_book(blank, source)
    write_upward(source, out)
    lines = table(openpyxl.load_workbook(out, data_only=True)["Quá hạn"], 1)[:3]
    assert [line["Việc quá hạn"] for line in lines] == [0, 0, 0]


@pytest.mark.parametrize(("sheet", "heading"), [("Tiến độ", "Chi bộ"), ("Dự báo", "Chi bộ"), ("Quá hạn", "Chi bộ")])
def test_a_branch_called_otherwise_on_one_sheet_is_asked_about_for_its_counts_would_be_lost(
    sheet, heading, source, tmp_path
):
    rows = list(openpyxl.load_workbook(source)[sheet].iter_rows())
    head = next(cell for row in rows for cell in row if cell.value == heading)
    typed(source, sheet, head.offset(1).coordinate, "Chi bộ thôn Mây một")
    with pytest.raises(NotAWorkbook) as refused:
        write_upward(source, tmp_path / "ra.xlsx")
    assert (refused.value.code, refused.value.detail["wanted"]) == ("upward.other_branches", sheet)
