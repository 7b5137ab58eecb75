"""What the shell says of registers: text for people, JSON for programs. Of a book `telling_books` tells."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from macros_py import shell
from macros_py.legible import Legible, in_lines, legible, legible_json
from validation.vocabulary import Level
from workbook.absent import untimed_said
from workbook.checking import Checked
from workbook.days import format_day
from workbook.errors import Protected
from workbook.frames import lines
from workbook.given import Doubt, astray, named
from workbook.incoming.inbox import Opened
from workbook.incoming.passwords import Passwords
from workbook.incoming.raw import Question
from workbook.labels import label
from workbook.messages import Sentence, sentence
from workbook.percent import whole
from workbook.phrases import phrase

if TYPE_CHECKING:  # what writes slips or tells what is late takes a while to load
    from workbook.overdue import Due
    from workbook.printed.check import Recount
    from workbook.slips import Written

#: Keys of one object of `check --format json`.
KEYS = ("file", "sheet", "cell", "column", "code", "level", "value", "message", "fix")


def unread(files: Sequence[Opened], passwords: Passwords | None = None) -> None:
    """One sentence on standard error for each file that stayed shut; and what of the list of passwords met no file."""
    for opened in files:
        if opened.error:
            shell.say(legible(shell.told(opened.error, opened.file)), err=True)
    locked = any(isinstance(opened.error, Protected) for opened in files)
    doubts(list(astray(passwords, [opened.file for opened in files], shut=locked)))


def findings(checked: Checked) -> Legible:
    """Every finding with its place and what to do, grouped by file, and a closing line that counts."""
    text: list[str] = []
    for file, found in checked.found.groupby("file", sort=False):
        text += [str(file), *_lines(found), ""]
    empty = [phrase("shell.nobody", file=one.file) for one in checked.files if one.tables and not one.persons]
    return in_lines([*text, *map(_recounted, checked.recounts), *empty, _closing(checked)])


def _recounted(one: "Recount") -> str:
    """How far the check of a printed report went, so that silence is not taken for praise."""
    said = "shell.recounted_all" if not one.unchecked else "shell.recounted"
    return phrase(said, file=one.file, checked=whole(one.checked), unchecked=whole(one.unchecked))


def _lines(found: pd.DataFrame) -> list[str]:
    return [
        line
        for one in lines(found)
        for line in (f"  {label(one.level)}: {one.sheet} – {one.message}", f"      {phrase('shell.fix', fix=one.fix)}")
    ]


def _closing(checked: Checked) -> str:
    levels = checked.found["level"].value_counts()
    shut = sum(opened.error is not None for opened in checked.files)
    counted = phrase(
        "shell.checked",
        files=len(checked.files) - shut,
        persons=whole(len(checked.assessment.typed)),
        errors=int(levels.get(Level.ERROR, 0)),
        queries=int(levels.get(Level.QUERY, 0)),
        notes=int(levels.get(Level.NOTE, 0)),
    )
    told = [phrase("shell.no_register", files=whole(count))] if (count := _without_register(checked)) else []
    passed, persons = checked.uncounted
    uncounted = [phrase("shell.uncounted", files=whole(passed), persons=whole(persons))] if passed else []
    return " ".join([counted, *told, *uncounted, *([phrase("shell.unread", count=shut)] if shut else [])])


def _without_register(checked: Checked) -> int:
    """How many files could be opened and hold neither a register nor a printed report."""
    reports = {one.file for one in checked.recounts}
    return sum(not one.error and not one.tables and one.file not in reports for one in checked.files)


def as_json(checked: Checked) -> Legible:
    """The findings as an array of objects; a file that stayed shut is one of them."""
    found = [
        {**{key: getattr(one, key) for key in KEYS if key != "column"}, "column": one.heading, "level": str(one.level)}
        for one in lines(checked.found)
    ]
    return legible_json([*map(_shut, filter(_failed, checked.files)), *found])


def _failed(opened: Opened) -> bool:
    return opened.error is not None


def _shut(opened: Opened) -> dict[str, str]:
    assert opened.error is not None
    said = sentence(opened.error.code, {"file": opened.file, **opened.error.detail})
    blank = dict.fromkeys(KEYS, "")
    return {**blank, "file": opened.file, "code": opened.error.code, "level": str(Level.ERROR),
            "message": said.message, "fix": said.fix}  # fmt: skip


def overdue(due: "Due") -> Legible:
    """What is late or comes due, soonest first, each with its arithmetic and clause; then who was not watched."""
    return in_lines([*_listed(due.lines), *_unwatched(due)])


def _listed(late: pd.DataFrame) -> list[str]:
    if late.empty:
        return [phrase("shell.none_due")]
    over = int((late["days_late"] > 0).sum())
    text = [line for one in lines(late) for line in _due(one)]
    return [*text, "", phrase("shell.due", count=over, coming=len(late) - over)]


def _unwatched(due: "Due") -> Iterator[str]:
    """What keeps the list from being all there is: days that could not be read, files that do not count."""
    if due.untimed:
        yield phrase("shell.untimed", untimed=untimed_said(due.untimed))
    if due.aside:
        yield phrase("shell.due_aside", count=whole(len(due.aside)))
    if due.unknown:
        yield phrase("shell.due_unknown", count=whole(len(due.unknown)), files=named(due.unknown))
    if due.alone and sum(one.persons > 0 for one in due.files) - len(due.aside) > 1:
        yield phrase("shell.due_alone")


def _due(one: Any) -> tuple[str, str]:
    days = phrase("shell.due_days", count=one.days_late) if one.days_late else ""
    head = phrase(
        "shell.due_line",
        due_on=format_day(one.due_on), tier=one.tier, days=days, step=one.step, name=one.name,
        place=f"{one.file}, {one.sheet}!{one.cell}",
    )  # fmt: skip
    why = phrase(
        "shell.due_why",
        term=one.term,
        counted_from=one.counted_from,
        started_on=format_day(one.started_on),
        basis=one.basis,
    )
    return head, f"            {why}"


def calendar(count: int, out: Path) -> Legible:
    """Where the calendar file is, or why there is none."""
    return legible(phrase("ics.written", count=whole(count), out=out) if count else phrase("ics.nothing"))


def checklists(count: int, out: Path) -> Legible:
    """Where the check lists are, or why there are none."""
    return legible(phrase("checklist.written", count=whole(count), out=out) if count else phrase("checklist.nobody"))


def slips(written: "Written", folder: Path) -> Legible:
    """What goes back to the branches and where it is."""
    told = [phrase("slip.written", letters=whole(written.letters), copies=whole(written.copies), out=folder)]
    if written.lists:
        told.append(phrase("slip.listed", count=whole(written.lists)))
    if written.kept:
        told.append(phrase("slip.resumed", count=whole(written.kept)))
    if written.passed_over:
        told.append(phrase("slip.passed_over", count=whole(written.passed_over)))
    told += [phrase("slip.failed", file=one.file, fault=one.said.message, fix=one.said.fix) for one in written.failed]
    return legible(" ".join(told))


def doubt_said(question: Question) -> Sentence:
    """The sentence of a question about one of the committee's own books."""
    return sentence(question.code, {"cell": question.cell, **question.detail})


def doubts(questions: Sequence[Doubt]) -> None:
    """What is doubtful in the committee's own books, on standard error."""
    for one in questions:
        asked = doubt_said(one.question)
        told = {"file": one.file, "message": asked.message, "fix": asked.fix}
        place = phrase("shell.doubt", sheet=one.sheet, **told) if one.sheet else phrase("shell.doubt_file", **told)
        shell.say(legible(place), err=True)
