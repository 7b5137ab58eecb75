"""Sheet "Còn thiếu": what the lines of a form still lack, number by number and person by person."""

from collections.abc import Callable, Sequence

import pandas as pd

from workbook.book import Book
from workbook.layout import LACKING_HEADINGS
from workbook.outgoing.form.rows import Lacking
from workbook.outgoing.page import Field, Paper, listed
from workbook.outgoing.styles import Look

NAME = "Còn thiếu"

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


def writer(lines: Sequence[Lacking]) -> Callable[[Paper, Book], None]:
    """What writes the sheet; of the book it takes the committee's name and the day."""

    def write(paper: Paper, book: Book) -> None:
        listed(paper, NAME, "THÔNG TIN CÒN THIẾU ĐỂ NHẬP", FIELDS, _frame(lines), book)

    return write


def _frame(lines: Sequence[Lacking]) -> pd.DataFrame:
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
