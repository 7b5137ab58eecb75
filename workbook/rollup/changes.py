"""Two rolled-up books, one after the other → what changed at the lower committees: every change once, none invented.

Of the same month, another book that counts now was handed in again; a month later it is simply the next one. Counts of
the year are held against each other only within it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from workbook.book import Book
from workbook.consolidate.branch_changes import Town, closed, fallen, renamed, town
from workbook.consolidate.change_lines import Change, Line
from workbook.incoming.lower.previous import PreviousUpper
from workbook.incoming.lower.words import part
from workbook.phrases import phrase
from workbook.states import State, state_label

COLUMNS = ("branch", "change", "column", "before", "now")

#: What a change is called where the "branches" are committees; in the order of the lines about one of them.
SAID: Mapping[Change, str] = {
    Change.TOTAL_FEWER: "rollup.total_fewer",
    Change.BRANCH_NEW: "rollup.unit_new",
    Change.BRANCH_RENAMED: "rollup.unit_renamed",
    Change.BRANCH_MERGED: "rollup.unit_merged",
    Change.BRANCH_ENDED: "rollup.unit_ended",
    Change.BRANCH_GONE: "rollup.unit_gone",
    Change.SILENT: "rollup.silent",
    Change.HEARD: "rollup.heard",
    Change.AGAIN: "rollup.again",
    Change.WITHDRAWN: "rollup.withdrawn",
    Change.FEWER: "rollup.fewer",
    Change.SHRUNK: "rollup.shrunk",
}

#: Counts beside the admissions that do not shrink within a year unless something was taken back.
_GROWING = ("certificates", "term_admitted", "units")


def compared(base: Book, previous: PreviousUpper) -> Book:
    """The book with `changes` (in `COLUMNS`), told on its board and in its headline too."""
    lines = _lines(base, previous)
    table = pd.DataFrame([_record(line) for line in lines], columns=list(COLUMNS))
    told = table.groupby("branch")["change"].agg(lambda said: "; ".join(dict.fromkeys(said)))
    units = base.submissions["branch"]
    of_unit = units.map(told).astype(object).where(~units.duplicated() & units.isin(told.index), "")
    headline = (*base.headline, (phrase("rollup.changed"), _summed_up(lines)))
    return replace(base, changes=table, submissions=base.submissions.assign(changes=of_unit), headline=headline)


def _lines(base: Book, previous: PreviousUpper) -> list[Line]:
    both = town(base, previous.said)
    handed = _ThenAndNow(base, previous, both)
    found = [
        *renamed(both, _strength(previous, both)),
        *closed(both, _strength(previous, both)),
        *handed.lines(),
        *(_fewer(base, previous, both) if previous.said.year == base.committee.year else ()),
    ]
    places = {name: at for at, name in enumerate([base.committee.name, *base.branches["name"]])}
    kinds = list(SAID)
    return sorted(found, key=lambda line: (places.get(line.branch, len(places)), line.branch, kinds.index(line.kind)))


def _strength(previous: PreviousUpper, both: Town) -> dict[str, str]:
    """What the earlier book had of each committee, in words, by the name it has now."""
    pairs = zip(previous.said.branches["name"], previous.said.branches["admitted"], strict=True)
    return {both.called(name): phrase("rollup.strength", admitted=count) for name, count in pairs if not pd.isna(count)}


def _fewer(base: Book, previous: PreviousUpper, both: Town) -> Iterator[Line]:
    """The level above, and committees, with a lesser count than was reported."""
    then, now = previous.said.branches, base.branches
    total = int(then["admitted"].sum()), int(now["admitted"].sum())
    if total[1] < total[0]:
        yield _count(Change.TOTAL_FEWER, base.committee.name, "admitted", *total)
    for name, before, after in fallen(then, now, "admitted", both):
        yield _count(Change.FEWER, name, "admitted", before, after)
    for count in (count for count in _GROWING if count in then):
        for name, before, after in fallen(then, now, count, both):
            yield _count(Change.SHRUNK, name, count, before, after)


def _count(kind: Change, name: str, count: str, before: int, now: int) -> Line:
    return Line(kind, name, before=str(before), now=str(now), column=count)


class _ThenAndNow:
    """The books handed in then and now, by the committees' names of now."""

    def __init__(self, base: Book, previous: PreviousUpper, both: Town) -> None:
        self._base, self._previous, self._both = base, previous, both
        now, then = base.submissions, previous.counted
        self._now = _editions(now[now["state"] == State.COUNTED], str)
        self._then = _editions(then, both.called)
        self._withdrawn = set(now.loc[now["state"] == State.WITHDRAWN, "sha256"])

    def lines(self) -> Iterator[Line]:
        """A line for each committee that is new, or of which another book counts than before, or none."""
        known, missing = set(self._both.names.values()), state_label(State.MISSING)
        ended = {branch.name for branch in self._both.closing}
        for name in map(str, self._base.branches["name"]):
            then, now = self._then.get(name), self._now.get(name)
            if name not in known:
                yield Line(Change.BRANCH_NEW, name, now=now[1] if now else missing)
            elif then and then[0] in self._withdrawn:
                yield Line(Change.WITHDRAWN, name, before=then[1], now=now[1] if now else missing)
            elif then and not now and name not in ended:
                yield Line(Change.SILENT, name, before=then[1], now=self._lost(name))
            elif now and not then:
                yield Line(Change.HEARD, name, before=missing, now=now[1])
            elif then and now and then[0] not in ("", now[0]) and self._same_month:
                yield Line(Change.AGAIN, name, before=then[1], now=now[1])

    @property
    def _same_month(self) -> bool:
        then, now = self._previous.said.as_of, self._base.as_of
        return then is not None and (then.year, then.month) == (now.year, now.month)

    def _lost(self, name: str) -> str:
        """That a committee is silent, and how many admissions the total lacks for it."""
        said, missing = self._previous.said, state_label(State.MISSING)
        then = said.branches.loc[said.branches["name"].map(self._both.called) == name, "admitted"].sum()
        if said.year != self._base.committee.year or not then:
            return missing
        return phrase("rollup.missing_from_total", state=missing, count=then)


def _editions(counted: pd.DataFrame, called: Callable[[str], str]) -> dict[str, tuple[str, str]]:
    """Committee → the SHA-256 of its book, and the book in words; "" where only its numbers are known."""
    told = zip(counted["branch"], counted["sha256"], counted["version"], counted["file"], strict=True)
    return {called(str(branch)): (str(digest), _edition(version, file)) for branch, digest, version, file in told}


def _edition(version: object, file: object) -> str:
    return phrase("rollup.edition", version=int(float(str(version))), file=file) if version and file else ""


def _record(line: Line) -> dict[str, str]:
    return {
        "branch": line.branch,
        "change": phrase(SAID[line.kind]),
        "column": part("summary").headings.get(line.column, ""),
        "before": line.before,
        "now": line.now,
    }


def _summed_up(lines: Sequence[Line]) -> str:
    """How much changed, and whose admissions are fewer."""
    if not lines:
        return phrase("rollup.unchanged")
    changed = phrase("rollup.changed_units", changes=len(lines), units=len({line.branch for line in lines}))
    fewer = [
        phrase("rollup.named_change", change=line.branch, before=line.before, now=line.now)
        for line in lines
        if line.kind is Change.FEWER
    ]
    return phrase("rollup.changed_fewer", changed=changed, units="; ".join(fewer)) if fewer else changed
