"""A register that gives everybody several lines is known as one, and nobody is counted who is not there."""

import pytest

from workbook.incoming.lift import NotARegister, lift
from workbook.incoming.raw import RawTable


def _asked(made: RawTable) -> list[str]:
    return [question.code for question in made.questions]


HEADS = """\
| STT | Họ và tên  | Giới tính | Ngày cảm tình Đảng     | Ngày làm đơn |
| ^   | Ngày sinh  | Dân tộc   | Ngày phân công giúp đỡ | Số GCN       |
"""
PAIRS = """\
| #1  | Vi Thị Thử | Nữ        | 4/3/2025               | 2/1/2026     |
| ^   | 7/7/1999   | Kinh      | 10/3/2025              | 101          |
| #2  | Lò Văn Mẫu | Nam       | 4/3/2025               |              |
| ^   | 1/11/2001  | Tày       | 10/3/2025              | 102          |
"""
UNMERGED = PAIRS.replace("^", " ")


@pytest.mark.parametrize("body", [PAIRS, UNMERGED])
@pytest.mark.parametrize("heads", [HEADS, HEADS.replace("^", " ")])
def test_what_stands_below_is_another_fact_and_no_other_person(lifted, heads, body):
    made = lifted(heads + body)
    assert made.columns["full_name"] == ["Vi Thị Thử", "Lò Văn Mẫu"]
    assert made.columns["sex"] == ["Nữ", "Nam"]
    assert made.columns["sympathizer_on"] == ["4/3/2025", "4/3/2025"]
    assert made.rows == [3, 5]
    assert made.set_aside == {"header": 2, "note": 2}
    assert not {"birth_on", "ethnicity", "helper_assigned_on", "certificate_number"} & made.columns.keys()


def test_one_question_names_the_lines_and_the_headings_that_were_not_read(lifted):
    (question,) = lifted(HEADS + PAIRS).questions
    assert (question.code, question.cell) == ("table.folded", "B2")
    assert question.detail == {"lines": 2, "headings": "Ngày sinh; Dân tộc; Ngày phân công giúp đỡ; Số GCN"}


