"""Quota books of lower committees become the book of the level above: sums that tie, and nothing taken silently."""

import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from validation.vocabulary import Level
from workbook.committee import Branch, CountedBy, Decision, DecisionKind
from workbook.errors import CannotWrite, NotAWorkbook
from workbook.incoming.previous import read_previous
from workbook.incoming.read import read
from workbook.outgoing.upward import write_upward
from workbook.states import State, labels

MAY, SUOI, KHE = "Đảng ủy xã Mây", "Đảng ủy xã Suối", "Đảng ủy xã Khe"


def branch(name, quota=None, **more):
    return Branch("", name, quota=quota, **more)


def codes(book, level=None):
    found = book.base.findings
    return found.loc[found["level"] == level if level else found.index, "code"].tolist()


def states(book):
    return dict(zip(book.base.submissions["file"], labels(book.base.submissions), strict=True))


def line(table, name):
    return table[table["Cấp ủy"] == name].iloc[0]


def row_of(sheet, text):
    return next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == text)


def column_of(sheet, text):
    return next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == text)


# The made-up book of a commune (conftest): 3 branches, quotas 3 + 1 + none, 4 admitted, 12 on the list.


def test_every_line_is_a_lower_committee_and_the_total_is_their_sum(commune, province, values, tmp_path):
    commune(MAY)
    commune(SUOI)
    province(branch(MAY, 5), branch(SUOI, 4))
    table = values(tmp_path / "tinh.xlsx", "Tổng hợp")

    assert line(table, MAY)[["Chỉ tiêu", "Đã kết nạp", "Tỷ lệ (%)", "Còn thiếu", "Xếp hạng"]].tolist() == [
        5,
        4,
        80,
        1,
        2,
    ]
    assert line(table, SUOI)[["Chỉ tiêu", "Đã kết nạp", "Tỷ lệ (%)", "Còn thiếu", "Xếp hạng"]].tolist() == [
        4,
        4,
        100,
        0,
        1,
    ]
    total = line(table, "Tổng số")
    assert total[["Chỉ tiêu", "Đã kết nạp", "Tỷ lệ (%)", "Dự bị", "Quá hạn", "Số chi bộ"]].tolist() == [
        9,
        8,
        88.89,
        8,
        8,
        6,
    ]


@pytest.mark.parametrize("asked", [(160, 2, 5), (7, 0, 114), (9, 1, 88.9), (12800, 2, 0.06)])
def test_the_total_percentage_is_sum_by_sum_with_halves_up(commune, province, values, tmp_path, asked):
    quota, decimals, share = asked
    commune(MAY)
    commune(SUOI)
    province(branch(MAY, quota - 1), branch(SUOI, 1), decimals=decimals)
    assert line(values(tmp_path / "tinh.xlsx", "Tổng hợp"), "Tổng số")["Tỷ lệ (%)"] == share


def test_a_quota_is_the_one_given_above_and_a_difference_is_asked_about(commune, province):
    commune(MAY)
    commune(SUOI)
    book = province(branch(MAY, 9), branch(SUOI))
    assert book.base.branches["quota"].tolist() == [9, 4]
    assert book.base.branches["quota_below"].tolist() == [4, 4]
    assert codes(book, Level.QUERY) == ["lower.quota_differs"]
    assert codes(book, Level.NOTE) == ["lower.quota_summed"]


def test_a_committee_that_handed_in_nothing_is_blank_and_its_quota_still_counts(commune, province, values, tmp_path):
    commune(MAY)
    book = province(branch(MAY, 4), branch(SUOI, 4))
    table = values(tmp_path / "tinh.xlsx", "Tổng hợp")
    silent = line(table, SUOI)
    assert silent["Đã kết nạp"] is None
    assert silent["Tỷ lệ (%)"] == "—"
    assert line(table, "Tổng số")["Tỷ lệ (%)"] == 50
    assert book.base.submissions["state"].tolist() == [State.COUNTED, State.MISSING]


def test_the_newest_book_counts_by_the_day_it_tells_of_then_by_the_files_time(commune, province):
    commune(MAY, "a.xlsx", as_of=date(2026, 11, 20), at=500)
    commune(MAY, "b.xlsx", at=100, decimals=1)
    commune(MAY, "c.xlsx", at=200)
    book = province(branch(MAY, 4))
    assert states(book) == {"a.xlsx": "Bị thay thế", "b.xlsx": "Bị thay thế", "c.xlsx": "Được tính"}
    assert book.base.submissions["version"].tolist() == [3, 2, 1]


