"""Persons come out of whatever stands around them, each at its true address, and every line is accounted for."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.incoming.grid import Grid, count_lines, is_blank
from workbook.incoming.lift import NotARegister, lift
from workbook.incoming.raw import RawTable
from workbook.incoming.read import read
from workbook.messages import sentence

SIMPLE = """
| STT | Họ và tên  | Ngày sinh   | Dân tộc |
|-----|------------|-------------|---------|
| #1  | Vi Thị Thử | @1998-09-05 | Kinh    |
| #2  | Lò Văn Mẫu | 12/3/1997   | Tày     |
"""
NAMES = ["Vi Thị Thử", "Lò Văn Mẫu"]


def _assert_every_line_is_counted(grid: Grid, made: RawTable) -> None:
    assert len(made.rows) + sum(made.set_aside.values()) == count_lines(grid.rows)
    assert {len(column) for column in made.columns.values()} <= {len(made.rows)}
    assert len(made.groups) == len(made.units) == len(made.rows)


def _codes(made: RawTable) -> list[str]:
    return [question.code for question in made.questions]


def _asked(made: RawTable, code: str):
    (question,) = (question for question in made.questions if question.code == code)
    assert sentence(code, {"cell": question.cell, **question.detail}).message
    return question


# Where the header is


def test_a_header_in_the_first_line_is_found(lifted):
    made = lifted(SIMPLE)

    assert made.columns["full_name"] == NAMES
    assert made.columns["birth_on"] == [date(1998, 9, 5), "12/3/1997"]
    assert made.rows == [2, 3]
    assert made.set_aside == {"header": 1}
    assert made.questions == ()


def test_the_lines_above_the_table_are_its_title(lifted):
    made = lifted("""
    | ĐẢNG BỘ XÃ MÂY TRẮNG | <          | ĐẢNG CỘNG SẢN VIỆT NAM                | < |
    | CHI BỘ THÔN MỘT      | <          | Mây Trắng, ngày 5 tháng 3 năm 2026    | < |
    |                      |            |                                       |   |
    | DANH SÁCH QUẦN CHÚNG DO CHỦ TỊCH HỘI GIỚI THIỆU | < | <                | < |
    | STT                  | Họ và tên  | Ngày sinh                             | Dân tộc |
    | #1                   | Vi Thị Thử | 5/9/1998                              | Kinh |
    """)

    assert made.rows == [6]
    assert "CHI BỘ THÔN MỘT" in made.title
    assert made.set_aside == {"title": 3, "header": 1}


def test_a_table_may_begin_in_any_column_and_its_cells_keep_their_address(lifted):
    made = lifted("""
    | | | Họ và tên  | | Dân tộc | Ngày sinh |
    | | | Vi Thị Thử | | Kinh    | 5/9/1998  |
    """)

    assert made.cell(0, "full_name") == "C2"
    assert made.cell(0, "birth_on") == "F2"
    assert made.cell(0, "religion") == "C2"


def test_a_header_of_two_lines_merged_down_and_across_is_read(lifted):
    made = lifted("""
    | TT | Họ và tên  | Trình độ | <          | <    | Ghi chú |
    | ^  | ^          | Văn hóa  | Chuyên môn | LLCT | ^       |
    | #1 | Vi Thị Thử | 12/12    | Đại học    | SC   |         |
    """)

    assert made.set_aside == {"header": 2}
    assert [made.columns[name] for name in ("schooling", "qualification", "political_theory")] == [
        ["12/12"], ["Đại học"], ["SC"],
    ]  # fmt: skip


def test_group_headings_that_nobody_merged_reach_to_the_right(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh |          | Trình độ   |         |
    |     |            | Nam       | Nữ       | Chuyên môn | LLCT    |
    | #1  | Vi Thị Thử |           | 5/9/1998 | Đại học    | Sơ cấp  |
    """)

    assert made.columns["birth_on"] == ["5/9/1998"]
    assert made.columns["political_theory"] == ["Sơ cấp"]
    assert made.set_aside == {"header": 2}


def test_a_header_of_three_lines_is_read(lifted):
    made = lifted("""
    | STT | Thông tin cá nhân | <         | <  | Giấy chứng nhận | <        |
    | ^   | Họ và tên         | Ngày sinh | <  | Số              | Ngày cấp |
    | ^   | ^                 | Nam       | Nữ | ^               | ^        |
    | #1  | Vi Thị Thử        | 5/9/1998  |    | 12/GCN          | 1/2/2025 |
    """)

    assert made.set_aside == {"header": 3}
    assert made.columns["sex"] == ["Nam"]
    assert made.columns["certificate_number"] == ["12/GCN"]
    assert made.columns["certificate_on"] == ["1/2/2025"]


