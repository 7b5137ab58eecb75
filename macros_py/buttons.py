"""One function a button. Each only fetches, calls and tells; what is shown is decided in `workbook`.

Each raises Refused where it can do nothing now, and WorkbookError where paper cannot be read; `press` tells both.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from macros_py import last_run, shell, telling, telling_books
from macros_py.actions import table
from macros_py.apology import explained, tell
from macros_py.desk import Desk, Refused
from macros_py.marking import Page, adopted, check_open, followed, mark, page, pages, register, settled, unmark
from workbook import checking, given, run
from workbook.book import Book
from workbook.committee import Committee
from workbook.committee_layout import BRANCHES
from workbook.errors import WorkbookError
from workbook.incoming.inbox import Progress
from workbook.memory import confirmed
from workbook.open_committee import NEEDED, OTHERS, Ruling, ruling
from workbook.open_sheet import Review, judge, table_of
from workbook.outgoing import journal, lists, marks, standing
from workbook.outgoing.areas import Cell
from workbook.outgoing.journal import Kept
from workbook.outgoing.marks import Shown
from workbook.outgoing.quota_marks import quota_marks
from workbook.outgoing.template import KEPT, write_register
from workbook.phrases import phrase


def check(desk: Desk) -> None:
    """Judge the sheet in front and mark it."""
    _show(desk, "check", lambda review, _committee: marks.check_marks(review))


def overdue(desk: Desk) -> None:
    """Mark what is late and what comes due on the sheet in front."""
    _show(desk, "overdue", marks.overdue_marks)


def next_error(desk: Desk) -> None:
    """Go to the next cell that still looks as we marked it, from the last one to the first, past hidden lines."""
    kept, seen, _ = _settled(desk)
    front, at = desk.cursor()
    sheet = standing.nearest(kept, front)
    if not sheet:
        raise Refused("button.not_checked")
    cells, unseen = _standing(desk, kept, seen[sheet])
    if cells:
        desk.select(sheet, standing.onward(cells, at if sheet == front else (0, 0))[0])
    desk.say(marks.went_on(standing.shown_by(kept, sheet), len(cells), unseen))


def clear(desk: Desk) -> None:
    """Put every sheet of the book back as it was before it was marked."""
    kept, seen, astray = _settled(desk)
    if not kept:
        return desk.say(phrase("button.no_marks"))
    check_open(desk, kept, [name for name in seen if any(one.sheet == name for one in kept)])
    with desk.step(title("clear")):
        told = unmark(desk, kept, seen)
    return desk.say(" ".join([told, *astray]))


def consolidate(desk: Desk) -> None:
    """From the open committee book: a folder of registers into a quota book, and its figures beside the quotas."""
    _check_committee(desk)
    inbox = desk.folder(phrase("button.inbox"))
    if inbox is None or not desk.agree(phrase("button.save_first")):
        return
    committee = desk.saved()
    out = given.free_name(committee.with_name(phrase("button.quota_book")))
    with desk.progress(title("consolidate")) as told:
        made, questions = run.consolidate_inbox(inbox, committee, out, desk.today(), workers=_WORKERS, progress=told)
    last_run.keep(committee, inbox)
    _hand_over(desk, made, out, questions)


def return_slips(desk: Desk) -> None:
    """For the register in front: a copy of it marked and a letter, in a new folder where the clerk says."""
    by = _check_register(desk)
    if not desk.agree(phrase("button.save_register")):
        return
    path = desk.saved()
    chosen = desk.folder(phrase("button.slips_folder"))
    if chosen is not None:
        with desk.progress(title("return_slips")) as told:
            said = _returned(path, chosen, by.committee, desk.today(), told)
        desk.tell(f"{said} {by.said}")


def explain(desk: Desk) -> None:
    """Write the clerk's reason into the line's own column; the next check does not ask again."""
    (sheet, kept), row = register(desk), desk.cursor()[1][0]
    place = marks.reason_place(_judged(desk, sheet, kept)[0], row)
    if place is None or not place.asked:
        raise Refused("button.no_reason" if place is None else "button.no_query", row=row)
    desk.check_writable(sheet.name)
    reason = desk.ask(phrase("button.reason", row=row), place.before)
    if reason:
        with desk.step(title("explain")):
            desk.write(sheet.name, place.cell, reason)
        desk.say(phrase("button.explained"))


def restore_lists(desk: Desk) -> None:
    """Give the columns of one code their drop-down lists back where pasting has taken them away."""
    front, kept = register(desk)
    desk.check_writable(front.name)
    table = table_of(front.sheet, journal.results(kept, front.name), confirmed(_ruling(desk).committee))
    there = desk.sheet(lists.SHEET) if lists.SHEET in desk.names() else None
    lost = lists.lost(table, there, lambda areas: desk.unruled(front.name, areas))
    with desk.step(title("restore_lists")):
        for one in (one for one in lost if one.able):
            desk.offer(front.name, one)
    desk.say(lists.told(lost))


def new_register(desk: Desk) -> None:
    """Write a blank register where the clerk says, and open it."""
    path = desk.new_file(title("new_register"), KEPT["register"])
    if path is not None:
        path = given.free_name(path)
        write_register(path)
        desk.open(path)


#: By the tags of the table of actions.
BUTTONS: Mapping[str, Callable[[Desk], None]] = {
    "check": check,
    "next_error": next_error,
    "overdue": overdue,
    "consolidate": consolidate,
    "return_slips": return_slips,
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
        tell(desk, refusal.sentence)
    except WorkbookError as error:
        tell(desk, shell.told(error))
    except Exception as error:  # the last door: our own fault becomes an apology that names the log
        tell(desk, explained(desk, error))


def title(tag: str) -> str:
    """What a button is called."""
    return next(action.label for action in table().actions if action.tag == tag)


def _show(desk: Desk, tag: str, marks_of: Callable[[Review, Committee | None], Shown]) -> None:
    """Judge the sheet in front and show what `marks_of` makes of it, in the place of earlier marks."""
    front, kept = register(desk)
    check_open(desk, kept, [front.name])
    review, by = _judged(desk, front, kept)
    shown = marks_of(review, by.committee)
    kept, astray = followed(desk, front, kept, review.table)
    said = by.of(review)
    with desk.step(title(tag)):
        mark(desk, front, adopted(desk, front, kept), shown.wanted, shown.listing.with_foot(said))
    desk.say(" ".join([shown.summary, *astray, said]))


def _judged(desk: Desk, page: Page, kept: list[Kept]) -> tuple[Review, Ruling]:
    """A sheet by the law of its committee, and by what people have said in the committee's book."""
    by = _ruling(desk)
    law, ours = given.law_of(by.committee, desk.today()), journal.results(kept, page.name)
    return judge(page.sheet, law, ours, by.committee), by