def test_a_name_merged_down_does_not_bring_the_lower_headings_over_the_upper_values(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh | Ngày cảm tình Đảng     | Ngày làm đơn |
    | ^   | ^          | Dân tộc   | Ngày phân công giúp đỡ | Số GCN       |
    | #1  | Vi Thị Thử | 7/7/1999  | 4/3/2025               | 2/1/2026     |
    | ^   | ^          | Kinh      | 10/3/2025              | 101          |
    | #2  | Lò Văn Mẫu | 1/11/2001 | 4/3/2025               |              |
    | ^   | ^          | Tày       | 10/3/2025              | 102          |
    """)
    assert made.columns["sympathizer_on"] == ["4/3/2025", "4/3/2025"]
    assert made.columns["birth_on"] == ["7/7/1999", "1/11/2001"]
    assert _asked(made) == ["table.folded"]


def test_three_lines_each_are_known_too(lifted):
    made = lifted("""
    | STT | Họ và tên    | Giới tính  | Ngày cảm tình Đảng     |
    | ^   | Ngày sinh    | Dân tộc    | Ngày phân công giúp đỡ |
    | ^   | Quê quán     | Tôn giáo   | Ngày làm đơn           |
    | #1  | Vi Thị Thử   | Nữ         | 4/3/2025               |
    | ^   | 7/7/1999     | Kinh       | 10/3/2025              |
    | ^   | xã Mây Trắng | Không      | 2/1/2026               |
    | #2  | Lò Văn Mẫu   | Nam        | 4/3/2025               |
    | ^   | 1/11/2001    | Tày        | 10/3/2025              |
    | ^   | xã Mây Trắng | Phật giáo  |                        |
    """)
    assert made.rows == [4, 7]
    assert made.questions[0].detail["lines"] == 3


def test_headings_on_lines_of_one_cell_over_values_on_lines_of_the_sheet_are_known_too(lifted):
    made = lifted("""
    | STT | Họ và tên⏎Ngày sinh | Giới tính⏎Dân tộc | Ngày cảm tình Đảng⏎Ngày phân công giúp đỡ |
    | #1  | Vi Thị Thử          | Nữ                | 4/3/2025                                  |
    |     | 7/7/1999            | Kinh              | 10/3/2025                                 |
    | #2  | Lò Văn Mẫu          | Nam               | 4/3/2025                                  |
    |     | 1/11/2001           | Tày               | 10/3/2025                                 |
    """)
    assert made.rows == [2, 4]
    assert made.columns["sex"] == ["Nữ", "Nam"]
    assert "birth_on" not in made.columns
    assert _asked(made) == ["table.folded"]
    assert made.questions[0].detail == {"lines": 2, "headings": "Ngày sinh; Dân tộc; Ngày phân công giúp đỡ"}


def test_groups_totals_and_who_signs_stay_what_they_are(lifted):
    made = lifted(
        HEADS
        + "| I. Chi bộ Thôn Một | < | < | < | < |\n"
        + UNMERGED
        + """\
        | II. Chi bộ Thôn Hai | < | < | < | < |
        | #1 | Hà Thị Giả | Nữ | 4/3/2025 | |
        |    | 2/2/2000   | Kinh | 5/3/2025 | 103 |
        |    | Cộng: 3 người | | | |
        |    |            | | Người lập biểu | |
        """
    )
    assert made.groups == ["Chi bộ Thôn Một", "Chi bộ Thôn Một", "Chi bộ Thôn Hai"]
    assert made.set_aside == {"header": 2, "group": 2, "note": 3, "total": 1, "signature": 1}
    assert _asked(made) == ["table.folded"]


def test_a_blank_line_between_persons_changes_nothing(lifted):
    first, second = UNMERGED.strip().splitlines()[:2], UNMERGED.strip().splitlines()[2:]
    made = lifted(HEADS + "\n".join([*first, "| | | | | |", *second]))
    assert made.rows == [3, 6]
    assert _asked(made) == ["table.folded"]


PLACES = """\
| STT | Họ và tên    | Giới tính | Ngày cảm tình Đảng     | Ngày làm đơn |
| ^   | Quê quán     | Dân tộc   | Ngày phân công giúp đỡ | Số GCN       |
| #1  | Vi Thị Thử   | Nữ        | 4/3/2025               | 2/1/2026     |
|     | Mây Trắng Xã | Kinh      | 10/3/2025              | 101          |
| #2  | Lò Văn Mẫu   | Nam       | 4/3/2025               |              |
|     | Mây Trắng Xã | Tày       | 10/3/2025              | 102          |
"""


def test_a_place_below_every_name_is_nobody_though_it_reads_like_a_name(lifted):
    made = lifted(PLACES)
    assert made.rows == [3, 5]
    assert _asked(made) == ["table.folded"]


def test_somebody_without_a_number_among_them_is_asked_about_and_never_taken_for_a_second_line(lifted):
    made = lifted(PLACES + "| | Hà Thị Giả | Nữ | 4/3/2025 | |")
    assert made.rows == [3, 5]
    assert _asked(made) == ["table.folded", "rows.loose"]
    assert made.questions[1].detail == {"count": 3, "lines": "4, 6-7"}


def test_a_numbered_line_without_a_name_is_asked_about_and_never_taken_for_a_second_line(lifted):
    made = lifted(HEADS + UNMERGED + "| #3 | Hà Thị Giả | Nữ | 4/3/2025 | |\n| #4 | | Nữ | 4/3/2025 | 2/1/2026 |")
    assert made.rows == [3, 5, 7]
    assert made.questions[1].detail == {"count": 1, "lines": "8"}


def test_two_such_registers_under_each_other_are_both_read(lifted):
    made = lifted(HEADS + UNMERGED + HEADS.replace("Giới tính ", "Tôn giáo  ") + UNMERGED.replace("Nữ  ", "Không"))
    assert made.rows == [3, 5, 9, 11]
    assert made.columns["religion"][2:] == ["Không", "Nam"]
    assert _asked(made) == ["table.folded", "table.folded"]


def test_a_page_that_repeats_both_heading_lines_changes_nothing(lifted):
    made = lifted(HEADS + UNMERGED + HEADS + UNMERGED)
    assert made.rows == [3, 5, 9, 11]
    assert made.set_aside == {"header": 2, "note": 4, "repeated_header": 2}
    assert _asked(made) == ["table.folded"]


def test_one_person_with_a_second_line_is_enough_where_the_heading_has_two(lifted):
    made = lifted(HEADS + UNMERGED + "| #3 | Hà Thị Giả | Nữ | 4/3/2025 | |\n" * 4)
    assert made.rows == [3, 5, 7, 8, 9, 10]
    assert _asked(made) == ["table.folded"]


def test_where_nothing_tells_whose_the_lines_are_nothing_is_read(book):
    rows = [line.split("|", 2)[2] for line in PLACES.strip().splitlines()]
    grid = book.grid("\n".join(f"|{row}" for row in rows))
    assert lift(grid) == NotARegister("Sổ theo dõi", 6, "sheet.no_register")


# What is like it and is none


def test_persons_without_a_running_number_stay_persons(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh | Dân tộc |
    | #1  | Vi Thị Thử | 5/9/1998  | Kinh    |
    |     | Lò Văn Mẫu | 12/3/1997 | Tày     |
    | #2  | Hà Thị Giả | 1/2/1999  | Kinh    |
    |     | Hoa Văn Ví | 3/4/2000  | Tày     |
    """)
    assert made.rows == [2, 3, 4, 5]
    assert made.questions == ()


