"""Sheet "Quá hạn" of a book of counts: how much is late in each branch, and nobody's name."""

import pandas as pd

from workbook.book import Book
from workbook.outgoing.figures import write_figures
from workbook.outgoing.page import Page, Paper, header
from workbook.outgoing.sheets import overdue
from workbook.outgoing.sheets.upper.overdue import FIGURES

NAME = overdue.NAME


def write(paper: Paper, book: Book) -> None:
    """Write the sheet; of `book.overdue` it takes the branch and the days of each task."""
    page = Page(paper, NAME, FIGURES)
    write_figures(page, FIGURES, _counts(book), {}, {})
    page.sheet.freeze_panes(1, 2)
    page.filtered(len(book.branches))
    page.printed(header("VIỆC QUÁ HẠN VÀ SẮP ĐẾN HẠN CỦA CÁC CHI BỘ", book))


def _counts(book: Book) -> pd.DataFrame:
    tasks = book.overdue.assign(is_late=book.overdue["days_late"] > 0)
    made = tasks.groupby("branch").agg(late=("is_late", "sum"), all=("is_late", "size"), longest=("days_late", "max"))
    made = made.reindex(book.branches["name"]).reset_index(drop=True)
    counted = made[["late", "all"]].fillna(0).astype(int)
    return pd.DataFrame(
        {
            "number": range(1, len(book.branches) + 1),
            "name": book.branches["name"].tolist(),
            "persons": book.branches["overdue"].tolist(),
            "late": counted["late"],
            "coming": counted["all"] - counted["late"],
            "longest": made["longest"].where(made["longest"] > 0),
        }
    )
