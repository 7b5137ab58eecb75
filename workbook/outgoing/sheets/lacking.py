"""Sheet "Còn thiếu": what the lines put into a form still lack, person by person."""

from datetime import date

import pandas as pd

from workbook.book import Book
from workbook.committee import Committee
from workbook.layout import LACKING_HEADINGS
from workbook.outgoing.form_rows import Lacking
from workbook.outgoing.page import Field, Paper, listed
from workbook.outgoing.styles import Look
from workbook.outgoing.write import render

_LOOKS = {
    "number": (5, Look.COUNT),
    "row": (8, Look.COUNT),
    "branch": (28, Look.TEXT),
    "name": (24, Look.TEXT),
    "missing": (56, Look.TEXT),
    "hints": (44, Look.TEXT),
}
FIELDS: tuple[Field, ...] = tuple(
    Field(name, heading, *look) for heading, (name, look) in zip(LACKING_HEADINGS, _LOOKS.items(), strict=True)
)


def render_lacking(lines: tuple[Lacking, ...], committee: str, as_of: date) -> bytes:
    """The list as the bytes of an .xlsx file."""
    nothing = pd.DataFrame()
    book = Book(Committee(committee), as_of, nothing, nothing, nothing, nothing, nothing, nothing, ())

    def write(paper: Paper, book: Book) -> None:
        listed(paper, "Còn thiếu", "THÔNG TIN CÒN THIẾU ĐỂ NHẬP", FIELDS, _frame(lines), book)

    return render(book, lambda _file, _sheet, _cell: "", (write,), kind="")


def _frame(lines: tuple[Lacking, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "number": range(1, len(lines) + 1),
            "row": [one.row for one in lines],
            "branch": [one.branch for one in lines],
            "name": [one.name for one in lines],
            "missing": ["; ".join(one.headings) for one in lines],
            "hints": ["; ".join(one.hints) for one in lines],
        }
    )
