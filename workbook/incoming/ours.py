"""What we wrote into a register ourselves, known again when it is handed in, so that it is not read as the clerk's.

Of the buttons three things: the journal and the lists, whole sheets; and beside the table a result for each person,
which is taken out line by line, so that nothing a clerk wrote under headings of these words is lost.
"""

from collections.abc import Sequence
from functools import cache

from validation.vocabulary import Verdict
from workbook.incoming.header import WINDOW
from workbook.labels import label
from workbook.layout import JOURNAL_SHEET, OUR_LISTS
from workbook.phrases import phrase
from workbook.register_words import word


def is_ours(sheet: str, rows: Sequence[Sequence[object]]) -> bool:
    """Whether we wrote a whole sheet.

    Our journal is known by its name and first cell, a list by its headings, a sheet of the blank register by its title.
    """
    if not rows:
        return False
    first = rows[0][0]
    journal = sheet == JOURNAL_SHEET and first == phrase("button.journal")
    beside = first in (word("lists", "title"), word("clock", "title"))
    return journal or beside or tuple(value for value in rows[0] if value != "") in OUR_LISTS


def take_out_results(rows: list[list[object]]) -> None:
    """Blank every result beside the table and the sentences right of it; headings above nothing are no matter."""
    result, detail = phrase("button.result"), phrase("button.detail")
    for line, row in enumerate(rows[:WINDOW]):
        if result in row and detail in row[row.index(result) + 1 :][:1]:
            _take_out(rows[line + 1 :], row.index(result))


def _take_out(rows: Sequence[list[object]], column: int) -> None:
    for row in rows:
        if row[column] in _verdicts():
            row[column : column + 2] = ["", ""]


@cache
def _verdicts() -> frozenset[object]:
    return frozenset(map(label, Verdict))