def test_a_book_of_another_year_or_month_does_not_count_and_the_reason_is_said(commune, province):
    commune(MAY, year=2025)
    commune(SUOI, as_of=date(2026, 10, 31))
    commune(KHE)
    book = province(branch(MAY, 1), branch(SUOI, 1), branch(KHE, 4), closing_on=date(2026, 11, 22))
    assert [states(book)[f"{name}.xlsx"] for name in (MAY, SUOI, KHE)] == ["Sai năm", "Sai kỳ", "Được tính"]
    assert codes(book, Level.ERROR) == ["lower.wrong_year", "lower.wrong_period"]
    assert book.base.branches["admitted"].sum() == 4


def test_without_a_closing_day_the_period_is_the_one_most_books_tell_of(commune, province):
    commune(MAY)
    commune(SUOI)
    commune(KHE, as_of=date(2026, 11, 30))
    book = province(branch(MAY, 4), branch(SUOI, 4), branch(KHE, 4))
    assert book.base.as_of == date(2026, 11, 22)
    assert codes(book) == ["lower.other_day"]
    assert dict(book.base.headline)["Tình hình nộp sổ chỉ tiêu"] == (
        "3/3 cấp ủy đã nộp: 2 sổ tính đến 22/11/2026; 1 sổ tính đến 30/11/2026"
    )


def test_a_total_that_its_lines_do_not_come_to_is_a_finding_and_the_lines_count(
    commune, province, tampered, values, tmp_path
):
    def raise_total(book):
        sheet = book["Tổng hợp"]
        sheet.cell(row_of(sheet, "Tổng số"), column_of(sheet, "Đã kết nạp")).value = 40

    tampered(commune(MAY), raise_total)
    commune(SUOI)
    book = province(branch(MAY, 4), branch(SUOI, 4))
    [found] = book.base.findings.to_dict("records")
    assert (found["code"], found["level"], found["branch"]) == ("lower.total_differs", Level.ERROR, MAY)
    assert "40" in found["message"]
    assert found["sheet"] == "Tổng hợp"
    assert found["cell"]
    assert book.base.branches["admitted"].tolist() == [4, 4]
    assert book.untied == (MAY,)
    ties = values(tmp_path / "tinh.xlsx", "Đối chiếu")
    assert ties.loc[ties["Chênh lệch"].fillna(0) != 0, ["Mục", "Số lượng", "Kết quả"]].values.tolist() == [
        [MAY, 40, "LỆCH"],
        ["Cộng các sổ, so với dòng Tổng số của sổ này", 44, "LỆCH"],
    ]


def test_a_changed_line_shows_where_two_sheets_differ(commune, province, tampered):
    def lift(book):
        for sheet, heading in (("Tổng hợp", "Nguồn"),):
            page = book[sheet]
            page.cell(row_of(page, "Chi bộ*"), column_of(page, heading)).value = 7

    tampered(commune(MAY), lift)
    assert codes(province(branch(MAY, 4))) == ["lower.total_differs", "lower.sheets_differ"]


@pytest.mark.parametrize(("value", "code"), [(None, "lower.gap"), ("ba", "lower.no_count"), (-1, "lower.no_count")])
def test_a_cell_that_is_no_count_is_a_finding(commune, province, tampered, value, code):
    def spoil(book):
        sheet = book["Tổng hợp"]
        sheet.cell(row_of(sheet, "Chi bộ*"), column_of(sheet, "Dự bị")).value = value

    tampered(commune(MAY), spoil)
    assert code in codes(province(branch(MAY, 4)), Level.ERROR)


def test_a_line_copied_is_a_finding(commune, province, tampered):
    def copy(book):
        sheet = book["Tổng hợp"]
        first, second = row_of(sheet, "Chi bộ thôn Mây 1"), row_of(sheet, "Chi bộ*")
        for column in range(2, 20):
            sheet.cell(second, column).value = sheet.cell(first, column).value

    tampered(commune(MAY), copy)
    assert "lower.twice" in codes(province(branch(MAY, 4)), Level.ERROR)


def test_a_book_without_its_total_line_is_asked_about(commune, province, tampered):
    tampered(commune(MAY), lambda book: book["Tiến độ"].delete_rows(book["Tiến độ"].max_row))
    book = province(branch(MAY, 4))
    assert codes(book) == ["lower.total_missing"]
    assert book.progress["all"].tolist() == [11]


def test_formulas_without_values_are_not_taken_for_noughts(commune, province, tampered):
    tampered(commune(MAY), lambda _book: None, calculated=False)
    commune(SUOI)
    book = province(branch(MAY, 4), branch(SUOI, 4))
    assert states(book)[f"{MAY}.xlsx"] == "Không đọc được"
    assert codes(book) == ["lower.no_figures"]
    assert book.base.branches["admitted"].isna().tolist() == [True, False]