def _ruling(desk: Desk) -> Ruling:
    """By the committee book that is open, else by the one last consolidated on this machine."""
    last = last_run.last()
    return ruling(desk.books_with(NEEDED, OTHERS), last.committee if last else None)


def _settled(desk: Desk) -> tuple[list[Kept], dict[str, Page], list[str]]:
    """The journal as everything stands now, the sheets of the book, and what cannot be put back."""
    kept = desk.kept()
    seen = pages(desk, kept)
    kept, astray = settled(desk, kept, seen, confirmed(_ruling(desk).committee) if kept else {})
    return kept, seen, astray


def _standing(desk: Desk, kept: list[Kept], page: Page) -> tuple[list[Cell], int]:
    """The marked cells that still look so and are in sight, and how many are not."""
    marked = standing.painted(kept, page.name)
    fills = desk.fills(page.name, marked)
    cells = [cell for cell, fill in marked.items() if fills.get(cell) == fill]
    shown = [cell for cell in cells if cell[0] not in page.sheet.hidden]
    return shown, len(cells) - len(shown)


def _check_committee(desk: Desk) -> None:
    """Before anything is asked or saved: a committee book is in front, and the figures can be written into it."""
    names = desk.names()
    if not all(name in names for name in NEEDED):
        raise Refused("button.no_committee", sheets=", ".join(NEEDED))
    check_open(desk, desk.kept(), [BRANCHES.name])


def _check_register(desk: Desk) -> Ruling:
    """Before anything is asked or saved: a register is in front. By whom it will be judged."""
    by, (front, kept) = _ruling(desk), register(desk)
    table_of(front.sheet, journal.results(kept, front.name), confirmed(by.committee))
    return by


def _returned(path: Path, into: Path, committee: Committee | None, as_of: date, told: Progress) -> str:
    """Judge the file and write what goes back to its branch; what came of it.

    Never among what was consolidated last: a marked copy would be read as a register the next time.
    """
    from workbook import slips

    out, last = given.free_name(into / phrase("slip.folder_name", stem=path.stem)), last_run.last()
    slips.refuse_folder(out, [last.inbox] if last else [])
    checked = checking.check([path], as_of, committee, progress=told)
    return telling.slips(slips.write_slips(checked, committee, as_of, out), out)


def _hand_over(desk: Desk, made: Book, out: Path, questions: Sequence[given.Doubt]) -> None:
    """What was made is told and opened even where nothing can be written beside the quotas."""
    with ExitStack() as last:
        last.callback(desk.open, out)
        last.callback(desk.tell, telling_books.boxed(made, out, desk.today(), questions))
        _write_back(desk, made)


def _write_back(desk: Desk, made: Book) -> None:
    """Figures beside the quotas of the committee book, taken back by `clear` like any mark."""
    kept, quotas = desk.kept(), page(desk, BRANCHES.name)
    wanted = quota_marks(quotas.sheet, made.branches, journal.results(kept, quotas.name))
    with desk.step(title("consolidate")):
        mark(desk, quotas, kept, wanted)
