"""Sheet "Tổng hợp": the quota table a leader signs, one line per branch; every count can be recounted."""

from collections.abc import Callable, Collection

import pandas as pd

from workbook.book import Book
from workbook.committee import CountedBy
from workbook.days import format_day
from workbook.outgoing.figures import MOST_LIVE, Figure, Total, affordable, live, reference, write_figures
from workbook.outgoing.page import Page, Paper
from workbook.outgoing.sheets import data, tiers
from workbook.outgoing.styles import ROW_HEIGHT, Accent, Look
from workbook.outgoing.wrapped import line_count
from workbook.percent import percent

NAME = "Tổng hợp"

#: Where every count finds the year that is counted; a clerk may change it to look at another year.
YEAR = f"'{NAME}'!$C$5"
_YEAR_CELL = (4, 2)
_HEADLINE_FROM = 5
_LEADING = 5  # the lines a leader must not miss
EDGE = 19  # the last column that is printed; those beyond are for the screen
_LEFT, _RIGHT = (0, 7), (9, EDGE)
_CHARTS = (4, 7)
CHARTS, SEE_CHARTS = "Biểu đồ", "Xem biểu đồ"
_ONLY_OURS = ("kind", "watcher", "people")  # free text, and what names people or leads to them
FOOT_HEIGHT = 10

_COUNTING = "Đếm theo {day}"
_COUNTED_BY = {CountedBy.CEREMONY: "ngày lễ kết nạp", CountedBy.DECISION: "ngày quyết định kết nạp"}
_TITLE = "TỔNG HỢP THỰC HIỆN CHỈ TIÊU KẾT NẠP ĐẢNG VIÊN"
_NOTES = (
    "Tỷ lệ (%) = 100 × Đã kết nạp ÷ Chỉ tiêu; dòng Tổng số chia tổng cho tổng. Còn thiếu ở dòng Tổng số là tổng số "
    "còn thiếu của từng chi bộ. Dự bị gồm cả người kết nạp năm trước chưa công nhận chính thức. Lỗi: số người mà dòng "
    "còn lỗi; Trong đó có lỗi: số người đã kết nạp mà dòng còn lỗi. Chi bộ chưa nộp sổ thì các số đếm là 0 vì chưa có "
    "sổ. Mức đạt: Chưa có ai (0), Chưa đạt (dưới chỉ tiêu), Đạt."
)
_NOT_LIVE = "Có trên {most} chi bộ nên các số đếm từ trang Dữ liệu ghi sẵn giá trị, không phải công thức."


def _share(part: str, whole: str) -> str:
    part, whole = f"{{cell[{part}]}}", f"{{cell[{whole}]}}"
    return f'=IF(N({whole})=0,"—",ROUND(100*{part}/{whole},{{decimals}}))'


_ADMITTED = "{data[admitted_in]},{year}"
_INVALID = '{data[verdict]},"{label[invalid]}"'
_LACKING = '=IF(N({cell[quota]})=0,"—",MAX(0,{cell[quota]}-{cell[admitted]}))'
_RANK = '=IF(ISNUMBER({cell[percent]}),RANK({cell[percent]},{column[percent]}),"—")'

