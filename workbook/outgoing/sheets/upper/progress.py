"""Sheet "Tiến độ" of the level above: how many persons below each committee stand at each stage."""

from dataclasses import replace

from workbook.outgoing.figures import reference, write_figures
from workbook.outgoing.page import Page, Paper, header
from workbook.outgoing.sheets import progress
from workbook.outgoing.sheets.upper.words import of_committees
from workbook.upper_book import UpperBook

NAME = progress.NAME

#: The sum of the stages is taken over like all else: a committee that handed in nothing has none.
FIGURES = tuple(replace(figure, counts="", formula="") for figure in progress.FIGURES)


def write(paper: Paper, book: UpperBook) -> None:
    """Write the sheet."""
    page = Page(paper, NAME, of_committees(FIGURES))
    write_figures(page, FIGURES, book.progress.assign(number=range(1, len(book.progress) + 1)), {}, {})
    page.sheet.freeze_panes(1, 1)
    page.filtered(len(book.progress))
    page.printed(header("TIẾN ĐỘ CỦA NGUỒN KẾT NẠP THEO GIAI ĐOẠN", book.base))


def cell(_: UpperBook, name: str, at: int) -> str:
    """The cell in the column `name` of the line with the place `at` from 0; past the last line the total's."""
    return reference(NAME, FIGURES, name, 2 + at)
