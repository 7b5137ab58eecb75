"""Tables one under another on a sheet: each is read by its own headings, and no line is lost between them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from workbook.incoming.grid import Grid, count_lines
from workbook.incoming.lift import lift
from workbook.incoming.raw import RawTable, stack


def test_a_second_heading_with_columns_in_another_order_is_read_by_its_own_places(lifted):
    made = lifted("""
    | STT | Họ và tên  | Giới tính | Ngày sinh | Dân tộc |
    | #1  | Vi Thị Thử | Nữ        | 5/9/1998  | Kinh    |
    | STT | Họ và tên  | Ngày sinh | Giới tính | Dân tộc |
    | #1  | Lò Văn Mẫu | 12/3/1997 | Nam       | Tày     |
    """)
    assert made.columns["sex"] == ["Nữ", "Nam"]
    assert made.columns["birth_on"] == ["5/9/1998", "12/3/1997"]
    assert [made.cell(at, "birth_on") for at in range(2)] == ["D2", "C4"]
    assert [made.cell(at, "ethnicity") for at in range(2)] == ["E2", "E4"]
    assert made.set_aside == {"header": 1, "repeated_header": 1}
    assert not made.questions


def test_a_second_heading_that_stands_nowhere_like_the_first_is_read_where_it_names_the_same_columns(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh | Giới tính | Dân tộc   |           |
    | #1  | Vi Thị Thử | 5/9/1998  | Nữ        | Kinh      |           |
    | Dân tộc | TT | Họ tên         | Giới tính | Nơi ở hiện nay | Sinh ngày |
    | Tày | #1 | Lò Văn Mẫu | Nam  | xã Mây    | 12/3/1997 |
    """)
    assert made.columns["full_name"] == ["Vi Thị Thử", "Lò Văn Mẫu"]
    assert made.columns["birth_on"] == ["5/9/1998", "12/3/1997"]
    assert made.columns["residence"] == ["", "xã Mây"]
    assert made.cell(1, "full_name") == "C4"
    assert made.cell(0, "residence") == "B2"


def test_the_group_above_a_second_heading_is_the_group_of_the_persons_below_it(lifted):
    made = lifted("""
    | I. Chi bộ thôn Một |  |           |           |
    | STT | Họ và tên  | Ngày sinh | Giới tính |
    | #1  | Vi Thị Thử | 5/9/1998  | Nữ        |
    | II. Chi bộ thôn Hai |  |          |           |
    | STT | Họ và tên  | Giới tính | Ngày sinh |
    | #1  | Lò Văn Mẫu | Nam       | 12/3/1997 |
    """)
    assert made.groups == ["", "Chi bộ thôn Hai"]
    assert made.set_aside == {"title": 1, "header": 1, "group": 1, "repeated_header": 1}


def test_a_second_heading_of_two_lines_that_swaps_men_and_women_tells_the_sex_by_its_own_places(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh | <         | Dân tộc |
    | ^   | ^          | Nam       | Nữ        | ^       |
    | #1  | Vi Thị Thử |           | 5/9/1998  | Kinh    |
    | STT | Họ và tên  | Ngày sinh | <         | Dân tộc |
    | ^   | ^          | Nữ        | Nam       | ^       |
    | #2  | Lò Thị Mẫu | 12/3/1997 |           | Tày     |
    """)
    assert made.columns["sex"] == ["Nữ", "Nữ"]
    assert made.cell(1, "birth_on") == "C6"
    assert made.set_aside == {"header": 2, "repeated_header": 2}


def test_the_upper_lines_of_a_second_heading_are_heading_too(lifted):
    made = lifted("""
    | STT | Họ và tên  | Dân tộc      | Nghị quyết chi bộ | Quyết định kết nạp |
    | ^   | ^          | ^            | Ngày              | Ngày               |
    | #1  | Vi Thị Thử | Kinh         | 5/9/2025          | 9/9/2025           |
    | Sơ yếu | <       | <            | Quyết định kết nạp | Nghị quyết chi bộ |
    | STT | Họ và tên  | Dân tộc      | Ngày              | Ngày               |
    | #2  | Lò Văn Mẫu | Tày          | 8/9/2025          | 6/9/2025           |
    """)
    assert made.columns["branch_resolved_on"] == ["5/9/2025", "6/9/2025"]
    assert made.columns["decided_on"] == ["9/9/2025", "8/9/2025"]
    assert made.set_aside == {"header": 2, "repeated_header": 2}


def test_a_shorter_heading_on_the_next_page_begins_no_table(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh | Giới tính | Dân tộc |
    | #1  | Vi Thị Thử | 5/9/1998  | Nữ        | Kinh    |
    | STT | Họ và tên  | Sinh ngày | Phái      | (tiếp)  |
    | #2  | Lò Văn Mẫu | 12/3/1997 | Nam       | Tày     |
    """)
    assert made.columns["ethnicity"] == ["Kinh", "Tày"]
    assert not made.moved


