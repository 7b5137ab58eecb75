"""A column of the number and the day of a paper is two columns where all of it says so; else it is asked about."""

from datetime import date

import pytest

from workbook.checking import check

HEADING = "Giấy CN học lớp cảm tình (số, ngày cấp)"
SHEET = """
| Họ và tên     | Ngày sinh  | Dân tộc | {heading} |
| Lê Thị Thử    | 02/09/1998 | Kinh    | {first}   |
| Trần Văn Mẫu  | 03/09/1998 | Kinh    |           |
| Phạm Thị Nháp | 04/09/1998 | Kinh    | {last}    |
"""


@pytest.fixture
def checked(book):
    def of(first: str, last: str = "146/GCN-TTCT, 20/6/2025", heading: str = HEADING):
        return check([book.file(SHEET.format(heading=heading, first=first, last=last))], date(2026, 11, 22))

    return of


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("145/GCN-TTCT, 20/6/2025", "145/GCN-TTCT"),
        ("145/GCN-TTCT,20/6/2025", "145/GCN-TTCT"),
        ("Số 145/GCN-TTCT ngày 20/6/2025", "145/GCN-TTCT"),
        ("số: 145/GCN-TTCT; ngày cấp: 20.6.2025", "145/GCN-TTCT"),
        ("145/GCN-TTCT⏎20/06/2025", "145/GCN-TTCT"),
        ("145/GCN-TTCT (20/6/2025)", "145/GCN-TTCT"),
        ("145 - 20/6/2025", "145"),
        ("QĐ số 145-QĐ/ĐU ngày 20-6-2025", "145-QĐ/ĐU"),
    ],
)
def test_every_cell_is_taken_apart_in_its_place(checked, cell, number):
    made = checked(cell)

    assert made.assessment.typed["certificate_number"].fillna("").tolist() == [number, "", "146/GCN-TTCT"]
    days = made.assessment.typed["certificate_on"].dropna()
    assert [(row, day.date()) for row, day in days.items()] == [(0, date(2025, 6, 20)), (2, date(2025, 6, 20))]
    assert [made.assessment.stacked.cell(0, name) for name in ("certificate_number", "certificate_on")] == ["D2", "D2"]
    assert not made.found["code"].str.startswith(("heading.", "columns.")).any()


@pytest.mark.parametrize(
    "cell",
    [
        "145/GCN-TTCT",
        "20/6/2025",
        "@2025-06-20",
        "20/6/2025, 145/GCN-TTCT",
        "145/20/6/2025",
        "145, 20/6/2025, 21/6/2025",
        "145, 31/6/2025",
        "145, 6/2025",
        "đã học, 20/6/2025",
    ],
)
def test_one_cell_that_does_not_say_both_leaves_the_column_to_a_person(checked, cell):
    made = checked(cell)

    assert made.assessment.typed["certificate_on"].isna().all()
    (asked,) = made.found[made.found["code"] == "heading.ambiguous"].itertuples()
    assert (asked.level, asked.cell) == ("query", "D1")
    assert "Ngày cấp giấy chứng nhận" in asked.message


def test_a_column_of_the_paper_s_own_is_not_written_over(book):
    sheet = """
    | Họ và tên  | Ngày sinh  | Ngày cấp giấy chứng nhận | Giấy CN học lớp cảm tình (số, ngày cấp) |
    | Lê Thị Thử | 02/09/1998 | 19/06/2025               | 145/GCN-TTCT, 20/6/2025                 |
    """
    made = check([book.file(sheet)], date(2026, 11, 22))

    assert made.assessment.typed["certificate_on"].dt.date.tolist() == [date(2025, 6, 19)]
    assert "heading.ambiguous" in set(made.found["code"])


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Giấy chứng nhận của trung tâm huyện", "columns.unread_days"),
        ("Quyết định chuẩn y (số, ngày)", "columns.unread_days"),
        ("Quá trình công tác", "columns.unknown"),
    ],
)
def test_days_inside_texts_are_asked_about_below_a_heading_that_has_a_paper_in_it(checked, heading, code):
    found = checked("145/GCN-TTCT, 20/6/2025", heading=heading).found

    assert found.loc[found["code"].str.startswith("columns."), "code"].tolist() == [code]
