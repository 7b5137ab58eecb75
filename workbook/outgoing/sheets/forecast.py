"""Sheet "Dự báo": what each branch will surely, possibly, no longer reach; below, who must do what by when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pandas as pd
from xlsxwriter.utility import xl_range_abs

from validation.durations import ENOUGH
from validation.forecast import Hope, Outlook
from validation.vocabulary import Stage
from workbook.book import Book
from workbook.days import format_day
from workbook.labels import label, label_by_value
from workbook.outgoing.figures import Figure, Total, affordable, write_figures
from workbook.outgoing.page import Field, Page, Paper, header
from workbook.outgoing.sheets import data, summary
from workbook.outgoing.styles import ROW_HEIGHT, Accent, Look
from workbook.outgoing.wrapped import line_count
from workbook.phrases import phrase

NAME = "Dự báo"

_LACKING = '=IF(N({cell[quota]})=0,"—",MAX(0,{cell[quota]}-{cell[expected]}))'
_ADMITTED = next(figure for figure in summary.FIGURES if figure.name == "admitted")


def _counted(outlook: Outlook, width: float) -> Figure:
    return Figure(str(outlook), label(outlook), width, counts=f'{{data[outlook]}},"{label(outlook)}"')


def _hoped(hope: Hope, heading: str, width: float) -> Figure:
    return Figure(str(hope), heading, width, counts=f'{{data[hope]}},"{label(hope)}"')


# The tables share their columns: widths are those of the persons' table.
_FIGURES: tuple[Figure, ...] = (
    Figure("name", "Chi bộ", 18, Look.TEXT, total=Total.NOTHING),
    Figure("quota", "Chỉ tiêu", 14),
    replace(_ADMITTED, width=9),
    _counted(Outlook.SURE, 17),
    _counted(Outlook.POSSIBLE, 10),
    _counted(Outlook.IMPOSSIBLE, 7),
    Figure("expected", "Dự kiến cả năm", 9, formula="={cell[admitted]}+{cell[sure]}"),
    Figure("lacking", "Còn thiếu", 10, formula=_LACKING),
)
_NUMBER = Figure("number", "STT chi bộ", 10, total=Total.NOTHING)  # for the formulas: it stands last, off the paper
FIGURES: tuple[Figure, ...] = (*_FIGURES, _NUMBER)
#: With what is known of the possible; a book of counts made from an older one does not tell it.
HOPES = (Hope.LIKELY, Hope.UNLIKELY, Hope.PASSED)
OWN: tuple[Figure, ...] = (
    *_FIGURES,
    _hoped(Hope.LIKELY, "Có thể kịp, theo kinh nghiệm", 10),
    _hoped(Hope.UNLIKELY, "Có thể kịp, nhưng theo kinh nghiệm khó kịp", 20),
    _hoped(Hope.PASSED, "Có thể kịp, chưa ước được theo kinh nghiệm, đã qua ngày chậm nhất", 26),
    _NUMBER,
)
# Whoever prints the list wants to know who must do what: where it stands in a file is left out on paper.
PERSONS: tuple[Field, ...] = (
    Field("branch", "Chi bộ", 18),
    Field("name", "Họ và tên", 14),
    Field("outlook", "Dự báo", 9),
    Field("next_step", "Bước tới", 17),
    Field("act_by", "Chậm nhất", 10, Look.DATE),
    Field("tier", "Mức", 7),
    Field("actor", "Ai làm", 9),
    Field("earliest_on", "Sớm nhất theo luật", 10, Look.DATE),
    Field("likely_on", "Theo kinh nghiệm", 10, Look.DATE),
    Field("plan", "Các bước còn lại, ngày chậm nhất (tính theo)", 20),
    Field("reason", "Vì sao, còn vướng gì", 26),
    Field("stage", "Giai đoạn", 12),
    Field("file", "Tệp", 20),
    Field("sheet", "Trang", 9),
    Field("cell", "Ô", 7, Look.CENTRE),
)

_LAW = (
    "Chắc chắn kịp: chi bộ đã có nghị quyết, sổ đủ ngày sinh, giấy chứng nhận, đơn, thẩm tra và không ghi gì trái "
    "điều kiện, chỉ cần giữ đúng hạn. Có thể kịp: luật chưa loại, chưa phải là dự kiến sẽ kịp, kể cả người chưa đủ dữ"
    " liệu hoặc cần xác nhận. Không kịp: chưa đủ tuổi, mốc đã qua, hoặc hôm nay là mốc mà còn chờ nghị quyết, quyết "
    "định (lẽ thường, không phải luật). Mức Làm gấp: đã muộn so với thường lệ, không quá hạn nào. Sớm nhất theo luật:"
    " chỉ ghi khi phải chờ đủ tuổi, trống là không phải chờ; các bước coi như làm liền nhau, vì luật không định bước "
    "này cách bước kia bao lâu. Ngày chậm nhất lùi từ ngày dự báo (mốc), theo thời hạn tối đa tính bằng ngày làm việc"
    " (luật) hay theo các ca trước (kinh nghiệm); (tạm tính): luật tính từ ngày nhận, sổ không có nên tính từ ngày "
    "gửi hoặc ngày ban hành; (không sớm hơn được): luật chưa cho làm trước ngày ấy; (cần xác nhận): xét trước ngày ấy"
    " thì cần xác nhận người giới thiệu đã cùng công tác đủ số tháng; (không có thời hạn): không biết bước này mất "
    "bao lâu. Dự kiến cả năm = Đã kết nạp + Chắc chắn kịp; Còn thiếu = Chỉ tiêu − Dự kiến cả năm."
)
_EXPERIENCE = "Kinh nghiệm, từ các ca đã kết nạp của chính cấp ủy (thường – phần lớn không quá): {acts}."
_ACT = "{act} {days} ngày ({cases} ca)"
_NO_EXPERIENCE = "Kinh nghiệm: chưa có đủ ca đã kết nạp ghi ngày (mỗi bước cần ít nhất {enough} ca), nên không tính."

_PERSONS_TITLE = "AI PHẢI LÀM GÌ, CHẬM NHẤT NGÀY NÀO (quá hạn trước, rồi việc gần nhất; khó kịp và không kịp ở sau)"
_TOP = 2
_SMALLER = 12 / 11  # the letters of a note are 11 points high, columns are measured in digits of 12
_EDGE = next(place for place, field in enumerate(PERSONS) if field.name == "reason")  # the last column on paper
_PADDING = 5 / 8  # of a digit, by which every column is wider than the text it holds
_SOON = 30  # days
_PAST = "Đã qua"  # not overdue: the last safe day of a plan is no term
_HURRY = "Làm gấp"  # nobody has missed that day, so none is shown
_WITHIN = phrase("clock.tier_within", days=_SOON)
_TIERS = {_WITHIN: Accent.MILD, _PAST: Accent.STRONG}
_ACCENTS = {Outlook.IMPOSSIBLE: Accent.STRONG, Outlook.POSSIBLE: Accent.MILD}


def write(paper: Paper, book: Book) -> None:
    """Write the sheet: a line per branch, what is law and what is experience, then a line per person if it has any."""
    figures = affordable(OWN if "hope" in book.prospects else FIGURES, book)
    page, edge = Page(paper, NAME, figures, _TOP), len(figures) - 2
    _head(page, book, edge)
    names = {**data.names(book), "year": summary.YEAR}
    last = write_figures(page, figures, _branches(book), {}, names)
    columns = figures if book.counts_only else PERSONS
    below = _write_notes(page, book, last + 2, columns[: edge + 1])
    printed = [xl_range_abs(_TOP, 0, below - 1, edge)]
    if not book.counts_only:
        page.across(below + 1, (0, _EDGE), _PERSONS_TITLE, Look.TITLE)
        page = page.further(PERSONS, below + 2)
        _write_persons(page, book)
        page.filtered(len(book.prospects))
        printed.append(xl_range_abs(below + 1, 0, page.top + len(book.prospects), _EDGE))
    page.sheet.freeze_panes(0, 2)
    page.printed(header(_title(book), book))
    # Each area begins a page of its own, in any application; the title of the sheet stands above every page already.
    page.sheet.print_area_range = ",".join(f"'{NAME}'!{area}" for area in printed)


def _branches(book: Book) -> pd.DataFrame:
    """A line per branch with the values the formulas come to."""
    branches = book.branches
    shown = branches[["name", "quota", "admitted"]].assign(number=range(1, len(branches) + 1))
    for column, kinds in {"outlook": Outlook, "hope": HOPES}.items():
        if column not in book.prospects:
            continue
        counts = pd.crosstab(book.prospects["branch"], book.prospects[column])
        lines = counts.reindex(index=branches["name"], columns=[str(one) for one in kinds], fill_value=0)
        shown = shown.join(lines, on="name")
    expected = shown["admitted"] + shown[str(Outlook.SURE)]
    lacking = (shown["quota"] - expected).clip(lower=0).where(shown["quota"] > 0)
    return shown.assign(expected=expected, lacking=lacking)


def _write_persons(page: Page, book: Book) -> None:
    lines = book.prospects.assign(
        stage=book.prospects["stage"].map(label_by_value(Stage)),
        outlook=book.prospects["outlook"].map(label_by_value(Outlook)),
        tier=_tiers(book),
    )
    page.table(lines)
    outlooks = [_ACCENTS.get(Outlook(one), Accent.PLAIN) for one in book.prospects["outlook"]]
    page.accent("outlook", lines["outlook"].tolist(), outlooks)
    urgency = [_TIERS.get(tier, Accent.PLAIN) for tier in lines["tier"]]
    for name in ("act_by", "tier"):
        page.accent(name, lines[name].tolist(), urgency)
    page.link("cell", lines, lines["cell"])


def _tiers(book: Book) -> "pd.Series[str]":
    """How near each last safe day is, in words, as paper without colour shows it; "" where it is far."""
    days = book.prospects["act_by"]
    soon = pd.Timestamp(book.as_of + timedelta(days=_SOON))
    hurry = days.isna() & (book.prospects["outlook"] == Outlook.POSSIBLE)
    tiers = pd.Series("", index=days.index, dtype="str").mask(days <= soon, _WITHIN).mask(hurry, _HURRY)
    return tiers.mask(days < pd.Timestamp(book.as_of), _PAST)


def _title(book: Book) -> str:
    return f"DỰ BÁO KẾT NẠP ĐẾN NGÀY {format_day(book.committee.forecast_day)}"


def _head(page: Page, book: Book, edge: int) -> None:
    page.across(0, (0, edge), _title(book), Look.TITLE)
    page.across(1, (0, edge), f"{book.committee.name}, tính đến ngày {format_day(book.as_of)}", Look.REMARK)


def _write_notes(page: Page, book: Book, top: int, columns: Sequence[Field]) -> int:
    """Write from the 0-based row `top` on what the numbers rest on, over those columns; the row below is returned."""
    notes = (_LAW,) if book.counts_only else (_LAW, _learnt(book), book.law_numbers)
    width = sum(column.width + _PADDING for column in columns) * _SMALLER
    below = top
    for below, text in enumerate(filter(None, notes), top):
        page.across(below, (0, len(columns) - 1), text, Look.NOTE)
        page.sheet.set_row(below, ROW_HEIGHT / _SMALLER * line_count(text, width))
    return below + 1


def _learnt(book: Book) -> str:
    if book.experience.empty:
        return _NO_EXPERIENCE.format(enough=ENOUGH)
    acts = [
        _ACT.format(act=act, days=usual if usual == most else f"{usual}–{most}", cases=cases)
        for act, cases, usual, most in book.experience.itertuples(index=False)
    ]
    return _EXPERIENCE.format(acts="; ".join(acts))
