"""Sheet "Lỗi": every finding with its place, what is wrong and how to put it right."""

from validation.vocabulary import Level
from workbook.book import Book
from workbook.labels import label
from workbook.outgoing.page import Field, Paper, listed
from workbook.outgoing.styles import Look

FIELDS: tuple[Field, ...] = (
    Field("number", "STT", 6, Look.COUNT),
    Field("level", "Mức", 12),
    Field("code", "Mã", 20),
    Field("branch", "Chi bộ", 22),
    Field("file", "Tệp", 22),
    Field("sheet", "Trang", 13),
    Field("cell", "Ô", 7, Look.CENTRE),
    Field("heading", "Cột", 18),
    Field("value", "Giá trị", 18),
    Field("message", "Nội dung", 44),
    Field("fix", "Cách sửa", 40),
)


def write(paper: Paper, book: Book) -> None:
    """Write the sheet; the cell's address leads to the branch's own file."""
    levels = {str(level): label(level) for level in Level}
    found = book.findings.assign(
        number=range(1, len(book.findings) + 1), level=book.findings["level"].map(levels)
    )
    page = listed(paper, "Lỗi", "LỖI VÀ VIỆC CẦN GIẢI TRÌNH", FIELDS, found, book)
    page.link("cell", found, found["cell"])
