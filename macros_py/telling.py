"""What the shell says of a result: text for people, JSON for programs, an exit code for both."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from macros_py import shell
from macros_py.legible import Legible, in_lines, legible, legible_json
from validation.vocabulary import Level
from workbook.book import Book
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
from workbook.upper_book import UpperBook

if TYPE_CHECKING:  # what writes slips takes a while to load
    from workbook.printed.check import Recount
    from workbook.slips import Written

#: Keys of one object of `check --format json`.
KEYS = ("file", "sheet", "cell", "column", "code", "level", "value", "message", "fix")

#: As many doubts as a box can show.
_MOST_DOUBTS = 5


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
    return " ".join([counted, *([phrase("shell.unread", count=shut)] if shut else [])])


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


def exit_code(checked: Checked) -> int:
    """Clean, findings, or could not run (no file could be read)."""
    if all(map(_failed, checked.files)):
        return shell.FAILED
    graver = checked.found["level"].isin([Level.ERROR, Level.QUERY]).any()
    return shell.FINDINGS if graver or any(map(_failed, checked.files)) else shell.CLEAN


def overdue(late: pd.DataFrame) -> Legible:
    """What is late or comes due, soonest first, each with its arithmetic and clause."""
    if late.empty:
        return legible(phrase("shell.none_due"))
    over = int((late["days_late"] > 0).sum())
    text = [line for one in lines(late) for line in _due(one)]
    return in_lines([*text, "", phrase("shell.due", count=over, coming=len(late) - over)])


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


def exit_code_overdue(checked: Checked, late: pd.DataFrame) -> int:
    """Findings when something is overdue; could not run when no file could be read."""
    if all(map(_failed, checked.files)):
        return shell.FAILED
    return shell.FINDINGS if (late["days_late"] > 0).any() or any(map(_failed, checked.files)) else shell.CLEAN


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


def consolidated(made: Book, out: Path, questions: Sequence[Doubt]) -> Legible:
    """The book for a box before the clerk who pressed the button, with what is doubtful in the open committee book."""
    asked = [(one.sheet or one.file, _said(one.question)) for one in questions]
    found = [f"{place}: {said.message} {said.fix}" for place, said in asked]
    more = len(found) - _MOST_DOUBTS
    rest = [phrase("button.more_doubts", count=more)] if more > 0 else []
    doubts = [phrase("button.doubts"), *found[:_MOST_DOUBTS], *rest] if found else []
    return in_lines([*_of_book(made, out), *doubts])


def _said(question: Question) -> Sentence:
    return sentence(question.code, {"cell": question.cell, **question.detail})


def book(made: Book, out: Path) -> Legible:
    """The headline, whether the book balances, and where it is."""
    return in_lines(_of_book(made, out))


def _of_book(made: Book, out: Path) -> list[str]:
    sums = made.reconciliation.groupby("role")["count"].sum()
    balance = {role: int(sums.get(role, 0)) for role in ("read", "counted", "aside")}
    matched = balance["read"] == balance["counted"] + balance["aside"]
    verdict = phrase("shell.balanced" if matched else "shell.unbalanced", **{k: whole(v) for k, v in balance.items()})
    return [*_opening(made), *_without_people(made), verdict, phrase("shell.book", out=out)]


def _opening(made: Book) -> list[str]:
    """Whose the book is, of which day everything in it is told, and the lines a leader reads first."""
    headline = [f"{title}: {text}" for title, text in made.headline]
    return [made.committee.name, _told_of(made), *headline]


def _told_of(made: Book) -> str:
    """The day that everything in the book is told of, and that it is the committee's closing day where it is."""
    closed = made.as_of == made.committee.closing_on
    return phrase("shell.closed" if closed else "page.as_of", day=format_day(made.as_of))


def _without_people(made: Book) -> list[str]:
    """Files that count although nobody stands in them."""
    counted = made.submissions[made.submissions["state"] == phrase("state.counted")]
    files = list(dict.fromkeys(counted.loc[counted["rows"] == 0, "file"]))
    return [phrase("shell.nobody", file=named(files))] if files else []


def upper(made: UpperBook, out: Path) -> Legible:
    """The headline of the level above and its day, whether the books below tie, and where the book is."""
    untied = made.untied
    verdict = phrase("rollup.untied", books=len(untied)) if untied else phrase("rollup.tied", books=made.counted)
    return in_lines([*_opening(made.base), verdict, *_uncounted(made), phrase("rollup.written", out=out)])


def _uncounted(made: UpperBook) -> Iterator[str]:
    """Files that do not count, by the names that are kept out of the book."""
    told = zip(made.base.submissions["file"], made.base.submissions["state"], strict=True)
    for file, state in told:
        if file in made.called and state != phrase("state.counted"):
            yield phrase("rollup.file_is", file=file, name=made.called[file], state=state)


def upper_wants_attention(made: UpperBook, questions: Sequence[object]) -> bool:
    """Whether anything in the book, on its board or in the committee book should be looked at."""
    good = {phrase(f"state.{name}") for name in ("counted", "replaced", "withdrawn", "copy")}
    return wants_attention(made.base, questions) or not set(made.files["state"]) <= good


def doubts(questions: Sequence[Doubt]) -> None:
    """What is doubtful in the committee's own books, on standard error."""
    for one in questions:
        said = _said(one.question)
        told = {"file": one.file, "message": said.message, "fix": said.fix}
        place = phrase("shell.doubt", sheet=one.sheet, **told) if one.sheet else phrase("shell.doubt_file", **told)
        shell.say(legible(place), err=True)


def wants_attention(made: Book, questions: Sequence[object]) -> bool:
    """Whether anything in the book or in the committee book should be looked at."""
    return bool(questions) or bool(made.findings["level"].isin([Level.ERROR, Level.QUERY]).any())
