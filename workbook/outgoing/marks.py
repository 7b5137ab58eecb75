"""A judged open sheet → what to show on it: coloured cells, a note on each, two columns beside the table, a list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from validation.vocabulary import Level, Verdict
from workbook.absent import said_of_persons, untimed_said
from workbook.committee import Committee
from workbook.days import format_day
from workbook.frames import is_blank, lines
from workbook.incoming.cells import as_text
from workbook.incoming.grid import Merge
from workbook.labels import label, label_by_value
from workbook.open_overdue import OVERDUE, OpenDue, due_on
from workbook.open_sheet import Review
from workbook.outgoing.areas import Cell, cell_of
from workbook.outgoing.follow import persons
from workbook.outgoing.journal import Wanted
from workbook.outgoing.page import Field
from workbook.outgoing.sheets import findings, overdue
from workbook.outgoing.styles import HEADING_FILL, Look
from workbook.phrases import phrase

#: Fills by level, the gravest first: a cell of several findings shows the gravest.
FILLS = {Level.ERROR: "#FFC7CE", Level.QUERY: "#FFEB9C", Level.NOTE: "#DDEBF7"}

_LATE = "#F4B183"
_SOON = ("#FFD966", "#FFE699", "#FFF2CC")  # within the nearest reminder, the next one, any other

#: Every fill of ours.
PALETTE = frozenset([*FILLS.values(), HEADING_FILL, _LATE, *_SOON])

#: A sheet with more notes than this crawls; the gravest come first, all sentences stand in the columns and the list.
MOST_NOTES = 1_000

_RESULT_WIDTHS = (17.0, 60.0)  # both on one page of paper
_LONGEST_VALUE = 200
_MORE = 3.0  # characters: in the font of a clerk's book a day that does not fit shows as ###


@dataclass(frozen=True, slots=True)
class Listing:
    """A sheet of our own: its title, columns, lines, and for each line the cell that it leads to ("" none).

    The link stands in the column `linked`; `texts` are the columns that must stay text whatever they look like.
    """

    title: str
    headings: tuple[str, ...]
    widths: tuple[float, ...]
    lines: tuple[tuple[object, ...], ...]
    sheet: str
    targets: tuple[str, ...]
    linked: int
    texts: tuple[int, ...] = ()

    def with_foot(self, sentence: str) -> "Listing":
        """The same with a sentence as the last line, in the widest column."""
        widest = self.widths.index(max(self.widths))
        foot = tuple(sentence if at == widest else None for at in range(len(self.headings)))
        return replace(self, lines=(*self.lines, foot), targets=(*self.targets, ""))


@dataclass(frozen=True, slots=True)
class Shown:
    """What a button shows: on the sheet, on a sheet of our own, and in one sentence."""

    wanted: Wanted
    listing: Listing
    summary: str


def check_marks(review: Review) -> Shown:
    """Every finding of the sheet at its cell, a result for every person, and all findings as a list."""
    found = review.found.assign(grade=review.found["level"].map({level: at for at, level in enumerate(FILLS)}))
    marked = _marks(review, found[found["cell"] != ""].sort_values("grade", kind="stable"))
    corner, results = (review.header, review.width + 1), _results(review)
    heads = {(review.header, review.width + 1 + at): HEADING_FILL for at in range(2)}
    wanted = replace(
        marked,
        fills={**marked.fills, **heads},
        results=results,
        corner=corner,
        widths=dict(enumerate(_RESULT_WIDTHS, start=corner[1])),
        persons=_persons(review, marked.fills),
        by="check",
    )
    return Shown(wanted, _errors(review), " ".join([_summary(review), *_unnoted(marked), *_unseen(review)]))


def _marks(review: Review, found: pd.DataFrame) -> Wanted:
    """One fill and one note a cell, `found` in the order of gravity."""
    fills: dict[Cell, str] = {}
    said: dict[Cell, list[str]] = {}
    for one in lines(found):
        cell = _corner_of(one.cell, review.sheet.merges)
        fills.setdefault(cell, FILLS[one.level])
        said.setdefault(cell, []).append(
            phrase("button.note", level=label(Level(one.level)), message=one.message, fix=one.fix)
        )
    return Wanted(fills, _notes(said))


def _notes(said: Mapping[Cell, Sequence[str]]) -> dict[Cell, str]:
    return {cell: "\n\n".join(texts) for cell, texts in list(said.items())[:MOST_NOTES]}


def _persons(review: Review, fills: Iterable[Cell]) -> dict[Cell, str]:
    """Who stands on the marked lines."""
    rows = {row for row, _ in fills}
    return {cell: who for cell, who in persons(review.table).items() if cell[0] in rows}


def _corner_of(address: str, merges: Iterable[Merge]) -> Cell:
    """The cell that shows: of merged cells the first one."""
    row, column = cell_of(address)
    around = ((m[0] + 1, m[1] + 1) for m in merges if m[0] < row <= m[2] + 1 and m[1] < column <= m[3] + 1)
    return next(around, (row, column))


def _results(review: Review) -> tuple[tuple[str, ...], ...]:
    """Verdict and sentences beside every person, from the line of headings down; other lines are blank."""
    said = review.found.loc[review.found["row"] >= 0].groupby("row")["message"].agg(" ".join)
    missed = said_of_persons(review.assessment.missed)
    block = {review.header: (phrase("button.result"), phrase("button.detail"))}
    for number, line in enumerate(review.table.rows):
        told = " ".join(text for text in (said.get(number, ""), missed.get(number, "")) if text)
        block[line] = label(Verdict(review.assessment.verdicts[number])), told
    return tuple(block.get(line, ("", "")) for line in range(review.header, max(block) + 1))


def _summary(review: Review) -> str:
    levels = review.found["level"].value_counts()
    counts = {str(level): int(levels.get(level, 0)) for level in Level}
    return phrase("button.checked", persons=len(review.table.rows), **counts)


def _unseen(review: Review) -> list[str]:
    return [phrase("button.unseen", count=review.unseen)] if review.unseen else []


def _unnoted(marked: Wanted) -> list[str]:
    """That cells are coloured without a note, because there would be too many."""
    return [phrase("button.unnoted", most=len(marked.notes))] if len(marked.fills) > len(marked.notes) else []


def _errors(review: Review) -> Listing:
    found = review.found.assign(
        number=range(1, len(review.found) + 1),
        level=review.found["level"].map(label_by_value(Level)),
        value=review.found["value"].str[:_LONGEST_VALUE],
    )
    names = ("number", "level", "cell", "heading", "value", "message", "fix")
    return _listing(review, phrase("button.errors"), _fields(findings.FIELDS, names), found)


def overdue_marks(review: Review, committee: Committee | None = None) -> Shown:
    """Every clock that is overdue or comes due, by tier at the day it is counted from, and as a list soonest first."""
    known = due_on(review, committee)
    due = known.lines.assign(number=range(1, len(known.lines) + 1), note=[_due_note(one) for one in lines(known.lines)])
    fills: dict[Cell, str] = {}
    said: dict[Cell, list[str]] = {}
    for one in lines(due):
        cell = _corner_of(one.cell, review.sheet.merges)
        fills.setdefault(cell, _shade(one.near))
        said.setdefault(cell, []).append(one.note)
    listing = _due_list(review, due)
    wanted = Wanted(fills, _notes(said), corner=(review.header, 1), persons=_persons(review, fills), by="overdue")
    summary = phrase("button.due", count=known.overdue, coming=len(due) - known.overdue)
    told = [summary, _untimed(known), *_unnoted(wanted), *_unseen(review)]
    return Shown(wanted, listing, " ".join(filter(None, told)))


def _untimed(known: OpenDue) -> str:
    return phrase("button.untimed", untimed=untimed_said(known.untimed)) if known.untimed else ""


def _shade(near: int) -> str:
    """A colour for what is late, or for how near it is by the committee's own reminders."""
    return _LATE if near == OVERDUE else _SOON[min(near, len(_SOON) - 1)]


