"""Sheet "Tình hình nộp" of the level above: every lower committee and the books it handed in."""

from workbook.outgoing.page import Field, Paper, listed
from workbook.outgoing.sheets import submissions
from workbook.outgoing.sheets.upper.words import of_committees
from workbook.outgoing.styles import Look
from workbook.upper_book import UpperBook

#: The columns of the contract, and why a file does not count.
_TAKEN = (
    *("number", "branch", "state", "file", "received_at", "rows", "errors", "queries", "version", "sha256"),
    *("remark", "due_on", "days_late"),
)
FIELDS: tuple[Field, ...] = (
    *(field for field in submissions.FIELDS if field.name in _TAKEN),
    Field("told_on", "Tính đến ngày", 12, Look.DATE),
)
#: To be copied from the screen: it is not printed.
_REMINDER = next(field for field in submissions.FIELDS if field.name == "reminder")
_CHANGES = Field("changes", "Thay đổi so với sổ tổng hợp trước", 30)


def write(paper: Paper, book: UpperBook) -> None:
    """Write the sheet."""
    handed_in = submissions.shown(book.base.submissions)
    compared = [_CHANGES] if book.base.changes is not None else []
    title = "TÌNH HÌNH NỘP SỔ CHỈ TIÊU CỦA CÁC CẤP ỦY CẤP DƯỚI"
    printed = of_committees((*FIELDS, *compared))
    page = listed(paper, submissions.NAME, title, (*printed, _REMINDER), handed_in, book.base)
    page.sheet.freeze_panes(1, 2)
    page.sheet.print_area(0, 0, len(handed_in), len(printed) - 1)
