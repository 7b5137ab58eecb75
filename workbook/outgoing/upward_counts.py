"""A quota book as read → its counts as a book of their own. Only counts, words of ours and names of branches pass."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pandas as pd

from validation.forecast import Hope, Outlook
from validation.vocabulary import Stage
from workbook.book import Book
from workbook.committee import Committee
from workbook.composition import Composition, Line, Role
from workbook.consolidate.board import remarked
from workbook.consolidate.composition import form_of, rests, titles, words
from workbook.consolidate.tally import with_shares
from workbook.errors import NotAWorkbook
from workbook.incoming.cells import as_text, text_or_blank
from workbook.incoming.committee_lines import sheet_of
from workbook.incoming.quota_book import QuotaBook
from workbook.outgoing import upward_words
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
from workbook.outgoing.upward_cells import board_cells, numbered_lines, reconciliation_cells, texts_above
from workbook.report.opening import committee_name
from workbook.states import State

_SHARES = ("percent", "term_percent")
_WORDS = ("name", "kind", "remark", "tier")


def counts_of(read: QuotaBook) -> Book:
    """The counts of a quota book. Raises NotAWorkbook, with the sheet, where one it needs is gone."""
    summed = numbered_lines(read, summary.NAME, summary.FIGURES, ("number", "name", "quota", "admitted"))
    names = summed["name"].map(text_or_blank).tolist()
    handed_in = _submissions(read, names)
    branches = _branches(read, summed, names, handed_in)
    committee = Committee(
        committee_name(read).text,
        read.title.superior.text if read.title.superior else "",
        read.year,
        counted_by=summary.counted_by(texts_above(read)),
        decimals=_decimals_of(read),
    )
    nobody = pd.DataFrame()
    return Book(
        committee=committee,
        as_of=read.as_of,
        people=pd.DataFrame({"branch": [], "credited_to": []}, dtype="str"),
        branches=with_shares(branches, committee.decimals),
        overdue=_overdue(read, names),
        findings=nobody,
        submissions=handed_in,
        reconciliation=_reconciliation(read),
        headline=_headline(read),
        prospects=_prospects(read, names),
        composition=_composition(read, names),
        counts_only=True,
    )


def _refuse_others(read: QuotaBook, sheet: str, same: bool) -> None:
    """Raise NotAWorkbook unless a sheet has the `same` branches as the quota table: counts of others would be lost."""
    if not same:
        raise NotAWorkbook("upward.other_branches", {"file": read.file, "wanted": sheet})


def _branches(read: QuotaBook, summed: pd.DataFrame, names: Sequence[str], handed_in: pd.DataFrame) -> pd.DataFrame:
    """The frame `branches` of a book, without shares; of the stages the sheet of stages speaks.

    Of the texts only the names are taken over: a remark is worded anew, and the kind of a branch is free text.
    """
    stages = numbered_lines(read, progress.NAME, progress.FIGURES, ("number", "name"))
    _refuse_others(read, progress.NAME, stages["name"].map(text_or_blank).tolist() == list(names))
    counts = _numbers(summed.drop(columns=["number", *_WORDS, "watcher", "people"]))
    staged = _numbers(stages[[*map(str, Stage), "left"]])
    given = counts[["members", "quota", "term_quota"]]
    counted = counts.drop(columns=[*given, *_SHARES, "lacking", "rank", *staged], errors="ignore").fillna(0).astype(int)
    over = handed_in[handed_in["state"].isin((State.MERGED, State.ENDED))]
    texts = {"name": names, "kind": "", "watcher": ""}
    lines = pd.concat([given, counted, staged.fillna(0).astype(int)], axis="columns").assign(**texts)
    return remarked(lines, handed_in, dict(zip(over["branch"], over["heir"], strict=True)))


def _numbers(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells as numbers; NaN for a blank, a dash or a text."""
    return pd.DataFrame({name: pd.to_numeric(cells[name], errors="coerce") for name in cells}).astype("float64")


