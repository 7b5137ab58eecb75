"""Sheet "Biểu đồ": native charts over live figures, in shapes that survive a printer without colour."""

from collections.abc import Sequence
from math import ceil
from typing import Any

import pandas as pd
from xlsxwriter.chart import Chart

from validation.vocabulary import Stage
from workbook.book import Book
from workbook.labels import label
from workbook.outgoing.figures import live
from workbook.outgoing.page import Field, Page, Paper, header
from workbook.outgoing.sheets import data, progress, summary
from workbook.outgoing.styles import FONT, Accent, Look

NAME = "Biểu đồ"

#: More bars on a page than this cannot be told apart: the branches furthest behind are shown then.
MOST_BRANCHES = 30

# The charts stand at the left on the printed page, what they are drawn from at the right of it.
_TABLES_FROM = 15
_PAGE_COLUMNS = _TABLES_FROM - 2
_CHART_WIDTH = 960  # pixels of an A4 page across
_ROW_PIXELS = 21
# At this scale that width fits across an upright page, and one row fewer than these down it: with a scale of its own
# a sheet is broken where we say, which Excel does not promise for one that is fitted to the paper.
_SCALE, _PAGE_ROWS = 68, 66
_FIRST = 1  # row 0 is repeated on every page: nothing is drawn there
_GAP = 2  # rows
_SHIFT = 8  # pixels into its row: a frame on the very edge would be seen on the page before too
_MONTHS_HEIGHT = 380
_FUNNEL_HEIGHT = 300

_QUOTA = {"fill": {"color": "#FFFFFF"}, "border": {"color": "#404040", "width": 1.25}}
_ADMITTED = {"fill": {"color": "#1F4E79"}, "border": {"color": "#1F4E79"}}
_THIS_YEAR = {"line": {"color": "#1F4E79", "width": 2.75}, "marker": {"type": "circle", "size": 6}}
_PLAN = {"line": {"color": "#404040", "width": 1.5, "dash_type": "dash"}}
_LAST_YEAR = {"line": {"color": "#C55A11", "width": 1.75, "dash_type": "round_dot"}, "marker": {"type": "square"}}

_BEHIND = Field("name", "Chi bộ", 28), Field("quota", "Chỉ tiêu", 9), Field("admitted", "Đã kết nạp", 9)
_MONTHS = (
    Field("month", "Tháng", 8),
    Field("admitted", "Năm nay", 9),
    Field("planned", "Kế hoạch chia đều", 10),
    Field("before", "Năm trước (theo các sổ hiện có)", 14),
)
_STAGES = Field("stage", "Giai đoạn", 26), Field("count", "Số người", 9)


def write(paper: Paper, book: Book) -> None:
    """Write the sheet: who is behind, the year month by month, the funnel of stages."""
    page = Page(paper, NAME, ())
    behind = _furthest_behind(book)
    height = max(280, 130 + 26 * len(behind))
    rows = _tables(page, book, behind)
    charts = (
        (_quota_chart(paper, len(behind), rows[0], _shown_of(behind, book)), height),
        (_months_chart(paper, book, rows[1]), _MONTHS_HEIGHT),
        (_funnel(paper, rows[2]), _FUNNEL_HEIGHT),
    )
    page.printed(header("BIỂU ĐỒ KẾT NẠP ĐẢNG VIÊN", book))
    _draw(page, charts)


def _draw(page: Page, charts: Sequence[tuple[Chart, int]]) -> None:
    """Draw charts of so many pixels one below another; one that would be cut by the end of a page begins the next."""
    top, above, breaks = _FIRST, 0, list[int]()
    for chart, tall in charts:
        rows = ceil((_SHIFT + tall) / _ROW_PIXELS)
        if top + rows - above > _PAGE_ROWS:
            above = top
            breaks.append(top)
        chart.set_size({"width": _CHART_WIDTH, "height": tall})
        page.sheet.insert_chart(top, 0, chart, {"object_position": 3, "y_offset": _SHIFT})
        top += rows + _GAP
    page.sheet.print_area(0, 0, top - _GAP, _PAGE_COLUMNS)
    page.sheet.set_portrait()
    page.sheet.set_print_scale(_SCALE)
    page.sheet.set_h_pagebreaks(breaks)


def _furthest_behind(book: Book) -> pd.DataFrame:
    """The branches with a quota, the smallest share of it first; `at` is the branch's place in the book."""
    branches = book.branches.assign(at=range(len(book.branches)))
    owing = branches[branches["quota"] > 0]
    order = (owing["admitted"] / owing["quota"]).sort_values(kind="stable").index
    return owing.loc[order].head(MOST_BRANCHES)


def _shown_of(behind: pd.DataFrame, book: Book) -> str:
    owing = int((book.branches["quota"] > 0).sum())
    return "" if len(behind) == owing else f" – {len(behind)} chi bộ đạt thấp nhất trong {owing}"