def test_one_blank_line_between_persons_makes_no_second_lines(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh | Dân tộc |
    | #1  | Vi Thị Thử | 5/9/1998  | Kinh    |
    |     |            |           |         |
    | #2  | Lò Văn Mẫu | 12/3/1997 | Tày     |
    |     |            |           |         |
    | #3  | Hà Thị Giả | 1/2/1999  | Kinh    |
    """)
    assert made.rows == [2, 4, 6]
    assert made.questions == ()


def test_a_real_second_table_stays_one(lifted):
    made = lifted("""
    | STT | Họ và tên  | Giới tính | Ngày cảm tình Đảng | Ngày làm đơn |
    | #1  | Vi Thị Thử | Nữ        | 4/3/2025           | 2/1/2026     |
    | STT | Họ và tên  | Dân tộc   | Ngày cảm tình Đảng | Ngày làm đơn |
    | #1  | Lò Văn Mẫu | Tày       | 12/3/2025          | 3/1/2026     |
    """)
    assert made.rows == [2, 4]
    assert made.columns["ethnicity"] == ["", "Tày"]
    assert made.questions == ()


def test_somebody_without_a_number_below_a_heading_of_two_lines_stays_a_person(lifted):
    made = lifted("""
    | STT | Họ và tên  | Chi bộ họp xét     | Lễ kết nạp   | Ghi chú |
    |     |            | Ngày cảm tình Đảng | Ngày làm đơn |         |
    | #1  | Vi Thị Thử | 4/3/2025           | 2/1/2026     | mới     |
    |     | Lò Văn Mẫu | 4/3/2025           | 3/1/2026     | mới     |
    | #2  | Hà Thị Giả | 4/3/2025           | 4/1/2026     | mới     |
    """)
    assert made.rows == [3, 4, 5]
    assert made.questions == ()


def test_values_on_lines_of_their_cells_stay_there_though_a_note_follows(lifted):
    made = lifted("""
    | STT | Họ và tên⏎Ngày sinh  | Giới tính⏎Dân tộc | Ngày cảm tình Đảng |
    | #1  | Vi Thị Thử⏎7/7/1999  | Nữ⏎Kinh           | 4/3/2025           |
    |     | (chuyển từ xã bên    | từ tháng 3)       |                    |
    """)
    assert made.columns["birth_on"][0] == "7/7/1999"
    assert "table.folded" not in _asked(made)
