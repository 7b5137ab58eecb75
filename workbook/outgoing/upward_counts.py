"""A quota book as read → its counts as a book of their own. Only counts, words of ours and names of branches pass."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
import pandas as pd

from validation.forecast import Outlook
from validation.vocabulary import Stage
from workbook.book import Book
from workbook.committee import Committee
from workbook.composition import Composition, Line, Role
from workbook.consolidate.board import remarks
from workbook.consolidate.composition import form_of, rests, titles, words
from workbook.consolidate.tally import with_shares
from workbook.errors import NotAWorkbook
from workbook.incoming.cells import as_text, is_blank, text_or_blank
from workbook.incoming.committee_lines import heading_row, sheet_of
from workbook.incoming.quota_book import QuotaBook
from workbook.outgoing import upward_words
from workbook.outgoing.page import Field
from workbook.outgoing.sheets import (
    composition,
    forecast,
    overdue,
    overdue_counts,
    progress,
    reconciliation,
    submissions,
    summary,
)
from workbook.outgoing.styles import Look
from workbook.text import key

_SHARES = ("percent", "term_percent")
_WORDS = ("name", "kind", "remark", "tier")


def counts_of(read: QuotaBook) -> Book:
    """The counts of a quota book. Raises NotAWorkbook, with the sheet, where one it needs is gone."""
    summed = _lines(read, summary.NAME, summary.FIGURES, ("number", "name", "quota", "admitted"))
    handed_in = _submissions(read, summed["name"].map(text_or_blank).tolist())
    branches = _branches(read, summed, handed_in)
    committee = Committee(
        _name(read),
        read.title.superior.text if read.title.superior else "",
        read.year,
        counted_by=summary.counted_by(_head(read)),
        decimals=_decimals_of(read),
    )
    nobody = pd.DataFrame()
    return Book(
        committee=committee,
        as_of=read.as_of,
        people=pd.DataFrame({"branch": [], "credited_to": []}, dtype="str"),
        branches=with_shares(branches, committee.decimals),
        overdue=_overdue(read),
        findings=nobody,
        submissions=handed_in,
        reconciliation=_reconciliation(read),
        headline=_headline(read),
        prospects=_prospects(read),
        composition=_composition(read, branches["name"].tolist()),
        counts_only=True,
    )


def _table(read: QuotaBook, sheet: str, fields: Sequence[Field], needed: Sequence[str]) -> pd.DataFrame:
    """The lines below the headings of a sheet, a column of cell values per field; blank where a heading is gone."""
    grid = sheet_of(read.grids, sheet)
    headings = {field.name: field.heading for field in fields}
    found = heading_row(grid, headings, needed) if grid else None
    if grid is None or found is None:
        missing = ", ".join(headings[name] for name in needed)
        raise NotAWorkbook("upward.sheet_missing", {"file": read.file, "wanted": sheet, "headings": missing})
    top, places = found
    rows = grid.rows[top + 1 :]
    columns = {name: [row[places[name]] if name in places else "" for row in rows] for name in headings}
    return pd.DataFrame(columns, dtype=object)


def _lines(read: QuotaBook, sheet: str, fields: Sequence[Field], needed: Sequence[str]) -> pd.DataFrame:
    """The numbered lines of a sheet: the branches, without the total and what follows it."""
    table = _table(read, sheet, fields, needed)
    numbered = pd.Series([isinstance(number, int | float) for number in table["number"]], table.index, dtype=bool)
    return table.loc[numbered].reset_index(drop=True)


def _branches(read: QuotaBook, summed: pd.DataFrame, handed_in: pd.DataFrame) -> pd.DataFrame:
    """The frame `branches` of a book, without shares; of the stages the sheet of stages speaks.

    Of the texts only the names are taken over: a remark is worded anew, and the kind of a branch is free text.
    """
    stages = _lines(read, progress.NAME, progress.FIGURES, ("number", "name"))
    if stages["name"].tolist() != summed["name"].tolist():
        raise NotAWorkbook("upward.other_branches", {"file": read.file, "wanted": progress.NAME})
    counts = _numbers(summed.drop(columns=["number", *_WORDS, "watcher", "people"]))
    staged = _numbers(stages[[*map(str, Stage), "left"]])
    given = counts[["members", "quota", "term_quota"]]
    counted = counts.drop(columns=[*given, *_SHARES, "lacking", "rank", *staged], errors="ignore").fillna(0).astype(int)
    names = summed["name"].map(text_or_blank).tolist()
    states = dict(zip(handed_in["branch"], handed_in["state"], strict=True))
    ended = {name: state for name, state in states.items() if upward_words.ended(state, names)}
    texts = {"name": names, "kind": "", "remark": remarks(names, handed_in, ended), "watcher": ""}
    return pd.concat([given, counted, staged.fillna(0).astype(int)], axis="columns").assign(**texts)


def _numbers(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells as numbers; NaN for a blank, a dash or a text."""
    return pd.DataFrame({name: pd.to_numeric(cells[name], errors="coerce") for name in cells}).astype("float64")


def _name(read: QuotaBook) -> str:
    """The committee's name; the title has it in capitals, the sheet of forecasts as it is written."""
    said = read.title.name.text if read.title.name else ""
    grid = sheet_of(read.grids, forecast.NAME)
    texts = [text_or_blank(row[0]).split(", ")[0] for row in grid.rows[:3]] if grid else []
    return next((text for text in texts if key(text) == key(said)), said)


def _head(read: QuotaBook) -> list[str]:
    """The texts above the quota table."""
    grid = sheet_of(read.grids, summary.NAME)
    rows = grid.rows[: read.tables["branches"].frame.index[0] - 1] if grid else []
    return [as_text(value) for row in rows for value in row if not is_blank(value)]