FIGURES: tuple[Figure, ...] = (
    Figure("number", "STT", 5, total=Total.NOTHING),
    Figure("name", "Chi bộ", 30, Look.TEXT, total=Total.NOTHING),
    Figure("members", "Số đảng viên", 8),
    Figure("quota", "Chỉ tiêu", 7),
    Figure("admitted", "Đã kết nạp", 7, counts=_ADMITTED, credited=True),
    Figure("percent", "Tỷ lệ (%)", 8, Look.SHARE, formula=_share("admitted", "quota"), total=Total.AGAIN),
    Figure("lacking", "Còn thiếu", 7, formula=_LACKING),
    Figure("expected", "Dự kiến cả năm", 8, counts='{data[expected]},"{label[yes]}"', credited=True),
    Figure("sympathizer", "Nguồn", 8, counts=data.in_stage("sympathizer")),
    Figure("certified", "Đã có giấy chứng nhận", 9, counts=data.in_stage("certified")),
    Figure("dossier", "Đang làm hồ sơ", 8, counts=data.in_stage("dossier")),
    Figure("awaiting_decision", "Chờ quyết định", 8, counts=data.in_stage("awaiting_decision")),
    Figure("awaiting_ceremony", "Chờ lễ kết nạp", 8, counts=data.in_stage("awaiting_ceremony")),
    Figure("probationary", "Dự bị", 7, counts=data.in_stage("probationary")),
    Figure("overdue", "Quá hạn", 7, counts='{data[overdue]},">0"'),
    Figure("errors", "Lỗi", 6, counts=_INVALID),
    Figure("rank", "Xếp hạng", 7, formula=_RANK, total=Total.NOTHING),
    Figure("tier", "Mức đạt", 9, Look.CENTRE, formula=tiers.FORMULA, total=Total.AGAIN),
    Figure("admitted_with_errors", "Trong đó có lỗi", 8, counts=f"{_ADMITTED},{_INVALID}", credited=True),
    Figure("remark", "Ghi chú", 15, Look.TEXT, total=Total.NOTHING),
    Figure("certificates", "Cấp giấy chứng nhận trong năm", 10, counts="{data[certified_in]},{year}"),
    Figure("term_quota", "Chỉ tiêu nhiệm kỳ", 8),
    Figure("term_admitted", "Đã kết nạp nhiệm kỳ", 8, counts='{data[in_term]},"{label[yes]}"', credited=True),
    Figure(
        "term_percent",
        "Tỷ lệ nhiệm kỳ (%)",
        8,
        Look.SHARE,
        formula=_share("term_admitted", "term_quota"),
        total=Total.AGAIN,
    ),
    Figure("kind", "Loại hình", 16, Look.TEXT, total=Total.NOTHING),
    Figure("watcher", "Người theo dõi", 24, Look.TEXT, total=Total.NOTHING),
    Figure("people", "Danh sách", 10, Look.CENTRE, total=Total.NOTHING),
)

# In digits of the first lines, whose letters are larger.
_HALF, _WHOLE = (sum(figure.width for figure in FIGURES[: last + 1]) * 12 / 13 for last in (_LEFT[1], EDGE))


def write(paper: Paper, book: Book) -> None:
    """Write the sheet: whose it is and of which day, the lines a leader reads first, the table, the signatures."""
    figures = affordable(_figures(book), book)
    top = top_of(book)
    page = Page(paper, NAME, figures, top)
    head(page, book)
    shares = total_shares(book.branches, book.committee.decimals)
    last = write_figures(page, figures, _shown(book), shares, {**data.names(book), "year": YEAR})
    _lead_to_people(page, book)
    _lead_to_charts(page, book)
    tiers.tint(page, last)
    page.bars("lacking", last)  # not the shares: LibreOffice shows no bar where another format holds
    notes = _NOTES if live(book) or book.counts_only else f"{_NOTES} {_NOT_LIVE.format(most=MOST_LIVE)}"
    foot(page, book, last + 1, notes)
    page.sheet.freeze_panes(0, 2)  # not the headings: with all that stands above them they would fill a small screen
    page.filtered(len(book.branches))
    page.sheet.print_area(0, 0, last + FOOT_HEIGHT, EDGE)
    page.printed()


def total_shares(branches: pd.DataFrame, decimals: int) -> dict[str, object]:
    """What the total line shows of the columns that are no sums."""
    sums = branches[["admitted", "quota", "term_admitted", "term_quota"]].sum().astype(int)
    return {
        "percent": percent(sums["admitted"], sums["quota"], decimals),
        "term_percent": percent(sums["term_admitted"], sums["term_quota"], decimals),
        "tier": tiers.of_total(sums),
    }


def _figures(book: Book) -> tuple[Figure, ...]:
    """The columns; a book of counts alone goes to others."""
    return tuple(one for one in FIGURES if not (book.counts_only and one.name in _ONLY_OURS))


def counted_by(texts: Collection[str]) -> CountedBy:
    """Which day counts, by the texts above the table of a book that we wrote."""
    told = (kind for kind, words in _COUNTED_BY.items() if _COUNTING.format(day=words) in texts)
    return next(told, CountedBy.CEREMONY)


