"""What is said of a book that was made, in the shell or in a box before a clerk: every book through one door."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from macros_py.legible import Legible, in_lines
from macros_py.telling import doubt_said
from workbook.book import Book
from workbook.days import format_day
from workbook.frames import lines
from workbook.given import Doubt, named
from workbook.percent import whole
from workbook.phrases import phrase
from workbook.states import State, state_label
from workbook.upper_book import UpperBook

#: As many doubts as a box can show.
_MOST_DOUBTS = 5


def book(made: Book, out: Path, asked: date) -> Legible:
    """The headline, whether the book balances, and where it is. `asked`: the day that it was to be told of."""
    return in_lines(_of_book(made, out, asked))


def boxed(made: Book, out: Path, asked: date, questions: Sequence[Doubt]) -> Legible:
    """`book` for a box before the clerk who pressed the button, with what is doubtful in the open committee book."""
    told = [(one.sheet or one.file, doubt_said(one.question)) for one in questions]
    found = [f"{place}: {one.message} {one.fix}" for place, one in told]
    more = len(found) - _MOST_DOUBTS
    rest = [phrase("button.more_doubts", count=more)] if more > 0 else []
    doubts = [phrase("button.doubts"), *found[:_MOST_DOUBTS], *rest] if found else []
    return in_lines([*_of_book(made, out, asked), *doubts])


def upper(made: UpperBook, out: Path, asked: date) -> Legible:
    """The headline of the level above and its day, whether the books below tie, and where the book is."""
    untied = made.untied
    verdict = phrase("rollup.untied", books=len(untied)) if untied else phrase("rollup.tied", books=made.counted)
    return in_lines([*_opening(made.base, asked), verdict, *_uncounted(made), phrase("rollup.written", out=out)])


def _opening(made: Book, asked: date) -> list[str]:
    """The door: whose the book is, of which day everything in it is told, and the lines a leader reads first."""
    headline = [f"{title}: {text}" for title, text in made.headline]
    return [made.committee.name, _told_of(made, asked), *headline]


def _told_of(made: Book, asked: date) -> str:
    """The day that everything in the book is told of, and where the closing day cut off a later one, that it did."""
    cut_off = made.as_of == made.committee.closing_on and asked > made.as_of
    return phrase("shell.closed" if cut_off else "page.as_of", day=format_day(made.as_of))


def _of_book(made: Book, out: Path, asked: date) -> list[str]:
    sums = made.reconciliation.groupby("role")["count"].sum()
    balance = {role: int(sums.get(role, 0)) for role in ("read", "counted", "aside")}
    matched = balance["read"] == balance["counted"] + balance["aside"]
    verdict = phrase("shell.balanced" if matched else "shell.unbalanced", **{k: whole(v) for k, v in balance.items()})
    return [*_opening(made, asked), *_without_people(made), verdict, phrase("shell.book", out=out)]


def _without_people(made: Book) -> list[str]:
    """Files that count although nobody stands in them."""
    counted = made.submissions[made.submissions["state"] == State.COUNTED]
    files = list(dict.fromkeys(counted.loc[counted["rows"] == 0, "file"]))
    return [phrase("shell.nobody", file=named(files))] if files else []


def _uncounted(made: UpperBook) -> Iterator[str]:
    """Files that do not count and why, by the names that are kept out of the book."""
    for one in lines(made.base.submissions):
        if one.file in made.called and one.state != State.COUNTED:
            told = {"name": made.called[one.file], "state": state_label(one.state), "why": one.remark}
            yield phrase("rollup.file_is", file=one.file, **told)
