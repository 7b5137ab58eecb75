"""From a quota book to the written report: read, say, fill the template, write; what is doubtful is asked."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from workbook.errors import Unreachable, WorkbookError
from workbook.incoming.quota_book import QuotaBook, part, read_quota_book
from workbook.incoming.raw import Question
from workbook.layout import COUNT_BOOKS
from workbook.outgoing import report_template
from workbook.outgoing.report import render
from workbook.report.facts import Period, facts
from workbook.report.report import report
from workbook.run import Doubt
from workbook.text import key

#: Sheets that a section of the report is made from; what a book of counts alone has in place of its persons.
_SECTIONS = ("composition", "progress", "forecast", "submissions")
_OF_PERSONS, _OF_COUNTS = ("late", "people"), ("due",)


def written(
    path: Path, earlier: Sequence[Path], period: Period, template: Path | None, *, named: bool
) -> tuple[bytes, tuple[Doubt, ...]]:
    """The report on the quota book at `path` as the bytes of a Word document, and what is doubtful about the books.

    `earlier`: quota books to compare with, of the same committee and an earlier day; others are asked about and left
    out. Persons are `named` only where asked for. Raises UnreadableWorkbook with the name of the file.
    """
    book = read_quota_book(path, counts=True)
    others = [read_quota_book(one, earlier=True, counts=True) for one in earlier]
    doubts = [*_lacking(book), *(doubt for other in others for doubt in _unfit(other, book))]
    unfit = {doubt.file for doubt in doubts}
    kept = [other for other in others if other.file not in unfit]
    layout = _layout(template) if template else report_template.build()
    said = report(facts(book, kept, period, named=named))
    try:
        return render(said, book.file, layout), tuple(doubts)
    except WorkbookError as error:
        raise type(error)(error.code, {**error.detail, "file": template.name if template else ""}) from error


def _layout(template: Path) -> bytes:
    try:
        return template.read_bytes()
    except OSError as error:
        raise Unreachable("path.missing", {"path": str(template)}) from error


def _lacking(book: QuotaBook) -> Iterator[Doubt]:
    for name in (*_SECTIONS, *(_OF_COUNTS if book.kind in COUNT_BOOKS else _OF_PERSONS)):
        if name not in book.tables:
            yield Doubt(book.file, part(name).sheet, Question("quota_book.sheet_missing"))


def _unfit(other: QuotaBook, book: QuotaBook) -> Iterator[Doubt]:
    """Why a book is none to compare with."""
    sheet = part("branches").sheet
    before, now = (one.title.name.text if one.title.name else "" for one in (other, book))
    if before and now and key(before) != key(now):
        yield Doubt(other.file, sheet, Question("report.earlier_other", detail={"before": before, "now": now}))
    if other.as_of >= book.as_of:
        detail: dict[str, object] = {"before": other.as_of, "now": book.as_of}
        yield Doubt(other.file, sheet, Question("report.earlier_later", detail=detail))
