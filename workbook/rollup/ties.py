"""What each counted book says, what its lines add up to, and what stands here: the three must be one number."""

from collections.abc import Mapping

import pandas as pd

from workbook.rollup.tables import Books
from workbook.upper_book import TIE_COLUMNS

#: Table and column of the numbers that are held against each book.
MEASURES = (
    ("summary", "admitted"),
    ("summary", "expected"),
    ("summary", "overdue"),
    ("progress", "all"),
    ("progress", "left"),
)


def ties(books: Books, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The frame `ties` of `UpperBook`. `tables`: those of the level above, by name."""
    here = {name: table.set_index("name") for name, table in tables.items()}
    lines = []
    for branch, book in books.items():
        for table, measure in MEASURES:
            counts = {"summary": book.summary, "progress": book.progress}[table]
            if counts and not pd.isna(counts.summed.get(measure, pd.NA)):
                said = (counts.total[measure], counts.summed[measure], here[table].loc[branch, measure])
                lines.append((branch, table, measure, *said))
    made = pd.DataFrame(lines, columns=list(TIE_COLUMNS))
    return made.astype(dict.fromkeys(("total", "lines", "taken"), "Int64"))