def test_who_stands_in_a_table_without_a_column_is_known_to_lack_it(lifted):
    made = lifted("""
    | STT | Họ và tên  | Ngày sinh | Ngày vào Đoàn | Dân tộc  | Lớp |
    | #1  | Vi Thị Thử | 5/9/1998  | 26/3/2014     | Kinh     | K62 |
    | STT | Họ và tên  | Ngày sinh | Dân tộc       | Quê quán |     |
    | #1  | Lò Văn Mẫu | 12/3/1997 | Tày           | xã Mây   |     |
    """)
    rows = stack([(0, made)])
    assert made.columns["youth_union_on"] == ["26/3/2014", ""]
    assert made.extra == {"Lớp": ["K62", ""]}
    assert [rows.lacks(row, "youth_union_on") for row in range(2)] == [False, True]
    assert [rows.lacks(row, "native_place") for row in range(2)] == [True, False]
    assert rows.lacks(0, "card_number")
    assert made.cell(1, "youth_union_on") == "B4"


def test_a_column_that_people_explained_counts_in_every_table(lifted):
    table = """
    | STT | Họ và tên  | Ngày sinh | Mã lạ | Dân tộc |
    | #1  | Vi Thị Thử | 5/9/1998  | Nữ    | Kinh    |
    | STT | Họ và tên  | Mã lạ | Ngày sinh | Dân tộc |
    | #1  | Lò Văn Mẫu | Nam   | 12/3/1997 | Tày     |
    """
    assert lifted(table, {"Mã lạ": "sex"}).columns["sex"] == ["Nữ", "Nam"]


VALUES = {
    "STT": float,
    "Họ và tên": lambda number: f"Vi Thị {['Thử', 'Mẫu', 'Giả', 'Bịa'][number % 4]}",
    "Ngày sinh": lambda number: date(1990, 1, 1 + number % 28),
    "Ngày vào Đoàn": lambda number: date(2006, 3, 1 + number % 28),
    "Giới tính": lambda number: ["Nam", "Nữ"][number % 2],
    "Dân tộc": lambda number: "Kinh",
    "Quê quán": lambda number: f"xã số {number}",
}
COLUMNS = {
    "number": "STT",
    "full_name": "Họ và tên",
    "birth_on": "Ngày sinh",
    "youth_union_on": "Ngày vào Đoàn",
    "sex": "Giới tính",
    "ethnicity": "Dân tộc",
    "native_place": "Quê quán",
}
BETWEEN = st.lists(st.sampled_from([[], ["II. Chi bộ Thôn Hai"], ["", "Cộng:", 3.0]]), max_size=2)


@given(st.data())
def test_whatever_the_orders_every_person_keeps_every_value_at_its_address(data):
    rows: list[list[object]] = []
    people = []
    for _ in range(data.draw(st.integers(1, 4))):
        headings = data.draw(st.permutations(list(VALUES)))
        rows += [*data.draw(BETWEEN), list(headings)] if rows else [list(headings)]
        for number in range(1, data.draw(st.integers(1, 4)) + 1):
            rows.append([VALUES[heading](number) for heading in headings])
            people.append((len(rows), number, headings))
    grid = Grid("Sổ", [row + [""] * (len(VALUES) - len(row)) for row in rows])
    made = lift(grid)

    assert isinstance(made, RawTable)
    assert made.rows == [row for row, _, _ in people]
    assert len(made.rows) + sum(made.set_aside.values()) == count_lines(grid.rows)
    for at, (row, number, headings) in enumerate(people):
        for column, heading in COLUMNS.items():
            assert made.columns[column][at] == VALUES[heading](number)
            assert made.cell(at, column) == f"{'ABCDEFG'[headings.index(heading)]}{row}"