def test_a_header_merged_down_over_five_lines_is_read_to_its_end(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh | Dân tộc | Khen thưởng | <       |
    | ^   | ^          | ^         | ^       | Cấp         | Hạng    |
    | ^   | ^          | ^         | ^       | theo sổ     | theo sổ |
    | ^   | ^          | ^         | ^       | của xã      | của xã  |
    | ^   | ^          | ^         | ^       | nếu có      | nếu có  |
    | #1  | Vi Thị Thử | 5/9/1998  | Kinh    | xã          | Nhất    |
    """)
    assert made.set_aside == {"header": 5}
    assert made.rows == [6]


def test_a_heading_merged_down_brings_the_groups_above_the_other_headings_with_it(book):
    grid = book.grid("""
    | TT | Đảng viên được phân công | <        | <       | Người được giúp đỡ | <         | <         |
    | ^  | Họ và tên                | Năm sinh | Chức vụ | Họ và tên          | Ngày sinh | Giới tính |
    | #1 | Hà Thị Cũ                | #1970    | Bí thư  | Vi Thị Thử         | 5/9/1998  | Nữ        |
    | #2 | Hà Thị Xưa               | #1971    | Ủy viên | Lò Văn Mẫu         | 12/3/1997 | Nam       |
    """)
    assert lift(grid) == NotARegister("Sổ theo dõi", 4, "sheet.no_register")


def test_a_line_of_headings_below_headings_of_other_columns_is_heading_too(lifted):
    made = lifted("""
    | STT | Họ và tên  | Chi bộ họp xét    | Lễ kết nạp   | Ghi chú |
    |     |            | Ngày xét cảm tình | Ngày làm đơn |         |
    | #1  | Vi Thị Thử | 4/3/2025          | 2/1/2026     | mới     |
    | #2  | Lò Văn Mẫu | 4/3/2025          | 3/1/2026     | mới     |
    """)
    assert made.set_aside == {"header": 2}
    assert made.columns["sympathizer_on"] == ["4/3/2025", "4/3/2025"]
    assert made.columns["applied_on"] == ["2/1/2026", "3/1/2026"]
    assert not {"branch_resolved_on", "ceremony_on"} & made.columns.keys()


def test_a_resolution_on_a_probationary_member_is_never_read_as_that_on_the_admission(book):
    path = book.file("""
    | STT | Họ và tên  | Ngày sinh | Kết nạp Đảng | <           | Đảng viên dự bị | Chuyển chính thức | <           |
    | ^   | ^          | ^         | NQ chi bộ    | Ngày QĐ     | NQ chi bộ       | NQ chi bộ         | QĐ          |
    | #1  | Vi Thị Thử | 5/9/1998  | @2025-01-08  | @2025-02-20 | @2026-03-05     | @2026-03-12       | @2026-04-02 |
    """)
    (grid,) = read(path).grids
    made = lift(grid)
    assert isinstance(made, RawTable)
    assert made.columns["branch_resolved_on"] == [date(2025, 1, 8)]
    assert made.columns["recognition_resolved_on"] == [date(2026, 3, 12)]
    asked = {question.cell: question.detail["candidates"] for question in made.questions}
    assert asked == {
        "F2": "Ngày nghị quyết chi bộ, Ngày nghị quyết chi bộ công nhận",
        "H2": "Ngày quyết định công nhận chính thức",
    }


def test_a_register_of_probationary_members_alone_has_no_resolution_on_the_admission(book):
    path = book.file("""
    | STT | Họ và tên  | Ngày sinh | Đảng viên dự bị | <           | <            |
    | ^   | ^          | ^         | Ngày kết nạp    | NQ chi bộ   | Ngày cấp GCN |
    | #1  | Vi Thị Thử | 5/9/1998  | @2025-03-01     | @2026-03-05 | @2025-08-09  |
    """)
    (grid,) = read(path).grids
    made = lift(grid)
    assert isinstance(made, RawTable)
    assert made.columns["ceremony_on"] == [date(2025, 3, 1)]
    assert not {"branch_resolved_on", "certificate_on"} & made.columns.keys()
    assert [(question.code, question.cell) for question in made.questions] == [
        ("heading.ambiguous", "E2"),
        ("heading.ambiguous", "F2"),
    ]


def test_line_breaks_footnotes_and_formats_in_headings_do_not_matter(lifted):
    made = lifted("""
    | S⏎T⏎T | Họ và tên⏎(chữ in hoa) * | Ngày, tháng,⏎năm sinh⏎(dd/mm/yyyy): | Số CCCD (12 số) |
    | #1 | VI THỊ THỬ | 5/9/1998 | 099198000001 |
    """)
    assert set(made.columns) == {"number", "full_name", "birth_on", "citizen_id"}


def test_the_fullest_header_wins_over_a_list_above_it(lifted):
    made = lifted("""
    | Họ và tên  | Chức vụ | Dân tộc |
    | Hà Thị Giả | Bí thư  | Kinh    |
    |            |         |         |
    | STT | Họ và tên  | Ngày sinh | Dân tộc | Quê quán |
    | #1  | Vi Thị Thử | 5/9/1998  | Kinh    | xã Mây   |
    """)
    assert made.columns["full_name"] == ["Vi Thị Thử"]


def test_decomposed_text_and_odd_spaces_do_not_matter(lifted):
    import unicodedata

    made = lifted(unicodedata.normalize("NFD", SIMPLE.replace("Họ và tên ", "Họ\u00a0và tên\u00a0")))
    assert set(made.columns) == {"number", "full_name", "birth_on", "ethnicity"}
    assert len(made.rows) == 2


# What the columns hold


@pytest.mark.parametrize("suffix", ["", " (2&3)"])
def test_dates_of_birth_split_by_sex_tell_the_sex_and_keep_their_address(lifted, suffix):
    made = lifted(f"""
    | STT | Họ và tên  | NGÀY, THÁNG, NĂM SINH{suffix} | <           |
    | ^   | ^          | NAM                           | NỮ          |
    | #1  | Vi Thị Thử |                               | @1998-09-05 |
    | #2  | Lò Văn Mẫu | #1997                         | -           |
    """)

    assert made.columns["birth_on"] == [date(1998, 9, 5), 1997.0]
    assert made.columns["sex"] == ["Nữ", "Nam"]
    assert [made.cell(position, "birth_on") for position in (0, 1)] == ["D3", "C4"]
    assert made.cell(0, "sex") == "D3"


def test_flat_columns_of_men_and_women_are_what_stands_in_them(lifted):
    dates = lifted("""
    | Họ và tên  | nam      | nữ       | Dân tộc |
    | Vi Thị Thử |          | 5/9/1998 | Kinh    |
    | Lò Văn Mẫu | 1997     |          | Tày     |
    """)
    ticks = lifted("""
    | Họ và tên  | Nam | Nữ | Dân tộc |
    | Vi Thị Thử |     | X  | Kinh    |
    | Lò Văn Mẫu | #1  |    | Tày     |
    """)

    assert dates.columns["birth_on"] == ["5/9/1998", "1997"]
    assert dates.columns["sex"] == ticks.columns["sex"] == ["Nữ", "Nam"]
    assert "birth_on" not in ticks.columns


@pytest.mark.parametrize("tick", ["x", "X", "N", "#1", "✓", "Nữ", "có"])
def test_in_a_lone_column_for_women_who_is_not_ticked_is_a_man_and_that_is_said(lifted, tick):
    made = lifted(f"""
    | Họ và tên  | Nữ     | Ngày sinh |
    | Vi Thị Thử | {tick} | 5/9/1998  |
    | Lò Văn Mẫu |        | 12/3/1997 |
    """)
    assert made.columns["sex"] == ["Nữ", "Nam"]
    assert _asked(made, "sex.flag").cell == "B1"


def test_a_lone_column_for_women_without_any_tick_tells_nothing(lifted):
    made = lifted("""
    | Họ và tên  | Nữ | Ngày sinh | Dân tộc |
    | Lò Văn Mẫu |    | 12/3/1997 | Kinh    |
    """)
    assert made.columns.get("sex", [""]) == [""]


def test_one_of_two_ticked_columns_left_blank_tells_nothing(lifted):
    made = lifted("""
    | STT | Họ và tên  | Giới tính | <  | Dân tộc |
    | ^   | ^          | Nam       | Nữ | ^       |
    | #1  | Vi Thị Thử |           | x  | Kinh    |
    | #2  | Lò Văn Mẫu |           |    | Kinh    |
    """)
    assert made.columns["sex"] == ["Nữ", ""]


def test_columns_of_men_and_women_that_hold_neither_ticks_nor_dates_are_asked_about(lifted):
    made = lifted("""
    | Họ và tên  | Nam | Ngày sinh | Dân tộc |
    | Vi Thị Thử | abc | 5/9/1998  | Kinh    |
    """)

    assert "sex" not in made.columns
    assert made.extra == {"Nam": ["abc"]}
    assert _asked(made, "heading.ambiguous").cell == "B1"


def test_a_date_of_birth_in_both_columns_is_asked_about_and_tells_no_sex(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh | <         |
    | ^   | ^          | Nam       | Nữ        |
    | #1  | Vi Thị Thử | 5/9/1998  | 6/10/1998 |
    """)

    assert (made.columns["birth_on"], made.columns["sex"]) == (["5/9/1998; 6/10/1998"], [""])
    assert _asked(made, "birth.both").cell == "D3"


