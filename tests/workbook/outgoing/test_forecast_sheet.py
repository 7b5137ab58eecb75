"""Sheet "Dự báo", read back from a real file: branches counted live, then persons with the soonest act first."""

from dataclasses import replace
from datetime import date

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import column_index_from_string, get_column_letter

from validation.forecast import Outlook
from validation.forecast_plan import Basis
from validation.vocabulary import Stage
from workbook.outgoing.figures import MOST_LIVE
from workbook.outgoing.sheets import forecast
from workbook.outgoing.write import write_book
from workbook.phrases import phrase

HEADINGS = [
    *("Chi bộ", "Chỉ tiêu", "Đã kết nạp", "Chắc chắn kịp", "Có thể kịp", "Không kịp"),
    *("Dự kiến cả năm", "Còn thiếu"),
]

#: What is known of the possible.
HOPES = [
    "Có thể kịp, theo kinh nghiệm",
    "Có thể kịp, nhưng theo kinh nghiệm khó kịp",
    "Có thể kịp, chưa ước được theo kinh nghiệm, đã qua ngày chậm nhất",
]

#: What a day of a plan may stand on, as the plans of `consolidate/prospect_texts` say it.
BASES = [phrase(f"forecast.by_{basis}") for basis in Basis]

#: The persons of the made-up book who are on the way: row id, outlook, the last safe day of the next act.
_AHEAD = [
    (103, Outlook.SURE, "2026-12-28"),
    (106, Outlook.POSSIBLE, "2026-11-18"),
    (107, Outlook.POSSIBLE, "2026-12-10"),
    (108, Outlook.POSSIBLE, "2027-01-05"),
    (109, Outlook.IMPOSSIBLE, None),
    (111, Outlook.IMPOSSIBLE, None),
]


@pytest.fixture
def ahead(quota_book):
    """The made-up book with forecasts of six persons, and what was learnt of two acts."""
    rows = [row for row, _, _ in _AHEAD]
    people = quota_book.people.loc[rows]
    prospects = people[["branch", "stage", "file", "sheet"]].assign(
        name=people["full_name"],
        outlook=[str(outlook) for _, outlook, _ in _AHEAD],
        earliest_on=pd.Timestamp("2026-11-22"),
        likely_on=pd.NaT,
        hope=["", "likely", "unlikely", "passed", "", ""],
        next_step="Tổ chức lễ kết nạp",
        act_by=pd.to_datetime([day for *_, day in _AHEAD]),
        actor="Chi bộ",
        plan="lễ kết nạp 31/12/2026 (mốc)",
        reason="Lý do mẫu.",
        cell="AH7",
    )
    learnt = pd.DataFrame(
        {"act": ["quyết định kết nạp", "lễ kết nạp"], "cases": [31, 397], "usual": [19, 14], "most": [22, 14]}
    )
    told = {name: prospects[name].reindex(quota_book.people.index, fill_value="") for name in ("outlook", "hope")}
    people = quota_book.people.assign(**told)
    return replace(quota_book, people=people, prospects=prospects, experience=learnt, law_numbers="Căn cứ mẫu.")


@pytest.fixture
def written(tmp_path):
    """Writes a book and opens its sheet: `written(book)` shows values, `written(book, formulas=True)` formulas."""
    out = tmp_path / "so-chi-tieu.xlsx"

    def write(book, *, formulas=False, inbox=None, sheet=forecast.NAME):
        if not out.exists():
            write_book(book, out, inbox)
        return openpyxl.load_workbook(out, data_only=not formulas)[sheet]

    write.path = out
    return write


def table(sheet, heading):
    """The lines below the headings among which one stands, up to a blank one."""
    rows = [[cell.value for cell in row] for row in sheet]
    top = next(place for place, row in enumerate(rows) if heading in row)
    lines = []
    for row in rows[top + 1 :]:
        if not any(row):
            break
        lines.append({name: value for name, value in zip(rows[top], row, strict=True) if name})
    return lines


def test_the_headings_of_the_contract_come_first(ahead, written):
    first = table(written(ahead), "Chỉ tiêu")[0]

    assert list(first)[: len(HEADINGS)] == HEADINGS


