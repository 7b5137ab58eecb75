"""The return slip as a page to print and sign (.docx): whose register, what is to be put right, where, by when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from textwrap import wrap

from workbook.committee import Committee
from workbook.days import format_day
from workbook.incoming.container import VIETNAM
from workbook.labels import label
from workbook.messages import place_of_reasons
from workbook.outgoing import word_file
from workbook.outgoing.returned import Cause, ReturnSlip, Sent
from workbook.outgoing.word_page import JUSTIFIED, LEFT, Paper, Type, columns, fill, line, page, repeat_heading, table
from workbook.percent import whole
from workbook.phrases import phrase

_RIGHT_MARGIN = 1.5  # in cm
_HEAD_WIDTHS = (7.0, 9.5)
_WIDTHS = (1.2, 3.0, 12.3)  # number, column, what and how and where; in cm, together the page
_LETTERS_A_CM = 5.4  # of 11 points
_MOST_LINES = 32  # of the table on one page, room to sign left below
_MOST_CELLS = 40  # named of one cause; the rest is told as a count

_SIZE = 13  # points of the body
_OFFICE, _SUPERIOR = Type(size=12, bold=True), Type(size=12)
_PARTY, _BOLD = Type(size=_SIZE, bold=True, underline=True), Type(size=_SIZE, bold=True)
_ITALIC, _ADDRESS = Type(size=_SIZE, italic=True), Type(size=_SIZE, space=(6, 3))
_TITLE, _GAP = Type(size=15, bold=True, space=(12, 6)), Type(size=6)
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
    title = _title(slip)
    word_file.describe(letter, title, phrase("slip.author"))
    _head(letter, committee, as_of, title)
    line(letter, phrase("slip.to", branch=slip.branch or phrase("slip.blank")), _ADDRESS)
    for text in _opening(slip):
        line(letter, text, _TEXT)
    if slip.causes:
        _list(letter, slip, enclosed)
    for text in _closing(slip, committee, as_of, enclosed):
        line(letter, text, _TEXT)
    _foot(letter, slip)
    return word_file.content(letter.save)


def _title(slip: ReturnSlip) -> str:
    """A register or a report that has to come back is handed back; one without faults is only acknowledged."""
    sound = not (slip.causes or slip.error)
    clean = {Sent.REGISTER: "slip.title_clean", Sent.REPORT: "slip.title_report_clean"}
    return phrase(clean.get(slip.sent, slip.sent) if sound else slip.sent)


def _head(letter: Paper, committee: Committee, as_of: date, title: str) -> None:
    left, right = columns(letter, _HEAD_WIDTHS)
    if committee.superior:
        line(left, committee.superior.upper(), _SUPERIOR)
    line(left, committee.name.upper() or phrase("slip.blank"), _OFFICE)
    line(left, phrase("slip.star"), _SUPERIOR)
    line(right, phrase("slip.party"), _PARTY)
    line(right, phrase("slip.place", day=as_of.day, month=f"{as_of.month:02d}", year=as_of.year), _ITALIC)
    line(letter, title, _TITLE)


def _opening(slip: ReturnSlip) -> Iterator[str]:
    received, name = slip.received_at, PurePosixPath(slip.file).name
    day = format_day(received.astimezone(VIETNAM)) if received else phrase("slip.blank")
    if slip.error:
        yield phrase("slip.unreadable", file=name, fault=slip.error.message)
        yield phrase("slip.remedy", fix=slip.error.fix)
        return
    counts = {"errors": whole(slip.errors), "queries": whole(slip.queries), "persons": whole(slip.persons)}
    said = {Sent.REGISTER: "slip.received", Sent.REPORT: "slip.received_report", Sent.NEITHER: "slip.no_register"}
    yield phrase(said[slip.sent], file=name, day=day, **counts)
    yield from _asked(slip)


def _asked(slip: ReturnSlip) -> Iterator[str]:
    """What a branch is asked to do, or thanks."""
    if slip.sent is Sent.NEITHER:
        yield phrase("slip.send_register")
    elif slip.sent is Sent.REPORT:
        yield phrase("slip.asked_report" if slip.causes else "slip.clean_report")
    elif slip.causes:
        yield phrase("slip.asked", reasons=place_of_reasons(has_column=slip.takes_reasons))
    else:
        yield phrase("slip.clean")
        yield phrase("slip.thanks")


def _closing(slip: ReturnSlip, committee: Committee, as_of: date, enclosed: Enclosure) -> Iterator[str]:
    """What is enclosed, and by when an answer is awaited; of a register without faults nothing is."""
    if enclosed.copy:
        yield phrase("slip.copy" if slip.causes else "slip.copy_clean", file=enclosed.copy)
    if enclosed.listed:
        yield phrase("slip.list" if slip.causes else "slip.list_clean", file=enclosed.listed)
    if slip.sent is Sent.REPORT:
        return
    if slip.causes or slip.error or slip.sent is Sent.NEITHER:
        yield _deadline(committee.submit_by, as_of)


def _deadline(submit_by: date | None, as_of: date) -> str:
    """By when a register shall come again, in a sentence."""
    if submit_by is None:
        return phrase("slip.by_blank", day=phrase("slip.blank"))
    return phrase("slip.by" if submit_by >= as_of else "slip.by_past", day=format_day(submit_by))


# --- the list


def _list(letter: Paper, slip: ReturnSlip, enclosed: Enclosure) -> None:
    """As many causes as the page holds; how many more there are, of which columns, and where they are told."""
    shown = _fitting(slip.causes, all_of_them=not (enclosed.copy or enclosed.listed))
    made = table(letter, _WIDTHS, ruled=True)
    column = "slip.column" if slip.sent is Sent.REGISTER else "slip.place_in_report"
    headings = ("slip.number", column, "slip.fault")
    fill(made, 0, [phrase(heading) for heading in headings], [_HEADING] * len(headings))
    repeat_heading(made)
    for number, cause in enumerate(shown, start=1):
        fault, fix, *cells = _sentences(cause)
        fill(made, number, [str(number), _place(slip, cause), fault], [_NUMBER, _SMALL, _SMALL])
        line(made.rows[number].cells[2], fix, _REMEDY)
        for text in cells if slip.sent is Sent.REGISTER else ():
            line(made.rows[number].cells[2], text, _SMALL)
    rest = [cause for cause in slip.causes if cause not in shown]
    if rest:
        line(letter, _rest(rest, enclosed), _TEXT)


def _rest(rest: Sequence[Cause], enclosed: Enclosure) -> str:
    headings = ", ".join(dict.fromkeys(cause.heading for cause in rest if cause.heading))
    place = phrase("slip.rest_copy" if enclosed.copy else "slip.rest_list")
    cells = whole(sum(cause.count for cause in rest))
    return phrase("slip.rest", count=len(rest), cells=cells, columns=headings, place=place)


def _fitting(causes: Sequence[Cause], *, all_of_them: bool) -> Sequence[Cause]:
    """The causes that fit on one page, the first of them first; what is told nowhere else is always among them."""
    only_here = [cause for cause in causes if all_of_them or not cause.of_person]
    room = _MOST_LINES - sum(map(_lines, only_here))
    fit = list(only_here)
    for cause in causes:
        if cause not in only_here:
            room -= _lines(cause)
            if room < 0 and fit:
                break
            fit.append(cause)
    return [cause for cause in causes if cause in fit]


def _lines(cause: Cause) -> int:
    """How many lines a cause takes in the table."""
    return max(_wrapped(cause.heading, _WIDTHS[1]), sum(_wrapped(text, _WIDTHS[2]) for text in _sentences(cause)))


def _wrapped(text: str, width: float) -> int:
    return len(wrap(text, int((width - 0.4) * _LETTERS_A_CM))) or 1


def _sentences(cause: Cause) -> tuple[str, ...]:
    """What is wrong, what to do, and where; of a fault of a whole sheet there are no cells."""
    where = (phrase("slip.cells", cells=_places(cause)),) if cause.cells else ()
    return f"{label(cause.level)}: {cause.said.message}", phrase("shell.fix", fix=cause.said.fix), *where


def _places(cause: Cause) -> str:
    """Cell after cell, the first of them."""
    more = len(cause.cells) - _MOST_CELLS
    told = ", ".join(cause.cells[:_MOST_CELLS])
    return phrase("slip.more_cells", cells=told, count=more) if more > 0 else told


def _place(slip: ReturnSlip, cause: Cause) -> str:
    """What a line is about: the column of a register, a paragraph or a cell of a report."""
    return cause.heading or phrase("slip.whole") if slip.sent is Sent.REGISTER else ", ".join(cause.cells)


def _foot(letter: Paper, slip: ReturnSlip) -> None:
    line(letter, "", _GAP)
    left, right = columns(letter, _HEAD_WIDTHS)
    copies = (phrase("slip.copies"), phrase("slip.copy_branch", branch=slip.branch or phrase("slip.blank")))
    for text in (*copies, phrase("slip.copy_file")):
        line(left, text, _SMALL)
    line(right, phrase("slip.checker"), _BOLD)
    line(right, phrase("slip.sign"), _ITALIC)
