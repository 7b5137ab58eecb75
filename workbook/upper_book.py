"""The book of the level above before it is a file: what quota books of lower committees come to. Made by `rollup`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from workbook.book import Book

TIE_COLUMNS = ("branch", "table", "measure", "total", "lines", "taken")


@dataclass(frozen=True, slots=True)
class UpperBook:
    """One line a lower committee wherever a quota book has one a branch; counts are Int64, NA where nothing is known.

    `base`: whose it is and of which day; its `branches`, `findings`, `submissions` and `headline` are this book's.
        `branches` has further `quota_below` and `term_quota_below` (as the lower books add up to), `units` (branches
        below), `silent` (of these, those that handed in nothing), `remark` (why a line is blank or says too little)
        and `told_on` (the day the lower book tells of); `submissions` has `told_on` and `reminder` too, and `changes`
        only where an earlier book was given; `changes` is then a line a change of `branch`, `change`, `column`
        (heading), `before`, `now`.
    `progress`, `forecast`, `due`: `name` and the counts of the sheets of those names.
    `composition`: `block`, `label`, `title` (bool: the line is a title), `total`, and one column a committee, named by
        its place from "1".
    `ties`: for each counted book and number that is held against it: `branch`, `table`, `measure` (column), `total`
        (the book's own total line), `lines` (what its lines add up to), `taken` (what stands here).
    `files`: how many files came to what: `state` (State value), `count`.
    `tasks`: the tasks of persons, `committee` and the columns of the lower books; None where nobody asked for them.
    `called`: what a file is called in the book, where its name is kept out → its name. Told on the screen only.
    """

    base: Book
    progress: pd.DataFrame
    forecast: pd.DataFrame
    due: pd.DataFrame
    composition: pd.DataFrame
    ties: pd.DataFrame
    files: pd.DataFrame
    tasks: pd.DataFrame | None = None
    called: Mapping[str, str] = field(default_factory=dict)

    @property
    def counted(self) -> int:
        """How many books were counted."""
        return int(self.ties["branch"].nunique())

    @property
    def untied(self) -> tuple[str, ...]:
        """The committees whose book does not tie: in itself, or with what stands here."""
        numbers = self.ties[["total", "lines", "taken"]].astype("Int64")
        apart = (numbers.max(axis="columns") != numbers.min(axis="columns")).fillna(False)
        return tuple(dict.fromkeys(self.ties.loc[apart, "branch"]))
