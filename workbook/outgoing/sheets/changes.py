"""Sheet "Biến động": what changed since the previous quota book; only where one was given."""

from workbook.book import Book
from workbook.consolidate.change_lines import Change
from workbook.outgoing.page import Field, Paper, listed
from workbook.outgoing.styles import Accent, Look
from workbook.phrases import phrase

NAME = "Biến động"

FIELDS: tuple[Field, ...] = (
    Field("branch", "Chi bộ", 22),
    Field("name", "Họ và tên", 20),
    Field("change", "Thay đổi", 24),
    Field("before", "Trước", 30),
    Field("now", "Nay", 34),
    Field("column", "Cột", 16),
    Field("file", "Tệp", 17),
    Field("sheet", "Trang", 10),
    Field("cell", "Ô", 7, Look.CENTRE),
)

#: What was reported and no longer holds, and what somebody has to ask about.
_TAKEN_BACK = (
    Change.TOTAL_FEWER, Change.FEWER, Change.VANISHED, Change.BACK, Change.ALTERED, Change.REMOVED, Change.COLUMN_LOST,
    Change.BRANCH_GONE,
)  # fmt: skip
_TO_ASK = (Change.UNSURE, Change.SILENT, Change.LEFT, Change.CORRECTED)
_ACCENTS = {
    **{phrase(kind): Accent.STRONG for kind in _TAKEN_BACK},
    **{phrase(kind): Accent.MILD for kind in _TO_ASK},
}


def write(paper: Paper, book: Book) -> None:
    """Write the sheet; the cell's address leads to what the branch's file says now."""
    if book.changes is None:
        return
    page = listed(paper, NAME, "BIẾN ĐỘNG SO VỚI SỔ CHỈ TIÊU KỲ TRƯỚC", FIELDS, book.changes, book)
    page.sheet.freeze_panes(1, 2)
    kinds = book.changes["change"].tolist()
    page.accent("change", kinds, [_ACCENTS.get(kind, Accent.PLAIN) for kind in kinds])
    page.link("cell", book.changes, book.changes["cell"])
