"""Two quota books, one after the other → what changed: every change once, none invented.

Who is who is settled in `pairing`. What one book could not speak of (a branch without a counted register, a column
that an older book does not have) is compared for nobody.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator

import pandas as pd

from validation.vocabulary import Status
from workbook import codes
from workbook.book import Book
from workbook.consolidate.branch_changes import Town, branch_lines, town
from workbook.consolidate.change_lines import Change, Line
from workbook.consolidate.compared import Person, comparable, persons
from workbook.consolidate.pairing import Pairing, elsewhere, pair
from workbook.consolidate.person_changes import changed, standing, told
from workbook.consolidate.recounted import NOTHING, Spare, fair, joined, lines_of, stand_ins
from workbook.incoming.previous import Previous
from workbook.layout import HEADING
from workbook.phrases import phrase

COLUMNS = ("branch", "name", "change", "before", "now", "column", "file", "sheet", "cell")

#: (row id, register column) → the cell where it stands.
Cell = Callable[[int, str], str]

#: So many must have lost what stood in a column for it to be the column that is lost.
_A_COLUMN_FULL = 2


def changes(book: Book, previous: Previous, cell: Cell | None = None, spare: Spare | None = None) -> pd.DataFrame:
    """The frame `changes` of `Book`, in `COLUMNS`, branch by branch in the book's order.

    Without `cell` a line leads to the first cell of the person's line. `spare`: the lines read but set aside as
    doubles, without which whoever stands on one is missed.
    """
    both, known = town(book, previous), spare or NOTHING
    found = list(branch_lines(book, previous, both))
    if previous.people is not None:
        found += _of_persons(book, previous.people, both, known)
    return _frame(book, found, cell, known)


def _of_persons(book: Book, people: pd.DataFrame, both: Town, spare: Spare) -> Iterator[Line]:
    before, counted = comparable(people, both.called, both.home), comparable(book.people, str, both.home)
    before, counted = _without_traces(before, counted)
    aside = lines_of(spare, counted, both.home)
    now, elsewhere_now = stand_ins(before, counted, aside)
    found = joined(before, counted, aside[~aside.index.isin(now.index)], pair(before, now))
    yield from (*elsewhere_now, *found.lines)
    before, who = fair(before, now, found, spare.parted), found.who
    same = before.loc[who.same["before"]], now.loc[who.same["now"]]
    lines = [line for old, new, row in changed(*same) for line in told(old, new, row)]
    yield from _with_lost_columns(lines, now)
    yield from _gone(before.loc[who.gone], now, both)
    yield from _come(now.loc[who.come], both, {one for one, other in spare.parted if other not in who.come})
    yield from _unsure(before, now, who)


def _without_traces(before: pd.DataFrame, now: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both frames without the lines that only say that somebody has moved to another branch, which has the person.

    A trace stays one when the other branch has lost the person: its own has no more to say.
    """
    stood, stands = before[before["stage"] != ""], now[now["stage"] != ""]
    old, new = _moved_out(before), _moved_out(now)
    then = elsewhere(new, stood)
    traces = (elsewhere(new, stands) != "") | ((then != "") & (then != new["branch"]))
    return before.drop(index=old.index[elsewhere(old, stood) != ""]), now.drop(index=new.index[traces])


def _moved_out(people: pd.DataFrame) -> pd.DataFrame:
    return people[(people["stage"] == "") & (people["status"] == codes.label(Status.MOVED_OUT))]


def _with_lost_columns(lines: Iterable[Line], now: pd.DataFrame) -> Iterator[Line]:
    """One line for a column in which a branch has nothing any more, instead of one for each of its people."""
    lines = list(lines)
    removed = Counter((line.branch, line.column) for line in lines if line.kind is Change.REMOVED)
    lost = {
        (branch, column): count
        for (branch, column), count in removed.items()
        if count >= _A_COLUMN_FULL and not (now.loc[now["branch"] == branch, column] != "").any()
    }
    yield from (one for one in lines if one.kind is not Change.REMOVED or (one.branch, one.column) not in lost)
    for (branch, column), count in lost.items():
        was = phrase("change.persons", count=count)
        yield Line(Change.COLUMN_LOST, branch, before=was, now=phrase("change.blank"), column=column)


