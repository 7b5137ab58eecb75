"""What changed at the lower committees since the rolled-up book before, and what is not asked again."""

from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from validation.vocabulary import Level
from workbook.committee import Branch, Decision, DecisionKind
from workbook.errors import NotAWorkbook
from workbook.rolled_up import rollup_inbox

MAY, SUOI, KHE = "Đảng ủy xã Mây", "Đảng ủy xã Suối", "Đảng ủy xã Khe"
BEFORE = "truoc.xlsx"


def branch(name, quota=4, **more):
    return Branch("", name, quota=quota, **more)


def told(book):
    """What changed, in few words: branch, change, count, before, now."""
    return [tuple(line) for line in book.base.changes.values.tolist()]


def changed(book):
    return [(branch, change) for branch, change, *_ in told(book)]


@pytest.fixture
def poorer(quota_book):
    """The commune's book with one admission less."""
    lines = quota_book.branches.copy()
    lines["admitted"] = [count - (at == 0) for at, count in enumerate(lines["admitted"])]
    return lines


def test_two_books_of_the_same_files_differ_in_nothing(commune, province):
    commune(MAY)
    province(branch(MAY), out=BEFORE)
    book = province(branch(MAY), previous=BEFORE)
    assert told(book) == []
    assert dict(book.base.headline)["So với sổ tổng hợp kỳ trước"] == "Không có thay đổi"


def test_without_an_earlier_book_nothing_is_said_of_changes(commune, province, tmp_path):
    commune(MAY)
    assert province(branch(MAY)).base.changes is None
    book = openpyxl.load_workbook(tmp_path / "tinh.xlsx")
    assert "Biến động" not in book.sheetnames
    assert "Thay đổi so với sổ tổng hợp trước" not in [cell.value for cell in book["Tình hình nộp"][1]]


def test_who_hands_in_newly_is_told_on_the_board_and_in_the_sheet_of_changes(commune, province, values, tmp_path):
    commune(MAY)
    province(branch(MAY), branch(SUOI), out=BEFORE)
    commune(SUOI)
    book = province(branch(MAY), branch(SUOI), previous=BEFORE)
    assert told(book) == [(SUOI, "Cấp ủy mới nộp", "", "Chưa nộp", f"bản 1, tệp {SUOI}.xlsx")]
    board = values(tmp_path / "tinh.xlsx", "Tình hình nộp")
    assert board["Thay đổi so với sổ tổng hợp trước"].tolist() == [None, "Cấp ủy mới nộp"]
    assert values(tmp_path / "tinh.xlsx", "Biến động")["Thay đổi"].tolist() == ["Cấp ủy mới nộp"]


def test_a_committee_new_in_the_book_of_the_level_above_is_new(commune, province):
    commune(MAY)
    province(branch(MAY), out=BEFORE)
    assert changed(province(branch(MAY), branch(SUOI), previous=BEFORE)) == [(SUOI, "Cấp ủy mới")]


def test_another_book_of_the_same_month_was_handed_in_again(commune, province):
    commune(MAY, "a.xlsx")
    province(branch(MAY), out=BEFORE)
    commune(MAY, "b.xlsx", at=100, decimals=1)
    book = province(branch(MAY), previous=BEFORE)
    assert told(book) == [(MAY, "Nộp lại bản khác", "", "bản 1, tệp a.xlsx", "bản 2, tệp b.xlsx")]


def test_the_book_of_the_next_month_is_not_called_handed_in_again(commune, province, inbox):
    commune(MAY, as_of=date(2026, 10, 31))
    province(branch(MAY), out=BEFORE)
    (inbox / f"{MAY}.xlsx").unlink()
    commune(MAY)
    assert told(province(branch(MAY), previous=BEFORE)) == []


def test_a_book_taken_out_is_told_with_what_counts_now(commune, province):
    commune(MAY, "a.xlsx")
    commune(SUOI)
    province(branch(MAY), branch(SUOI), out=BEFORE)
    out = Decision(DecisionKind.WITHDRAW, "a.xlsx")
    book = province(branch(MAY), branch(SUOI), previous=BEFORE, decisions=(out,))
    assert told(book) == [
        (book.base.committee.name, "Tổng số đã kết nạp giảm", "Đã kết nạp", "8", "4"),
        (MAY, "Rút sổ đã nộp", "", "bản 1, tệp a.xlsx", "Chưa nộp"),
    ]