def _tables(page: Page, book: Book, behind: pd.DataFrame) -> list[int]:
    """What the charts are drawn from, one table below another; the first row below each heading is returned."""
    cells = summary.cells(book)
    quotas = [
        [name, (f"={cells('quota', at)}", quota), (f"={cells('admitted', at)}", admitted)]
        for name, at, quota, admitted in behind[["name", "at", "quota", "admitted"]].itertuples(index=False)
    ]
    stages = [
        [label(stage), (f"={progress.total_cell(book, stage)}", int(book.branches[str(stage)].sum()))]
        for stage in Stage
    ]
    starts, top = [], 0
    known = _MONTHS if _knows_last_year(book) else _MONTHS[:-1]
    for fields, lines in ((_BEHIND, quotas), (known, _month_lines(book)), (_STAGES, stages)):
        _table(page, top, fields, [line[: len(fields)] for line in lines])
        starts.append(top + 1)
        top += len(lines) + 3
    return starts


def _month_lines(book: Book) -> list[list[Any]]:
    """Months with their figures; those that have not come are blank, so that a line ends today."""
    spans, year = data.spans(book), summary.YEAR
    quota = f"={summary.total_cell(book, 'quota')}"
    lines: list[list[Any]] = []
    for month, admitted, planned, before in book.months.itertuples(index=False):
        counted = [_until(spans, of, month) if live(book) else "" for of in (year, f"{year}-1")]
        come = month <= _reached(book)
        lines.append(
            [
                f"Tháng {month}",
                (counted[0], admitted) if come else None,
                (f"{quota}*{month}/12", planned),
                (counted[1], before),
            ]
        )
    return lines


def _knows_last_year(book: Book) -> bool:
    """Whether the registers hold anybody of the year before: a line of nothing would say that nobody was admitted."""
    return bool(book.months["before"].any())


def _reached(book: Book) -> int:
    """The last month of the year counted that has come by the day told of."""
    return 12 if book.as_of.year > book.committee.year else book.as_of.month


def _until(spans: dict[str, str], year: str, month: int) -> str:
    return f'=COUNTIFS({spans["admitted_in"]},{year},{spans["admitted_on"]},"<"&DATE({year},{month + 1},1))'


def _table(page: Page, top: int, fields: Sequence[Field], lines: Sequence[Sequence[Any]]) -> None:
    """Headings and lines; a pair is a formula and its value, or the value alone where there is no formula."""
    for column, field in enumerate(fields, _TABLES_FROM):
        page.sheet.set_column(column, column, max(field.width, 26 if column == _TABLES_FROM else 10))
        page.put(top, column, field.heading, Look.HEADING)
    for row, line in enumerate(lines, top + 1):
        for column, value in enumerate(line, _TABLES_FROM):
            if isinstance(value, tuple) and value[0]:
                page.formula((row, column), value[0], value[1], Look.COUNT, Accent.PLAIN)
            else:
                page.put(row, column, value[1] if isinstance(value, tuple) else value, Look.COUNT)


def _column(first: int, column: int, count: int) -> list[Any]:
    """The cells a series is drawn from."""
    at = _TABLES_FROM + column
    return [NAME, first, at, first + max(count, 1) - 1, at]


def _series(first: int, column: int, count: int, shape: dict[str, Any]) -> dict[str, Any]:
    heading = [NAME, first - 1, _TABLES_FROM + column]
    return {"name": heading, "categories": _column(first, 0, count), "values": _column(first, column, count), **shape}


def _quota_chart(paper: Paper, count: int, first: int, which: str) -> Chart:
    chart = paper.workbook.add_chart({"type": "bar"})
    labels = {"data_labels": {"value": True, "font": {"name": FONT, "size": 9}}}
    chart.add_series({**_series(first, 1, count, _QUOTA), "gap": 40, "overlap": 0})
    chart.add_series({**_series(first, 2, count, _ADMITTED), **labels})
    _dress(chart, f"Chỉ tiêu và đã kết nạp theo chi bộ{which}")
    chart.set_y_axis({"reverse": True, "num_font": {"name": FONT, "size": 9}})  # the first line of the table on top
    chart.set_x_axis(
        {
            "min": 0,
            "num_format": "0",  # persons
            "label_position": "high",
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
        }
    )
    return chart


def _months_chart(paper: Paper, book: Book, first: int) -> Chart:
    chart = paper.workbook.add_chart({"type": "line"})
    lines: list[tuple[int, int, dict[str, Any]]] = [
        (1, _reached(book), _THIS_YEAR),
        (2, 12, _PLAN),
        (3, 12, _LAST_YEAR),
    ]
    for column, count, shape in lines if _knows_last_year(book) else lines[:-1]:
        chart.add_series({**_series(first, column, count, shape), "categories": _column(first, 0, 12)})
    _dress(chart, "Kết nạp cộng dồn theo tháng")
    chart.set_y_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    return chart


def _funnel(paper: Paper, first: int) -> Chart:
    chart = paper.workbook.add_chart({"type": "bar"})
    labels = {"data_labels": {"value": True, "font": {"name": FONT, "size": 10}}}
    chart.add_series({**_series(first, 1, len(Stage), _ADMITTED), **labels, "gap": 30})
    _dress(chart, "Số người ở từng giai đoạn")
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"name": FONT, "size": 10}})
    chart.set_x_axis({"min": 0, "major_gridlines": {"visible": False}})
    return chart


def _dress(chart: Chart, title: str) -> None:
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 14}})
    chart.set_legend({"position": "bottom", "font": {"name": FONT, "size": 11}})