def _gone(people: pd.DataFrame, now: pd.DataFrame, both: Town) -> Iterator[Line]:
    """Persons without a line any more. Those who had left are not missed."""
    missed = people[people["stage"] != ""]
    places = elsewhere(missed, now[now["stage"] != ""])
    for person, place in zip(persons(missed), places, strict=True):
        if place and place != person["branch"]:
            yield Line(Change.MOVED, place, person["name"], person["branch"], place)
        elif not place and person["branch"] not in both.untraced:
            yield Line(Change.VANISHED, person["home"], person["name"], standing(person), phrase("change.no_line"))


def _come(people: pd.DataFrame, both: Town, parted: Collection[int]) -> Iterator[Line]:
    """Persons whom the previous book did not have, but for the branches it could not speak of.

    `parted`: those whom it had as one person with somebody else.
    """
    for person, row in zip(persons(people), people.index, strict=True):
        if row in parted:
            yield Line(Change.DECIDED, person["branch"], person["name"], now=phrase("double.counts_apart"), row=row)
        elif person["branch"] not in both.heard:
            yield Line(Change.NEW, person["branch"], person["name"], now=standing(person), row=row)


def _unsure(before: pd.DataFrame, now: pd.DataFrame, who: Pairing) -> Iterator[Line]:
    """A line for each person who may be one of those missing, with all of them."""
    olds, news = persons(before.loc[who.unsure["before"]]), persons(now.loc[who.unsure["now"]])
    candidates: dict[int, list[str]] = {}
    for row, old in zip(who.unsure["now"].tolist(), olds, strict=True):
        candidates.setdefault(row, []).append(_described(old))
    for row, new in dict(zip(who.unsure["now"].tolist(), news, strict=True)).items():
        yield Line(Change.UNSURE, new["branch"], new["name"], "; ".join(candidates[row]), _described(new), row=row)


def _described(person: Person) -> str:
    parts = (person["name"], person["birth"], person["branch"], standing(person))
    return ", ".join(part for part in parts if part)


def _frame(book: Book, found: Iterable[Line], cell: Cell | None, spare: Spare) -> pd.DataFrame:
    """The lines as the sheet shows them: a branch's own first, then its persons as they stand in its register."""
    places = {name: place for place, name in enumerate([book.committee.name, *book.branches["name"]])}
    told_of = ["file", "sheet", "row"]
    sources = pd.concat([book.people[told_of], spare.lines[told_of]]).sort_index()
    rows = {row: place for place, row in enumerate(sources.index)}
    kinds = list(Change)

    def order(line: Line) -> tuple[object, ...]:
        place = len(rows) if line.row is None else rows[line.row]
        return places.get(line.branch, len(places)), line.branch, line.name != "", place, kinds.index(line.kind)

    numbers = sources["row"].to_dict()
    at = cell or (lambda row, _: f"A{numbers[row]}")
    lines = sorted(found, key=order)
    made = pd.DataFrame([_record(line, at) for line in lines], columns=list(COLUMNS))
    of_lines = sources[["file", "sheet"]].reindex([line.row for line in lines])
    made[["file", "sheet"]] = of_lines.astype(object).fillna("").to_numpy()
    return made


def _record(line: Line, cell: Cell) -> dict[str, str]:
    return {
        "branch": line.branch,
        "name": line.name,
        "change": phrase(line.kind),
        "before": line.before,
        "now": line.now,
        "column": HEADING.get(line.column, ""),
        "cell": "" if line.row is None else cell(line.row, line.column or "full_name"),
    }
