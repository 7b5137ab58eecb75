"""Sheet "Tình hình nộp": every branch of the committee and what it handed in, then the files that belong to none."""

import pandas as pd

from workbook.book import Book
from workbook.outgoing import blank_sheet
from workbook.outgoing.page import Field, Paper, listed
from workbook.outgoing.styles import Look
from workbook.states import labels

NAME = "Tình hình nộp"
#: Free text, and what a file is called, which may be by somebody's name.
_MAY_NAME = frozenset({"file", "sha256", "remark", "changes", "reminder"})

FIELDS: tuple[Field, ...] = (
    Field("number", "STT", 5, Look.COUNT),
    Field("branch", "Chi bộ", 26),
    Field("state", "Trạng thái", 13),
    Field("file", "Tệp", 26),
    Field("received_at", "Nhận lúc", 16, Look.MOMENT),
    Field("rows", "Số dòng", 8, Look.COUNT),
    Field("errors", "Lỗi", 7, Look.COUNT),
    Field("queries", "Cần giải trình", 8, Look.COUNT),
    Field("version", "Phiên bản", 10, Look.CENTRE),
    Field("sha256", "SHA-256", 34),
    Field("remark", "Ghi chú", 36),
    Field("due_on", "Hạn nộp", 11, Look.DATE),
    Field("days_late", "Nộp trễ (ngày)", 8, Look.COUNT),
    Field("changes", "Thay đổi so với bản trước", 24),
    Field("reminder", "Lời nhắc", 60, Look.LINE),  # to be copied from the screen: it is not printed
    # of a branch that hands in nothing this time, for the book after this one
    Field("last_version", "Bản gần nhất", 10, Look.COUNT),
    Field("last_sha256", "SHA-256 bản gần nhất", 34),
)
_REMEMBERED = frozenset({"last_version", "last_sha256"})
_TITLE = "TÌNH HÌNH NỘP SỔ CỦA CÁC CHI BỘ (NHẬN LÚC: THEO GIỜ LƯU TỆP)"
#: Nobody tells us when a file came; what it says of itself, its sender may have set.
SAVED_NOT_RECEIVED = (
    "Giờ lưu ghi trong tệp, không có thì giờ lưu của tệp trên máy này; người nộp sửa được giờ ấy. Nộp trễ và đúng hạn "
    "tính theo giờ này, nên trước khi nhắc hoặc đánh giá thì đối chiếu với sổ công văn đến."
)

#: What a book of counts shows.
COUNTS: tuple[Field, ...] = tuple(field for field in FIELDS if field.name not in _MAY_NAME | _REMEMBERED)


def shown(board: pd.DataFrame) -> pd.DataFrame:
    """The board as it is written: its lines numbered, each state in words."""
    return board.assign(number=range(1, len(board) + 1), state=labels(board))


def write(paper: Paper, book: Book) -> None:
    """Write the sheet."""
    fields = COUNTS if book.counts_only else FIELDS
    handed_in = shown(book.submissions)
    page = listed(paper, NAME, _TITLE, fields, handed_in, book)
    page.sheet.freeze_panes(1, 2)
    received = [field.name for field in fields].index("received_at")
    blank_sheet.note(page.sheet, 0, received, SAVED_NOT_RECEIVED)
    printed = [field for field in fields if field.name not in _REMEMBERED | {"reminder"}]
    page.sheet.print_area(0, 0, len(handed_in), len(printed) - 1)
