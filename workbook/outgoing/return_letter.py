"""The return slip as a page to print and sign (.docx): whose register, what is to be put right, where, by when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from textwrap import wrap

from workbook.committee import Committee
from workbook.incoming.container import VIETNAM
from workbook.labels import label
from workbook.messages import place_of_reasons
from workbook.outgoing import word_file
from workbook.outgoing.returned import Cause, ReturnSlip
from workbook.outgoing.word_page import JUSTIFIED, LEFT, Paper, Type, columns, fill, line, page, repeat_heading, table
from workbook.percent import whole
from workbook.phrases import phrase

_RIGHT_MARGIN = 1.5  # in cm
_HEAD_WIDTHS = (7.0, 9.5)
_WIDTHS = (1.2, 2.8, 9.2, 3.3)  # number, column, what and how, cells; in cm, together the page
_LETTERS_A_CM = 5.4  # of 11 points
_MOST_LINES = 30  # of the table on one page, room to sign left below
_MOST_CELLS = 12  # named of one cause; the rest is told as a count


_SIZE = 13
_OFFICE, _SUPERIOR = Type(size=12, bold=True), Type(size=12)
_PARTY, _BOLD, _ITALIC = Type(size=13, bold=True, underline=True), Type(size=13, bold=True), Type(size=13, italic=True)
_TITLE, _ADDRESS, _GAP = Type(size=15, bold=True, space=(12, 6)), Type(size=13, space=(6, 3)), Type(size=6)
_TEXT = Type(JUSTIFIED, _SIZE, indent=1, space=(6, 3))
_HEADING, _SMALL, _REMEDY = Type(size=11, bold=True), Type(LEFT, 11), Type(LEFT, 11, italic=True)
_NUMBER = Type(size=11)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What goes with a slip: the name of the marked copy, or of the list where the file cannot be marked; "" none."""

    copy: str = ""
    listed: str = ""


def render(slip: ReturnSlip, committee: Committee, as_of: date, enclosed: Enclosure) -> bytes:
    """The slip as the bytes of a .docx file; the same slip gives the same bytes."""
    letter = page(_SIZE, _RIGHT_MARGIN)
    word_file.describe(letter, phrase("slip.title"), phrase("slip.author"))
    _head(letter, committee, as_of)
    line(letter, phrase("slip.to", branch=slip.branch or phrase("slip.blank")), _ADDRESS)
    for text in _opening(slip):
        line(letter, text, _TEXT)
    if slip.causes:
        _list(letter, slip.causes, enclosed)
    for text in _closing(slip, committee, as_of, enclosed):
        line(letter, text, _TEXT)
    _foot(letter, slip)
    return word_file.content(letter.save)


def _head(letter: Paper, committee: Committee, as_of: date) -> None:
    left, right = columns(letter, _HEAD_WIDTHS)
    if committee.superior:
        line(left, committee.superior.upper(), _SUPERIOR)
    line(left, committee.name.upper() or phrase("slip.blank"), _OFFICE)
    line(left, phrase("slip.star"), _SUPERIOR)
    line(right, phrase("slip.party"), _PARTY)
    line(right, phrase("slip.place", day=as_of.day, month=f"{as_of.month:02d}", year=as_of.year), _ITALIC)
    line(letter, phrase("slip.title"), _TITLE)


def _opening(slip: ReturnSlip) -> Iterator[str]:
    received, name = slip.received_at, PurePosixPath(slip.file).name
    day = f"{received.astimezone(VIETNAM):%d/%m/%Y}" if received else phrase("slip.blank")
    if slip.error:
        yield phrase("slip.unreadable", file=name, fault=slip.error.message)
        yield phrase("slip.remedy", fix=slip.error.fix)
        return
    counts = {"errors": whole(slip.errors), "queries": whole(slip.queries)}
    yield phrase("slip.received", file=name, day=day, persons=whole(slip.persons), **counts)
    yield _asked(slip)


