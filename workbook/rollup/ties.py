"""What each counted book says of a sum, what its lines add up to, and what was taken over from it.

What is taken over is what the lines add up to, so of the three the book's own total may differ when this is made; the
sheet shows what stands here as a live cell, so that the third may differ once somebody types into the book.
"""

from collections.abc import Mapping

import pandas as pd

from workbook.rollup.tables import Books
from workbook.upper_book import TIE_COLUMNS

#: Table and column here of the numbers that are held against each book.
MEASURES = (
    ("summary", "quota_below"),
    ("summary", "admitted"),
    ("summary", "expected"),
    ("summary", "probationary"),
    ("summary", "overdue"),
    ("summary", "certificates"),
    ("progress", "all"),
    ("progress", "left"),
    ("forecast", "sure"),
    ("forecast", "possible"),
)
#: What a column is called below where it is called otherwise here.
_BELOW = {"quota_below": "quota"}


def ties(books: Books, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The frame `ties` of `UpperBook`. `tables`: those of the level above, by name."""
    here = {name: table.set_index("name") for name, table in tables.items()}
    lines = []
    for branch, book in books.items():
        for table, measure in MEASURES:
            counts = {"summary": book.summary, "progress": book.progress, "forecast": book.forecast}[table]
            name = _BELOW.get(measure, measure)
            if counts and not pd.isna(counts.summed.get(name, pd.NA)):
                said = (counts.total[name], counts.summed[name], here[table].loc[branch, measure])
                lines.append((branch, table, measure, *said))
    made = pd.DataFrame(lines, columns=list(TIE_COLUMNS))
    return made.astype(dict.fromkeys(("total", "lines", "taken"), "Int64"))
