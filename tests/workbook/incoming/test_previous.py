"""An earlier quota book read back from its file: ours in every version, and nothing else."""

from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from validation.vocabulary import DATE_COLUMNS
from workbook.committee import Branch, Committee
from workbook.errors import NotAWorkbook
from workbook.incoming.previous import read_previous
from workbook.incoming.read import read
from workbook.layout import HEADING, KIND_PROPERTY, QUOTA_BOOK
from workbook.messages import sentence
from workbook.outgoing.sheets import data

OURS = {KIND_PROPERTY: QUOTA_BOOK}
SUMMARY = """
| Đảng bộ tỉnh Thử |
| ĐẢNG ỦY XÃ THỬ |
| |
| Tính đến ngày 30/06/2026 |
| Năm đếm kết nạp: | | #2026 |
| STT | Chi bộ | Đã kết nạp |
| #1 | Chi bộ thôn Một | #2 |
| | Tổng số | #2 |
"""
OLD_DATA = """
| Chi bộ | Họ và tên | Ngày lễ kết nạp | Giai đoạn | Dòng |
| Chi bộ thôn Một | Lê Văn Thử | @2026-03-05 | Dự bị | #7 |
| Chi bộ thôn Một | Lê Thị Mẫu | 3/2026 | Đã ra khỏi danh sách | #8 |
| Chi bộ thôn Một | Lê Thị Giả | | Ô bị sửa | #9 |
"""


def fully_said(previous) -> bool:
    said = [sentence(one.code, {"sheet": sheet, "cell": one.cell, **one.detail}) for sheet, one in previous.questions]
    return not [one for one in said if "…" in one.message + one.fix]


@pytest.fixture
def written(quota_book_file, tmp_path: Path) -> Path:
    (tmp_path / "so.xlsx").write_bytes(quota_book_file)
    return tmp_path / "so.xlsx"


def test_a_written_book_reads_back_as_what_it_says(quota_book, written):
    previous = read_previous(written)

    assert (previous.committee, previous.year, previous.as_of) == ("ĐẢNG ỦY XÃ ĐỒI & CỎ", 2026, date(2026, 11, 22))
    assert previous.doubts(quota_book.committee, quota_book.as_of) == previous.questions == ()
    assert previous.branches["name"].tolist() == quota_book.branches["name"].tolist()
    assert previous.branches["admitted"].tolist() == [2, 1, 1]
    assert previous.handed_in == set(quota_book.branches["name"])


def test_every_person_comes_back_with_the_days_and_words_of_the_sheet(quota_book, written):
    people = read_previous(written).people
    order = {name: place for place, name in enumerate(quota_book.branches["name"])}
    want = quota_book.people.sort_values("branch", key=lambda names: names.map(order), kind="stable")

    assert set(HEADING) <= set(people)
    for name in ("branch", "full_name", "stage", "citizen_id", "file", "sheet", "row", "admitted_in", "remark"):
        assert people[name].tolist() == want[name].tolist()
    shown = [value if isinstance(value, str | pd.Timestamp) else "" for value in want["birth_on"]]
    shown = [f"{value:%d/%m/%Y}" if value == pd.Timestamp(1098, 3, 2) else value for value in shown]
    assert people["birth_on"].tolist() == shown


def test_the_words_of_the_reader_are_those_of_the_writer():
    from workbook.incoming.quota_book import part

    headings = {field.name: field.heading for field in data.FIELDS}
    known = part("people")
    assert known.sheet == data.NAME
    assert known.words["left"] == data.LEFT
    assert {name: headings[name] for name in known.headings} == dict(known.headings)


