"""Sheet "Quá hạn": what is late and what comes due, with the arithmetic, the clause, and who must act."""

from datetime import timedelta

import pandas as pd

from workbook.absent import untimed_said
from workbook.book import Book
from workbook.outgoing.page import Field, Page, Paper, as_list
from workbook.outgoing.styles import Accent, Look
from workbook.phrases import phrase

NAME = "Quá hạn"

FIELDS: tuple[Field, ...] = (
    Field("number", "STT", 5, Look.COUNT),
    Field("branch", "Chi bộ", 19),
    Field("name", "Họ và tên", 19),
    Field("step", "Bước", 21),
    Field("counted_from", "Mốc tính", 17),
    Field("started_on", "Ngày mốc", 11, Look.DATE),
    Field("term", "Thời hạn", 10),
    Field("due_on", "Hạn", 11, Look.DATE),
    Field("days_late", "Số ngày quá hạn", 8, Look.COUNT),
    Field("tier", "Mức", 11),
    Field("basis", "Căn cứ", 26),
    Field("watcher", "Người theo dõi", 16),
    Field("file", "Tệp", 17),
    Field("sheet", "Trang", 10),
    Field("cell", "Ô", 7, Look.CENTRE),
)

_GRAVELY_LATE = timedelta(days=90)
_SOON = timedelta(days=30)


def write(paper: Paper, book: Book) -> None:
    """Write the sheet, soonest due first as the book has it; the marked-out cells part in grey as in colour."""
    late = book.overdue.assign(number=range(1, len(book.overdue) + 1))
    late["days_late"] = late["days_late"].where(late["days_late"] > 0)  # not late yet is blank, not a nought
    page = as_list(_page(paper, book), "VIỆC QUÁ HẠN VÀ SẮP ĐẾN HẠN", late, book)
    accents = _accents(late, book)
    for name in ("due_on", "days_late", "tier"):
        page.accent(name, late[name].tolist(), accents)
    page.link("cell", late, late["cell"])
    page.sheet.freeze_panes(page.first, 3)


def _page(paper: Paper, book: Book) -> Page:
    """The headings; above them for how many persons the list cannot speak, where there are any."""
    if not book.untimed:
        return Page(paper, NAME, FIELDS)
    page = Page(paper, NAME, FIELDS, top=1)
    page.put(0, 0, phrase("page.untimed", untimed=untimed_said(book.untimed)), Look.FREE)
    return page


def _accents(late: pd.DataFrame, book: Book) -> list[Accent]:
    soon, long_ago = pd.Timestamp(book.as_of + _SOON), pd.Timestamp(book.as_of - _GRAVELY_LATE)
    accents = pd.Series(Accent.PLAIN, index=late.index, dtype=object)
    accents[late["due_on"] <= soon] = Accent.MILD
    accents[late["days_late"] > 0] = Accent.STRONG
    accents[late["due_on"] < long_ago] = Accent.GRAVE
    return [Accent(accent) for accent in accents]
