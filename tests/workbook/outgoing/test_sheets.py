"""The sheets of the quota book, read back from a real file."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import range_boundaries

from validation.vocabulary import Stage
from workbook.consolidate.composition import composition
from workbook.consolidate.months import months
from workbook.layout import REGISTER
from workbook.outgoing.figures import MOST_LIVE
from workbook.outgoing.sheets import tiers
from workbook.outgoing.styles import ROW_HEIGHT
from workbook.outgoing.write import write_book

CONTRACT = {
    "Tổng hợp": "STT · Chi bộ · Số đảng viên · Chỉ tiêu · Đã kết nạp · Tỷ lệ (%) · Còn thiếu · Dự kiến cả năm · Nguồn"
    " · Đã có giấy chứng nhận · Đang làm hồ sơ · Chờ quyết định · Chờ lễ kết nạp · Dự bị · Quá hạn · Lỗi · Xếp hạng",
    "Cơ cấu": "Tiêu chí · Tổng số · Tỷ lệ (%)",
    "Tiến độ": "Chi bộ · Nguồn · Đã có giấy chứng nhận · Đang làm hồ sơ · Chờ quyết định · Chờ lễ kết nạp · Dự bị"
    " · Chính thức · Tổng số",
    "Quá hạn": "STT · Chi bộ · Họ và tên · Bước · Mốc tính · Ngày mốc · Thời hạn · Hạn · Số ngày quá hạn · Mức"
    " · Căn cứ · Người theo dõi · Tệp · Trang · Ô",
    "Dự báo": "Chi bộ · Chỉ tiêu · Đã kết nạp · Chắc chắn kịp · Có thể kịp · Không kịp · Dự kiến cả năm · Còn thiếu",
    "Lỗi": "STT · Mức · Mã · Chi bộ · Tệp · Trang · Ô · Cột · Giá trị · Nội dung · Cách sửa",
    "Trùng": "Nhóm · Loại · Họ và tên · Ngày sinh · Chi bộ · Tệp · Ô · Quyết định",
    "Tình hình nộp": "STT · Chi bộ · Trạng thái · Tệp · Nhận lúc · Số dòng · Lỗi · Cần giải trình · Phiên bản"
    " · SHA-256",
    "Hồ sơ": "Chi bộ · Họ và tên · Bước tới · Giấy tờ · Mẫu · Tình trạng · Hết hiệu lực · Việc cần làm",
    "Đối chiếu": "Mục · Số lượng",
    "Dữ liệu": " · ".join(["Chi bộ", *(one.heading for one in REGISTER)])
    + " · Giai đoạn · Hạn kế tiếp · Kết quả kiểm tra · Chi tiết lỗi · Tệp · Trang · Dòng",
}


@pytest.fixture
def written(tmp_path):
    """Writes a book and opens it again: `written(book)` shows values, `written(book, formulas=True)` formulas."""
    out = tmp_path / "so-chi-tieu.xlsx"

    def write(book, *, formulas=False, inbox=None):
        if not out.exists():
            write_book(book, out, inbox)
        return openpyxl.load_workbook(out, data_only=not formulas)

    write.path = out
    return write


def table(sheet):
    """The lines below the heading row, by heading; the title and the signatures are left out."""
    top = heading_row(sheet)
    headings = cells(sheet, top)
    lines = [dict(zip(headings, cells(sheet, row), strict=True)) for row in range(top + 1, sheet.max_row + 1)]
    totals = [place for place, line in enumerate(lines) if line.get("Chi bộ") == "Tổng số"]
    return lines[: totals[0] + 1] if totals else lines


def heading_row(sheet):
    return next(row for row in range(1, 30) if {"Chi bộ", "Mục", "Tiêu chí"} & {*cells(sheet, row)})


def cells(sheet, row):
    return [cell.value for cell in sheet[row]]


def test_the_sheets_stand_in_the_order_of_the_contract(quota_book, written):
    assert written(quota_book).sheetnames == [*CONTRACT, "Biểu đồ"]


@pytest.mark.parametrize("name", CONTRACT)
def test_the_headings_of_the_contract_come_first(name, quota_book, written):
    wanted = CONTRACT[name].split(" · ")
    sheet = written(quota_book)[name]
    assert cells(sheet, heading_row(sheet))[: len(wanted)] == wanted


def test_every_count_of_a_branch_stands_in_its_column(quota_book, written):
    first = table(written(quota_book)["Tổng hợp"])[0]
    assert first == {
        "STT": 1,
        "Chi bộ": "Chi bộ thôn Mây 1",
        "Số đảng viên": 12,
        "Chỉ tiêu": 3,
        "Đã kết nạp": 2,
        "Tỷ lệ (%)": 66.67,
        "Còn thiếu": 1,
        "Dự kiến cả năm": 3,
        "Nguồn": 0,
        "Đã có giấy chứng nhận": 0,
        "Đang làm hồ sơ": 0,
        "Chờ quyết định": 0,
        "Chờ lễ kết nạp": 1,
        "Dự bị": 2,
        "Quá hạn": 2,
        "Lỗi": 1,
        "Xếp hạng": 2,
        "Mức đạt": "Chưa đạt",
        "Trong đó có lỗi": 1,
        "Ghi chú": None,
        "Cấp giấy chứng nhận trong năm": 2,
        "Chỉ tiêu nhiệm kỳ": 8,
        "Đã kết nạp nhiệm kỳ": 3,
        "Tỷ lệ nhiệm kỳ (%)": 37.5,
        "Loại hình": "Thôn",
        "Người theo dõi": "Lê Văn Ví",
        "Danh sách": "Xem",
    }


def test_the_last_line_is_the_total_and_its_percentage_is_no_mean(quota_book, written):
    total = table(written(quota_book)["Tổng hợp"])[-1]
    assert total["Chi bộ"] == "Tổng số"
    assert (total["Đã kết nạp"], total["Chỉ tiêu"], total["Tỷ lệ (%)"]) == (4, 4, 100)
    assert total["Xếp hạng"] is None


def test_who_lags_is_said_in_a_word_and_marked_by_a_rule(quota_book, written):
    three = quota_book.branches.assign(quota=[3.0, 1.0, 2.0], admitted=[2, 1, 0], missing=[False, False, True])
    assert tiers.of(three) == ["Chưa đạt", "Đạt", "Chưa nộp"]
    assert tiers.of(three.assign(missing=False)) == ["Chưa đạt", "Đạt", "Chưa có ai"]
    unknown = {name: pd.array([None, 1, None], dtype="Int64") for name in ("quota", "admitted")}
    assert tiers.of(three.assign(**unknown)) == ["—", "Đạt", "—"]
    sheet = written(quota_book, formulas=True)["Tổng hợp"]
    assert [line["Mức đạt"] for line in table(written(quota_book)["Tổng hợp"])] == ["Chưa đạt", "Đạt", "—", "Đạt"]
    marked = {
        str(ranges.sqref)[0]
        for ranges, rules in sheet.conditional_formatting._cf_rules.items()
        if any(rule.dxf and rule.dxf.fill for rule in rules)
    }
    assert marked == {"F", "O", "P", "R"}


def test_the_charts_are_a_click_away_and_long_lines_have_a_row_of_their_own(quota_book, written):
    long = "Chi bộ thôn Mây 1 0/3; " * 4
    told = (("Kết nạp năm 2026", "4/4 = 100%"), ("Xa chỉ tiêu nhất", long), ("Quá hạn", "4"), ("Số chi bộ", "3"))
    sheet = written(replace(quota_book, headline=told), formulas=True)["Tổng hợp"]
    assert [cell.hyperlink.location for cell in sheet[5] if cell.hyperlink] == ["'Biểu đồ'!A1"]
    assert [[cell.value.split(":")[0] for cell in sheet[row] if cell.value] for row in (6, 7, 8)] == [
        ["Kết nạp năm 2026"],
        ["Xa chỉ tiêu nhất"],
        ["Quá hạn", "Số chi bộ"],
    ]


def test_a_line_longer_than_the_page_wraps_in_a_row_high_enough(quota_book, written):
    told = (("Kết nạp năm 2026", "4/4 = 100%"), ("Dự báo", "chưa ước được 2 (đã qua ngày chậm nhất 2); " * 8))
    sheet = written(replace(quota_book, headline=told), formulas=True)["Tổng hợp"]
    assert [sheet.cell(row, 1).alignment.wrap_text for row in (6, 7)] == [True, True]
    assert sheet.row_dimensions[6].height is None
    assert sheet.row_dimensions[7].height >= 2 * ROW_HEIGHT


def test_what_stands_above_the_front_table_scrolls_away(quota_book, written):
    assert written(quota_book, formulas=True)["Tổng hợp"].freeze_panes == "C1"


def test_a_branch_without_a_quota_has_dashes(quota_book, written):
    third = table(written(quota_book)["Tổng hợp"])[2]
    assert third["Chỉ tiêu"] is None
    assert [third[heading] for heading in ("Tỷ lệ (%)", "Còn thiếu", "Xếp hạng", "Tỷ lệ nhiệm kỳ (%)")] == ["—"] * 4


def test_every_number_but_the_given_ones_is_a_live_formula(quota_book, written):
    first = table(written(quota_book, formulas=True)["Tổng hợp"])[0]
    numbers, words = (
        {"STT", "Số đảng viên", "Chỉ tiêu", "Chỉ tiêu nhiệm kỳ"},
        {"Loại hình", "Người theo dõi", "Ghi chú"},
    )
    assert {heading for heading, value in first.items() if not str(value).startswith("=")} == {
        *numbers,
        *words,
        "Chi bộ",
        "Danh sách",
    }
    counted = [value for value in first.values() if str(value).startswith("=COUNTIFS(")]
    assert len(counted) == 13
    assert all("'Dữ liệu'!$" in formula for formula in counted)


def test_progress_parts_those_who_left(quota_book, written):
    lines = table(written(quota_book)["Tiến độ"])
    assert [line["Tổng số"] for line in lines] == [4, 3, 4, 11]
    assert [line["Đã ra khỏi danh sách"] for line in lines] == [1, 0, 0, 1]
    assert [line["Dự bị"] for line in lines] == [2, 1, 1, 4]


@pytest.mark.libreoffice
def test_recalculation_agrees_with_every_written_value(quota_book, written, disagreements):
    """Two of the branches are called what COUNTIFS would take for a pattern or for a comparison."""
    written(quota_book)
    assert disagreements(written.path) == []


@pytest.mark.libreoffice
def test_halves_round_up_in_the_application_too(quota_book, written, disagreements):
    """Quotas and admissions whose percentage lies exactly between two printed ones."""
    halves = [
        (1, 32, "3.13"),
        (3, 32, "9.38"),
        (5, 160, "3.13"),
        (1, 4000, "0.03"),
        (3, 4000, "0.08"),
        (7, 4000, "0.18"),
    ]
    written(_with_admissions(quota_book, halves))
    assert disagreements(written.path) == []


@pytest.mark.libreoffice
def test_a_book_without_persons_and_branches_is_written_all_the_same(quota_book, written, disagreements):
    blank = ("people", "branches", "overdue", "findings", "submissions", "reconciliation")
    nobody = replace(quota_book, headline=(), **{name: getattr(quota_book, name).iloc[:0] for name in blank})
    written(_told_anew(nobody))
    assert disagreements(written.path) == []


def _with_admissions(book, shares):
    """A book of one branch per (admitted, quota, percentage); everybody is a probationary member."""
    names = [f"Chi bộ {number}" for number in range(len(shares))]
    admitted = [share[0] for share in shares]
    someone = book.people.iloc[[1]].assign(
        stage=Stage.PROBATIONARY, admitted_in=2026, certified_in=0, overdue=0, in_term=False
    )
    someone = someone.assign(verdict="valid", expected=True)
    people = pd.concat(
        [
            someone.assign(branch=name, credited_to=name)
            for name, count in zip(names, admitted, strict=True)
            for _ in range(count)
        ]
    )
    percents = pd.Series([Decimal(share[2]) for share in shares], dtype=object)
    zero = dict.fromkeys(
        (*map(str, Stage), "left", "overdue", "errors", "admitted_with_errors", "certificates", "term_admitted"), 0
    )
    branches = pd.DataFrame(
        {
            "name": names,
            "kind": "",
            "watcher": "",
            "remark": "",
            "missing": False,
            "members": 0.0,
            "members_at_start": 0.0,
            **zero,
        }
    )
    branches = branches.assign(
        quota=[float(share[1]) for share in shares],
        admitted=admitted,
        probationary=admitted,
        expected=admitted,
        percent=percents,
        lacking=[float(max(0, share[1] - share[0])) for share in shares],
        rank=pd.to_numeric(percents).rank(method="min", ascending=False).astype(int),
        term_quota=float("nan"),
        term_percent=None,
    )
    lines = book.reconciliation.assign(count=[sum(admitted) + 8, sum(admitted), 8, sum(admitted), 4])
    return _told_anew(replace(book, people=people, branches=branches, reconciliation=lines))


def _told_anew(book):
    """The figures that follow from the persons, for persons that were replaced."""
    people, branches = book.people, book.branches
    return replace(
        book,
        composition=composition(people, branches["name"].tolist(), 2026),
        months=months(people, branches["quota"].sum(), 2026),
    )


def test_with_very_many_branches_counts_are_plain_and_the_sheet_says_so(quota_book, written):
    many = _with_admissions(quota_book, [(1, 2, "50")] * (MOST_LIVE + 1))
    sheet = written(many, formulas=True)["Tổng hợp"]
    lines = table(sheet)
    assert lines[0]["Đã kết nạp"] == 1
    assert lines[-1]["Đã kết nạp"].startswith("=SUM(")
    assert any("ghi sẵn giá trị" in str(cell.value) for row in sheet for cell in row)


def test_text_of_a_branch_is_never_a_formula_nor_a_link(quota_book, written):
    sheet = written(quota_book, formulas=True)["Dữ liệu"]
    assert not [cell.coordinate for row in sheet for cell in row if cell.data_type == "f" or cell.hyperlink]
    typed = {line["Ghi chú"] for line in table(sheet)}
    assert {"=1+1", "https://vi.du", "@lệnh", "+84", "001"} <= typed
    first = next(cell for cell in sheet["C"] if str(cell.value).startswith("=HYPERLINK"))
    assert first.quotePrefix


def test_a_total_leads_to_its_people_and_they_stand_together(quota_book, written):
    book = written(quota_book, formulas=True)
    branches = [line["Chi bộ"] for line in table(book["Dữ liệu"])]
    leads = [cell for row in book["Tổng hợp"].iter_rows() for cell in row if cell.value == "Xem"]
    for name, lead in zip(quota_book.branches["name"], leads, strict=True):
        assert lead.hyperlink.location == f"'Dữ liệu'!A{branches.index(name) + 2}"
    assert sum(one != other for one, other in pairwise(branches)) == 2


def test_identifiers_are_text_and_days_are_days(quota_book, written):
    line, second, third, fourth = table(written(quota_book)["Dữ liệu"])[:4]
    assert line["Số định danh cá nhân"] == "099000000001"
    assert line["Ngày, tháng, năm sinh"] == pd.Timestamp(1999, 9, 5)
    assert second["Ngày, tháng, năm sinh"] == "9/1998"
    assert third["Ngày, tháng, năm sinh"] == "02/03/1098"
    assert fourth["Ngày, tháng, năm sinh"] is None
    assert (line["Số phiếu tán thành"], second["Số phiếu tán thành"]) == (9, None)


def test_a_day_shows_as_the_clerk_writes_it(quota_book, written):
    sheet = written(quota_book)["Dữ liệu"]
    assert sheet["D2"].number_format == "dd/mm/yyyy"


def test_what_a_person_is_counted_for_stands_on_the_line(quota_book, written):
    third = table(written(quota_book)["Dữ liệu"])[2]
    assert third["Giai đoạn"] == "Dự bị"
    assert third["Kết quả kiểm tra"] == "KHÔNG HỢP LỆ"
    assert (third["Năm kết nạp"], third["Trong nhiệm kỳ"], third["Năm cấp giấy chứng nhận"]) == (2026, "Có", 2026)
    assert (third["Quá hạn"], third["Dự kiến"], third["STT chi bộ"]) == (2, "Có", 1)


def test_lines_lead_back_to_the_branch_file(quota_book, written, tmp_path):
    inbox = tmp_path / "hộp thư"
    inbox.mkdir()
    (inbox / "may.xlsx").write_bytes(b"")
    book = written(quota_book, formulas=True, inbox=inbox)
    line = cells(book["Dữ liệu"], 1).index("Dòng") + 1
    person, late, found = book["Dữ liệu"].cell(2, line), book["Quá hạn"]["O2"], book["Lỗi"]["G2"]
    assert person.value == 5
    assert [cell.hyperlink.location for cell in (person, late, found)] == [
        "'Sổ theo dõi'!A5",
        "'Sổ theo dõi'!AH7",
        "'Sổ theo dõi'!AH7",
    ]
    assert person.hyperlink.target == "hộp%20thư\\may.xlsx"
    assert book["Lỗi"]["G4"].hyperlink is None  # that file is not there


def test_lateness_parts_in_grey_as_in_words(quota_book, written):
    sheet = written(quota_book)["Quá hạn"]
    fills = [sheet.cell(row, 10).fill.fgColor.rgb for row in range(2, 6)]
    greys = [
        sum(int(fill[place : place + 2], 16) for place in (2, 4, 6)) if fill[2:] != "000000" else 765 for fill in fills
    ]
    assert greys == sorted(greys)
    assert len(set(greys)) == 4
    assert [line["Mức"] for line in table(sheet)] == ["Quá hạn", "Quá hạn", "Trong 15 ngày", "Trong 90 ngày"]


def test_findings_speak_the_words_of_clerks(quota_book, written):
    assert [line["Mức"] for line in table(written(quota_book)["Lỗi"])] == ["Lỗi", "Cần giải trình", "Lưu ý"]


def test_a_file_of_no_branch_stands_among_the_submissions(quota_book, written):
    last = table(written(quota_book)["Tình hình nộp"])[-1]
    assert (last["STT"], last["Chi bộ"], last["Tệp"], last["Nhận lúc"]) == (4, None, "la.xlsx", None)


def test_the_board_says_that_its_times_are_those_of_saving(quota_book, written):
    sheet = written(quota_book)["Tình hình nộp"]
    (received,) = (cell for cell in sheet[1] if cell.value == "Nhận lúc")
    assert "Giờ lưu ghi trong tệp" in received.comment.text
    assert "THEO GIỜ LƯU TỆP" in sheet.oddHeader.center.text


def test_the_reconciliation_balances_by_a_formula(quota_book, written):
    checks = table(written(quota_book)["Đối chiếu"])[-2:]
    assert [(line["Số lượng"], line["Kết quả"]) for line in checks] == [(0, "Khớp"), (0, "Khớp")]
    formulas = [line["Số lượng"] for line in table(written(quota_book, formulas=True)["Đối chiếu"])]
    assert [str(formula).startswith("=") for formula in formulas] == [False, True, False, True, False, True, True]


def test_a_line_that_went_missing_shows_as_lopsided(quota_book, written):
    lines = quota_book.reconciliation
    lost = replace(quota_book, reconciliation=lines.assign(count=lines["count"].where(lines["role"] != "aside", 7)))
    check = table(written(lost)["Đối chiếu"])[-2]
    assert (check["Số lượng"], check["Kết quả"]) == (1, "LỆCH")


@pytest.mark.parametrize("name", CONTRACT)
def test_every_sheet_prints_on_landscape_paper_with_its_headings(name, quota_book, written):
    sheet = written(quota_book)[name]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    # No line of that table may be left over for a second page; the file leaves out a 1.
    assert sheet.page_setup.fitToHeight == (None if name == "Cơ cấu" else 0)
    assert sheet.print_title_rows
    assert "&P/&N" in sheet.oddFooter.center.text.replace("&[Page]", "&P").replace("&[Pages]", "&N")
    assert sheet.freeze_panes


def test_no_text_of_a_person_is_cut_on_paper(quota_book, written):
    sheet = written(quota_book)["Dữ liệu"]
    texts = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.data_type == "s"]
    assert texts
    assert all(cell.alignment.wrap_text or cell.alignment.shrink_to_fit for cell in texts)


def test_nothing_that_is_printed_elsewhere_makes_a_person_s_line_higher(quota_book, written, tmp_path):
    talk = quota_book.people.assign(detail="Nội dung mẫu của một lỗi. " * 20, extra="Cột riêng: giá trị; " * 20)
    write_book(quota_book, tmp_path / "ngan.xlsx")
    sheet, plain = (written(replace(quota_book, people=talk))["Dữ liệu"],
                    openpyxl.load_workbook(tmp_path / "ngan.xlsx")["Dữ liệu"])  # fmt: skip
    rows = range(2, sheet.max_row + 1)
    assert [sheet.row_dimensions[row].height for row in rows] == [plain.row_dimensions[row].height for row in rows]
    last = range_boundaries(str(sheet.print_area).rpartition("!")[2])[2]
    assert cells(sheet, 1)[last - 1] == "Kết quả kiểm tra"
    cut = [cell for row in sheet.iter_rows(max_col=last) for cell in row if cell.alignment.vertical == "top"]
    assert not cut


@pytest.mark.parametrize("before", [0, 2])
def test_the_year_before_is_drawn_only_where_the_registers_know_somebody_of_it(quota_book, written, before):
    monthly = quota_book.months.assign(before=before)
    sheet = written(replace(quota_book, months=monthly))["Biểu đồ"]
    drawn = [chart for chart in sheet._charts if len(chart.series) > 1 and chart.tagname == "lineChart"]
    assert [len(chart.series) for chart in drawn] == [3 if before else 2]
    said = {cell.value for row in sheet for cell in row}
    assert ("Năm trước (theo các sổ hiện có)" in said) == bool(before)


@pytest.mark.parametrize(("count", "pages"), [(3, 1), (20, 2), (30, 2)])
def test_no_chart_is_cut_by_the_end_of_a_page(count, pages, quota_book, written):
    """An upright A4 page has 988 pixels down and 717 across within its margins; no frame lies on its edge."""
    names = [*quota_book.branches["name"], *(f"Chi bộ {number}" for number in range(3, count))]
    branches = quota_book.branches.iloc[[0, 1, 2, *[0] * (count - 3)]].assign(name=names, quota=2.0)
    sheet = written(replace(quota_book, branches=branches))["Biểu đồ"]
    corners = [(chart.anchor._from.row, chart.anchor.to.row) for chart in sheet._charts]
    starts = [0, *(one.id for one in sheet.row_breaks.brk)]
    page_of = [[sum(row >= start for start in starts) for row in (first, last)] for first, last in corners]

    assert not sheet.sheet_properties.pageSetUpPr or not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [first for first, _ in page_of] == [last for _, last in page_of]
    assert len(starts) == pages
    assert all(chart.anchor._from.row >= 1 and chart.anchor._from.rowOff for chart in sheet._charts)
    room = 988 * 100 / sheet.page_setup.scale / 21 - 1
    for (_, last), (page, _) in zip(corners, page_of, strict=True):
        assert last - starts[page - 1] <= room
    assert 14 * 72 * sheet.page_setup.scale / 100 <= 717


def test_the_print_header_names_the_committee_even_with_an_ampersand(quota_book, written):
    assert "Đảng ủy xã Đồi && Cỏ" in written(quota_book)["Lỗi"].oddHeader.left.text


def test_the_summary_says_whose_it_is_and_leaves_room_to_sign(quota_book, written):
    said = {cell.value for row in written(quota_book)["Tổng hợp"] for cell in row}
    assert {"ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG ỦY XÃ ĐỒI & CỎ", "ĐẢNG BỘ TỈNH THỬ NGHIỆM"} <= said
    assert {"Tính đến ngày 22/11/2026", "Kết nạp năm 2026: 4/4 = 100%", "NGƯỜI LẬP BIỂU", "T/M CẤP ỦY"} <= said
