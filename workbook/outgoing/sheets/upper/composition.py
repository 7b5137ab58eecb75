"""Sheet "Cơ cấu" of the level above: whom the committees below admitted this year, by group."""

from collections.abc import Hashable, Mapping

import pandas as pd

from workbook.frames import is_blank
from workbook.outgoing.figures import Figure, Total
from workbook.outgoing.page import Page, Paper, header
from workbook.outgoing.sheets import composition
from workbook.outgoing.styles import Accent, Look
from workbook.percent import DASH, percent
from workbook.upper_book import UpperBook

_FIXED = (
    Figure("label", "Tiêu chí", 48, Look.TEXT, total=Total.NOTHING),
    Figure("total", "Tổng số", 9),
    Figure("share", "Tỷ lệ (%)", 9, Look.SHARE),
)
_TOTAL, _SHARE = 1, 2
_WIDTH, _A_PAGE = 14, 11
_NOTE = (
    "Cộng từ trang Cơ cấu của các sổ cấp dưới. Tỷ lệ (%) = số người của từng dòng ÷ dòng đầu. Tuổi bình quân không "
    "cộng được từ các sổ nên không có ở đây."
)


def write(paper: Paper, book: UpperBook) -> None:
    """Write the sheet; each total is the sum of its line, live."""
    names = book.base.branches["name"].tolist()
    columns = [Figure(str(at), name, _WIDTH) for at, name in enumerate(names, start=1)]
    page = Page(paper, composition.NAME, (*_FIXED, *columns))
    lines = book.composition
    for row, line in enumerate(lines.to_dict("records"), page.first):
        _write_line(page, row, line, [figure.name for figure in columns], lines, book)
    page.trim_shares("share", page.first + max(len(lines), 1) - 1)
    page.across(page.first + len(lines), (0, _SHARE), _NOTE, Look.NOTE)
    page.sheet.set_row(page.first + len(lines), 48)
    page.sheet.freeze_panes(1, len(_FIXED))
    page.sheet.repeat_columns(0, _SHARE)
    page.printed(header("CƠ CẤU ĐẢNG VIÊN MỚI KẾT NẠP TRONG NĂM", book.base), 1 + len(names) // _A_PAGE)


def _write_line(
    page: Page, row: int, line: Mapping[Hashable, object], columns: list[str], lines: pd.DataFrame, book: UpperBook
) -> None:
    first = row == page.first
    accent = Accent.TOTAL if first or line["title"] else Accent.PLAIN
    page.put(row, 0, line["label"], Look.TEXT, accent)
    for at, name in enumerate(columns, start=len(_FIXED)):
        page.put(row, at, line[name], Look.COUNT, accent)
    if line["title"] or not columns:
        for at in (_TOTAL, _SHARE):
            page.put(row, at, None, Look.COUNT, accent)
        return
    edges = f"{page.letter(columns[0])}{row + 1}:{page.letter(columns[-1])}{row + 1}"
    total, whole, decimals = _whole(line["total"]), _whole(lines["total"].iloc[0]), book.base.committee.decimals
    page.formula((row, _TOTAL), f"=SUM({edges})", total, Look.COUNT, accent)
    share = percent(total, whole, decimals)
    text = f'=IF(N($B${page.first + 1})=0,"{DASH}",ROUND(100*B{row + 1}/$B${page.first + 1},{decimals}))'
    page.formula((row, _SHARE), text, DASH if share is None else share, Look.SHARE, accent)


def _whole(value: object) -> int:
    """A sum as a spreadsheet makes it: of nothing 0."""
    return 0 if is_blank(value) else int(str(value))