def test_a_committee_without_a_book_any_more_is_told_with_what_the_total_lacks(commune, province, inbox):
    commune(MAY)
    commune(SUOI)
    province(branch(MAY), branch(SUOI), out=BEFORE)
    (inbox / f"{SUOI}.xlsx").unlink()
    lines = told(province(branch(MAY), branch(SUOI), previous=BEFORE))
    assert [line[:2] for line in lines[1:]] == [(SUOI, "Cấp ủy chưa nộp lại")]
    assert lines[1][4] == "Chưa nộp; tổng số kỳ này thiếu 4 người đã kết nạp của cấp ủy"


def test_a_committee_that_vanished_from_the_book_of_the_level_above_is_told(commune, province, inbox):
    commune(MAY)
    commune(SUOI)
    province(branch(MAY), branch(SUOI), out=BEFORE)
    (inbox / f"{SUOI}.xlsx").unlink()
    book = province(branch(MAY), previous=BEFORE)
    assert (SUOI, "Cấp ủy không còn trong sổ cấp ủy cấp trên") in changed(book)


def test_a_committee_that_was_taken_in_does_not_vanish_and_its_heir_answers_for_its_count(commune, province, inbox):
    commune(MAY)
    commune(SUOI)
    province(branch(MAY), branch(SUOI), out=BEFORE)
    (inbox / f"{SUOI}.xlsx").unlink()
    ended = branch(SUOI, valid_to=date(2026, 11, 1), merged_into=MAY)
    lines = told(province(branch(MAY), ended, previous=BEFORE))
    assert (MAY, "Số đã kết nạp giảm", "Đã kết nạp", "8", "4") in lines
    assert [line[1:] for line in lines if line[0] == SUOI] == [("Cấp ủy sáp nhập", "", "đã kết nạp 4", MAY)]


def test_admissions_that_fell_are_named_in_the_headline(commune, province, quota_book, poorer, inbox):
    from workbook.outgoing.write import write_book

    commune(MAY)
    commune(SUOI)
    province(branch(MAY), branch(SUOI), out=BEFORE)
    (inbox / f"{MAY}.xlsx").unlink()
    about = replace(quota_book.committee, superior="Đảng bộ tỉnh Thử Nghiệm", name=MAY)
    write_book(replace(quota_book, committee=about, branches=poorer, as_of=date(2026, 11, 22)), inbox / f"{MAY}.xlsx")
    book = province(branch(MAY), branch(SUOI), previous=BEFORE)
    lines = told(book)
    assert (MAY, "Số đã kết nạp giảm", "Đã kết nạp", "4", "3") in lines
    assert (book.base.committee.name, "Tổng số đã kết nạp giảm", "Đã kết nạp", "8", "7") in lines
    assert dict(book.base.headline)["So với sổ tổng hợp kỳ trước"].endswith(f"giảm: {MAY} (4 → 3)")


def test_counts_of_another_year_are_not_held_against_each_other(commune, province, inbox):
    commune(MAY, year=2025)
    province(branch(MAY), out=BEFORE, year=2025)
    (inbox / f"{MAY}.xlsx").unlink()
    commune(SUOI)
    book = province(branch(MAY), branch(SUOI), previous=BEFORE)
    assert changed(book) == [(MAY, "Cấp ủy chưa nộp lại"), (SUOI, "Cấp ủy mới")]


# --- answers


def answer(path, reason):
    """Write a reason beside every query, as a clerk does."""
    book = openpyxl.load_workbook(path)
    sheet = book["Lỗi"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, heads["Mã nhớ"]).value:
            sheet.cell(row, heads["Giải trình"]).value = reason
    book.save(path)


def test_what_was_explained_in_the_book_before_is_not_asked_again(commune, province, tmp_path):
    commune(MAY)
    province(branch(MAY, 9), out=BEFORE)
    answer(tmp_path / BEFORE, "Xã giao thêm sau.")
    [found] = province(branch(MAY, 9), previous=BEFORE).base.findings.to_dict("records")
    assert (found["code"], found["level"]) == ("lower.quota_differs", Level.NOTE)
    assert found["reason"] == "Xã giao thêm sau."