def test_every_branch_and_the_total_are_counted(ahead, written):
    lines = table(written(ahead), "Chỉ tiêu")
    counts = [tuple(line[heading] for heading in HEADINGS[1:]) for line in lines]

    # The third branch was given no quota.
    assert counts == [
        (3, 2, 1, 0, 0, 3, 0),
        (1, 1, 0, 2, 0, 1, 0),
        (None, 1, 0, 1, 2, 1, "—"),
        (4, 4, 1, 3, 2, 5, 0),
    ]
    assert lines[-1]["Chi bộ"] == "Tổng số"


def test_what_experience_says_of_the_possible_is_counted_after_them(ahead, written):
    """One of three is likely, one is not, of one nothing is known but that its last safe day is past."""
    lines = table(written(ahead), "Chỉ tiêu")
    counted = table(written(ahead, formulas=True), "Chỉ tiêu")[0]

    assert list(lines[0])[len(HEADINGS) :] == [*HOPES, "STT chi bộ"]
    assert [tuple(line[heading] for heading in HOPES) for line in lines] == [
        (0, 0, 0),
        (1, 1, 0),
        (0, 0, 1),
        (1, 1, 1),
    ]
    assert all(str(counted[heading]).startswith("=COUNTIFS('Dữ liệu'!") for heading in HOPES)


def test_what_lacks_is_the_quota_without_the_admitted_and_the_sure(ahead, written):
    more = replace(ahead, branches=ahead.branches.assign(quota=[9.0, 4.0, float("nan")]))
    lines = table(written(more), "Chỉ tiêu")

    assert [line["Còn thiếu"] for line in lines] == [6, 3, "—", 9]


def test_branches_are_counted_live_from_the_persons(ahead, written):
    first = table(written(ahead, formulas=True), "Chỉ tiêu")[0]
    counted = [first[heading] for heading in ("Đã kết nạp", "Chắc chắn kịp", "Có thể kịp", "Không kịp")]

    assert all(str(formula).startswith("=COUNTIFS('Dữ liệu'!") for formula in counted)
    assert (first["Dự kiến cả năm"], first["Chỉ tiêu"]) == ("=C4+D4", 3)


def test_the_sheet_of_persons_says_the_outlook_of_everybody_on_the_way(ahead, written):
    lines = table(written(ahead, sheet="Dữ liệu"), "Giai đoạn")
    waiting = [line for line in lines if line["Dự báo"]]

    assert len(waiting) == len(_AHEAD)
    assert {line["Dự báo"] for line in waiting} == {"Chắc chắn kịp", "Có thể kịp", "Không kịp"}


@pytest.mark.libreoffice
def test_recalculation_agrees_with_every_written_value(ahead, written, disagreements):
    written(ahead)

    assert disagreements(written.path) == []


@pytest.mark.libreoffice
def test_a_book_with_nobody_on_the_way_is_written_all_the_same(quota_book, written, disagreements):
    written(quota_book)

    assert disagreements(written.path) == []


def test_with_very_many_branches_counts_are_plain(ahead, written):
    many = pd.concat([ahead.branches, *[ahead.branches.iloc[[2]]] * MOST_LIVE], ignore_index=True)
    many = many.assign(name=[*ahead.branches["name"], *(f"Chi bộ {number}" for number in range(MOST_LIVE))])
    lines = table(written(replace(ahead, branches=many), formulas=True), "Chỉ tiêu")

    assert (lines[0]["Chắc chắn kịp"], lines[0]["Dự kiến cả năm"]) == (1, "=C4+D4")
    assert lines[-1]["Chắc chắn kịp"].startswith("=SUM(")