def test_a_renamed_quota_table_keeps_the_book_out_and_says_which_sheet_is_wanted(commune, province, tampered):
    def rename(book):
        book["Tổng hợp"].title = "Tong hop moi"

    tampered(commune(MAY), rename)
    commune(SUOI)
    book = province(branch(MAY, 4), branch(SUOI, 4))
    assert states(book) == {f"{MAY}.xlsx": "Không đọc được", "": "Chưa nộp", f"{SUOI}.xlsx": "Được tính"}
    assert "Tổng hợp" in book.base.findings["message"].iloc[0]


def test_another_renamed_sheet_leaves_only_its_own_part_blank(commune, province, tampered):
    def rename(book):
        book["Tiến độ"].title = "Tien do cu"

    tampered(commune(MAY), rename)
    book = province(branch(MAY, 4))
    assert codes(book) == ["lower.part_missing"]
    assert book.progress["all"].isna().all()
    assert book.base.branches["admitted"].tolist() == [4]


def test_what_is_no_quota_book_is_one_line_of_the_board_and_stops_nobody(commune, province, inbox):
    (inbox / "anh.xlsx").write_bytes(b"\x89PNG\r\n")
    openpyxl.Workbook().save(inbox / "so-chi-bo.xlsx")
    (inbox / "hong.xlsx").write_bytes(b"PK\x03\x04 half a file")
    commune(MAY)
    book = province(branch(MAY, 4))
    told = states(book)
    assert told["anh.xlsx"] == told["so-chi-bo.xlsx"] == "Không phải sổ chỉ tiêu"
    assert told["hong.xlsx"] == "Không đọc được"
    assert told[f"{MAY}.xlsx"] == "Được tính"
    assert (book.base.submissions.loc[book.base.submissions["state"] != State.COUNTED, "remark"] != "").all()


def test_a_committee_that_is_not_listed_does_not_count_until_somebody_says_whose_it_is(commune, province):
    commune("Đảng ủy xã Lạ", "la.xlsx")
    assert states(province(branch(MAY, 4)))["la.xlsx"] == "Chưa rõ cấp ủy"
    said = (Decision(DecisionKind.ASSIGN, "la.xlsx", MAY),)
    assert states(province(branch(MAY, 4), out="2.xlsx", decisions=said))["la.xlsx"] == "Được tính"
    alias = province(branch(MAY, 4, aliases=("Đảng ủy xã Lạ",)), out="3.xlsx")
    assert states(alias)["la.xlsx"] == "Được tính"


def test_withdrawn_books_and_copies_do_not_count(commune, province, copied):
    first = commune(MAY, "a.xlsx")
    copied(first, "b.xlsx")
    commune(MAY, "c.xlsx", at=900, decimals=1)
    out = (Decision(DecisionKind.WITHDRAW, "c.xlsx"),)
    assert states(province(branch(MAY, 4), decisions=out)) == {
        "a.xlsx": "Được tính",
        "b.xlsx": "Bản sao",
        "c.xlsx": "Đã rút",
    }


def test_another_way_of_counting_admissions_is_asked_about(commune, province):
    commune(MAY, counted_by=CountedBy.DECISION)
    assert codes(province(branch(MAY, 4))) == ["lower.other_count"]
    assert codes(province(branch(MAY, 4), out="2.xlsx", counted_by=CountedBy.DECISION)) == []


def test_another_superior_is_asked_about(commune, province):
    commune(MAY, superior="Đảng bộ tỉnh Khác")
    assert codes(province(branch(MAY, 4))) == ["lower.other_superior"]


def written_text(path):
    with zipfile.ZipFile(path) as package:
        return "".join(package.read(name).decode("utf-8", "ignore") for name in package.namelist())


def test_nobody_is_named_unless_somebody_asks(commune, province, quota_book, tmp_path):
    commune(MAY)
    names = [*quota_book.people["full_name"], *quota_book.people["citizen_id"]]
    province(branch(MAY, 4), persons=False)
    text = written_text(tmp_path / "tinh.xlsx")
    assert not [at for at, name in enumerate(names) if name in text]

    book = province(branch(MAY, 4), out="co-ten.xlsx", persons=True)
    late = written_text(tmp_path / "co-ten.xlsx")
    assert all(name in late for name in quota_book.overdue["name"])
    assert not [at for at, number in enumerate(quota_book.people["citizen_id"]) if number in late]
    assert book.tasks["committee"].unique().tolist() == [MAY]


def test_counts_of_tasks_are_those_of_the_lists_below(commune, province):
    commune(MAY)
    due = province(branch(MAY, 4)).due
    assert due[["persons", "late", "coming", "longest"]].values.tolist() == [[4, 2, 2, 160]]


