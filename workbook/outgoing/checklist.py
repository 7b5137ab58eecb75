"""Check lists before a branch resolves: one A4 page a person, to be printed, ticked and signed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import accumulate
from textwrap import wrap

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from workbook.consolidate.checklist import Checklist, Line
from workbook.days import format_day
from workbook.outgoing import blank_sheet
from workbook.outgoing.styles import ROW_HEIGHT, Look, Styles
from workbook.phrases import phrase

_WIDTHS = (4, 29, 11, 12, 28)  # of the columns, in digits: together the width of an A4 page
_ALL, _LEFT, _RIGHT = (0, 4), (0, 1), (2, 4)
_A4, _PAGE_HEIGHT = 9, 740  # the paper's number; points between the margins
_LETTERS = 1.05  # letters in the width of a digit
_MOST_PAGES = 1_000  # a sheet holds 1,023 page breaks
_TICKED, _OPEN = "\u2611", "\u2610"


@dataclass(frozen=True, slots=True)
class _Cell:
    """One text over the columns from the first to the last, both included."""

    columns: tuple[int, int]
    text: str
    look: Look

    @property
    def lines(self) -> int:
        """About how many lines the text takes; one where it does not wrap."""
        if self.look not in (Look.TEXT, Look.NOTE, Look.HEADING):
            return 1
        width = sum(_WIDTHS[self.columns[0] : self.columns[1] + 1])
        return max(1, len(wrap(self.text, int(width * _LETTERS))))


_Row = tuple[_Cell, ...]


def render(lists: Sequence[Checklist], as_of: date) -> bytes:
    """The check lists as the bytes of an .xlsx file; the same lists give the same bytes."""
    return blank_sheet.render(partial(_fill, lists=lists, as_of=as_of), {})


def _fill(book: Workbook, lists: Sequence[Checklist], as_of: date) -> None:
    styles = Styles(book)
    for first in range(0, len(lists), _MOST_PAGES):
        number = f" {first // _MOST_PAGES + 1}" if first else ""
        sheet = book.add_worksheet(phrase("checklist.sheet") + number)
        _write(sheet, styles, [list(_page(one, as_of)) for one in lists[first : first + _MOST_PAGES]])


def _write(sheet: Worksheet, styles: Styles, pages: Sequence[Sequence[_Row]]) -> None:
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    for number, row in enumerate(row for page in pages for row in page):
        sheet.set_row(number, _height(row))
        for cell in row:
            _put(sheet, number, cell, styles)
    _print(sheet, pages)


def _put(sheet: Worksheet, row: int, cell: _Cell, styles: Styles) -> None:
    """Text stays text, whatever it begins with."""
    style = styles(cell.look)
    first, last = cell.columns
    if first < last:
        sheet.merge_range(row, first, row, last, "", style)
    if cell.text:
        sheet.write_string(row, first, cell.text, style)
    else:
        sheet.write_blank(row, first, None, style)


def _print(sheet: Worksheet, pages: Sequence[Sequence[_Row]]) -> None:
    """Each person on a page of one's own: all pages as small as the fullest of them needs."""
    sheet.set_portrait()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    fullest = max(sum(map(_height, page)) for page in pages)
    sheet.set_print_scale(max(10, min(100, int(100 * _PAGE_HEIGHT / fullest))))
    sheet.print_area(0, 0, sum(map(len, pages)) - 1, _ALL[1])
    sheet.set_h_pagebreaks(list(accumulate(map(len, pages)))[:-1])
    sheet.set_footer(blank_sheet.page_number())


def _height(row: _Row) -> float:
    return ROW_HEIGHT * max((cell.lines for cell in row), default=1)


def _page(one: Checklist, as_of: date) -> Iterator[_Row]:
    yield from _head(one, as_of)
    yield (_Cell(_ALL, phrase("checklist.papers"), Look.FREE),)
    headings = ("", *map(phrase, ("checklist.paper", "checklist.form", "checklist.day", "checklist.task")))
    yield tuple(_Cell((place, place), heading, Look.HEADING) for place, heading in enumerate(headings))
    yield from map(_paper, one.papers)
    yield ()
    yield (_Cell(_ALL, phrase("checklist.conditions"), Look.FREE),)
    for condition in one.conditions:
        yield _Cell((0, 0), _OPEN, Look.CENTRE), _Cell((1, 4), condition, Look.TEXT)
    yield ()
    yield from _foot()


def _head(one: Checklist, as_of: date) -> Iterator[_Row]:
    blank = phrase("checklist.blank")
    branch = _Cell(_LEFT, one.branch.upper() or phrase("checklist.branch", name=blank), Look.EMPHASIS)
    yield branch, _Cell(_RIGHT, phrase("checklist.party"), Look.EMPHASIS)
    yield ()
    yield (_Cell(_ALL, phrase("checklist.title"), Look.TITLE),)
    yield (_Cell(_ALL, phrase("checklist.as_of", day=format_day(as_of)), Look.REMARK),)
    yield ()
    yield (_Cell(_ALL, phrase("checklist.person", name=one.name or blank), Look.FREE),)
    born = _Cell(_LEFT, phrase("checklist.born", day=one.born or blank), Look.FREE)
    yield born, _Cell(_RIGHT, phrase("checklist.met", day=blank), Look.FREE)
    yield (_Cell(_ALL, phrase("checklist.origin", file=one.file, place=one.place), Look.NOTE),)
    if one.untimed:
        yield (_Cell(_ALL, phrase("checklist.untimed"), Look.NOTE),)
    yield ()


def _paper(line: Line) -> _Row:
    looks = (Look.CENTRE, Look.TEXT, Look.CENTRE, Look.CENTRE, Look.TEXT)
    texts = (_TICKED if line.seen else _OPEN, line.title, line.form, line.day, line.task)
    return tuple(_Cell((place, place), *said) for place, said in enumerate(zip(texts, looks, strict=True)))


def _foot() -> Iterator[_Row]:
    yield (_Cell(_ALL, phrase("checklist.votes"), Look.FREE),)
    yield (_Cell(_ALL, phrase("checklist.counted"), Look.FREE),)
    yield ()
    yield (_Cell(_RIGHT, phrase("checklist.signed_on"), Look.REMARK),)
    signers = zip((_LEFT, _RIGHT), ("checklist.checker", "checklist.secretary"), strict=True)
    yield tuple(_Cell(place, phrase(signer), Look.EMPHASIS) for place, signer in signers)
    yield tuple(_Cell(place, phrase("checklist.sign"), Look.REMARK) for place in (_LEFT, _RIGHT))
    yield from [()] * 4
