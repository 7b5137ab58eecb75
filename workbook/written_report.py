"""From a quota book to the written report: read, say, fill the template, write; what is doubtful is asked."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from workbook.errors import NotAWorkbook, Unreachable, WorkbookError
from workbook.given import Doubt
from workbook.incoming.board_states import unknown_states
from workbook.incoming.guard import guarded
from workbook.incoming.parcel import inspect
from workbook.incoming.quota_book import QuotaBook, part, read_quota_book
from workbook.incoming.raw import Question
from workbook.layout import COUNT_BOOKS
from workbook.outgoing import report_template
from workbook.outgoing.report import Filled, render
from workbook.report.facts import Period, facts
from workbook.report.report import Report, report
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
    said = report(facts(book, kept, period, named=named))
    name = template.name if template else ""
    try:
        filled = guarded(_filled, said, book.file, template)
    except WorkbookError as error:
        raise type(error)(error.code, {**error.detail, "file": name}) from error
    return filled.content, (*doubts, *_unfilled(filled, name))


def _filled(said: Report, book: str, template: Path | None) -> Filled:
    """The filled layout; called in a child process, for a layout that never ends or fills the memory."""
    return render(said, book, _layout(template) if template else report_template.build())


def _layout(template: Path) -> bytes:
    """A layout comes from strange hands too: what would unpack to a thousand times its size is no layout."""
    try:
        content = template.read_bytes()
        with ZipFile(BytesIO(content)) as package:
            inspect(package, len(content))
    except BadZipFile as error:
        raise NotAWorkbook("report.template_unreadable") from error
    except OSError as error:
        raise Unreachable("path.missing", {"path": str(template)}) from error
    return content


def _unfilled(filled: Filled, template: str) -> Iterator[Doubt]:
    """What of the report a clerk's layout leaves out."""
    told = {"report.template_lacks": filled.missing, "report.template_swallowed": filled.swallowed}
    for code, places in told.items():
        if places:
            yield Doubt(template, "", Question(code, detail={"places": ", ".join(places)}))


def _lacking(book: QuotaBook) -> Iterator[Doubt]:
    """What the book no longer tells."""
    for name in (*_SECTIONS, *(_OF_COUNTS if book.kind in COUNT_BOOKS else _OF_PERSONS)):
        if name not in book.tables:
            yield Doubt(book.file, part(name).sheet, Question("quota_book.sheet_missing"))
    if board := book.tables.get("submissions"):
        yield from (Doubt(book.file, sheet, question) for sheet, question in unknown_states(board))


def _unfit(other: QuotaBook, book: QuotaBook) -> Iterator[Doubt]:
    """Why a book is none to compare with."""
    sheet = part("branches").sheet
    before, now = (one.title.name.text if one.title.name else "" for one in (other, book))
    if before and now and key(before) != key(now):
        yield Doubt(other.file, sheet, Question("report.earlier_other", detail={"before": before, "now": now}))
    if other.as_of >= book.as_of:
        detail: dict[str, object] = {"before": other.as_of, "now": book.as_of}
        yield Doubt(other.file, sheet, Question("report.earlier_later", detail=detail))