def _asked(slip: ReturnSlip) -> str:
    if not slip.causes:
        return phrase("slip.clean")
    return phrase("slip.asked", reasons=place_of_reasons(has_column=slip.takes_reasons))


def _closing(slip: ReturnSlip, committee: Committee, as_of: date, enclosed: Enclosure) -> Iterator[str]:
    """What is enclosed, and by when an answer is awaited; of a register without faults nothing is."""
    if enclosed.copy:
        yield phrase("slip.copy" if slip.causes else "slip.copy_clean", file=enclosed.copy)
    if enclosed.listed:
        yield phrase("slip.list" if slip.causes else "slip.list_clean", file=enclosed.listed)
    if slip.causes or slip.error:
        yield deadline(committee.submit_by, as_of)


def deadline(submit_by: date | None, as_of: date) -> str:
    """By when a register shall come again, in a sentence."""
    if submit_by is None:
        return phrase("slip.by_blank", day=phrase("slip.blank"))
    return phrase("slip.by" if submit_by >= as_of else "slip.by_past", day=f"{submit_by:%d/%m/%Y}")


# --- the list


def _list(letter: Paper, causes: Sequence[Cause], enclosed: Enclosure) -> None:
    """As many causes as the page holds; how many more there are, and where."""
    shown = _fitting(causes)
    made = table(letter, _WIDTHS, ruled=True)
    headings = ("slip.number", "slip.column", "slip.fault", "slip.cells")
    fill(made, 0, [phrase(heading) for heading in headings], [_HEADING] * len(headings))
    repeat_heading(made)
    for number, cause in enumerate(shown, start=1):
        fault, fix = _sentences(cause)
        fill(made, number, [str(number), cause.heading, fault, _places(cause)], [_NUMBER, _SMALL, _SMALL, _SMALL])
        line(made.rows[number].cells[2], fix, _REMEDY)
    rest = causes[len(shown) :]
    if rest:
        place = phrase("slip.rest_copy" if enclosed.copy else "slip.rest_list")
        cells = sum(cause.count for cause in rest)
        line(letter, phrase("slip.rest", count=len(rest), cells=whole(cells), place=place), _TEXT)


def _fitting(causes: Sequence[Cause]) -> Sequence[Cause]:
    """The causes from the first on that fit on one page, at least one."""
    taken = 0
    for number, cause in enumerate(causes):
        taken += _lines(cause)
        if taken > _MOST_LINES:
            return causes[: max(number, 1)]
    return causes


def _lines(cause: Cause) -> int:
    texts = (cause.heading, *_sentences(cause), _places(cause))
    widths = (_WIDTHS[1], _WIDTHS[2], _WIDTHS[2], _WIDTHS[3])
    column, fault, fix, cells = (
        len(wrap(text, int((width - 0.4) * _LETTERS_A_CM))) or 1 for text, width in zip(texts, widths, strict=True)
    )
    return max(column, fault + fix, cells)


def _sentences(cause: Cause) -> tuple[str, str]:
    return f"{label(cause.level)}: {cause.said.message}", phrase("shell.fix", fix=cause.said.fix)


def _places(cause: Cause) -> str:
    """Cell after cell, the first of them; of a fault of a whole sheet there is none."""
    more = len(cause.cells) - _MOST_CELLS
    told = ", ".join(cause.cells[:_MOST_CELLS])
    return phrase("slip.more_cells", cells=told, count=more) if more > 0 else told or phrase("slip.whole")


def _foot(letter: Paper, slip: ReturnSlip) -> None:
    line(letter, "", _GAP)
    left, right = columns(letter, _HEAD_WIDTHS)
    copies = (phrase("slip.copies"), phrase("slip.copy_branch", branch=slip.branch or phrase("slip.blank")))
    for text in (*copies, phrase("slip.copy_file")):
        line(left, text, _SMALL)
    line(right, phrase("slip.checker"), _BOLD)
    line(right, phrase("slip.sign"), _ITALIC)