def test_a_sex_column_of_its_own_wins_and_a_contradiction_is_asked_about(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh | <        | Giới tính |
    | ^   | ^          | Nam       | Nữ       | ^         |
    | #1  | Vi Thị Thử | 5/9/1998  |          | Nữ        |
    | #2  | Lò Văn Mẫu | 12/3/1997 |          | Nam       |
    """)

    assert made.columns["sex"] == ["Nữ", "Nam"]
    assert _asked(made, "sex.contradicted").detail == {"count": 1}
    assert _asked(made, "sex.contradicted").cell == "C3"


@pytest.mark.parametrize("labels", ["Ngày | Tháng | Năm", "Ng | Th | Năm"])
def test_day_month_and_year_in_three_columns_are_one_date(lifted, labels):
    made = lifted(f"""
    | STT | Họ và tên  | Ngày. tháng. năm sinh | < | <      | Dân tộc |
    | ^   | ^          | {labels}                           | ^       |
    | #1  | Vi Thị Thử | 05                    | 9  | #1998 | Kinh    |
    | #2  | Lò Văn Mẫu |                       |    | 1997  | Tày     |
    | #3  | Hà Thị Giả |                       | #3 | 1999  | Tày     |
    | #4  | Hoa Văn Bịa |                      |    |       | Tày     |
    """)

    assert made.columns["birth_on"] == ["05/9/1998", "1997", "3/1999", ""]
    assert [made.cell(position, "birth_on") for position in range(4)] == ["C3", "E4", "D5", "C6"]


@pytest.mark.parametrize(
    "head",
    [
        "| STT | Họ và tên | < | Ngày sinh | Dân tộc |",  # merged over both
        "| STT | Họ và tên | | Ngày sinh | Dân tộc |",  # a nameless column of short words
        "| STT | Họ đệm | Tên | Ngày sinh | Dân tộc |",
        "| STT | HỌ LÓT | TÊN | Ngày sinh | Dân tộc |",
        "| STT | Họ và tên đệm | Tên | Ngày sinh | Dân tộc |",
        "| STT | Họ và tên | Tên | Ngày sinh | Dân tộc |",
        "| STT | Hodem | Ten | NgaySinh | Dantoc |",
    ],
)
def test_a_name_in_two_columns_is_one_name(lifted, head):
    made = lifted(f"""
    {head}
    | #1 | Vi Thị | Thử | 5/9/1998  | Kinh |
    | #2 | Lò Văn | Mẫu | 12/3/1997 | Tày  |
    """)

    assert made.columns["full_name"] == NAMES
    assert made.letters["full_name"] == "B"
    assert made.extra == {}


def test_a_given_name_repeated_for_sorting_is_not_doubled(lifted):
    made = lifted("""
    | STT | Họ và tên  | Tên | Ngày sinh | Dân tộc |
    | #1  | Vi Thị Thử | Thử | 5/9/1998  | Kinh    |
    """)
    assert made.columns["full_name"] == ["Vi Thị Thử"]


def test_a_nameless_column_of_remarks_is_no_given_name(lifted):
    made = lifted("""
    | STT | Họ và tên  |                          | Ngày sinh | Dân tộc |
    | #1  | Vi Thị Thử | mới chuyển về từ tháng 3 | 5/9/1998  | Kinh    |
    | #2  | Lò Văn Mẫu |                          | 12/3/1997 | Tày     |
    """)
    assert made.columns["full_name"] == NAMES
    assert made.extra == {"C": ["mới chuyển về từ tháng 3", ""]}


def test_boxes_under_a_heading_are_read_as_their_labels(lifted):
    made = lifted("""
    | STT | Họ và tên  | Dân tộc | <    | Lý luận chính trị | <         | Học vấn | <    |
    | ^   | ^          | Kinh    | Khác | Sơ cấp            | Trung cấp | THCS    | THPT |
    | #1  | Vi Thị Thử | x       |      |                   | X         | #0      | #1   |
    | #2  | Lò Văn Mẫu |         | Tày  | ✓                 | x         |         |      |
    """)

    assert made.columns["ethnicity"] == ["Kinh", "Tày"]
    assert made.columns["political_theory"] == ["Trung cấp", "Sơ cấp; Trung cấp"]
    assert made.columns["schooling"] == ["THPT", ""]
    assert [made.cell(position, "ethnicity") for position in (0, 1)] == ["C3", "D4"]


def test_pieces_of_a_place_and_of_a_post_are_put_together(lifted):
    made = lifted("""
    | STT | Họ và tên  | Quê quán | <        | Chức vụ  | Đơn vị công tác |
    | ^   | ^          | Xã       | Tỉnh     | ^        | ^               |
    | #1  | Vi Thị Thử | Mây      | Núi Xanh | Kế toán  | UBND xã         |
    | #2  | Lò Văn Mẫu |          | Núi Xanh |          |                 |
    """)

    assert made.columns["native_place"] == ["Mây, Núi Xanh", "Núi Xanh"]
    assert made.columns["position"] == ["Kế toán, UBND xã", ""]
    assert made.cell(1, "native_place") == "D4"


def test_several_values_stacked_in_one_cell_are_parted_by_their_lines(lifted):
    made = lifted(
        """
    | STT | Họ và tên⏎Ngày, tháng, năm sinh⏎Số thẻ đảng viên⏎Số CCCD⏎Số thẻ ĐV | Quê quán | Dân tộc |
    | #1  | Vi Thị Thử⏎5/9/1998⏎12345678⏎099198000001                          | xã Mây   | Kinh    |
    | #2  | Lò Văn Mẫu⏎099197000002                                            | xã Mây   | Tày     |
    """.replace("⏎Số thẻ ĐV", "")
    )

    assert made.columns["full_name"] == NAMES
    assert made.columns["citizen_id"] == ["099198000001", ""]
    asked = _asked(made, "cell.stacked")
    assert (asked.cell, asked.detail) == ("B3", {"count": 1, "expected": 4})
    assert made.extra["B"][1] == "Lò Văn Mẫu\n099197000002"


def test_values_are_passed_on_exactly_as_they_stand(lifted):
    made = lifted("""
    | STT | Họ và tên    | Ngày sinh               | Trình độ văn hóa | CCCD        | Ngày vào Đoàn |
    | #1  | VI THỊ THỬ   | 5/9/1998 - 6/9/1998     | 9/12             | #1198000001 | -nt-          |
    """)
    assert [made.columns[name][0] for name in ("birth_on", "schooling", "citizen_id", "youth_union_on")] == [
        "5/9/1998 - 6/9/1998", "9/12", 1198000001.0, "-nt-",
    ]  # fmt: skip


def test_the_branch_of_each_line_is_told_even_from_one_cell_merged_down(lifted):
    made = lifted("""
    | STT | Chi bộ   | Họ và tên  | Ngày sinh | Dân tộc |
    | #1  | Thôn Một | Vi Thị Thử | 5/9/1998  | Kinh    |
    | #2  | ^        | Lò Văn Mẫu | 12/3/1997 | Tày     |
    | #3  | Thôn Hai | Hà Thị Giả | 12/3/1999 | Tày     |
    """)
    assert made.units == ["Thôn Một", "Thôn Một", "Thôn Hai"]


def test_a_value_merged_over_several_persons_is_read_once_and_asked_about(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh | Nơi ở  | Lớp |
    | #1  | Vi Thị Thử | 5/9/1998  | xã Mây | K62 |
    | #2  | Lò Văn Mẫu | 12/3/1997 | ^      | ^   |
    """)
    assert made.columns["residence"] == ["xã Mây", ""]
    asked = _asked(made, "cell.merged")
    assert (asked.cell, asked.column, asked.detail) == ("D2", "residence", {"count": 1})


