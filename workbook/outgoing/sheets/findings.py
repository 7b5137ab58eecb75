"""Sheet "Lỗi": every finding with its place, what is wrong and how to put it right.

What a clerk types into the last column of a query is known by the code beside it, and not asked again: with the next
book's `--previous`, or copied into the committee book's decisions.
"""

from collections.abc import Sequence

from validation.vocabulary import Level
from workbook.book import Book
from workbook.labels import label_by_value
from workbook.outgoing.page import Field, Paper, listed
from workbook.outgoing.styles import Look

NAME = "Lỗi"

FIELDS: tuple[Field, ...] = (
    Field("number", "STT", 5, Look.COUNT),
    Field("level", "Mức", 11),
    Field("code", "Mã", 17),
    Field("branch", "Chi bộ", 19),
    Field("file", "Tệp", 17),
    Field("sheet", "Trang", 10),
    Field("cell", "Ô", 7, Look.CENTRE),
    Field("heading", "Cột", 15),
    Field("value", "Giá trị", 14),
    Field("message", "Nội dung", 38),
    Field("fix", "Cách sửa", 34),
    Field("memory", "Mã nhớ", 17, Look.CENTRE),
    Field("reason", "Giải trình", 24),
)


def write(paper: Paper, book: Book, fields: Sequence[Field] = FIELDS) -> None:
    """Write the sheet; the cell's address leads to the branch's own file."""
    levels = label_by_value(Level)
    found = book.findings.assign(number=range(1, len(book.findings) + 1), level=book.findings["level"].map(levels))
    page = listed(paper, NAME, "LỖI VÀ VIỆC CẦN GIẢI TRÌNH", fields, found, book)
    page.link("cell", found, found["cell"])
