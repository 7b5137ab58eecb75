"""Counted quota books → one line a lower committee, table by table."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from validation.forecast import Hope, Outlook
from validation.vocabulary import Stage
from workbook.committee import Branch, Committee
from workbook.consolidate.tally import is_shown
from workbook.frames import whole_numbers
from workbook.incoming.lower.book import LowerBook
from workbook.incoming.lower.counts import Counts
from workbook.incoming.lower.due import DUE
from workbook.percent import percent
from workbook.phrases import phrase

Books = Mapping[str, LowerBook]

#: What the quota table takes over as it stands below, beside the members and the quotas.
_TAKEN = (
    "admitted", "expected", "sympathizer", "certified", "dossier", "awaiting_decision", "awaiting_ceremony",
    "probationary", "overdue", "errors", "admitted_with_errors", "certificates", "term_admitted",
)  # fmt: skip
_PROGRESS = (*map(str, Stage), "all", "left")
_FORECAST = (*map(str, Outlook), *map(str, (Hope.LIKELY, Hope.UNLIKELY, Hope.PASSED)))


def shown(committee: Committee, books: Books, as_of: date) -> list[Branch]:
    """The lower committees told of: those that stood this year, and those a book came from."""
    return [branch for branch in committee.branches if is_shown(branch, committee, as_of, set(books))]


def summary(branches: Sequence[Branch], books: Books, decimals: int) -> pd.DataFrame:
    """The quota table.

    A quota is the one given by the level above; where it gave none, what the lower book's lines add up to. Members
    are those of the lower book; where it says none, those of the committee book.
    """
    below = _lines(
        branches, {name: book.summary for name, book in books.items()}, ("members", "quota", "term_quota", *_TAKEN)
    )
    table = below.assign(quota_below=below["quota"], term_quota_below=below["term_quota"])
    for name in ("quota", "term_quota"):
        table[name] = _given(branches, name).fillna(below[name])
    table["members"] = below["members"].fillna(_given(branches, "members"))
    table["units"] = whole_numbers(_units(books.get(one.name)) for one in branches)
    table["silent"] = whole_numbers(_silent(books.get(one.name)) for one in branches)
    table["told_on"] = pd.Series([_told_on(books.get(one.name)) for one in branches], dtype="datetime64[us]")
    return _with_shares(table.assign(remark=""), decimals)


def progress(branches: Sequence[Branch], books: Books) -> pd.DataFrame:
    """The stages."""
    return _lines(branches, {name: book.progress for name, book in books.items()}, _PROGRESS)


def forecast(branches: Sequence[Branch], books: Books, quotas: pd.DataFrame) -> pd.DataFrame:
    """The outlooks, against the quota of `summary`."""
    made = _lines(branches, {name: book.forecast for name, book in books.items()}, _FORECAST)
    made = made.assign(quota=quotas["quota"], admitted=quotas["admitted"])
    made["expected"] = made["admitted"] + made[Outlook.SURE]
    return made.assign(lacking=_lacking(made["quota"], made["expected"]))


def due(branches: Sequence[Branch], books: Books, quotas: pd.DataFrame) -> pd.DataFrame:
    """What is late: persons, tasks, tasks that come due, the days of the longest."""
    nothing = pd.Series(pd.NA, index=list(DUE), dtype="Int64")
    told = pd.DataFrame([books[one.name].due if one.name in books else nothing for one in branches], columns=list(DUE))
    return told.astype("Int64").reset_index(drop=True).assign(name=quotas["name"], persons=quotas["overdue"])


def _lines(branches: Sequence[Branch], tables: Mapping[str, Counts | None], columns: Sequence[str]) -> pd.DataFrame:
    """A line a branch: each column of its table over all lines."""
    sums = {name: table.summed for name, table in tables.items() if table}
    made = pd.DataFrame.from_dict(sums, orient="index").reindex(
        index=[one.name for one in branches], columns=list(columns)
    )
    return made.astype("Int64").rename_axis("name").reset_index()


def _given(branches: Sequence[Branch], name: str) -> "pd.Series[int]":
    return whole_numbers(getattr(one, name) for one in branches)


def _told_on(book: LowerBook | None) -> date | None:
    return book.title.as_of if book else None


def _units(book: LowerBook | None) -> int | None:
    """Branches below: those a rolled-up book has added up, else its lines."""
    if book is None:
        return None
    return int(book.summary.summed["units"]) if "units" in book.summary.lines else len(book.summary.lines)


def _silent(book: LowerBook | None) -> int | None:
    """Branches below that handed in nothing; of a committee that is silent itself nobody knows how many."""
    if book is None or "silent" not in book.summary.lines:
        return book.silent if book and "units" not in book.summary.lines else None
    said = book.summary.summed["silent"]
    return None if pd.isna(said) else int(said)


def lacks(book: LowerBook | None) -> str:
    """What the numbers of a book do not hold, in words: whoever of its lines handed in nothing; "" nobody."""
    if book is None or book.silent is None:
        return ""
    lines, further = len(book.summary.lines), _silent(book) or 0
    if "units" not in book.summary.lines:
        return phrase("rollup.silent_branches", count=book.silent, units=lines) if book.silent else ""
    own = phrase("rollup.silent_units", count=book.silent, units=lines) if book.silent else ""
    return "; ".join(filter(None, [own, phrase("rollup.silent_further", count=further) if further else ""]))


def _with_shares(table: pd.DataFrame, decimals: int) -> pd.DataFrame:
    """Percentages, what is lacking and ranks, where both numbers are known."""
    for share, part, whole in (("percent", "admitted", "quota"), ("term_percent", "term_admitted", "term_quota")):
        pairs = zip(table[part], table[whole].fillna(0), strict=True)
        table[share] = pd.Series([None if pd.isna(a) else percent(a, b, decimals) for a, b in pairs], dtype=object)
    table["lacking"] = _lacking(table["quota"], table["admitted"])
    ranks = pd.to_numeric(table["percent"]).rank(method="min", ascending=False)
    return table.assign(rank=ranks.astype("Int64"))


def _lacking(quota: "pd.Series[int]", done: "pd.Series[int]") -> "pd.Series[int]":
    return (quota - done).clip(lower=0).where(quota > 0)