def test_columns_of_the_branch_s_own_are_kept_beside(lifted):
    made = lifted("""
    | STT | MSSV | Họ và tên  | SĐT | Ngày sinh | Dân tộc | Lớp | |
    | #1  | 7    | Vi Thị Thử | 09  | 5/9/1998  | Kinh    |     | tự ghi |
    """)
    assert made.extra == {"MSSV": ["7"], "SĐT": ["09"], "H": ["tự ghi"]}
    assert made.questions == ()


def test_an_older_or_lesser_column_is_read_only_where_there_is_no_better_one(lifted):
    both = lifted("""
    | Họ và tên  | CMND      | CCCD         | Địa chỉ thường trú | Nơi ở hiện nay |
    | Vi Thị Thử | 123456789 | 099198000001 | xã Mây             | xã Suối        |
    """)
    alone = lifted("""
    | Họ và tên  | CMND      | Địa chỉ thường trú |
    | Vi Thị Thử | 123456789 | xã Mây             |
    """)

    assert (both.columns["citizen_id"], both.columns["residence"]) == (["099198000001"], ["xã Suối"])
    assert both.questions == ()
    assert (alone.columns["citizen_id"], alone.columns["residence"]) == (["123456789"], ["xã Mây"])


def test_two_columns_for_one_field_are_one_as_long_as_they_agree(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày vào Đảng | Ngày kết nạp Đảng | Dân tộc |
    | #1  | Vi Thị Thử | 5/9/2024      | 5/9/2024          | Kinh    |
    | #2  | Lò Văn Mẫu |               | 6/9/2024          | Tày     |
    """)

    assert made.columns["ceremony_on"] == ["5/9/2024", "6/9/2024"]
    assert [made.cell(position, "ceremony_on") for position in (0, 1)] == ["C2", "D3"]
    assert made.questions == ()


def test_two_columns_for_one_field_that_disagree_are_both_left_unread_and_asked_about(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày vào Đảng | Ngày kết nạp Đảng | Dân tộc | Quê quán |
    | #1  | Vi Thị Thử | 5/9/2024      | 6/9/2024          | Kinh    |          |
    """)

    assert "ceremony_on" not in made.columns
    assert set(made.extra) == {"Ngày vào Đảng", "Ngày kết nạp Đảng"}
    assert _asked(made, "heading.twice").column == "ceremony_on"