def test_an_older_book_of_fewer_columns_is_read_and_says_what_it_lacks(book):
    path = book.file({"Tổng hợp": SUMMARY, "Dữ liệu": OLD_DATA}, properties=OURS)
    previous = read_previous(path)

    assert previous.people["ceremony_on"].tolist() == [pd.Timestamp(2026, 3, 5), "3/2026", ""]
    assert previous.people["stage"].tolist()[:2] == ["probationary", ""]
    assert pd.isna(previous.people["stage"][2])
    assert not {"citizen_id", *DATE_COLUMNS} & set(previous.people) - {"ceremony_on"}
    assert [one.code for _, one in previous.questions] == ["previous.columns_missing"]
    assert "Số định danh cá nhân" in previous.questions[0][1].detail["columns"]
    assert previous.handed_in == {"Chi bộ thôn Một"}
    assert fully_said(previous)


def test_a_book_without_its_sheets_is_a_question_for_each(book):
    previous = read_previous(book.file({"Quá hạn": "| STT |\n| #1 |"}, properties=OURS))

    assert previous.people is None
    assert previous.branches.empty
    assert (previous.year, previous.as_of, previous.handed_in) == (0, None, frozenset())
    assert [(sheet, one.code) for sheet, one in previous.questions] == [
        ("Dữ liệu", "previous.sheet_missing"),
        ("Tổng hợp", "previous.sheet_missing"),
        ("Tổng hợp", "previous.day_missing"),
    ]
    assert fully_said(previous)


def test_a_book_saved_without_the_values_of_its_formulas_is_recounted_from_its_persons(written):
    whole = read_previous(written)
    saved = openpyxl.load_workbook(written)
    saved.save(written)
    previous = read_previous(written)
    assert previous.branches["admitted"].tolist() == whole.branches["admitted"].tolist() != [0, 0, 0]
    assert previous.questions == ()


def test_an_admission_is_recounted_for_the_branch_it_was_counted_for(book):
    data = """
    | Chi bộ | Họ và tên | Giai đoạn | Năm kết nạp | Chi bộ được tính kết nạp |
    | Chi bộ thôn Hai | Lê Văn Thử | Dự bị | #2026 | Chi bộ thôn Một |
    | Chi bộ thôn Một | Lê Thị Mẫu | Dự bị | #2025 | Chi bộ thôn Một |
    """
    path = book.file({"Tổng hợp": SUMMARY.replace("| #2 |", "| |"), "Dữ liệu": data}, properties=OURS)
    assert read_previous(path).branches["admitted"].tolist() == [1]


def test_admissions_that_can_be_neither_read_nor_recounted_are_asked_about_and_never_none(book):
    path = book.file({"Tổng hợp": SUMMARY.replace("| #2 |", "| |"), "Dữ liệu": OLD_DATA}, properties=OURS)
    previous = read_previous(path)
    assert previous.branches["admitted"].isna().all()
    assert "previous.uncounted" in [one.code for _, one in previous.questions]
    assert fully_said(previous)


def test_a_hidden_sheet_is_not_read(book):
    path = book.file({"Tổng hợp": SUMMARY}, hidden={"Dữ liệu": OLD_DATA}, properties=OURS)
    assert read_previous(path).people is None


def test_answers_to_doubles_come_with_the_group_they_answer(book):
    doubles = """
    | Nhóm | Loại | Họ và tên | Quyết định | Mã nhóm |
    | #1 | cần xem | Lê Văn Thử | Một người | abc |
    | #1 | cần xem | Lê Văn Thử | Một người | abc |
    | #2 | cần xem | Lê Thị Mẫu | | def |
    | #3 | cần xem | Lê Thị Giả | Hai người | ghi |
    """
    path = book.file({"Tổng hợp": SUMMARY, "Dữ liệu": OLD_DATA, "Trùng": doubles}, properties=OURS)
    assert read_previous(path).answers == (("abc", "Một người"), ("ghi", "Hai người"))