def _due_list(review: Review, due: pd.DataFrame) -> Listing:
    """Who is not late yet has no number of days, as in the quota book: a nought would run into the words beside it."""
    names = ("number", "name", "step", "counted_from", "started_on", "term", "due_on", "days_late", "tier", "basis",
             "cell")  # fmt: skip
    shown = due.assign(days_late=due["days_late"].astype("Int64").where(due["days_late"] > 0))
    return _listing(review, phrase("button.overdue"), _fields(overdue.FIELDS, names), shown)


def _due_note(one: Any) -> str:
    return phrase(
        "button.due_note",
        tier=one.tier,
        step=one.step,
        due_on=format_day(one.due_on),
        term=one.term,
        counted_from=one.counted_from,
        started_on=format_day(one.started_on),
        basis=one.basis,
    )


def went_on(by: str, shown: int, unseen: int) -> str:
    """What going to the next mark of a button came to: how many are in sight, how many on hidden lines."""
    if shown:
        return phrase("button.passed_over", count=unseen) if unseen else ""
    if unseen:
        return phrase("button.only_hidden", count=unseen)
    return phrase({"check": "button.none_left", "overdue": "button.none_due_left"}.get(by, "button.not_checked"))


@dataclass(frozen=True, slots=True)
class Reason:
    """Where a person's written reason stands, what it says so far, and whether anything has to be explained."""

    cell: Cell
    before: str
    asked: bool


def reason_place(review: Review, row: int) -> Reason | None:
    """The cell for a reason on a line of the sheet; None where no person stands there or no column is for reasons."""
    table = review.table
    if row not in table.rows or "explanation" not in table.letters:
        return None
    position = table.rows.index(row)
    before = as_text(table.columns["explanation"][position])
    queries = review.found[review.found["level"] == Level.QUERY]
    return Reason(cell_of(table.cell(position, "explanation")), before, bool(before) or position in set(queries["row"]))


def _fields(known: Sequence[Field], names: Sequence[str]) -> list[Field]:
    by_name = {field.name: field for field in known}
    return [by_name[name] for name in names]


def _listing(review: Review, title: str, fields: Sequence[Field], frame: pd.DataFrame) -> Listing:
    names = [field.name for field in fields]
    cells = zip(*(frame[name] for name in names), strict=True)
    return Listing(
        title=title,
        headings=tuple(field.heading for field in fields),
        widths=tuple(field.width + (_MORE if field.look in (Look.DATE, Look.COUNT) else 0) for field in fields),
        lines=tuple(tuple(map(_plain, line)) for line in cells),
        sheet=review.sheet.name,
        targets=tuple(frame["cell"]),
        linked=names.index("cell"),
        texts=tuple(at for at, name in enumerate(names) if name in ("value", "name")),
    )


def _plain(value: object) -> object:
    """What any application can be handed: pandas' blanks as None, its days as Python's."""
    if is_blank(value):
        return None
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