def test_two_names_that_disagree_leave_the_first_and_are_asked_about(lifted):
    made = lifted("""
    | STT | Họ và tên  | Họ và tên khai sinh | Dân tộc | Quê quán |
    | #1  | Vi Thị Thử | Vi Thị Thử Nghiệm   | Kinh    |          |
    """)
    assert made.columns["full_name"] == ["Vi Thị Thử"]
    assert _asked(made, "heading.twice_name").cell == "C1"


def test_two_running_numbers_are_no_matter(lifted):
    made = lifted("""
    | STT | TT | Họ và tên  | Ngày sinh | Dân tộc |
    | #7  | #1 | Vi Thị Thử | 5/9/1998  | Kinh    |
    """)
    assert (made.columns["number"], made.questions) == ([7.0], ())


@pytest.mark.parametrize(
    ("heading", "code"), [("Ngày quyết định", "heading.ambiguous"), ("Ngày quyêt định kết nạp", "heading.unsure")]
)
def test_a_heading_in_doubt_is_kept_beside_and_asked_about_with_its_cell(lifted, heading, code):
    made = lifted(f"""
    | STT | Họ và tên  | Ngày sinh | Dân tộc | {heading} |
    | #1  | Vi Thị Thử | 5/9/1998  | Kinh    | 1/2/2025  |
    """)

    assert made.extra == {heading: ["1/2/2025"]}
    assert _asked(made, code).cell == "E1"
    assert "decided_on" not in made.columns


