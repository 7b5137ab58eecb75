"""Sheet "Đối chiếu" of the level above: every book ties in itself, and their sum is what stands here; live."""

from collections.abc import Callable

import pandas as pd

from workbook.outgoing.page import Field, Page, Paper, header
from workbook.outgoing.sheets import reconciliation
from workbook.outgoing.sheets.upper import forecast, progress, summary
from workbook.outgoing.styles import Accent, Look
from workbook.states import state_label
from workbook.upper_book import UpperBook

FIELDS: tuple[Field, ...] = (
    Field("branch", "Mục", 48),
    Field("total", "Số lượng", 12, Look.COUNT),
    Field("measure", "Số liệu", 24),
    Field("lines", "Cộng các dòng của sổ ấy", 14, Look.COUNT),
    Field("taken", "Đã đưa vào sổ này", 12, Look.COUNT),
    Field("gap", "Chênh lệch", 12, Look.COUNT),
    Field("result", "Kết quả", 12, Look.CENTRE),
)
_MEASURES = {
    "quota_below": "Chỉ tiêu theo sổ cấp dưới",
    "admitted": "Đã kết nạp",
    "expected": "Dự kiến cả năm",
    "probationary": "Dự bị",
    "overdue": "Người quá hạn",
    "certificates": "Cấp giấy chứng nhận trong năm",
    "sure": "Chắc chắn kịp",
    "possible": "Có thể kịp",
    "all": "Người đang theo dõi",
    "left": "Đã ra khỏi danh sách",
}
_CELL: dict[str, Callable[[UpperBook, str, int], str]] = {
    "summary": summary.cell,
    "progress": progress.cell,
    "forecast": forecast.cell,
}
_TOTAL = "Cộng các sổ, so với dòng Tổng số của sổ này"
_FILES = "Tệp trong thư mục nhận: {state}"
_TIED, _UNTIED = "Khớp", "LỆCH"
_NUMBERS = ("total", "lines", "taken")


def write(paper: Paper, book: UpperBook) -> None:
    """Write the sheet: a line for each book and number, the sums of the books, then what came of the files."""
    page = Page(paper, reconciliation.NAME, FIELDS)
    places = {name: at for at, name in enumerate(summary.lines(book))}
    for row, (_, tie) in enumerate(book.ties.iterrows(), page.first):
        here = _CELL[tie["table"]](book, tie["measure"], places[tie["branch"]])
        _line(page, row, tie, ("", "", f"={here}"))
    end = page.first + len(book.ties)
    sums = book.ties.groupby(["table", "measure"], sort=False)[list(_NUMBERS)].sum().reset_index().assign(branch=_TOTAL)
    for row, (_, tie) in enumerate(sums.iterrows(), end):
        here = _CELL[tie["table"]](book, tie["measure"], len(places))
        _line(page, row, tie, (*_sums(page, row, end), f"={here}"), Accent.TOTAL)
    _files(page, end + len(sums), book.files)
    page.filtered(len(book.ties))
    page.sheet.freeze_panes(1, 0)
    page.printed(header("ĐỐI CHIẾU SỐ LIỆU VỚI SỔ CẤP DƯỚI", book.base))


def _sums(page: Page, row: int, end: int) -> tuple[str, str]:
    """The numbers of all books of one kind."""
    first, kinds = page.first + 1, f"$C${page.first + 1}:$C${end}"
    return f"=SUMIF({kinds},C{row + 1},$B${first}:$B${end})", f"=SUMIF({kinds},C{row + 1},$D${first}:$D${end})"


def _line(page: Page, row: int, tie: pd.Series, formulas: tuple[str, str, str], accent: Accent = Accent.PLAIN) -> None:
    at = {field.name: column for column, field in enumerate(FIELDS)}
    page.put(row, at["branch"], tie["branch"], Look.TEXT, accent)
    page.put(row, at["measure"], _MEASURES[tie["measure"]], Look.TEXT, accent)
    for name, formula in zip(_NUMBERS, formulas, strict=True):
        if formula:
            page.formula((row, at[name]), formula, tie[name], Look.COUNT, accent)
        else:
            page.put(row, at[name], tie[name], Look.COUNT, accent)
    cells = ",".join(f"{page.letter(name)}{row + 1}" for name in _NUMBERS)
    known = tie[list(_NUMBERS)].dropna()
    gap = int(known.max() - known.min())
    page.formula((row, at["gap"]), f"=MAX({cells})-MIN({cells})", gap, Look.COUNT, accent)
    verdict = f'=IF({page.letter("gap")}{row + 1}=0,"{_TIED}","{_UNTIED}")'
    page.formula((row, at["result"]), verdict, _UNTIED if gap else _TIED, Look.CENTRE, accent)


def _files(page: Page, top: int, files: pd.DataFrame) -> None:
    counted = zip(files["state"], files["count"], strict=True)
    for row, (state, count) in enumerate(counted, top):
        page.put(row, 0, _FILES.format(state=state_label(state)), Look.TEXT)
        page.put(row, 1, count, Look.COUNT)