def test_a_book_of_counts_alone_comes_to_the_same(commune, province, inbox, tmp_path):
    full = commune(MAY)
    whole = province(branch(MAY, 4), out="1.xlsx")
    full.rename(tmp_path / "day-du.xlsx")
    write_upward(tmp_path / "day-du.xlsx", inbox / "so-lieu.xlsx", least=3)
    counts = province(branch(MAY, 4), out="2.xlsx")
    assert codes(counts) == []
    assert counts.due.equals(whole.due)
    assert counts.base.branches.equals(whole.base.branches)
    assert counts.progress.equals(whole.progress)
    assert counts.forecast.equals(whole.forecast)
    assert counts.composition.equals(whole.composition)


def test_three_levels_come_to_the_same_sums(commune, province, inbox, tmp_path, values):
    commune(MAY)
    commune(SUOI)
    province(branch(MAY, 5), branch(SUOI, 4), branch(KHE, 2), persons=True)
    for path in inbox.iterdir():
        path.unlink()
    (tmp_path / "tinh.xlsx").rename(inbox / "tinh.xlsx")
    name = "Đảng bộ tỉnh Thử Nghiệm"
    top = province(branch(name), branch("Đảng bộ tỉnh Khác", 7), name="Trung ương Thử", out="tren.xlsx", persons=True)
    assert codes(top) == ["lower.quota_summed"]
    assert top.untied == ()
    line_ = top.base.branches.iloc[0]
    assert line_[["quota", "admitted", "overdue", "units", "probationary"]].tolist() == [11, 8, 8, 6, 8]
    assert top.progress["all"].tolist()[0] == 22
    assert top.due[["late", "coming", "longest"]].values.tolist()[0] == [4, 4, 160]
    assert len(top.tasks) == 8
    assert top.tasks["branch"].str.startswith((f"{MAY}, ", f"{SUOI}, ")).all()
    total = line(values(tmp_path / "tren.xlsx", "Tổng hợp"), "Tổng số")
    assert total[["Chỉ tiêu", "Đã kết nạp", "Tỷ lệ (%)", "Số chi bộ"]].tolist() == [18, 8, 44.44, 6]
    groups = values(tmp_path / "tren.xlsx", "Cơ cấu")
    assert groups["Tổng số"].iloc[0] == 8


def test_every_formula_shows_what_a_spreadsheet_calculates(commune, province, tampered, disagreements, tmp_path):
    def raise_total(book):
        sheet = book["Tổng hợp"]
        sheet.cell(row_of(sheet, "Tổng số"), column_of(sheet, "Đã kết nạp")).value = 40

    commune(MAY)
    tampered(commune(SUOI), raise_total)
    province(branch(MAY, 5), branch(SUOI), branch(KHE, 2), persons=True)
    assert disagreements(tmp_path / "tinh.xlsx") == []


def test_totals_and_shares_are_live(commune, province, tmp_path):
    commune(MAY)
    province(branch(MAY, 5))
    sheets = openpyxl.load_workbook(tmp_path / "tinh.xlsx")
    for name, heading in (("Tổng hợp", "Đã kết nạp"), ("Tiến độ", "Dự bị"), ("Dự báo", "Chắc chắn kịp")):
        sheet = sheets[name]
        cell = sheet.cell(row_of(sheet, "Tổng số") if name != "Tiến độ" else sheet.max_row, column_of(sheet, heading))
        assert str(cell.value).startswith("=SUM(")
    assert str(sheets["Cơ cấu"]["B2"].value).startswith("=SUM(")


def test_the_same_books_give_the_same_bytes(commune, province, tmp_path):
    commune(MAY)
    province(branch(MAY, 4), out="1.xlsx")
    province(branch(MAY, 4), out="2.xlsx")
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


def test_nothing_is_overwritten_and_no_lower_book_is_touched(commune, province, tmp_path):
    path = commune(MAY)
    before = path.read_bytes()
    province(branch(MAY, 4))
    with pytest.raises(CannotWrite):
        province(branch(MAY, 4))
    assert path.read_bytes() == before


def test_a_rolled_up_book_is_neither_a_register_nor_an_earlier_quota_book(commune, province, tmp_path):
    commune(MAY)
    province(branch(MAY, 4))
    with pytest.raises(NotAWorkbook):
        read(tmp_path / "tinh.xlsx")
    with pytest.raises(NotAWorkbook):
        read_previous(tmp_path / "tinh.xlsx")


def test_a_lower_committee_that_merged_is_not_awaited(commune, province):
    commune(MAY)
    gone = replace(branch(SUOI), valid_to=date(2026, 6, 30), merged_into=MAY)
    book = province(branch(MAY, 4), gone)
    assert book.base.submissions[["state", "heir"]].values.tolist() == [[State.COUNTED, ""], [State.MERGED, MAY]]
    assert dict(book.base.headline)["Tình hình nộp sổ chỉ tiêu"] == "1/1 cấp ủy đã nộp"