def test_a_heading_in_doubt_above_nothing_is_not_asked_about(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh | Dân tộc | Ngày quyết định |
    | #1  | Vi Thị Thử | 5/9/1998  | Kinh    |                 |
    """)
    assert made.questions == ()


@pytest.mark.parametrize("confirmed", [{"Ngày quyết định": "decided_on"}, {"ngày quyết định": "decided_on"}])
def test_what_a_person_confirmed_overrides_every_reading(lifted, confirmed):
    made = lifted(
        """
        | STT | Họ và tên  | Ngày sinh | Dân tộc | NGÀY QUYẾT ĐỊNH (*) |
        | #1  | Vi Thị Thử | 5/9/1998  | Kinh    | 1/2/2025            |
        """,
        confirmed,
    )
    assert made.columns["decided_on"] == ["1/2/2025"]
    assert made.questions == ()


def test_a_name_heading_that_only_the_committee_knows_can_be_confirmed(lifted, book):
    table = """
    | STT | Quần chúng | Ngày sinh | Dân tộc |
    | #1  | Vi Thị Thử | 5/9/1998  | Kinh    |
    """
    assert isinstance(lift(book.grid(table)), NotARegister)
    assert lifted(table, {"Quần chúng": "full_name"}).columns["full_name"] == ["Vi Thị Thử"]


# What the lines are


@pytest.mark.parametrize(
    "numbering",
    [
        "| #1 | #2 | #3 | #4 |",
        "| 1 | 2 | 3 | 4 |",
        "| (1) | (2) | (3) | (4) |",
        "| A | B | 1 | 2 |",
        "| 1 | 2 | 3 | 4(=2*100/3) |",
        "| 1 | 2 (=3+4) | 3 | 9=10+11 |",
    ],
)
def test_a_line_of_column_numbers_is_no_person(lifted, numbering):
    made = lifted(f"""
    | STT | Họ và tên  | Ngày sinh | Dân tộc |
    {numbering}
    | #1  | Vi Thị Thử | 5/9/1998  | Kinh    |
    | #2  |            |           |         |
    """)
    assert made.rows == [3]
    assert made.set_aside == {"header": 1, "numbering": 2}


def test_label_line_number_line_and_code_line_are_all_header(lifted):
    made = lifted("""
    | Tải về máy, điền rồi gửi lại | <       | <         | <         | <       |
    | STT | Email  | Họ và tên  | Ngày sinh | Nữ |
    | (1) | (2)    | (3)        | (4)       | (5) |
    | STT | EMAILKS | HOTEN     | NGAYSINH  | NU |
    | #1  | a@b    | Vi Thị Thử | 5/9/1998  | x  |
    """)
    assert made.columns["full_name"] == ["Vi Thị Thử"]
    assert made.set_aside == {"title": 1, "header": 1, "numbering": 1, "code_row": 1}


def test_a_header_printed_again_further_down_is_no_person(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh | <         | Dân tộc |
    | ^   | ^          | Nam       | Nữ        | ^       |
    | #1  | Vi Thị Thử |           | 5/9/1998  | Kinh    |
    | STT | Họ và tên  | Ngày sinh |           | Dân tộc |
    |     |            | Nam       | Nữ        |         |
    | #2  | Lò Văn Mẫu | 12/3/1997 |           | Tày     |
    | TT  | HỌ TÊN     | Ngày sinh |           | Dân tộc |
    | #3  | Hà Thị Giả |           | 12/3/1999 | Tày     |
    """)
    assert made.rows == [3, 6, 8]
    assert made.set_aside == {"header": 2, "repeated_header": 3}


def test_group_lines_are_kept_as_the_group_of_the_persons_below(lifted):
    made = lifted("""
    | STT | Họ và tên        | Ngày sinh | Dân tộc |
    | I. CHI BỘ TRƯỜNG HỌC | < | <        | <       |
    | Lớp K62              |  |           |         |
    | #1  | Vi Thị Thử       | 5/9/1998  | Kinh    |
    | Lớp K63              |  |           |         |
    | #2  | Lò Văn Mẫu       | 12/3/1997 | Tày     |
    | II  | Chi bộ Thôn Một  |           |         |
    | #3  | Hà Thị Giả       | 12/3/1999 | Tày     |
    """)

    assert made.groups == ["CHI BỘ TRƯỜNG HỌC | Lớp K62", "CHI BỘ TRƯỜNG HỌC | Lớp K63", "Chi bộ Thôn Một"]
    assert made.set_aside == {"header": 1, "group": 4}


def test_a_number_or_a_day_alone_on_a_line_is_a_note(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh   | Dân tộc |
    |     | #2026      |             |         |
    | #1  | Vi Thị Thử | 5/9/1998    | Kinh    |
    |     |            | @2026-03-05 |         |
    | #2  | Lò Văn Mẫu | 12/3/1997   | Tày     |
    """)
    assert made.rows == [3, 5]
    assert made.groups == ["", ""]
    assert made.set_aside["note"] == 2


@pytest.mark.parametrize(
    "total",
    ["Tổng số", "TỔNG SỐ: 2 người", "Cộng (1+….+11)", "Cộng", "Tổng cộng: 02 đồng chí", "Tổng số: N người", "Tổng: 2"],
)
def test_a_line_of_sums_is_no_person(lifted, total):
    made = lifted(f"""
    | STT | Họ và tên  | Ngày sinh | Dân tộc |
    | #1  | Vi Thị Thử | 5/9/1998  | Kinh    |
    |     | {total}    | #1        |         |
    | #2  | Lò Văn Mẫu | 12/3/1997 | Tày     |
    | {total} |        |           | #2      |
    """)
    assert made.rows == [2, 4]
    assert made.set_aside["total"] == 2


@pytest.mark.parametrize("name", ["Công Tằng Thử", "Tống Văn Mẫu", "Lý Thị Luận", "Đoàn Văn Viên", "Cao Thị Đẳng"])
@pytest.mark.parametrize("number", ["#1", "", "1"])
def test_a_surname_like_a_word_of_other_lines_is_a_person(lifted, name, number):
    made = lifted(f"""
    | STT      | Họ và tên | Ngày sinh | Dân tộc |
    | {number} | {name}    | 5/9/1998  | Kinh    |
    """)
    assert made.columns["full_name"] == [name]


def test_the_signature_block_ends_the_table(lifted):
    made = lifted("""
    | STT | Họ và tên      | Ngày sinh | Quê quán | Dân tộc     |
    | #1  | Vi Thị Thử     | 5/9/1998  | Mây      | Kinh        |
    |     |                |           |          |             |
    |     |                |           | Mây Trắng, ngày … tháng … năm 2026 | |
    |     | NGƯỜI LẬP BIỂU |           |          | T/M CHI BỘ  |
    |     | (Ký, ghi rõ họ tên) |      |          | BÍ THƯ      |
    |     | Hà Văn Ký      |           | Lê Văn   | Lê Thị Bút  |
    """)
    assert made.rows == [2]
    assert made.set_aside == {"header": 1, "signature": 4}


def test_an_office_in_a_person_s_line_is_no_signature(lifted):
    made = lifted("""
    | Họ và tên  | Chức vụ | Dân tộc |
    | Vi Thị Thử | Bí thư  | Kinh    |
    | Lò Văn Mẫu | Bí thư  |         |
    """)
    assert made.columns["full_name"] == NAMES


def test_notes_counts_by_class_and_loose_names_below_the_table_are_no_persons(lifted):
    made = lifted("""
    | STT | Mã SV | Họ và tên  | Ngày sinh   | Dân tộc | Lớp |
    | #1  | 61    | Vi Thị Thử | 5/9/1998    | Kinh    | K62 |
    | #2  | 62    | Lò Văn Mẫu | @1997-03-12 | Tày     | K63 |
    | Ghi chú: còn thiếu một người | | |    |         |     |
    |     |       |            |             |         |     |
    |     |       | K62 Toán   | #12         |         |     |
    |     |       | K63 Lý     | #9          |         |     |
    | #1  |       | K64 Hóa    | #7          |         |     |
    |     |       | Hoa Thị Lạc |            |         |     |
    |     |       | Ông Văn Lạc |            | Tày     |     |
    """)

    assert made.columns["full_name"] == NAMES
    assert made.set_aside == {"header": 1, "note": 6}
    asked = _asked(made, "rows.loose")
    assert (asked.cell, asked.detail) == ("C8", {"count": 3, "lines": "8-10"})


def test_a_person_without_a_number_directly_in_the_table_is_a_person(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh | Dân tộc |
    | #1  | Vi Thị Thử | 5/9/1998  | Kinh    |
    |     | Lò Văn Mẫu |           | Tày     |
    | #2  | Hà Thị Giả |           |         |
    |     | Hoa Thị Thêm | 1/2/1999 | Kinh   |
    """)
    assert made.rows == [2, 3, 4, 5]
    assert made.questions == ()


