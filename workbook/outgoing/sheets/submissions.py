"""Sheet "Tình hình nộp": every branch of the committee and what it handed in, then the files that belong to none."""

from workbook.book import Book
from workbook.outgoing.page import Field, Paper, listed
from workbook.outgoing.styles import Look

NAME = "Tình hình nộp"
_MAY_NAME = ("file", "sha256", "remark")  # a file may be called by somebody's name

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
)


def write(paper: Paper, book: Book) -> None:
    """Write the sheet."""
    fields = [field for field in FIELDS if not (book.counts_only and field.name in _MAY_NAME)]
    handed_in = book.submissions.assign(number=range(1, len(book.submissions) + 1))
    page = listed(paper, NAME, "TÌNH HÌNH NỘP SỔ CỦA CÁC CHI BỘ", fields, handed_in, book)
    page.sheet.freeze_panes(1, 2)