def _headline(read: QuotaBook) -> tuple[tuple[str, str], ...]:
    """The lines a leader reads first, those that we know: a clerk may have written others beside."""
    pairs = (text.partition(": ") for text in _head(read))
    names = [text_or_blank(name) for name in read.tables["branches"].frame["name"]]
    return tuple((title, text) for title, _, text in pairs if upward_words.headline(title, text, names))


def _decimals_of(read: QuotaBook) -> int:
    """How many decimals the committee keeps: as many as any share of the book shows, those of the sums among them.

    A share that shows fewer is exact with them, so that with these every share comes out as it stands in the book.
    """
    shares = (("branches", "percent"), ("branches", "term_percent"), ("composition", "share"))
    tables = ((read.tables.get(table), name) for table, name in shares)
    shown = (value for table, name in tables if table and name in table.places for value in table.frame[name])
    return max(map(_decimals, shown), default=0)


def _decimals(share: object) -> int:
    """How many decimals a share has."""
    return len(f"{share:.10g}".partition(".")[2]) if isinstance(share, float) else 0


def _prospects(read: QuotaBook) -> pd.DataFrame:
    """Who is on the way, as lines that say the branch and the outlook and nothing else."""
    cells = _lines(read, forecast.NAME, forecast.FIGURES, ("number", "name"))
    outlooks = [str(one) for one in Outlook]
    counts = _numbers(cells[outlooks]).fillna(0).astype(int)
    tall = counts.assign(branch=cells["name"].map(text_or_blank)).melt("branch", outlooks, "outlook", "persons")
    return tall.loc[np.repeat(tall.index, tall["persons"]), ["branch", "outlook"]].reset_index(drop=True)


def _overdue(read: QuotaBook) -> pd.DataFrame:
    """What is late and coming, as lines that say the branch and the days and nothing else."""
    cells = _lines(read, overdue_counts.NAME, overdue.FIELDS, ("number", "branch", "days_late"))
    days = pd.to_numeric(cells["days_late"], errors="coerce").fillna(0).astype(int)
    return pd.DataFrame({"branch": cells["branch"].map(text_or_blank), "days_late": days})


def _submissions(read: QuotaBook, branches: Sequence[str]) -> pd.DataFrame:
    """The board without the names of the files, and what is said of them."""
    cells = _lines(read, submissions.NAME, submissions.COUNTS, ("number", "branch", "state"))
    board = pd.DataFrame({field.name: _column(cells[field.name], field.look) for field in submissions.COUNTS})
    return board.assign(
        branch=board["branch"].where(board["branch"].isin(branches), ""),
        state=board["state"].map(lambda text: upward_words.state(text, branches)),
        version=board["version"].map(upward_words.figure),
    )


def _column(cells: pd.Series, look: Look) -> pd.Series:
    """The cells of a column as what they show: days, numbers, else text."""
    if look in (Look.DATE, Look.MOMENT):
        return pd.to_datetime(cells, errors="coerce")
    return pd.to_numeric(cells, errors="coerce") if look is Look.COUNT else cells.map(text_or_blank).astype("str")


def _reconciliation(read: QuotaBook) -> pd.DataFrame:
    """The lines of the reconciliation; the checks below them are calculated again."""
    cells = _table(read, reconciliation.NAME, reconciliation.FIELDS, ("item", "count", "part"))
    lines = cells["result"].map(is_blank) & ~cells["item"].map(is_blank)
    cells = cells.loc[lines.astype(bool)]
    roles: Mapping[str, str] = {part: role for role, part in reconciliation.PART.items()}
    counts = _numbers(cells[["count"]]).fillna(0).astype(int)
    parts = cells["part"].map(lambda part: roles.get(text_or_blank(part), "info"))
    items = cells["item"].map(text_or_blank).map(upward_words.reason)
    return counts.assign(item=items, role=parts).reset_index(drop=True)


def _composition(read: QuotaBook, branches: Sequence[str]) -> Composition:
    """The lines of the sheet of groups that we know; the branches' columns stand in the order of the branches."""
    grid = sheet_of(read.grids, composition.NAME)
    rows = grid.rows if grid else [[""]]
    first = len(composition.FIXED)
    if [as_text(name) for name in rows[0][first : first + len(branches)]] != list(branches):
        raise NotAWorkbook("upward.other_branches", {"file": read.file, "wanted": composition.NAME})
    lines = (_line(text_or_blank(row[0]), [row[1], *row[first : first + len(branches)]]) for row in rows[1:])
    return Composition(tuple(filter(None, lines)), str(form_of(read.year)["name"]))


def _line(label: str, figures: Sequence[object]) -> Line | None:
    """A line of the sheet; None for what is none of ours, as the note below."""
    said = words()
    roles = {
        said["admitted"]: Role.ALL,
        said["age_mean"]: Role.MEAN,
        **dict.fromkeys(rests(), Role.REST),
        **dict.fromkeys(titles(), Role.BLOCK),
    }
    role = roles.get(label, Role.COUNT)
    if role is Role.BLOCK:
        return Line(label, role)
    total, *by_branch = (_figure(value, role) for value in figures)
    return Line(label, role, total=total, by_branch=tuple(by_branch)) if total is not None else None


def _figure(value: object, role: Role) -> int | Decimal | None:
    if not isinstance(value, int | float):
        return None
    return Decimal(f"{value:.1f}") if role is Role.MEAN else int(value)


def watchers_of(read: QuotaBook) -> list[str]:
    """Who watches over the branches, as written in the quota table and beside what is late."""
    beside = (_lines(read, summary.NAME, summary.FIGURES, ("number", "name")),
              _table(read, overdue_counts.NAME, overdue.FIELDS, ("number", "branch")))  # fmt: skip
    return [text for table in beside for text in table["watcher"].map(text_or_blank) if text]