def test_a_line_without_a_name_but_with_facts_is_a_person_all_the_same(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh | Dân tộc | CCCD         |
    | #1  |            | 5/9/1998  | Kinh    | 099198000001 |
    | #2  | Lò Văn Mẫu | 12/3/1997 | Tày     |              |
    """)
    assert made.columns["full_name"] == ["", "Lò Văn Mẫu"]


def test_of_two_tables_side_by_side_the_left_is_read_and_the_right_asked_about(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh | Dân tộc | | STT | Họ và tên  | Ngày sinh | Dân tộc |
    | #1  | Vi Thị Thử | 5/9/1998  | Kinh    | | #3  | Hà Thị Giả | 12/3/1999 | Tày     |
    | #2  | Lò Văn Mẫu | 12/3/1997 | Tày     | |     |            |           |         |
    """)

    assert made.columns["full_name"] == NAMES
    assert made.extra["Họ và tên"] == ["Hà Thị Giả", ""]
    assert _codes(made) == ["table.beside"]
    assert _asked(made, "table.beside").cell == "G1"


def test_a_summary_beside_the_table_stays_beside_it(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh | Dân tộc | | Lớp | Số lượng |
    | #1  | Vi Thị Thử | 5/9/1998  | Kinh    | | K62 | #12      |
    | #2  | Lò Văn Mẫu | 12/3/1997 | Tày     | | K63 | #9       |
    |     |            |           |         | | K64 | #7       |
    """)
    assert made.columns["full_name"] == NAMES
    assert made.set_aside == {"header": 1, "note": 1}


def test_another_table_below_is_not_read_as_more_of_the_same(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh | Dân tộc  |
    | #1  | Vi Thị Thử | 5/9/1998  | Kinh     |
    | DANH SÁCH ĐẢNG VIÊN GIÚP ĐỠ |  |  |     |
    | Họ và tên  | Chức vụ | Dân tộc | Quê quán |
    | Hà Thị Giả | Bí thư  | Tày     | xã Mây   |
    """)
    assert made.columns["full_name"] == ["Vi Thị Thử"]
    assert _asked(made, "table.second").cell == "A4"
    assert made.set_aside == {"header": 1, "note": 3}


def test_an_empty_register_is_a_register(lifted):
    made = lifted("| STT | Họ và tên | Ngày sinh | Dân tộc |\n| #1 | | | |")
    assert (made.rows, made.set_aside) == ([], {"header": 1, "numbering": 1})


def test_what_reading_repaired_is_told_with_the_sheet(book):
    from workbook.incoming.raw import Question

    grid = replace(book.grid(SIMPLE), questions=(Question("text.nul", "B2", detail={"count": 1}),))
    made = lift(grid)
    assert isinstance(made, RawTable)
    assert _codes(made) == ["text.nul"]


# What is no register


@pytest.mark.parametrize(
    ("table", "lines", "reason"),
    [
        ("| | |", 0, "sheet.blank"),
        ("| Tháng | Thu | Chi |\n| 1 | 5 | 6 |", 2, "sheet.no_register"),
        ("| STT | Họ và tên | Ký tên |\n| 1 | Vi Thị Thử | |", 2, "sheet.no_register"),
        ("| STT | Họ và tên cha | Ngày sinh | Dân tộc |", 1, "sheet.no_register"),
        ("| STT | Hä vµ tªn | Ngµy sinh | D©n téc |", 1, "sheet.legacy_font"),
        ("| STT | HOÏ VAØ TEÂN | NGAØY SINH | DAÂN TOÄC |", 1, "sheet.legacy_font"),
    ],
)
def test_a_sheet_that_is_no_register_says_why(book, table, lines, reason):
    assert lift(book.grid(table)) == NotARegister("Sổ theo dõi", lines, reason)
    assert sentence(reason, {}).message


