"""Sheet "Dự báo" of the level above: what each lower committee will surely, possibly, no longer reach."""

from dataclasses import replace

from workbook.days import format_day
from workbook.outgoing.figures import Figure, reference, write_figures
from workbook.outgoing.page import Page, Paper
from workbook.outgoing.sheets import forecast
from workbook.outgoing.sheets.upper.words import of_committees
from workbook.outgoing.styles import Look
from workbook.upper_book import UpperBook

_NOTE = (
    "Số lấy từ trang Dự báo của các sổ cấp dưới. Dự kiến cả năm = Đã kết nạp + Chắc chắn kịp; "
    "Còn thiếu = Chỉ tiêu − Dự kiến cả năm. Cấp ủy chưa nộp để trống, không phải số 0."
)
_EXPECTED = '=IF(COUNT({cell[admitted]},{cell[sure]})=2,{cell[admitted]}+{cell[sure]},"—")'
_LACKING = '=IF(AND(N({cell[quota]})>0,ISNUMBER({cell[expected]})),MAX(0,{cell[quota]}-{cell[expected]}),"—")'
_FORMULAS = {"expected": _EXPECTED, "lacking": _LACKING}
_TOP = 3

FIGURES: tuple[Figure, ...] = tuple(
    replace(figure, counts="", formula=_FORMULAS.get(figure.name, "")) for figure in forecast.OWN
)
_EDGE = len(FIGURES) - 1


def write(paper: Paper, book: UpperBook) -> None:
    """Write the sheet."""
    page = Page(paper, forecast.NAME, of_committees(FIGURES), _TOP)
    until = format_day(book.base.committee.forecast_day)
    page.across(0, (0, _EDGE), f"DỰ BÁO KẾT NẠP ĐẾN NGÀY {until}", Look.TITLE)
    page.across(1, (0, _EDGE), f"{book.base.committee.name}, tính đến ngày {format_day(book.base.as_of)}", Look.REMARK)
    page.across(2, (0, _EDGE), _NOTE, Look.NOTE)
    page.sheet.set_row(2, 36)
    write_figures(page, FIGURES, book.forecast.assign(number=range(1, len(book.forecast) + 1)), {}, {})
    page.filtered(len(book.forecast))
    page.sheet.freeze_panes(_TOP + 1, 1)
    page.printed()


def cell(_: UpperBook, name: str, at: int) -> str:
    """The cell in the column `name` of the line with the place `at` from 0; past the last line the total's."""
    return reference(forecast.NAME, FIGURES, name, _TOP + 2 + at)
