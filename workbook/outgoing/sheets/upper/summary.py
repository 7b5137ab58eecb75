"""Sheet "Tổng hợp" of the level above: one line a lower committee, sums and percentages live."""

from dataclasses import replace

from workbook.outgoing.figures import Figure, Total, reference, write_figures
from workbook.outgoing.page import Page, Paper
from workbook.outgoing.sheets import summary, tiers
from workbook.outgoing.sheets.upper.words import of_committees
from workbook.outgoing.styles import Look
from workbook.upper_book import UpperBook

NAME = summary.NAME

_TITLE = "TỔNG HỢP THỰC HIỆN CHỈ TIÊU KẾT NẠP ĐẢNG VIÊN CỦA CÁC CẤP ỦY CẤP DƯỚI"
_NOTES = (
    "Số lấy từ sổ chỉ tiêu của các cấp ủy cấp dưới. Chỉ tiêu là số cấp trên giao, chỗ nào cấp trên không ghi thì lấy "
    "tổng trong sổ cấp dưới. Tỷ lệ (%) = 100 × Đã kết nạp ÷ Chỉ tiêu; dòng Tổng số chia tổng cho tổng. Cấp ủy chưa nộp "
    "để trống, không phải số 0, nhưng chỉ tiêu giao cho cấp ủy ấy vẫn ở trong tổng. Còn thiếu ở dòng Tổng số là tổng "
    "số còn thiếu của các cấp ủy đã nộp, không bù trừ số vượt, nên có thể khác Chỉ tiêu trừ Đã kết nạp."
)


def _known(formula: str, part: str) -> str:
    """The formula where the part is a number, a dash where nobody has handed it in."""
    return f'=IF(ISNUMBER({{cell[{part}]}}),{formula.removeprefix("=")},"—")'


def _given(figure: Figure) -> Figure:
    """The column as a quota book has it, its counts taken over instead of counted."""
    part = dict.fromkeys(("percent", "lacking", "tier"), "admitted").get(figure.name)
    part = "term_admitted" if figure.name == "term_percent" else part
    return replace(figure, counts="", formula=_known(figure.formula, part) if part else figure.formula)


_OWN = ("kind", "watcher", "people")
FIGURES: tuple[Figure, ...] = (
    *(_given(figure) for figure in summary.FIGURES if figure.name not in _OWN),
    Figure("quota_below", "Chỉ tiêu theo sổ cấp dưới", 9),
    Figure("term_quota_below", "Chỉ tiêu nhiệm kỳ theo sổ cấp dưới", 9),
    Figure("units", "Số chi bộ", 8),
    Figure("silent", "Chi bộ chưa nộp sổ", 8),
    Figure("told_on", "Tính đến ngày", 12, Look.DATE, total=Total.NOTHING),
)


def write(paper: Paper, book: UpperBook) -> None:
    """Write the sheet."""
    top, branches = summary.top_of(book.base), book.base.branches
    page = Page(paper, NAME, of_committees(FIGURES), top)
    summary.head(page, book.base, _TITLE)
    shown = branches.assign(number=range(1, len(branches) + 1), tier=tiers.of(branches))
    decimals = book.base.committee.decimals
    last = write_figures(page, FIGURES, shown, summary.total_shares(branches, decimals), {"decimals": decimals})
    tiers.tint(page, last)
    page.bars("lacking", last)
    summary.foot(page, book.base, last + 1, _NOTES)
    page.sheet.freeze_panes(0, 2)  # not the headings: with all that stands above them they would fill a small screen
    page.filtered(len(branches))
    page.sheet.print_area(0, 0, last + summary.FOOT_HEIGHT, summary.EDGE)
    page.printed()


def cell(book: UpperBook, name: str, at: int) -> str:
    """The cell in the column `name` of the line with the place `at` from 0; past the last line the total's."""
    return reference(NAME, FIGURES, name, summary.top_of(book.base) + 2 + at)


def lines(book: UpperBook) -> list[str]:
    """The committees in the order of the sheet."""
    return [str(name) for name in book.base.branches["name"]]