def _shown(book: Book) -> pd.DataFrame:
    """A line per branch with the values the formulas come to."""
    branches = book.branches
    return branches.assign(
        number=range(1, len(branches) + 1),
        people="",
        tier=tiers.of(branches),
        lacking=branches["lacking"].where(branches["percent"].notna()),
        rank=branches["rank"].where(branches["rank"] > 0),
    )


def _lead_to_charts(page: Page, book: Book) -> None:
    if not book.counts_only:
        page.across(4, _CHARTS, SEE_CHARTS, Look.FREE_LINK)
        page.lead((4, _CHARTS[0]), f"internal:'{CHARTS}'!A1", SEE_CHARTS, Look.FREE_LINK)


def _lead_to_people(page: Page, book: Book) -> None:
    targets = data.first_lines(book)
    for row, name in enumerate(book.branches["name"], page.first):
        if name in targets:
            page.lead((row, len(FIGURES) - 1), targets[name], "Xem", Look.LINK)


def head(page: Page, book: Book, title: str = _TITLE) -> None:
    """Write whose table it is and of which day, and the lines a leader reads first."""
    committee = book.committee
    page.across(0, _LEFT, committee.superior.upper(), Look.CENTRED)
    page.across(1, _LEFT, committee.name.upper(), Look.EMPHASIS)
    page.across(0, _RIGHT, "ĐẢNG CỘNG SẢN VIỆT NAM", Look.EMPHASIS)
    page.across(2, (0, EDGE), title, Look.TITLE)
    page.sheet.set_row(2, 30)
    page.across(3, (0, EDGE), f"Tính đến ngày {format_day(book.as_of)}", Look.REMARK)
    page.across(4, (0, 1), "Năm đếm kết nạp: ", Look.FREE_RIGHT)
    page.put(*_YEAR_CELL, committee.year, Look.YEAR, Accent.TOTAL)
    page.across(4, _RIGHT, _COUNTING.format(day=_COUNTED_BY[committee.counted_by]), Look.FREE)
    place = 0
    for row, texts in enumerate(_headline_rows(book), _HEADLINE_FROM):
        for columns, text in zip(((0, EDGE),) if len(texts) == 1 else (_LEFT, _RIGHT), texts, strict=True):
            page.across(row, columns, text, Look.FREE_STRONG if place < _LEADING else Look.FREE_WRAPPED)
            place += 1
        high = line_count(texts[0], _WHOLE, bold=True)
        if len(texts) == 1 and high > 1:
            page.sheet.set_row(row, ROW_HEIGHT * high)


def _headline_rows(book: Book) -> list[list[str]]:
    """The lines a leader reads first, two in a row where they fit."""
    rows: list[list[str]] = []
    for text in (f"{label}: {value}" for label, value in book.headline):
        wide = line_count(text, _HALF, bold=True) > 1
        if rows and len(rows[-1]) == 1 and not wide and line_count(rows[-1][0], _HALF, bold=True) == 1:
            rows[-1].append(text)
        else:
            rows.append([text])
    return rows


def foot(page: Page, book: Book, row: int, notes: str) -> None:
    """Write what the table must be read with, and who signs it, from the 0-based `row` on."""
    page.across(row, (0, EDGE), notes, Look.NOTE)
    page.sheet.set_row(row, 36)
    page.across(row + 2, _RIGHT, f"Ngày …… tháng …… năm {book.as_of.year}", Look.REMARK)
    for columns, signer in ((_LEFT, "NGƯỜI LẬP BIỂU"), (_RIGHT, "T/M CẤP ỦY")):
        page.across(row + 3, columns, signer, Look.EMPHASIS)
        page.across(row + 4, columns, "(Ký, ghi rõ họ và tên)", Look.REMARK)


def cells(book: Book) -> Callable[[str, int], str]:
    """(column, branch's place from 0) → the cell of this sheet, for formulas of other sheets."""
    first = top_of(book) + 2
    return lambda name, at: reference(NAME, FIGURES, name, first + at)


def total_cell(book: Book, name: str) -> str:
    """The cell of the total line in the column `name`."""
    return cells(book)(name, max(len(book.branches), 1))


def top_of(book: Book) -> int:
    """The 0-based row of the headings, below the lines a leader reads first."""
    return _HEADLINE_FROM + len(_headline_rows(book)) + 1