def test_a_quota_that_differs_by_another_number_is_asked_about_again(commune, province, tmp_path):
    commune(MAY)
    province(branch(MAY, 9), out=BEFORE)
    answer(tmp_path / BEFORE, "Xã giao thêm sau.")
    [found] = province(branch(MAY, 10), previous=BEFORE).base.findings.to_dict("records")
    assert found["level"] == Level.QUERY


def test_an_answer_stays_with_a_committee_that_is_renamed(commune, province, tmp_path):
    commune(MAY)
    province(branch(MAY, 9), out=BEFORE)
    answer(tmp_path / BEFORE, "Xã giao thêm sau.")
    book = province(branch("Đảng ủy phường Mây", 9, aliases=(MAY,)), previous=BEFORE)
    assert book.base.findings["level"].tolist() == [Level.NOTE]
    assert changed(book) == [("Đảng ủy phường Mây", "Cấp ủy đổi tên")]


def test_a_reason_in_the_committee_book_holds_without_an_earlier_book(commune, province):
    commune(MAY)
    code = province(branch(MAY, 9), out=BEFORE).base.findings["memory"][0]
    book = province(branch(MAY, 9), decisions=(Decision(DecisionKind.EXPLAIN, code, "Đã rõ"),))
    assert book.base.findings["level"].tolist() == [Level.NOTE]


def test_an_error_is_never_explained_away(commune, province, tampered, tmp_path):
    tampered(commune(MAY), lambda book: book["Tiến độ"].delete_rows(book["Tiến độ"].max_row))
    province(branch(MAY), out=BEFORE)
    answer(tmp_path / BEFORE, "Không sao.")
    assert province(branch(MAY), previous=BEFORE).base.findings["level"].tolist() == [Level.ERROR]


# --- the earlier book itself


def test_a_quota_book_of_one_committee_is_no_rolled_up_book(commune, province, tmp_path):
    path = commune(MAY)
    with pytest.raises(NotAWorkbook) as refused:
        province(branch(MAY), previous=str(path.relative_to(tmp_path)))
    assert refused.value.code == "previous.not_rolled_up"


def test_a_book_of_a_later_day_or_another_committee_is_asked_about(commune, province, inbox, tmp_path):
    commune(MAY)
    province(branch(MAY), out=BEFORE, name="Đảng bộ tỉnh Khác")
    province(branch(MAY))
    own, out = tmp_path / "so-tinh.xlsx", tmp_path / "moi.xlsx"
    doubts = rollup_inbox(inbox, own, out, date(2026, 12, 1), previous=tmp_path / BEFORE)[1]
    assert [(one.file, one.question.code) for one in doubts] == [(BEFORE, "previous.other_committee")]


def test_a_board_that_is_gone_is_asked_about_and_counts_are_still_compared(
    commune, province, tampered, inbox, tmp_path
):
    commune(MAY)
    province(branch(MAY), out=BEFORE)
    tampered(tmp_path / BEFORE, lambda book: book.remove(book["Tình hình nộp"]))
    own, out = tmp_path / "so-tinh.xlsx", tmp_path / "moi.xlsx"
    book, doubts = rollup_inbox(inbox, own, out, date(2026, 12, 1), previous=tmp_path / BEFORE)
    assert [one.question.code for one in doubts] == ["previous.sheet_missing"]
    assert changed(book) == []


# --- in time


def test_the_board_says_who_was_late_and_by_how_many_days(commune, province, values, tmp_path):
    """The files came on 15 November 2023 in Viet Nam (the fixture's times)."""
    commune(MAY)
    commune(SUOI, at=3 * 86_400)
    book = province(branch(MAY), branch(SUOI), branch(KHE), submit_by=date(2023, 11, 15))
    late = book.base.submissions.set_index("branch")["days_late"]
    assert late[[MAY, SUOI]].tolist() == [0, 3]
    assert late[KHE] == (date(2026, 12, 1) - date(2023, 11, 15)).days
    assert values(tmp_path / "tinh.xlsx", "Tình hình nộp")["Nộp trễ (ngày)"].tolist()[:2] == [0, 3]
    assert "đúng hạn" in dict(book.base.headline)["Tỷ lệ nộp sổ"]