def test_each_person_stands_below_as_the_book_orders_them(ahead, written):
    lines = table(written(ahead), "Bước tới")

    assert [line["Dự báo"] for line in lines] == ["Chắc chắn kịp", *["Có thể kịp"] * 3, *["Không kịp"] * 2]
    assert lines[1] == {
        "Chi bộ": "Chi bộ*",
        "Họ và tên": "Vũ Văn Giả",
        "Dự báo": "Có thể kịp",
        "Bước tới": "Tổ chức lễ kết nạp",
        "Chậm nhất": pd.Timestamp("2026-11-18"),
        "Mức": "Đã qua",
        "Ai làm": "Chi bộ",
        "Sớm nhất theo luật": pd.Timestamp("2026-11-22"),
        "Theo kinh nghiệm": None,
        "Giai đoạn": "Chờ quyết định",
        "Các bước còn lại, ngày chậm nhất (tính theo)": "lễ kết nạp 31/12/2026 (mốc)",
        "Vì sao, còn vướng gì": "Lý do mẫu.",
        "Tệp": "sao.xlsx",
        "Trang": "Sổ theo dõi",
        "Ô": "AH7",
    }


def test_a_day_that_nobody_has_missed_is_a_word_without_the_colour_of_what_is_late(ahead, written):
    hurried = replace(
        ahead, prospects=ahead.prospects.assign(act_by=ahead.prospects["act_by"].where([True, False] * 3))
    )
    sheet = written(hurried)
    line = table(sheet, "Bước tới")[1]
    top = next(row for row in sheet.iter_rows() if row[4].value == "Chậm nhất")[0].row
    late, plain = (sheet.cell(top + 2, column).fill.fgColor.rgb for column in (6, 7))

    assert (line["Chậm nhất"], line["Mức"]) == (None, "Làm gấp")
    assert late == plain


def notes(sheet):
    """What stands in the first column between the two tables."""
    said = [row[0].value for row in sheet]
    return said[said.index("Tổng số") + 2 :][:3]


def test_law_and_experience_are_told_apart_under_the_branches(ahead, written):
    law, experience, documents = notes(written(ahead))

    assert "chi bộ đã có nghị quyết" in law
    assert experience.startswith("Kinh nghiệm, từ các ca đã kết nạp của chính cấp ủy")
    assert "quyết định kết nạp 19–22 ngày (31 ca); lễ kết nạp 14 ngày (397 ca)." in experience
    assert documents == "Căn cứ mẫu."
    assert all(f"({basis})" in law for basis in BASES)
    assert not any(letter.isdigit() for letter in law)


def test_the_day_aimed_at_stands_in_the_title_and_too_little_experience_is_said(quota_book, written):
    aimed = replace(quota_book, committee=replace(quota_book.committee, forecast_until=date(2026, 11, 30)))
    sheet = written(aimed)

    assert sheet["A1"].value == "DỰ BÁO KẾT NẠP ĐẾN NGÀY 30/11/2026"
    assert "chưa có đủ ca đã kết nạp ghi ngày (mỗi bước cần ít nhất 8 ca)" in notes(sheet)[1]


def test_the_cell_leads_to_the_branch_file(ahead, written, tmp_path):
    inbox = tmp_path / "nhan"
    inbox.mkdir()
    (inbox / "may.xlsx").write_bytes(b"")
    cells = {cell.row: cell for cell in written(ahead, inbox=inbox)["O"] if cell.value == "AH7"}

    assert [bool(cell.hyperlink) for cell in cells.values()] == [True, *[False] * 5]
    assert cells[min(cells)].hyperlink.location == "'Sổ theo dõi'!AH7"


def test_what_is_past_or_near_parts_from_what_is_not(ahead, written):
    lines = [cell.fill.fgColor.rgb for cell in written(ahead)["E"] if isinstance(cell.value, pd.Timestamp | date)]

    assert len(lines) == 4
    assert lines[0] == lines[3] != lines[1] != lines[2] != lines[0]


def test_how_near_a_day_is_stands_beside_it_in_words(ahead, written):
    days = ahead.prospects["act_by"].where(ahead.prospects.index != 107, pd.Timestamp(ahead.as_of))
    yesterday = pd.Timestamp(ahead.as_of) - pd.Timedelta(days=1)
    days = days.where(ahead.prospects.index != 106, yesterday)
    lines = table(written(replace(ahead, prospects=ahead.prospects.assign(act_by=days))), "Bước tới")
    far = pd.Timestamp(ahead.as_of) + pd.Timedelta(days=30)

    assert [line["Mức"] for line in lines][1:3] == ["Đã qua", "Trong 30 ngày"]
    assert all(line["Mức"] is None for line in lines if line["Chậm nhất"] is None or line["Chậm nhất"] > far)


