"""One function a button. Each only fetches, calls and tells; what is shown is decided in `workbook`."""

import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack

from macros_py import crash, shell
from macros_py.actions import table
from macros_py.desk import Desk, Refused
from macros_py.marking import mark, marked_sheets, unmark
from workbook.book import Book
from workbook.committee_layout import BRANCHES
from workbook.errors import WorkbookError
from workbook.open_sheet import Review, judge, table_of
from workbook.outgoing import journal, lists, marks
from workbook.outgoing.marks import Shown
from workbook.outgoing.quota_marks import quota_marks
from workbook.outgoing.template import KEPT, write_register
from workbook.phrases import phrase
from workbook.run import consolidate_inbox, free_name, law_of


def check(desk: Desk) -> None:
    """Judge the sheet in front and mark it."""
    _show(desk, "check", marks.check_marks)


def overdue(desk: Desk) -> None:
    """Mark what is late and what comes due on the sheet in front."""
    _show(desk, "overdue", marks.overdue_marks)


def next_error(desk: Desk) -> None:
    """Go to the next cell that still looks as we marked it, from the last one to the first."""
    kept, (front, at) = desk.kept(), desk.cursor()
    sheet = journal.nearest(kept, front)
    if not sheet:
        raise Refused("button.not_checked")
    marked = journal.painted(kept, sheet)
    cells = journal.onward(marked, at if sheet == front else (0, 0))
    standing = (cell for cell in cells if desk.fills(sheet, [cell]).get(cell) == marked[cell])
    cell = next(standing, None)
    return desk.select(sheet, cell) if cell else desk.say(phrase("button.none_left"))


def clear(desk: Desk) -> None:
    """Put every sheet of the book back as it was before it was marked."""
    kept = desk.kept()
    for sheet in marked_sheets(kept):
        desk.check_writable(sheet)
    with desk.step(title("clear")):
        unmark(desk, kept)
    desk.say(phrase("button.cleared"))


def consolidate(desk: Desk) -> None:
    """From the open committee book: a folder of registers into a quota book, and its figures beside the quotas."""
    inbox = desk.folder(phrase("button.inbox"))
    if inbox is None or not desk.agree(phrase("button.save_first")):
        return
    committee = desk.saved()
    out = free_name(committee.with_name(phrase("button.quota_book")))
    with desk.progress(title("consolidate")) as told:
        made, _ = consolidate_inbox(inbox, committee, out, desk.today(), workers=_WORKERS, progress=told)
    with ExitStack() as last:
        last.callback(desk.open, out)  # even where nothing can be written beside the quotas
        _write_back(desk, made)


def explain(desk: Desk) -> None:
    """Write the clerk's reason into the line's own column; the next check does not ask again."""
    sheet, row = desk.sheet(), desk.cursor()[1][0]
    place = marks.reason_place(table_of(sheet, journal.results(desk.kept(), sheet.name)), row)
    if place is None:
        raise Refused("button.no_reason")
    desk.check_writable(sheet.name)
    reason = desk.ask(phrase("button.reason", row=row), place.before)
    if reason:
        desk.write(sheet.name, place.cell, reason)


def restore_lists(desk: Desk) -> None:
    """Give the columns of one code their drop-down lists back where pasting has taken them away."""
    sheet = desk.sheet()
    desk.check_writable(sheet.name)
    table = table_of(sheet, journal.results(desk.kept(), sheet.name))
    able, unable = lists.offers(table, desk.sheet(lists.SHEET) if desk.has_sheet(lists.SHEET) else None)
    with desk.step(title("restore_lists")):
        restored = [one.heading for one in able if desk.offer(sheet.name, one)]
    desk.say(lists.told(restored, unable))


def new_register(desk: Desk) -> None:
    """Write a blank register where the clerk says, and open it."""
    path = desk.new_file(title("new_register"), KEPT["register"])
    if path is not None:
        path = free_name(path)
        write_register(path)
        desk.open(path)


#: By the tags of the table of actions.
BUTTONS: Mapping[str, Callable[[Desk], None]] = {
    "check": check,
    "next_error": next_error,
    "overdue": overdue,
    "consolidate": consolidate,
    "clear": clear,
    "explain": explain,
    "restore_lists": restore_lists,
    "new_register": new_register,
}

_WORKERS = os.cpu_count() or 1


def press(tag: str, desk: Desk) -> None:
    """Do what a button is for; whatever happens, the clerk reads one sentence and the application goes on."""
    try:
        BUTTONS[tag](desk)
    except Refused as refusal:
        desk.tell(refusal.sentence)
    except WorkbookError as error:
        desk.tell(shell.told(error))
    except Exception as error:  # the last door: our own fault becomes an apology that names the log
        desk.tell(desk.explain(error) or apology(error))


def apology(error: Exception) -> str:
    """Log an error of ours without anybody's data, and say where."""
    log = crash.record(error)
    return phrase("button.apology", log=log) if log else phrase("button.apology_unlogged")


def title(tag: str) -> str:
    """What a button is called."""
    return next(action.label for action in table().actions if action.tag == tag)


def _show(desk: Desk, tag: str, marks_of: Callable[[Review], Shown]) -> None:
    """Judge the sheet in front and show what `marks_of` makes of it, in the place of earlier marks."""
    kept, sheet = desk.kept(), desk.sheet()
    desk.check_writable(sheet.name)
    shown = marks_of(judge(sheet, law_of(None, desk.today()), journal.results(kept, sheet.name)))
    with desk.step(title(tag)):
        mark(desk, sheet.name, kept, shown.wanted, shown.listing)
    desk.say(shown.summary)


def _write_back(desk: Desk, made: Book) -> None:
    """Figures beside the quotas of the committee book, taken back by `clear` like any mark."""
    kept, sheet = desk.kept(), desk.sheet(BRANCHES.name)
    desk.check_writable(sheet.name)
    wanted = quota_marks(sheet, made.branches, journal.results(kept, sheet.name))
    with desk.step(title("consolidate")):
        mark(desk, sheet.name, kept, wanted)
    desk.say(" ".join(f"{head}: {text}." for head, text in made.headline[:1]))
