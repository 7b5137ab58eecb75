"""Sheet "Biến động" of the level above: what changed since the rolled-up book before; only where one was given."""

from workbook.consolidate.change_lines import Change
from workbook.outgoing.page import Field, Paper, listed
from workbook.outgoing.sheets import changes
from workbook.outgoing.styles import Accent
from workbook.phrases import phrase
from workbook.rollup.changes import SAID
from workbook.upper_book import UpperBook

FIELDS: tuple[Field, ...] = (
    Field("branch", phrase("page.unit"), 34),
    Field("change", "Thay đổi", 30),
    Field("column", "Số liệu", 24),
    Field("before", "Trước", 34),
    Field("now", "Nay", 40),
)

_TAKEN_BACK = (Change.TOTAL_FEWER, Change.FEWER, Change.WITHDRAWN, Change.BRANCH_GONE)
_TO_ASK = (Change.SILENT, Change.SHRUNK)
_ACCENTS = {
    **{phrase(SAID[kind]): Accent.STRONG for kind in _TAKEN_BACK},
    **{phrase(SAID[kind]): Accent.MILD for kind in _TO_ASK},
}


def write(paper: Paper, book: UpperBook) -> None:
    """Write the sheet."""
    told = book.base.changes
    if told is None:
        return
    page = listed(paper, changes.NAME, "BIẾN ĐỘNG SO VỚI SỔ TỔNG HỢP KỲ TRƯỚC", FIELDS, told, book.base)
    page.sheet.freeze_panes(1, 2)
    kinds = told["change"].tolist()
    page.accent("change", kinds, [_ACCENTS.get(kind, Accent.PLAIN) for kind in kinds])
