"""What a form that was filled in still lacks, as a workbook of its own."""

from pathlib import Path

import pandas as pd

from workbook.book import Book
from workbook.committee import Committee
from workbook.incoming.quota_book import QuotaBook
from workbook.outgoing.form.fill import Filled
from workbook.outgoing.save import save_new
from workbook.outgoing.sheets import lacking
from workbook.outgoing.write import render


def write_lacking(made: Filled, book: QuotaBook, out: Path) -> None:
    """Write what a form still lacks, numbers first, then persons. Raises CannotWrite where `out` exists."""
    name = book.title.name.text if book.title.name else ""
    nothing = pd.DataFrame()
    empty = Book(Committee(name), book.as_of, nothing, nothing, nothing, nothing, nothing, nothing, ())
    sheets = (lacking.writer((*made.unsure, *made.lacking)),)
    save_new(render(empty, lambda _file, _sheet, _cell: "", sheets, kind=""), out)