def test_every_printed_page_says_whose_it_is_what_it_is_and_of_which_day(ahead, written):
    sheet = written(ahead)
    head = sheet.oddHeader

    assert ahead.committee.name.replace("&", "&&") in head.left.text.replace("&\u2060", "&")
    assert head.center.text.endswith("DỰ BÁO KẾT NẠP ĐẾN NGÀY 31/12/2026")
    assert f"{ahead.as_of:%d/%m/%Y}" in head.right.text


def test_it_prints_with_the_headings_of_the_persons_on_every_page(ahead, written):
    sheet = written(ahead)
    top = next(cell.row for cell in sheet["B"] if cell.value == "Họ và tên")

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )
    assert sheet.print_title_rows == f"${top}:${top}"
    assert sheet.auto_filter.ref == f"A{top}:O{top + len(_AHEAD)}"


def test_what_is_printed_is_narrow_enough_to_be_read(ahead, written):
    """A4 across is 1,046 pixels within its margins; the note, of 11 points, is to keep 9."""
    sheet = written(ahead)
    *_, corner = sheet.print_area.replace("$", "").split(":")
    headings = [cell.value for cell in sheet[sheet.auto_filter.ref.split(":")[0][1:]]]
    letter = corner.rstrip("0123456789")

    assert headings[column_index_from_string(letter) - 1] == "Vì sao, còn vướng gì"
    assert int(corner[len(letter) :]) == sheet.max_row
    assert printed_width(sheet, letter) * 9 / 11 <= 1046


def test_the_persons_begin_a_page_of_their_own_below_their_title(ahead, written):
    branches, persons = printed(written(ahead))

    assert persons[0][0].startswith("AI PHẢI LÀM GÌ, CHẬM NHẤT NGÀY NÀO")
    assert persons[1][:2] == ["Chi bộ", "Họ và tên"]
    assert len(persons) == 2 + len(_AHEAD)
    assert branches[-1][0] == "Căn cứ mẫu."


def test_the_title_is_printed_once_and_the_number_for_the_formulas_not_at_all(ahead, written):
    """The print header says the title on every page."""
    sheet = written(ahead)
    told = [str(value) for area in printed(sheet) for line in area for value in line]

    assert printed(sheet)[0][0][:8] == HEADINGS
    assert not any("DỰ BÁO KẾT NẠP" in text or text == "STT chi bộ" for text in told)


@pytest.mark.parametrize("hope", [True, False])
def test_a_book_of_counts_alone_prints_its_branches_without_the_number(ahead, written, hope):
    known = ahead.prospects if hope else ahead.prospects.drop(columns="hope")
    (branches,) = printed(written(replace(ahead, counts_only=True, prospects=known)))

    assert branches[0] == [*HEADINGS, *(HOPES if hope else ())]
    assert branches[-1][0].startswith("Chắc chắn kịp")


def printed(sheet):
    """What stands in each area that is printed, line by line."""
    areas = [area.partition("!")[2] or area for area in sheet.print_area.split(",")]
    return [[[cell.value for cell in line] for line in sheet[area.replace("$", "")]] for area in areas]


def printed_width(sheet, last):
    """Pixels of the columns up to one: 8 a digit."""
    widths = [sheet.column_dimensions[get_column_letter(at + 1)].width for at in range(column_index_from_string(last))]
    return 8 * sum(widths)


def test_every_stage_on_the_way_has_its_label(ahead, written):
    stages = {line["Giai đoạn"] for line in table(written(ahead), "Bước tới")}

    assert stages <= {"Nguồn", "Đã có giấy chứng nhận", "Đang làm hồ sơ", "Chờ quyết định", "Chờ lễ kết nạp"}
    assert len(stages) == len({*ahead.prospects["stage"]}) <= len(Stage)