# Properties

COLUMNS = {
    "STT": float,
    "Họ và tên": lambda number: f"Vi Thị {['Thử', 'Mẫu', 'Giả', 'Bịa', 'Lạc'][number % 5]}{'a' * (number // 5)}",
    "Ngày sinh": lambda number: date(1990, 1, 1 + number % 28),
    "Dân tộc": lambda number: "Kinh",
    "Quê quán": lambda number: f"xã số {number}",
    "Mã nhân viên": lambda number: "0900000001",
    "Ghi chú": lambda number: "",
}
PLANTED = [
    [],
    ["ĐẢNG BỘ XÃ MÂY TRẮNG", "", "", "ĐẢNG CỘNG SẢN VIỆT NAM"],
    ["", "", "", "Mây Trắng, ngày 5 tháng 3 năm 2026"],
    ["DANH SÁCH QUẦN CHÚNG ƯU TÚ"],
    ["I. Chi bộ Thôn Một"],
    ["", "Cộng:", 3.0],
    ["Tổng số: 5 người"],
    ["", "NGƯỜI LẬP BIỂU", "", "T/M CHI BỘ"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
    ["Ghi chú: danh sách còn thiếu."],
    ["", "K62 Toán", 12.0],
]


@st.composite
def sheets(draw):
    """A register with its columns in any order and other lines planted anywhere, and where its persons stand."""
    headings = draw(st.permutations(list(COLUMNS)))
    headings = headings if draw(st.booleans()) else [heading for heading in headings if heading != "STT"]
    above = draw(st.lists(st.sampled_from(PLANTED[:4]), max_size=4))
    rows: list[list[object]] = [*above, list(headings)]
    places = []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        rows += draw(st.lists(st.sampled_from(PLANTED), max_size=2))
        rows.append([COLUMNS[heading](number) for heading in headings])
        places.append(len(rows))
    rows += draw(st.lists(st.sampled_from(PLANTED), max_size=4))
    indent = draw(st.integers(0, 2))
    width = max(map(len, rows)) + indent
    padded = [[""] * indent + row + [""] * (width - indent - len(row)) for row in rows]
    return Grid("Sổ", padded), places, headings


@given(sheets())
def test_no_person_is_lost_or_moved_whatever_is_planted_around(sheet):
    grid, places, _ = sheet
    made = lift(grid)

    assert isinstance(made, RawTable)
    assert made.rows == places
    assert made.columns["full_name"] == [COLUMNS["Họ và tên"](number) for number in range(1, len(places) + 1)]
    _assert_every_line_is_counted(grid, made)


@given(sheets())
def test_every_value_stands_at_the_address_told(sheet):
    grid, _, _ = sheet
    made = lift(grid)
    assert isinstance(made, RawTable)
    for column, values in made.columns.items():
        for position, value in enumerate(values):
            address = made.cell(position, column)
            letters = address.rstrip("0123456789")
            row, index = int(address[len(letters) :]) - 1, ord(letters) - ord("A")
            assert grid.rows[row][index] == value


CELL = st.sampled_from([
    "", "", "", "STT", "Họ và tên", "Ngày sinh", "Nam", "Nữ", "Dân tộc", "Vi Thị Thử", "Lò Văn Mẫu", "Cộng", " ", True,
    "Tổng số: 3", "BÍ THƯ", "T/M CHI BỘ", "I. Chi bộ Một", "5/9/1998", "x", "(1)", 1.0, 2.0, 1998.0, date(1998, 9, 5),
])  # fmt: skip


@given(
    st.integers(2, 7).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=14)),
    st.lists(st.tuples(*[st.integers(0, 6)] * 2, *[st.integers(0, 3)] * 2), max_size=3),
)
def test_of_any_sheet_every_line_is_a_person_or_counted(rows, boxes):
    merges = tuple(
        (top, left, top + down, left + right) for top, left, down, right in boxes if rows and top + down < len(rows)
    )
    grid = Grid("Sổ", rows, merges)
    before = [list(row) for row in rows]
    made = lift(grid)

    assert grid.rows == before
    if isinstance(made, NotARegister):
        assert made.lines == sum(not all(map(is_blank, row)) for row in rows)
    else:
        _assert_every_line_is_counted(grid, made)


def test_a_real_file_gives_what_its_table_shows(book):
    (grid,) = read(book.file(SIMPLE)).grids
    made = lift(grid)
    assert isinstance(made, RawTable)
    assert made.columns["full_name"] == NAMES
    assert made.cell(1, "birth_on") == "C3"


def test_a_line_stacked_in_a_header_cell_that_is_no_column_of_the_register_is_kept_beside_it(lifted):
    """The army's register: five fields in one cell, among them one that is nobody else's."""
    made = lifted("""
    | STT | Họ và tên⏎Ngày sinh⏎Số CCCD⏎Mã nhân viên        | Dân tộc |
    | #1  | Vi Thị Thử⏎5/9/1998⏎099198000012⏎0912345678     | Kinh    |
    """)
    assert made.columns["citizen_id"] == ["099198000012"]
    assert made.extra == {"Mã nhân viên": ["0912345678"]}