def test_an_answer_that_nothing_can_be_made_of_is_asked_about_where_it_stands(book):
    doubles = """
    | Nhóm | Loại | Họ và tên | Quyết định | Mã nhóm |
    | #1 | cần xem | Lê Văn Thử | Khác người | BCDFGH-JKLMNP |
    | #2 | cần xem | Lê Thị Mẫu | Là hai người khác nhau | BCDFGH-QRSTVW |
    | #3 | cần xem | Lê Thị Giả | | BCDFGH-XZBCDF |
    """
    previous = read_previous(
        book.file({"Tổng hợp": SUMMARY, "Dữ liệu": OLD_DATA, "Trùng": doubles.strip()}, properties=OURS)
    )
    (asked,) = [(sheet, one) for sheet, one in previous.questions if one.code == "committee.answer"]
    assert (asked[0], asked[1].cell, asked[1].detail["value"]) == ("Trùng", "D2", "Khác người")
    assert fully_said(previous)


MERGED = (Branch("01", "Chi bộ thôn Một", members=20, valid_to=date(2026, 7, 31), merged_into="Chi bộ thôn Hai"),)


@pytest.mark.parametrize(("members", "told"), [(30, ["previous.merged_members"]), (50, []), (None, [])])
def test_members_of_a_merged_branch_that_nobody_added_to_its_heir_are_noted(book, members, told):
    summary = """
    | Tính đến ngày 30/06/2026 |
    | STT | Chi bộ | Số đảng viên | Đã kết nạp |
    | #1 | Chi bộ thôn Một | #20 | #2 |
    | #2 | Chi bộ thôn Hai | #30 | #1 |
    """
    previous = read_previous(book.file({"Tổng hợp": summary, "Dữ liệu": OLD_DATA}, properties=OURS))
    committee = Committee("", year=2026, branches=(*MERGED, Branch("02", "Chi bộ thôn Hai", members=members)))
    doubts = previous.doubts(committee, date(2026, 8, 31))
    assert [one.code for _, one in doubts] == told
    assert not ["…" for _, one in doubts if "…" in sentence(one.code, one.detail).message]
    assert not previous.doubts(committee, date(2026, 7, 31))  # the merger has not come yet


@pytest.mark.parametrize("properties", [{}, {KIND_PROPERTY: "return_slip"}], ids=["a stranger's", "another of ours"])
def test_another_book_is_one_sentence(book, properties):
    with pytest.raises(NotAWorkbook) as caught:
        read_previous(book.file({"Tổng hợp": SUMMARY, "Dữ liệu": OLD_DATA}, properties=properties))
    assert sentence(caught.value.code, {}).message.startswith("Đây không phải sổ chỉ tiêu")


def test_a_quota_book_is_still_no_submission(written):
    with pytest.raises(NotAWorkbook) as caught:
        read(written)
    assert caught.value.code == "file.quota_book"


def test_the_book_of_another_committee_or_of_a_later_day_is_doubted(written):
    doubts = read_previous(written).doubts(Committee("Đảng ủy xã Khác"), date(2026, 11, 21))
    assert [one.code for _, one in doubts] == ["previous.other_committee", "previous.later"]
    assert "…" not in "".join(sentence(one.code, one.detail).message for _, one in doubts)


def test_a_book_that_was_sorted_and_saved_by_a_clerk_reads_the_same(written, tmp_path):
    opened = openpyxl.load_workbook(written)
    sheet = opened[data.NAME]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for at, values in enumerate(reversed(rows), start=2):
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(at, column)
            cell.value = value
            cell.data_type = "s" if isinstance(value, str) else cell.data_type  # text, whatever it begins with
    opened.save(tmp_path / "sap-xep.xlsx")

    first, second = read_previous(written).people, read_previous(tmp_path / "sap-xep.xlsx").people
    assert second["full_name"].tolist() == first["full_name"].tolist()[::-1]
    assert second["birth_on"].tolist() == first["birth_on"].tolist()[::-1]


def test_a_book_saved_by_another_program_reads_the_same(written, recalculated):
    first, second = read_previous(written), read_previous(recalculated(written))
    pd.testing.assert_frame_equal(first.people, second.people)
    pd.testing.assert_frame_equal(first.branches, second.branches)
    assert (first.as_of, first.year, first.committee) == (second.as_of, second.year, second.committee)