def _headline(read: QuotaBook) -> tuple[tuple[str, str], ...]:
    """The lines a leader reads first, those that we know: a clerk may have written others beside."""
    pairs = (text.partition(": ") for text in texts_above(read))
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


def _prospects(read: QuotaBook, branches: Sequence[str]) -> pd.DataFrame:
    """Who is on the way, as lines that say the branch, the outlook, the hope where the book tells it, and no more."""
    cells = numbered_lines(read, forecast.NAME, forecast.OWN, ("number", "name"))
    names, table = cells["name"].map(text_or_blank), read.tables.get("forecast")
    _refuse_others(read, forecast.NAME, names.tolist() == list(branches))
    hopes = [str(one) for one in forecast.HOPES if table and one in table.places]
    counts = _numbers(cells[[*map(str, Outlook), *hopes]]).fillna(0).astype(int)
    open_still = counts[str(Outlook.POSSIBLE)] - counts[hopes].sum(axis="columns")
    counts = counts.drop(columns=str(Outlook.POSSIBLE)).assign(**{str(Hope.UNKNOWN): open_still.clip(lower=0)})
    tall = counts.assign(branch=names).melt("branch", None, "kind", "persons")
    people = tall.loc[np.repeat(tall.index, tall["persons"]), ["branch", "kind"]].reset_index(drop=True)
    hoped = people["kind"].isin(set(map(str, Hope)))
    lines = people[["branch"]].assign(outlook=people["kind"].mask(hoped, str(Outlook.POSSIBLE)))
    return lines.assign(hope=people["kind"].where(hoped, "")) if hopes else lines


def _overdue(read: QuotaBook, branches: Sequence[str]) -> pd.DataFrame:
    """What is late and coming, as lines that say the branch and the days and nothing else."""
    cells = numbered_lines(read, overdue_counts.NAME, overdue.FIELDS, ("number", "branch", "days_late"))
    names = cells["branch"].map(text_or_blank)
    _refuse_others(read, overdue_counts.NAME, set(names) <= set(branches))
    days = pd.to_numeric(cells["days_late"], errors="coerce").fillna(0).astype(int)
    return pd.DataFrame({"branch": names, "days_late": days})


def _submissions(read: QuotaBook, branches: Sequence[str]) -> pd.DataFrame:
    """The board without the names of the files, and what is said of them."""
    cells = board_cells(read)
    board = pd.DataFrame({field.name: _column(cells[field.name], field.look) for field in submissions.COUNTS})
    told = [upward_words.state(text, branches) for text in board["state"]]
    return board.assign(
        branch=board["branch"].where(board["branch"].isin(branches), ""),
        state=[one.state if one else "" for one in told],
        heir=[one.heir if one else "" for one in told],
        version=board["version"].map(upward_words.figure),
    )


def _column(cells: pd.Series, look: Look) -> pd.Series:
    """The cells of a column as what they show: days, numbers, else text."""
    if look in (Look.DATE, Look.MOMENT):
        return pd.to_datetime(cells, errors="coerce")
    return pd.to_numeric(cells, errors="coerce") if look is Look.COUNT else cells.map(text_or_blank).astype("str")


def _reconciliation(read: QuotaBook) -> pd.DataFrame:
    cells = reconciliation_cells(read)
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
    heads = [as_text(name) for name in rows[0][first : first + len(branches)]]
    _refuse_others(read, composition.NAME, heads == list(branches))
    lines = [_line(text_or_blank(row[0]), [row[1], *row[first : first + len(branches)]]) for row in rows[1:]]
    known = (replace(line, label=upward_words.group(line.label, read.year)) for line in lines if line)
    return Composition(tuple(known), str(form_of(read.year)["name"]))


def _line(label: str, figures: Sequence[object]) -> Line | None:
    """A line of the sheet; None for what is none of ours, as the note below."""
    said = words()
    roles = {
        said["admitted"]: Role.ALL,
        said["age_mean"]: Role.MEAN,
        **rests(),
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
