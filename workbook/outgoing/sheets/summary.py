"""Sheet "Tổng hợp": the quota table a leader signs, one line per branch; every count can be recounted."""

from xlsxwriter.utility import xl_rowcol_to_cell

import pandas as pd

from workbook.book import Book
from workbook.committee import CountedBy
from workbook.outgoing.figures import Figure, Total, affordable, live, write_figures
from workbook.outgoing.page import Page, Paper
from workbook.outgoing.sheets import data
from workbook.outgoing.styles import Look
from workbook.percent import percent

NAME = "Tổng hợp"

_YEAR_ROW, _YEAR_COLUMN = 4, 2
#: Where other sheets find the year that is counted.
YEAR = f"'{NAME}'!{xl_rowcol_to_cell(_YEAR_ROW, _YEAR_COLUMN, row_abs=True, col_abs=True)}"


def _share(part: str, whole: str) -> str:
    part, whole = f"{{cell[{part}]}}", f"{{cell[{whole}]}}"
    return f'=IF(N({whole})=0,"—",ROUND(100*{part}/{whole},{{decimals}}))'


def _in_stage(stage: str) -> str:
    return f'{{data[stage]}},"{{label[{stage}]}}"'


_ADMITTED = "{data[admitted_in]},{year}"
_INVALID = '{data[verdict]},"{label[invalid]}"'
_LACKING = '=IF(N({cell[quota]})=0,"—",MAX(0,{cell[quota]}-{cell[admitted]}))'
_RANK = '=IF(ISNUMBER({cell[percent]}),RANK({cell[percent]},{column[percent]}),"—")'

FIGURES: tuple[Figure, ...] = (
    Figure("number", "STT", 5, total=Total.NOTHING),
    Figure("name", "Chi bộ", 28, Look.TEXT, total=Total.NOTHING),
    Figure("members", "Số đảng viên", 8),
    Figure("quota", "Chỉ tiêu", 7),
    Figure("admitted", "Đã kết nạp", 7, counts=_ADMITTED),
    Figure("percent", "Tỷ lệ (%)", 8, Look.SHARE, formula=_share("admitted", "quota"), total=Total.AGAIN),
    Figure("lacking", "Còn thiếu", 7, formula=_LACKING),
    Figure("expected", "Dự kiến cả năm", 8, counts='{data[expected]},"{label[yes]}"'),
    Figure("sympathizer", "Nguồn", 8, counts=_in_stage("sympathizer")),
    Figure("certified_stage", "Đã có giấy chứng nhận", 9, counts=_in_stage("certified")),
    Figure("dossier", "Đang làm hồ sơ", 8, counts=_in_stage("dossier")),
    Figure("awaiting_decision", "Chờ quyết định", 8, counts=_in_stage("awaiting_decision")),
    Figure("awaiting_ceremony", "Chờ lễ kết nạp", 8, counts=_in_stage("awaiting_ceremony")),
    Figure("probationary", "Dự bị", 7, counts=_in_stage("probationary")),
    Figure("overdue", "Quá hạn", 7, counts='{data[overdue]},">0"'),
    Figure("errors", "Lỗi", 6, counts=_INVALID),
    Figure("rank", "Xếp hạng", 7, formula=_RANK, total=Total.NOTHING),
    Figure("admitted_with_errors", "Trong đó có lỗi", 8, counts=f"{_ADMITTED},{_INVALID}"),
    Figure("certified", "Cấp giấy chứng nhận trong năm", 10, counts="{data[certified_in]},{year}"),
    Figure("term_quota", "Chỉ tiêu nhiệm kỳ", 8),
    Figure("term_admitted", "Đã kết nạp nhiệm kỳ", 8, counts='{data[in_term]},"{label[yes]}"'),
    Figure("term_percent", "Tỷ lệ nhiệm kỳ (%)", 8, Look.SHARE, formula=_share("term_admitted", "term_quota"), total=Total.AGAIN),
    Figure("kind", "Loại hình", 14, Look.TEXT, total=Total.NOTHING),
    Figure("watcher", "Người theo dõi", 18, Look.TEXT, total=Total.NOTHING),
)
