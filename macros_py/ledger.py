"""The journal as a sheet of the book itself, so hidden that only a program shows it again."""

import sys
from collections.abc import Sequence
from typing import Any

from macros_py import bulk
from macros_py.bulk import Sheet
from workbook.layout import JOURNAL_SHEET as NAME
from workbook.outgoing import journal
from workbook.outgoing.journal import Kept
from workbook.phrases import phrase

_VERY_HIDDEN = 2  # xlSheetVeryHidden: not even offered under "Unhide"; only Windows has it


def read(book: Any) -> list[Kept]:
    """What is kept of an xlwings book, where everything stands now."""
    if NAME not in book.sheet_names:
        return []
    block = bulk.used(book.sheets[NAME])
    formulas = [line[0] for line in block.formula[1:]]
    return journal.read(formulas, [line[1:4] for line in block.options(ndim=2).value[1:]])


def write(book: Any, kept: Sequence[Kept]) -> None:
    """Write it in the place of the old one; where nothing is kept no sheet is left."""
    if kept:
        _fill(_sheet(book), kept)
    elif NAME in book.sheet_names:
        _show(book.sheets[NAME], True)  # Excel does not delete what is hidden so well
        book.sheets[NAME].delete()


def _sheet(book: Any) -> Sheet:
    """The sheet, empty."""
    if NAME in book.sheet_names:
        book.sheets[NAME].clear()
    else:
        _show(book.sheets.add(NAME, after=book.sheets[len(book.sheets) - 1]), False)
    return book.sheets[NAME]


def _fill(sheet: Sheet, kept: Sequence[Kept]) -> None:
    """Texts as texts, whatever they look like: the format comes before the value."""
    formulas, texts = journal.written(kept)
    last = len(kept) + 1
    sheet.range("A1").value = phrase("button.journal")
    beside = sheet.range((2, 2), (last, 4))
    beside.number_format = "@"
    beside.value = [[text or None for text in line] for line in texts]
    sheet.range((2, 1), (last, 1)).formula = [[formula] for formula in formulas]


def _show(sheet: Sheet, shown: bool) -> None:
    sheet.impl.visible = True if shown else _VERY_HIDDEN if sys.platform == "win32" else False
