"""A messy register for the pictures and for the test that clicks: everybody in it is made up.

Its days are told back from the day it is written for, so that whenever it is written somebody is late.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from xlsxwriter import Workbook

SHEET = "Danh sách 2026"

#: The error that the story comes to third, and how the clerk mends it.
MISTAKE, MENDED = (8, 5), "Kinh"

_TITLES = ("CHI BỘ THÔN SUỐI MÂY", "SỔ THEO DÕI NGUỒN KẾT NẠP ĐẢNG VIÊN")
_COLUMNS = {
    "TT": 4,
    "Họ tên": 18,
    "Sinh ngày": 11,
    "Nam/nữ": 7,
    "Dân tộc": 9,
    "Số CCCD": 14,
    "Ngày cấp GCN nhận thức": 13,
    "Ngày QĐ kết nạp": 12,
    "Ngày lễ kết nạp": 12,
}
_HEADER = len(_TITLES) + 1  # counted from zero, as in all the writing below
_LETTERS = {"font_name": "Times New Roman", "font_size": 12}
_HEADING = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}

# Texts stand as a clerk typed them; then the steps, in days before the day of the register, one still to come.
_PEOPLE: tuple[tuple[str | int, ...], ...] = (
    ("Lò Thị Sương", "12/03/1999", "Nữ", "Thái", "099199001237", 420, 62, 40),
    ("Trần Văn Đồi", "05/11/1996", "Nam", "Kinh", "099096004518", 390),
    ("Vàng A Sình", "17/8/2001", "Nam", "Mông", 99201007364, 200),
    ("Nguyễn Thị Khe", "31/04/1998", "Nữ", "Kihn", "099198002946", 260),
    ("Hoàng Văn Nương", "22/06/1994", "Nam", "Tày", "099094008172", 510, 101),
    ("Bùi Thị Lau", "09/01/00", "nữ", "-nt-", "099300006653", 85),
    ("Đinh Văn Thác", "28/02/1997", "Nam", "Mường", "099097003389", 640, 95, 130),
    ("Quàng Thị Bản", "14/07/1995", "Nam", "Thái", "099195005721", -30),
    ("Phạm Văn Cọ", "03/12/2002", "Nam", "Kinh", "09920200184", 150),
    ("Lê Thị Ngòi", "19/05/1993", "Nữ", "Kinh", "099193007495", 470, 75),
    ("Hà Văn Suối", "30/10/2000", "Nam", "Thái", "099200003174", 330, 33),
)


def write(path: Path, day: date) -> None:
    """Write the register as it stands on that day."""
    last = len(_COLUMNS) - 1
    with Workbook(path, {"default_format_properties": _LETTERS}) as book:
        title, heading = book.add_format(_HEADING), book.add_format({**_HEADING, "border": 1})
        sheet, cell = book.add_worksheet(SHEET), book.add_format({"border": 1})
        for row, text in enumerate(_TITLES):
            sheet.merge_range(row, 0, row, last, text, title)
        sheet.set_row(_HEADER, 40)
        for column, (text, width) in enumerate(_COLUMNS.items()):
            sheet.set_column(column, column, width)
            sheet.write(_HEADER, column, text, heading)
            sheet.write_column(_HEADER + 1, column, [""] * len(_PEOPLE), cell)
        for row, line in enumerate(_lines(day), start=_HEADER + 1):
            sheet.write_row(row, 0, line, cell)
        sheet.set_selection(_HEADER + 1, 1, _HEADER + 1, 1)


def _lines(day: date) -> Iterator[Sequence[str | int]]:
    """The persons, numbered, with the days of their steps written out."""
    for number, person in enumerate(_PEOPLE, start=1):
        steps = (day - timedelta(days=int(back)) for back in person[5:])
        yield number, *person[:5], *(f"{step:%d/%m/%Y}" for step in steps)
