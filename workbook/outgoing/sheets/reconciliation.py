"""Sheet "Đối chiếu": lines read = persons counted + lines set aside, each reason apart; the check is live."""

import pandas as pd

from workbook.book import Book
from workbook.outgoing.page import Field, Page, Paper, header
from workbook.outgoing.sheets import data, progress
from workbook.outgoing.styles import Accent, Look

NAME = "Đối chiếu"

FIELDS: tuple[Field, ...] = (
    Field("item", "Mục", 78, Look.TEXT),
    Field("count", "Số lượng", 14, Look.COUNT),
    Field("part", "Phần", 14, Look.CENTRE),
    Field("result", "Kết quả", 14, Look.CENTRE),
)

#: Role of a line → what the sheet calls it.
PART = {"read": "Đọc", "counted": "Tính", "aside": "Để riêng", "tallied": "Tổng hợp"}

#: A check's text, the part that must equal, and the parts that must sum to it.
_CHECKS = (
    ("Chênh lệch (đọc − tính − để riêng)", "read", ("counted", "aside")),
    ("Chênh lệch giữa trang Dữ liệu và các chi bộ (tính − tổng hợp)", "counted", ("tallied",)),
)


def write(paper: Paper, book: Book) -> None:
    """Write the sheet: the book's lines, then the checks that must come to nothing."""
    page = Page(paper, NAME, FIELDS)
    lines = book.reconciliation.assign(part=book.reconciliation["role"].map(PART), result=None)
    page.table(lines)
    if not book.counts_only:
        _recount(page, lines, book)
    for row, check in enumerate(_CHECKS, page.first + len(lines)):
        _check(page, row, lines, *check)
    page.sheet.freeze_panes(1, 0)
    page.printed(header("ĐỐI CHIẾU SỐ LIỆU", book))


def _recount(page: Page, lines: pd.DataFrame, book: Book) -> None:
    """What other sheets hold is counted there again, live."""
    recounted = {
        "counted": "=COUNT({data[branch_number]})".format_map(data.names(book)),
        "tallied": f"={progress.total_cell(book, 'all')}+{progress.total_cell(book, 'left')}",
    }
    for row, (count, role) in enumerate(zip(lines["count"], lines["role"], strict=True), page.first):
        if role in recounted:
            page.formula((row, 1), recounted[role], count, Look.COUNT, Accent.PLAIN)


def _check(page: Page, row: int, lines: pd.DataFrame, text: str, whole: str, parts: tuple[str, ...]) -> None:
    first, last = page.first + 1, page.first + len(lines)
    sums = [f'SUMIF($C${first}:$C${last},"{PART[part]}",$B${first}:$B${last})' for part in (whole, *parts)]
    counts = lines.groupby("role")["count"].sum().reindex([whole, *parts], fill_value=0)
    gap = int(counts[whole] - counts[list(parts)].sum())
    page.put(row, 0, text, Look.TEXT, Accent.TOTAL)
    page.formula((row, 1), "=" + "-".join(sums), gap, Look.COUNT, Accent.TOTAL)
    page.put(row, 2, None, Look.CENTRE, Accent.TOTAL)
    verdict = "Khớp" if gap == 0 else "LỆCH"
    page.formula((row, 3), f'=IF(B{row + 1}=0,"Khớp","LỆCH")', verdict, Look.CENTRE, Accent.TOTAL)
