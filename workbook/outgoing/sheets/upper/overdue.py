"""Sheet "Quá hạn" of the level above: how much is late below each committee; whose it is only where asked for."""

from workbook.outgoing.figures import Figure, Total, write_figures
from workbook.outgoing.page import Field, Page, Paper, header
from workbook.outgoing.sheets import overdue
from workbook.outgoing.sheets.upper.words import of_committees
from workbook.outgoing.styles import Look
from workbook.upper_book import UpperBook

_TITLE = "VIỆC QUÁ HẠN VÀ SẮP ĐẾN HẠN CỦA CÁC CẤP ỦY CẤP DƯỚI"
_TASKS_TITLE = "TỪNG VIỆC, NHƯ SỔ CẤP DƯỚI ĐÃ GHI"
_FROM_FILES = ("file", "sheet", "cell")

#: The columns of the tasks; the table of counts above them shares their widths.
TASKS: tuple[Field, ...] = (
    *(field for field in overdue.FIELDS if field.name not in _FROM_FILES),
    Field("committee", "Cấp ủy", 24),
)
FIGURES: tuple[Figure, ...] = (
    Figure("number", "STT", 5, total=Total.NOTHING),
    Figure("name", "Chi bộ", 26, Look.TEXT, total=Total.NOTHING),
    Figure("persons", "Người quá hạn", 19),
    Figure("late", "Việc quá hạn", 21),
    Figure("coming", "Việc sắp đến hạn", 17),
    Figure("longest", "Quá hạn lâu nhất (ngày)", 13, formula="", total=Total.NOTHING),
)


def write(paper: Paper, book: UpperBook) -> None:
    """Write the sheet: the counts; below them, where they were asked for, the tasks of persons, soonest due first."""
    page = Page(paper, overdue.NAME, of_committees(FIGURES))
    last = write_figures(page, FIGURES, book.due.assign(number=range(1, len(book.due) + 1)), {}, {})
    page.sheet.freeze_panes(1, 2)
    count = len(book.due)
    if book.tasks is not None:
        page.across(last + 2, (0, len(TASKS) - 1), _TASKS_TITLE, Look.TITLE)
        page, count = page.further(TASKS, last + 3), len(book.tasks)
        page.table(book.tasks.assign(number=range(1, count + 1)))
    page.filtered(count)
    page.printed(header(_TITLE, book.base))
